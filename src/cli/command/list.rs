//! `alternat list`: all agreements, with what is open and what is due.

use std::collections::BTreeMap;
use std::io;
use std::process::ExitCode;

use alternat::agreement::due::{Due, due};
use alternat::agreement::{Agreement, Term, keys};
use alternat::diagnostic::Outcome;
use alternat::press::pdf::Attachment;
use alternat::source::Source;
use alternat::workshop::{Survey, SurveyCounts, in_order};
use chrono::NaiveDate;
use clap::ValueEnum;
use serde::Serialize;

use super::super::global::Global;
use super::super::open::{self, Input, Opened};
use super::super::report::human::Reporter;
use super::super::report::{agenda, pretty, table};
use super::super::today::today;
use super::due::{succeeded, until};

#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(crate) format: ListFormat,
    /// From which day on things are due [default: today]
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
}

/// How agreements are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people, in 80 columns
    Table,
    /// For programs
    Json,
    /// For spreadsheets: RFC 4180, UTF-8
    Csv,
}

/// One agreement at a glance.
#[derive(Serialize)]
struct Row {
    file: String,
    /// Not known of a file that is no agreement.
    id: Option<String>,
    status: Option<&'static str>,
    term: TermWords,
    parties: Vec<PartyName>,
    open: Open,
    /// What is due within a year, or was before and is not done.
    due: Vec<Next>,
}

/// As the form has them; nothing where it is not known.
#[derive(Default, Serialize)]
struct TermWords {
    from: Option<String>,
    to: Option<String>,
    years: Option<u32>,
}

#[derive(Serialize)]
struct PartyName {
    id: String,
    /// By language.
    name: BTreeMap<String, String>,
    #[serde(skip)]
    shown: String,
}

#[derive(Serialize)]
struct Open {
    blanks: usize,
    unreviewed: usize,
    stale: usize,
    errors: usize,
    warnings: usize,
}

#[derive(Serialize)]
struct Next {
    on: String,
    matter: String,
    words: String,
    overdue: bool,
}

pub(crate) fn run(
    global: &Global,
    list: &ListArgs,
    reporter: &mut Reporter,
) -> io::Result<ExitCode> {
    let rows = match rows(global, list, reporter) {
        Ok(rows) => rows,
        Err(faults) => {
            reporter.findings(&faults)?;
            return Ok(reporter.exit_code());
        }
    };
    let text = match list.format {
        ListFormat::Table => rows.iter().map(|row| shown(row, reporter)).collect(),
        ListFormat::Json => pretty(&rows),
        ListFormat::Csv => table::csv(&fields(&rows)),
    };
    reporter.print(text.as_bytes());
    if list.format == ListFormat::Table {
        let count = |status| rows.iter().filter(|row| row.status == Some(status)).count();
        let numbers = [
            ("agreements", rows.len()),
            ("drafts", count("draft")),
            ("finals", count("final")),
            ("signed", count("signed")),
        ];
        let said = reporter.messages().counted("list-summary", &numbers);
        reporter.line(&said)?;
    }
    Ok(reporter.exit_code())
}

fn rows(global: &Global, list: &ListArgs, reporter: &mut Reporter) -> Outcome<Vec<Row>> {
    // As `build` opens it, so that what that has counted is known again.
    let opened = open::alone(global, Attachment::Source)?;
    let mut faults = Vec::new();
    let inputs = opened.listed(&mut faults);
    if inputs.is_empty() {
        return Err(faults);
    }
    // A file that cannot be read is told, and the others are listed.
    let _ = reporter.findings(&faults);
    let reporter = &*reporter;
    let mut surveys = Vec::new();
    let survey = |input: &Input| survey(&opened, input);
    in_order(&inputs, open::jobs(None), survey, |input, survey| {
        surveys.push((&input.source, survey));
    });
    let known = surveys.iter();
    let over = succeeded(known.filter_map(|(_, survey)| survey.agreement.as_ref()));
    let from = today(list.on.as_deref());
    let register = opened.workshop.register();
    let rows = surveys.iter().map(|(source, survey)| {
        let agreement = survey.agreement.iter();
        let due = agreement.flat_map(|agreement| {
            let followed = over.contains(&agreement.id);
            let due = due(agreement, register, followed, from, until(from, None)).into_iter();
            due.map(move |due| next_words(agreement, &due, from, reporter))
        });
        row(source, survey, due.collect(), reporter)
    });
    Ok(rows.collect())
}

/// Looks an agreement over: what the last build counted stays true while all that it
/// was counted of stays the same.
fn survey(opened: &Opened, input: &Input) -> Survey {
    let manifest = opened.project.manifest(&opened.id(input));
    let counts = manifest.and_then(|manifest| {
        let counts = manifest.counts?;
        let same = manifest.inputs == opened.key(input) && manifest.holds(opened.moment);
        same.then_some(counts)
    });
    match counts {
        Some(counts) => opened.workshop.recall(&input.source, counts),
        None => opened.workshop.survey(&input.source),
    }
}

fn next_words(agreement: &Agreement, due: &Due, from: NaiveDate, reporter: &Reporter) -> Next {
    Next {
        on: due.on.to_string(),
        matter: due.matter.name(agreement).to_owned(),
        words: agenda::words(agreement, due, reporter.messages()),
        overdue: due.on < from,
    }
}

