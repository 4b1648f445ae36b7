//! `alternat fonts`: shows the faces that each language is set in.

use std::io::{self, Write};
use std::process::ExitCode;

use alternat::language::pack::LanguagePack;
use alternat::press::pdf::Attachment;
use alternat::press::world::{Face, Fonts, Origin};

use super::super::global::Global;
use super::super::open::open;
use super::super::report::human::Reporter;

pub(crate) fn run(global: &Global, reporter: &mut Reporter) -> io::Result<ExitCode> {
    let workshop = match open(global, Attachment::Source) {
        Ok(opened) => opened.workshop,
        Err(findings) => {
            reporter.findings(&findings)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut out = Vec::new();
    let mut complete = true;
    for pack in workshop.packs() {
        writeln!(out, "{} ({})", pack.language, pack.name_of(&pack.language))?;
        for family in &pack.typography.fonts {
            show_family(&mut out, workshop.fonts(), family, pack, reporter)?;
        }
        complete &= workshop.fonts().family(&pack.typography).is_some();
    }
    reporter.print(&out);
    Ok(if complete {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn show_family(
    out: &mut impl Write,
    fonts: &Fonts,
    family: &str,
    pack: &LanguagePack,
    reporter: &Reporter,
) -> io::Result<()> {
    let word = |key| reporter.word(key);
    let mut faces = fonts
        .faces()
        .iter()
        .filter(|face| face.family == family)
        .peekable();
    if faces.peek().is_none() {
        return writeln!(
            out,
            "  {family}: {} ({})",
            word("not-found"),
            pack.typography.package
        );
    }
    writeln!(
        out,
        "  {family}: {}",
        coverage(fonts, family, pack, reporter)
    )?;
    if !fonts.has_bold(family) {
        writeln!(out, "    {}", word("no-bold"))?;
    }
    for face in faces {
        let origin = match &face.origin {
            Origin::Embedded => word("embedded"),
            Origin::Folder(path) | Origin::System(path) => path.display().to_string(),
        };
        writeln!(out, "    {}: {origin}", word(style(face)))?;
    }
    Ok(())
}

fn coverage(fonts: &Fonts, family: &str, pack: &LanguagePack, reporter: &Reporter) -> String {
    let missing = fonts.missing(family, &pack.typography.letters);
    if missing.is_empty() {
        return reporter.word("all-letters");
    }
    let number = missing.chars().count().to_string();
    let some: String = missing
        .chars()
        .take(8)
        .flat_map(|letter| [letter, ' '])
        .collect();
    reporter
        .word("some-letters")
        .replace("{number}", &number)
        .replace("{letters}", some.trim_end())
}

fn style(face: &Face) -> &'static str {
    match (face.bold, face.italic) {
        (false, false) => "regular",
        (true, false) => "bold",
        (false, true) => "italic",
        (true, true) => "bold-italic",
    }
}
