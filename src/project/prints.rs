//! What a party prints for the signing, in `for-<party>/`: copies, in order.
//!
//! Input: the folder of an agreement, and the files that were just written there. Output:
//! prints that are not copies of these are gone, so that nobody signs what is no longer
//! agreed. Nothing else is touched, and no link is followed.

use std::fs;
use std::path::Path;

use crate::workshop::{OutputFile, PRINTS};

use super::plain;

/// Removes stale prints; nothing is said of what cannot be removed.
pub(super) fn clear(folder: &Path, files: &[OutputFile]) {
    let of_one = files.iter().find_map(|file| {
        let (folder, _) = file.path.split_once('/')?;
        folder.starts_with(PRINTS).then_some(folder)
    });
    for name in names(folder) {
        let below = folder.join(&name);
        let is_folder = fs::symlink_metadata(&below).is_ok_and(|found| found.is_dir());
        let meant = of_one.is_none_or(|of_one| of_one == name);
        if !name.starts_with(PRINTS) || !is_folder || !meant {
            continue;
        }
        for print in names(&below) {
            let holder = &name[PRINTS.len()..];
            let original = original(&print).filter(|original| is_of(holder, original));
            let Some(original) = original else {
                continue;
            };
            let is = |file: &&OutputFile| match of_one {
                Some(of_one) => file.path == format!("{of_one}/{print}"),
                None => file.path == format!("originals/{original}"),
            };
            let path = below.join(&print);
            let current = files.iter().find(is).is_some_and(|file| {
                plain::read(&path, file.bytes.len()).is_ok_and(|plain| plain.bytes == file.bytes)
            });
            if !current && fs::symlink_metadata(&path).is_ok_and(|found| found.is_file()) {
                let _ = fs::remove_file(&path);
            }
        }
        // It goes once it is empty.
        let _ = fs::remove_dir(&below);
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}

/// Returns the name of the original that a print is a copy of: `1-bac-ninh.vi.pdf` of
/// `bac-ninh.vi.pdf`.
fn original(print: &str) -> Option<&str> {
    let (number, name) = print.split_once('-')?;
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (digits && name.ends_with(".pdf")).then_some(name)
}

/// Tells whether an original's name is one that the program gives: `bac-ninh.vi.pdf`,
/// `bac-ninh-2.pdf`, `custody.pdf`. What else stands in the folder, such as a scan, is
/// somebody's own.
fn is_of(holder: &str, original: &str) -> bool {
    let stem = original.strip_suffix(".pdf").unwrap_or_default();
    let given = stem.strip_prefix(holder).map(|rest| {
        let (language, copy) = rest.split_once('-').unwrap_or((rest, "1"));
        let code = language.strip_prefix('.').unwrap_or_default();
        let digits = !copy.is_empty() && copy.bytes().all(|byte| byte.is_ascii_digit());
        let letters = code.bytes().all(|byte| byte.is_ascii_lowercase());
        digits && letters && code.len() <= 3 && (language.is_empty() || !code.is_empty())
    });
    stem == "custody" || given == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_are_told_from_what_somebody_keeps_beside_them() {
        for own in [
            "bac-ninh.vi.pdf",
            "bac-ninh.vi-2.pdf",
            "bac-ninh.pdf",
            "bac-ninh-12.pdf",
            "custody.pdf",
        ] {
            assert!(is_of("bac-ninh", own), "{own}");
        }
        for other in [
            "scan.pdf",
            "bac-ninh-scan.pdf",
            "bac-ninh.scan.pdf",
            "bac-ninhvi.pdf",
            "bac-ninh..pdf",
            "custody-signed.pdf",
        ] {
            assert!(!is_of("bac-ninh", other), "{other}");
        }
    }
}
