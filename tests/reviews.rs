//! What a review keeps of a text: enough to notice a later change.

use alternat::source::Source;

use crate::lab::{BASE, changed, check};

#[test]
fn a_review_notices_changes() {
    let source = Source::new("x.yaml", BASE);
    let agreement = alternat::agreement::load::load(&source)
        .expect("sound")
        .agreement;
    let lao = alternat::language::Language("lo".to_owned());
    let digests = alternat::agreement::review::digests(&agreement, &lao);
    let list: Vec<String> = digests
        .iter()
        .map(|(part, d)| format!("{part}: \"{d}\""))
        .collect();
    let record = format!(
        "review: {{lo: {{by: ກ, digests: {{{}}}}}}}\nsigning:",
        list.join(", ")
    );
    let reviewed = changed("signing:", &record);
    let findings = check(reviewed.clone());
    assert!(findings.is_empty(), "{findings:?}");
    let later = reviewed.replace("thăm nhau mỗi năm", "thăm nhau hai năm");
    let stale: Vec<String> = check(later)
        .iter()
        .filter(|f| f.code == "stale-translation")
        .map(|f| f.values["part"].clone())
        .collect();
    assert_eq!(stale, ["visits"]);
}