fn row(source: &Source, survey: &Survey, due: Vec<Next>, reporter: &Reporter) -> Row {
    let SurveyCounts {
        blanks,
        unreviewed,
        stale,
        errors,
        warnings,
    } = survey.counts;
    let agreement = survey.agreement.as_ref();
    let status = agreement.and_then(|agreement| {
        let mut words = keys::STATUSES.iter();
        words.find(|(_, status)| *status == agreement.status)
    });
    Row {
        file: source.name().to_owned(),
        id: agreement.map(|agreement| agreement.id.clone()),
        status: status.map(|(word, _)| *word),
        term: agreement.map(|it| term(it.term)).unwrap_or_default(),
        parties: agreement.map_or_else(Vec::new, |it| parties(it, reporter)),
        open: Open {
            blanks,
            unreviewed,
            stale,
            errors,
            warnings,
        },
        due,
    }
}

impl Row {
    /// Returns what is due next, and how much was before.
    fn next(&self) -> (Option<&Next>, usize) {
        let overdue = self.due.iter().filter(|due| due.overdue).count();
        (self.due.get(overdue), overdue)
    }
}

fn parties(agreement: &Agreement, reporter: &Reporter) -> Vec<PartyName> {
    let parties = agreement.parties.iter().enumerate();
    let named = parties.map(|(index, party)| {
        let names = party.name.by_language.iter();
        let names = names.filter_map(|(language, name)| Some((language.0.clone(), name.clone()?)));
        PartyName {
            id: party.id.clone(),
            name: names.collect(),
            shown: agenda::party_name(agreement, index, reporter.messages()),
        }
    });
    named.collect()
}

fn term(term: Term) -> TermWords {
    match term {
        Term::Between { from, to } => TermWords {
            from: from.map(|from| from.to_string()),
            to: to.map(|to| to.to_string()),
            years: None,
        },
        Term::Since(from) => TermWords {
            from: from.map(|from| from.to_string()),
            to: Some(keys::OPEN.to_owned()),
            years: None,
        },
        Term::Years(years) => TermWords {
            years,
            ..TermWords::default()
        },
        Term::OfAmended => TermWords::default(),
    }
}

/// Returns an agreement in lines for people.
fn shown(row: &Row, reporter: &Reporter) -> String {
    let messages = reporter.messages();
    let blank = || "…".to_owned();
    let term = match (&row.term, row.status) {
        (
            TermWords {
                years: Some(years), ..
            },
            _,
        ) => messages.counted("list-years", &[("years", *years as usize)]),
        (
            TermWords {
                from: None,
                to: None,
                ..
            },
            _,
        ) => String::new(),
        (TermWords { from, to, .. }, _) => format!(
            "{} - {}",
            from.clone().unwrap_or_else(blank),
            to.clone().unwrap_or_else(blank)
        ),
    };
    let Some((id, status)) = row.id.as_ref().zip(row.status) else {
        let said = messages.counted("list-no-agreement", &[("errors", row.open.errors)]);
        return format!("{}\n{}", row.file, table::wrapped("  ", &said));
    };
    let mut text = table::at_edges(id, &format!("{term}  {status:>6}"));
    let names: Vec<&str> = row
        .parties
        .iter()
        .map(|party| party.shown.as_str())
        .collect();
    text += &table::wrapped("  ", &names.join("; "));
    let numbers = [
        ("blanks", row.open.blanks),
        ("unreviewed", row.open.unreviewed),
        ("stale", row.open.stale),
        ("errors", row.open.errors),
        ("warnings", row.open.warnings),
    ];
    let open = numbers.iter().filter(|(_, number)| *number > 0);
    let open =
        open.map(|(name, number)| messages.counted(&format!("list-{name}"), &[(name, *number)]));
    let open = open.collect::<Vec<_>>().join(", ");
    if !open.is_empty() {
        text += &table::wrapped(&format!("  {} ", messages.word("list-open")), &open);
    }
    let (next, overdue) = row.next();
    let next = next.map(|next| format!("{} {}", next.on, next.words));
    let over = messages.counted("list-overdue", &[("number", overdue)]);
    let over = (overdue > 0).then_some(over);
    let due: Vec<String> = next.into_iter().chain(over).collect();
    if !due.is_empty() {
        let head = format!("  {} ", messages.word("list-due"));
        text += &table::wrapped(&head, &due.join("; "));
    }
    text
}

/// Returns the table with its header, for spreadsheets.
fn fields(rows: &[Row]) -> Vec<Vec<String>> {
    let header = [
        "file",
        "id",
        "status",
        "from",
        "to",
        "years",
        "parties",
        "blanks",
        "unreviewed",
        "stale",
        "errors",
        "warnings",
        "due_on",
        "due",
        "overdue",
    ];
    let mut fields = vec![header.map(str::to_owned).to_vec()];
    for row in rows {
        let names: Vec<&str> = row
            .parties
            .iter()
            .map(|party| party.shown.as_str())
            .collect();
        let (due, overdue) = row.next();
        fields.push(vec![
            row.file.clone(),
            row.id.clone().unwrap_or_default(),
            row.status.unwrap_or_default().to_owned(),
            row.term.from.clone().unwrap_or_default(),
            row.term.to.clone().unwrap_or_default(),
            row.term
                .years
                .map_or(String::new(), |years| years.to_string()),
            names.join("; "),
            row.open.blanks.to_string(),
            row.open.unreviewed.to_string(),
            row.open.stale.to_string(),
            row.open.errors.to_string(),
            row.open.warnings.to_string(),
            due.map_or(String::new(), |due| due.on.clone()),
            due.map_or(String::new(), |due| due.words.clone()),
            overdue.to_string(),
        ]);
    }
    fields
}
