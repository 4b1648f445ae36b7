//! `alternat renew`: the next term's agreement says what the last one's said, but for
//! what belongs to one term.

use std::fs;

use alternat::agreement::load::{self, Loaded};
use alternat::agreement::renew::Successor;
use alternat::agreement::term::Moment;
use alternat::agreement::{Field, Status};
use alternat::diagnostic::{Diagnostic, Outcome};
use alternat::source::Source;
use alternat::workshop::Renewed;
use chrono::NaiveDate;

use crate::lab::{self, BASE, Wanted, workshop};

const OLD: &str = "agreements/bac-giang-xaysomboun-2022-2025.yaml";
const NEW: &str = "agreements/bac-ninh-xaysomboun-2025-2027.yaml";

fn successor() -> Successor {
    Successor {
        id: None,
        from: Moment::Year(2028),
        to: Moment::Year(2030),
        today: NaiveDate::from_ymd_opt(2026, 6, 30),
        file: None,
    }
}

fn renewed(text: &str) -> Outcome<Renewed> {
    workshop().renew(&Source::new("agreements/x.yaml", text), None, &successor())
}

fn read(text: &str) -> Loaded {
    load::load(&Source::new("x.yaml", text)).expect("sound")
}

/// Returns a text without the marks and blanks of Markdown and YAML.
fn bare(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(start) = text.find("](party:") {
        let end = text[start..].find(')').expect("a mention ends");
        text.replace_range(start..=start + end, "");
    }
    text.retain(|letter| !letter.is_whitespace() && !['[', ']', '*'].contains(&letter));
    text
}

/// Returns the file of a successor with the old words wherever it says that it has others.
fn undone(made: &Renewed, faults: &mut Vec<String>) -> String {
    let mut text = made.file.text().to_owned();
    let mut looks: Vec<&Diagnostic> = made.looks.iter().collect();
    looks.sort_by_key(|look| std::cmp::Reverse(look.labels[0].span.range().start));
    for look in looks {
        let span = &look.labels[0].span;
        match look.code {
            "renewed-opening" => text.replace_range(span.range(), ""),
            "reworded" | "renewed-term" => {
                if bare(span.text()) != bare(&look.values["text"]) {
                    faults.push(format!("{look:?} is at {}", span.text()));
                }
                text.replace_range(span.range(), &look.values["old"]);
            }
            _ => {}
        }
    }
    text
}

/// Returns what is wrong with the successor of an agreement.
fn faults(text: &str, made: &Renewed) -> Vec<String> {
    let new = made.file.text();
    let mut faults = Vec::new();
    let old = read(text).agreement;
    let before = read(&undone(made, &mut faults)).agreement;
    let now = read(new).agreement;
    let renamed = |at: usize| old.parties[at].id != now.parties[at].id;
    let texts = before.texts().into_iter();
    let texts: Vec<_> = texts
        .filter(|(field, _)| !matches!(field, Field::FormerName(at) if renamed(*at)))
        .collect();
    let kept = old.texts().into_iter();
    let kept = kept.filter(|(field, _)| !matches!(field, Field::FormerName(at) if renamed(*at)));
    for ((field, before), (_, after)) in kept.zip(texts) {
        for language in &old.languages {
            let (before, after) = (before.get(language), after.get(language));
            let of_term = match field {
                Field::Number
                | Field::Signatory(_)
                | Field::Place
                | Field::PlaceOf(_)
                | Field::WitnessPost(_)
                | Field::Witness(_) => true,
                Field::Office(at) | Field::Person(at) | Field::Address(at) => {
                    old.parties[at].contact.verified_on.is_none()
                }
                _ => false,
            };
            let right = match field {
                Field::Name(at) | Field::Short(at) if renamed(at) => before != after,
                _ if of_term => after.is_none(),
                _ => before.map(bare) == after.map(bare),
            };
            if !right {
                faults.push(format!("{field:?}: {before:?} {after:?}"));
            }
        }
    }
    let comments = |text: &str| {
        let lines = text.lines().filter_map(|line| line.split_once(" #"));
        let lines = lines.filter(|(before, _)| before.matches('"').count() % 2 == 0);
        let comments: Vec<String> = lines.map(|(_, said)| said.to_owned()).collect();
        comments
    };
    let kept = comments(new);
    let lost = comments(text)
        .into_iter()
        .filter(|said| !kept.contains(said));
    faults.extend(lost.map(|said| format!("lost: {said}")));
    let head = |text: &str| {
        text.lines()
            .take_while(|line| line.starts_with('#'))
            .count()
    };
    if head(text) != head(new) {
        faults.push("the head of the file".to_owned());
    }
    if now.status != Status::Draft || now.signing.day().is_some() || !now.review.is_empty() {
        faults.push("not a draft".to_owned());
    }
    let earlier = now.predecessor.as_ref();
    let earlier = earlier.map(|earlier| (earlier.agreement.clone(), earlier.term, earlier.signed));
    if earlier != Some((Some(old.id.clone()), old.term, old.signing.day())) {
        faults.push(format!("{earlier:?}"));
    }
    faults
}

