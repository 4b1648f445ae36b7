//! A few pages as pictures, where shape is what matters: the first page of each
//! language, the two columns, the signatures of five parties, the watermark.
//!
//! The pictures are coarse and a tolerance is allowed, so another release of
//! the program that draws them does not fail the test, while a lost block, a
//! moved column or a missing face does. `UPDATE=1 make test` draws them anew.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::lab;

/// Dots per inch: a line of text is a few dots high.
const RESOLUTION: &str = "24";

/// How much the grey of a dot may differ on average, of 255.
const TOLERANCE: f64 = 4.0;

const PAGES: [(&str, &str, &str); 6] = [
    ("vi", "bac-giang-xaysomboun-2022-2025/signed/vi", "1"),
    ("lo", "bac-giang-xaysomboun-2022-2025/signed/lo", "1"),
    (
        "columns",
        "bac-giang-xaysomboun-2022-2025/signed/vi-lo",
        "1",
    ),
    ("five-signatures", "five-parties/originals/phu-bia.vi", "2"),
    ("watermark", "bac-ninh-xaysomboun-2025-2027/draft/vi", "1"),
    ("header", "draft-blanks/draft/lo", "1"),
];

#[test]
fn pages_look_as_they_did() {
    let folder = lab::project("shape", &[lab::OWN, "five-parties", "draft-blanks"]);
    assert!(lab::alternat(&folder, &["build"]).status.success());
    for (name, file, page) in PAGES {
        let found = draw(
            &folder.join("output").join(file).with_extension_of("pdf"),
            page,
        );
        let reference = lab::repository().join(format!("tests/shapes/{name}.png"));
        if lab::updating() {
            fs::create_dir_all(reference.parent().expect("a parent")).expect("a folder");
            write(&reference, &found);
        }
        let expected = read(&reference);
        assert_eq!(
            (found.width, found.height),
            (expected.width, expected.height),
            "{name}"
        );
        let difference = found.difference(&expected);
        assert!(
            difference < TOLERANCE,
            "{name}: the page differs by {difference:.1} of 255"
        );
    }
}

/// `Path::with_extension` would take `phu-bia.vi` for a name with an ending.
trait WithExtensionOf {
    fn with_extension_of(&self, ending: &str) -> std::path::PathBuf;
}

impl WithExtensionOf for Path {
    fn with_extension_of(&self, ending: &str) -> std::path::PathBuf {
        std::path::PathBuf::from(format!("{}.{ending}", self.display()))
    }
}

/// A picture in shades of grey, a byte for each dot.
struct Picture {
    width: u32,
    height: u32,
    dots: Vec<u8>,
}

impl Picture {
    /// Returns the mean difference of two pictures, dot by dot.
    fn difference(&self, other: &Self) -> f64 {
        let pairs = self.dots.iter().zip(&other.dots);
        let sum: u64 = pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        sum as f64 / self.dots.len() as f64
    }
}

fn draw(pdf: &Path, page: &str) -> Picture {
    let output = Command::new("pdftoppm")
        .args(["-r", RESOLUTION, "-gray", "-f", page, "-l", page])
        .arg(pdf)
        .output()
        .expect("pdftoppm is missing: `make tools` installs poppler-utils");
    assert!(
        output.status.success(),
        "pdftoppm failed on {}",
        pdf.display()
    );
    parse_pgm(&output.stdout)
}

/// Reads a portable graymap: `P5`, width, height and 255, then the dots.
fn parse_pgm(bytes: &[u8]) -> Picture {
    let mut words = bytes.splitn(4, |byte| byte.is_ascii_whitespace());
    let mut word = || std::str::from_utf8(words.next().expect("a word")).expect("ASCII");
    assert_eq!(word(), "P5");
    let (width, height) = (
        word().parse().expect("a width"),
        word().parse().expect("a height"),
    );
    let rest = words.next().expect("the dots");
    let dots = rest
        .strip_prefix(b"255\n")
        .expect("a byte for each dot")
        .to_vec();
    Picture {
        width,
        height,
        dots,
    }
}

fn read(path: &Path) -> Picture {
    let bytes = fs::read(path).expect("a reference picture; `UPDATE=1 make test` draws it");
    decode(&bytes)
}

fn decode(bytes: &[u8]) -> Picture {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .expect("a PNG");
    let mut dots = vec![0; reader.output_buffer_size().expect("a small picture")];
    let info = reader.next_frame(&mut dots).expect("a whole picture");
    assert_eq!(info.color_type, png::ColorType::Grayscale);
    Picture {
        width: info.width,
        height: info.height,
        dots,
    }
}

fn write(path: &Path, picture: &Picture) {
    let file = fs::File::create(path).expect("writable");
    let mut encoder = png::Encoder::new(file, picture.width, picture.height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&picture.dots).expect("all dots");
}
