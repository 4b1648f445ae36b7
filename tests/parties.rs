//! `agreements/parties.yaml`: what a draft takes from it, where its faults are shown, and
//! that nothing that is to be signed changes with it.

use std::fs;
use std::path::Path;
use std::process::Command;

use alternat::agreement::{Register, load};
use alternat::source::Source;

use crate::lab::{self, BASE};

const FILE: &str = "agreements/x.yaml";
const PARTIES: &str = "agreements/parties.yaml";

const KNOWN: &str = "\
parties:
  - id: bac-ninh
    language: vi
    name: {vi: Hội Liên hiệp Phụ nữ tỉnh Bắc Ninh, lo: ສະຫະພັນແມ່ຍິງແຂວງບັກນິງ, en: \"WU: Bac Ninh #1\"}
    short: {vi: Hội LHPN tỉnh Bắc Ninh, lo: ສະຫະພັນແມ່ຍິງແຂວງບັກນິງ}
    since: 2025-07-01
    formerly:
      - {id: bac-giang, name: {vi: Hội Liên hiệp Phụ nữ tỉnh Bắc Giang, lo: ສະຫະພັນແມ່ຍິງແຂວງບັກຢາງ}, until: 2025-07-01}
    state: {vi: nước Cộng hòa xã hội chủ nghĩa Việt Nam, lo: ສາທາລະນະລັດ ສັງຄົມນິຍົມ ຫວຽດນາມ}
    contact:
      office: {vi: Văn phòng, lo: ຫ້ອງການ}
      address: {vi: 'Số 1: \"A\" # b', lo: ນ້ຳ ຕັ້ງ 1}
      phone: 0222 3821 234
      email: phunu@bacninh.gov.vn
      verified_on: 2026-06-01
";

/// The first party of the base, as it is written there.
fn first() -> &'static str {
    let start = BASE.find("  - id: bac-ninh").expect("a party");
    let end = BASE.find("  - id: xaysomboun").expect("another");
    &BASE[start..end]
}

fn with(party: &str) -> String {
    let text = BASE.replace(first(), party);
    text.replace("status: final", "status: draft")
}

fn project(name: &str, agreement: &str, parties: &str) -> std::path::PathBuf {
    let folder = lab::empty_folder(name);
    fs::create_dir(folder.join("agreements")).expect("a folder");
    fs::write(folder.join(FILE), agreement).expect("writable");
    fs::write(folder.join(PARTIES), parties).expect("writable");
    folder
}

fn text(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect("a file")
}

#[test]
fn a_draft_takes_a_party_and_overrides_it() {
    let party = "  - party: bac-ninh   # of the register\n    signatory: {post: , name: }\n    \
                 contact:\n      # called on Monday\n      phone: 0222 3821 999\n";
    let register = Register::read(&Source::new(PARTIES, KNOWN)).expect("sound");
    let source = Source::new(FILE, with(party));
    let read = load::load_with(&source, &register)
        .expect("sound")
        .agreement;
    let vi = &read.languages[0];
    let party = &read.parties[0];
    assert_eq!(
        party.name.get(vi),
        Some("Hội Liên hiệp Phụ nữ tỉnh Bắc Ninh")
    );
    assert_eq!(party.contact.address.get(vi), Some("Số 1: \"A\" # b"));
    assert_eq!(party.contact.phone.as_deref(), Some("0222 3821 999"));
    assert_eq!(party.formerly.len(), 1);
    // Nobody confirmed the number that stands here.
    assert_eq!(party.contact.verified_on, None);
    let settled = register.settled(&source).expect("settled");
    let again = load::load(&settled).expect("sound").agreement;
    assert_eq!(
        format!("{:?}", again.parties),
        format!("{:?}", read.parties)
    );
    for kept in ["id: bac-ninh   # of the register", "# called on Monday"] {
        assert!(settled.text().contains(kept), "{}", settled.text());
    }
    assert!(!settled.text().contains("party: bac"), "{}", settled.text());
}

#[test]
fn parties_in_every_shape_are_settled() {
    let register = Register::read(&Source::new(PARTIES, KNOWN)).expect("sound");
    for party in [
        "  - party: bac-ninh\n",
        "  - {party: bac-ninh}\n",
        "  - {party: bac-ninh, contact: {phone: 0222 3821 999}} # two\n",
        "  -   party: \"bac-ninh\"\n      contact: {email: a@b.vn}\n",
        "  - contact:\n      person: {vi: Bà Hà, lo: ທ່ານນາງ ຮ່າ}\n    party: bac-ninh\n",
        "  - id: other\n    party: bac-ninh\n    language: vi\n",
        "  - party: bac-ninh\n    name: {vi: Hội A, lo: ສະຫະພັນ ກ}\n    state: none\n    formerly: \n",
        "  # one\n  - # two\n    party: bac-ninh # three\n    # four\n",
        "  - party: bac-ninh\n    id: x\n    language: vi\n    name: {vi: Hội A, lo: ສະຫະພັນ ກ}\n",
    ] {
        for end in ["\n", "\r\n"] {
            let source = Source::new(FILE, with(party).replace('\n', end));
            let read = load::load_with(&source, &register);
            let read = read.unwrap_or_else(|faults| panic!("{party}: {faults:?}"));
            let settled = register.settled(&source);
            let settled = settled.unwrap_or_else(|faults| panic!("{party}: {faults:?}"));
            let again = load::load(&settled);
            let again = again.unwrap_or_else(|faults| panic!("{}: {faults:?}", settled.text()));
            assert_eq!(
                format!("{:?}", again.agreement),
                format!("{:?}", read.agreement),
                "{party}"
            );
        }
    }
}

