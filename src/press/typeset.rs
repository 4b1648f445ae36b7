//! A text in one or several languages to laid-out pages.
//!
//! The text is handed to `templates/page.typ` as data, the file
//! `document.json`; no word of an agreement is ever Typst markup. `--emit json`
//! shows the file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use typst::WorldExt;
use typst::diag::{Severity as TypstSeverity, SourceDiagnostic};
use typst::foundations::{Bytes, Content, Datetime, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
/// Laid-out pages, as the later stages hand them on.
pub use typst_layout::PagedDocument;

use crate::diagnostic::{Diagnostic, Outcome, Severity, Warned};
use crate::document::rows;
use crate::document::tree::{Block, Event, Inline, Parallel, Role, walk};
use crate::language::Language;
use crate::language::pack::Typography;
use crate::source::Source;
use crate::text::letters::is_lao;

use super::lines::{self, Rules};
use super::tags::Tags;
use super::world::{DocumentWorld, Fonts};

/// What the pages need besides the text.
#[derive(Clone, Debug, Serialize)]
pub struct Setting {
    /// The agreement's id.
    pub id: String,
    /// Where the document goes, below the agreement's folder, without its ending.
    pub path: String,
    /// The document's title, for catalogues and window bars.
    pub title: String,
    /// `review`, `draft`, `original` or `conformed`.
    pub purpose: &'static str,
    /// How two languages stand on one page: `columns` or `stacked`.
    pub layout: &'static str,
    /// Whether each party signs once for all languages.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub joint: bool,
    /// Words to print across each page, or none.
    pub watermark: Option<String>,
    /// The line at the foot of each page by language; empty for none.
    pub footers: BTreeMap<String, String>,
    /// What each language of the text is called in itself.
    pub language_names: BTreeMap<String, String>,
    /// How each language is set.
    pub typography: BTreeMap<String, Typography>,
    /// The document's own date.
    #[serde(serialize_with = "as_parts")]
    pub date: NaiveDate,
    /// Names that are not to be broken at the end of a line.
    pub names: Vec<String>,
    /// Lao words that no dictionary need know, to be kept whole as well.
    #[serde(skip)]
    pub terms: Vec<String>,
    /// The file to attach, by name, or none.
    pub attachment: Option<String>,
}

fn as_parts<S: serde::Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    [date.year(), date.month() as i32, date.day() as i32].serialize(serializer)
}

/// The version of what `document.json` holds: a template of the project that reads
/// another one cannot be used.
const VERSION: u32 = 2;

/// `document.json`.
#[derive(Serialize)]
struct PageInput<'a> {
    version: u32,
    #[serde(flatten)]
    setting: &'a Setting,
    languages: Vec<&'a str>,
    /// The tag in which Typst is to set a language, where it is not the language's own
    /// (see `tags`).
    #[serde(rename = "set-as", skip_serializing_if = "Tags::is_empty")]
    tags: Tags,
    /// The foot of each page by language, as the words of a line.
    feet: BTreeMap<&'a str, [Inline; 1]>,
    sections: Vec<rows::Section<'a>>,
}

/// Returns `document.json`, for `page.typ` in any editor.
pub fn page_input(text: &Parallel, setting: &Setting) -> String {
    document_json(text, setting, Tags::default())
}

/// Returns `document.json` as Typst receives it, where languages may have other tags.
pub fn handed(text: &Parallel, setting: &Setting) -> String {
    document_json(text, setting, Tags::of(&setting.typography))
}

/// Returns what `page.typ` receives as `document.json`.
fn document_json(text: &Parallel, setting: &Setting, tags: Tags) -> String {
    let languages = text.languages.iter();
    let mut input = PageInput {
        version: VERSION,
        setting,
        tags,
        languages: languages.map(|language| language.0.as_str()).collect(),
        feet: feet(setting),
        sections: rows::sections(text, setting.layout == "columns"),
    };
    input.hold();
    let json = serde_json::to_string_pretty(&input);
    lines::shown(&json.expect("the tree holds only strings, numbers and lists"))
}

