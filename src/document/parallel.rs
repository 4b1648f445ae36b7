//! Pairs the documents of several languages, part by part.
//!
//! Parts are paired by section and id, never by counting paragraphs, so a
//! clause that one language lacks is named instead of shifting all that follow.

use crate::diagnostic::{Diagnostic, Outcome};

use super::tree::{Document, Parallel, ParallelSection, Section, Unit};

/// Pairs `documents`, the first of which leads the order.
///
/// # Errors
/// Each part that one language has and another has not.
pub fn pair(documents: &[&Document]) -> Outcome<Parallel> {
    let Some(leader) = documents.first() else {
        return Ok(Parallel {
            languages: Vec::new(),
            sections: Vec::new(),
        });
    };
    let mut faults = Vec::new();
    for document in documents {
        for other in documents {
            faults.extend(lacking(document, other));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let section = |(index, section): (usize, &Section)| ParallelSection {
        role: section.role,
        rows: section
            .units
            .iter()
            .map(|unit| row(documents, index, &unit.id))
            .collect(),
    };
    Ok(Parallel {
        languages: documents
            .iter()
            .map(|document| document.language.clone())
            .collect(),
        sections: leader.sections.iter().enumerate().map(section).collect(),
    })
}

fn row(documents: &[&Document], section: usize, id: &str) -> Vec<Unit> {
    let find = |document: &&Document| {
        document
            .sections
            .get(section)?
            .units
            .iter()
            .find(|unit| unit.id == id)
            .cloned()
    };
    documents.iter().filter_map(find).collect()
}

/// Returns a fault for each part of `document` that `other` lacks.
fn lacking(document: &Document, other: &Document) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (index, section) in document.sections.iter().enumerate() {
        let counterpart = other
            .sections
            .get(index)
            .filter(|other| other.role == section.role);
        for unit in &section.units {
            let paired =
                counterpart.is_some_and(|other| other.units.iter().any(|u| u.id == unit.id));
            if !paired {
                let name = if unit.id.is_empty() {
                    section.role.name()
                } else {
                    &unit.id
                };
                let fault = Diagnostic::error("unpaired-part")
                    .at(&unit.span)
                    .with("part", name)
                    .with("language", other.language.0.clone());
                faults.push(fault);
            }
        }
    }
    faults
}

/// Returns the Markdown of a parallel text: a table with a column for each language,
/// headed by its name in itself, and a row for each part. Empty lines around a cell's
/// blocks make Markdown of them; a forge shows them beside each other.
pub fn markdown(parallel: &Parallel, names: &[&str]) -> String {
    let heads = parallel.languages.iter().zip(names);
    let heads = heads.map(|(language, name)| {
        let name = name.replace('&', "&amp;").replace('<', "&lt;");
        format!("<th lang=\"{language}\">{name}</th>")
    });
    let heads: Vec<String> = heads.collect();
    let mut out = format!("<table>\n<tr>\n{}\n</tr>\n", heads.join("\n"));
    for section in &parallel.sections {
        out.push_str(&format!("<!-- section: {} -->\n", section.role.name()));
        for row in &section.rows {
            out.push_str("<tr valign=\"top\">\n");
            for (language, unit) in parallel.languages.iter().zip(row) {
                let text = unit.span.text();
                out.push_str(&format!("<td lang=\"{language}\">\n\n{text}\n\n</td>\n"));
            }
            out.push_str("</tr>\n");
        }
    }
    out + "</table>\n"
}