#[test]
fn a_name_that_stays_is_no_new_name() {
    let own = "      - {id: bac-ninh, name: {vi: Hội Liên hiệp Phụ nữ tỉnh Bắc Ninh, lo: ສະຫະພັນແມ່ຍິງແຂວງບັກນິງ}}\n";
    let known = KNOWN.replace("    formerly:\n", &format!("    formerly:\n{own}"));
    let register = Register::read(&Source::new(PARTIES, known)).expect("sound");
    let read = |text: &str| {
        load::load(&Source::new(FILE, text))
            .expect("sound")
            .agreement
    };
    assert!(register.renamed(&read(BASE), None).is_empty());
    let before = BASE
        .replace("tỉnh Bắc Ninh", "tỉnh Bắc Giang")
        .replace("id: bac-ninh\n", "id: bac-giang\n");
    let before = before.replace("party:bac-ninh", "party:bac-giang");
    let renamed = register.renamed(&read(&before), None);
    assert_eq!(renamed.len(), 1);
    assert_eq!(renamed[0].id, "bac-ninh");
}

#[test]
fn what_is_to_be_signed_says_itself_who_its_parties_are() {
    let party = "  - party: bac-ninh\n    signatory:\n      \
                 post: {vi: Chủ tịch Hội LHPN tỉnh Bắc Ninh, lo: ປະທານສະຫະພັນແມ່ຍິງແຂວງບັກນິງ}\n      \
                 name: {vi: Trần Thị Thủy, lo: ເຈີ່ນ ທິ ທຸຍ}\n";
    let folder = project("parties-settle", &with(party), KNOWN);
    let build = |folder: &Path| lab::alternat(folder, &["build", "--no-attach"]);
    assert!(build(&folder).status.success());
    lab::edit(&folder, FILE, "status: draft", "status: final");
    let refused = build(&folder);
    let said = lab::stderr(&refused);
    assert!(
        !refused.status.success() && said.contains("error[party-not-settled]"),
        "{said}"
    );
    assert!(
        said.contains("agreements/x.yaml:10:") && said.contains("alternat settle"),
        "{said}"
    );
    let settled = lab::alternat(&folder, &["settle", FILE]);
    assert!(settled.status.success(), "{}", lab::stderr(&settled));
    let name = "Hội Liên hiệp Phụ nữ tỉnh Bắc Ninh";
    assert!(text(&folder, FILE).contains(name));
    // Settled twice is settled once.
    let before = text(&folder, FILE);
    assert!(lab::alternat(&folder, &["settle", FILE]).status.success());
    assert_eq!(text(&folder, FILE), before);
    // From now on the register has no say in it.
    let texts = |folder: &Path| {
        let made = lab::alternat(folder, &["build", "--emit", "md"]);
        assert!(made.status.success(), "{}", lab::stderr(&made));
        lab::stdout(&made)
    };
    let emitted = texts(&folder);
    assert!(
        emitted.contains("HỘI LIÊN HIỆP PHỤ NỮ TỈNH BẮC NINH"),
        "{emitted}"
    );
    lab::edit(&folder, PARTIES, name, "Hội Phụ nữ tỉnh Kinh Bắc");
    assert_eq!(texts(&folder), emitted);
}

#[test]
fn faults_are_shown_where_they_were_written() {
    let check = |name: &str, agreement: &str, parties: &str| {
        let folder = project(name, agreement, parties);
        lab::stderr(&lab::alternat(&folder, &["check"]))
    };
    let party = "  - party: bac-ninh\n";
    // The register's own.
    for (from, to, code) in [
        ("language: vi", "langauge: vi", "unknown-key"),
        ("since: 2025-07-01", "since: 2025-13-01", "invalid-date"),
        ("id: bac-ninh", "id: Bắc Ninh", "invalid-id"),
        (", lo: ສະຫະພັນແມ່ຍິງແຂວງບັກນິງ, en", ", en", "one-language-only"),
        ("0222 3821 234", "0222 3821", "invalid-phone"),
        ("Văn phòng", "Văn phòng ก", "thai-letter"),
        ("phunu@", "phunu", "invalid-email"),
    ] {
        let said = check("parties-faults", &with(party), &KNOWN.replace(from, to));
        let at = said
            .split("\n\n")
            .find(|finding| finding.contains(&format!("[{code}]")));
        let at = at.unwrap_or_else(|| panic!("{code}: {said}"));
        assert!(at.contains("┌─ agreements/parties.yaml:"), "{at}");
    }
    // The agreement's.
    for (party, hint) in [
        ("  - party: bac-nin\n", "`bac-ninh`"),
        ("  - party: bac-giang\n", "`party: bac-ninh`"),
        ("  - party: [bac-ninh]\n", "missing-key"),
    ] {
        let said = check("parties-unlisted", &with(party), KNOWN);
        assert!(
            said.contains("┌─ agreements/x.yaml:") && said.contains(hint),
            "{said}"
        );
    }
    let said = check("parties-none", &with(party), "parties: []\n");
    assert!(
        said.contains("error[unlisted-party]") && said.contains("write `id`"),
        "{said}"
    );
}

