//! What the pages of an edition need besides its text.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::agreement::{Agreement, Layout};
use crate::diagnostic::Outcome;
use crate::document::edition::{Edition, Purpose};
use crate::document::tree::{Parallel, plain_text};
use crate::document::{duration, markdown, template};
use crate::language::glossary::TermKind;
use crate::language::names::{core, own_parts};
use crate::language::pack::LanguagePack;
use crate::press::input::Setting;
use crate::press::pdf::Attachment;
use crate::text::lao;
use crate::text::letters::{capital, is_mark};

use super::desk::Desk;

impl Desk<'_> {
    pub(super) fn setting(&self, edition: &Edition, text: &Parallel) -> Outcome<Setting> {
        let workshop = self.workshop;
        let agreement = &self.reading.agreement;
        let mut setting = Setting {
            id: agreement.id.clone(),
            path: edition.path.clone(),
            title: String::new(),
            purpose: edition.purpose.name(),
            layout: layout(agreement, edition).name(),
            joint: agreement.is_joint(),
            watermark: None,
            initials: self.initials(edition),
            page_number: None,
            footers: BTreeMap::new(),
            language_names: BTreeMap::new(),
            typography: BTreeMap::new(),
            date: self.date(agreement),
            names: Vec::new(),
            terms: Vec::new(),
            compounds: Vec::new(),
            before_numbers: BTreeMap::new(),
            attachment: (workshop.options.attachment == Attachment::Source)
                .then(|| format!("{}.yaml", agreement.id)),
        };
        let (mut titles, mut marks) = (Vec::new(), Vec::new());
        for language in &edition.languages {
            let pack = workshop.pack(language)?;
            let title = title(agreement, pack);
            titles.push(match edition.purpose {
                Purpose::Comparison => format!("{}: {title}", pack.compared("title")),
                _ => title,
            });
            marks.push(pack.draft_mark.as_str());
            let footer = template::footer(self.reading, edition, pack, &workshop.templates)?;
            let footer = markdown::words(&footer);
            setting.footers.insert(language.0.clone(), footer);
            let name = pack.name_of(language).to_owned();
            setting.language_names.insert(language.0.clone(), name);
            setting.names.extend(self.names(agreement, pack, text));
            setting.terms.extend(self.terms(pack, text));
            setting.compounds.extend(compounds(pack));
            let before_numbers = pack.before_numbers.clone();
            setting
                .before_numbers
                .insert(language.0.clone(), before_numbers);
            setting.typography.insert(
                language.0.clone(),
                workshop.fonts.available(&pack.typography),
            );
        }
        if let Some(first) = edition.languages.first() {
            setting.page_number = workshop.pack(first)?.page_number.clone();
        }
        setting.title = titles.join(" / ");
        setting.watermark = (edition.purpose == Purpose::Draft).then(|| marks.join(" · "));
        Ok(setting)
    }

    /// Returns who puts initials on each page, in the order of naming: the parties of an
    /// original that wants them.
    fn initials(&self, edition: &Edition) -> Vec<Vec<(String, String)>> {
        let agreement = &self.reading.agreement;
        let is_original = matches!(edition.purpose, Purpose::Original { .. });
        if !agreement.initials || !is_original {
            return Vec::new();
        }
        let names = |&party: &usize| {
            let name = agreement.parties[party].short_name();
            let names = edition
                .languages
                .iter()
                .filter_map(|language| Some((language.0.clone(), name.get(language)?.to_owned())));
            names.collect()
        };
        edition.order.iter().map(names).collect()
    }

    /// Returns the names in `text` that are not to be broken at the end of a
    /// line: the short ones of the languages, the signatories, the parties'
    /// places and the glossary.
    fn names(&self, agreement: &Agreement, pack: &LanguagePack, text: &Parallel) -> Vec<String> {
        let language = &pack.language;
        let mut names: Vec<String> = pack.languages.values().cloned().collect();
        let texts = agreement.texts().into_iter();
        let persons = texts.filter(|(field, _)| field.is_person());
        let persons = persons.filter_map(|(_, person)| person.get(language));
        names.extend(persons.map(str::to_owned));
        let parties = agreement.parties.iter();
        let parties: Vec<Option<&str>> = parties.map(|party| party.name.get(language)).collect();
        let own = own_parts(&parties).into_iter().zip(&parties);
        // Where nothing is shared, the whole name is a party's own.
        let own = own.filter_map(|(part, name)| part.or(*name));
        names.extend(own.map(str::to_owned));
        let glossary = self
            .workshop
            .shelf
            .glossary()
            .entries
            .iter()
            .filter(|term| term.kind == TermKind::Name);
        let glossary = glossary.filter_map(|term| term.by_language.get(language));
        names.extend(glossary.cloned());
        names.retain(|name| (2..=LONGEST_WHOLE_NAME).contains(&letters(name)));
        let capitals: Vec<String> = names.iter().map(|name| name.to_uppercase()).collect();
        names.extend(capitals);
        let words = words(text);
        names.retain(|name| words.contains(name.as_str()));
        // A longer name first, so that a shorter one within it does not part it.
        names.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        names.dedup();
        names
    }

    /// Returns the Lao words in `text` that the project knows: those of the pack, and
    /// the glossary's right wordings, of names also without their "province".
    fn terms(&self, pack: &LanguagePack, text: &Parallel) -> Vec<String> {
        let glossary = self.workshop.shelf.glossary().entries.iter();
        let units = self.workshop.shelf.watch(&pack.language).list("unit_words");
        let glossary = glossary.flat_map(|term| {
            let wordings = term.right(&pack.language);
            let name = term.kind == TermKind::Name;
            wordings.flat_map(move |words| [Some(words), name.then(|| core(words, units))])
        });
        let known = pack.whole().chain(glossary.flatten());
        let known = known.flat_map(|words| words.split(|letter| !lao::is_letter(letter)));
        let fits = |word: &&str| (2..=LONGEST_WHOLE_TERM).contains(&letters(word));
        let words = words(text);
        let mut terms: Vec<String> = known
            .filter(fits)
            .filter(|word| words.contains(word))
            .map(str::to_owned)
            .collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// Returns the document's own date: when it was signed, else when the
    /// term begins, else the build's fixed date.
    fn date(&self, agreement: &Agreement) -> NaiveDate {
        own_date(agreement)
            .or(self.workshop.options.default_date)
            .unwrap_or_default()
    }
}

