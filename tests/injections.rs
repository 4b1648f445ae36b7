//! Values that mean something to YAML, Markdown, Tera, Typst, a browser or a shell, in
//! every text of the form: each is printed letter by letter, or is an error at its
//! place; no link leads anywhere but to the net, a mailbox or a clause.

use std::collections::BTreeMap;
use std::ops::Range;

use alternat::agreement::{Field, load};
use alternat::document::markdown;
use alternat::document::tree::{Event, Node, plain_text, walk};
use alternat::language::Language;
use alternat::source::Source;

use crate::lab::{Wanted, repository, side_by_side, workshop};

const PAYLOADS: [&str; 43] = [
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x](data:text/html,1)",
    "[x](file:///etc/passwd)",
    "[x](//host/x)",
    "[x](\\\\host\\x)",
    "<javascript:alert(1)>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- part: work -->",
    "<!-- section: signatures -->",
    "{{ 7*7 }}",
    "{{ parties[0].name }}",
    "{% for x in parties %}x{% endfor %}",
    "{% raw %}x",
    "{# x #}y",
    "#show: none",
    "#eval(\"1\")",
    "#image(\"/etc/passwd\")",
    "$x$ ế",
    "\\u{41} ເ",
    "`code`",
    "# Ợ",
    "ợ #",
    "- ợ",
    "1. ợ",
    "> ợ",
    "| a | b |",
    "[](clause:work)",
    "[a](party:nam-ou)",
    "&amp; &lt;b&gt;",
    "&#x202e;x",
    "a_b_ *c* **d**",
    "~~x~~ ==y==",
    "![i](x.png)",
    "\u{202e}ợ",
    "\u{200b}ນ້ຳ\u{2060}",
    "=1+1|cmd",
    "../../x",
    "null",
    "ນ້ຳ {{x}} ຕັ້ງ",
    "'x' \"y\" : # z",
];

/// One value of the agreement.
#[derive(Clone)]
struct Place {
    key: String,
    range: Range<usize>,
    prose: bool,
    /// Whether it is printed; earlier names are not.
    printed: bool,
}

/// The agreements that have all texts of the form between them.
const WHOLE: [&str; 3] = ["river-bank", "market-days", "market-days-amended"];

fn whole(name: &str) -> Source {
    let file = format!("agreements/{name}.yaml");
    let path = repository().join("tests/suite").join(name).join(&file);
    let text = std::fs::read_to_string(path).expect("the agreement");
    Source::new(file, text.replace("status: final", "status: draft"))
}

/// Returns a place for each text key of the form in each language.
fn places(source: &Source) -> Vec<Place> {
    let loaded = load::load(source).expect("a sound agreement");
    let (agreement, positions) = (loaded.agreement, loaded.positions);
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for (field, text) in agreement.texts() {
        for language in &agreement.languages {
            let path = text.path_in(language);
            if text.get(language).is_none() {
                continue;
            }
            let below = match field {
                Field::Point(..) => "of a point",
                Field::Annex(_) | Field::AnnexTitle(_) => "of an annex",
                Field::PlaceOf(_) => "of a party",
                _ => "",
            };
            let key = format!("{} {below} {}", field.name(), language.0);
            places.entry(key.clone()).or_insert(Place {
                key,
                range: positions.at(&path).range(),
                prose: field.is_prose(),
                printed: !matches!(field, Field::FormerName(_)),
            });
        }
    }
    for (path, _) in agreement.contact_values() {
        let key = path.rsplit('.').next().unwrap_or_default().to_owned();
        places.entry(key.clone()).or_insert(Place {
            key,
            range: positions.at(&path).range(),
            prose: false,
            printed: true,
        });
    }
    places.into_values().collect()
}

/// Returns the value as YAML reads it in quotation marks, whatever it holds.
fn quoted(value: &str) -> String {
    serde_json::to_string(value).expect("a string")
}

fn letters(text: &str) -> String {
    let lower = text.chars().flat_map(char::to_lowercase);
    lower.filter(|letter| !letter.is_whitespace()).collect()
}

