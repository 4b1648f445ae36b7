//! `alternat new`: starts an agreement. On a terminal it asks for what the command line
//! does not say; what is not known stays blank.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

use alternat::agreement::keys::{NUMBERINGS, ORIGINAL_FORMS};
use alternat::agreement::starter::{Start, StartParty};
use alternat::agreement::{Originals, Register};
use alternat::diagnostic::{Diagnostic, Outcome};
use alternat::language::Language;
use alternat::press::pdf::Attachment;
use alternat::workshop::Workshop;

use super::super::ask::{Asker, Unanswered};
use super::super::global::Global;
use super::super::open;
use super::super::report::human::Reporter;
use super::renew::term;

#[derive(Debug, clap::Args)]
pub(crate) struct NewArgs {
    /// The agreement's id, such as `bac-ninh-xaysomboun-2025-2027` [default: made of the
    /// parties and the term]
    pub(crate) id: Option<String>,
    /// Its languages in agreed order, as vi,lo
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) languages: Vec<String>,
    /// A party: an id of `agreements/parties.yaml`, or a new one with its language, as
    /// hue:vi; once for each party
    #[arg(long = "party", value_name = "ID")]
    pub(crate) parties: Vec<String>,
    /// The name of a new party in a language, as hue.vi=NAME
    #[arg(long = "name", value_name = "ID.LANG=NAME")]
    pub(crate) names: Vec<String>,
    /// What it is called, as `cooperation-agreement` or `memorandum`
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// What it is about in a language, as vi=TEXT
    #[arg(long = "subject", value_name = "LANG=TEXT")]
    pub(crate) subjects: Vec<String>,
    /// Its term, as 2025-2027, or as 2026-03-20/2029-03-19
    #[arg(long)]
    pub(crate) term: Option<String>,
    /// How its clauses are numbered: sections or articles
    #[arg(long, value_name = "HOW")]
    pub(crate) numbering: Option<String>,
    /// Its originals, as separate:1 or joint:2
    #[arg(long, value_name = "FORM:EACH")]
    pub(crate) originals: Option<String>,
    /// Sentences of the language packs, as non-binding,copies
    #[arg(long = "formula", value_name = "NAMES", value_delimiter = ',')]
    pub(crate) formulas: Option<Vec<String>>,
    /// Ask nothing
    #[arg(long)]
    pub(crate) no_questions: bool,
}

/// Where a project keeps the schema of the form, for editors.
pub(crate) const SCHEMA: &str = "schema/agreement.schema.json";

