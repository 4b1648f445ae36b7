//! The table of keys as a JSON schema, for editors that complete and check a
//! file as it is typed.
//!
//! Input: the sentences of a language. Output: JSON Schema, draft 2020-12. The
//! schema sees keys, types and forms; what one value says of another only
//! `load` and `check` see.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::language::MAX_LANGUAGES;
use crate::messages::Messages;

use super::keys::{AGREEMENT, Key, Kind, MANY, Part, REGISTER};

/// JSON whose keys stay in order.
enum Json {
    Text(String),
    Number(usize),
    No,
    Null,
    List(Vec<Json>),
    Map(Vec<(&'static str, Json)>),
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Text(text) => serializer.serialize_str(text),
            Json::Number(number) => serializer.serialize_u64(*number as u64),
            Json::No => serializer.serialize_bool(false),
            Json::Null => serializer.serialize_unit(),
            Json::List(items) => items.serialize(serializer),
            Json::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

const ID: &str = "^[a-z0-9][a-z0-9-]{0,99}$";
const LANGUAGE: &str = "^[a-z]{2,3}$";
const DAY: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const YEAR_OR_DAY: &str = r"^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$";
const YEAR_OR_DAY_OR_OPEN: &str = r"^([0-9]{4}(-[0-9]{2}-[0-9]{2})?|open)$";
const NUMBER: &str = r"^[0-9]{1,3}$";

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}

fn words(words: &[&str]) -> Json {
    Json::List(words.iter().map(|word| text(word)).collect())
}

/// Returns the schema of agreements, with what each key means in the language of
/// `messages`.
pub fn json(messages: &Messages) -> String {
    whole(&AGREEMENT, messages)
}

/// Returns the schema of `agreements/parties.yaml`, likewise.
pub fn json_of_parties(messages: &Messages) -> String {
    whole(&REGISTER, messages)
}

fn whole(part: &'static Part, messages: &Messages) -> String {
    let mut schema = vec![
        (
            "$schema",
            text("https://json-schema.org/draft/2020-12/schema"),
        ),
        (
            "$comment",
            text("Made by `alternat schema` from the table of keys."),
        ),
        ("title", text("Alternat")),
        (
            "$defs",
            Json::Map(vec![
                (
                    "text",
                    Json::Map(by_language(&["string", "number", "null"])),
                ),
                (
                    "lines",
                    Json::Map(by_language(&["string", "number", "array", "null"])),
                ),
            ]),
        ),
        ("type", text("object")),
    ];
    schema.extend(mapping(part, messages));
    let schema = serde_json::to_string_pretty(&Json::Map(schema));
    schema.expect("a schema holds only strings, numbers and lists") + "\n"
}

/// Returns the schema of a text in each language, with the types that it may have.
fn by_language(types: &[&str]) -> Vec<(&'static str, Json)> {
    let mut value = vec![("type", words(types))];
    if types.contains(&"array") {
        let line = Json::Map(vec![("type", words(&["string", "number", "null"]))]);
        value.push(("items", line));
    }
    let value = Json::Map(value);
    vec![
        ("type", text("object")),
        (
            "propertyNames",
            Json::Map(vec![("pattern", text(LANGUAGE))]),
        ),
        ("additionalProperties", value),
    ]
}

fn mapping(part: &'static Part, messages: &Messages) -> Vec<(&'static str, Json)> {
    let property = |key: &'static Key| {
        let mut schema = value(key, messages);
        let path = format!("keys.{}.{}", part.name, key.name);
        let meaning = messages.get(&path).unwrap_or_default();
        schema.insert(0, ("description", text(meaning)));
        (key.name, Json::Map(schema))
    };
    let needed = part.keys.iter().filter(|key| key.needed);
    let needed: Vec<&str> = needed.map(|key| key.name).collect();
    let mut schema = vec![
        (
            "properties",
            Json::Map(part.keys.iter().map(property).collect()),
        ),
        ("additionalProperties", Json::No),
    ];
    match part.instead {
        Some(instead) => {
            let ways = [words(&[instead]), words(&needed)];
            let ways = ways.map(|way| Json::Map(vec![("required", way)]));
            schema.push(("anyOf", Json::List(ways.into())));
        }
        None if !needed.is_empty() => schema.push(("required", words(&needed))),
        None => {}
    }
    if !part.either.is_empty() {
        let either = part.either.iter();
        let either = either.map(|key| Json::Map(vec![("required", words(&[key]))]));
        schema.push(("anyOf", Json::List(either.collect())));
    }
    schema
}

/// Returns the schema of a number that may also be written as a text.
fn figures(pattern: &str, least: usize, most: usize) -> Vec<(&'static str, Json)> {
    vec![
        ("type", words(&["string", "integer", "null"])),
        ("pattern", text(pattern)),
        ("minimum", Json::Number(least)),
        ("maximum", Json::Number(most)),
    ]
}

/// Returns the schema of what may stand under a key.
fn value(key: &'static Key, messages: &Messages) -> Vec<(&'static str, Json)> {
    let word = || match key.needed {
        true => ("type", text("string")),
        false => ("type", words(&["string", "null"])),
    };
    let object = |part: &'static Part| {
        let mut schema = vec![("type", text("object"))];
        schema.extend(mapping(part, messages));
        Json::Map(schema)
    };
    match &key.kind {
        Kind::Id => vec![word(), ("pattern", text(ID))],
        Kind::Word => vec![word()],
        Kind::Line => vec![("type", words(&["string", "number", "null"]))],
        Kind::Language => vec![word(), ("pattern", text(LANGUAGE))],
        Kind::Languages => vec![
            ("type", text("array")),
            (
                "items",
                Json::Map(vec![("type", text("string")), ("pattern", text(LANGUAGE))]),
            ),
            ("minItems", Json::Number(1)),
            ("maxItems", Json::Number(MAX_LANGUAGES)),
        ],
        Kind::Date => vec![("type", words(&["string", "null"])), ("pattern", text(DAY))],
        Kind::Moment => figures(YEAR_OR_DAY, 1900, 9999),
        Kind::End => figures(YEAR_OR_DAY_OR_OPEN, 1900, 9999),
        Kind::Number(most) => figures(NUMBER, 1, *most as usize),
        Kind::Choice(choices) => {
            let mut words: Vec<Json> = choices.iter().map(|word| text(word)).collect();
            words.push(Json::Null);
            vec![("enum", Json::List(words))]
        }
        Kind::Plain | Kind::Markdown => {
            let reference = Json::Map(vec![("$ref", text("#/$defs/text"))]);
            let blank = Json::Map(vec![("type", text("null"))]);
            vec![("anyOf", Json::List(vec![reference, blank]))]
        }
        Kind::Lines => {
            let lines = Json::Map(vec![("$ref", text("#/$defs/lines"))]);
            let blank = Json::Map(vec![("type", text("null"))]);
            vec![("anyOf", Json::List(vec![lines, blank]))]
        }
        Kind::PlainOrNone => {
            let reference = Json::Map(vec![("$ref", text("#/$defs/text"))]);
            let words = Json::List(vec![text("none"), Json::Null]);
            let word = Json::Map(vec![("enum", words)]);
            vec![("anyOf", Json::List(vec![reference, word]))]
        }
        Kind::Ids => vec![
            ("type", words(&["string", "array", "null"])),
            ("pattern", text(ID)),
            (
                "items",
                Json::Map(vec![("type", text("string")), ("pattern", text(ID))]),
            ),
        ],
        Kind::Part(part) => {
            let mut schema = vec![("type", words(&["object", "null"]))];
            schema.extend(mapping(part, messages));
            schema
        }
        Kind::List(part, least, most) => {
            let blank: &[&str] = if *least > 0 {
                &["array"]
            } else {
                &["array", "null"]
            };
            let mut schema = vec![("type", words(blank)), ("items", object(part))];
            if *least > 0 {
                schema.push(("minItems", Json::Number(*least)));
            }
            if *most < MANY {
                schema.push(("maxItems", Json::Number(*most)));
            }
            schema
        }
        Kind::ByLanguage(part) => vec![
            ("type", words(&["object", "null"])),
            (
                "propertyNames",
                Json::Map(vec![("pattern", text(LANGUAGE))]),
            ),
            ("additionalProperties", object(part)),
        ],
        Kind::Digests => {
            let digest = Json::Map(vec![("type", words(&["string", "number"]))]);
            vec![
                ("type", words(&["object", "null"])),
                ("additionalProperties", digest),
            ]
        }
    }
}
