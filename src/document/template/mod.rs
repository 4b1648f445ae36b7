//! An agreement and an edition to Markdown, through the wording of a language.
//!
//! The order of the parts is the outline's. The wording is in the templates of `templates/<lang>/`, one
//! small Tera file for each kind of part. Plain values are escaped, so that
//! Markdown shows their very characters; only fields declared as Markdown act
//! as Markdown. Section and part are marked by HTML comments that readers of
//! the Markdown do not see.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, Error, ErrorKind, Tera};

use crate::agreement::register::Renamed;
use crate::agreement::{Clause, Text};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::language::Language;
use crate::language::pack::LanguagePack;
use crate::source::{Source, Span};
use crate::text::letters::capital;

use super::differences::Differences;
use super::edition::{Edition, REVIEW_PARTS, TextKey, TextKind};
use super::markdown;
use super::numbering::Number;
use super::outline::{About, Outline, Part, Section};
use super::reading::Reading;
use super::tree::{Block, Role};

mod parties;
mod signing;
mod view;

use self::parties::{PartyView, SuccessionView, filled, parties};
use self::signing::SignatoryView;
use self::view::{AnnexView, ClauseView, DifferenceView, Local, PointView, View};

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
const SUCCESSION: &str = "succession";

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

/// Renders a text of an agreement; `differences` is what the sheet of them tells.
///
/// # Errors
/// What a template does wrong, at its line.
pub fn render(
    reading: &Reading,
    key: &TextKey,
    differences: &Differences,
    pack: &LanguagePack,
    templates: &Templates,
) -> Outcome<String> {
    let agreement = &reading.agreement;
    let outline = match key.kind {
        TextKind::Differences => Outline::of_differences(agreement, &key.order, differences),
        kind => Outline::of(agreement, kind, &key.order),
    };
    let view = View::of_text(reading, key, pack, &outline);
    let order = (key.order.as_slice(), key.language_order.as_slice());
    let writer = Writer::new(reading, order, pack, templates, view);
    writer
        .and_then(|writer| writer.document(&outline, differences))
        .map_err(|fault| vec![fault])
}

/// Renders the line at the foot of each page of an edition, without markup;
/// empty where the edition has none.
///
/// # Errors
/// As [`render`].
pub fn footer(
    reading: &Reading,
    edition: &Edition,
    pack: &LanguagePack,
    templates: &Templates,
) -> Outcome<String> {
    let view = View::of_page(reading, edition, pack);
    let order = (edition.order.as_slice(), edition.language_order.as_slice());
    let writer = Writer::new(reading, order, pack, templates, view);
    writer
        .and_then(|mut writer| writer.part("footer", Local::default()))
        .map_err(|fault| vec![fault])
}

/// Renders a formula by itself, without markup.
///
/// # Errors
/// As [`render`].
pub fn formula(
    reading: &Reading,
    name: &str,
    pack: &LanguagePack,
    templates: &Templates,
) -> Outcome<String> {
    by_itself(reading, pack, templates, |writer| {
        let body = writer.part(&format!("formulas/{name}"), Local::default())?;
        Ok(markdown::words(&body))
    })
}

