//! What `check` prints for other programs: JSON as its schema says, SARIF and
//! GitHub's lines with the places of the findings.

use std::fs;

use serde_json::Value;

use crate::lab;

/// Checks `value` against a part of a JSON schema, as far as ours goes.
fn conform(value: &Value, schema: &Value, whole: &Value, path: &str) {
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
    let folder = lab::repository();
    let schema = fs::read_to_string(folder.join("docs/check-json.schema.json"));
    let schema: Value = serde_json::from_str(&schema.expect("the schema")).expect("JSON");
    for language in ["en", "vi", "lo"] {
        let arguments = ["--lang", language, "check", "--format", "json"];
        let report = lab::json(&lab::alternat(&folder, &arguments));
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
    let run = |format| lab::alternat(&lab::repository(), &["check", "--format", format]);
    let sarif = lab::json(&run("sarif"));
    let first = &sarif["runs"][0]["results"][0];
    assert_eq!(first["ruleId"], "no-expiry");
    let place = &first["locations"][0]["physicalLocation"];
    assert_eq!(
        place["artifactLocation"]["uri"],
        "agreements/bac-giang-xaysomboun-2022-2025.yaml"
    );
    assert_eq!(place["region"]["startColumn"], 8);
    let github = lab::stdout(&run("github"));
    assert!(github.starts_with(
        "::notice file=agreements/bac-giang-xaysomboun-2022-2025.yaml,title=no-expiry,line="
    ));
}