pub(crate) fn run(global: &Global, new: &NewArgs, reporter: &mut Reporter) -> io::Result<ExitCode> {
    let opened = match open::alone(global, Attachment::Source) {
        Ok(opened) => opened,
        Err(faults) => {
            reporter.findings(&faults)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let known = Known::of(&opened.workshop, reporter.messages().language());
    let known = match known {
        Ok(known) => known,
        Err(faults) => {
            reporter.findings(&faults)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let (mut start, mut given) = match known.given(new) {
        Ok(given) => given,
        Err(faults) => {
            reporter.findings(&faults)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let asks = io::stdin().is_terminal() && io::stderr().is_terminal() && !new.no_questions;
    if asks {
        let mut asker = Asker { reporter };
        match known.questions(&mut asker, &mut start, &mut given) {
            Ok(()) => {}
            Err(Unanswered::Left) => {
                reporter.line("")?;
                reporter.line(&reporter.word("ask-left"))?;
                return Ok(ExitCode::FAILURE);
            }
            Err(Unanswered::Broken(error)) => return Err(error),
        }
    } else if new.id.is_none() {
        if !given.parties {
            reporter.findings(&[Diagnostic::error("no-id").hint("say")])?;
            return Ok(ExitCode::FAILURE);
        }
        start.id = usual_id(&start);
    }
    let mut text = start.file(reporter.messages());
    if opened.project.has(SCHEMA) {
        text.insert_str(0, &format!("# yaml-language-server: $schema=../{SCHEMA}\n"));
    }
    match opened
        .project
        .start(&start.id, None, &text, opened.workshop.register())
    {
        Ok(name) => {
            reporter.line(&reporter.word("started").replace("{file}", &name))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(findings) => {
            reporter.findings(&findings)?;
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Which things the command line says, so that nobody is asked for them.
#[derive(Default)]
pub(super) struct Given {
    pub(super) languages: bool,
    pub(super) parties: bool,
    pub(super) kind: bool,
    pub(super) subject: bool,
    pub(super) term: bool,
    pub(super) numbering: bool,
    pub(super) originals: bool,
    pub(super) formulas: bool,
    pub(super) id: bool,
}

/// What can be chosen from.
pub(super) struct Known<'a> {
    pub(super) register: &'a Register,
    pub(super) languages: Vec<Language>,
    /// The kinds with their titles, by language.
    pub(super) kinds: BTreeMap<String, BTreeMap<Language, String>>,
    /// The formulas with their words, by language.
    pub(super) formulas: Vec<(String, BTreeMap<Language, String>)>,
    /// What stands before the name of a place, in all languages.
    pub(super) units: Vec<String>,
    /// The language of messages.
    pub(super) own: Language,
    /// What the languages are called in it.
    pub(super) called: BTreeMap<Language, String>,
}

impl<'a> Known<'a> {
    fn of(workshop: &'a Workshop, own: &str) -> Outcome<Self> {
        let own = Language(own.to_owned());
        let pack = workshop.packs().find(|pack| pack.language == own);
        let called = workshop.packs().map(|it| {
            let code = it.language.clone();
            let name = pack
                .map_or(code.0.as_str(), |pack| pack.name_of(&code))
                .to_owned();
            (code, name)
        });
        let called = called.collect();
        let mut kinds: BTreeMap<String, BTreeMap<Language, String>> = BTreeMap::new();
        for pack in workshop.packs() {
            for (key, kind) in &pack.kinds {
                let titles = kinds.entry(key.clone()).or_default();
                titles.insert(pack.language.clone(), kind.title.clone());
            }
        }
        let formulas = workshop.formulas()?.into_iter();
        Ok(Self {
            register: workshop.register(),
            languages: workshop.packs().map(|pack| pack.language.clone()).collect(),
            kinds,
            formulas: formulas
                .map(|it| (it.name, it.words.into_iter().collect()))
                .collect(),
            units: workshop.unit_words(),
            own,
            called,
        })
    }

    /// Returns what a language is called in that of the messages.
    pub(super) fn called<'b>(&'b self, code: &'b Language) -> &'b str {
        self.called.get(code).unwrap_or(&code.0)
    }

    /// Reads the command line.
    fn given(&self, new: &NewArgs) -> Outcome<(Start, Given)> {
        let mut start = Start::blank(new.id.as_deref().unwrap_or_default());
        let mut given = Given {
            id: new.id.is_some(),
            ..Given::default()
        };
        let mut faults = Vec::new();
        if !new.languages.is_empty() {
            given.languages = true;
            match self.read_languages(&new.languages) {
                Some(languages) => start.languages = languages,
                None => {
                    faults.push(self.wrong("--languages", &new.languages.join(","), self.codes()))
                }
            }
        }
        if let Some(kind) = &new.kind {
            given.kind = true;
            match self.kinds.contains_key(kind) {
                true => start.kind.clone_from(kind),
                false => {
                    faults.push(self.wrong("--kind", kind, self.kinds.keys().cloned().collect()))
                }
            }
        }
        if let Some(typed) = &new.term {
            given.term = true;
            // What is no term was refused before.
            start.term = term(typed);
        }
        if let Some(typed) = &new.numbering {
            given.numbering = true;
            match NUMBERINGS.iter().find(|(name, _)| name == typed) {
                Some((_, numbering)) => start.numbering = *numbering,
                None => {
                    let names = NUMBERINGS.map(|(name, _)| name.to_owned());
                    faults.push(self.wrong("--numbering", typed, names.into()));
                }
            }
        }
        if let Some(typed) = &new.originals {
            given.originals = true;
            match originals(typed) {
                Some(originals) => start.originals = originals,
                None => {
                    let known = ["separate:1", "joint:2"].map(str::to_owned);
                    faults.push(self.wrong("--originals", typed, known.into()));
                }
            }
        }
        if let Some(names) = &new.formulas {
            given.formulas = true;
            start.formulas = names
                .iter()
                .filter(|name| !name.is_empty())
                .cloned()
                .collect();
            for name in &start.formulas {
                if self.formulas.iter().all(|(known, _)| known != name) {
                    let known = self.formulas.iter().map(|(known, _)| known.clone());
                    faults.push(self.wrong("--formula", name, known.collect()));
                }
            }
        }
        for typed in &new.subjects {
            given.subject = true;
            match typed.split_once('=') {
                Some((code, text)) if start.languages.iter().any(|it| it.0 == code) => {
                    start
                        .subject
                        .insert(Language(code.to_owned()), text.to_owned());
                }
                _ => faults.push(self.wrong("--subject", typed, self.codes())),
            }
        }
        if !new.parties.is_empty() {
            given.parties = true;
            // The file would be at fault, and nobody has written it.
            for typed in &new.parties {
                let code = typed.split_once(':').map(|(_, code)| code);
                if code.is_some_and(|code| start.languages.iter().all(|it| it.0 != code)) {
                    let known = start.languages.iter().map(|code| code.0.clone());
                    faults.push(self.wrong("--party", typed, known.collect()));
                }
            }
            let parties = new
                .parties
                .iter()
                .map(|typed| self.party(typed, &start.languages));
            start.parties = parties.collect();
        }
        for typed in &new.names {
            if !name(typed, &mut start) {
                let known = start.parties.iter().map(|party| party.id.clone()).collect();
                faults.push(self.wrong("--name", typed, known));
            }
        }
        match faults.is_empty() {
            true => Ok((start, given)),
            false => Err(faults),
        }
    }

    fn codes(&self) -> Vec<String> {
        self.languages.iter().map(|code| code.0.clone()).collect()
    }

    fn wrong(&self, option: &str, typed: &str, known: Vec<String>) -> Diagnostic {
        let fault = Diagnostic::error("wrong-option").with("option", option);
        let fault = fault.typed("value", typed).with("known", known.join(", "));
        let near = fault.nearest(typed, known.iter().map(String::as_str));
        near.hint("listed")
    }

    pub(super) fn read_languages(&self, typed: &[String]) -> Option<Vec<Language>> {
        let mut languages: Vec<Language> = Vec::new();
        for code in typed {
            let language = Language(code.clone());
            if !self.languages.contains(&language) || languages.contains(&language) {
                return None;
            }
            languages.push(language);
        }
        Some(languages).filter(|languages| !languages.is_empty())
    }

    /// Reads a party of the command line: `bac-ninh`, `hue:vi`.
    fn party(&self, typed: &str, languages: &[Language]) -> StartParty {
        let (id, code) = typed.split_once(':').unwrap_or((typed, ""));
        let first = languages.first().cloned();
        let language = match code {
            "" => first.unwrap_or_else(|| Language(String::new())),
            code => Language(code.to_owned()),
        };
        StartParty {
            known: code.is_empty() && self.register.get(id).is_some(),
            id: id.to_owned(),
            language,
            name: BTreeMap::new(),
        }
    }
}

/// Reads `joint:2`.
fn originals(typed: &str) -> Option<Originals> {
    let (form, each) = typed.split_once(':').unwrap_or((typed, "1"));
    let (_, form) = ORIGINAL_FORMS.iter().find(|(name, _)| *name == form)?;
    Some(Originals {
        form: *form,
        each: count(each)?,
    })
}

pub(super) fn count(typed: &str) -> Option<usize> {
    let digits = typed.bytes().all(|byte| byte.is_ascii_digit());
    typed
        .parse()
        .ok()
        .filter(|count| digits && (1..=10).contains(count))
}

/// Puts `hue.vi=NAME` into its place, if it has one.
fn name(typed: &str, start: &mut Start) -> bool {
    let Some((place, name)) = typed.split_once('=') else {
        return false;
    };
    let Some((id, code)) = place.rsplit_once('.') else {
        return false;
    };
    let language = Language(code.to_owned());
    if !start.languages.contains(&language) {
        return false;
    }
    let party = start
        .parties
        .iter_mut()
        .find(|party| party.id == id && !party.known);
    party
        .map(|party| party.name.insert(language, name.to_owned()))
        .is_some()
}

/// Makes an id of the parties and the term.
pub(super) fn usual_id(start: &Start) -> String {
    let mut id: Vec<String> = start.parties.iter().map(|party| party.id.clone()).collect();
    if let Some((from, to)) = start.term {
        id.push(from.year().to_string());
        id.extend((from.year() != to.year()).then(|| to.year().to_string()));
    }
    let id: String = id.join("-").chars().take(100).collect();
    id.trim_end_matches('-').to_owned()
}

pub(super) fn is_id(typed: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !typed.is_empty() && typed.len() <= 100 && !typed.starts_with('-') && typed.bytes().all(letters)
}
