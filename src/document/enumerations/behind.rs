//! What stands behind the last name of an enumeration.
//!
//! Input: the words behind the names, folded, and the small words of the language.
//! Output: whether they go on with what is said of all names alike: with what the
//! parties do together, with what is said of their relations, or with the end of the
//! sentence. Anything else may belong to the last name alone ("quan hệ giữa A và B,
//! nước bạn, …", "A và B cũ"), and would stay behind if the names changed places.

use super::together::{Together, goes_on};
use super::words::places;

impl Together<'_> {
    /// Tells whether the words behind so many names are said of all of them.
    pub(super) fn goes_on_alike(&self, after: &str, count: usize) -> bool {
        let after = after.trim_start_matches(['”', '"', '»', '’', '\'']);
        let after = after.trim_start();
        if self.starts_with(after, "attached_after").is_some() {
            return false;
        }
        if ends(after) || self.is_called_together(after) && after.starts_with(',') {
            return true;
        }
        if after.starts_with('(') {
            let behind = after.split_once(')').map_or("", |(_, behind)| behind);
            let behind = behind.trim_start();
            return self.is_called_together(after)
                && match behind.strip_prefix(',') {
                    Some(clause) => self.clause_goes_on(clause.trim_start(), count),
                    None => self.starts_with(behind, "attached_after").is_none(),
                };
        }
        if let Some(clause) = after.strip_prefix(',') {
            return self.clause_goes_on(clause.trim_start(), count);
        }
        let passed = ["modal_words", "passive_words"];
        let said = ["joint_verbs", "said_of_all"];
        let last = ["modal_words", "passive_words", "last_words"];
        let mut last = last.iter().filter_map(|key| self.starts_with(after, key));
        self.behind(after, &passed, &said).is_some() || last.any(ends)
    }

    /// Tells whether the words behind a comma are said of all: ", ký ngày …", ", hai
    /// bên thống nhất".
    fn clause_goes_on(&self, clause: &str, count: usize) -> bool {
        ends(clause)
            || self.starts_with(clause, "goes_on").is_some()
            || self.speaks_of_all(clause, count)
    }

    /// Tells whether a text begins with a name for all of so many parties: "hai bên",
    /// "hai tỉnh", "các bên".
    pub(super) fn speaks_of_all(&self, text: &str, count: usize) -> bool {
        let number = self.pack.numbers().get(count.wrapping_sub(1));
        let several = number.and_then(|number| text.strip_prefix(number.as_str()));
        let several = several.filter(|rest| !goes_on(rest)).map(str::trim_start);
        let counted = several.is_some_and(|rest| self.starts_with(rest, "party_nouns").is_some());
        let mut all = self.list("together_words");
        let numbers = self.pack.numbers();
        counted
            || all.any(|all| {
                text.strip_prefix(all).is_some_and(|rest| !goes_on(rest))
                    && !numbers
                        .iter()
                        .any(|number| all.starts_with(number.as_str()))
            })
    }

    /// Tells whether the words behind the names are set off, or belong to one name by
    /// what they begin with: then they are not what the parties do.
    pub(super) fn may_be_attached(&self, after: &str) -> bool {
        let dash = |letter: char| matches!(letter, '-' | '–' | '—');
        after.starts_with([',', '(']) || after.starts_with(dash) || {
            self.starts_with(after, "attached_after").is_some()
        }
    }

    /// Tells whether as many things stand in a row as there are names, so that each
    /// may have one of them. Of more things each must be a joint task by its first
    /// word, but for fewer than there are names.
    pub(super) fn could_have_one_each(&self, things: &[&str], count: usize) -> bool {
        let joint = |thing: &&&str| {
            let thing = thing.trim_start_matches(|c: char| !c.is_alphabetic());
            self.starts_with(thing, "joint_verbs").is_some() || self.speaks_of_all(thing, count)
        };
        let own = things.len() - things.iter().filter(joint).count();
        things.len() == count || own >= count
    }

    /// Returns the things that stand in a row: "trưởng ban, thư ký".
    pub(super) fn things<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut cuts: Vec<std::ops::Range<usize>> = text
            .match_indices([',', ';', '\n'])
            .map(|(at, mark)| at..at + mark.len())
            .collect();
        for and in self.list("and_words") {
            cuts.extend(places(text, and).collect::<Vec<_>>());
        }
        cuts.sort_by_key(|cut| cut.start);
        let (mut things, mut start) = (Vec::new(), 0);
        for cut in cuts {
            things.push(text[start..cut.start].trim());
            start = cut.end;
        }
        things.push(text[start..].trim());
        things.retain(|thing| thing.contains(char::is_alphanumeric));
        things
    }
}

/// Tells whether a sentence, a clause of it or a bracket ends where `text` begins.
fn ends(text: &str) -> bool {
    text.is_empty() || text.starts_with(['.', ';', ':', '?', '!', ')', ']', '…'])
}
