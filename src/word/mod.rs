//! Word files: what the other side negotiates in.
//!
//! Input: the same text and setting that a PDF is made of. Output: a `.docx`, laid out as
//! the PDF, with the language of every word; the same bytes from the same input. Nothing
//! of the tree is left out: what Word cannot hold is a fault.
//!
//! ECMA-376 is the source of the format. Word is not among the programs that try it:
//! LibreOffice and python-docx are.

mod blocks;
mod clause;
mod edge;
mod face;
mod layout;
mod names;
mod page;
mod paper;
mod parts;
mod signing;
mod style;
mod words;
mod write;
mod xml;
mod zip;

use crate::diagnostic::{Diagnostic, Outcome};
use crate::document::tree::{Event, Parallel, walk};
use crate::document::{rows, together};
use crate::press::input::Setting;

use self::face::Face;
use self::write::Writer;

/// Writes a text as a Word file. `marks` is what a draft bears in each language; it is
/// drawn where the pages have a watermark.
///
/// # Errors
/// Letters that no XML file may hold.
pub fn document(text: &Parallel, setting: &Setting, marks: &[&str]) -> Outcome<Vec<u8>> {
    let faults = unwritable(text);
    if !faults.is_empty() {
        return Err(faults);
    }
    let languages: Vec<&str> = text.languages.iter().map(|it| it.0.as_str()).collect();
    let faces = Face::all(&languages, setting);
    let columns = setting.layout == "columns";
    let mut sections = rows::sections(text, columns);
    together::plan(&mut sections, columns && languages.len() > 1, true);
    let flow = layout::flow(&sections, &languages, setting);
    let mut writer = Writer::new(&languages, &faces, setting.date);
    let document = writer.document(&flow);
    let marks = if setting.watermark.is_some() {
        marks
    } else {
        &[]
    };
    let tags: Vec<&str> = faces.iter().map(|face| face.tag.as_str()).collect();
    let links = parts::relations_of_text(&writer.links);
    let parts = [
        ("[Content_Types].xml", parts::types()),
        ("_rels/.rels", parts::relations()),
        (
            "docProps/core.xml",
            parts::properties(&setting.title, &tags, setting.date),
        ),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", links),
        ("word/styles.xml", parts::styles(&faces)),
        ("word/settings.xml", parts::settings(&faces)),
        ("word/fontTable.xml", parts::fonts(&faces)),
        ("word/header1.xml", edge::head(marks, &faces, true)),
        ("word/header2.xml", edge::head(marks, &faces, false)),
        ("word/footer1.xml", edge::foot(&writer, setting)),
    ];
    let files = parts.map(|(name, part)| (name, part.file()));
    Ok(zip::archive(&files))
}

/// Returns a fault for each part with letters that XML 1.0 does not have.
fn unwritable(text: &Parallel) -> Vec<Diagnostic> {
    let rows = text.sections.iter().flat_map(|section| &section.rows);
    let mut faults = Vec::new();
    for unit in rows.flatten() {
        let mut first = None;
        walk(&unit.blocks, &mut |event| {
            if let Event::Text(text) = event {
                first = first.or_else(|| text.chars().find(|letter| !is_xml(*letter)));
            }
        });
        if let Some(letter) = first {
            let at = unit.span.find(letter.encode_utf8(&mut [0; 4]));
            let code = format!("U+{:04X}", u32::from(letter));
            let fault = Diagnostic::error("word-letter").with("letter", code);
            faults.push(fault.at(&at).hint("replace"));
        }
    }
    faults
}

/// Tells the letters of XML 1.0, but for the carriage return, which readers change.
fn is_xml(letter: char) -> bool {
    match letter {
        '\t' | '\n' => true,
        letter => letter >= ' ' && !matches!(letter, '\u{fffe}' | '\u{ffff}'),
    }
}
