//! YAML text to a tree of nodes, each with its span.
//!
//! Every scalar arrives as the text that was typed, whatever YAML would make
//! of it: `no`, `0205921671`, `+84` and `2025-2027` stay strings. Strings come
//! out with one spelling for each letter (see [`super::letters`]). Alias bombs
//! and deep nesting end in an error.

pub mod arrange;
mod gaps;
pub mod notation;
mod scalar;
pub mod scan;
mod silent;
mod slips;
mod words;
mod written;

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_yaml::{Error, Spanned};

use crate::diagnostic::{Diagnostic, Findings};
use crate::source::{Source, Span};

use super::legacy;
use super::letters::normalise;

pub use words::known_keys;
pub use written::{quoted, written};

/// Larger files are refused before they are parsed: 1 MiB is some two hundred
/// times the longest agreement known.
pub const MAX_BYTES: usize = 1 << 20;

/// All texts together, those that aliases repeat included. An escape such as
/// `\L` stands for more bytes than it has.
const MAX_SCALAR_BYTES: usize = 2 * MAX_BYTES;

/// Longer texts are refused: some ten thousand Lao letters, or eight pages, for
/// one clause in one language.
pub const MAX_TEXT_BYTES: usize = 32 << 10;

/// Collections within collections; an agreement has six levels.
const MAX_DEPTH: usize = 32;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where the value stands; for an empty value, where it would.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// What a node holds.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing, or `~`: an explicit blank.
    Blank,
    /// Text as typed, normalised.
    Scalar(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in the order of the file; keys are unique.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

impl Node {
    /// Returns the value of `key`, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries()
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.node)
    }

    /// Returns the entries of a mapping; none of anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            Value::Blank | Value::Scalar(_) | Value::List(_) => &[],
        }
    }

    /// Returns the items of a list; none of anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            Value::Blank | Value::Scalar(_) | Value::Map(_) => &[],
        }
    }

    /// Returns the text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            Value::Blank | Value::List(_) | Value::Map(_) => None,
        }
    }
}

/// Parses one YAML document.
///
/// # Errors
/// Invalid YAML, several documents, exhausted budgets, control characters and
/// every duplicate key, each at its place.
pub fn parse(source: &Source) -> Result<Node, Vec<Diagnostic>> {
    if source.text().len() > MAX_BYTES {
        let size = source.text().len().to_string();
        return Err(vec![
            Diagnostic::error("file-too-large")
                .at(&source.span(0..0))
                .with("size", size),
        ]);
    }
    let options = serde_yaml::options! {
        budget: serde_yaml::budget! { max_depth: MAX_DEPTH, max_events: 100_000, max_nodes: 100_000, max_total_scalar_bytes: MAX_SCALAR_BYTES },
        alias_limits: serde_yaml::alias_limits! { max_total_replayed_events: 10_000 },
        duplicate_keys: serde_yaml::DuplicateKeyPolicy::PassThrough,
        merge_keys: serde_yaml::MergeKeyPolicy::AsOrdinary,
        non_finite_float_policy: serde_yaml::options::NonFiniteFloatPolicy::AsString,
    };
    let raw: Spanned<Raw> = serde_yaml::from_str_with_options(source.text(), options)
        .map_err(|error| refused(source, &error))?;
    let mut builder = Builder {
        source,
        faults: Findings::default(),
        names: silent::Names::of(source.text()),
    };
    builder.faults.extend(slips::directives(source));
    let node = builder.node(raw, None);
    if builder.faults.is_empty() {
        Ok(node)
    } else {
        Err(builder.faults.into_list())
    }
}

/// Returns the slips of a file that was refused, or what the parser says where
/// none is known.
fn refused(source: &Source, error: &Error) -> Vec<Diagnostic> {
    let said = syntax_error(source, error);
    if said.code == "yaml-too-complex" {
        return vec![said];
    }
    let mut slips = slips::find(source);
    // A slip stands before the place where the parser notices it, but for tabs
    // behind a text, which it tells at the text.
    let place = |fault: &Diagnostic| fault.labels.first().map_or(0, |label| label.span.line());
    if slips.iter().all(|slip| place(slip) > place(&said) + 1) {
        slips.push(said);
    }
    slips
}

