//! Findings and differences, printed for people.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use alternat::diagnostic::{Diagnostic, Severity};
use alternat::messages::Messages;
use alternat::project::unwritable;
use codespan_reporting::diagnostic as shown;
use codespan_reporting::term::termcolor::{ColorChoice, StandardStream};
use codespan_reporting::term::{self, Config};
use similar::{ChangeTag, TextDiff};

use clap::ValueEnum;

use super::excerpt::Excerpts;
use super::streams::{self, Words};

/// When to use colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How much of the unchanged text is shown around a change: words and the
/// spaces between them.
const WORDS_AROUND: usize = 10;

/// Prints to standard error; data alone goes to standard output.
pub(crate) struct Reporter {
    stream: Words,
    messages: Messages,
    errors: usize,
    warnings: usize,
    /// Whether the last line is to be overwritten.
    status: bool,
    /// Why data for standard output was lost.
    lost: Option<io::Error>,
}

impl Reporter {
    pub(crate) fn new(color: Color, messages: Messages) -> Self {
        let choice = match color {
            Color::Always => ColorChoice::Always,
            Color::Auto if io::stderr().is_terminal() => ColorChoice::Auto,
            Color::Auto | Color::Never => ColorChoice::Never,
        };
        Self {
            stream: Words(StandardStream::stderr(choice)),
            messages,
            errors: 0,
            warnings: 0,
            status: false,
            lost: None,
        }
    }

    /// Prints findings in the order of their places.
    pub(crate) fn findings(&mut self, findings: &[Diagnostic]) -> io::Result<()> {
        let mut sorted: Vec<&Diagnostic> = findings.iter().collect();
        sorted.sort_by(|a, b| a.place().cmp(&b.place()));
        for finding in sorted {
            self.finding(finding)?;
        }
        Ok(())
    }

    /// Prints findings but for notes, which `alternat check` shows.
    pub(crate) fn grave(&mut self, findings: &[Diagnostic]) -> io::Result<()> {
        let grave = findings.iter().filter(|f| f.severity > Severity::Note);
        self.findings(&grave.cloned().collect::<Vec<_>>())
    }

