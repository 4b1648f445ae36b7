//! The parties that a project knows.
//!
//! Input: `agreements/parties.yaml`. Output: a [`Register`]. A draft may say
//! `party: bac-ninh` in the place of what stands there, and override keys of it; each
//! value keeps its place, so what is wrong with it is said where it was written. A
//! project without the file knows none.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Outcome};
use crate::language::Language;
use crate::source::Source;
use crate::text::yaml::{self, Entry, Node, Value};

use super::calendar;
use super::form::{Decoder, suggest};
use super::keys::{CONTACT, KNOWN_FORMER, KNOWN_PARTY, Kind, PARTY, Part, REGISTER};
use super::model::{Agreement, Party};
use super::text::Text;

/// The key of a party that takes it from here.
pub(super) const REFERENCE: &str = "party";

/// When its contact was last confirmed; it is true of the whole contact alone.
const VERIFIED: &str = "verified_on";

/// The parties that a project knows, in the order of their file.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// The parties.
    pub parties: Vec<Known>,
}

/// A party of the register.
#[derive(Clone, Debug)]
pub struct Known {
    /// Names it.
    pub id: String,
    /// The first day of its present name, where it had another.
    pub since: Option<NaiveDate>,
    /// Its names.
    pub names: Names,
    /// The parties that it was before, the latest first.
    pub formerly: Vec<Former>,
    /// As it stands in the file.
    node: Node,
}

/// A party that is now another.
#[derive(Clone, Debug)]
pub struct Former {
    /// The id under which older agreements have it.
    pub id: Option<String>,
    /// Its names.
    pub names: Names,
}

impl Known {
    /// Tells whether it has its present name by a day.
    fn is_called_so_by(&self, day: Option<NaiveDate>) -> bool {
        match (self.since, day) {
            (Some(since), Some(day)) => since <= day,
            _ => true,
        }
    }
}

impl Former {
    /// Tells whether a party of an agreement is this one: by its id, or by a name.
    fn was(&self, party: &Party) -> bool {
        let mut names = party.name.by_language.iter();
        let same = |(code, name): (&Language, &Option<String>)| {
            name.is_some() && self.names.name.get(code) == name.as_ref()
        };
        self.id.as_deref() == Some(&party.id) || names.any(same)
    }
}

/// What a party is called, in each language.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// In full.
    pub name: BTreeMap<Language, String>,
    /// In running text.
    pub short: BTreeMap<Language, String>,
}

impl Names {
    fn of(node: &Node) -> Self {
        let by_language = |key: &str| {
            let entries = node.get(key).map(Node::entries).unwrap_or_default();
            let texts = entries.iter().filter_map(|entry| {
                let text = entry.node.text()?.trim();
                Some((Language(entry.key.clone()), text.to_owned()))
            });
            texts.collect::<BTreeMap<_, _>>()
        };
        Self {
            name: by_language("name"),
            short: by_language("short"),
        }
    }
}

/// A party of an agreement that has another name now.
#[derive(Clone, Debug)]
pub struct Renamed {
    /// Its place among the parties of the agreement.
    pub index: usize,
    /// Its id now.
    pub id: String,
    /// Since when, as far as it is known.
    pub since: Option<NaiveDate>,
    /// Its names now.
    pub now: Names,
    /// Its names before: those of the agreement, then those of the register.
    before: [Names; 2],
}

impl Renamed {
    /// Returns what it was called and what it is called now, longer wordings first.
    pub fn wordings(&self, language: &Language) -> Vec<(&str, &str)> {
        let Some(name) = self.now.name.get(language) else {
            return Vec::new();
        };
        let short = self.now.short.get(language).unwrap_or(name);
        let pairs = self.before.iter().flat_map(|before| {
            let pairs = [(&before.name, name), (&before.short, short)];
            pairs.map(|(before, now)| Some((before.get(language)?.as_str(), now.as_str())))
        });
        let mut wordings: Vec<(&str, &str)> = Vec::new();
        for (before, now) in pairs.flatten() {
            let known = wordings.iter().any(|(known, _)| *known == before);
            if before != now && !known {
                wordings.push((before, now));
            }
        }
        wordings.sort_by_key(|(before, _)| std::cmp::Reverse(before.len()));
        wordings
    }

