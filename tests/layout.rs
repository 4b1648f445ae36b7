//! `alternat fmt`: one layout, all comments, and every value letter for letter.
//!
//! Input: the files of the repository, files with hostile values, and generated ones.
//! Output: the same values and comments; laid out again, the same bytes.

use std::fs;

use alternat::agreement::layout::layout;
use alternat::source::Source;
use alternat::text::yaml::{self, Node, Value, scan};

use crate::lab::{self, BASE, Dice};

fn laid_out(text: &str) -> String {
    let source = Source::new("x.yaml", text);
    match layout(&source) {
        Ok(made) => made.text().to_owned(),
        Err(faults) => panic!("{faults:#?}\n{text}"),
    }
}

/// Returns what a file holds; the order of keys is nothing that it says.
fn held(text: &str) -> String {
    fn show(node: &Node) -> String {
        match &node.value {
            Value::Blank => "~".to_owned(),
            Value::Scalar(text) => format!("{text:?}"),
            Value::List(items) => {
                format!(
                    "[{}]",
                    items.iter().map(show).collect::<Vec<_>>().join(", ")
                )
            }
            Value::Map(entries) => {
                let entries = entries.iter();
                let mut shown: Vec<String> = entries
                    .map(|e| format!("{:?}: {}", e.key, show(&e.node)))
                    .collect();
                shown.sort();
                format!("{{{}}}", shown.join(", "))
            }
        }
    }
    show(&yaml::parse(&Source::new("x.yaml", text)).expect("YAML"))
}

fn assert_kept(text: &str) -> String {
    let made = laid_out(text);
    assert_eq!(held(text), held(&made), "{text}\n---\n{made}");
    assert_eq!(
        scan::comments(text),
        scan::comments(&made),
        "{text}\n---\n{made}"
    );
    assert_eq!(laid_out(&made), made, "not the same again:\n{text}");
    assert!(
        made.lines()
            .all(|line| !line.ends_with(' ') || text.contains(line)),
        "{made}"
    );
    made
}

