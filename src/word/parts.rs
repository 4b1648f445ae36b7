//! The parts of a Word file around its text: styles, heads and feet of pages, and what
//! programs look for.

use chrono::NaiveDate;

use super::face::Face;
use super::style::Style;
use super::write::{FIRST_LINK, FOOT, R, W, title_size};
use super::xml::{Element, element, valued};

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const PACKAGE: &str = "application/vnd.openxmlformats-package";

/// Returns `[Content_Types].xml`.
pub(super) fn types() -> Element {
    let default = |ending: &str, of: &str| {
        let default = element("Default").with("Extension", ending);
        default.with("ContentType", of)
    };
    let part = |name: &str, of: String| {
        let part = element("Override").with("PartName", name);
        part.with("ContentType", of)
    };
    let relations = format!("{PACKAGE}.relationships+xml");
    element("Types")
        .with("xmlns", TYPES)
        .child(default("rels", &relations))
        .child(default("xml", "application/xml"))
        .child(part(
            "/word/document.xml",
            format!("{MAIN}.document.main+xml"),
        ))
        .child(part("/word/styles.xml", format!("{MAIN}.styles+xml")))
        .child(part("/word/settings.xml", format!("{MAIN}.settings+xml")))
        .child(part("/word/fontTable.xml", format!("{MAIN}.fontTable+xml")))
        .child(part("/word/header1.xml", format!("{MAIN}.header+xml")))
        .child(part("/word/header2.xml", format!("{MAIN}.header+xml")))
        .child(part("/word/footer1.xml", format!("{MAIN}.footer+xml")))
        .child(part(
            "/docProps/core.xml",
            format!("{PACKAGE}.core-properties+xml"),
        ))
}

fn relation(id: usize, kind: &str, target: &str) -> Element {
    element("Relationship")
        .with("Id", format!("rId{id}"))
        .with("Type", kind)
        .with("Target", target)
}

/// Returns the relations of the whole file.
pub(super) fn relations() -> Element {
    let core =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    element("Relationships")
        .with("xmlns", RELATIONS)
        .child(relation(
            1,
            &format!("{R}/officeDocument"),
            "word/document.xml",
        ))
        .child(relation(2, core, "docProps/core.xml"))
}

/// Returns the relations of the text: its parts, and where its links lead.
pub(super) fn relations_of_text(links: &[String]) -> Element {
    let parts = [
        ("styles", "styles.xml"),
        ("settings", "settings.xml"),
        ("fontTable", "fontTable.xml"),
        ("header", "header1.xml"),
        ("header", "header2.xml"),
        ("footer", "footer1.xml"),
    ];
    let parts = (1..)
        .zip(parts)
        .map(|(id, (kind, target))| relation(id, &format!("{R}/{kind}"), target));
    let links = (FIRST_LINK..).zip(links).map(|(id, target)| {
        let link = relation(id, &format!("{R}/hyperlink"), &address(target));
        link.with("TargetMode", "External")
    });
    element("Relationships")
        .with("xmlns", RELATIONS)
        .children(parts)
        .children(links)
}

