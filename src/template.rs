//! An agreement and an edition to Markdown, through the wording of a language.
//!
//! The structure of the document is here: which sections, which parts, in
//! which order. The wording is in the templates of `templates/<lang>/`, one
//! small Tera file for each kind of part. Plain values are escaped, so that
//! Markdown shows their very characters; only fields declared as Markdown act
//! as Markdown. Section and part are marked by HTML comments that readers of
//! the Markdown do not see.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use tera::{Context, Error, ErrorKind, Tera};

use crate::agreement::{Agreement, Clause, Header, Language};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::document::Role;
use crate::edition::{Edition, Purpose};
use crate::language::{Kind, LanguagePack};
use crate::source::{Source, Span};

mod view;

use self::view::{ClauseView, Local, View};

/// The templates of all languages.
pub struct Templates {
    tera: Tera,
    sources: BTreeMap<String, Source>,
}

/// The parts that every language must have a template for.
const PARTS: [&str; 16] = [
    "header",
    "title",
    "preamble",
    "content-heading",
    "implementation-heading",
    "contacts-heading",
    "clause",
    "contact",
    "closing",
    "signature",
    "notice",
    "open-points",
    "footer",
    "custody-heading",
    "custody-party",
    "custody-total",
];

impl Templates {
    /// Compiles templates; their names are `vi/title.md`, `vi/formulas/copies.md`.
    ///
    /// # Errors
    /// A template that Tera cannot read, at its place, and parts that a
    /// language lacks.
    pub fn new(files: impl IntoIterator<Item = (String, Source)>) -> Outcome<Self> {
        let mut tera = Tera::new();
        tera.autoescape_on([".md"]);
        tera.set_escape_fn(escape_markdown);
        let sources: BTreeMap<String, Source> = files.into_iter().collect();
        let templates = sources
            .iter()
            .map(|(name, source)| (name.as_str(), source.text()));
        let result = tera.add_raw_templates(templates);
        let templates = Self { tera, sources };
        match result {
            Ok(()) => Ok(templates),
            Err(error) => Err(vec![templates.fault(&error, None)]),
        }
    }

    /// Returns a fault for each part that `language` has no template for.
    pub fn missing_parts(&self, language: &Language, at: &Span) -> Vec<Diagnostic> {
        let missing = PARTS
            .iter()
            .filter(|part| !self.sources.contains_key(&format!("{language}/{part}.md")));
        missing
            .map(|part| {
                let file = format!("templates/{language}/{part}.md");
                Diagnostic::error("missing-template")
                    .at(at)
                    .with("file", file)
            })
            .collect()
    }

    /// Returns the names of the formulas of `language`.
    pub fn formulas(&self, language: &Language) -> BTreeSet<String> {
        let folder = format!("{language}/formulas/");
        let names = self
            .sources
            .keys()
            .filter_map(|name| name.strip_prefix(&folder)?.strip_suffix(".md"));
        names.map(str::to_owned).collect()
    }

    /// Turns Tera's error into a diagnostic at the template's line; `during`
    /// is the agreement that was being rendered.
    fn fault(&self, error: &Error, during: Option<&Span>) -> Diagnostic {
        let (code, reason, span) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let code = match error.kind() {
                    ErrorKind::SyntaxError(_) => "template-syntax",
                    _ => "template-render",
                };
                let range = report.span().range.clone();
                let source = self.sources.get(report.filename());
                (
                    code,
                    report.message().to_owned(),
                    source.map(|source| source.span(range)),
                )
            }
            ErrorKind::CircularInclude { tpl, .. } | ErrorKind::CircularExtend { tpl, .. } => {
                let source = self.sources.get(tpl);
                let reason = error.to_string();
                (
                    "template-circular",
                    reason,
                    source.map(|source| source.span(0..0)),
                )
            }
            _ => ("template-render", error.to_string(), None),
        };
        let mut fault = Diagnostic::error(code).with("reason", reason);
        if let Some(span) = during {
            fault = fault.label("during", span);
        }
        match span {
            Some(span) => fault.at(&span),
            None => fault,
        }
    }
}

/// Escapes every character that Markdown would act on, so that any string
/// comes back from the Markdown's text unchanged.
fn escape_markdown(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let mut at_start = true;
    let mut digits = true;
    for (at, letter) in text.char_indices() {
        let last = at + letter.len_utf8() == text.len();
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|' => {
                write!(out, "\\{letter}")?
            }
            // These begin a heading, a list, a quotation or an underline, but
            // only at the start of a line.
            '#' | '>' | '+' | '-' | '=' if at_start => write!(out, "\\{letter}")?,
            '.' | ')' if digits && !at_start => write!(out, "\\{letter}")?,
            // An exclamation mark before a link that follows makes an image.
            '!' if last => out.write_all(b"\\!")?,
            // White space at the ends would be lost, and a line end with it.
            '\n' | '\r' | '\t' => write!(out, "&#{};", u32::from(letter))?,
            ' ' if at_start || last => out.write_all(b"&#32;")?,
            _ => write!(out, "{letter}")?,
        }
        digits &= letter.is_ascii_digit();
        at_start = false;
    }
    Ok(())
}

