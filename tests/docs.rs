//! What `docs/` says of the rules is what the program says.

use std::fs;

use alternat::check::RULES;

use crate::lab;

#[test]
fn the_documented_table_is_the_real_one() {
    let docs = fs::read_to_string(lab::repository().join("docs/rules.md"));
    let docs = docs.expect("docs/rules.md");
    let table = lab::stdout(&lab::alternat(&lab::repository(), &["check", "--list"]));
    assert!(
        docs.contains(&table),
        "put this into docs/rules.md:\n{table}"
    );
    let counts = |family: &str| {
        let rules = RULES.iter().filter(|rule| rule.family.name() == family);
        rules.count()
    };
    for family in RULES.iter().map(|rule| rule.family.name()) {
        let line = format!("| {family} | {} |", counts(family));
        assert!(docs.contains(&line), "docs/rules.md lacks `{line}`");
    }
    for number in 1..=45 {
        let number = format!("L{number:02}");
        assert!(
            docs.contains(&number),
            "docs/rules.md does not speak of {number}"
        );
    }
}
