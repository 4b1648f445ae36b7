//! The words of laid-out pages, as a reader meets them.
//!
//! Input: pages whose text layer is repaired. Output: the words of the body in
//! each language, in reading order, and the words around it: what Typst sets as
//! an artifact (the head and the foot of a page, its back and front) or the
//! template marks by `<around>`. The words of a signature block are marked by
//! `<of-party>` and are read party by party, in whichever rows they stand.
//!
//! Words come as pieces: between two of them may be a space, the end of a line,
//! or nothing.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::{Content, Value};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Transform};
use typst::model::TableCell;
use typst::pdf::ArtifactElem;
use typst::text::TextItem;
use typst::visualize::Paint;
use typst_layout::PagedDocument;

use super::textlayer;

/// Smaller letters, in points, and lighter ones are not seen on paper.
const SMALLEST: f64 = 3.0;
const LIGHTEST: f32 = 0.9;

/// The words of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Printed {
    /// The pieces of the body, by language.
    pub body: BTreeMap<String, Vec<String>>,
    /// What stands around it, in the order of the pages.
    pub around: Vec<Around>,
    /// The number of pages.
    pub pages: usize,
}

/// Words around the body.
#[derive(Clone, Debug, PartialEq)]
pub struct Around {
    /// The page, from 1.
    pub page: usize,
    /// The pieces, by language.
    pub words: BTreeMap<String, Vec<String>>,
}

/// Walks through pages.
#[derive(Default)]
struct Walk {
    /// The pieces of each language, with the party whose block they are of.
    body: BTreeMap<String, Vec<(String, String)>>,
    around: Vec<Around>,
    page: usize,
    /// The artifacts that are open.
    artifacts: Vec<Location>,
    /// The cells that stand once more on a further page: those of a table's header.
    repeated: Vec<Location>,
    /// How many marks of words around the text are open.
    marks: usize,
    /// The party whose block is open, or nobody.
    party: String,
    /// How what is read now is turned and scaled.
    transform: Transform,
}

/// Returns the words of pages.
pub fn words(document: &PagedDocument) -> Printed {
    let mut walk = Walk::default();
    for page in document.pages() {
        walk.page += 1;
        walk.frame(&page.frame);
    }
    let body = walk.body.into_iter();
    Printed {
        body: body
            .map(|(lang, pieces)| (lang, by_party(pieces)))
            .collect(),
        around: walk.around,
        pages: walk.page,
    }
}

/// Brings the pieces of each party together where the first of them stands, as far as
/// nothing else stands between them.
fn by_party(pieces: Vec<(String, String)>) -> Vec<String> {
    let mut firsts: BTreeMap<String, usize> = BTreeMap::new();
    let mut placed: Vec<(usize, String)> = Vec::new();
    for (index, (party, words)) in pieces.into_iter().enumerate() {
        let place = match party.as_str() {
            "" => {
                if !words.trim().is_empty() {
                    firsts.clear();
                }
                index
            }
            _ => *firsts.entry(party).or_insert(index),
        };
        placed.push((place, words));
    }
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, words)| words).collect()
}

impl Walk {
    fn frame(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let outer = self.transform;
                    self.transform = outer.pre_concat(group.transform);
                    self.frame(&group.frame);
                    self.transform = outer;
                }
                FrameItem::Text(run) => self.run(run),
                FrameItem::Tag(Tag::Start(content, _)) => self.start(content),
                FrameItem::Tag(Tag::End(location, ..)) => {
                    self.artifacts.retain(|open| open != location);
                    self.repeated.retain(|open| open != location);
                }
                FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) => {}
            }
        }
    }

    fn start(&mut self, content: &Content) {
        if content.to_packed::<ArtifactElem>().is_some() {
            self.artifacts.extend(content.location());
            self.open_around();
        }
        let cell = content.to_packed::<TableCell>();
        if cell.is_some_and(|cell| cell.is_repeated.as_option() == &Some(true)) {
            self.repeated.extend(content.location());
        }
        let Some(mark) = content.to_packed::<MetadataElem>() else {
            return;
        };
        let label = content.label().map(|label| label.resolve().to_string());
        match (label.as_deref(), &mark.value) {
            (Some("around"), Value::Bool(true)) => {
                self.marks += 1;
                self.open_around();
            }
            (Some("around"), _) => self.marks = self.marks.saturating_sub(1),
            (Some("of-party"), Value::Str(party)) => self.party = party.to_string(),
            _ => {}
        }
    }

    fn open_around(&mut self) {
        self.around.push(Around {
            page: self.page,
            words: BTreeMap::new(),
        });
    }

    fn run(&mut self, run: &TextItem) {
        if !is_seen(run, self.transform) || !self.repeated.is_empty() {
            return;
        }
        let (lang, words) = (run.lang.as_str().to_owned(), run.text.to_string());
        let apart = self.marks > 0 || !self.artifacts.is_empty();
        match self.around.last_mut().filter(|_| apart) {
            Some(around) => around.words.entry(lang).or_default().push(words),
            None => {
                let pieces = self.body.entry(lang).or_default();
                pieces.push((self.party.clone(), words));
            }
        }
    }
}

/// Tells whether a run is seen on white paper: in one dark colour, without an outline
/// that may cover the letters, and as large as it is read after all that shrinks it.
fn is_seen(run: &TextItem, transform: Transform) -> bool {
    let Paint::Solid(colour) = &run.fill else {
        return false;
    };
    let light = colour.to_luma().luma > LIGHTEST || colour.alpha().is_some_and(|alpha| alpha < 0.1);
    let across = transform.sx.get().hypot(transform.ky.get());
    let along = transform.kx.get().hypot(transform.sy.get());
    let size = run.size * across.min(along);
    !light && run.stroke.is_none() && size >= Abs::pt(SMALLEST)
}

/// Returns the words that are drawn as shapes (see `textlayer`), each once; of
/// pages whose text layer is not repaired yet.
pub fn drawn(document: &PagedDocument) -> BTreeSet<String> {
    fn gather(frame: &Frame, drawn: &mut BTreeSet<String>) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => gather(&group.frame, drawn),
                FrameItem::Text(run) if textlayer::is_picture(run) => {
                    drawn.insert(run.text.to_string());
                }
                _ => {}
            }
        }
    }
    let mut drawn = BTreeSet::new();
    for page in document.pages() {
        gather(&page.frame, &mut drawn);
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(pieces: &[(&str, &str)]) -> String {
        let pieces = pieces.iter();
        let pieces = pieces.map(|(party, words)| ((*party).to_owned(), (*words).to_owned()));
        by_party(pieces.collect()).join(" ")
    }

    #[test]
    fn words_of_a_party_come_together_within_its_block_alone() {
        let rows = [
            ("a", "A1"),
            ("b", "B1"),
            ("", " "),
            ("a", "A2"),
            ("b", "B2"),
        ];
        assert_eq!(order(&rows), "A1 A2 B1 B2  ");
        let scattered = [("a", "này"), ("", "có"), ("a", "không")];
        assert_eq!(order(&scattered), "này có không");
    }
}
