//! What a party prints for the signing, in `for-<party>/`: copies, in order.
//!
//! Input: the folder of an agreement, and what is written there. Output: the prints that
//! are no copies of it, so that nobody signs what is no longer agreed. Nothing else is
//! named, and no link is followed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::workshop::{OutputFile, PRINTS};

use super::plain;

/// Returns the paths of stale prints below `folder`. `files` is what was made: the prints
/// of one party; or of all documents those that are new, where the others `stand`.
pub(super) fn stale(
    folder: &Path,
    files: &[OutputFile],
    stands: &dyn Fn(&str) -> bool,
) -> BTreeSet<String> {
    let of_one = files.iter().find_map(|file| {
        let (folder, _) = file.path.split_once('/')?;
        folder.starts_with(PRINTS).then_some(folder)
    });
    let mut stale = BTreeSet::new();
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
            let path = match of_one {
                Some(of_one) => format!("{of_one}/{print}"),
                None => format!("originals/{original}"),
            };
            let same = |bytes: &[u8]| {
                let read = plain::read(&below.join(&print), bytes.len());
                read.is_ok_and(|plain| plain.bytes == bytes)
            };
            let current = match files.iter().find(|file| file.path == path) {
                Some(file) => same(&file.bytes),
                None if stands(&path) => {
                    let bytes = fs::read(folder.join(&path));
                    bytes.is_ok_and(|bytes| same(&bytes))
                }
                None => false,
            };
            let is_file =
                fs::symlink_metadata(below.join(&print)).is_ok_and(|found| found.is_file());
            if !current && is_file {
                stale.insert(format!("{name}/{print}"));
            }
        }
    }
    stale
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
