//! What a document is made of, as data: `document.json`.
//!
//! Input: a text in one or several languages, and what its pages need besides. Output:
//! its sections in rows and cells, with what stands together and where lines may end.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use typst::foundations::Bytes;

use crate::diagnostic::Diagnostic;
use crate::document::tree::{Block, Inline, Parallel, Role};
use crate::document::{rows, together};
use crate::language::pack::Typography;
use crate::text::letters::is_lao;

use super::ending::{Plan, USUAL};
use super::lines::{self, Rules};
use super::tags::Tags;
use super::template::{PageTemplate, VERSION};

/// What the pages need besides the text.
#[derive(Clone, Debug, Serialize)]
pub struct Setting {
    /// The agreement's id.
    pub id: String,
    /// Where the document goes, below the agreement's folder, without its ending.
    pub path: String,
    /// The document's title, for catalogues and window bars.
    pub title: String,
    /// `review`, `draft`, `original` or `conformed`.
    pub purpose: &'static str,
    /// How two languages stand on one page: `columns` or `stacked`.
    pub layout: &'static str,
    /// Whether each party signs once for all languages.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub joint: bool,
    /// Words to print across each page, or none.
    pub watermark: Option<String>,
    /// The parties that put their initials on each page, by language and name; none
    /// where nobody does.
    #[serde(skip)]
    pub initials: Vec<Vec<(String, String)>>,
    /// How the number of a page is written, with `{page}` and `{pages}`.
    #[serde(rename = "page-number", skip_serializing_if = "Option::is_none")]
    pub page_number: Option<String>,
    /// The line at the foot of each page by language; empty for none.
    pub footers: BTreeMap<String, String>,
    /// What each language of the text is called in itself.
    pub language_names: BTreeMap<String, String>,
    /// How each language is set.
    pub typography: BTreeMap<String, Typography>,
    /// The document's own date.
    #[serde(serialize_with = "as_parts")]
    pub date: NaiveDate,
    /// Names that are not to be broken at the end of a line.
    pub names: Vec<String>,
    /// Lao words that no dictionary need know, to be kept whole as well.
    #[serde(skip)]
    pub terms: Vec<String>,
    /// Words of several syllables that titles and posts do not part.
    #[serde(skip)]
    pub compounds: Vec<String>,
    /// Words whose number stays on their line, by language.
    #[serde(skip)]
    pub before_numbers: BTreeMap<String, Vec<String>>,
    /// The file to attach, by name, or none.
    pub attachment: Option<String>,
}

fn as_parts<S: serde::Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    [date.year(), date.month() as i32, date.day() as i32].serialize(serializer)
}

/// `document.json`.
#[derive(Serialize)]
pub(super) struct PageInput<'a> {
    version: u32,
    #[serde(flatten)]
    setting: &'a Setting,
    /// How much of the usual room stands between two lines, where it is not the usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    leading: Option<f64>,
    languages: Vec<&'a str>,
    /// The tag in which Typst is to set a language, where it is not the language's own
    /// (see `tags`).
    #[serde(rename = "set-as", skip_serializing_if = "Tags::is_empty")]
    tags: Tags,
    /// The foot of each page by language, as the words of a line.
    feet: BTreeMap<&'a str, [Inline; 1]>,
    /// The name of each party that puts its initials on each page, by language.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    initials: Vec<Vec<(&'a str, [Inline; 1])>>,
    sections: Vec<rows::Section<'a>>,
}

/// Returns `document.json`, for `page/main.typ` in any editor.
pub fn page_input(text: &Parallel, setting: &Setting) -> String {
    let input = PageInput::new(text, setting, Tags::default());
    let json = serde_json::to_string_pretty(&input);
    lines::shown(&json.expect("the tree holds only strings, numbers and lists"))
}

/// Returns `document.json` as Typst receives it, where languages may have other tags.
pub fn handed(text: &Parallel, setting: &Setting) -> String {
    let input = PageInput::new(text, setting, Tags::of(&setting.typography));
    serde_json::to_string(&input).expect("the tree holds only strings, numbers and lists")
}

/// Returns words of a language as a line of text.
fn line<'a>((language, text): (&'a String, &String)) -> (&'a str, [Inline; 1]) {
    let (text, set) = (text.clone(), None);
    (language, [Inline::Text { text, set }])
}

impl<'a> PageInput<'a> {
    pub(super) fn new(text: &'a Parallel, setting: &'a Setting, tags: Tags) -> Self {
        let languages = text.languages.iter();
        let mut input = Self {
            version: VERSION,
            setting,
            tags,
            leading: None,
            languages: languages.map(|language| language.0.as_str()).collect(),
            feet: setting.footers.iter().map(line).collect(),
            initials: setting
                .initials
                .iter()
                .map(|names| {
                    names
                        .iter()
                        .map(|(language, name)| line((language, name)))
                        .collect()
                })
                .collect(),
            sections: rows::sections(text, setting.layout == "columns"),
        };
        input.hold();
        input.plan(USUAL);
        input
    }

