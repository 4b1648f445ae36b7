//! Amendments beside the agreements that they amend.

use std::path::PathBuf;

use crate::lab;

const AMENDMENT: &str = "agreements/market-days-amended.yaml";
const AMENDED: &str = "agreements/market-days.yaml";

/// Returns a project with an agreement that is signed, and an amendment to it.
fn project(name: &str) -> PathBuf {
    let folder = lab::empty_folder(name);
    let suite = lab::repository().join("tests/suite/market-days-amended");
    lab::copy_folder(&suite.join("agreements"), &folder.join("agreements"));
    folder
}

#[test]
fn an_amendment_fits_what_it_amends() {
    let day = "date: 2027-03-15";
    for (file, old, new, code) in [
        (
            AMENDMENT,
            "agreement: market-days",
            "agreement: market",
            "amended-missing",
        ),
        (
            AMENDMENT,
            "agreement: market-days",
            "agreement: market-days-amended",
            "amended-missing",
        ),
        (
            AMENDED,
            "status: signed",
            "status: final",
            "amended-not-signed",
        ),
        (
            AMENDMENT,
            "signed: 2026-03-09",
            "signed: 2026-03-05",
            "amended-day",
        ),
        (AMENDMENT, day, "date: 2026-03-08", "amended-later"),
    ] {
        let folder = project("amendment-fits");
        lab::edit(&folder, file, old, new);
        for verb in ["check", "build"] {
            let said = lab::alternat(&folder, &[verb, AMENDMENT]);
            assert_eq!(said.status.code(), Some(1), "{verb} {new}");
            let said = lab::stderr(&said);
            assert!(
                said.contains(&format!("error[{code}]")),
                "{verb} {new}: {said}"
            );
        }
        assert!(!folder.join("output/market-days-amended").exists(), "{new}");
    }
}

#[test]
fn an_amendment_is_by_the_same_parties() {
    let folder = project("amendment-parties");
    lab::edit(
        &folder,
        AMENDMENT,
        "  - id: hai-van\n",
        "  - id: ngu-hanh\n",
    );
    for language in ["Hải Vân](party:", "ຫາຍເວິນ](party:"] {
        let (old, new) = (
            format!("{language}hai-van)"),
            format!("{language}ngu-hanh)"),
        );
        lab::edit(&folder, AMENDMENT, &old, &new);
    }
    let said = lab::stderr(&lab::alternat(&folder, &["check", AMENDMENT]));
    assert!(said.contains("error[amended-parties]"), "{said}");
    assert!(
        said.contains("huong-giang, nam-ou, nam-tha, ngu-hanh"),
        "{said}"
    );
}

#[test]
fn what_is_not_at_hand_is_not_asked_for() {
    let folder = project("amendment-alone");
    lab::edit(&folder, AMENDMENT, "  agreement: market-days\n", "");
    std::fs::remove_file(folder.join(AMENDED)).expect("removable");
    std::fs::remove_file(folder.join("agreements/market-days.lock")).expect("removable");
    let said = lab::alternat(&folder, &["check"]);
    assert_eq!(said.status.code(), Some(0), "{}", lab::stderr(&said));
}

/// What the second half of the form prints is what was signed.
#[test]
fn what_is_annexed_and_who_signs_are_frozen() {
    for (old, new) in [
        (
            "| Cửa khẩu Hương Giang | Hương Giang | 40 |",
            "| Cửa khẩu Hương Giang | Hương Giang | 41 |",
        ),
        (
            "Lịch các phiên chợ năm đầu",
            "Lịch các phiên chợ năm thứ nhất",
        ),
        ("Trưởng ban Kinh tế", "Trưởng ban Xã hội"),
        ("          KT. Chủ tịch\n", "          TUQ. Chủ tịch\n"),
        ("Đỗ Thị Ngọc", "Đỗ Thị Ngọ"),
        ("date: 2026-03-05", "date: 2026-03-06"),
        ("notice_months: 3", "notice_months: 4"),
        ("prevailing_language: vi", "prevailing_language: lo"),
    ] {
        let folder = project("second-half-frozen");
        lab::edit(&folder, AMENDED, old, new);
        let said = lab::stderr(&lab::alternat(&folder, &["check", AMENDED]));
        assert!(said.contains("error[signed-text-changed]"), "{new}: {said}");
    }
}