/// Returns a target as an address (RFC 3986): Word opens no file with anything else.
fn address(target: &str) -> String {
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let mut address = String::new();
    let mut fragments = 0;
    for (at, byte) in target.bytes().enumerate() {
        fragments += usize::from(byte == b'#');
        let kept = match byte {
            b':' => is_scheme || at > scheme.len(),
            b'#' => fragments == 1,
            b'%' => is_code(target.as_bytes().get(at + 1..at + 3)),
            _ => byte.is_ascii_alphanumeric() || b"-._~/?@!$&'()*+,;=".contains(&byte),
        };
        match kept {
            true => address.push(char::from(byte)),
            false => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

fn is_code(digits: Option<&[u8]>) -> bool {
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// Returns `docProps/core.xml`.
pub(super) fn properties(title: &str, tags: &[&str], date: NaiveDate) -> Element {
    let day = |name: &'static str| {
        let day = element(name).with("xsi:type", "dcterms:W3CDTF");
        day.text(format!("{date}T00:00:00Z"))
    };
    element("cp:coreProperties")
        .with(
            "xmlns:cp",
            "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        )
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .with("xmlns:dcterms", "http://purl.org/dc/terms/")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .child(element("dc:title").text(title))
        .child(element("dc:creator").text("Alternat"))
        .child(element("dc:language").text(tags.join(" ")))
        .child(element("cp:lastModifiedBy").text("Alternat"))
        .child(day("dcterms:created"))
        .child(day("dcterms:modified"))
}

/// Returns `word/settings.xml`. Changes are tracked from the start: whoever gets the file
/// negotiates in it.
pub(super) fn settings(faces: &[Face]) -> Element {
    let usual = faces.iter().find(|face| !face.is_complex).or(faces.first());
    let complex = faces.iter().find(|face| face.is_complex);
    let mut languages = element("w:themeFontLang");
    if let Some(face) = usual {
        languages = languages.with("w:val", &face.tag);
    }
    if let Some(face) = complex {
        languages = languages.with("w:bidi", &face.tag);
    }
    let mode = element("w:compatSetting")
        .with("w:name", "compatibilityMode")
        .with("w:uri", "http://schemas.microsoft.com/office/word")
        .with("w:val", 15);
    element("w:settings")
        .with("xmlns:w", W)
        .child(element("w:zoom").with("w:percent", 100))
        .child(element("w:trackRevisions"))
        .child(valued("w:defaultTabStop", 397))
        .child(valued("w:characterSpacingControl", "doNotCompress"))
        .child(element("w:compat").child(mode))
        .child(languages)
}

/// Returns `word/fontTable.xml`.
pub(super) fn fonts(faces: &[Face]) -> Element {
    let families = faces.iter().flat_map(|face| [&face.own, &face.other]);
    let mut families: Vec<&String> = families.collect();
    families.sort_unstable();
    families.dedup();
    let font = |family: &String| {
        let font = element("w:font").with("w:name", family);
        font.child(valued("w:family", "roman"))
            .child(valued("w:pitch", "variable"))
    };
    element("w:fonts")
        .with("xmlns:w", W)
        .children(families.into_iter().map(font))
}

/// Returns `word/styles.xml`.
pub(super) fn styles(faces: &[Face]) -> Element {
    let size = faces.first().map_or(26, |face| face.size);
    let usual = faces.iter().find(|face| !face.is_complex).or(faces.first());
    let complex = faces.iter().find(|face| face.is_complex).or(usual);
    let mut defaults = element("w:rPr");
    if let (Some(usual), Some(complex)) = (usual, complex) {
        let fonts = element("w:rFonts")
            .with("w:ascii", &usual.own)
            .with("w:hAnsi", &usual.own)
            .with("w:eastAsia", &usual.own)
            .with("w:cs", &complex.own);
        let languages = valued("w:lang", &usual.tag).with("w:bidi", &complex.tag);
        defaults = defaults.child(fonts).children(sizes(size)).child(languages);
    }
    let defaults = element("w:docDefaults")
        .child(element("w:rPrDefault").child(defaults))
        .child(element("w:pPrDefault"));
    let emphasis = element("w:style")
        .with("w:type", "character")
        .with("w:styleId", "Emphasis")
        .child(valued("w:name", "Emphasis"))
        .child(element("w:qFormat"))
        .child(element("w:rPr").children(["w:i", "w:iCs"].map(element)));
    element("w:styles")
        .with("xmlns:w", W)
        .child(defaults)
        .children(Style::ALL.map(|it| style(it, size)))
        .child(emphasis)
}

fn sizes(size: i32) -> [Element; 2] {
    ["w:sz", "w:szCs"].map(|name| valued(name, size))
}

fn style(style: Style, size: i32) -> Element {
    let (id, name) = style.names();
    let mut written = element("w:style").with("w:type", "paragraph");
    if style == Style::Normal {
        written = written.with("w:default", 1);
    }
    written = written.with("w:styleId", id).child(valued("w:name", name));
    if style != Style::Normal {
        written = written.child(valued("w:basedOn", "Normal"));
    }
    written = written.child(element("w:qFormat"));
    let mut paragraph = element("w:pPr");
    if style.is_bold() {
        paragraph = paragraph.child(element("w:keepNext"));
    }
    let spacing = element("w:spacing")
        .with("w:before", 0)
        .with("w:after", style.below());
    paragraph = paragraph.child(spacing);
    if style.is_centred() {
        paragraph = paragraph.child(valued("w:jc", "center"));
    }
    if let Some(level) = style.level() {
        paragraph = paragraph.child(valued("w:outlineLvl", level));
    }
    written = written.child(paragraph);
    let mut letters = element("w:rPr");
    if style.is_bold() {
        letters = letters.children(["w:b", "w:bCs"].map(element));
    }
    letters = letters.children(match style {
        Style::Title => sizes(title_size(size)),
        Style::Foot => sizes(FOOT),
        _ => sizes(size),
    });
    written.child(letters)
}