fn agreements() -> Vec<(String, String)> {
    let root = lab::repository();
    let files = lab::files_below(&root.join("agreements")).into_iter();
    let own = files.map(|file| root.join("agreements").join(file));
    let suite = lab::files_below(&root.join("tests/suite")).into_iter();
    let suite = suite.map(|file| root.join("tests/suite").join(file));
    let all = own.chain(suite).filter(|path| {
        let in_agreements = path
            .parent()
            .is_some_and(|folder| folder.ends_with("agreements"));
        in_agreements
            && path.extension().is_some_and(|end| end == "yaml")
            && !path.ends_with("glossary.yaml")
            && !path.ends_with("parties.yaml")
    });
    all.map(|path| {
        let text = fs::read_to_string(&path).expect("readable");
        (path.display().to_string(), text)
    })
    .collect()
}

#[test]
fn every_agreement_is_renewed_to_a_draft_that_builds() {
    let all = agreements();
    assert!(all.len() > 15, "{}", all.len());
    for (name, text) in all {
        let mut successor = successor();
        successor.id = Some("of-the-next-term".to_owned());
        let source = Source::new("agreements/x.yaml", text.as_str());
        let made = workshop().renew(&source, None, &successor);
        if text.contains("\namends:") {
            let faults = made
                .map(|made| made.id)
                .expect_err("an amendment is not renewed");
            assert_eq!(faults[0].code, "renew-failed", "{name}");
            continue;
        }
        let made = made.unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
        let found = faults(&text, &made);
        assert!(found.is_empty(), "{name}: {found:#?}");
        let built = workshop().make(&made.file, None, Wanted::TEXTS);
        let errors = built.findings.iter().filter(|found| found.is_error());
        assert_eq!(errors.count(), 0, "{name}: {:?}", built.findings);
    }
}

