//! Language packs: the small words of a language, its dates, numbers and type.
//!
//! A pack is the file `templates/<lang>/words.yaml`; the sentences around the
//! words are the Tera templates beside it. A new language is a new folder.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Outcome};
use crate::source::Source;
use crate::text::yaml::{self, Node, Value};

use super::code::{Language, MAX_PARTIES};

/// The words of one language.
#[derive(Clone, Debug)]
pub struct LanguagePack {
    /// The language.
    pub language: Language,
    /// The name of each language in this one: `tiếng Việt`.
    pub languages: BTreeMap<String, String>,
    /// What each kind of agreement is called.
    pub kinds: BTreeMap<String, Kind>,
    /// What a draft prints for a blank.
    pub blank: String,
    /// What a draft bears across each page.
    pub draft_mark: String,
    /// What each field of the form is called in the list of open points.
    pub fields: BTreeMap<String, String>,
    /// How the language is set.
    pub typography: Typography,
    /// Words of a script without spaces that its dictionary lacks.
    whole: Vec<String>,
    /// How the number of a page is written, with `{page}` and `{pages}`, where it is not
    /// the number alone.
    pub page_number: Option<String>,
    /// Words whose number stays on their line: `Điều 5`.
    pub before_numbers: Vec<String>,
    numbers: Vec<String>,
    months: Vec<String>,
    dates: BTreeMap<String, String>,
    /// Days and months below these are padded with a zero.
    pad_below: (u32, u32),
    two: PartyWords,
    many: PartyWords,
    /// The letters that number points, in order.
    letters: Vec<String>,
    /// What stands before a point: `{letter})`.
    point: String,
    /// What stands before a point of a point that has a letter.
    pub dash: String,
    /// How some numbers count one thing among others.
    ordinals: Vec<String>,
    /// How clauses and points are referred to, by level.
    references: BTreeMap<String, String>,
    /// How the forms of a term are said, by form.
    terms: BTreeMap<String, String>,
    /// What became of the parts of a text that is compared with an older one.
    pub comparison: BTreeMap<String, String>,
}

/// What a comparison of two texts says.
const COMPARISON: [&str; 16] = [
    "title",
    "sides",
    "none",
    "row",
    "part",
    "same",
    "changed",
    "added",
    "dropped",
    "moved",
    "moved-changed",
    "split",
    "only",
    "held",
    "deleted",
    "inserted",
];

/// The forms of a term that a pack must have words for, and the form of its dates.
const TERMS: [&str; 10] = [
    "date",
    "years",
    "year",
    "days",
    "since_year",
    "since_day",
    "counted",
    "counted_one",
    "signing",
    "signing_apart",
];

/// The levels that a pack must be able to refer to.
const REFERENCES: [&str; 6] = ["section", "article", "clause", "point", "dash", "annex"];

/// What an instrument is called.
#[derive(Clone, Debug, Serialize)]
pub struct Kind {
    /// The full name, as in the title.
    pub title: String,
    /// The name used in running text.
    pub short: String,
}

/// How a text speaks of its parties.
#[derive(Clone, Debug, Serialize)]
pub struct PartyWords {
    /// All of them: `hai bên`, `các bên`.
    pub all: String,
    /// Any one: `một bên`, `một trong các bên`.
    pub one: String,
    /// Each of them: `mỗi bên`.
    pub each: String,
    /// All but one: `bên còn lại`, `các bên còn lại`.
    pub others: String,
}

/// How a language is set.
#[derive(Clone, Debug, Serialize)]
pub struct Typography {
    /// Families in order of preference.
    pub fonts: Vec<String>,
    /// Families for words in bold; the same, unless the first has no bold.
    pub bold: Vec<String>,
    /// The letters of the language, to tell which faces have them.
    #[serde(skip)]
    pub letters: String,
    /// The size of running text, in points.
    pub size: f64,
    /// The space between lines, in ems.
    pub leading: f64,
    /// How far letters may be tracked to fill a line, in ems; 0 to stretch
    /// the spaces only.
    pub tracking: f64,
    /// How it is set beside another language.
    pub columns: InColumns,
    /// Whether the script has an italic.
    pub italic: bool,
    /// The Debian package that installs the first family.
    pub package: String,
    /// How it is set in Word.
    #[serde(skip)]
    pub word: InWord,
}

/// How a language is set in a Word file, on a machine that has other faces.
#[derive(Clone, Debug)]
pub struct InWord {
    /// The families of its own letters and of those of other scripts; those of the pages
    /// where the pack names none.
    pub families: Vec<String>,
    /// The tag by which Word knows it, with a country; its code where there is none.
    pub tag: Option<String>,
}

/// How a language is set beside another one, in a column of the page.
#[derive(Clone, Debug, Serialize)]
pub struct InColumns {
    /// The share of its column in the width of the page.
    pub share: f64,
    /// Whether both its sides are even.
    pub justify: bool,
    /// How far letters may be tracked to fill a line, in ems.
    pub tracking: f64,
}

