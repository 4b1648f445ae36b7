//! Embeds `templates/` and the faces of the build machine, so that the program
//! is complete in itself and gives the same bytes on every machine it is
//! copied to.
//!
//! Without the faces the program is built all the same; it then looks for
//! those of the system it runs on.
//!
//! A digest of all that the program is made of tells one build from another, so that
//! documents which another build made are not taken for its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use sha2::{Digest, Sha256};

/// The faces, by file name, with the Debian package that installs each.
const FACES: [(&str, &str); 7] = [
    ("LiberationSerif-Regular.ttf", "fonts-liberation2"),
    ("LiberationSerif-Bold.ttf", "fonts-liberation2"),
    ("LiberationSerif-Italic.ttf", "fonts-liberation2"),
    ("LiberationSerif-BoldItalic.ttf", "fonts-liberation2"),
    ("NotoSerifLao-Regular.ttf", "fonts-noto-core"),
    ("NotoSerifLao-Bold.ttf", "fonts-noto-core"),
    ("Phetsarath_OT.ttf", "fonts-lao"),
];

const FOLDERS: [&str; 4] = [
    // Debian 12 has two releases; the letters of Vietnamese are in the second.
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/truetype/lao",
];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let mut program = Sha256::new();
    write("faces.rs", &faces(&mut program));
    write("templates.rs", &templates());
    sources(&mut program);
    let digest = program.finalize();
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo:rustc-env=ALTERNAT_PROGRAM={digest}");
}

/// What the program is made of, besides the faces: all that it includes, the releases
/// of the crates, and how it is compiled.
const SOURCES: [&str; 7] = [
    "src",
    "messages",
    "templates",
    "docs/form.yaml",
    "build.rs",
    "Cargo.toml",
    "Cargo.lock",
];

/// How cargo says that a program is compiled.
const COMPILED: [&str; 6] = [
    "TARGET",
    "PROFILE",
    "OPT_LEVEL",
    "DEBUG",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_CFG_TARGET_FEATURE",
];

/// Adds all that the program is made of.
fn sources(program: &mut Sha256) {
    let root = root();
    let mut files = Vec::new();
    for place in SOURCES.map(|place| root.join(place)) {
        println!("cargo:rerun-if-changed={}", place.display());
        match place.is_dir() {
            true => gather(&place, &mut files),
            false => files.push(place),
        }
    }
    files.sort();
    for file in files {
        let name = file.strip_prefix(&root).unwrap_or(&file).display();
        let bytes = fs::read(&file).expect("the sources are readable");
        add(program, name.to_string().as_bytes());
        add(program, &bytes);
    }
    for variable in COMPILED {
        let value = env::var_os(variable).unwrap_or_default();
        add(program, value.as_encoded_bytes());
    }
    let compiler = env::var_os("RUSTC").unwrap_or("rustc".into());
    let version = Command::new(compiler).arg("-vV").output();
    add(
        program,
        &version.map(|said| said.stdout).unwrap_or_default(),
    );
}

/// Adds a piece; where one ends and the next begins counts.
fn add(program: &mut Sha256, piece: &[u8]) {
    program.update((piece.len() as u64).to_le_bytes());
    program.update(piece);
}

fn root() -> PathBuf {
    PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"))
}

fn faces(program: &mut Sha256) -> String {
    println!("cargo:rerun-if-env-changed=ALTERNAT_FONT_DIR");
    let folders: Vec<PathBuf> = match env::var_os("ALTERNAT_FONT_DIR") {
        Some(folder) => vec![folder.into()],
        None => FOLDERS.iter().map(PathBuf::from).collect(),
    };
    let mut code = String::from("/// The faces found when the program was built, by file name.\n");
    code.push_str("pub(crate) static FACES: &[(&str, &[u8])] = &[\n");
    for (name, package) in FACES {
        match folders
            .iter()
            .map(|folder| folder.join(name))
            .find(|path| path.is_file())
        {
            Some(path) => {
                println!("cargo:rerun-if-changed={}", path.display());
                add(program, &fs::read(&path).expect("a face is readable"));
                code.push_str(&format!(
                    "    ({name:?}, include_bytes!({:?})),\n",
                    path.display().to_string()
                ));
            }
            None => println!(
                "cargo:warning=no {name} here (Debian package {package}); it will not be embedded"
            ),
        }
    }
    for folder in &folders {
        println!("cargo:rerun-if-changed={}", folder.display());
    }
    code.push_str("];\n");
    code
}

fn templates() -> String {
    let folder = root().join("templates");
    let mut files = Vec::new();
    gather(&folder, &mut files);
    files.sort();
    let mut code =
        String::from("/// The templates of the repository, by path below `templates/`.\n");
    code.push_str("pub(crate) static TEMPLATES: &[(&str, &str)] = &[\n");
    for file in files {
        let name = file
            .strip_prefix(&folder)
            .expect("found below the folder")
            .display()
            .to_string();
        code.push_str(&format!(
            "    ({name:?}, include_str!({:?})),\n",
            file.display().to_string()
        ));
    }
    code.push_str("];\n");
    code
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)
        .expect("the templates are part of the sources")
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn write(name: &str, code: &str) {
    let folder = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    fs::write(Path::new(&folder).join(name), code).expect("OUT_DIR can be written");
}
