//! The agreement of the next term.

use crate::agreement::load;
use crate::agreement::renew::{Successor, without_allowances};
use crate::check;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::source::Source;

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
    /// it is still found.
    ///
    /// # Errors
    /// An agreement that is not sound, and what stands in the way of its successor.
    pub fn renew(&self, old: &Source, successor: &Successor) -> Outcome<Renewed> {
        let reading = self.sound(old)?;
        let terms = check::own_terms(&self.case(&reading));
        let file = successor.file(&load::load(old)?, &terms)?;
        let idle = self.idle_allowances(&file)?;
        let file = match idle.is_empty() {
            true => file,
            false => without_allowances(&load::load(&file)?, &idle)?,
        };
        let reading = self.sound(&file)?;
        Ok(Renewed {
            looks: check::looks(&self.case(&reading)),
            id: reading.agreement.id,
            file,
        })
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
