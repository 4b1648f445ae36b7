//! What the pages of an edition need besides its text.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::agreement::Agreement;
use crate::diagnostic::Outcome;
use crate::document::{Parallel, plain_text};
use crate::edition::{Edition, Purpose};
use crate::glossary::TermKind;
use crate::language::LanguagePack;
use crate::load::Loaded;
use crate::markdown;
use crate::pdf::Attachment;
use crate::pipeline::Workshop;
use crate::template;
use crate::typeset::Setting;

impl Workshop {
    pub(super) fn setting(
        &self,
        loaded: &Loaded,
        edition: &Edition,
        text: &Parallel,
    ) -> Outcome<Setting> {
        let agreement = &loaded.agreement;
        let mut setting = Setting {
            id: agreement.id.clone(),
            path: edition.path.clone(),
            title: String::new(),
            purpose: edition.purpose.name(),
            layout: agreement.layout.name(),
            watermark: None,
            footers: BTreeMap::new(),
            language_names: BTreeMap::new(),
            typography: BTreeMap::new(),
            date: self.date(agreement),
            names: Vec::new(),
            attachment: (self.attachment == Attachment::Source)
                .then(|| format!("{}.yaml", agreement.id)),
        };
        let (mut titles, mut marks) = (Vec::new(), Vec::new());
        for language in &edition.languages {
            let pack = self.pack(language)?;
            titles.push(title(agreement, pack));
            marks.push(pack.draft_mark.as_str());
            let at = loaded.positions.at("id");
            let footer = template::footer(agreement, edition, pack, &self.templates, &at)?;
            let footer = markdown::words(&footer);
            setting.footers.insert(language.0.clone(), footer);
            let name = pack
                .languages
                .get(&language.0)
                .unwrap_or(&language.0)
                .clone();
            setting.language_names.insert(language.0.clone(), name);
            setting.names.extend(self.names(agreement, pack, text));
            setting
                .typography
                .insert(language.0.clone(), self.fonts.available(&pack.typography));
        }
        setting.title = titles.join(" / ");
        setting.watermark = (edition.purpose == Purpose::Draft).then(|| marks.join(" · "));
        Ok(setting)
    }

    /// Returns the names in `text` that are not to be broken at the end of a
    /// line: of the languages, the signatories, the parties' places, and the
    /// short ones of the glossary.
    fn names(&self, agreement: &Agreement, pack: &LanguagePack, text: &Parallel) -> Vec<String> {
        let language = &pack.language;
        let mut names: Vec<String> = pack.languages.values().cloned().collect();
        let signatories = agreement
            .parties
            .iter()
            .filter_map(|p| p.signatory.name.get(language));
        names.extend(signatories.map(str::to_owned));
        let parties: Vec<&str> = agreement
            .parties
            .iter()
            .filter_map(|party| party.name.get(language))
            .collect();
        names.extend(own_parts(&parties));
        let glossary = self
            .shared
            .glossary()
            .entries
            .iter()
            .filter(|term| term.kind == TermKind::Name);
        let glossary = glossary.filter_map(|term| term.by_language.get(language));
        names.extend(
            glossary
                .filter(|name| name.chars().count() <= LONGEST_WHOLE_NAME)
                .cloned(),
        );
        let capitals: Vec<String> = names.iter().map(|name| name.to_uppercase()).collect();
        names.extend(capitals);
        let units = text
            .sections
            .iter()
            .flat_map(|section| section.rows.iter().flatten());
        let words: String = units.map(|unit| plain_text(&unit.blocks)).collect();
        names.retain(|name| name.chars().count() > 1 && words.contains(name.as_str()));
        // A longer name first, so that a shorter one within it does not part it.
        names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        names.dedup();
        names
    }

    /// Returns the document's own date: when it was signed, else when the
    /// term begins, else the build's fixed date.
    fn date(&self, agreement: &Agreement) -> NaiveDate {
        let start = || agreement.term.from.and_then(|moment| moment.first_day());
        agreement
            .signing
            .date
            .or_else(start)
            .or(self.default_date)
            .unwrap_or_default()
    }
}

/// Longer names, in letters, may be broken: kept whole they would tear a line.
const LONGEST_WHOLE_NAME: usize = 24;

/// Returns what the names of parties do not share at their beginning: of
/// "Hội Phụ nữ tỉnh Bắc Giang" and "Hội Phụ nữ tỉnh Sê Kông" the two places.
fn own_parts(names: &[&str]) -> Vec<String> {
    let Some(first) = names.first() else {
        return Vec::new();
    };
    let shared = |a: &str, b: &str| {
        let same = a
            .char_indices()
            .zip(b.chars())
            .take_while(|((_, a), b)| a == b);
        same.last()
            .map_or(0, |((at, letter), _)| at + letter.len_utf8())
    };
    let mut length = names
        .iter()
        .map(|name| shared(first, name))
        .min()
        .unwrap_or(0);
    // Words that are parted by spaces are kept whole.
    if first.contains(' ') {
        length = first[..length].rfind(' ').map_or(0, |at| at + 1);
    }
    // A vowel or a tone mark never opens a name.
    let opens = |letter: char| !matches!(letter, '\u{eb0}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}');
    let part = |name: &&str| {
        name.get(length..)
            .filter(|part| part.starts_with(opens))
            .map(str::to_owned)
    };
    names.iter().filter_map(part).collect()
}

/// Returns the document's title for catalogues: kind, parties and term.
fn title(agreement: &Agreement, pack: &LanguagePack) -> String {
    let kind = pack
        .kinds
        .get(&agreement.kind)
        .map_or(agreement.kind.as_str(), |kind| &kind.title);
    let names = agreement
        .parties
        .iter()
        .filter_map(|party| party.name.get(&pack.language));
    let mut title = format!("{kind}: {}", names.collect::<Vec<_>>().join(" - "));
    if let (Some(from), Some(to)) = (agreement.term.from, agreement.term.to) {
        title.push_str(&format!(", {} - {}", from.year(), to.year()));
    }
    title
}
