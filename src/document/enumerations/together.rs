//! What shows that the parties of an enumeration act together.
//!
//! Input: what stands before and behind the names of an enumeration, and the small
//! words of its language. Output: whether these words speak of all parties alike:
//! "giữa A và B", "quan hệ A - B", "hai tỉnh A và B", "hai bên: A và B", "A và B
//! (gọi tắt là hai bên)", "A và B cùng …". Of "A và B cử cán bộ" nothing says so.

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

    /// Tells whether nothing but a deed shows that the parties act together, and behind
    /// it stand roles or things of which each may have one: "A và B cùng góp đất và
    /// vốn", "A và B thống nhất làm chủ tịch và thư ký".
    pub(super) fn have_parts(&self, before: &str, after: &str, count: usize) -> bool {
        let deed = self
            .deed(after)
            .filter(|_| !self.are_one(before, after, count));
        let clause = deed.and_then(|rest| rest.split(['.', ';', ':', '\u{1}']).next());
        let Some(clause) = clause else {
            return false;
        };
        let words = self.list("role_words").chain(self.list("give_words"));
        words
            .flat_map(|word| places(clause, word).map(|place| &clause[place.end..]))
            .any(|rest| {
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
        let mut after = after;
        while let Some(rest) = self.starts_with(after, "modal_words") {
            after = rest.trim_start();
        }
        self.starts_with(after, "joint_verbs")
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
    fn starts_with<'t>(&self, text: &'t str, key: &str) -> Option<&'t str> {
        let rest = self.list(key).filter_map(|word| text.strip_prefix(word));
        rest.filter(|rest| !goes_on(rest))
            .min_by_key(|rest| rest.len())
    }

    fn list(&self, key: &str) -> impl Iterator<Item = &str> {
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
fn goes_on(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_alphanumeric() && !is_lao(c))
}

fn goes_on_back(left: &str) -> bool {
    left.ends_with(|c: char| c.is_alphanumeric() && !is_lao(c))
}