/// Returns the day by which an agreement itself dates its documents, if it says one.
pub(super) fn own_date(agreement: &Agreement) -> Option<NaiveDate> {
    let start = || agreement.first_day();
    agreement.signing.day().or_else(start)
}

/// Returns how an edition's languages stand on its pages: three or more have no room
/// beside each other.
fn layout(agreement: &Agreement, edition: &Edition) -> Layout {
    match edition.languages.len() {
        _ if edition.purpose == Purpose::Reviewing => Layout::Columns,
        0..=2 => agreement.layout,
        _ => Layout::Stacked,
    }
}

/// Returns the words of several syllables that a language keeps whole in titles, as
/// they may be written.
fn compounds(pack: &LanguagePack) -> Vec<String> {
    let spaced = pack.whole().filter(|words| words.contains(' '));
    let written = |words: &str| [words.to_owned(), capital(words), words.to_uppercase()];
    spaced.flat_map(written).collect()
}

/// Longer names, in letters, may be broken: kept whole they would tear a line,
/// or run out of it.
const LONGEST_WHOLE_NAME: usize = 24;

/// Longer terms, in letters, may be broken between their words.
const LONGEST_WHOLE_TERM: usize = 8;

/// Returns all words of a text.
fn words(text: &Parallel) -> String {
    let rows = text.sections.iter().flat_map(|section| &section.rows);
    rows.flatten()
        .map(|unit| plain_text(&unit.blocks))
        .collect()
}

/// Returns how many letters of a name take room.
fn letters(name: &str) -> usize {
    name.chars().filter(|letter| !is_mark(*letter)).count()
}

/// Returns the document's title for catalogues: kind and subject, parties and term.
fn title(agreement: &Agreement, pack: &LanguagePack) -> String {
    let kind = pack.kind(&agreement.kind).title;
    let names = agreement
        .parties
        .iter()
        .filter_map(|party| party.name.get(&pack.language));
    let subject = agreement.subject.as_ref();
    let subject = subject.and_then(|subject| subject.get(&pack.language));
    let about = subject.map_or_else(String::new, |subject| format!(" {subject}"));
    let mut title = format!("{kind}{about}: {}", names.collect::<Vec<_>>().join(" - "));
    let term = duration::brief(agreement, pack);
    if let Some(term) = term.filter(|_| !agreement.term.is_open()) {
        title.push_str(&format!(", {term}"));
    }
    title
}