/// Renders the sentence by which the successor of an agreement, whose parties have other
/// names, takes it over: one paragraph in Markdown.
///
/// # Errors
/// As [`render`].
pub fn succession(
    reading: &Reading,
    renamed: &[Renamed],
    pack: &LanguagePack,
    templates: &Templates,
) -> Outcome<String> {
    let words = by_itself(reading, pack, templates, |writer| {
        let local = Local {
            succession: Some(SuccessionView::new(&reading.agreement, renamed, pack)),
            ..Local::default()
        };
        writer.part(SUCCESSION, local)
    })?;
    Ok(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Renders a part that belongs to no edition, with all parties and languages in agreed
/// order.
fn by_itself<T>(
    reading: &Reading,
    pack: &LanguagePack,
    templates: &Templates,
    write: impl FnOnce(&mut Writer<'_>) -> Written<T>,
) -> Outcome<T> {
    let agreement = &reading.agreement;
    let order: Vec<usize> = (0..agreement.parties.len()).collect();
    let key = TextKey {
        kind: TextKind::Agreement,
        language: pack.language.clone(),
        order: order.clone(),
        language_order: agreement.languages.clone(),
    };
    let outline = Outline::of(agreement, key.kind, &order);
    let view = View::of_text(reading, &key, pack, &outline);
    let orders = (order.as_slice(), key.language_order.as_slice());
    let writer = Writer::new(reading, orders, pack, templates, view);
    let written = writer.and_then(|mut writer| write(&mut writer));
    written.map_err(|fault| vec![fault])
}

struct Writer<'a> {
    reading: &'a Reading,
    /// The parties in the order of naming.
    order: &'a [usize],
    /// The languages in the order of naming.
    languages: &'a [Language],
    /// What stands for the agreement in errors.
    at: Span,
    pack: &'a LanguagePack,
    templates: &'a Templates,
    /// The parties in agreed order.
    parties: Vec<PartyView>,
    /// What every part sees, serialised once.
    context: Context,
    out: String,
}

type Written<T> = Result<T, Diagnostic>;

impl<'a> Writer<'a> {
    fn new(
        reading: &'a Reading,
        (order, languages): (&'a [usize], &'a [Language]),
        pack: &'a LanguagePack,
        templates: &'a Templates,
        view: View,
    ) -> Written<Self> {
        let at = reading.positions.at("id");
        let context = Context::from_serialize(&view);
        Ok(Self {
            reading,
            order,
            languages,
            pack,
            templates,
            parties: parties(&reading.agreement, pack),
            context: context.map_err(|error| templates.fault(&error, Some(&at)))?,
            at,
            out: String::new(),
        })
    }

    fn document(mut self, outline: &Outline, differences: &Differences) -> Written<String> {
        for section in &outline.sections {
            if section.role == Role::Notice && self.is_silent(section)? {
                continue;
            }
            self.push(&format!("<!-- section: {} -->", section.role.name()));
            if let Some(heading) = &section.heading {
                let first = section.parts.first().map(|part| &part.about);
                let local = Local {
                    number: Some(heading.number.clone()),
                    annex: first.and_then(|about| self.annex(about)),
                    ..Local::default()
                };
                let heading = self.part(heading.template, local)?;
                self.push(&heading);
            }
            for part in &section.parts {
                let local = self.local(part, differences)?;
                let body = self.part(part.template, local)?;
                self.push(&format!("<!-- part: {} -->", part.id));
                match self.list_mark(&part.about) {
                    Some(mark) => self.push(&markdown::hang(&format!("{mark} "), &body)),
                    None => self.push(&body),
                }
            }
        }
        Ok(self.out)
    }

    /// Tells whether the templates of a section's parts say nothing.
    fn is_silent(&mut self, section: &Section) -> Written<bool> {
        for part in &section.parts {
            let body = self.part(part.template, Local::default())?;
            if !body.trim().is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns what stands before a part that is an item of a Markdown list.
    fn list_mark(&self, about: &About) -> Option<String> {
        let number = about.number();
        let number = number.filter(|number| !number.is_article() && !number.is_annex());
        let mark = number.map(|number| number.mark(self.pack));
        mark.filter(|mark| markdown::is_list_mark(mark))
    }

    fn local(&mut self, part: &Part, differences: &Differences) -> Written<Local> {
        let mut local = Local::default();
        let about = &part.about;
        match about {
            About::Agreement => {}
            About::Party(party) => {
                local.party = Some(self.parties[*party].clone());
                if part.template == "custody-party" {
                    let agreement = &self.reading.agreement;
                    local.kept = view::kept(agreement, *party, self.languages, self.pack);
                }
            }
            About::Signatory(party, index) => {
                local.party = Some(self.parties[*party].clone());
                let of = &self.reading.agreement.parties[*party];
                local.signatory = of.signatories.get(*index).map(|it| {
                    SignatoryView::new(it.authority.as_ref(), &it.post, &it.name, self.pack)
                });
            }
            About::Witness(index) => {
                let witness = self.reading.agreement.witnesses.get(*index);
                local.signatory =
                    witness.map(|it| SignatoryView::new(None, &it.post, &it.name, self.pack));
            }
            About::Clause { index, number } => {
                local.number = Some(number.mark(self.pack));
                if let Some(clause) = self.reading.agreement.clauses().nth(*index) {
                    local.clause = Some(self.clause(clause)?);
                }
            }
            About::Point {
                clause,
                index,
                number,
            } => {
                let mark = match self.list_mark(about) {
                    Some(_) => String::new(),
                    None => number.mark(self.pack),
                };
                let clause = self.reading.agreement.clauses().nth(*clause);
                if let Some(point) = clause.and_then(|clause| clause.points.get(*index)) {
                    let (runs_in, text) = self.body(point.text.as_ref(), &point.formulas)?;
                    local.point = Some(PointView::new(mark, runs_in, text));
                }
            }
            About::Annex { number, .. } => {
                local.number = number.levels(self.pack).pop().map(|(_, number)| number);
                local.annex = self.annex(about);
            }
            About::Difference {
                place,
                role,
                heading,
                number,
            } => {
                local.number = heading.clone();
                local.number = local.number.or(number.as_ref().map(Number::to_string));
                let paragraphs = differences.at(&self.pack.language, place);
                let mut view = DifferenceView::new(place, *role, paragraphs, &self.parties);
                let long = number.as_ref().filter(|number| !number.is_short());
                view.name = long.map(|number| capital(&number.reference(self.pack)));
                local.difference = Some(view);
            }
        }
        Ok(local)
    }

    fn annex(&self, about: &About) -> Option<AnnexView> {
        let About::Annex { index, .. } = about else {
            return None;
        };
        let annex = self.reading.agreement.annexes.get(*index)?;
        Some(AnnexView {
            title: filled(&annex.title, self.pack),
            text: self.reading.ordered(&annex.text, self.pack, self.order),
        })
    }

    fn clause(&mut self, clause: &Clause) -> Written<ClauseView> {
        let title = clause.title.as_ref().map(|title| filled(title, self.pack));
        let (runs_in, text) = self.body(clause.text.as_ref(), &clause.formulas)?;
        Ok(ClauseView::new(title, runs_in, text))
    }

    /// Returns a text with the formulas that follow it, and whether it starts with
    /// a paragraph.
    fn body(&mut self, text: Option<&Text>, formulas: &[String]) -> Written<(bool, String)> {
        let path = text.map(|text| text.path_in(&self.pack.language));
        // A blank has no tree; it is printed as a paragraph.
        let blocks = path
            .and_then(|path| self.reading.fields.get(&path))
            .unwrap_or_default();
        let paragraph = |block: Option<&Block>| {
            block.is_none_or(|block| matches!(block, Block::Paragraph { .. }))
        };
        let (runs_in, ends_in) = (paragraph(blocks.first()), paragraph(blocks.last()));
        let ordered = |text| self.reading.ordered(text, self.pack, self.order);
        let mut body = text.map(ordered).unwrap_or_default();
        // A sentence goes on in the last paragraph, but not in the last item.
        let mut gap = if ends_in { " " } else { "\n\n" };
        for formula in formulas {
            if !body.is_empty() {
                body.push_str(gap);
            }
            let sentence = self.part(&format!("formulas/{formula}"), Local::default())?;
            body.push_str(sentence.trim());
            gap = " ";
        }
        Ok((runs_in, body))
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

    fn part(&mut self, name: &str, local: Local) -> Written<String> {
        let name = format!("{}/{name}.md", self.pack.language);
        self.context.insert("number", &local.number);
        self.context.insert("party", &local.party);
        self.context.insert("signatory", &local.signatory);
        self.context.insert("clause", &local.clause);
        self.context.insert("point", &local.point);
        self.context.insert("annex", &local.annex);
        self.context.insert("difference", &local.difference);
        self.context.insert("kept", &local.kept);
        self.context.insert("succession", &local.succession);
        self.templates.announce(&name);
        let rendered = self.templates.tera.render(&name, &self.context);
        rendered.map_err(|error| self.templates.fault(&error, Some(&self.at)))
    }
}