/// Renders one language of an edition.
///
/// `at` stands for the agreement in errors.
///
/// # Errors
/// What a template does wrong, at its line, and unknown kinds and formulas.
pub fn render(
    agreement: &Agreement,
    edition: &Edition,
    pack: &LanguagePack,
    templates: &Templates,
    at: &Span,
) -> Outcome<String> {
    let kind = pack
        .kinds
        .get(&agreement.kind)
        .cloned()
        .unwrap_or_else(|| Kind {
            title: agreement.kind.clone(),
            short: agreement.kind.clone(),
        });
    let writer = Writer {
        view: View::new(agreement, edition, pack, kind),
        templates,
        at,
        headings: 0,
        out: String::new(),
    };
    writer
        .document(agreement, edition)
        .map_err(|fault| vec![fault])
}

/// Renders the line at the foot of each page of an edition, without markup;
/// empty where the edition has none.
///
/// # Errors
/// As [`render`].
pub fn footer(
    agreement: &Agreement,
    edition: &Edition,
    pack: &LanguagePack,
    templates: &Templates,
    at: &Span,
) -> Outcome<String> {
    let kind = Kind {
        title: String::new(),
        short: String::new(),
    };
    let view = View::new(agreement, edition, pack, kind);
    let writer = Writer {
        view,
        templates,
        at,
        headings: 0,
        out: String::new(),
    };
    writer
        .part("footer", &Local::default())
        .map_err(|fault| vec![fault])
}

struct Writer<'a> {
    view: View<'a>,
    templates: &'a Templates,
    at: &'a Span,
    /// How many sections have been numbered.
    headings: usize,
    out: String,
}

/// The numbers of the sections that have one.
const ROMAN: [&str; 3] = ["I", "II", "III"];

type Written<T> = Result<T, Diagnostic>;

impl Writer<'_> {
    fn document(mut self, agreement: &Agreement, edition: &Edition) -> Written<String> {
        if edition.purpose == Purpose::Custody {
            return self.custody(edition);
        }
        let plain = Local::default();
        if agreement.header != Header::None {
            self.section(Role::Header);
            self.unit("header", self.part("header", &plain)?);
        }
        self.section(Role::Title);
        self.unit("title", self.part("title", &plain)?);
        self.section(Role::Preamble);
        self.unit("preamble", self.part("preamble", &plain)?);
        self.clauses(Role::Content, "content-heading", &agreement.content)?;
        self.clauses(
            Role::Implementation,
            "implementation-heading",
            &agreement.implementation,
        )?;
        if !agreement.clauses().any(|clause| clause.contacts_here) {
            self.section(Role::Contacts);
            self.heading("contacts-heading")?;
            self.contacts()?;
        }
        self.section(Role::Closing);
        self.unit("closing", self.part("closing", &plain)?);
        self.section(Role::Signatures);
        for &party in &edition.order {
            let body = self.part("signature", &self.of_party(party))?;
            let id = agreement.parties[party].id.clone();
            self.unit(&id, body);
        }
        if edition.purpose == Purpose::Conformed {
            self.section(Role::Notice);
            self.unit("notice", self.part("notice", &plain)?);
        }
        if edition.purpose == Purpose::Draft {
            self.section(Role::OpenPoints);
            self.unit("open-points", self.part("open-points", &plain)?);
        }
        Ok(self.out)
    }

    fn clauses(&mut self, role: Role, heading: &str, clauses: &[Clause]) -> Written<()> {
        if clauses.is_empty() {
            return Ok(());
        }
        self.section(role);
        self.heading(heading)?;
        for (index, clause) in clauses.iter().enumerate() {
            let local = Local {
                clause: Some(self.clause_view(clause)?),
                ..Local::default()
            };
            let body = self.part("clause", &local)?;
            let number = format!("{}. ", index + 1);
            self.unit(&clause.id, hang(&number, &body));
            if clause.contacts_here {
                self.section(Role::Contacts);
                self.contacts()?;
                if index + 1 < clauses.len() {
                    self.section(role);
                }
            }
        }
        Ok(())
    }

    /// Writes a section's heading under the next number.
    fn heading(&mut self, part: &str) -> Written<()> {
        let number = ROMAN.get(self.headings).copied();
        self.headings += 1;
        let heading = self.part(
            part,
            &Local {
                number,
                ..Local::default()
            },
        )?;
        self.push(&heading);
        Ok(())
    }

    fn contacts(&mut self) -> Written<()> {
        for party in self.view.order.clone() {
            let body = self.part("contact", &self.of_party(party))?;
            let id = self.view.ids[party].clone();
            self.unit(&id, body);
        }
        Ok(())
    }

    fn custody(mut self, edition: &Edition) -> Written<String> {
        let plain = Local::default();
        self.section(Role::Custody);
        self.unit("custody", self.part("custody-heading", &plain)?);
        for &party in &edition.order {
            let body = self.part("custody-party", &self.of_party(party))?;
            let id = self.view.ids[party].clone();
            self.unit(&id, body);
        }
        self.unit("total", self.part("custody-total", &plain)?);
        Ok(self.out)
    }

    fn clause_view(&self, clause: &Clause) -> Written<ClauseView> {
        let text = clause.text.as_ref().map(|text| self.view.filled(text));
        let mut text = text.unwrap_or_default();
        // A sentence goes on in the last paragraph, but not in the last item.
        let mut gap = if ends_in_paragraph(&text) {
            " "
        } else {
            "\n\n"
        };
        for formula in &clause.formulas {
            if !text.is_empty() {
                text.push_str(gap);
            }
            let sentence = self.part(&format!("formulas/{formula}"), &Local::default())?;
            text.push_str(sentence.trim());
            gap = " ";
        }
        let title = clause.title.as_ref().map(|title| self.view.filled(title));
        let runs_in = !text.lines().next().is_some_and(opens_block);
        Ok(ClauseView::new(title, runs_in, text))
    }

    fn of_party(&self, party: usize) -> Local {
        let position = self
            .view
            .order
            .iter()
            .position(|&index| index == party)
            .unwrap_or(0);
        Local {
            party: Some(self.view.parties[position].clone()),
            ..Local::default()
        }
    }

    fn section(&mut self, role: Role) {
        self.push(&format!("<!-- section: {} -->", role.name()));
    }

    fn unit(&mut self, id: &str, body: String) {
        self.push(&format!("<!-- part: {id} -->"));
        self.push(&body);
    }

    fn push(&mut self, block: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        // Loops in templates leave empty lines; one is enough between blocks.
        let mut empty = true;
        for line in block.trim_end().lines() {
            if !(empty && line.trim().is_empty()) {
                self.out.push_str(line);
                self.out.push('\n');
            }
            empty = line.trim().is_empty();
        }
    }

    fn part(&self, name: &str, local: &Local) -> Written<String> {
        let name = format!("{}/{name}.md", self.view.language);
        let context = Context::from_serialize(&self.view).and_then(|mut context| {
            context.extend(Context::from_serialize(local)?);
            Ok(context)
        });
        let rendered = context.and_then(|context| self.templates.tera.render(&name, &context));
        rendered.map_err(|error| self.templates.fault(&error, Some(self.at)))
    }
}