#[test]
fn the_first_user_renews_the_agreement_of_2022() {
    let folder = lab::project("renew", &[lab::OWN]);
    // The one that was made by hand has this name.
    fs::remove_file(folder.join(NEW)).expect("it is there");
    let args = ["renew", OLD, "--term", "2025-2027"];
    let printed = lab::alternat(&folder, &[&args[..], &["--dry-run"]].concat());
    assert!(printed.status.success() && !folder.join(NEW).exists());
    let made = lab::alternat(&folder, &args);
    assert!(made.status.success(), "{}", lab::stderr(&made));
    // The years that changed are told apart from the words that did not.
    let said = lab::stderr(&made);
    assert_eq!(said.matches("note[renewed-term]: `2025 - 2027`").count(), 2);
    assert!(said.contains("note[renewed]: `09/8/2021`") && !said.contains("[renewed]: `2025 - "));
    for (place, old) in [
        ("Hội LHPN tỉnh Bắc Ninh", "Hội LHPN tỉnh Bắc Giang"),
        ("ສະຫະພັນແມ່ຍິງແຂວງບັກນິງ", "ສະຫະພັນແມ່ຍິງແຂວງບັກຢາງ"),
        ("xã hội chủ nghĩa", "XHCN"),
        ("một trong hai bên", "một trong hai tỉnh"),
        ("ອີກຝ່າຍໜຶ່ງ", "ອີກແຂວງໜຶ່ງ"),
        ("Việt Nam - Lào", "Việt Nam-Lào"),
        ("Thỏa thuận hợp tác", "biên bản hợp tác"),
    ] {
        let told = format!("note[reworded]: `{place}` is written here in place of `{old}`");
        assert!(said.contains(&told), "{told}");
    }
    let new = fs::read_to_string(folder.join(NEW)).expect("the new agreement");
    assert_eq!(lab::stdout(&printed), new);
    let words = new.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "term: {from: 2025, to: 2027}",
        "giai đoạn 2025 - 2027 với",
        "ໄລຍະ 2025 - 2027 ",
        "(nay là Hội LHPN tỉnh Bắc Ninh)](party:bac-ninh)",
        "(ປະຈຸບັນແມ່ນສະຫະພັນແມ່ຍິງແຂວງບັກນິງ)](party:bac-ninh)",
        "hữu nghị vĩ đại, đoàn kết đặc biệt, hợp tác toàn diện, gắn kết chiến lược",
        "ການຮ່ວມມືຮອບດ້ານ ແລະ ຄວາມຜູກພັນຍຸດທະສາດ ລະຫວ່າງ ສອງປະເທດ",
        "until: 2025-07-01",
        // What was agreed in 2021 was agreed by the leaders of Bắc Giang.
        "[tỉnh Bắc Giang, nước Cộng hòa xã hội chủ nghĩa Việt Nam](party:bac-ninh)",
    ] {
        assert_eq!(words.matches(said.trim()).count(), 1, "{said}");
    }
    assert!(!new.contains("(party:bac-giang)") && new.contains("ngày 09/8/2021"));
    // It is never written again, and what it says is checked as every draft is.
    let again = lab::alternat(&folder, &args);
    assert!(lab::stderr(&again).contains("error[name-taken]"));
    assert!(lab::alternat(&folder, &["check", NEW]).status.success());
    assert!(lab::alternat(&folder, &["build", NEW]).status.success());
    let elsewhere = [&args[..], &["-o", "next.yaml"]].concat();
    assert!(lab::alternat(&folder, &elsewhere).status.success());
    let written = fs::read_to_string(folder.join("next.yaml")).expect("the new agreement");
    assert_eq!(written, new);
    let again = lab::alternat(&folder, &elsewhere);
    assert!(lab::stderr(&again).contains("error[name-taken]"));
}

#[test]
fn parties_are_renamed_by_the_day_of_the_register() {
    let text = fs::read_to_string(lab::repository().join(OLD)).expect("an agreement");
    let names = |to: Moment, text: &str| {
        let successor = Successor {
            id: Some("next".to_owned()),
            from: match to {
                Moment::Year(_) => successor().from,
                Moment::Day(_) => Moment::Day(NaiveDate::from_ymd_opt(2025, 5, 1).expect("a day")),
            },
            to,
            ..successor()
        };
        let source = Source::new("agreements/x.yaml", text);
        let made = workshop()
            .renew(&source, None, &successor)
            .expect("renewed");
        let now = read(made.file.text()).agreement;
        let opened = made.looks.iter().any(|look| look.code == "renewed-opening");
        (
            now.parties[0].id.clone(),
            now.parties[0].formerly.len(),
            opened,
        )
    };
    let day = |day| Moment::Day(NaiveDate::from_ymd_opt(2025, day, 1).expect("a day"));
    assert_eq!(names(day(6), &text).0, "bac-giang");
    assert_eq!(names(day(7), &text), ("bac-ninh".to_owned(), 1, true));
    assert_eq!(names(Moment::Year(2030), &text).0, "bac-ninh");
    // What was never signed is not taken over.
    let signed = "  date: 2022-11-28\n  place: {vi: tỉnh Xay Sôm Bun, lo: ແຂວງໄຊສົມບູນ}";
    let open = text
        .replace(signed, "  date:\n  place:")
        .replace("status: signed", "status: draft");
    assert!(open != text);
    assert_eq!(names(day(7), &open), ("bac-ninh".to_owned(), 1, false));
    let planned = text.replace("status: signed", "status: draft");
    assert_eq!(names(day(7), &planned), ("bac-ninh".to_owned(), 1, false));
    // Of several names the latest comes first.
    for formerly in [
        "    formerly:\n      # one\n      - name: {vi: Hội A, lo: ສະຫະພັນ ກ}\n",
        "    formerly: [{name: {vi: Hội A, lo: ສະຫະພັນ ກ}}]\n",
    ] {
        let before = text.replacen("    short:\n", &format!("{formerly}    short:\n"), 1);
        assert_eq!(names(day(7), &before), ("bac-ninh".to_owned(), 2, true));
    }
    let blank = text.replacen("    short:\n", "    formerly:   # none\n    short:\n", 1);
    assert_eq!(names(day(7), &blank), ("bac-ninh".to_owned(), 1, true));
    // Two that are one now are left as they are.
    let both = text
        .replace("id: xaysomboun", "id: bac-ninh")
        .replace("party:xaysomboun", "party:bac-ninh");
    assert_eq!(names(day(7), &both), ("bac-giang".to_owned(), 0, false));
}

