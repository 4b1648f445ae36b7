//! `alternat due` and `alternat list`: what is due and what is open, from the
//! agreements' own data alone.
//!
//! Input: projects of changed bases, and a day. Output: lines of at most 80 columns,
//! JSON, CSV, and a calendar that PyPI `icalendar` reads.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::lab;

const ENTRIES: &str = "due:
  - {id: half-way, kind: review}
  - {id: yearly, kind: report, what: 'Gửi tỉnh; \"hai bên\", xong', on: 2026-01-31, every_months: 1}
  - {id: visits, kind: host, on: 2025-11-28, every_months: 12, parties: [xaysomboun, bac-ninh]}
  - {id: later, kind: other, what: tập huấn, on: ~}
signing: {date: 2025-08-01";

/// Returns a project with one signed agreement that has entries under `due`, with
/// these changes.
fn project(name: &str, changes: &[(&str, &str)]) -> PathBuf {
    let folder = lab::empty_folder(name);
    let signed = lab::changed("status: final", "status: signed");
    let mut text = signed.replace("signing: {date: 2025-08-01", ENTRIES);
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    fs::create_dir_all(folder.join("agreements")).expect("a folder");
    fs::write(folder.join("agreements/x.yaml"), text).expect("a file");
    folder
}

fn said(folder: &Path, arguments: &[&str]) -> String {
    let output = lab::alternat(folder, arguments);
    assert!(output.status.success(), "{}", lab::stderr(&output));
    lab::stdout(&output)
}

#[test]
fn what_is_due_comes_from_the_agreement() {
    let folder = project("due-lines", &[]);
    let arguments = ["due", "--on", "2026-08-01", "--by", "2026-11-30"];
    let output = lab::alternat(&folder, &arguments);
    let id = "            bac-ninh-xaysomboun-2025-2027\n";
    let report = "report (Gửi tỉnh; \"hai bên\", xong)\n";
    let lines = [
        "2026-08-01  make sure that the contacts are still right: Hội LHPN tỉnh Bắc Ninh\n",
        "2026-08-01  make sure that the contacts are still right: Hội LHPN tỉnh Xay Sôm\n            Bun\n",
        &format!("2026-08-31  {report}"),
        &format!("2026-09-30  {report}"),
        "2026-09-30  review of the cooperation\n",
        &format!("2026-10-31  {report}"),
        "2026-11-28  turn to be host: Hội LHPN tỉnh Bắc Ninh\n",
        &format!("2026-11-30  {report}"),
    ];
    let mut lines: Vec<String> = lines.iter().map(|line| format!("{line}{id}")).collect();
    // Of one day, what the file has first stands first.
    lines.swap(3, 4);
    assert_eq!(lab::stdout(&output), lines.concat());
    assert_eq!(lab::stderr(&output), "8 things are due until 2026-11-30\n");
}

#[test]
fn an_end_is_due_until_something_follows() {
    let folder = project("due-end", &[("due:", "x:"), ("x:", "due:")]);
    let expiry = "2027-12-31  the agreement ends";
    let due = |on: &str| said(&folder, &["due", "--on", on]);
    assert!(due("2027-01-01").contains(&format!("{expiry}\n")));
    assert!(due("2028-06-01").contains(&format!("{expiry} (overdue)\n")));
    // Nobody looks after the contacts of what is over.
    assert!(!due("2028-06-01").contains("contacts"));
    assert!(!due("2026-06-01").contains(expiry));
    let next = lab::changed("id: bac-ninh-xaysomboun-2025-2027", "id: next");
    let next = next.replacen(
        "from: 2025-07-01, to: 2027-12-31",
        "from: 2028, to: 2030",
        1,
    );
    let of = "predecessor: {agreement: bac-ninh-xaysomboun-2025-2027, ";
    let next = next.replacen("predecessor: {", of, 1);
    fs::write(folder.join("agreements/next.yaml"), &next).expect("a file");
    assert!(due("2028-06-01").contains(expiry), "it is not signed");
    let signed = next.replacen("status: final", "status: signed", 1);
    fs::write(folder.join("agreements/next.yaml"), signed).expect("a file");
    assert!(!due("2028-06-01").contains(expiry));
    // A draft binds nobody.
    let draft = project("due-draft", &[("status: signed", "status: draft")]);
    assert_eq!(said(&draft, &["due", "--on", "2027-01-01"]), "");
}

#[test]
fn a_renewal_has_its_notice_each_time() {
    let changes = [("due:\n", "renewal: {years: 3, notice_months: 6}\ndue:\n")];
    let folder = project("due-renewal", &changes);
    let due = |on: &str, by: &str| {
        let said = said(&folder, &["due", "--on", on, "--by", by]);
        let lines = said.lines().map(str::to_owned);
        let wanted = |line: &String| line.contains("term ends") || line.contains("last day");
        lines.filter(wanted).collect::<Vec<_>>()
    };
    let notice = "last day to tell the others that it is not to go on";
    let goes_on = "the term ends; it goes on for 3 years unless a party has objected";
    assert_eq!(
        due("2027-01-01", "2027-12-31"),
        [
            format!("2027-06-30  {notice}"),
            format!("2027-12-31  {goes_on}")
        ]
    );
    assert_eq!(
        due("2030-01-01", "2030-06-30"),
        [format!("2030-06-30  {notice}")]
    );
    assert!(due("2030-07-01", "2030-12-30").is_empty());
}

#[test]
fn a_term_that_begins_in_march_ends_with_february() {
    let changes = [
        ("to: 2027-12-31", "to: 2027-02-28"),
        ("due:\n", "renewal: {years: 1}\ndue:\n"),
    ];
    let folder = project("due-february", &changes);
    let said = said(
        &folder,
        &["due", "--on", "2027-01-01", "--by", "2029-12-31"],
    );
    let ends = said.lines().filter(|line| line.contains("the term ends"));
    let days: Vec<&str> = ends.map(|line| &line[..10]).collect();
    assert_eq!(days, ["2027-02-28", "2028-02-29", "2029-02-28"]);
}

#[test]
fn contacts_are_looked_at_a_year_after_somebody_did() {
    let changes = [(
        "email: phunu@bacninh.gov.vn",
        "email: phunu@bacninh.gov.vn\n      verified_on: 2026-02-28",
    )];
    let folder = project("due-contacts", &changes);
    let said = said(
        &folder,
        &["due", "--on", "2026-09-01", "--by", "2027-02-28"],
    );
    let contacts = said.lines().filter(|line| line.contains("contacts"));
    let days: Vec<&str> = contacts.map(|line| &line[..10]).collect();
    assert_eq!(days, ["2026-08-01", "2027-02-28"]);
}

#[test]
fn slips_in_entries_are_told() {
    for (from, to, code) in [
        ("kind: review}", "kind: reveiw}", "unknown-choice"),
        ("id: yearly", "id: half-way", "repeated-id"),
        ("what: tập huấn, on: ~", "on: ~", "missing-key"),
        ("kind: review}", "kind: report}", "missing-key"),
        (
            "[xaysomboun, bac-ninh]",
            "[xaysomboun, bac-nin]",
            "unknown-party",
        ),
        ("every_months: 12", "every_months: 0", "invalid-number"),
        ("on: 2025-11-28", "on: 28/11/2025", "invalid-date"),
    ] {
        let folder = project("due-slips", &[(from, to)]);
        let output = lab::alternat(&folder, &["due", "--on", "2026-01-01"]);
        let told = lab::stderr(&output);
        assert!(told.contains(&format!("error[{code}]")), "{to}: {told}");
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn calendars_are_read_by_others() {
    let folder = project("due-calendar", &[]);
    let arguments = ["due", "--on", "2026-01-01", "--by", "2027-12-31", "--ics"];
    let saved = lab::alternat(&folder, &[&arguments[..], &["x.ics"]].concat());
    assert_eq!(lab::stderr(&saved), "x.ics is written, with 30 days\n");
    let file = fs::read(folder.join("x.ics")).expect("written");
    let printed = lab::alternat(&folder, &[&arguments[..], &["-"]].concat());
    assert_eq!(printed.stdout, file);
    let events = events(&file);
    assert_eq!(events.len(), 30);
    let report = &events[0];
    assert_eq!(report["on"], "2026-01-31");
    assert_eq!(report["over"], "2026-02-01");
    assert_eq!(report["summary"], "report (Gửi tỉnh; \"hai bên\", xong)");
    let names = "Hội LHPN tỉnh Bắc Ninh; Hội LHPN tỉnh Xay Sôm Bun";
    let id = "bac-ninh-xaysomboun-2025-2027";
    assert_eq!(
        report["description"],
        format!("{id}\n{names}\nagreements/x.yaml")
    );
    // What is moved keeps its name, so that no calendar has it twice.
    let moved = project("due-moved", &[("on: 2025-11-28", "on: 2025-12-05")]);
    let moved = lab::alternat(&moved, &[&arguments[..], &["-"]].concat());
    let uids = |events: &[serde_json::Value]| {
        let uids = events.iter().map(|event| event["uid"].to_string());
        uids.collect::<std::collections::BTreeSet<_>>()
    };
    let (before, after) = (uids(&events), uids(&self::events(&moved.stdout)));
    assert_eq!(before.len(), 30, "each has a name of its own");
    assert_eq!(before, after);
    // In Lao, whose letters are folded between lines.
    let lao = [&arguments[..], &["-", "--lang", "lo"]].concat();
    let lao = self::events(&lab::alternat(&folder, &lao).stdout);
    assert_eq!(lao[0]["summary"], "ລາຍງານ (Gửi tỉnh; \"hai bên\", xong)");
}

/// Returns what PyPI `icalendar` reads.
fn events(file: &[u8]) -> Vec<serde_json::Value> {
    let root = lab::repository();
    let mut reader = Command::new(root.join("target/tools/readers/bin/python"))
        .arg(root.join("tests/readers/days.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python packages are missing: `make tools` installs them");
    let mut input = reader.stdin.take().expect("a pipe");
    input.write_all(file).expect("it reads");
    drop(input);
    let output = reader.wait_with_output().expect("it ends");
    assert!(output.status.success());
    let lines = lab::stdout(&output);
    let events = lines.lines().map(serde_json::from_str);
    events.collect::<Result<_, _>>().expect("JSON")
}

#[test]
fn agreements_are_listed_in_eighty_columns() {
    let folder = project("list-lines", &[]);
    let output = lab::alternat(&folder, &["list", "--on", "2026-09-01"]);
    assert_eq!(
        lab::stdout(&output),
        "bac-ninh-xaysomboun-2025-2027                    2025-07-01 - 2027-12-31  signed
  Hội LHPN tỉnh Bắc Ninh; Hội LHPN tỉnh Xay Sôm Bun
  open: 1 language not reviewed
  due: 2026-09-30 review of the cooperation; 2 overdue
"
    );
    assert_eq!(
        lab::stderr(&output),
        "1 agreement: 0 in draft, 0 final, 1 signed\n"
    );
    let lao = said(
        &lab::repository(),
        &["list", "--lang", "lo", "--on", "2025-06-01"],
    );
    assert!(
        lao.contains("  ສະຫະພັນແມ່ຍິງແຂວງດັກລັກ; ສະຫະພັນແມ່ຍິງແຂວງອັດຕະປື; ສະຫະພັນແມ່ຍິງແຂວງເຊກອງ;\n  ສະຫະພັນ")
    );
    assert!(lao.lines().all(|line| columns(line) <= 80), "{lao}");
}

/// Returns how many columns a line of Lao, Vietnamese and Latin letters takes.
fn columns(line: &str) -> usize {
    let marks =
        |letter: &char| matches!(letter, '\u{eb1}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}');
    line.chars().filter(|letter| !marks(letter)).count()
}

#[test]
fn lists_serve_programs() {
    let folder = project("list-json", &[("status: signed", "status: singed")]);
    lab::copy_folder(
        &lab::repository().join("tests/suite/three-languages/agreements"),
        &folder.join("agreements"),
    );
    let rows = lab::json(&lab::alternat(
        &folder,
        &["list", "--format", "json", "--on", "2026-01-01"],
    ));
    let (first, second) = (&rows[0], &rows[1]);
    assert_eq!(first["status"], "signed");
    assert_eq!(
        first["parties"][0]["name"].as_object().map(|it| it.len()),
        Some(3)
    );
    assert_eq!(second["file"], "agreements/x.yaml");
    assert!(second["id"].is_null());
    assert_eq!(second["open"]["errors"], 1);
    let table = said(&folder, &["list", "--on", "2026-01-01"]);
    let told = "agreements/x.yaml\n  no agreement: 1 error; `alternat check` shows it\n";
    assert!(table.ends_with(told), "{table}");
    let csv = said(&folder, &["list", "--format", "csv", "--on", "2026-01-01"]);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(lines[0].starts_with("file,id,status,from,to,years,parties,blanks,"));
    assert_eq!(lines[2], "agreements/x.yaml,,,,,,,0,0,0,1,0,,,0");
    assert_eq!(lines.len(), 4);
}

#[test]
fn stale_and_blank_parts_are_counted() {
    let changes = [
        (
            "signing: {date: 2025-08-01",
            "review: {lo: {by: A, digests: {visits: \"0\"}}}\nsigning: {date: ~",
        ),
        ("status: signed", "status: draft"),
    ];
    let folder = project("list-stale", &changes);
    let rows = lab::json(&lab::alternat(
        &folder,
        &["list", "--format", "json", "--on", "2026-01-01"],
    ));
    assert_eq!(rows[0]["open"]["blanks"], 1);
    assert_eq!(rows[0]["open"]["unreviewed"], 0);
    assert_eq!(rows[0]["open"]["stale"], 6);
}

#[test]
fn what_is_due_of_two_under_one_name_is_told() {
    let folder = project("due-same-id", &[]);
    let first = fs::read_to_string(folder.join("agreements/x.yaml")).expect("a file");
    fs::write(folder.join("agreements/y.yaml"), first).expect("a file");
    let output = lab::alternat(&folder, &["due", "--on", "2026-08-01", "--ics", "-"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(lab::stderr(&output).contains("error[same-id]"));
}

#[test]
fn counts_are_those_of_now() {
    let folder = lab::project("list-now", &["two-parties"]);
    let file = folder.join("agreements/two-parties.yaml");
    let row = || {
        let output = lab::alternat(&folder, &["list", "--format", "json"]);
        lab::json(&output)[0].clone()
    };
    let anew = || {
        let output = folder.join("output");
        let away = folder.join("away");
        fs::rename(&output, &away).expect("documents");
        let found = row();
        fs::rename(&away, &output).expect("documents");
        found
    };
    let built = lab::alternat(&folder, &["build"]);
    assert!(built.status.success(), "{}", lab::stderr(&built));
    let first = row();
    assert_eq!(first, anew());
    // A number in one language alone, a term of the glossary, a party, a template.
    let text = fs::read_to_string(&file).expect("a file");
    let (head, rest) = text.split_at(text.find("content:").expect("clauses"));
    let changed = rest.replacen("vi: ", "vi: 17 ", 1);
    fs::write(&file, format!("{head}{changed}")).expect("writable");
    let second = row();
    assert_ne!(first["open"], second["open"]);
    assert_eq!(second, anew());
    fs::write(&file, &text).expect("writable");
    assert_eq!(row(), first);
    let glossary = folder.join("agreements/glossary.yaml");
    let known = fs::read_to_string(&glossary).unwrap_or_default();
    let added = format!("{known}zz_new: {{kind: name, vi: Hội, lo: ບໍ່ມີໃນນີ້}}\n");
    fs::write(&glossary, added).expect("writable");
    assert_eq!(row(), anew());
}
