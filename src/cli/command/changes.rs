//! What no longer is as it was signed, shown in words.
//!
//! Input: what came of an agreement, and the texts that `output/` still has.
//! Output: its findings, those on changed words at these words, and for each
//! changed text the words before and now.

use std::collections::BTreeMap;
use std::io;

use alternat::project::Project;
use alternat::workshop::Made;

use super::super::report::human::Reporter;

/// Prints the findings and the changes.
pub(crate) fn show(project: &Project, made: &mut Made, reporter: &mut Reporter) -> io::Result<()> {
    let signed = signed_texts(project, made);
    for (path, text) in &signed {
        made.point_at_change(path, text);
    }
    reporter.grave(&made.findings)?;
    let Some(id) = &made.id else { return Ok(()) };
    for text in &made.changed {
        if let Some(signed) = signed.get(&text.file.path) {
            let (before, now) = text.told(signed, &|key| reporter.word(key));
            reporter.line(&Project::output_name(id, &text.file.path))?;
            reporter.difference(&before, &now)?;
        }
    }
    Ok(())
}

/// Returns the changed texts as they were signed, by path, where `output/` still
/// has them.
fn signed_texts(project: &Project, made: &Made) -> BTreeMap<String, String> {
    let id = made.id.as_deref().unwrap_or_default();
    let texts = made.changed.iter().filter_map(|text| {
        let signed = project.current(id, &text.file).ok()??;
        let signed = String::from_utf8_lossy(&signed).into_owned();
        Some((text.file.path.clone(), signed))
    });
    texts.collect()
}
