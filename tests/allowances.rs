//! What an agreement allows: one rule at one place, and nothing else.

use crate::lab::{changed, check};

#[test]
fn an_allowance_covers_its_place_only() {
    let text = changed("mỗi năm.", "mỗi năm....").replace("của hai nước", "của hai nước....");
    let text = text.replace(
        "signing:",
        "allow: [{code: dots, at: visits, reason: signed so}]\nsigning:",
    );
    let dots: Vec<usize> = check(text)
        .iter()
        .filter(|f| f.code == "dots")
        .map(|f| f.labels[0].span.line())
        .collect();
    assert_eq!(dots.len(), 1);
}

#[test]
fn what_is_allowed_is_not_counted() {
    let many = "Dịch bệnh.... ".repeat(150);
    let text = changed("vi: Hai bên thăm nhau mỗi năm.", &format!("vi: {many}"));
    let allow = "allow: [{code: dots, at: visits, reason: signed so}]\nsigning:";
    let dots = |text: &str| {
        let codes = check(text).into_iter().map(|f| f.code);
        codes
            .filter(|code| ["dots", "more-findings", "unused-allowance"].contains(code))
            .count()
    };
    assert_eq!(dots(&text), 101);
    let text = text.replace("signing:", allow);
    assert_eq!(dots(&text), 0);
    assert_eq!(dots(&text.replace("của hai nước", "của hai nước....")), 1);
}
