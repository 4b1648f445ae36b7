//! Points and references in generated agreements: each has its mark and its words,
//! and a reference says where its clause stands.

use alternat::document::markdown;
use alternat::document::tree::plain_text;
use alternat::language::Language;
use alternat::source::Source;

use crate::lab::{BASE, Dice, Wanted, side_by_side, squeeze, workshop};

/// Generated agreements in every run.
const AGREEMENTS: usize = 120;

/// A clause, a point, or a point of that, with where it stands.
struct Place {
    id: String,
    /// Its part of a text.
    part: String,
    /// Its section, `None` where articles are counted; then its places.
    section: Option<&'static str>,
    places: Vec<usize>,
    refers_to: Option<usize>,
}

/// What each language writes, stated once more beside the packs.
struct Words {
    letters: [&'static str; 6],
    dashes: [&'static str; 6],
    section: &'static str,
    article: &'static str,
    clause: &'static str,
    point: &'static str,
    dash: &'static str,
    refers: &'static str,
}

const VI: Words = Words {
    letters: ["a", "b", "c", "d", "đ", "e"],
    dashes: ["nhất", "hai", "ba", "tư", "năm", "sáu"],
    section: "Mục",
    article: "Điều",
    clause: "khoản",
    point: "điểm",
    dash: "gạch đầu dòng thứ",
    refers: "theo",
};

const LO: Words = Words {
    letters: ["ກ", "ຂ", "ຄ", "ງ", "ຈ", "ສ"],
    dashes: ["ໜຶ່ງ", "ສອງ", "ສາມ", "ສີ່", "ຫ້າ", "ຫົກ"],
    section: "ພາກທີ",
    article: "ມາດຕາ",
    clause: "ຂໍ້",
    point: "ຈຸດ",
    dash: "ຂີດທີ",
    refers: "ຕາມ",
};

impl Place {
    /// Returns what stands before its text.
    fn mark(&self, words: &Words) -> String {
        let last = self.places[self.places.len() - 1];
        let level = self.places.len() + usize::from(self.section.is_some());
        match level {
            1 => format!("{} {last}.", words.article),
            2 => format!("{last}."),
            3 => format!("{})", words.letters[last - 1]),
            _ => "-".to_owned(),
        }
    }

    /// Returns the words that refer to it.
    fn reference(&self, words: &Words) -> String {
        let mut places = self.places.iter();
        let mut name = match self.section {
            Some(section) => format!("{} {section}", words.section),
            None => format!("{} {}", words.article, places.next().expect("an article")),
        };
        for (level, place) in places.enumerate() {
            name = match level {
                0 => format!("{} {place} {name}", words.clause),
                1 => format!("{} {} {name}", words.point, words.letters[place - 1]),
                _ => format!("{} {} {name}", words.dash, words.dashes[place - 1]),
            };
        }
        name
    }

    /// Returns its words, with those of its reference.
    fn says(&self, all: &[Place], words: &Words) -> String {
        let own = format!("Ợ {} ນ້ຳ", self.id);
        match self.refers_to {
            Some(to) => format!("{own} {} {}.", words.refers, all[to].reference(words)),
            None => format!("{own}."),
        }
    }

    fn typed(&self, all: &[Place]) -> String {
        let text = |words: &Words| match self.refers_to {
            Some(to) => format!(
                "Ợ {} ນ້ຳ {} [](clause:{}).",
                self.id, words.refers, all[to].id
            ),
            None => format!("Ợ {} ນ້ຳ.", self.id),
        };
        format!("{{vi: \"{}\", lo: \"{}\"}}", text(&VI), text(&LO))
    }
}

/// Rolls the clauses of both parts, in order.
fn places(dice: &mut Dice, articles: bool) -> Vec<Place> {
    let mut all: Vec<Place> = Vec::new();
    let mut articles_before = 0;
    for section in ["I", "II"] {
        for clause in 1..=1 + dice.roll(3) {
            articles_before += 1;
            let id = format!("x{}", all.len());
            let first = if articles { articles_before } else { clause };
            let mut push = |places: Vec<usize>, below: &[usize]| {
                let dots: String = below.iter().map(|place| format!(".{place}")).collect();
                all.push(Place {
                    id: format!("x{}", all.len()),
                    part: format!("{id}{dots}"),
                    section: (!articles).then_some(section),
                    places,
                    refers_to: None,
                });
            };
            push(vec![first], &[]);
            for point in 1..=dice.roll(6) {
                push(vec![first, point], &[point]);
                for below in 1..=dice.roll(4) {
                    push(vec![first, point, below], &[point, below]);
                }
            }
        }
    }
    let count = all.len();
    for place in &mut all {
        place.refers_to = (dice.roll(3) == 0).then(|| dice.roll(count));
    }
    all
}

/// Writes the clauses whose first place stands at `from..to`.
fn yaml(all: &[Place], from: usize, to: usize) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for place in &all[from..to] {
        let level = place.part.matches('.').count();
        if level > depth {
            out.push_str(&format!("{}points:\n", "    ".repeat(level)));
        }
        depth = level;
        let indent = "    ".repeat(level) + "  ";
        out.push_str(&format!("{indent}- id: {}\n", place.id));
        out.push_str(&format!("{indent}  text: {}\n", place.typed(all)));
    }
    out
}

fn agreement(all: &[Place], articles: bool) -> Source {
    let second = all
        .iter()
        .skip(1)
        .position(|place| place.part == place.id && (place.section == Some("II")));
    // Articles are counted through: any first place may open the second part.
    let split = second.map_or(all.len(), |at| at + 1);
    let content = BASE.find("content:\n").expect("the content");
    let signing = BASE.find("signing:").expect("the end");
    let numbering = if articles { "articles" } else { "sections" };
    let implementation = match split == all.len() {
        true => "implementation: []\n".to_owned(),
        false => format!("implementation:\n{}", yaml(all, split, all.len())),
    };
    let text = format!(
        "{}content:\n{}{implementation}{}",
        &BASE[..content],
        yaml(all, 0, split),
        &BASE[signing..]
    );
    let draft = format!("status: draft\nnumbering: {numbering}");
    Source::new("agreements/x.yaml", text.replace("status: final", &draft))
}

/// Returns what is wrong in the texts of a generated agreement.
fn faults(seed: usize) -> Vec<String> {
    let mut dice = Dice(seed as u64 * 7919 + 1);
    let articles = seed % 2 == 1;
    let all = places(&mut dice, articles);
    let source = agreement(&all, articles);
    let made = workshop().make(&source, None, Wanted::TEXTS);
    let errors = made.findings.iter().filter(|found| found.is_error());
    let mut faults: Vec<String> = errors
        .map(|found| format!("{}: {found:?}", source.text()))
        .collect();
    for (code, words) in [("vi", VI), ("lo", LO)] {
        let path = format!("{code}.md");
        let Some(file) = made.files.iter().find(|file| file.path == path) else {
            faults.push(format!("no {path}"));
            continue;
        };
        let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
        let document = markdown::parse(&Source::new("x.md", text), &Language(code.to_owned()));
        let sections = document.expect("our own Markdown").sections;
        let units: Vec<_> = sections.iter().flat_map(|section| &section.units).collect();
        for place in &all {
            let said = units
                .iter()
                .find(|unit| unit.id == place.part)
                .map(|unit| squeeze(&plain_text(&unit.blocks)));
            let expected = format!("{} {}", place.mark(&words), place.says(&all, &words));
            if said.as_ref() != Some(&squeeze(&expected)) {
                faults.push(format!(
                    "{seed} {code} {}: {said:?}\n  not {expected}",
                    place.part
                ));
            }
        }
    }
    faults
}

#[test]
fn each_point_has_its_mark_and_each_reference_its_place() {
    let seeds: Vec<usize> = (0..AGREEMENTS).collect();
    let faults: Vec<String> = side_by_side(&seeds, 2, |seed| faults(*seed))
        .into_iter()
        .flatten()
        .collect();
    let shown: Vec<&String> = faults.iter().take(4).collect();
    assert!(faults.is_empty(), "{}:\n{shown:#?}", faults.len());
}

/// A clause may be called as another part of the text, or as a party.
#[test]
fn a_reference_leads_to_its_clause_whatever_that_is_called() {
    let parts = "title preamble bac-ninh xaysomboun closing header heading notice";
    for id in parts.split(' ') {
        let text = BASE
            .replace("id: friendship", &format!("id: {id}"))
            .replace("status: final", "status: draft")
            .replace(
                "thăm nhau mỗi năm.",
                &format!("thăm nhau theo [](clause:{id})."),
            )
            .replace("ກັນທຸກປີ.", &format!("ກັນ ຕາມ [](clause:{id})."));
        let source = Source::new("agreements/x.yaml", text);
        let made = workshop().make(&source, None, Wanted::EVERYTHING);
        let errors = made.findings.iter().filter(|found| found.is_error());
        assert_eq!(errors.count(), 0, "{id}: {:?}", made.findings);
        let vi = made.files.iter().find(|file| file.path == "vi.md");
        let vi = String::from_utf8_lossy(&vi.expect("vi.md").bytes).into_owned();
        assert!(vi.contains("[khoản 1 Mục I](clause:"), "{id}: {vi}");
    }
}
