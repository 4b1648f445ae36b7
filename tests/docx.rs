//! Word files read back: an archive, its XML, its paragraphs with the language and the
//! look of every letter. Nothing here is shared with what writes them.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::DeflateDecoder;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element of XML.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Node>,
    pub(crate) text: String,
}

impl Node {
    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Returns this element and all within it, in order.
    pub(crate) fn all(&self) -> Vec<&Node> {
        let inner = self.children.iter().flat_map(Node::all);
        std::iter::once(self).chain(inner).collect()
    }

    pub(crate) fn named(&self, name: &str) -> Vec<&Node> {
        let mut all = self.all();
        all.retain(|node| node.name == name);
        all
    }
}

/// A paragraph as it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Paragraph {
    /// The tag of the language of all its letters; `?` where there are several.
    pub(crate) language: String,
    /// Its letters, tabs and ends of lines.
    pub(crate) text: String,
    /// For each letter: whether it is bold, and whether it is emphasised.
    pub(crate) looks: Vec<(bool, bool)>,
    /// Its style.
    pub(crate) style: String,
    /// Whether it names the languages, at the head of each page.
    pub(crate) is_header: bool,
}

/// Returns the files of an archive.
pub(crate) fn files(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let short = |at: usize| usize::from(u16::from_le_bytes([archive[at], archive[at + 1]]));
    let long = |at: usize| short(at) | short(at + 2) << 16;
    let end = archive.len() - 22;
    assert_eq!(&archive[end..end + 4], b"PK\x05\x06");
    let (count, mut at) = (short(end + 10), long(end + 16));
    let mut files = BTreeMap::new();
    for _ in 0..count {
        assert_eq!(&archive[at..at + 4], b"PK\x01\x02");
        let (packed, size, name) = (long(at + 20), long(at + 24), short(at + 28));
        let checksum = long(at + 16) as u32;
        let local = long(at + 42);
        let path = String::from_utf8(archive[at + 46..at + 46 + name].to_vec()).expect("UTF-8");
        assert_eq!(&archive[local..local + 4], b"PK\x03\x04");
        // Both headers say the same.
        assert_eq!(archive[local + 4..local + 28], archive[at + 6..at + 30]);
        let start = local + 30 + short(local + 26) + short(local + 28);
        let mut bytes = Vec::new();
        let mut decoder = DeflateDecoder::new(&archive[start..start + packed]);
        decoder.read_to_end(&mut bytes).expect("deflated bytes");
        assert_eq!((bytes.len(), crc32fast::hash(&bytes)), (size, checksum));
        assert!(files.insert(path, bytes).is_none(), "a name twice");
        at += 46 + name;
    }
    files
}

/// Reads an XML file to the end.
pub(crate) fn xml(bytes: &[u8]) -> Node {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut reader = Reader::from_str(text);
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(start) => open.push(node(&start)),
            Event::Empty(start) => close(&mut open, node(&start)),
            Event::End(_) => {
                let node = open.pop().expect("an open element");
                close(&mut open, node);
            }
            Event::Text(text) => open.last_mut().expect("an element").text += &text,
            Event::GeneralRef(name) => {
                let letter = match &*name {
                    "lt" => "<",
                    "gt" => ">",
                    "amp" => "&",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("a reference to {other}"),
                };
                open.last_mut().expect("an element").text += letter;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "an element stays open");
    open.remove(0).children.remove(0)
}

fn close(open: &mut [Node], node: Node) {
    open.last_mut().expect("an element").children.push(node);
}

fn node(start: &BytesStart<'_>) -> Node {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.expect("an attribute");
        let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        let value = value.expect("a value").into_owned();
        (attribute.key.as_ref().to_owned(), value)
    });
    Node {
        name: start.name().as_ref().to_owned(),
        attributes: attributes.collect(),
        ..Node::default()
    }
}

/// Returns the paragraphs of a file that have words, in the order of the file.
pub(crate) fn paragraphs(archive: &[u8]) -> Vec<Paragraph> {
    let document = xml(&files(archive)["word/document.xml"]);
    let mut paragraphs = Vec::new();
    gather(&document, false, &mut paragraphs);
    paragraphs.retain(|paragraph| !paragraph.text.is_empty());
    paragraphs
}

fn gather(node: &Node, is_header: bool, paragraphs: &mut Vec<Paragraph>) {
    if node.name == "w:p" {
        paragraphs.push(paragraph(node, is_header));
        return;
    }
    // The table of the languages has lines between its columns alone.
    let between = |table: &Node| {
        let borders = table
            .child("w:tblPr")
            .and_then(|it| it.child("w:tblBorders"));
        borders.is_some_and(|borders| borders.children.len() == 1)
    };
    for child in &node.children {
        let repeated = child.name == "w:tr"
            && between(node)
            && child
                .child("w:trPr")
                .is_some_and(|it| it.child("w:tblHeader").is_some());
        gather(child, is_header || repeated, paragraphs);
    }
}

fn paragraph(node: &Node, is_header: bool) -> Paragraph {
    let properties = node.child("w:pPr").expect("properties");
    let style = properties
        .child("w:pStyle")
        .map_or("", |it| it.attribute("w:val"));
    let mut read = Paragraph {
        style: style.to_owned(),
        is_header,
        ..Paragraph::default()
    };
    for run in node.named("w:r") {
        let look = run.child("w:rPr").expect("the look of a run");
        let language = look.child("w:lang").expect("a language").attribute("w:val");
        if read.language.is_empty() || read.language == language {
            read.language = language.to_owned();
        } else {
            read.language = "?".to_owned();
        }
        let emphasised = look
            .child("w:rStyle")
            .is_some_and(|style| style.attribute("w:val") == "Emphasis");
        let look = (look.child("w:b").is_some(), emphasised);
        for content in &run.children {
            let letters = match content.name.as_str() {
                "w:t" => content.text.as_str(),
                "w:tab" => "\t",
                "w:br" => "\n",
                "w:rPr" => "",
                other => panic!("{other} in a run"),
            };
            read.text += letters;
            read.looks.extend(letters.chars().map(|_| look));
        }
    }
    read
}
