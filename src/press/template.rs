//! The files of `templates/page/`, which say how a document looks.
//!
//! Input: the templates of a project, its own in place of the built-in ones. Output:
//! the parsed files, once for all documents; and what is wrong with them as such: a file
//! of an earlier form, or made for another version of `document.json`.
//!
//! What a `show` rule is to find is read, too. The words of a text may have characters
//! among them that are not seen and tell where lines end (see `lines`); a rule that finds
//! words only without these would stop finding them, in silence.

use std::collections::BTreeMap;
use std::ops::Range;

use typst::foundations::Regex;
use typst::syntax::{self, FileId, LinkedNode, RootedPath, SyntaxKind, VirtualPath, VirtualRoot};

use crate::diagnostic::{Diagnostic, Outcome};
use crate::source::{Source, Span};

/// The version of what `document.json` holds and of what the files of `page/` give each
/// other: a file of the project that is for another one cannot be used.
pub(super) const VERSION: u32 = 3;

/// The file that a document begins with.
const MAIN: &str = "main.typ";

/// Where the files are, below `templates/`.
const FOLDER: &str = "page/";

/// The one file that they were before.
const FORMER: &str = "page.typ";

/// What each file opens with, before the version that it is for.
const OPENING: &str = "// For document.json ";

/// How documents look.
pub struct PageTemplate {
    /// By their paths below the folder.
    files: BTreeMap<String, File>,
    sought: Vec<Sought>,
}

struct File {
    source: Source,
    parsed: syntax::Source,
}

/// What a `show` rule is to find.
struct Sought {
    words: Words,
    at: Span,
}

enum Words {
    Plain(String),
    Pattern(Regex),
}

impl PageTemplate {
    /// Reads the files by their path below `templates/`.
    ///
    /// # Errors
    /// Files of an earlier form, or for another version.
    pub fn new(templates: &BTreeMap<String, Source>) -> Outcome<Self> {
        let mut faults = Vec::new();
        if let Some(former) = templates.get(FORMER) {
            faults.push(
                Diagnostic::error("page-moved")
                    .at(&former.span(0..0))
                    .hint("folder"),
            );
        }
        let mut page = Self {
            files: BTreeMap::new(),
            sought: Vec::new(),
        };
        for (path, source) in templates {
            let Some(name) = path
                .strip_prefix(FOLDER)
                .filter(|name| name.ends_with(".typ"))
            else {
                continue;
            };
            faults.extend(of_another_version(source));
            let parsed = syntax::Source::new(id(name), source.text().to_owned());
            page.sought.extend(sought(&parsed, source));
            let source = source.clone();
            page.files.insert(name.to_owned(), File { source, parsed });
        }
        match faults.is_empty() {
            true => Ok(page),
            false => Err(faults),
        }
    }

    /// Returns the file that a document begins with.
    pub fn main(&self) -> Source {
        let main = self.files.get(MAIN).map(|file| file.source.clone());
        main.unwrap_or_else(|| Source::new(format!("templates/{FOLDER}{MAIN}"), ""))
    }

    /// Returns the texts of all files.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.files.values().map(|file| file.source.text())
    }

    pub(super) fn main_id(&self) -> FileId {
        id(MAIN)
    }

    pub(super) fn parsed(&self, id: FileId) -> Option<&syntax::Source> {
        self.file(id).map(|file| &file.parsed)
    }

    /// Returns the place of a range in one of the files.
    pub(super) fn place(&self, id: FileId, range: Range<usize>) -> Option<Span> {
        self.file(id).map(|file| file.source.span(range))
    }

    fn file(&self, id: FileId) -> Option<&File> {
        self.files.get(id.get().vpath().get_without_slash())
    }

    /// Returns a fault for each `show` rule that finds something in a text as it is read
    /// and not in the same text as it is set; `texts` are both.
    pub(super) fn missed(&self, texts: &[(&str, &str)]) -> Vec<Diagnostic> {
        let missed = self.sought.iter().filter(|sought| {
            let find = |text: &str| match &sought.words {
                Words::Plain(words) => text.matches(words.as_str()).count(),
                Words::Pattern(pattern) => pattern.find_iter(text).count(),
            };
            texts.iter().any(|(read, set)| find(read) > find(set))
        });
        let fault = |sought: &Sought| {
            let fault = Diagnostic::error("show-missed").at(&sought.at);
            fault.with("words", sought.at.text()).hint("seen")
        };
        missed.map(fault).collect()
    }

    /// Tells whether any rule looks for words.
    pub(super) fn seeks(&self) -> bool {
        !self.sought.is_empty()
    }
}

