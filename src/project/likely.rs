//! Which file was probably meant, where there is none of the name that was typed.
//!
//! Input: the name. Output: the finding that it cannot be read, with the nearest name.

use std::path::Path;

use crate::diagnostic::Diagnostic;

use super::home::Project;
use super::is_agreement;
use super::reach::is_there;

impl Project {
    /// Adds the file that was probably meant, by its name or its agreement's id, where
    /// there is none of the name that was typed.
    pub(super) fn likely(&self, path: &Path, fault: Diagnostic) -> Diagnostic {
        if fault.code != "unreadable-file" || is_there(path) {
            return fault;
        }
        let typed = self.reach.name(path);
        let beside = path.parent().filter(|folder| *folder != Path::new(""));
        let folders = [
            beside.map(Path::to_owned),
            Some(self.reach.root.join("agreements")),
        ];
        let files = folders.iter().flatten();
        let files = files.flat_map(|folder| self.reach.list(folder).unwrap_or_default());
        let mut known: Vec<String> = files
            .filter(|file| is_agreement(file))
            .map(|file| self.reach.name(&file))
            .collect();
        known.sort();
        known.dedup();
        let stem = |name: &str| {
            let stem = Path::new(name).file_stem().unwrap_or_default();
            stem.to_string_lossy().into_owned()
        };
        let typed = stem(&typed);
        let same = known.iter().find(|name| stem(name) == typed);
        let begun = || known.iter().find(|name| stem(name).starts_with(&typed));
        if let Some(meant) = same.or_else(begun) {
            return fault.with("nearest", meant.as_str()).hint("nearest");
        }
        let stems: Vec<String> = known.iter().map(|name| stem(name)).collect();
        let fault = fault.nearest(&typed, stems.iter().map(String::as_str));
        let named = fault.values.get("nearest").cloned();
        let at = stems.iter().position(|stem| Some(stem) == named.as_ref());
        match at.and_then(|at| known.get(at)) {
            Some(meant) => fault.with("nearest", meant.as_str()),
            None => fault,
        }
    }
}