#[test]
fn values_in_every_shape_are_renewed() {
    let name = "name: {vi: Trần Thị Thủy, lo: ເຈີ່ນ ທິ ທຸຍ}";
    for (from, to) in [
        (name, "name: {vi: \"Trần # Thủy\", lo: 'ເຈີ່ນ: ນ້ຳ'}"),
        (
            name,
            "name:\n        vi: >-\n          Trần\n          Thủy  \n        lo: |-\n          ຕັ້ງ",
        ),
        (
            name,
            "name:\n        # một\n        vi: Trần    # hai\n        # ba\n        lo: ~",
        ),
        ("phone: 0222 3821 234", "phone: \"0222 3821 234\" # năm"),
        (
            "signing: {date: 2025-08-01, place: {vi: tỉnh Bắc Ninh, lo: ແຂວງບັກນິງ}}",
            "signing:\n  date: 2025-08-01 # sáu\n  place:\n    vi: tỉnh Bắc Ninh\n    lo: ແຂວງບັກນິງ",
        ),
        (
            "signing: {date: 2025-08-01, place: {vi: tỉnh Bắc Ninh, lo: ແຂວງບັກນິງ}}",
            "signing: ~",
        ),
        (
            "status: final",
            "status: final\nnumber: {vi: 12/TT-HPN, lo: 12/ສມຍ}",
        ),
        ("status: final", "status: \"final\""),
        (
            "term: {from: 2025-07-01, to: 2027-12-31}",
            "term:\n  from: 2025 # bảy\n  to: 2027",
        ),
        (
            "term: {from: 2025-07-01, to: 2027-12-31}",
            "term: {years: 3}",
        ),
        (
            "term: {from: 2025-07-01, to: 2027-12-31}",
            "term: {from: 2025, to: open}",
        ),
        ("predecessor: {term: {from: 2022, to: 2025-06-30}}\n", ""),
        (
            "predecessor: {term: {from: 2022, to: 2025-06-30}}",
            "predecessor: {term: {years: 3}, signed: 2022-11-28}",
        ),
        ("\n", "\r\n"),
    ] {
        let text = BASE.replace(from, to);
        assert!(text != BASE, "{from}");
        let mut successor = successor();
        successor.id = Some("of-the-next-term".to_owned());
        let source = Source::new("agreements/x.yaml", text.as_str());
        let made = workshop().renew(&source, None, &successor);
        let made = made.unwrap_or_else(|faults| panic!("{to}: {faults:?}"));
        let found = faults(&text, &made);
        assert!(found.is_empty(), "{to}: {found:#?}\n{}", made.file.text());
    }
}

