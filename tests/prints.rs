//! `alternat build --for`: what one party prints for the signing.

use std::fs;

use crate::lab;

const AGREEMENT: &str = "agreements/four-parties.yaml";
const OUTPUT: &str = "output/four-parties";

#[test]
fn a_party_prints_its_own_originals_in_order() {
    let folder = lab::project("prints", &["four-parties"]);
    assert!(lab::alternat(&folder, &["build"]).status.success());
    for (party, prints) in [
        (
            "huong-giang",
            [
                "1-huong-giang.vi.pdf",
                "2-huong-giang.lo.pdf",
                "3-custody.pdf",
            ],
        ),
        (
            "nam-ou",
            ["1-nam-ou.lo.pdf", "2-nam-ou.vi.pdf", "3-custody.pdf"],
        ),
    ] {
        let made = lab::alternat(&folder, &["build", "--for", party]);
        assert!(made.status.success(), "{}", lab::stderr(&made));
        let place = folder.join(OUTPUT).join(format!("for-{party}"));
        let files: Vec<String> = lab::files_below(&place).into_iter().collect();
        assert_eq!(files, prints);
        for print in prints {
            let original = folder.join(OUTPUT).join("originals").join(&print[2..]);
            let same = fs::read(place.join(print)).ok() == fs::read(original).ok();
            assert!(same, "{print} is no copy");
        }
    }
}

#[test]
fn a_print_of_what_has_changed_is_gone() {
    let folder = lab::project("prints-stale", &["four-parties"]);
    let place = folder.join(OUTPUT).join("for-nam-ou");
    assert!(
        lab::alternat(&folder, &["build", "--for", "nam-ou"])
            .status
            .success()
    );
    fs::write(place.join("notes.txt"), "ế").expect("writable");
    fs::write(place.join("4-nam-ou.en.pdf"), "ế").expect("writable");
    // What is no print stays.
    assert!(
        lab::alternat(&folder, &["build", "--for", "nam-ou"])
            .status
            .success()
    );
    assert_eq!(lab::files_below(&place).len(), 4);
    assert!(lab::alternat(&folder, &["build"]).status.success());
    assert_eq!(lab::files_below(&place).len(), 4);
    lab::edit(&folder, AGREEMENT, "Các bên trao đổi", "Các bên chia sẻ");
    let built = lab::alternat(&folder, &["build"]);
    assert!(built.status.success(), "{}", lab::stderr(&built));
    // The sheet too: the agreement travels with it.
    let left: Vec<String> = lab::files_below(&place).into_iter().collect();
    assert_eq!(left, ["notes.txt"]);
}

#[test]
fn nothing_is_printed_for_nobody() {
    let folder = lab::project("prints-nobody", &["four-parties", "draft-blanks"]);
    let draft = "agreements/draft-blanks.yaml";
    for (args, code) in [
        (&["build", "--for", "nobody"][..], "unknown-holder"),
        (&["build", "--for", "nobody", AGREEMENT], "unknown-holder"),
        (&["build", "--for", "nobody", draft], "unknown-holder"),
    ] {
        let said = lab::alternat(&folder, args);
        assert_eq!(said.status.code(), Some(1));
        let said = lab::stderr(&said);
        assert!(said.contains(&format!("error[{code}]")), "{said}");
    }
    let drafts = lab::project("prints-drafts", &["draft-blanks"]);
    let said = lab::alternat(&drafts, &["build", "--for", "nobody"]);
    assert_eq!(
        lab::stderr(&said),
        "error[unknown-holder]: no party `nobody` signs here\n = hint: no agreement here is \
         `final` or `signed`, and only such are printed for the signing\n\n"
    );
    let text = fs::read_to_string(folder.join(draft)).expect("readable");
    let (_, party) = text.split_once("  - id: ").expect("a party");
    let party = party.lines().next().expect("an id");
    let said = lab::stderr(&lab::alternat(&folder, &["build", "--for", party, draft]));
    assert!(said.contains("error[nothing-to-sign]"), "{said}");
    assert!(!folder.join("output").exists());
}