    /// Returns the name in running text, as it is now.
    pub fn short(&self, language: &Language) -> Option<&str> {
        let short = self.now.short.get(language);
        short
            .or_else(|| self.now.name.get(language))
            .map(String::as_str)
    }
}

/// What a party of an agreement takes from the register.
pub(super) struct Taken {
    /// Keys that it does not have.
    pub(super) entries: Vec<Entry>,
    /// Keys that its own contact does not have.
    pub(super) contact: Vec<Entry>,
}

impl Register {
    /// Reads the file.
    ///
    /// # Errors
    /// Invalid YAML, keys that a party does not have, ids and days that are none. The
    /// texts are judged where an agreement uses them.
    pub fn read(source: &Source) -> Outcome<Self> {
        let root = yaml::parse(source)?;
        let mut decoder = Decoder::new(source);
        let mut parties = Vec::new();
        let mut paths = Vec::new();
        if let Some(form) = decoder.form(&root, "", &REGISTER) {
            for (node, path) in decoder.items(&form, "parties") {
                let Some(form) = decoder.form(node, &path, &KNOWN_PARTY) else {
                    continue;
                };
                let id = form.get("id").and_then(|node| decoder.id(node));
                let since = decoder.date(&form, "since");
                let mut formerly = Vec::new();
                for (node, path) in decoder.items(&form, "formerly") {
                    if let Some(form) = decoder.form(node, &path, &KNOWN_FORMER) {
                        decoder.date(&form, "until");
                        formerly.push(Former {
                            id: form.filled("id").and_then(|node| decoder.id(node)),
                            names: Names::of(node),
                        });
                    }
                }
                let contact = decoder.part(&form, "contact", &CONTACT);
                decoder.date(&contact, VERIFIED);
                paths.push(path);
                parties.push(Known {
                    id: id.unwrap_or_default(),
                    since,
                    names: Names::of(node),
                    formerly,
                    node: node.clone(),
                });
            }
        }
        let ids = parties.iter().map(|known| known.id.as_str());
        decoder.unique(ids.zip(paths.iter().map(String::as_str)));
        match decoder.faults.is_empty() {
            true => Ok(Self { parties }),
            false => Err(decoder.faults.into_list()),
        }
    }

    /// Returns the party called `id`.
    pub fn get(&self, id: &str) -> Option<&Known> {
        self.parties.iter().find(|known| known.id == id)
    }

    /// Returns the day on which somebody last made sure of the contact of the party
    /// called `id`, under its name now or one before.
    pub fn confirmed(&self, id: &str) -> Option<NaiveDate> {
        calendar::date(self.contact(id)?.get(VERIFIED)?.text()?.trim()).ok()
    }

    /// Tells whether the value at `path`, below the contact of a party, is the one that
    /// somebody has confirmed here: `phone`, `office.vi`.
    pub(super) fn confirms(&self, id: &str, path: &str, value: &str) -> bool {
        let contact = self.contact(id).filter(|_| self.confirmed(id).is_some());
        let node = contact.and_then(|contact| {
            let mut steps = path.split('.');
            steps.try_fold(contact, |node, step| node.get(step))
        });
        node.and_then(Node::text)
            .is_some_and(|known| known == value)
    }

    fn contact(&self, id: &str) -> Option<&Node> {
        let is_it = |known: &&Known| {
            let mut former = known.formerly.iter();
            known.id == id || former.any(|former| former.id.as_deref() == Some(id))
        };
        self.parties.iter().find(is_it)?.node.get("contact")
    }

