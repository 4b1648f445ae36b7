//! Every PDF conforms to PDF/A and PDF/UA, in the eyes of veraPDF.

use std::path::Path;
use std::process::Command;

use crate::lab;

#[test]
fn documents_with_their_source_attached() {
    let folder = lab::project(
        "conformance-attached",
        &[&[lab::OWN][..], &lab::SUITE].concat(),
    );
    assert!(lab::alternat(&folder, &["build"]).status.success());
    validate("3a,ua1", &folder);
}

#[test]
fn documents_without_attachment() {
    let folder = lab::project("conformance-bare", &["four-parties"]);
    assert!(
        lab::alternat(&folder, &["build", "--no-attach"])
            .status
            .success()
    );
    validate("2a,ua1", &folder);
}

fn validate(flavours: &str, folder: &Path) {
    let tools = lab::repository().join("target/tools/verapdf");
    let classpath = std::fs::read_to_string(tools.join("classpath"));
    let classpath = classpath.expect("veraPDF is missing: `make tools` installs it");
    let output = folder.join("output");
    let files = lab::files_below(&output)
        .into_iter()
        .filter(|file| file.ends_with(".pdf"));
    let result = Command::new("java")
        .args(["-classpath", classpath.trim(), "Validate", flavours])
        .args(files.map(|file| output.join(file)))
        .current_dir(lab::repository())
        .output()
        .expect("java is missing: `make tools` installs it");
    assert!(
        result.status.success(),
        "{}{}",
        String::from_utf8_lossy(&result.stdout),
        lab::stderr(&result)
    );
}