#[test]
fn the_succession_is_said_in_preambles_of_every_shape() {
    let text = BASE
        .replace("bac-ninh", "bac-giang")
        .replace("Bắc Ninh", "Bắc Giang")
        .replace("ບັກນິງ", "ບັກຢາງ")
        // An earlier name of its own, in capitals, and slips that were signed.
        .replace("post: {vi: Chủ tịch Hội", "post: {vi: CHỦ TỊCH Hội")
        .replace("status: final", "status: signed");
    let preamble = text.split("preamble:\n").nth(1).expect("a preamble");
    let preamble = preamble.split("content:\n").next().expect("its end");
    let lines: Vec<&str> = preamble.lines().map(str::trim).collect();
    let (vi, lo) = (lines[1..4].join(" "), lines[5..8].join(" "));
    for (shape, end) in [
        (preamble.to_owned(), "\n"),
        (preamble.to_owned(), "\r\n"),
        (preamble.replace(">-", "|-"), "\n"),
        (preamble.replace(">-", ">"), "\n"),
        (preamble.replace(">-", "|2-"), "\n"),
        (format!("  vi: \"{vi}\" # một\n  lo: '{lo}'\n"), "\n"),
        (format!("  {{vi: \"{vi}\", lo: \"{lo}\"}}\n"), "\n"),
    ] {
        let text = text.replace(preamble, &shape).replace('\n', end);
        let mut successor = successor();
        successor.id = Some("of-the-next-term".to_owned());
        let source = Source::new("agreements/x.yaml", text.as_str());
        let made = workshop().renew(&source, None, &successor);
        let made = made.unwrap_or_else(|faults| panic!("{shape}: {faults:?}"));
        let found = faults(&text, &made);
        assert!(
            found.is_empty(),
            "{shape}: {found:#?}\n{}",
            made.file.text()
        );
        let opened = made
            .looks
            .iter()
            .filter(|look| look.code == "renewed-opening");
        assert_eq!(opened.count(), 2, "{shape}");
        let built = workshop().make(&made.file, None, Wanted::TEXTS);
        let errors = built.findings.iter().filter(|found| found.is_error());
        assert_eq!(errors.count(), 0, "{shape}: {:?}", built.findings);
    }
}

#[test]
fn what_cannot_be_renewed_is_refused() {
    let code = |text: &str| {
        let faults = renewed(text).map(|made| made.file.text().to_owned());
        let faults: Vec<Diagnostic> = faults.expect_err("refused");
        faults[0].code
    };
    let named = BASE.replace("id: bac-ninh-xaysomboun-2025-2027", "id: viet-lao");
    assert_eq!(code(&named), "renew-id");
    // One value that stands for two would be opened twice.
    let shared = BASE
        .replace("vi: Trần Thị Thủy,", "vi: &a Trần Thị Thủy,")
        .replace("short: {vi: Hội LHPN tỉnh Bắc Ninh,", "short: {vi: *a,");
    let shared = match shared.find("*a") < shared.find("&a") {
        true => shared
            .replace("*a", "&b Hội")
            .replace("&a Trần Thị Thủy", "*b"),
        false => shared,
    };
    assert_eq!(code(&shared), "renew-failed");
    let folder = lab::project("renew-refused", &[lab::OWN]);
    for id in ["x y", "'x'", "x # y", "glossary", "../x", ""] {
        let args = ["renew", OLD, "--term", "2025-2027", "--id", id];
        let made = lab::alternat(&folder, &args);
        assert_eq!(made.status.code(), Some(1), "{id}: {}", lab::stderr(&made));
    }
    for term in [
        "2027-2025",
        "25-27",
        "2025-2027-2029",
        "2025/2027",
        "2025-1-1/2026-1-1",
        "",
    ] {
        let made = lab::alternat(&folder, &["renew", OLD, "--term", term]);
        assert_eq!(made.status.code(), Some(2), "{term}");
    }
    let files = lab::files_below(&folder.join("agreements"));
    assert_eq!(
        files,
        lab::files_below(&lab::repository().join("agreements"))
    );
}

#[test]
fn words_that_nobody_signed_are_not_taken_over() {
    let folder = lab::project("renew-locked", &[lab::OWN]);
    let args = ["renew", OLD, "--term", "2025-2027", "--dry-run"];
    assert!(lab::alternat(&folder, &args).status.success());
    lab::edit(
        &folder,
        OLD,
        "xây dựng gia đình 5 không",
        "xây dựng gia đình 6 không",
    );
    let sheet = ["review", "lo", OLD, "--sheet"];
    for args in [&args[..], &sheet[..]] {
        let made = lab::alternat(&folder, args);
        assert_eq!(made.status.code(), Some(1), "{args:?}");
        assert!(lab::stderr(&made).contains("error[signed-text-changed]"));
        assert!(lab::stdout(&made).is_empty());
    }
}