    /// Returns the parties of an agreement that have other names by the day `until`, the
    /// last one of its next term, in each of its languages. Two that are one now, and one
    /// that is several, are not among them: what becomes of those is for people to say.
    pub fn renamed(&self, agreement: &Agreement, until: Option<NaiveDate>) -> Vec<Renamed> {
        let parties = agreement.parties.iter().enumerate();
        let mut found: Vec<Renamed> = parties
            .filter_map(|(index, party)| {
                let names = |text: Option<&Text>| {
                    let texts = text.into_iter().flat_map(|text| &text.by_language);
                    let texts =
                        texts.filter_map(|(code, text)| Some((code.clone(), text.clone()?)));
                    texts.collect::<BTreeMap<_, _>>()
                };
                let own = Names {
                    name: names(Some(&party.name)),
                    short: names(party.short.as_ref()),
                };
                let mut now = self.parties.iter().filter_map(|known| {
                    let former = known.formerly.iter().find(|former| former.was(party))?;
                    Some((known, former))
                });
                let (now, former) = now.next().filter(|_| now.next().is_none())?;
                let by_then = now.is_called_so_by(until);
                let mut languages = agreement.languages.iter();
                let named = languages.all(|code| now.names.name.contains_key(code));
                // One that took in another under its own name is called as it was.
                let mut names = own.name.iter();
                let other = names.any(|(code, name)| now.names.name.get(code) != Some(name));
                (by_then && named && other).then(|| Renamed {
                    index,
                    id: now.id.clone(),
                    since: now.since,
                    now: now.names.clone(),
                    before: [own, former.names.clone()],
                })
            })
            .collect();
        let taken = |id: &str, index: usize| {
            let mut others = agreement.parties.iter().enumerate();
            others.any(|(other, party)| other != index && party.id == id)
        };
        found.retain(|renamed| !taken(&renamed.id, renamed.index));
        let ids: Vec<String> = found.iter().map(|renamed| renamed.id.clone()).collect();
        found.retain(|renamed| ids.iter().filter(|id| **id == renamed.id).count() == 1);
        found
    }

    /// Returns the parties of an agreement, by their places, that were other ones before
    /// the day `until`, but are not among the `renamed`, and bear the names of then.
    pub fn left(
        &self,
        agreement: &Agreement,
        until: Option<NaiveDate>,
        renamed: &[Renamed],
    ) -> Vec<usize> {
        let parties = agreement.parties.iter().enumerate();
        let left = parties.filter(|(index, party)| {
            let now = |known: &Known| {
                let mut names = party.name.by_language.iter();
                names.any(|(code, name)| {
                    name.is_some() && known.names.name.get(code) == name.as_ref()
                })
            };
            let was = |known: &Known| {
                let mut formerly = known.formerly.iter();
                known.is_called_so_by(until) && formerly.any(|former| former.was(party))
            };
            renamed.iter().all(|renamed| renamed.index != *index)
                && self.parties.iter().any(was)
                && !self.parties.iter().any(now)
        });
        left.map(|(index, _)| index).collect()
    }

    /// Returns the tree of an agreement with what its parties take from here.
    ///
    /// # Errors
    /// Parties that are not here, each at its place.
    pub(super) fn resolve(&self, mut root: Node) -> Outcome<Node> {
        let languages = languages(&root);
        let mut faults = Vec::new();
        let Value::Map(entries) = &mut root.value else {
            return Ok(root);
        };
        let parties = entries.iter_mut().filter(|entry| entry.key == "parties");
        let lists = parties.filter_map(|entry| match &mut entry.node.value {
            Value::List(items) => Some(items),
            _ => None,
        });
        for item in lists.flatten() {
            match self.taken(item, &languages) {
                Ok(Some(taken)) => join(item, taken),
                Ok(None) => {}
                Err(fault) => faults.push(fault),
            }
        }
        match faults.is_empty() {
            true => Ok(root),
            false => Err(faults),
        }
    }

