//! What `check` makes of whole agreements, and how it says so.

use std::collections::BTreeMap;

use alternat::check::RULES;
use alternat::diagnostic::{Diagnostic, Severity};
use alternat::project::Project;
use alternat::source::Source;

use crate::lab::{self, BASE, Extent, changed, check, repository, stdout, workshop};

fn shown(findings: &[Diagnostic]) -> Vec<String> {
    let line = |f: &Diagnostic| {
        let place = f.labels.first().map_or("", |label| label.span.text());
        format!("{} at {place:?} {:?}", f.code, f.values)
    };
    findings.iter().map(line).collect()
}

#[test]
fn the_agreements_pass() {
    let project = Project::new(repository());
    for file in project.agreements().expect("there are agreements") {
        let source = project.read(&file).expect("they are readable");
        let findings = workshop().check(&source);
        let grave: Vec<&Diagnostic> = findings
            .iter()
            .filter(|finding| finding.severity != Severity::Note)
            .collect();
        assert!(grave.is_empty(), "{}: {grave:?}", source.name());
    }
}

#[test]
fn seed_errors_are_found_at_their_lines() {
    let path = repository().join("agreements/bac-giang-xaysomboun-2022-2025.yaml");
    let text = std::fs::read_to_string(path).expect("the agreement is there");
    let bare = text.split("\nallow:").next().expect("it has allowances");
    let findings = check(bare);
    let found: BTreeMap<(&str, &str), usize> = findings
        .iter()
        .map(|f| ((f.code, f.labels[0].span.text()), f.labels[0].span.line()))
        .collect();
    for (code, words) in [
        ("formula-slip", "thông nhất ký kết thỏa thuận hợp tác"),
        ("dots", "...."),
        ("lower-case-start", "hỗ"),
        ("instrument-drift", "biên bản hợp tác"),
        ("glossary-variant", "Hội Phụ nữ"),
        ("wrong-actor", "một trong hai tỉnh"),
        ("wrong-actor", "tỉnh còn lại"),
        ("undefined-term", "tỉnh bạn"),
        ("signed-late", "2022-11-28"),
        ("abbreviated-post", "LHPN"),
        ("invalid-phone", "0205 921 671"),
        ("phone-grouping", "02043 854 702"),
        ("abolished-unit", "thành phố Bắc Giang"),
        ("state-abbreviation", "XHCN"),
        ("state-abbreviation", "DCND"),
        ("rival-formulas", "hữu nghị vĩ đại"),
        ("sentence-fragment", "Thực hiện"),
        ("spelling-choice", "Hàng năm"),
    ] {
        assert!(found.contains_key(&(code, words)), "{code} at {words}");
    }
}

#[test]
fn a_review_notices_changes() {
    let source = Source::new("x.yaml", BASE);
    let agreement = alternat::load::load(&source).expect("sound").agreement;
    let lao = alternat::agreement::Language("lo".to_owned());
    let digests = alternat::check::digests(&agreement, &lao);
    let list: Vec<String> = digests
        .iter()
        .map(|(part, d)| format!("{part}: \"{d}\""))
        .collect();
    let record = format!(
        "review: {{lo: {{by: ກ, digests: {{{}}}}}}}\nsigning:",
        list.join(", ")
    );
    let reviewed = changed("signing:", &record);
    assert_eq!(shown(&check(reviewed.clone())), Vec::<String>::new());
    let later = reviewed.replace("thăm nhau mỗi năm", "thăm nhau hai năm");
    let stale: Vec<String> = check(later)
        .iter()
        .filter(|f| f.code == "stale-translation")
        .map(|f| f.values["part"].clone())
        .collect();
    assert_eq!(stale, ["visits"]);
}

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

/// Runs the program in the project's folder.
fn alternat(arguments: &[&str]) -> std::process::Output {
    lab::alternat(&repository(), arguments)
}

