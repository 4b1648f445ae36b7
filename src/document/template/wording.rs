//! The templates of all languages, compiled: what each must have, and what one does wrong.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, Error, ErrorKind, Tera};

use crate::diagnostic::{Diagnostic, Outcome};
use crate::language::Language;
use crate::source::{Source, Span};

use super::super::edition::REVIEW_PARTS;
use super::super::markdown;

/// The templates of all languages.
pub struct Templates {
    tera: Tera,
    sources: BTreeMap<String, Source>,
    /// Is told the name of each template that is about to be used.
    announce: fn(&str),
}

/// The parts that every language must have a template for.
const PARTS: [&str; 27] = [
    "header",
    "number",
    "title",
    "preamble",
    "content-heading",
    "implementation-heading",
    "contacts-heading",
    "contacts-article",
    "clause",
    "article",
    "point",
    "contact",
    "closing",
    "signature",
    "witnesses-heading",
    "annex-heading",
    "annex",
    "notice",
    "open-points",
    "footer",
    "custody-heading",
    "custody-party",
    "custody-total",
    "differences-heading",
    "differences-place",
    "differences-rest",
    "differences-none",
];

/// The sentence by which an agreement takes over another, for `renew` alone; a language
/// may go without.
pub(super) const SUCCESSION: &str = "succession";

impl Templates {
    /// Compiles templates; their names are `vi/title.md`, `vi/formulas/copies.md`.
    ///
    /// # Errors
    /// A template that Tera cannot read, at its place, and parts that a
    /// language lacks.
    pub fn new(files: impl IntoIterator<Item = (String, Source)>) -> Outcome<Self> {
        let mut tera = Tera::new();
        tera.autoescape_on([".md"]);
        tera.set_escape_fn(markdown::escape);
        let sources: BTreeMap<String, Source> = files.into_iter().collect();
        let templates = sources
            .iter()
            .map(|(name, source)| (name.as_str(), source.text()));
        let result = tera.add_raw_templates(templates);
        let announce = |_: &str| {};
        let templates = Self {
            tera,
            sources,
            announce,
        };
        match result {
            Ok(()) => Ok(templates),
            Err(error) => Err(vec![templates.fault(&error, None)]),
        }
    }

    /// Tells `announce` the name of each template before it is used.
    pub fn announcing(mut self, announce: fn(&str)) -> Self {
        self.announce = announce;
        self
    }

    /// Tells whoever wants to know that a template is about to be used.
    pub fn announce(&self, name: &str) {
        (self.announce)(name);
    }

    /// Returns a fault for each part that `language` has no template for.
    pub fn missing_parts(&self, language: &Language, at: &Span) -> Vec<Diagnostic> {
        self.missing(&PARTS, language, at)
    }

    /// Returns a fault for each part of a reviewer's sheet that `language` has no template
    /// for: only who wants the sheet needs them.
    pub fn missing_of_review(&self, language: &Language, at: &Span) -> Vec<Diagnostic> {
        self.missing(&REVIEW_PARTS.map(|(_, template)| template), language, at)
    }

    fn missing(&self, parts: &[&str], language: &Language, at: &Span) -> Vec<Diagnostic> {
        let missing = parts
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

    /// Tells whether `language` has a sentence for a succession.
    pub fn has_succession(&self, language: &Language) -> bool {
        let name = format!("{language}/{SUCCESSION}.md");
        self.sources.contains_key(&name)
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

    /// Fills a template in; `during` is the agreement that is being rendered.
    ///
    /// # Errors
    /// What the template does wrong, at its line.
    pub(super) fn fill(
        &self,
        name: &str,
        context: &Context,
        during: &Span,
    ) -> Result<String, Diagnostic> {
        self.announce(name);
        let filled = self.tera.render(name, context);
        filled.map_err(|error| self.fault(&error, Some(during)))
    }

    /// Turns Tera's error into a diagnostic at the template's line; `during`
    /// is the agreement that was being rendered.
    pub(super) fn fault(&self, error: &Error, during: Option<&Span>) -> Diagnostic {
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