/// Returns the feet of pages as words.
fn feet(setting: &Setting) -> BTreeMap<&str, [Inline; 1]> {
    let foot = |text: &String| {
        let (text, set) = (text.clone(), None);
        [Inline::Text { text, set }]
    };
    let feet = setting.footers.iter();
    feet.map(|(language, text)| (language.as_str(), foot(text)))
        .collect()
}

impl PageInput<'_> {
    /// Sets where every line may end.
    fn hold(&mut self) {
        let words = self.setting.names.iter().chain(&self.setting.terms);
        let whole: Vec<String> = words.cloned().collect();
        let tags = &self.tags;
        let rules = |language: &str| Rules {
            whole: &whole,
            joined: !tags.has(language),
        };
        // In the running text of a column only Lao names are held together: a line with
        // a long name that may not be parted would be full of holes.
        let columns = self.setting.layout == "columns" && self.languages.len() > 1;
        let lao: Vec<String> = whole
            .iter()
            .filter(|name| name.chars().any(is_lao))
            .cloned()
            .collect();
        for section in &mut self.sections {
            let display = [Role::Header, Role::Title, Role::Signatures, Role::Witnesses];
            let names = if columns && !display.contains(&section.role) {
                &lao
            } else {
                &whole
            };
            for row in &mut section.rows {
                for (blocks, language) in row.cells.iter_mut().zip(&self.languages) {
                    let rules = Rules {
                        whole: names,
                        ..rules(language)
                    };
                    lines::hold(blocks, rules);
                }
            }
        }
        for (language, words) in &mut self.feet {
            lines::hold_words(words, rules(language), false);
        }
    }
}

/// Lays a text out.
///
/// # Errors
/// Letters that no face has, by part, and what Typst says of `page`.
pub fn typeset(
    text: &Parallel,
    setting: &Setting,
    page: &Source,
    attachment: &Source,
    fonts: &Fonts,
) -> Outcome<Warned<PagedDocument>> {
    let faults = missing_glyphs(text, setting, fonts);
    if !faults.is_empty() {
        return Err(faults);
    }
    let tags = Tags::of(&setting.typography);
    let files = BTreeMap::from([
        (
            "document.json",
            Bytes::from_string(document_json(text, setting, tags.clone())),
        ),
        (
            "agreement.yaml",
            Bytes::from_string(attachment.text().to_owned()),
        ),
    ]);
    let date = Datetime::from_ymd(
        setting.date.year(),
        setting.date.month() as u8,
        setting.date.day() as u8,
    );
    let world = DocumentWorld::new(fonts, page.text(), files, date);
    let result = typst::compile::<PagedDocument>(&world);
    let explain = |faults: &[SourceDiagnostic]| {
        faults
            .iter()
            .map(|fault| explain(fault, &world, page))
            .collect()
    };
    match result.output {
        Ok(output) => Ok(Warned {
            output: tags.undo(output),
            warnings: explain(&result.warnings),
        }),
        Err(faults) => Err(explain(&faults)),
    }
}

fn explain(fault: &SourceDiagnostic, world: &DocumentWorld<'_>, page: &Source) -> Diagnostic {
    let severity = match fault.severity {
        TypstSeverity::Error => Severity::Error,
        TypstSeverity::Warning => Severity::Warning,
    };
    let mut diagnostic =
        Diagnostic::new("page-template", severity).with("reason", fault.message.as_str());
    if let Some(range) = world.range(fault.span) {
        diagnostic = diagnostic.at(&page.span(range));
    }
    for hint in &fault.hints {
        diagnostic = diagnostic.detail(hint.v.as_str());
    }
    diagnostic
}

