//! A text in one or several languages to laid-out pages.
//!
//! The text is handed to the files of `templates/page/` as data, the file
//! `document.json` (see `input`); no word of an agreement is ever Typst markup.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use serde::Serialize;
use typst::WorldExt;
use typst::diag::{Severity as TypstSeverity, SourceDiagnostic};
use typst::foundations::{Bytes, Content, Datetime, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
/// Laid-out pages, as the later stages hand them on.
pub use typst_layout::PagedDocument;

use crate::diagnostic::{Diagnostic, Outcome, Severity, Warned};
use crate::document::tree::{Block, Event, Parallel, walk};
use crate::language::Language;
use crate::language::pack::Typography;
use crate::source::Source;

use super::ending;
use super::input::{PageInput, Setting};
use super::tags::Tags;
use super::template::PageTemplate;
use super::world::{DocumentWorld, Fonts};

/// Lays a text out, so that its signatures stand below words of it.
///
/// # Errors
/// Letters that no face has, by part, and what Typst says of `page`.
pub fn typeset(
    text: &Parallel,
    setting: &Setting,
    page: &PageTemplate,
    attachment: &Source,
    fonts: &Fonts,
) -> Outcome<Warned<PagedDocument>> {
    let faults = missing_glyphs(text, setting, fonts);
    if !faults.is_empty() {
        return Err(faults);
    }
    let tags = Tags::of(&setting.typography);
    let mut input = PageInput::new(text, setting, tags.clone());
    if page.seeks() {
        let faults = input.missed(page);
        if !faults.is_empty() {
            return Err(faults);
        }
    }
    let source = Bytes::from_string(attachment.text().to_owned());
    let date = Datetime::from_ymd(
        setting.date.year(),
        setting.date.month() as u8,
        setting.date.day() as u8,
    );
    ending::fit(input.is_short(), |plan| {
        input.plan(plan);
        let files = BTreeMap::from([
            ("document.json", input.to_bytes()),
            ("agreement.yaml", source.clone()),
        ]);
        let world = DocumentWorld::new(fonts, page, files, date);
        let result = typst::compile::<PagedDocument>(&world);
        let explain = |faults: &[SourceDiagnostic]| {
            let faults = faults.iter();
            faults.map(|fault| explain(fault, &world, page)).collect()
        };
        match result.output {
            Ok(output) => Ok(Warned {
                output: tags.undo(output),
                warnings: explain(&result.warnings),
            }),
            Err(faults) => Err(explain(&faults)),
        }
    })
}

fn explain(fault: &SourceDiagnostic, world: &DocumentWorld<'_>, page: &PageTemplate) -> Diagnostic {
    let severity = match fault.severity {
        TypstSeverity::Error => Severity::Error,
        TypstSeverity::Warning => Severity::Warning,
    };
    let mut diagnostic =
        Diagnostic::new("page-template", severity).with("reason", fault.message.as_str());
    let place = || page.place(fault.span.id()?, world.range(fault.span)?);
    if let Some(place) = place() {
        diagnostic = diagnostic.at(&place);
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

/// Returns whose a block is by its name in `page/signatures.typ`: `bac-ninh` and `bac-ninh.2`
/// of a party's signatories, `/1` of a witness.
fn signer(name: &str) -> (Option<String>, usize) {
    if let Some(witness) = name.strip_prefix('/') {
        return (None, witness.parse().unwrap_or(1));
    }
    let (party, signatory) = name.split_once('.').unwrap_or((name, "1"));
    (Some(party.to_owned()), signatory.parse().unwrap_or(1))
}

/// Forgets what earlier documents left in Typst's caches. Agreements share little of it:
/// to keep more made a build no quicker, and took twice the memory (`make bench`).
pub fn forget() {
    typst::comemo::evict(0);
}