/// Returns the finding of a comment that cuts the unquoted text at `span`.
pub fn cut_text(span: &Span) -> Option<Diagnostic> {
    silent::cut_text(span)
}

fn syntax_error(source: &Source, error: &Error) -> Diagnostic {
    // YAML refuses the control characters that a text in VPS or VISCII holds.
    let mut letters = source.text().char_indices();
    if let Some((at, letter)) = letters.find(|(_, c)| matches!(c, '\u{80}'..='\u{9f}')) {
        let place = source.span(at..at + letter.len_utf8());
        let fault = control_character(letter, place.line_text(), &place);
        if fault.code == "legacy-encoding" {
            return fault;
        }
    }
    let error = error.without_snippet();
    let message = error.to_string();
    let reason = message
        .split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned();
    let span = match error.location() {
        Some(place) => match (place.span().byte_offset(), place.span().byte_len()) {
            (Some(start), Some(length)) if start as usize <= source.text().len() => {
                source.span(start as usize..(start + length) as usize)
            }
            _ => source.span_at(place.line() as usize, place.column() as usize),
        },
        None => source.span(0..0),
    };
    let code = if is_excess(error) {
        "yaml-too-complex"
    } else {
        "yaml-syntax"
    };
    Diagnostic::error(code).at(&span).with("reason", reason)
}

/// Tells whether a budget was exhausted, as against a mistake of syntax.
fn is_excess(error: &Error) -> bool {
    match error {
        Error::AliasError { error, .. } => is_excess(error),
        Error::WithSnippet { error, .. } => is_excess(error),
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => true,
        // The scanner's own limit has no variant.
        _ => error.to_string().starts_with("recursion limit exceeded"),
    }
}

struct Builder<'a> {
    source: &'a Source,
    faults: Findings,
    names: silent::Names<'a>,
}

impl Builder<'_> {
    /// Turns a parsed value into a node. An empty value has no place of its
    /// own in the file, so it stands at its `key`.
    fn node(&mut self, raw: Spanned<Raw>, key: Option<&Span>) -> Node {
        let mut span = self.span(&raw);
        if let (true, Some(key)) = (span.range().is_empty(), key) {
            span = key.clone();
            self.faults.extend(silent::blank(key, &self.names));
        }
        let value = match raw.value {
            Raw::Blank => Value::Blank,
            Raw::Literal => self.text(span.text().to_owned(), &span),
            Raw::Text(text) => self.text(text, &span),
            Raw::List(items) => Value::List(
                items
                    .into_iter()
                    .map(|item| self.node(item, None))
                    .collect(),
            ),
            Raw::Map(entries) => Value::Map(self.entries(entries)),
        };
        if let Value::Map(entries) = &value
            && let (Some(first), Some(last)) = (entries.first(), entries.last())
        {
            let (start, end) = (first.key_span.range().start, last.node.span.range().end);
            if start < end {
                span = self.source.span(start..end);
            }
        }
        if let Value::List(items) = &value
            && let (Some(first), Some(last)) = (items.first(), items.last())
        {
            let (start, end) = (first.span.range().start, last.span.range().end);
            if start < end {
                span = self.source.span(start..end);
            }
        }
        Node { span, value }
    }

    fn entries(&mut self, raw: Vec<(Spanned<String>, Spanned<Raw>)>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::with_capacity(raw.len());
        let mut first: BTreeMap<String, Span> = BTreeMap::new();
        for (key, value) in raw {
            let key_span = self.span(&key);
            let node = self.node(value, Some(&key_span));
            let blank = matches!(node.value, Value::Blank);
            self.faults.extend(silent::key(&key_span, blank));
            if let Some(first) = first.get(&key.value) {
                let fault = Diagnostic::error("duplicate-key")
                    .at(&key_span)
                    .label("first", first)
                    .with("key", key.value)
                    .hint("merge");
                self.faults.push(fault);
                continue;
            }
            first.insert(key.value.clone(), key_span.clone());
            entries.push(Entry {
                key: key.value,
                key_span,
                node,
            });
        }
        entries
    }

    fn text(&mut self, text: String, span: &Span) -> Value {
        // A plain `.inf` is a word here; YAML reads a number too large to hold
        // as the same value, so the file's own letters decide.
        if matches!(text.as_str(), ".inf" | "-.inf" | ".nan") {
            return Value::Scalar(span.text().trim_matches(['"', '\'']).to_owned());
        }
        if let Some(control) = text
            .chars()
            .find(|c| c.is_control() && !matches!(c, '\n' | '\t'))
        {
            self.faults.push(control_character(control, &text, span));
        }
        if text.len() > MAX_TEXT_BYTES {
            let start = span.range().start;
            let fault = Diagnostic::error("text-too-long").at(&self.source.span(start..start + 1));
            let fault = fault.with("size", text.len().to_string());
            let fault = fault.with("most", MAX_TEXT_BYTES.to_string());
            self.faults.push(fault.hint("split"));
        }
        self.faults.extend(silent::value(span, &self.names));
        Value::Scalar(normalise(&text))
    }

    fn span<T>(&self, value: &Spanned<T>) -> Span {
        let place = value.defined.span();
        let start = place.byte_offset().unwrap_or_default() as usize;
        let mut end = start + place.byte_len().unwrap_or_default() as usize;
        // A block scalar's range includes the line end after it.
        while end > start
            && self.source.text()[..end.min(self.source.text().len())].ends_with(['\n', '\r', ' '])
        {
            end -= 1;
        }
        self.source.span(start..end)
    }
}

