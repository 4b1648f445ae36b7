//! What was ours and no longer is: the documents of agreements that are no more.

use std::io;

use alternat::diagnostic::{Diagnostic, Severity};
use alternat::project::Project;

use super::super::open::{Census, Opened};
use super::super::report::human::Reporter;

/// Removes the documents of agreements that are no more, names what stays, and returns
/// how many files were removed.
pub(crate) fn run(opened: &Opened, census: &Census, reporter: &mut Reporter) -> io::Result<usize> {
    let mut count = 0;
    if !census.is_sure {
        return Ok(count);
    }
    let folders = match opened.project.folders() {
        Ok(folders) => folders,
        Err(faults) => {
            reporter.findings(&faults)?;
            return Ok(count);
        }
    };
    for id in folders.iter().filter(|id| !census.ids.contains(*id)) {
        let mut findings = Vec::new();
        let said = |severity, code, file: &str| Diagnostic::new(code, severity).with("file", file);
        if opened.project.manifest(id).is_some() {
            match opened.project.remove(id) {
                Ok((removed, kept)) => {
                    count += removed;
                    let kept = kept.iter();
                    findings.extend(kept.map(|file| said(Severity::Note, "kept-file", file)));
                }
                Err(fault) => findings.push(fault),
            }
        }
        for path in opened.project.surplus(id, &|_| false) {
            let file = Project::output_name(id, &path);
            let finding = said(Severity::Warning, "surplus-output", &file);
            findings.push(finding.hint("remove"));
        }
        reporter.findings(&findings)?;
    }
    Ok(count)
}