#[test]
fn a_draft_carries_its_parties_with_it() {
    let folder = project("parties-attached", &with("  - party: bac-ninh\n"), KNOWN);
    let made = lab::alternat(&folder, &["build"]);
    assert!(made.status.success(), "{}", lab::stderr(&made));
    let input = lab::stdout(&lab::alternat(&folder, &["build", "--emit", "json"]));
    assert!(input.contains("Hội Liên hiệp Phụ nữ tỉnh Bắc Ninh"));
    let pdf = fs::read_dir(folder.join("output/bac-ninh-xaysomboun-2025-2027/draft"));
    let pdf = pdf
        .expect("drafts")
        .flatten()
        .next()
        .expect("a draft")
        .path();
    let file = folder.join("attached.yaml");
    let mut detach = Command::new("pdfdetach");
    detach.args(["-save", "1", "-o"]).arg(&file).arg(&pdf);
    assert!(detach.status().expect("poppler-utils").success());
    let attached = fs::read_to_string(file).expect("attached");
    assert!(
        attached.contains("id: bac-ninh\n    language: vi"),
        "{attached}"
    );
    assert!(!attached.contains("party: bac-ninh\n"), "{attached}");
}

#[test]
fn the_parties_of_the_repository_are_those_of_its_agreements() {
    let folder = lab::repository().join("agreements");
    let file = fs::read_to_string(folder.join("parties.yaml")).expect("parties");
    let register = Register::read(&Source::new(PARTIES, file)).expect("sound");
    let mut seen = 0;
    for name in lab::files_below(&folder) {
        if !name.ends_with(".yaml") || ["glossary.yaml", "parties.yaml"].contains(&name.as_str()) {
            continue;
        }
        let text = fs::read_to_string(folder.join(&name)).expect("readable");
        let agreement = load::load(&Source::new(name, text))
            .expect("sound")
            .agreement;
        for party in agreement.parties {
            seen += 1;
            let names = register
                .get(&party.id)
                .map(|known| &known.names)
                .or_else(|| {
                    let mut former = register.parties.iter().flat_map(|known| &known.formerly);
                    let own = former.find(|former| former.id.as_deref() == Some(&party.id));
                    own.map(|former| &former.names)
                });
            let names = names.unwrap_or_else(|| panic!("{} is not listed", party.id));
            for language in &agreement.languages {
                let name = names.name.get(language).map(String::as_str);
                assert_eq!(party.name.get(language), name, "{}", party.id);
            }
        }
    }
    assert!(seen > 10);
}

#[test]
fn a_contact_that_the_project_has_confirmed_is_kept() {
    let contact = "    contact:\n      phone: 0222 3821 234\n      email: phunu@bacninh.gov.vn\n";
    let start = first().find("    contact:").expect("a contact");
    let party = first()[..start].to_owned() + contact;
    let signed = BASE.replace(first(), &party);
    let renewed = |agreement: &str, parties: &str| {
        let folder = project("parties-confirmed", agreement, parties);
        let renew = [
            "renew",
            FILE,
            "--term",
            "2031-2033",
            "--id",
            "y",
            "--dry-run",
        ];
        let output = lab::alternat(&folder, &renew);
        assert!(output.status.success(), "{}", lab::stderr(&output));
        let made = Source::new("y.yaml", lab::stdout(&output));
        load::load(&made).expect("an agreement").agreement.parties[0]
            .contact
            .clone()
    };
    let kept = renewed(&signed, KNOWN);
    assert_eq!(kept.phone.as_deref(), Some("0222 3821 234"));
    assert_eq!(
        kept.verified_on.map(|day| day.to_string()).as_deref(),
        Some("2026-06-01")
    );
    // Another number there, or no day: nobody has confirmed this one.
    for other in [
        KNOWN.replace("3821 234", "3821 235"),
        KNOWN.replace("verified_on: 2026-06-01", "fax:"),
    ] {
        let open = renewed(&signed, &other);
        assert_eq!(
            (open.phone, open.email, open.verified_on),
            (None, None, None)
        );
    }
}