impl LanguagePack {
    /// Reads the pack of `language` from its `words.yaml`.
    ///
    /// # Errors
    /// Invalid YAML, and every word that the pack lacks.
    pub fn read(language: Language, source: &Source) -> Outcome<Self> {
        let root = yaml::parse(source)?;
        let mut words = Words {
            root: &root,
            faults: Vec::new(),
        };
        let pack = Self {
            language,
            languages: words.map("languages"),
            kinds: words.kinds(),
            blank: words.word("blank"),
            draft_mark: words.word("draft_mark"),
            fields: words.map("fields"),
            typography: Typography {
                bold: words.list("typography.fonts", 1),
                fonts: words.list("typography.fonts", 1),
                letters: words.word("typography.letters"),
                size: words.number("typography.size"),
                leading: words.number("typography.leading"),
                tracking: words.number("typography.tracking"),
                columns: InColumns {
                    share: words.number("typography.columns.share"),
                    justify: words.word("typography.columns.justify") == "true",
                    tracking: words.number("typography.columns.tracking"),
                },
                italic: words.word("typography.italic") == "true",
                package: words.word("typography.package"),
                word: InWord {
                    families: words.optional_list("typography.word.families"),
                    tag: words.optional("typography.word.tag"),
                },
            },
            whole: words.optional_list("whole"),
            page_number: words.page_number(),
            before_numbers: words.optional_list("before_numbers"),
            numbers: words.list("numbers", MAX_PARTIES),
            months: words.list("months", 12),
            dates: words.map("dates"),
            pad_below: (words.count("pad_below.day"), words.count("pad_below.month")),
            two: words.party_words("parties.two"),
            many: words.party_words("parties.many"),
            letters: words.list("points.letters", 20),
            point: words.word("points.mark"),
            dash: words.word("points.dash"),
            ordinals: words.optional_list("points.ordinals"),
            references: words.forms("references", &REFERENCES),
            terms: words.forms("terms", &TERMS),
            comparison: words.forms("comparison", &COMPARISON),
        };
        if words.faults.is_empty() {
            Ok(pack)
        } else {
            Err(words.faults)
        }
    }

    /// Returns what the kind called `key` is called in the language; the key
    /// itself where the pack does not know it.
    pub fn kind(&self, key: &str) -> Kind {
        self.kinds.get(key).cloned().unwrap_or_else(|| Kind {
            title: key.to_owned(),
            short: key.to_owned(),
        })
    }

    /// Returns the name of a language in this one; its code where it has none.
    pub fn name_of<'a>(&'a self, language: &'a Language) -> &'a str {
        self.languages.get(&language.0).unwrap_or(&language.0)
    }

    /// Returns `number` in words: `hai`; in figures where the pack has no word.
    pub fn number(&self, number: usize) -> String {
        let word = number
            .checked_sub(1)
            .and_then(|index| self.numbers.get(index));
        word.cloned().unwrap_or_else(|| number.to_string())
    }

    /// Returns how `number` counts one thing among others, as in "thứ nhất"; where the
    /// pack has no word of its own for that, the number.
    pub fn ordinal(&self, number: usize) -> String {
        let word = number
            .checked_sub(1)
            .and_then(|index| self.ordinals.get(index));
        word.cloned().unwrap_or_else(|| self.number(number))
    }

    /// Returns `date` in one of the pack's forms, `numeric` or `long`.
    pub fn date(&self, date: NaiveDate, form: &str) -> String {
        let pad = |number: u32, below: u32| match number < below {
            true => format!("{number:02}"),
            false => number.to_string(),
        };
        let pattern = self
            .dates
            .get(form)
            .map_or("{year}-{month}-{day}", String::as_str);
        let month_name = self
            .months
            .get(date.month0() as usize)
            .map_or("", String::as_str);
        pattern
            .replace("{month_name}", month_name)
            .replace("{day}", &pad(date.day(), self.pad_below.0))
            .replace("{month}", &pad(date.month(), self.pad_below.1))
            .replace("{year}", &date.year().to_string())
    }

    /// Returns the letter of a point, from 1: `a`, `b`; after the last one `aa`, `bb`.
    pub fn letter(&self, place: usize) -> String {
        let at = place.saturating_sub(1);
        let count = self.letters.len().max(1);
        let letter = self.letters.get(at % count).map_or("", String::as_str);
        letter.repeat(at / count + 1)
    }

    /// Returns what stands before a point: `a)`.
    pub fn point_mark(&self, place: usize) -> String {
        self.point.replace("{letter}", &self.letter(place))
    }

    /// Returns how a level is referred to, with `{number}` and `{of}`.
    pub fn reference(&self, level: &str) -> &str {
        self.references
            .get(level)
            .map_or("{number}", String::as_str)
    }

    /// Returns how a form of a term is said, with `{from}` and `{to}`, or `{years}` and
    /// `{figures}`.
    pub fn term(&self, form: &str) -> &str {
        self.terms.get(form).map_or("{from}", String::as_str)
    }

    /// Returns `date` as a term has it.
    pub fn date_of_term(&self, date: NaiveDate) -> String {
        self.date(date, self.term("date"))
    }

    /// Returns the words for 1, 2, 3 and so on.
    pub fn numbers(&self) -> &[String] {
        &self.numbers
    }

