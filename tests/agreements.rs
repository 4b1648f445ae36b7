//! What `check` and `build` make of whole agreements: ours pass, and errors stop
//! an original, but not a draft.

use alternat::diagnostic::{Diagnostic, Severity};
use alternat::project::Project;
use alternat::source::Source;

use crate::lab::{Wanted, changed, repository, workshop};

#[test]
fn the_agreements_pass() {
    let project = Project::new(repository());
    for file in project.agreements().expect("there are agreements") {
        let source = project.read(&file).expect("they are readable");
        let lock = project.lock(&file).expect("a lock is readable");
        let findings = workshop().check(&source, lock.as_ref()).findings;
        let grave: Vec<&Diagnostic> = findings
            .iter()
            .filter(|finding| finding.severity != Severity::Note)
            .collect();
        assert!(grave.is_empty(), "{}: {grave:?}", source.name());
    }
}

#[test]
fn errors_stop_originals_and_drafts_go_on() {
    let wrong = changed("28 ພະຈິກ 2022", "28 ຕຸລາ 2022");
    let made = workshop().make(&Source::new("x.yaml", wrong.clone()), None, Wanted::TEXTS);
    assert!(made.files.is_empty() && made.findings.iter().any(|f| f.code == "date-mismatch"));
    let draft = wrong.replace("status: final", "status: draft");
    let made = workshop().make(&Source::new("x.yaml", draft), None, Wanted::TEXTS);
    assert!(!made.files.is_empty() && made.findings.iter().any(|f| f.code == "date-mismatch"));
}
