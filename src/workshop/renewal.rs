//! The agreement of the next term.

use std::collections::BTreeMap;

use crate::agreement::register::Renamed;
use crate::agreement::renew::{Changes, Successor, confirmed, without_allowances};
use crate::agreement::{Status, load};
use crate::check::{self, News};
use crate::diagnostic::{Diagnostic, Outcome, Severity};
use crate::document::reading::Reading;
use crate::document::template;
use crate::language::Language;
use crate::source::Source;

use super::desk::Desk;
use super::shop::Workshop;

/// The file of an agreement for the next term.
#[derive(Debug)]
pub struct Renewed {
    /// The new agreement's id.
    pub id: String,
    /// The file.
    pub file: Source,
    /// What of it somebody has to look at.
    pub looks: Vec<Diagnostic>,
}

impl Workshop {
    /// Makes the file of the successor of an agreement: what is new is written, what
    /// belongs to one term is open, and what was allowed there is allowed only where
    /// it is still found. It is read again, and says what was meant.
    ///
    /// # Errors
    /// An agreement that is not sound or not as its `lock` has it, and what stands in the
    /// way of its successor.
    pub fn renew(
        &self,
        old: &Source,
        lock: Option<&Source>,
        successor: &Successor,
    ) -> Outcome<Renewed> {
        let old = &self.register.settled(old)?;
        let before = self.sound(old)?;
        // Words that nobody signed are not taken over as those of the last term.
        Desk::new(self, &before).as_signed(lock)?;
        let agreement = &before.agreement;
        let renamed = self.register.renamed(agreement, successor.last_day());
        let news = News {
            years: successor.years(agreement),
            renamed: &renamed,
            today: successor.today,
            slips: &self.signed_slips(&before),
        };
        let rewordings = check::rewordings(&self.case(&before), &news);
        let edits = rewordings.iter().map(|it| it.edit.clone());
        let changes = Changes {
            words: edits.collect(),
            renamed: &renamed,
            confirmed: confirmed(agreement, &self.register),
            opening: self.succession(&before, &renamed)?,
        };
        let file = successor.file(&load::load(old)?, &changes)?;
        let idle = self.idle_allowances(&file)?;
        let file = match idle.is_empty() {
            true => file,
            false => without_allowances(&load::load(&file)?, &idle)?,
        };
        let after = self.sound(&file)?;
        let opened = !changes.opening.is_empty();
        let case = self.case(&after);
        let placed = check::reworded(&self.case(&before), &case, &rewordings, opened);
        let placed = placed.map_err(|path| {
            let at = before.positions.at(&path);
            vec![Diagnostic::error("renew-failed").at(&at).hint("hand")]
        })?;
        let mut looks = check::looks(&case, &placed, &renamed);
        // Of these people say what they are called now.
        let until = successor.last_day();
        for party in self.register.left(agreement, until, &renamed) {
            let place = after.positions.at(&format!("parties[{party}].name"));
            let name = agreement.parties[party].name.get(&agreement.drafted_in);
            let look = Diagnostic::new("renewed", Severity::Note).at(&place);
            looks.push(look.with("text", name.unwrap_or_default()).hint("name"));
        }
        Ok(Renewed {
            looks,
            id: after.agreement.id,
            file,
        })
    }

    /// Returns what is wrong with a signed text, whatever it allows: that was signed and
    /// stayed. What a draft allows is meant.
    fn signed_slips(&self, reading: &Reading) -> Vec<Diagnostic> {
        let mut reading = reading.clone();
        reading.agreement.allow.clear();
        match reading.agreement.status {
            Status::Signed => check::check(&self.case(&reading)),
            Status::Draft | Status::Final => Vec::new(),
        }
    }

    /// Returns the paragraph that says, in each language, whose agreement is succeeded
    /// to; nothing where no party has another name, and of what was never signed.
    fn succession(
        &self,
        reading: &Reading,
        renamed: &[Renamed],
    ) -> Outcome<BTreeMap<Language, String>> {
        let mut opening = BTreeMap::new();
        let agreement = &reading.agreement;
        let is_draft = agreement.status == Status::Draft;
        if renamed.is_empty() || is_draft || agreement.signing.day().is_none() {
            return Ok(opening);
        }
        for language in &agreement.languages {
            let pack = self.pack(language)?;
            let written = agreement.preamble.get(language).is_some();
            if !written || !self.templates.has_succession(language) {
                return Ok(BTreeMap::new());
            }
            let words = template::succession(reading, renamed, pack, &self.templates)?;
            opening.insert(language.clone(), words);
        }
        Ok(opening)
    }

    /// Returns the places of the allowances that nothing needs, in their list.
    fn idle_allowances(&self, file: &Source) -> Outcome<Vec<usize>> {
        let loaded = load::load(file)?;
        let found = self.check(file, None).findings;
        let idle = |path: &str| {
            let span = loaded.positions.at(path);
            let mut labels = found
                .iter()
                .filter(|found| found.code == "unused-allowance");
            labels.any(|found| {
                let label = found.labels.first();
                label.is_some_and(|label| label.span.range() == span.range())
            })
        };
        let allowed = loaded.agreement.allow.iter().enumerate();
        Ok(allowed
            .filter(|(_, allowance)| idle(&allowance.path))
            .map(|(place, _)| place)
            .collect())
    }
}
