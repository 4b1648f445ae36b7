//! The values that the workshop keeps: each text rendered and read once, and the
//! keys by which a build can tell what has changed.

use std::collections::BTreeMap;
use std::fs;

use alternat::project::Project;
use alternat::source::Source;
use alternat::workshop::{Keys, MARKDOWN, Materials, Options, PDF, Tally, Wanted, Workshop};

use crate::lab;

fn suite(name: &str) -> Source {
    let path = format!("tests/suite/{name}/agreements/{name}.yaml");
    let text = fs::read_to_string(lab::repository().join(&path)).expect("an agreement");
    Source::new(path, text)
}

fn materials() -> Materials {
    let project = Project::new(lab::repository());
    project.materials().expect("the templates are readable")
}

fn workshop() -> Workshop {
    Workshop::new(materials(), Options::default()).expect("the templates are sound")
}

fn work(source: &Source) -> Tally {
    let workshop = workshop();
    let made = workshop.make(source, None, Wanted::EVERYTHING);
    assert!(!made.files.is_empty(), "{:?}", made.findings);
    workshop.tally()
}

#[test]
fn each_text_is_rendered_once_and_read_once() {
    // Two parties, signed, two languages. An original of the first party is the
    // text for review; the conformed copy and the two sheets have their own. The
    // sheet of differences is made from the originals as they are.
    let signed = suite("two-parties");
    let signed = Source::new(
        signed.name(),
        signed.text().replace("status: final", "status: signed"),
    );
    let orders_and_languages = 2 * 2;
    let (conformed, custody, differences) = (2, 2, 2);
    let texts = orders_and_languages + conformed + custody + differences;
    assert_eq!(
        work(&signed),
        Tally {
            rendered: texts,
            read: texts,
            fields: markdown_fields(&signed),
        }
    );
    // Five parties, a draft: one text in each language.
    let draft = suite("five-parties");
    let draft = Source::new(
        draft.name(),
        draft.text().replace("status: final", "status: draft"),
    );
    assert_eq!(
        work(&draft),
        Tally {
            rendered: 2,
            read: 2,
            fields: markdown_fields(&draft),
        }
    );
}

/// Counts the Markdown fields of an agreement that are not blank.
fn markdown_fields(source: &Source) -> usize {
    let loaded = alternat::agreement::load::load(source).expect("sound");
    let texts = loaded.agreement.texts().into_iter();
    let prose = texts.filter(|(field, _)| field.is_prose());
    let written = prose.flat_map(|(_, text)| text.by_language.values().flatten());
    written.count()
}

fn keys(workshop: &Workshop, source: &Source) -> BTreeMap<String, Keys> {
    let wanted = Wanted {
        forms: &[&MARKDOWN, &PDF],
        edition: None,
        holder: None,
    };
    let keys = workshop.keys(source, None, wanted);
    keys.expect("the agreement is sound")
}

/// Returns the products whose key differs, and whether all inputs' keys do.
fn changed(before: &BTreeMap<String, Keys>, after: &BTreeMap<String, Keys>) -> (Vec<String>, bool) {
    let products = before
        .iter()
        .filter(|(path, keys)| after[*path].product != keys.product);
    let inputs = before
        .iter()
        .all(|(path, keys)| after[path].inputs != keys.inputs);
    (products.map(|(path, _)| path.clone()).collect(), inputs)
}

/// Tells whether a product goes with the originals in two languages.
fn is_sheet(path: &str) -> bool {
    path.contains("custody") || path.contains("differences")
}

