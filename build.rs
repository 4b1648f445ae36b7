//! Embeds `templates/` and the faces of the build machine, so that the program
//! is complete in itself and gives the same bytes on every machine it is
//! copied to.
//!
//! Without the faces the program is built all the same; it then looks for
//! those of the system it runs on.

use std::path::{Path, PathBuf};
use std::{env, fs};

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
    write("faces.rs", &faces());
    write("templates.rs", &templates());
}

fn faces() -> String {
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
    let root =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let folder = root.join("templates");
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
