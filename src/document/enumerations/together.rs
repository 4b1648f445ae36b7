//! What shows that the parties of an enumeration act together.
//!
//! Input: what stands before and behind the names of an enumeration, and the small
//! words of its language. Output: whether these words speak of all parties alike:
//! "giữa A và B", "quan hệ A - B", "hai tỉnh A và B", "hai bên: A và B", "A và B
//! (gọi tắt là hai bên)", "A và B cùng …". Of "A và B cử cán bộ" nothing says so.

use std::ops::Range;

use crate::language::pack::LanguagePack;
use crate::language::watch::WatchList;
use crate::text::letters::is_lao;

use super::words::places;

/// The words of a language, to look for what joins parties.
pub(super) struct Together<'a> {
    pub(super) pack: &'a LanguagePack,
    pub(super) watch: &'a WatchList,
}

impl Together<'_> {
    /// Tells whether an enumeration of so many names is one of parties that act
    /// together; what stands before and after it is folded.
    pub(super) fn is_shown(&self, before: &str, after: &str, count: usize) -> bool {
        self.are_one(before, after, count) || self.deed(after).is_some()
    }

    /// Tells whether roles or things stand behind the names of which each party may
    /// have one: "A và B cùng góp đất và vốn", "hai tỉnh A và B làm chủ tịch và thư ký".
    /// Names that belong to what is said before them do nothing themselves; of what
    /// they belong to, only the words up to a comma are read.
    pub(super) fn have_parts(&self, before: &str, after: &str) -> bool {
        let called = self.is_called_together(after).then(|| {
            let end = if after.starts_with('(') { ')' } else { ',' };
            let inside = after.get(1..).unwrap_or_default();
            inside.split_once(end).map_or("", |(_, rest)| rest)
        });
        let rest = called.unwrap_or(after);
        let clause = rest.split(['.', ';', ':', '\u{1}']).next();
        let clause = clause.unwrap_or_default();
        let own = match self.is_attribute(before) {
            true => clause.find(',').unwrap_or(clause.len()),
            false => clause.len(),
        };
        // "Góp phần" is no gift, and "cũng như" no role.
        let no_parts = self.list("no_parts");
        let no_parts: Vec<Range<usize>> = no_parts.flat_map(|no| places(clause, no)).collect();
        let is_part = |place: &Range<usize>| {
            let within = |no: &Range<usize>| no.start <= place.start && place.end <= no.end;
            place.start < own && !no_parts.iter().any(within)
        };
        let words = self.list("role_words").chain(self.list("give_words"));
        words
            .flat_map(|word| places(clause, word))
            .filter(is_part)
            .any(|place| {
                let rest = &clause[place.end..];
                let mut ands = self.list("and_words");
                rest.contains(',') || ands.any(|and| places(rest, and).next().is_some())
            })
    }

    /// Tells whether the names are called together, or belong to what is said of all.
    fn are_one(&self, before: &str, after: &str, count: usize) -> bool {
        self.is_attribute(before)
            || self.ends_with_several(before.strip_suffix(':').unwrap_or(before), count)
            || self.is_called_together(after)
    }

    /// Tells whether an enumeration belongs to what is said before it, and so does
    /// nothing itself: "giữa hai tỉnh A và B", "quan hệ A - B".
    pub(super) fn is_attribute(&self, before: &str) -> bool {
        let clause = last_clause(before);
        let between = self.list("between_words");
        let mut between = between.filter_map(|word| Some(clause.split_once(word)?.0));
        between.any(|left| !goes_on_back(left))
            || self.list("joint_heads").any(|head| {
                let left = clause.strip_suffix(head);
                left.is_some_and(|left| !goes_on_back(left))
            })
    }

    /// Tells whether a bracket or a clause behind the names calls all of them by one
    /// name: "(hai bên)", ", gọi tắt là hai bên,". "(gọi là hai bên: Bên cấp và Bên
    /// nhận)" gives each a name of its own.
    pub(super) fn is_called_together(&self, after: &str) -> bool {
        let bracket = after.strip_prefix('(');
        let clause = || after.strip_prefix(',')?.split(',').next();
        let clause =
            clause().filter(|inside| self.list("defines").any(|defines| inside.contains(defines)));
        let inside = bracket.and_then(|rest| rest.split(')').next()).or(clause);
        inside.is_some_and(|inside| {
            self.list("together_words").any(|all| inside.contains(all))
                && !inside.contains(':')
                && !inside
                    .split(' ')
                    .any(|word| self.list("and_words").any(|and| and == word))
        })
    }

    /// Returns what follows what parties do together, where names stand before it.
    fn deed<'t>(&self, after: &'t str) -> Option<&'t str> {
        self.behind(after, &["modal_words"], &["joint_verbs"])
    }

    /// Returns what follows a word of the lists `said`, with any words of the lists
    /// `passed` before it.
    pub(super) fn behind<'t>(
        &self,
        text: &'t str,
        passed: &[&str],
        said: &[&str],
    ) -> Option<&'t str> {
        let mut text = text;
        loop {
            // "Có trách nhiệm" is one word, and "có" is another.
            if let Some(rest) = said.iter().find_map(|key| self.starts_with(text, key)) {
                return Some(rest);
            }
            let rest = passed.iter().find_map(|key| self.starts_with(text, key))?;
            text = rest.trim_start();
        }
    }

    /// Tells whether a clause ends in a word for so many parties: "hai nước", "các
    /// Hội".
    fn ends_with_several(&self, before: &str, count: usize) -> bool {
        let clause = last_clause(before);
        let number = self.pack.numbers().get(count.wrapping_sub(1));
        let number = number.map(String::as_str);
        self.list("party_nouns").any(|noun| {
            let many = clause.strip_suffix(noun).filter(|left| !goes_on_back(left));
            let many = many.map(str::trim_end).unwrap_or_default();
            let mut words = self.list("plural_words").chain(number);
            words.any(|word| {
                let left = many.strip_suffix(word);
                left.is_some_and(|left| !goes_on_back(left))
            })
        })
    }

    /// Returns what follows the longest of a list's words at the start of `text`.
    pub(super) fn starts_with<'t>(&self, text: &'t str, key: &str) -> Option<&'t str> {
        let rest = self.list(key).filter_map(|word| text.strip_prefix(word));
        rest.filter(|rest| !goes_on(rest))
            .min_by_key(|rest| rest.len())
    }

    pub(super) fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        let phrases = self.watch.list(key).iter();
        phrases.map(|phrase| phrase.folded.as_str())
    }
}

/// Returns the last words of a sentence without a mark in them.
fn last_clause(before: &str) -> &str {
    let clause = before.rsplit([',', '.', ';', ':', '(']).next();
    clause.unwrap_or_default().trim()
}

/// Tells whether a word goes on at the start of `rest`; Lao sets no blanks.
pub(super) fn goes_on(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_alphanumeric() && !is_lao(c))
}

fn goes_on_back(left: &str) -> bool {
    left.ends_with(|c: char| c.is_alphanumeric() && !is_lao(c))
}
