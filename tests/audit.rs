//! The list of foreign work and the lock file name the same crates; `make audit`
//! compares the rest.

use std::collections::BTreeSet;
use std::fs;

use crate::lab;

fn read(file: &str) -> String {
    fs::read_to_string(lab::repository().join(file)).expect("a file of the repository")
}

/// Returns names and versions of the packages of the registry in the lock file.
fn locked() -> BTreeSet<(String, String)> {
    let lock = read("Cargo.lock");
    let packages = lock
        .split("[[package]]")
        .filter(|p| p.contains("source = "));
    let field = |package: &str, key: &str| {
        let line = package.lines().find_map(|line| line.strip_prefix(key));
        line.expect("a field of each package")
            .trim_matches('"')
            .to_owned()
    };
    packages
        .map(|package| (field(package, "name = "), field(package, "version = ")))
        .collect()
}

#[test]
fn foreign_work_is_listed_with_its_licence() {
    let list = read("THIRD-PARTY.md");
    let rows = list.lines().filter_map(|line| line.strip_prefix("| "));
    let rows = rows.map(|row| row.split(" | ").map(str::to_owned).collect::<Vec<_>>());
    let rows: Vec<Vec<String>> = rows.filter(|row| row[0] != "crate").collect();
    let listed = rows
        .iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let locked: BTreeSet<(String, String)> = locked();
    let differ: Vec<_> = locked.symmetric_difference(&listed).collect();
    assert!(differ.is_empty(), "UPDATE=1 make audit: {differ:?}");
    assert!(
        rows.iter().all(|row| row[2].len() > 2),
        "a crate without a licence"
    );
}
