//! An agreement that says itself what it took from the register of parties.
//!
//! Input: the file of an agreement. Output: the same file with the parties written in:
//! `party: bac-ninh` becomes `id: bac-ninh`, a name, a state and so on. All else stays
//! as it is. The result is read again, and says what was meant, or there is none.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Outcome};
use crate::source::Source;
use crate::text::yaml::{self, Entry, Node, Value, quoted, written};

use super::edit::same;
use super::register::{self, REFERENCE, Register};

/// What is to stand at a place of the file instead of what stands there.
type Change = (Range<usize>, String);

impl Register {
    /// Writes into an agreement what it takes from here; one that takes nothing comes
    /// back as it is.
    ///
    /// # Errors
    /// A file that cannot be read or changed as it was meant, and parties that are not
    /// here.
    pub fn settled(&self, source: &Source) -> Outcome<Source> {
        if !source.text().contains(REFERENCE) {
            return Ok(source.clone());
        }
        let root = yaml::parse(source)?;
        let languages = register::languages(&root);
        let parties = root.get("parties").map(Node::items).unwrap_or_default();
        let (mut changes, mut faults) = (Vec::new(), Vec::new());
        for item in parties {
            match self.taken(item, &languages) {
                Ok(Some(taken)) => {
                    changes.extend(in_party(source, item, &taken.entries));
                    changes.extend(in_contact(source, item, &taken.contact));
                }
                Ok(None) => {}
                Err(fault) => faults.push(fault),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        if changes.is_empty() {
            return Ok(source.clone());
        }
        let mut text = source.text().to_owned();
        changes.sort_by_key(|(place, _)| place.start);
        for (place, new) in changes.into_iter().rev() {
            text.replace_range(place, &new);
        }
        let made = Source::new(source.name(), text);
        let meant = without_references(self.resolve(root.clone())?);
        match yaml::parse(&made) {
            Ok(read) if same(&read, &meant) => Ok(made),
            _ => {
                let first = parties.iter().find_map(|item| item.get(REFERENCE));
                let fault = Diagnostic::error("settle-failed");
                let fault = match first {
                    Some(node) => fault.at(&node.span),
                    None => fault,
                };
                Err(vec![fault.hint("hand")])
            }
        }
    }
}

/// Writes the keys of a party in the place of `party: bac-ninh`.
fn in_party(source: &Source, item: &Node, taken: &[Entry]) -> Vec<Change> {
    let entries = item.entries().iter();
    let Some(reference) = entries.into_iter().find(|entry| entry.key == REFERENCE) else {
        return Vec::new();
    };
    let start = reference.key_span.range().start;
    let place = start..reference.node.span.range().end;
    if is_flow(source, item) {
        return vec![(place, flow_entries(taken))];
    }
    let indent = source.column_of(start) - 1;
    // The first one takes the line, with the comment that stands on it.
    let (first, rest) = match taken.split_first() {
        Some((first, rest)) if first.node.text().is_some() => {
            let line = format!(
                "{}: {}",
                first.key,
                written(first.node.text().unwrap_or_default())
            );
            (line, rest)
        }
        _ => {
            let block = block(taken, indent);
            return vec![(place, block.trim().to_owned())];
        }
    };
    let mut end = place.end;
    if let Some(line) = source.text()[end..].find('\n') {
        end += line;
    } else {
        end = source.text().len();
    }
    let mut changes = vec![(place, first)];
    if !rest.is_empty() {
        changes.push((end..end, format!("\n{}", block(rest, indent).trim_end())));
    }
    changes
}

/// Writes the keys of a contact that override only some of it.
fn in_contact(source: &Source, item: &Node, taken: &[Entry]) -> Option<Change> {
    let contact = item.get("contact").filter(|_| !taken.is_empty())?;
    let first = contact.entries().first()?.key_span.range().start;
    if is_flow(source, contact) {
        return Some((first..first, flow_entries(taken) + ", "));
    }
    let indent = source.column_of(first) - 1;
    let block = block(taken, indent);
    let lines = block.trim_start().trim_end_matches('\n');
    Some((first..first, format!("{lines}\n{}", " ".repeat(indent))))
}

/// Tells a mapping between braces.
fn is_flow(source: &Source, node: &Node) -> bool {
    let first = node.entries().first();
    let start = first.map_or(0, |entry| entry.key_span.range().start);
    source.text()[..start].trim_end().ends_with('{')
}

/// Returns entries on lines of their own.
fn block(entries: &[Entry], indent: usize) -> String {
    let mut out = String::new();
    for Entry { key, node, .. } in entries {
        let spaces = " ".repeat(indent);
        match &node.value {
            Value::Scalar(text) => out.push_str(&format!("{spaces}{key}: {}\n", written(text))),
            Value::Map(below) if !below.is_empty() => {
                out.push_str(&format!("{spaces}{key}:\n{}", block(below, indent + 2)));
            }
            Value::List(items) if items.iter().all(|item| !item.entries().is_empty()) => {
                out.push_str(&format!("{spaces}{key}:\n"));
                for item in items {
                    let lines = block(item.entries(), indent + 4);
                    out.push_str(&format!("{spaces}  - {}", lines.trim_start_matches(' ')));
                }
            }
            _ => out.push_str(&format!("{spaces}{key}: {}\n", flow(node))),
        }
    }
    out
}

fn flow_entries(entries: &[Entry]) -> String {
    let entries = entries.iter();
    let entries = entries.map(|Entry { key, node, .. }| format!("{key}: {}", flow(node)));
    entries.collect::<Vec<_>>().join(", ")
}

/// Returns a value on one line.
fn flow(node: &Node) -> String {
    match &node.value {
        Value::Blank => "~".to_owned(),
        Value::Scalar(text) => quoted(text),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Map(entries) => format!("{{{}}}", flow_entries(entries)),
    }
}

/// Takes the references out of the tree of an agreement.
fn without_references(mut root: Node) -> Node {
    if let Value::Map(entries) = &mut root.value {
        let parties = entries.iter_mut().filter(|entry| entry.key == "parties");
        for entry in parties {
            if let Value::List(items) = &mut entry.node.value {
                for item in items {
                    if let Value::Map(entries) = &mut item.value {
                        entries.retain(|entry| {
                            entry.key != REFERENCE || matches!(entry.node.value, Value::Blank)
                        });
                    }
                }
            }
        }
    }
    root
}