fn id(name: &str) -> FileId {
    let path = VirtualPath::new(name).unwrap_or_else(|_| VirtualPath::new(MAIN).expect("a name"));
    RootedPath::new(VirtualRoot::Project, path).intern()
}

fn of_another_version(source: &Source) -> Option<Diagnostic> {
    let line = source.text().lines().next().unwrap_or_default();
    let version = line
        .strip_prefix(OPENING)
        .map(|rest| rest.trim_end_matches('.'));
    if version == Some(VERSION.to_string().as_str()) {
        return None;
    }
    let fault = Diagnostic::error("page-version").at(&source.span(0..line.len()));
    Some(fault.with("version", VERSION.to_string()).hint("compare"))
}

/// Returns what the `show` rules of a file look for, as far as it is written there.
fn sought(parsed: &syntax::Source, source: &Source) -> Vec<Sought> {
    let root = LinkedNode::new(parsed.root());
    let mut named = BTreeMap::new();
    let mut found = Vec::new();
    walk(&root, &mut |node| {
        if node.kind() == SyntaxKind::LetBinding {
            let mut parts = node.children().filter(|part| !part.kind().is_trivia());
            let name = parts.find(|part| part.kind() == SyntaxKind::Ident);
            let value = parts.find(|part| part.kind() == SyntaxKind::Str);
            if let (Some(name), Some(value)) = (name, value) {
                named.insert(name.leaf_text().to_string(), value.range());
            }
        }
    });
    walk(&root, &mut |node| {
        if node.kind() == SyntaxKind::ShowRule {
            let parts: Vec<LinkedNode<'_>> = node.children().collect();
            let colon = parts
                .iter()
                .position(|part| part.kind() == SyntaxKind::Colon);
            for part in &parts[..colon.unwrap_or_default()] {
                selectors(part, false, &named, &mut found);
            }
        }
    });
    let text = source.text();
    let read = |(range, pattern): (Range<usize>, bool)| {
        let words = unquoted(text.get(range.clone())?);
        let words = match pattern {
            true => Words::Pattern(Regex::new(&words).ok()?),
            false => Words::Plain(words),
        };
        let at = source.span(range);
        Some(Sought { words, at })
    };
    found.into_iter().filter_map(read).collect()
}

fn walk<'a>(node: &LinkedNode<'a>, see: &mut impl FnMut(&LinkedNode<'a>)) {
    see(node);
    for child in node.children() {
        walk(&child, see);
    }
}

/// Gathers the strings of a selector, and whether each is a pattern; what `seen` is given
/// is found in any case.
fn selectors(
    node: &LinkedNode<'_>,
    pattern: bool,
    named: &BTreeMap<String, Range<usize>>,
    found: &mut Vec<(Range<usize>, bool)>,
) {
    let mut pattern = pattern;
    match node.kind() {
        SyntaxKind::Str => found.push((node.range(), pattern)),
        SyntaxKind::Ident => {
            let range = named.get(node.leaf_text().as_str()).cloned();
            found.extend(range.map(|range| (range, pattern)));
        }
        SyntaxKind::FuncCall => {
            let callee = node.children().next();
            match callee.as_ref().map(|callee| callee.leaf_text().as_str()) {
                Some("seen") => return,
                Some("regex") => pattern = true,
                _ => {}
            }
        }
        _ => {}
    }
    for child in node.children() {
        selectors(&child, pattern, named, found);
    }
}

/// Returns what a string in quotes stands for.
fn unquoted(typed: &str) -> String {
    let root = syntax::parse_code(typed);
    let text = root
        .children()
        .find_map(|node| node.cast::<syntax::ast::Str<'_>>());
    text.map(|text| text.get().to_string()).unwrap_or_default()
}