/// Tells whether Markdown ends in a paragraph outside of lists and quotations.
fn ends_in_paragraph(text: &str) -> bool {
    let mut last = text
        .lines()
        .rev()
        .take_while(|line| !line.trim().is_empty());
    last.all(|line| !opens_block(line) && !line.starts_with([' ', '\t']))
}

/// Tells whether a line of Markdown starts a list or a quotation, the only
/// blocks besides paragraphs that a clause has.
fn opens_block(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let item = match digits {
        0 => line.strip_prefix(['-', '*', '+']),
        1..=9 => line[digits..].strip_prefix(['.', ')']),
        _ => None,
    };
    let spaced = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    line.starts_with('>') || item.is_some_and(spaced)
}

/// Puts `mark` before the first line of `body` and indents the others by its
/// width, which makes the body one item of a Markdown list.
fn hang(mark: &str, body: &str) -> String {
    let indent = " ".repeat(mark.len());
    let mut out = String::from(mark);
    for (index, line) in body.trim_matches('\n').lines().enumerate() {
        if index > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&indent);
            }
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = Vec::new();
        escape_markdown(text, &mut out).expect("writing to memory");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn escapes_only_what_markdown_acts_on() {
        assert_eq!(escaped("Nhà *đẹp* #1"), r"Nhà \*đẹp\* #1");
        assert_eq!(escaped("1. ນ້ຳ"), r"1\. ນ້ຳ");
        assert_eq!(escaped("- a"), r"\- a");
        assert_eq!(escaped("02043 854 702"), "02043 854 702");
        assert_eq!(escaped("./."), "./.");
        assert_eq!(escaped(" x "), "&#32;x&#32;");
    }

    #[test]
    fn lists_and_quotations_are_told_from_paragraphs() {
        for text in [
            "- tre",
            "1. ນ້ຳ",
            "12) ế",
            "> uống nước",
            "Hai bên:\n- tre",
            "- a\n\n  b",
            "*",
        ] {
            assert!(!ends_in_paragraph(text), "{text}");
        }
        for text in [
            "",
            "*tre* và",
            "- tre\n\nlà",
            "2025 - 2027",
            "1.000 đồng",
            "10.2",
            "-1",
        ] {
            assert!(ends_in_paragraph(text), "{text}");
        }
        assert!(opens_block("1. Mỗi năm") && !opens_block("Mỗi năm 1. lần"));
    }

    #[test]
    fn hanging_text_stays_in_its_item() {
        assert_eq!(hang("10. ", "a\n\nb\n"), "10. a\n\n    b");
    }
}