#[test]
fn the_parties_of_the_project_are_an_input_of_its_drafts() {
    let base = include_str!("rules/base.yaml").replace("status: final", "status: draft");
    let start = base.find("  - id: bac-ninh").expect("a party");
    let end = base.find("  - id: xaysomboun").expect("another");
    let taken = base.replace(&base[start..end], "  - party: bac-ninh\n");
    let with = |name: &str| {
        let mut materials = materials();
        let parties = materials.parties.take().expect("a list of parties");
        let text = parties.text().replace("Phụ nữ tỉnh Bắc Ninh", name);
        materials.parties = Some(Source::new(parties.name(), text));
        Workshop::new(materials, Options::default()).expect("sound")
    };
    let (before, after) = (with("Phụ nữ tỉnh Bắc Ninh"), with("Phụ nữ Bắc Ninh"));
    let keys = |source: &str| {
        let source = Source::new("agreements/x.yaml", source);
        changed(&keys(&before, &source), &keys(&after, &source))
    };
    let (products, inputs) = keys(&taken);
    // The Lao text has no word of it.
    let lao = products.iter().any(|path| path == "lo.md");
    assert!(inputs && products.len() == 5 && !lao, "{products:?}");
    // What says itself who its parties are is made of nothing else.
    let (products, inputs) = keys(&base);
    assert!(inputs && products.is_empty(), "{products:?}");
}

#[test]
fn keys_change_with_what_they_are_made_from() {
    let source = suite("two-parties");
    let with = |path: &str, from: &str, to: &str| {
        let mut materials = materials();
        let file = materials.templates.get_mut(path).expect("a template");
        assert!(file.text().contains(from), "{path} has no {from}");
        *file = Source::new(file.name(), file.text().replacen(from, to, 1));
        Workshop::new(materials, Options::default()).expect("sound")
    };
    let before = keys(&workshop(), &source);
    assert_eq!(keys(&workshop(), &source), before);
    // A word of the Vietnamese templates: every product with Vietnamese in it.
    let vi = with("vi/closing.md", "này được ký ngày", "nầy được ký ngày");
    let (products, inputs) = changed(&before, &keys(&vi, &source));
    let vietnamese = before
        .keys()
        .filter(|path| path.contains("vi") && !is_sheet(path));
    assert!(inputs);
    assert_eq!(products, vietnamese.cloned().collect::<Vec<_>>());
    // A word of the custody sheet: that sheet alone.
    let custody = with("lo/custody-heading.md", "#", "# ");
    let (products, inputs) = changed(&before, &keys(&custody, &source));
    assert!(inputs);
    assert!(
        products.iter().all(|path| path.contains("custody")),
        "{products:?}"
    );
    // The look: all pages, no text.
    let page = with("page/main.typ", "\n", "\n\n");
    let (products, inputs) = changed(&before, &keys(&page, &source));
    assert!(inputs && !products.is_empty());
    assert!(
        products.iter().all(|path| path.ends_with(".pdf")),
        "{products:?}"
    );
    // A comment in the agreement: the pages that carry it, no text.
    let commented = Source::new(source.name(), format!("# ໝາຍເຫດ\n{}", source.text()));
    let (products, inputs) = changed(&before, &keys(&workshop(), &commented));
    assert!(inputs);
    assert!(
        products.iter().all(|path| path.ends_with(".pdf")),
        "{products:?}"
    );
}

#[test]
fn one_edition_is_ready_for_an_editor() {
    let folder = lab::project("emit-edition", &["two-parties"]);
    let edition = "originals/song-nuoc.vi";
    let emit = ["build", "--emit", "json", "--edition", edition];
    let one = lab::json(&lab::alternat(&folder, &emit));
    assert_eq!(one["path"], edition);
    let all = lab::json(&lab::alternat(&folder, &["build", "--emit", "json"]));
    let all = all.as_array().expect("a list of editions");
    assert!(all.len() >= 5 && all.contains(&one));
    let none = [
        "build",
        "--emit",
        "json",
        "--edition",
        "originals/nobody.vi",
    ];
    let said = lab::stderr(&lab::alternat(&folder, &none));
    assert!(said.contains("error[unknown-edition]"), "{said}");
    assert!(said.contains(edition), "{said}");
}