    /// Returns what a comparison says, by key.
    pub fn compared<'a>(&'a self, key: &'a str) -> &'a str {
        self.comparison.get(key).map_or(key, String::as_str)
    }

    /// Returns words that are never parted at the end of a line, where the script has
    /// no spaces to tell them by.
    pub fn whole(&self) -> impl Iterator<Item = &str> {
        let names = self.months.iter().chain(self.languages.values());
        names.chain(&self.whole).map(String::as_str)
    }

    /// Returns the pattern of one of the pack's forms of dates.
    pub fn date_pattern(&self, form: &str) -> Option<&str> {
        self.dates.get(form).map(String::as_str)
    }

    /// Returns the names of the months, January first.
    pub fn months(&self) -> &[String] {
        &self.months
    }

    /// Returns how a text with `number` parties speaks of them.
    pub fn party_words(&self, number: usize) -> &PartyWords {
        if number == 2 { &self.two } else { &self.many }
    }
}

/// Looks words up by dotted path and remembers which are missing.
struct Words<'a> {
    root: &'a Node,
    faults: Vec<Diagnostic>,
}

impl<'a> Words<'a> {
    fn find(&self, path: &str) -> Option<&'a Node> {
        path.split('.')
            .try_fold(self.root, |node, key| match &node.value {
                Value::Map(entries) => entries.iter().find(|e| e.key == key).map(|e| &e.node),
                _ => None,
            })
    }

    fn missing(&mut self, path: &str) {
        let span = self.find(path).unwrap_or(self.root).span.clone();
        self.faults.push(
            Diagnostic::error("missing-word")
                .at(&span)
                .with("word", path),
        );
    }

    fn word(&mut self, path: &str) -> String {
        match self.find(path).map(|node| &node.value) {
            Some(Value::Scalar(text)) => text.clone(),
            _ => {
                self.missing(path);
                String::new()
            }
        }
    }

    /// Reads a word that a pack may leave out.
    fn optional(&mut self, path: &str) -> Option<String> {
        self.find(path)?;
        Some(self.word(path))
    }

    /// Reads how the number of a page is written: with the number, and no other braces
    /// than those that stand for one.
    fn page_number(&mut self) -> Option<String> {
        let form = self.optional("page_number")?;
        let rest = form.replace("{page}", "").replace("{pages}", "");
        let told = form.is_empty() || form.contains("{page}");
        if !told || rest.contains(['{', '}']) {
            let span = self.find("page_number").unwrap_or(self.root).span.clone();
            let fault = Diagnostic::error("missing-word").at(&span);
            self.faults.push(fault.with("word", "page_number: {page}"));
        }
        Some(form)
    }

    fn number(&mut self, path: &str) -> f64 {
        let number = self
            .word(path)
            .parse::<f64>()
            .ok()
            .filter(|n| n.is_finite() && *n >= 0.0);
        number.unwrap_or_else(|| {
            self.missing(path);
            0.0
        })
    }

    fn count(&mut self, path: &str) -> u32 {
        self.number(path) as u32
    }

    fn list(&mut self, path: &str, at_least: usize) -> Vec<String> {
        let Some(Value::List(items)) = self.find(path).map(|node| &node.value) else {
            self.missing(path);
            return Vec::new();
        };
        let words: Vec<String> = items.iter().filter_map(scalar).collect();
        if words.len() < at_least {
            self.missing(path);
        }
        words
    }

    /// Reads a list that a pack may leave out.
    fn optional_list(&mut self, path: &str) -> Vec<String> {
        match self.find(path) {
            Some(_) => self.list(path, 1),
            None => Vec::new(),
        }
    }

    fn map(&mut self, path: &str) -> BTreeMap<String, String> {
        let Some(Value::Map(entries)) = self.find(path).map(|node| &node.value) else {
            self.missing(path);
            return BTreeMap::new();
        };
        entries
            .iter()
            .filter_map(|e| Some((e.key.clone(), scalar(&e.node)?)))
            .collect()
    }

    /// Reads a mapping that has at least these keys.
    fn forms(&mut self, path: &str, needed: &[&str]) -> BTreeMap<String, String> {
        for key in needed {
            self.word(&format!("{path}.{key}"));
        }
        self.map(path)
    }

    fn kinds(&mut self) -> BTreeMap<String, Kind> {
        let Some(Value::Map(entries)) = self.find("kinds").map(|node| &node.value) else {
            self.missing("kinds");
            return BTreeMap::new();
        };
        let mut kinds = BTreeMap::new();
        for entry in entries {
            let title = self.word(&format!("kinds.{}.title", entry.key));
            let short = self.word(&format!("kinds.{}.short", entry.key));
            kinds.insert(entry.key.clone(), Kind { title, short });
        }
        kinds
    }

    fn party_words(&mut self, path: &str) -> PartyWords {
        PartyWords {
            all: self.word(&format!("{path}.all")),
            one: self.word(&format!("{path}.one")),
            each: self.word(&format!("{path}.each")),
            others: self.word(&format!("{path}.others")),
        }
    }
}

fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Scalar(text) => Some(text.clone()),
        _ => None,
    }
}