#[test]
fn what_is_due_goes_over_with_the_new_names_and_is_looked_at() {
    let text = fs::read_to_string(lab::repository().join(OLD)).expect("an agreement");
    let due = "due:\n  - {id: visits, kind: host, on: 2023-11-28, parties: [xaysomboun, bac-giang]}\n\npreamble:";
    let made = renewed(&text.replacen("preamble:", due, 1)).expect("renewed");
    assert_eq!(read(made.file.text()).agreement.due[0].parties, [1, 0]);
    let looks = made.looks.iter().filter(|look| look.code == "renewed");
    let days = looks.filter(|look| look.values["text"] == "2023-11-28");
    assert_eq!(days.count(), 1);
}

#[test]
fn only_the_party_itself_is_renamed() {
    let text = fs::read_to_string(lab::repository().join(OLD)).expect("an agreement");
    // The name of one party is the beginning of another's.
    let longer = text
        .replace("tỉnh Xay Sôm Bun", "tỉnh Bắc Giang Thượng")
        .replace("ແຂວງໄຊສົມບູນ", "ແຂວງບັກຢາງໃໝ່");
    let made = renewed(&longer).expect("renewed");
    let new = made.file.text();
    assert!(new.contains("[Hội LHPN tỉnh Bắc Ninh](party:bac-ninh)"));
    for (name, other) in [
        ("Bắc Giang Thượng", "Bắc Ninh Thượng"),
        ("ບັກຢາງໃໝ່", "ບັກນິງໃໝ່"),
    ] {
        assert!(new.contains(name) && !new.contains(other), "{other}");
    }
}

/// Renews the agreement of 2022, that no lock binds and whose second party bears the
/// first one's name and more, with this register added to the project's.
fn renewed_beside(name: &str, register: &str) -> String {
    let folder = lab::project(name, &[lab::OWN]);
    fs::remove_file(folder.join(OLD.replace(".yaml", ".lock"))).expect("a lock");
    lab::edit(&folder, OLD, "tỉnh Xay Sôm Bun", "tỉnh Bắc Giang Thượng");
    lab::edit(&folder, OLD, "ແຂວງໄຊສົມບູນ", "ແຂວງບັກຢາງໃໝ່");
    let parties = folder.join("agreements/parties.yaml");
    let known = fs::read_to_string(&parties).expect("a register");
    fs::write(&parties, known + register).expect("writable");
    let made = lab::alternat(&folder, &["renew", OLD, "--term", "2025-2027", "--dry-run"]);
    assert!(made.status.success(), "{}", lab::stderr(&made));
    lab::stdout(&made) + &lab::stderr(&made)
}

#[test]
fn of_two_renamed_parties_each_has_its_own_name() {
    let new = renewed_beside(
        "renew-two",
        "
  - id: upper
    language: lo
    name: {vi: Hội tỉnh Thượng, lo: ສະຫະພັນແຂວງເທິງ}
    formerly:
      - id: xaysomboun
        name: {vi: Hội Liên hiệp Phụ nữ tỉnh Bắc Giang Thượng, lo: ສະຫະພັນແມ່ຍິງແຂວງບັກຢາງໃໝ່}
        short: {vi: Hội LHPN tỉnh Bắc Giang Thượng, lo: ສະຫະພັນແມ່ຍິງແຂວງບັກຢາງໃໝ່}
",
    );
    assert!(new.contains("[Hội tỉnh Thượng](party:upper)"), "{new}");
    for (name, other) in [("Bắc Ninh", "Bắc Ninh Thượng"), ("ບັກນິງ", "ບັກນິງໃໝ່")]
    {
        assert!(new.contains(name) && !new.contains(other), "{other}");
    }
}

#[test]
fn a_party_that_is_several_now_keeps_its_name() {
    let new = renewed_beside(
        "renew-several",
        "
  - id: other-half
    language: vi
    name: {vi: Hội nửa kia, lo: ສະຫະພັນ}
    formerly: [{id: bac-giang, name: {vi: Hội Liên hiệp Phụ nữ tỉnh Bắc Giang}}]
",
    );
    assert!(new.contains("- id: bac-giang") && !new.contains("Bắc Ninh"));
    // That is said, and nothing of a party whose name is known.
    let told = "`Hội Liên hiệp Phụ nữ tỉnh Bắc Giang` stands here as in the last term";
    assert_eq!(new.matches(told).count(), 1, "{new}");
}