    fn finding(&mut self, finding: &Diagnostic) -> io::Result<()> {
        self.clear_status()?;
        match finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => {}
        }
        let mut labels = Vec::new();
        let mut excerpts = Excerpts::default();
        for (index, label) in finding.labels.iter().enumerate() {
            let (id, range) = excerpts.add(&label.span);
            let style = if index == 0 {
                shown::LabelStyle::Primary
            } else {
                shown::LabelStyle::Secondary
            };
            let message = label
                .key
                .map(|key| self.messages.label(finding, key))
                .unwrap_or_default();
            labels.push(shown::Label::new(style, id, range).with_message(message));
        }
        let hints = finding.hints.iter().map(|key| {
            format!(
                "{}: {}",
                self.messages.word("hint"),
                self.messages.hint(finding, key)
            )
        });
        let notes = hints.chain(finding.details.iter().cloned()).collect();
        let severity = match finding.severity {
            Severity::Error => shown::Severity::Error,
            Severity::Warning => shown::Severity::Warning,
            Severity::Note => shown::Severity::Note,
        };
        let diagnostic = shown::Diagnostic::new(severity)
            .with_code(finding.code)
            .with_message(self.messages.message(finding))
            .with_labels(labels)
            .with_notes(notes);
        let config = Config::default();
        term::emit_to_write_style(&mut self.stream, &config, &excerpts, &diagnostic)
            .map_err(io::Error::other)
    }

    /// Prints how `new` differs from `old`: for each change the words before and
    /// now, with some words around them. A paragraph is one line of Markdown, so
    /// whole lines would hide a changed letter among hundreds.
    pub(crate) fn difference(&mut self, old: &str, new: &str) -> io::Result<()> {
        self.clear_status()?;
        let diff = TextDiff::from_words(old, new);
        for group in diff.grouped_ops(WORDS_AROUND) {
            for (time, tag) in [("before", ChangeTag::Delete), ("now", ChangeTag::Insert)] {
                let changes = group.iter().flat_map(|op| diff.iter_changes(op));
                let changes = changes.filter(|c| [tag, ChangeTag::Equal].contains(&c.tag()));
                let line = marked(changes.map(|change| (change.tag() == tag, change.value())));
                writeln!(self.stream, "  {}: … {line} …", self.messages.word(time))?;
            }
        }
        writeln!(self.stream)
    }

    /// Returns a word of the program.
    pub(crate) fn word(&self, key: &str) -> String {
        self.messages.word(key).to_owned()
    }

    /// Prints one line of progress or result.
    pub(crate) fn line(&mut self, line: &str) -> io::Result<()> {
        self.clear_status()?;
        writeln!(self.stream, "{line}")
    }

    /// Prints a question, behind which the answer is typed.
    pub(crate) fn ask(&mut self, question: &str) -> io::Result<()> {
        write!(self.stream, "{question}")?;
        self.stream.flush()
    }

    /// Prints a line that the next one takes the place of, on a terminal.
    pub(crate) fn status(&mut self, line: &str) -> io::Result<()> {
        self.clear_status()?;
        self.status = true;
        write!(self.stream, "{line}")?;
        self.stream.flush()
    }

    /// Takes the line away that the next one takes the place of.
    pub(crate) fn clear_status(&mut self) -> io::Result<()> {
        match std::mem::take(&mut self.status) {
            true => write!(self.stream, "\r\u{1b}[2K"),
            false => Ok(()),
        }
    }

    /// Prints data to standard output.
    pub(crate) fn print(&mut self, data: &[u8]) {
        let lost = streams::print(data).err();
        self.lost = self.lost.take().or(lost);
    }

    /// Returns `code`, or 1 if data for standard output was lost, and says so.
    pub(crate) fn unless_lost(&mut self, code: ExitCode) -> ExitCode {
        let Some(error) = self.lost.take() else {
            return code;
        };
        let fault = unwritable("@standard-output".to_owned(), error);
        // Nobody may hear it; the exit code tells as well.
        let _ = self.findings(&[fault]);
        ExitCode::FAILURE
    }

    /// Returns the sentences that findings are printed in.
    pub(crate) fn messages(&self) -> &Messages {
        &self.messages
    }

    /// Returns 1 if an error was printed.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self.errors {
            0 => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        }
    }

    /// Returns how many errors were printed.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// Returns how many warnings were printed.
    pub(crate) fn warnings(&self) -> usize {
        self.warnings
    }
}

/// Returns words as one line, those that changed between » and «; a space
/// between two that changed is within the same marks.
fn marked<'a>(parts: impl Iterator<Item = (bool, &'a str)>) -> String {
    let (mut line, mut changed, mut gap) = (String::new(), String::new(), String::new());
    // A last part closes what is open.
    for (is_change, words) in parts.chain([(false, "\u{0}")]) {
        let words = words.replace('\n', " ");
        if is_change {
            changed += &std::mem::take(&mut gap);
            changed += &words;
        } else if !changed.is_empty() && words.trim().is_empty() {
            gap.push(' ');
        } else {
            line += &between_marks(&std::mem::take(&mut changed));
            line += &std::mem::take(&mut gap);
            // A break of lines in Markdown, and its indent, is one space here.
            line += if words.trim().is_empty() { " " } else { &words };
        }
    }
    line.trim_end_matches('\0').trim().to_owned()
}

/// Puts words between » and «, the spaces around them outside.
fn between_marks(words: &str) -> String {
    match words.trim() {
        "" if words.is_empty() => String::new(),
        "" => format!("»{words}«"),
        inner => words.replacen(inner, &format!("»{inner}«"), 1),
    }
}