/// Returns what is wrong with a payload at a place, and whether it was refused.
fn fault(base: &Source, place: &Place, payload: &str) -> Result<bool, String> {
    let text = base.text();
    // A block below `|-` is replaced with its header.
    let start = match text[..place.range.start].trim_end().strip_suffix("|-") {
        Some(before) => before.len(),
        None => place.range.start,
    };
    let raw = &text[place.range.clone()];
    let start = match text[..start].chars().next_back() {
        Some('"' | '\'') if !raw.starts_with(['"', '\'']) => start - 1,
        _ => start,
    };
    let end = match text[place.range.end..].chars().next() {
        Some('"' | '\'') if !raw.ends_with(['"', '\'']) || raw.len() == 1 => place.range.end + 1,
        _ => place.range.end,
    };
    let changed = format!("{}{}{}", &text[..start], quoted(payload), &text[end..]);
    let source = Source::new(base.name(), changed);
    let made = workshop().make(&source, None, Wanted::TEXTS);
    let here = start..start + quoted(payload).len();
    let refused = made.findings.iter().any(|finding| {
        let label = finding.labels.first();
        finding.is_error()
            && label.is_some_and(|label| {
                let at = label.span.range();
                at.start <= here.end && here.start <= at.end
            })
    });
    let mut found = false;
    for file in made.files.iter().filter(|file| file.path.ends_with(".md")) {
        let code = file.path.trim_end_matches(".md");
        if code.contains(['/', '-']) {
            continue;
        }
        let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
        let language = Language(code.to_owned());
        let document = markdown::parse(&Source::new("x.md", text), &language)
            .map_err(|faults| format!("{}: {payload:?}: {faults:?}", place.key))?;
        let units = document.sections.iter().flat_map(|section| &section.units);
        for unit in units {
            found |= letters(&plain_text(&unit.blocks)).contains(&letters(payload));
            let mut strange = None;
            walk(&unit.blocks, &mut |event| {
                if let Event::Start(Node::Link(target)) = event {
                    let known = ["https://", "http://", "mailto:", "clause:", "annex:"];
                    if !known.iter().any(|scheme| target.starts_with(scheme)) {
                        strange = Some(target.to_owned());
                    }
                }
            });
            if let Some(target) = strange {
                return Err(format!("{}: {payload:?} leads to {target}", place.key));
            }
        }
    }
    // Of a text in Markdown, another test compares the words.
    let kept = refused || place.prose || !place.printed || found;
    match kept {
        true => Ok(refused),
        false => Err(format!("{}: {payload:?} is not printed", place.key)),
    }
}

#[expect(clippy::print_stdout, reason = "its counts are for docs/trust.md")]
fn tally(every: usize) {
    let bases = WHOLE.map(whole);
    let mut places: Vec<(usize, Place)> = Vec::new();
    for (index, base) in bases.iter().enumerate() {
        for place in self::places(base) {
            if places.iter().all(|(_, known)| known.key != place.key) {
                places.push((index, place));
            }
        }
    }
    let mut cases = Vec::new();
    for (row, (base, place)) in places.iter().enumerate() {
        for (column, payload) in PAYLOADS.iter().enumerate() {
            if (row + column) % every == 0 {
                cases.push((&bases[*base], place.clone(), *payload));
            }
        }
    }
    let results = side_by_side(&cases, 2, |(base, place, payload)| {
        fault(base, place, payload)
    });
    let refused = results.iter().filter(|result| **result == Ok(true)).count();
    let faults: Vec<&String> = results.iter().filter_map(|r| r.as_ref().err()).collect();
    println!(
        "{} injections at {} keys: {refused} refused, {} made, {} otherwise",
        cases.len(),
        places.len(),
        cases.len() - refused - faults.len(),
        faults.len()
    );
    let shown: Vec<&&String> = faults.iter().take(12).collect();
    assert!(faults.is_empty(), "{}: {shown:#?}", faults.len());
    assert!(places.len() > 30 && refused > 0 && refused < cases.len());
}

#[test]
fn a_tenth_of_all_injections_is_printed_or_refused() {
    tally(10);
}

#[test]
#[ignore = "all of them: make trial"]
fn all_injections_are_printed_or_refused() {
    tally(1);
}