    pub(super) fn to_bytes(&self) -> Bytes {
        let json = serde_json::to_string(self);
        Bytes::from_string(json.expect("the tree holds only strings, numbers and lists"))
    }

    /// Returns a fault for each `show` rule of `page` that what is not seen hides words
    /// from.
    pub(super) fn missed(&self, page: &PageTemplate) -> Vec<Diagnostic> {
        let rows = self.sections.iter().flat_map(|section| &section.rows);
        let cells = rows.flat_map(|row| &row.cells);
        let mut texts: Vec<(&str, &str)> = cells.flat_map(|cell| texts(cell)).collect();
        texts.extend(self.feet.values().flat_map(|foot| texts_of(foot)));
        page.missed(&texts)
    }

    /// Tells whether the signatures surely stand on one page with what comes along.
    pub(super) fn is_short(&self) -> bool {
        self.sections
            .iter()
            .all(|section| section.short != Some(false))
    }

    /// Sets what stays together.
    pub(super) fn plan(&mut self, plan: Plan) {
        self.leading = plan.leading;
        let columns = self.setting.layout == "columns" && self.languages.len() > 1;
        together::plan(&mut self.sections, columns, plan.along);
    }

    /// Sets where every line may end.
    fn hold(&mut self) {
        let words = self.setting.names.iter().chain(&self.setting.terms);
        let whole: Vec<String> = words.cloned().collect();
        let (tags, typography) = (&self.tags, &self.setting.typography);
        let rules = |language: &str| Rules {
            whole: &whole,
            joined: !tags.has(language),
            narrow: None,
        };
        // In the running text of a column only Lao names are held together: a line with
        // a long name that may not be parted would be full of holes.
        let columns = self.setting.layout == "columns" && self.languages.len() > 1;
        let compounds = self.setting.compounds.iter();
        let displayed: Vec<String> = whole.iter().chain(compounds).cloned().collect();
        let lao: Vec<String> = whole
            .iter()
            .filter(|name| name.chars().any(is_lao))
            .cloned()
            .collect();
        for section in &mut self.sections {
            let display = [Role::Header, Role::Title, Role::Signatures, Role::Witnesses];
            let names = match display.contains(&section.role) {
                true => &displayed,
                false if columns => &lao,
                false => &whole,
            };
            for row in &mut section.rows {
                for (blocks, language) in row.cells.iter_mut().zip(&self.languages) {
                    let justified = |it: &Typography| it.columns.justify;
                    let is_narrow = columns && !display.contains(&section.role);
                    let narrow = is_narrow && typography.get(*language).is_some_and(justified);
                    let words = self.setting.before_numbers.get(*language);
                    let rules = Rules {
                        whole: names,
                        narrow: words.filter(|_| narrow).map(Vec::as_slice),
                        ..rules(language)
                    };
                    lines::hold(blocks, rules);
                }
            }
        }
        let names = self.initials.iter_mut().flatten();
        let names = names.map(|(language, name)| (*language, name));
        let feet = self
            .feet
            .iter_mut()
            .map(|(language, words)| (*language, words));
        for (language, words) in feet.chain(names) {
            lines::hold_words(words, rules(language), false);
        }
    }
}

/// Returns the texts of blocks that are set otherwise than they are read, with both.
fn texts(blocks: &[Block]) -> Vec<(&str, &str)> {
    let mut texts = Vec::new();
    for block in blocks {
        match block {
            Block::Heading { body, .. } | Block::Paragraph { body } => {
                texts.extend(texts_of(body));
            }
            Block::List { items, .. } => {
                texts.extend(items.iter().flat_map(|item| self::texts(item)));
            }
            Block::Quote { body } => texts.extend(self::texts(body)),
            Block::Table { head, rows, .. } => {
                let cells = head.iter().chain(rows.iter().flatten());
                texts.extend(cells.flat_map(|cell| texts_of(cell)));
            }
        }
    }
    texts
}

/// Returns the same of words.
fn texts_of(words: &[Inline]) -> Vec<(&str, &str)> {
    let mut texts = Vec::new();
    for inline in words {
        match inline {
            Inline::Text { text, set } => {
                texts.extend(set.as_deref().map(|set| (text.as_str(), set)));
            }
            Inline::Break => {}
            Inline::Strong { body }
            | Inline::Emph { body }
            | Inline::Link { body, .. }
            | Inline::Changed { body, .. } => {
                texts.extend(texts_of(body));
            }
        }
    }
    texts
}
