//! Findings and differences, printed for people.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use alternat::diagnostic::{Diagnostic, Severity};
use alternat::messages::Messages;
use alternat::source::Source;
use codespan_reporting::diagnostic as shown;
use codespan_reporting::files::SimpleFiles;
use codespan_reporting::term::termcolor::{ColorChoice, StandardStream};
use codespan_reporting::term::{self, Config, DisplayStyle};
use similar::{ChangeTag, TextDiff};

use clap::ValueEnum;

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

/// Longer lines, in bytes, are not shown with their findings: no screen has room
/// for them.
const LONGEST_LINE: usize = 8 << 10;

/// Prints to standard error; data alone goes to standard output.
pub(crate) struct Reporter {
    stream: StandardStream,
    messages: Messages,
    /// The sources that findings were shown in, each copied once.
    files: SimpleFiles<String, String>,
    known: Vec<(Source, usize)>,
    errors: usize,
    warnings: usize,
}

impl Reporter {
    pub(crate) fn new(color: Color, messages: Messages) -> Self {
        let choice = match color {
            Color::Always => ColorChoice::Always,
            Color::Auto if io::stderr().is_terminal() => ColorChoice::Auto,
            Color::Auto | Color::Never => ColorChoice::Never,
        };
        Self {
            stream: StandardStream::stderr(choice),
            messages,
            files: SimpleFiles::new(),
            known: Vec::new(),
            errors: 0,
            warnings: 0,
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

    fn file(&mut self, source: &Source) -> usize {
        let mut known = self.known.iter().rev();
        if let Some((_, id)) = known.find(|(file, _)| file.is(source)) {
            return *id;
        }
        let id = self
            .files
            .add(source.name().to_owned(), source.text().to_owned());
        self.known.push((source.clone(), id));
        id
    }

    fn finding(&mut self, finding: &Diagnostic) -> io::Result<()> {
        match finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => {}
        }
        let mut labels = Vec::new();
        for (index, label) in finding.labels.iter().enumerate() {
            let source = label.span.source();
            let id = self.file(source);
            let style = if index == 0 {
                shown::LabelStyle::Primary
            } else {
                shown::LabelStyle::Secondary
            };
            let message = label
                .key
                .map(|key| self.messages.label(finding, key))
                .unwrap_or_default();
            labels
                .push(shown::Label::new(style, id, first_line(&label.span)).with_message(message));
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
        let mut config = Config::default();
        let mut labels = finding.labels.iter();
        if labels.any(|label| label.span.line_text().len() > LONGEST_LINE) {
            config.display_style = DisplayStyle::Medium;
        }
        term::emit_to_write_style(&mut self.stream, &config, &self.files, &diagnostic)
            .map_err(io::Error::other)
    }

    /// Prints how `new` differs from `old`: a line for each change, with some
    /// words around it. A paragraph is one line of Markdown, so whole lines
    /// would hide a changed letter among hundreds.
    pub(crate) fn difference(&mut self, old: &str, new: &str) -> io::Result<()> {
        let diff = TextDiff::from_words(old, new);
        for group in diff.grouped_ops(WORDS_AROUND) {
            let mut line = String::new();
            for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
                let words = change.value().replace('\n', " ");
                match change.tag() {
                    ChangeTag::Delete => line.push_str(&format!("[-{words}-]")),
                    ChangeTag::Insert => line.push_str(&format!("{{+{words}+}}")),
                    ChangeTag::Equal => line.push_str(&words),
                }
            }
            writeln!(self.stream, "  … {} …", line.trim())?;
        }
        writeln!(self.stream)
    }

    /// Returns a word of the program.
    pub(crate) fn word(&self, key: &str) -> String {
        self.messages.word(key).to_owned()
    }

    /// Prints one line of progress or result.
    pub(crate) fn line(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.stream, "{line}")
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

/// Returns the part of a span on its first line: a caret under a whole block
/// of text would hide the text.
fn first_line(span: &alternat::source::Span) -> std::ops::Range<usize> {
    let range = span.range();
    let line = span.text().lines().next().unwrap_or_default().trim_end();
    range.start..range.start + line.len()
}