/// Says what a control character is: in a text in an encoding from before Unicode,
/// one of its letters.
fn control_character(control: char, text: &str, span: &Span) -> Diagnostic {
    let old = matches!(control, '\u{80}'..='\u{9f}');
    let encoding = legacy::recognise(text, false, &[]).filter(|_| old);
    let Some(encoding) = encoding else {
        let letter = format!("U+{:04X}", u32::from(control));
        return Diagnostic::error("control-character")
            .at(span)
            .with("letter", letter);
    };
    let fault = Diagnostic::error("legacy-encoding").at(span);
    let fault = fault.with("encoding", encoding.name());
    let fault = match encoding.beginning(text) {
        Some(read) => fault.with("read", read).hint("reads"),
        None => fault,
    };
    fault.hint("convert")
}

/// A value before the file's own letters are consulted.
enum Raw {
    Blank,
    /// A number or a truth value in YAML's eyes: the file has its letters.
    Literal,
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a list or a mapping")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Raw, E> {
        Ok(Raw::Blank)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Raw, E> {
        Ok(Raw::Blank)
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_i128<E: serde::de::Error>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_u128<E: serde::de::Error>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Literal)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<Raw, E> {
        Err(E::custom("binary values have no place in an agreement"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry::<Spanned<String>, Spanned<Raw>>()? {
            if entry.0.value == "<<" {
                return Err(A::Error::custom("merge keys (`<<`) are not supported"));
            }
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar(yaml: &str) -> String {
        let node = parse(&Source::new("x.yaml", format!("a: {yaml}\n"))).expect("valid YAML");
        let Value::Map(entries) = node.value else {
            panic!("not a mapping")
        };
        match &entries[0].node.value {
            Value::Scalar(text) => text.clone(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn scalars_stay_what_was_typed() {
        for typed in [
            "no",
            "0205921671",
            "+84",
            "2025-2027",
            "1_000",
            "0xFF",
            "1e400",
            ".inf",
            "12:30",
        ] {
            assert_eq!(scalar(typed), typed);
        }
        assert_eq!(scalar("\"0205 \\u0041\""), "0205 A");
    }

    #[test]
    fn every_duplicate_is_reported() {
        let faults =
            parse(&Source::new("x", "a: 1\nb: {c: 1, c: 2}\na: 3\n")).expect_err("duplicates");
        assert_eq!(faults.len(), 2);
        assert_eq!(faults[1].labels[0].span.line(), 3);
        assert_eq!(faults[1].labels[1].span.line(), 1);
    }

    #[test]
    fn bombs_are_refused() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..9 {
            let inner = vec![format!("*a{}", level - 1); 9].join(", ");
            bomb += &format!("a{level}: &a{level} [{inner}]\n");
        }
        assert_eq!(
            parse(&Source::new("x", bomb)).expect_err("a bomb")[0].code,
            "yaml-too-complex"
        );
        let deep = "[".repeat(100_000);
        assert!(parse(&Source::new("x", deep)).is_err());
    }
}