/// Returns a fault for each part with letters that the faces of its language
/// lack; a letter is named in the first part that has it.
fn missing_glyphs(text: &Parallel, setting: &Setting, fonts: &Fonts) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for row in text.sections.iter().flat_map(|section| &section.rows) {
        for (language, unit) in text.languages.iter().zip(row) {
            let Some(typography) = setting.typography.get(&language.0) else {
                continue;
            };
            let mut missing = letters(&unit.blocks);
            missing.retain(|letter| {
                !letter.is_whitespace()
                    && seen.insert((language, *letter))
                    && !fonts.covers(typography, *letter)
            });
            if let Some(first) = missing.first() {
                let at = unit.span.find(first.encode_utf8(&mut [0; 4]));
                faults.push(missing_glyph(&missing, language, &unit.id, typography).at(&at));
            }
        }
    }
    faults
}

fn missing_glyph(
    missing: &[char],
    language: &Language,
    part: &str,
    typography: &Typography,
) -> Diagnostic {
    let names = missing.iter().map(|&letter| match letter.is_control() {
        true => format!("U+{:04X}", u32::from(letter)),
        false => format!("{letter} (U+{:04X})", u32::from(letter)),
    });
    Diagnostic::error("missing-glyph")
        .with("letters", names.collect::<Vec<_>>().join(", "))
        .with("count", missing.len().to_string())
        .with("part", if part.is_empty() { "@heading" } else { part })
        .with("language", language.0.clone())
        .with("families", typography.fonts.join(", "))
        .with("package", typography.package.clone())
        .hint("replace")
        .hint("install")
}

fn letters(blocks: &[Block]) -> Vec<char> {
    let mut letters = Vec::new();
    walk(blocks, &mut |event| {
        if let Event::Text(text) = event {
            letters.extend(text.chars());
        }
    });
    letters
}

/// Where one signature goes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SignaturePlace {
    /// The party, by id; none of a witness.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Which of the party's signatories it is of, from 1, or which witness.
    pub signatory: usize,
    /// The language of the block.
    pub language: String,
    /// The page, from 1.
    pub page: i64,
    /// The distance from the left edge of the page, in points.
    pub x: f64,
    /// The distance from the upper edge of the page, in points.
    pub y: f64,
    /// In points.
    pub width: f64,
    /// In points.
    pub height: f64,
}

/// Returns where the signatures go, in reading order.
pub fn signature_places(document: &PagedDocument) -> Vec<SignaturePlace> {
    let Some(label) = Label::new(PicoStr::intern("signature")) else {
        return Vec::new();
    };
    let found = document.introspector().query(&Selector::Label(label));
    found.iter().filter_map(signature_place).collect()
}

/// Returns the places of the signatures as JSON, for programs that sign.
pub fn signatures(document: &PagedDocument) -> String {
    serde_json::to_string_pretty(&signature_places(document))
        .expect("places hold only strings and numbers")
}

fn signature_place(content: &Content) -> Option<SignaturePlace> {
    let Value::Dict(place) = content.to_packed::<MetadataElem>()?.value.clone() else {
        return None;
    };
    let word = |key: &str| place.get(key).ok()?.clone().cast::<String>().ok();
    let length = |key: &str| place.get(key).ok()?.clone().cast::<f64>().ok();
    let (party, signatory) = signer(&word("party")?);
    Some(SignaturePlace {
        party,
        signatory,
        language: word("language")?,
        page: place.get("page").ok()?.clone().cast().ok()?,
        x: length("x")?,
        y: length("y")?,
        width: length("width")?,
        height: length("height")?,
    })
}

/// Returns whose a block is by its name in `page.typ`: `bac-ninh` and `bac-ninh.2`
/// of a party's signatories, `/1` of a witness.
fn signer(name: &str) -> (Option<String>, usize) {
    if let Some(witness) = name.strip_prefix('/') {
        return (None, witness.parse().unwrap_or(1));
    }
    let (party, signatory) = name.split_once('.').unwrap_or((name, "1"));
    (Some(party.to_owned()), signatory.parse().unwrap_or(1))
}

/// Forgets what earlier documents left in Typst's caches, but for the last
/// few: a thousand documents then hold a quarter of the memory.
pub fn forget() {
    typst::comemo::evict(5);
}