    /// Returns what a party of an agreement takes from here, if it takes anything.
    pub(super) fn taken(
        &self,
        item: &Node,
        languages: &[String],
    ) -> Result<Option<Taken>, Diagnostic> {
        let Some(node) = item.get(REFERENCE) else {
            return Ok(None);
        };
        let Some(id) = node.text() else {
            return Ok(None);
        };
        let Some(known) = self.get(id.trim()) else {
            return Err(self.unlisted(node, id.trim()));
        };
        let known = narrow(&known.node, &PARTY, languages);
        let own_contact = item.get("contact").map(Node::entries).unwrap_or_default();
        let (mut entries, mut contact) = (Vec::new(), Vec::new());
        for entry in known.entries() {
            if item.get(&entry.key).is_none() {
                entries.push(entry.clone());
            } else if entry.key == "contact" && !own_contact.is_empty() {
                let lacks = |part: &&Entry| {
                    part.key != VERIFIED && own_contact.iter().all(|own| own.key != part.key)
                };
                contact.extend(entry.node.entries().iter().filter(lacks).cloned());
            }
        }
        Ok(Some(Taken { entries, contact }))
    }

    fn unlisted(&self, node: &Node, id: &str) -> Diagnostic {
        let fault = Diagnostic::error("unlisted-party").at(&node.span);
        let fault = fault.typed("party", id);
        let is_former = |known: &&Known| {
            let mut former = known.formerly.iter();
            former.any(|former| former.id.as_deref() == Some(id))
        };
        if let Some(now) = self.parties.iter().find(is_former) {
            return fault.with("now", now.id.as_str()).hint("now");
        }
        let known: Vec<&str> = self.parties.iter().map(|known| known.id.as_str()).collect();
        match known.is_empty() {
            true => fault.hint("file"),
            false => suggest(fault.with("known", known.join(", ")), id, &known),
        }
    }
}

/// Returns the codes of the languages of an agreement, as far as they can be read.
pub(super) fn languages(root: &Node) -> Vec<String> {
    let listed = root.get("languages").map(Node::items).unwrap_or_default();
    let codes = listed.iter().filter_map(Node::text);
    codes.map(|code| code.trim().to_owned()).collect()
}

/// Gives a party what it takes.
fn join(item: &mut Node, taken: Taken) {
    if let Value::Map(entries) = &mut item.value {
        let mut own = entries.iter_mut();
        if let Some(Entry { node, .. }) = own.find(|entry| entry.key == "contact")
            && let Value::Map(contact) = &mut node.value
        {
            contact.extend(taken.contact);
        }
        entries.extend(taken.entries);
    }
}

/// Returns a mapping with those of its keys that a part of the form has, and with its
/// texts in those of the languages that an agreement has.
fn narrow(node: &Node, part: &'static Part, languages: &[String]) -> Node {
    let entries = node.entries().iter().filter_map(|entry| {
        let node = match part.key(&entry.key)?.kind {
            Kind::Plain | Kind::PlainOrNone | Kind::Lines | Kind::Markdown => {
                let has = |entry: &&Entry| languages.contains(&entry.key);
                with_entries(&entry.node, |entries| {
                    entries.iter().filter(has).cloned().collect()
                })
            }
            Kind::Part(part) => match &entry.node.value {
                Value::Map(_) => narrow(&entry.node, part, languages),
                _ => entry.node.clone(),
            },
            Kind::List(part, ..) => match &entry.node.value {
                Value::List(items) => {
                    let items = items.iter().map(|item| narrow(item, part, languages));
                    Node {
                        span: entry.node.span.clone(),
                        value: Value::List(items.collect()),
                    }
                }
                _ => entry.node.clone(),
            },
            _ => entry.node.clone(),
        };
        Some(Entry {
            node,
            ..entry.clone()
        })
    });
    Node {
        span: node.span.clone(),
        value: Value::Map(entries.collect()),
    }
}

/// Returns a mapping with other entries; anything else as it is.
fn with_entries(node: &Node, change: impl FnOnce(&[Entry]) -> Vec<Entry>) -> Node {
    match &node.value {
        Value::Map(entries) => Node {
            span: node.span.clone(),
            value: Value::Map(change(entries)),
        },
        _ => node.clone(),
    }
}