#[test]
fn the_documented_table_is_the_real_one() {
    let docs = std::fs::read_to_string(repository().join("docs/rules.md")).expect("docs/rules.md");
    let table = stdout(&alternat(&["check", "--list"]));
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

/// Checks `value` against a part of a JSON schema, as far as ours goes.
fn conform(
    value: &serde_json::Value,
    schema: &serde_json::Value,
    whole: &serde_json::Value,
    path: &str,
) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = whole.pointer(reference.trim_start_matches('#'));
        return conform(value, target.expect("a known reference"), whole, path);
    }
    let fits = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64(),
        _ => false,
    };
    assert!(fits, "{path} is not {}", schema["type"]);
    if let Some(choices) = schema["enum"].as_array() {
        assert!(choices.contains(value), "{path}: {value}");
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        assert!(
            value.get(key.as_str().unwrap_or_default()).is_some(),
            "{path} lacks {key}"
        );
    }
    for (key, part) in value.as_object().into_iter().flatten() {
        let known = &schema["properties"][key];
        let part_schema = if known.is_null() {
            &schema["additionalProperties"]
        } else {
            known
        };
        assert!(part_schema.is_object(), "{path} has {key} besides");
        conform(part, part_schema, whole, &format!("{path}.{key}"));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        conform(item, &schema["items"], whole, &format!("{path}[{index}]"));
    }
}

#[test]
fn json_conforms_to_its_schema() {
    let schema = std::fs::read_to_string(repository().join("docs/check-json.schema.json"))
        .expect("the schema");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    for language in ["en", "vi", "lo"] {
        let report = lab::json(&alternat(&[
            "--lang", language, "check", "--format", "json",
        ]));
        conform(&report, &schema, &schema, "report");
        assert_eq!(report["language"], language);
        assert!(
            report["findings"]
                .as_array()
                .is_some_and(|list| !list.is_empty())
        );
    }
}

#[test]
fn sarif_and_github_name_the_places() {
    let sarif = lab::json(&alternat(&["check", "--format", "sarif"]));
    let first = &sarif["runs"][0]["results"][0];
    assert_eq!(first["ruleId"], "no-expiry");
    let place = &first["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "agreements/bac-giang-xaysomboun-2022-2025.yaml"
    );
    assert_eq!(place["region"]["startColumn"], 8);
    let github = stdout(&alternat(&["check", "--format", "github"]));
    assert!(github.starts_with(
        "::notice file=agreements/bac-giang-xaysomboun-2022-2025.yaml,title=no-expiry,line="
    ));
}

#[test]
fn exit_codes_say_who_is_at_fault() {
    let code = |arguments: &[&str]| alternat(arguments).status.code();
    assert_eq!(code(&["check"]), Some(0));
    assert_eq!(code(&["check", "--deny", "warnings"]), Some(0));
    assert_eq!(code(&["check", "no-such-file.yaml"]), Some(1));
    assert_eq!(code(&["check", "--format", "colour"]), Some(2));
    assert_eq!(code(&["explain", "number-missing"]), Some(0));
    assert_eq!(code(&["explain", "number-mising"]), Some(1));
    // The base has `status: final`; with a late signing it has a warning.
    let file = lab::empty_folder("check-late").join("late.yaml");
    let late = changed("date: 2025-08-01", "date: 2026-03-01");
    std::fs::write(&file, late).expect("a file");
    let file = file.display().to_string();
    assert_eq!(code(&["check", &file]), Some(0));
    assert_eq!(code(&["check", "--deny", "warnings", &file]), Some(1));
}

#[test]
fn messages_follow_the_locale() {
    let run = |variable: &str, value: &str| {
        let run = lab::alternat_with(&repository(), &["check"], &[(variable, value)]);
        lab::stderr(&run)
    };
    assert!(run("LANG", "vi_VN.UTF-8").contains("đã kiểm tra 6 thỏa thuận"));
    assert!(run("LC_ALL", "lo_LA.UTF-8").contains("ກວດແລ້ວ 6 ຂໍ້ຕົກລົງ"));
    assert!(run("LANG", "C.UTF-8").contains("checked 6 agreements"));
}

#[test]
fn errors_stop_originals_and_drafts_go_on() {
    let wrong = changed("28 ພະຈິກ 2022", "28 ຕຸລາ 2022");
    let made = workshop().make(&Source::new("x.yaml", wrong.clone()), None, Extent::Texts);
    assert!(made.files.is_empty() && made.findings.iter().any(|f| f.code == "date-mismatch"));
    let draft = wrong.replace("status: final", "status: draft");
    let made = workshop().make(&Source::new("x.yaml", draft), None, Extent::Texts);
    assert!(!made.files.is_empty() && made.findings.iter().any(|f| f.code == "date-mismatch"));
}
