//! The faces: what is shown of them, what is said when they are missing.

use std::path::Path;

use crate::lab;

/// Makes a project whose Lao is set in `families`.
fn project(name: &str, families: &str) -> std::path::PathBuf {
    let folder = lab::project(name, &["two-parties"]);
    lab::set_lao_in(&folder, families);
    folder
}

fn shown(folder: &Path) -> String {
    lab::stdout(&lab::alternat(folder, &["fonts"]))
}

#[test]
fn each_language_shows_its_faces() {
    let folder = lab::empty_folder("faces-shown");
    let shown = shown(&folder);
    let lao = shown
        .split("\nlo ")
        .nth(1)
        .expect("Lao")
        .split("\nvi ")
        .next()
        .expect("Lao");
    assert_eq!(
        lao.lines().take(4).collect::<Vec<_>>(),
        [
            "(ພາສາລາວ)",
            "  Noto Serif Lao: all letters of the language",
            "    regular: built in",
            "    bold: built in",
        ]
    );
    assert!(
        lao.contains("Liberation Serif: lacks 55 letters of the language: ກ ຂ"),
        "{lao}"
    );
}

#[test]
fn a_face_without_bold_is_reported_and_another_lends_its_own() {
    let folder = project(
        "faces-bold",
        "Phetsarath OT, Noto Serif Lao, Liberation Serif",
    );
    assert!(shown(&folder).contains("no bold of its own"));
    let output = lab::alternat(&folder, &["build"]);
    assert!(output.status.success(), "{}", lab::stderr(&output));
    assert!(lab::stderr(&output).contains("warning[missing-bold]: `Phetsarath OT` has no bold"));
    let fonts = std::process::Command::new("pdffonts")
        .arg(folder.join("output/two-parties/originals/suoi-nguon.lo.pdf"))
        .output()
        .expect("pdffonts is missing: `make tools` installs poppler-utils");
    let fonts = lab::stdout(&fonts);
    assert!(
        fonts.contains("Phetsarath") && fonts.contains("NotoSerifLao-Bold"),
        "{fonts}"
    );
}

#[test]
fn a_missing_face_is_an_error_that_names_a_package() {
    let folder = project("faces-missing", "Chữ Không Có");
    let output = lab::alternat(&folder, &["build"]);
    assert_eq!(output.status.code(), Some(1));
    let said = lab::stderr(&output);
    assert!(
        said.contains(
            "error[missing-font]: there is no face for `lo`: none of Chữ Không Có was found"
        ),
        "{said}"
    );
    assert!(said.contains("`fonts-noto-core`"), "{said}");
}

#[test]
fn faces_of_a_named_folder_come_first() {
    let folder = project("faces-folder", "Noto Sans Lao, Liberation Serif");
    let faces = "/usr/share/fonts/truetype/noto";
    let output = lab::alternat(&folder, &["fonts", "--font-path", faces]);
    let shown = lab::stdout(&output);
    assert!(
        shown.contains(&format!("regular: {faces}/NotoSansLao-Regular.ttf")),
        "{shown}"
    );
}