#[test]
fn the_files_of_the_repository_keep_all_that_they_say() {
    let root = lab::repository();
    let mut files: Vec<_> = lab::files_below(&root.join("agreements"))
        .into_iter()
        .map(|file| root.join("agreements").join(file))
        .collect();
    for folder in ["tests/suite", "tests/errors", "tests/locks"] {
        let below = lab::files_below(&root.join(folder)).into_iter();
        files.extend(below.map(|file| root.join(folder).join(file)));
    }
    files.push(root.join("tests/rules/base.yaml"));
    files.push(root.join("src/cli/command/new.yaml"));
    let mut count = 0;
    for file in files {
        let text = fs::read_to_string(&file)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        let is_yaml = file.extension().is_some_and(|ending| ending == "yaml");
        let source = Source::new("x.yaml", text.as_str());
        if is_yaml && yaml::parse(&source).is_ok() && scan::read(&text).is_ok() {
            assert_kept(&text);
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}

#[test]
fn keys_quotation_and_lines_are_in_one_layout() {
    let word = "dài ".repeat(30);
    let text = format!(
        "\
# yaml-language-server: $schema=x
# A file.

# The status.
status:   'draft'   # beside
id: \"agreement\"


languages: [ vi, lo ]
kind: cooperation-agreement   # what it is
                              # and more of it
parties:
- name:
    lo: 'ສອງ: ຝ່າຍ'
    vi: \"Hội #1\"
  # of the language
  language: vi
  id: first
  contact: {{phone: \"0222\", email: 'a@b.vn', office: {{vi: {word}, lo: ກ}}}}
  # below the first

- {{id: second, name: {{lo: ຂ, vi: B}}}}
preamble:
  vi: {word}
  lo: \"{word}\"
#   commented: out

signing: {{place: {{vi: Huế, lo: ~}}, date: }}
"
    );
    let made = assert_kept(&text);
    let long = "dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài";
    let right = format!(
        "\
# yaml-language-server: $schema=x
# A file.

id: agreement
kind: cooperation-agreement   # what it is
                              # and more of it

languages: [vi, lo]
# The status.
status: draft       # beside
parties:
  - id: first
    # of the language
    language: vi
    name:
      vi: \"Hội #1\"
      lo: 'ສອງ: ຝ່າຍ'
    contact:
      office:
        vi: >-
          {shorter}
          dài dài dài dài dài dài dài dài
        lo: ກ
      phone: \"0222\"
      email: a@b.vn
    # below the first

  - {{id: second, name: {{vi: B, lo: ຂ}}}}
preamble:
  vi: >-
    {long} dài
    dài dài dài dài dài dài
  lo: \"{word}\"
#   commented: out

signing: {{date: , place: {{vi: Huế, lo: ~}}}}
",
        shorter = &long[..long.len() - "dài ".len()],
    );
    assert_eq!(made, right);
}

#[test]
fn hostile_values_are_kept() {
    for value in [
        "\"\"",
        "'~'",
        "\"null\"",
        "'no'",
        "\"0205921671\"",
        "'2025-01-31'",
        "\"1e3\"",
        "0x1F",
        "no",
        "\"- a\"",
        "'? b'",
        "\"a: b\"",
        "'a #b'",
        "\"a\\nb\"",
        "\"\\u200b\"",
        "' a'",
        "\"a \"",
        "'@a'",
        "\"&a\"",
        "'*a'",
        "\"!a\"",
        "'|'",
        "\">\"",
        "'%a'",
        "\"`a`\"",
        "'{a}'",
        "\"[a]\"",
        "'a, b'",
        "\"a:\"",
        "':a'",
        "'a''b'",
        "\"a\\\"b\"",
        "'\"a\" b'",
        "\"\\\\\"",
        "|-\n  a\n\n   b\n  # c\n",
        "|\n  a\n",
        "|+\n  a\n\n\n",
        "|2-\n    a\n  b\n",
        ">-\n  a\n  b\n\n  c\n",
        ">\n  a\n   b\n  c\n",
        ">+\n  a\n\n",
        "a\n  b\n\n  c",
        "'a\n  b'",
        "\"a\\\n  b\"",
        "[]",
        "{}",
        "[a, [b, {c: d}]]",
        "https://a.b/c#d",
        "=",
        "<<",
        "\"---\"",
        "...",
        "\"a\\u2028b\"",
        "'ສອງ  ຝ່າຍ'",
    ] {
        for text in [
            format!("id: x\nkind: {value}\nstatus: draft\n"),
            format!(
                "id: x\nparties:\n  - id: {}\n",
                value.replace("\n", "\n    ")
            ),
            format!(
                "id: x\nallow:\n  - {}\n  - b\n",
                value.replace("\n", "\n    ")
            ),
            format!("id: {{kind: {value}, b: c}}\n"),
        ] {
            let source = Source::new("x.yaml", text.as_str());
            if yaml::parse(&source).is_ok() && scan::read(&text).is_ok() {
                assert_kept(&text);
            }
        }
    }
}

#[test]
fn what_has_no_place_is_refused_and_nothing_is_written() {
    let folder = lab::empty_folder("layout-refused");
    fs::create_dir_all(folder.join("agreements")).expect("a folder");
    for text in ["id: &a x\nkind: *a\n", "id: !!str x\n", "? |\n  a\n: b\n"] {
        let file = folder.join("agreements/x.yaml");
        fs::write(&file, text).expect("a file");
        let output = lab::alternat(&folder, &["fmt"]);
        assert_eq!(output.status.code(), Some(1), "{text}");
        let said = lab::stderr(&output);
        assert!(said.contains("agreements/x.yaml:"), "{said}");
        assert_eq!(fs::read_to_string(&file).expect("kept"), text);
    }
}

#[test]
fn a_file_is_written_once_and_checked() {
    let folder = lab::project("layout-verb", &["two-parties"]);
    let file = folder.join("agreements/two-parties.yaml");
    let text = fs::read_to_string(&file).expect("a file");
    let (head, rest) = text.split_at(text.find("status:").expect("a key"));
    let end = rest.find('\n').expect("a line") + 1;
    let moved = format!("{head}{}{}", &rest[end..], &rest[..end]);
    fs::write(&file, moved.replace('\n', "\r\n")).expect("a file");
    let check = || lab::alternat(&folder, &["fmt", "--check"]);
    let output = check();
    assert_eq!(output.status.code(), Some(1));
    assert!(lab::stderr(&output).contains("error[layout-differs]"));
    let output = lab::alternat(&folder, &["fmt"]);
    assert_eq!(lab::stderr(&output), "1 of 1 file laid out anew\n");
    let output = check();
    assert_eq!(lab::stderr(&output), "compared the layout of 1 file\n");
    assert_eq!(output.status.code(), Some(0));
    let made = fs::read_to_string(&file).expect("written");
    assert_eq!(held(&made), held(&moved));
    let again = lab::alternat(&folder, &["fmt"]);
    assert_eq!(lab::stderr(&again), "0 of 1 file laid out anew\n");
}

/// Lines, values and comments of all kinds put together.
fn generated(dice: &mut Dice) -> String {
    const VALUES: [&str; 14] = [
        "a",
        "'b: c'",
        "\"# d\"",
        "~",
        "",
        "Hội LHPN tỉnh",
        "ສອງຝ່າຍ ແລກປ່ຽນ",
        "2025",
        "\"2025\"",
        "[x, y]",
        "{vi: a, lo: b}",
        "{vi: 'a, b', lo: }",
        "'it''s'",
        "\"\\t\"",
    ];
    const COMMENTS: [&str; 5] = ["", "", "", "  # beside", "          # far beside"];
    const BETWEEN: [&str; 7] = [
        "",
        "",
        "",
        "\n",
        "# at the edge\n",
        "  # inner\n",
        "\n# apart\n\n",
    ];
    const KEYS: [&str; 9] = [
        "status", "id", "kind", "title", "text", "vi", "lo", "parties", "formula",
    ];
    fn map(dice: &mut Dice, indent: usize, depth: usize, out: &mut String) {
        let start = dice.roll(KEYS.len());
        for step in 0..=dice.roll(4) {
            let key = KEYS[(start + step * 2) % KEYS.len()];
            out.push_str(BETWEEN[dice.roll(BETWEEN.len())]);
            let pad = " ".repeat(indent);
            let beside = COMMENTS[dice.roll(COMMENTS.len())];
            match dice.roll(if depth < 3 { 6 } else { 4 }) {
                0 => out.push_str(&format!(
                    "{pad}{key}: |-{beside}\n{pad}  # kept: {{x}}\n\n{pad}   deeper \n{pad}  end\n"
                )),
                1 => {
                    let long = "một hai  ba ".repeat(dice.roll(14) + 1);
                    out.push_str(&format!("{pad}{key}: >-\n{pad}  {}\n", long.trim_end()));
                }
                4 => {
                    out.push_str(&format!("{pad}{key}:{beside}\n"));
                    let deeper = indent + 2 + dice.roll(3);
                    map(dice, deeper, depth + 1, out);
                }
                5 => {
                    out.push_str(&format!("{pad}{key}:{beside}\n"));
                    for _ in 0..=dice.roll(3) {
                        let mut item = String::new();
                        map(dice, indent + 4, depth + 1, &mut item);
                        // The dash goes before the first key.
                        let at = item.lines().scan(0, |at, line| {
                            let start = *at;
                            *at += line.len() + 1;
                            Some((start, line))
                        });
                        let own =
                            |line: &str| !line.trim().is_empty() && !line.trim().starts_with('#');
                        let first = at
                            .into_iter()
                            .find(|(_, line)| own(line))
                            .map_or(0, |it| it.0);
                        item.replace_range(first + indent + 2..first + indent + 3, "-");
                        out.push_str(&item);
                    }
                }
                _ => {
                    let value = VALUES[dice.roll(VALUES.len())];
                    out.push_str(&format!("{pad}{key}: {value}{beside}\n"));
                }
            }
        }
    }
    let mut text = String::new();
    map(dice, 0, 0, &mut text);
    text
}

#[test]
fn generated_files_are_kept() {
    let mut dice = Dice(7);
    let mut count = 0;
    for _ in 0..600 {
        let text = generated(&mut dice);
        let source = Source::new("x.yaml", text.as_str());
        if yaml::parse(&source).is_ok() {
            assert_kept(&text);
            count += 1;
        }
    }
    assert!(count > 250, "{count}");
}

#[test]
fn a_locked_agreement_stays_what_was_signed() {
    let folder = lab::project("layout-locked", &[lab::OWN]);
    let file = "agreements/bac-giang-xaysomboun-2022-2025.yaml";
    let signed = fs::read_to_string(folder.join(file)).expect("a file");
    let before = signed.replace(
        "term: {from: 2022, to: 2025}",
        "term: {to: 2025, from: 2022}",
    );
    assert_ne!(before, signed);
    fs::write(folder.join(file), &before).expect("writable");
    let changed = lab::alternat(&folder, &["fmt"]);
    assert!(changed.status.success(), "{}", lab::stderr(&changed));
    let after = fs::read_to_string(folder.join(file)).expect("a file");
    assert_ne!(
        before, after,
        "nothing was laid out, so nothing is shown here"
    );
    let lock = "agreements/bac-giang-xaysomboun-2022-2025.lock";
    assert!(folder.join(lock).exists());
    let checked = lab::alternat(&folder, &["check", file]);
    assert!(checked.status.success(), "{}", lab::stderr(&checked));
}

#[test]
fn the_base_is_laid_out_already_but_for_its_lines() {
    let made = assert_kept(BASE);
    assert!(made.starts_with("# A sound agreement"));
}

#[test]
fn parties_are_laid_out_by_their_own_form() {
    let folder = lab::project("layout-parties", &["two-parties"]);
    let file = folder.join("agreements/parties.yaml");
    let text = "# known\nparties:\n  - name: {vi: Hội, lo: ສະຫະພັນ}   # both\n    formerly:\n      \
                - {name: {vi: Cũ}, until: 2025-07-01, id: cu}\n    language: vi\n    id: hoi\n";
    fs::write(&file, text).expect("writable");
    assert_eq!(
        lab::alternat(&folder, &["fmt", "--check"]).status.code(),
        Some(1)
    );
    assert!(lab::alternat(&folder, &["fmt"]).status.success());
    let made = fs::read_to_string(&file).expect("written");
    assert_eq!(held(&made), held(text));
    let place = |key: &str| made.find(key).unwrap_or_else(|| panic!("{key}: {made}"));
    assert!(
        place("id: hoi") < place("language:") && place("id: cu") < place("until:"),
        "{made}"
    );
    assert!(lab::alternat(&folder, &["fmt", "--check"]).status.success());
}
