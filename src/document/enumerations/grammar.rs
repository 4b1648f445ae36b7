//! How a language enumerates, and which enumerations may change places.
//!
//! Input: the words of a paragraph with the names in them. Output: the runs of names,
//! each with a verdict.

use std::collections::BTreeSet;

use crate::language::pack::LanguagePack;
use crate::language::watch::WatchList;
use crate::text::letters::is_lao;

use super::super::mention::{Run, Verdict};
use super::together::Together;
use super::words::{folded, sentence};
use super::{Item, doubt};

/// The small words by which a language enumerates.
pub struct Grammar<'a> {
    pub(super) pack: &'a LanguagePack,
    pub(super) watch: &'a WatchList,
}

/// What stands between two names.
#[derive(PartialEq, Eq)]
enum Joint {
    /// A comma.
    Comma,
    /// A word for "and", perhaps after a comma.
    And,
    /// A word for "with": an enumeration only after "between".
    With,
    /// A dash, between two.
    Dash,
}

/// Bytes before and after a run that are looked at, and of a word that is said
/// again before each name.
const NEAR: usize = 200;

impl<'a> Grammar<'a> {
    /// Takes the words of a language.
    pub fn new(pack: &'a LanguagePack, watch: &'a WatchList) -> Self {
        Self { pack, watch }
    }

    /// Returns the enumerations among the items of a paragraph, in order.
    pub fn runs(&self, words: &str, items: &[Item]) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut first = 0;
        while first + 1 < items.len() {
            match self.run_from(words, items, first) {
                Some(end) => {
                    let next = items.get(end).map(|item| item.range.start);
                    let verdict = self.verdict(words, &items[first..end], next);
                    runs.push(Run {
                        items: first..end,
                        verdict,
                    });
                    first = end;
                }
                None => first += 1,
            }
        }
        doubt::keep(&mut runs, words, items, self.pack, self.watch);
        runs
    }

    /// Returns where the enumeration ends that starts with the item `first`.
    fn run_from(&self, words: &str, items: &[Item], first: usize) -> Option<usize> {
        let before = near_end(&words[..items[first].range.start]);
        let mut head: Option<String> = None;
        let mut end = first + 1;
        let mut parties = BTreeSet::from([&items[first].party]);
        while end < items.len() && parties.insert(&items[end].party) {
            let gap = words.get(items[end - 1].range.end..items[end].range.start)?;
            let (joint, said) = self.joint(gap)?;
            // A word before each name is the one before the first: "lãnh đạo A
            // và lãnh đạo B".
            let same = *head.get_or_insert_with(|| said.clone()) == said;
            if !same || !(said.is_empty() || before.ends_with(&said)) {
                return None;
            }
            end += 1;
            match joint {
                Joint::Comma => {}
                Joint::And => return Some(end),
                Joint::Dash => return (end == first + 2).then_some(end),
                Joint::With => {
                    let bare = before[..before.len() - said.len()].trim_end();
                    let between = self.ends_with(bare, "between_words");
                    return (end == first + 2 && between).then_some(end);
                }
            }
        }
        // "A, B, C (gọi tắt là các bên)": commas alone, but all of them are meant.
        let all = end == items.len() && end > first + 2;
        let after = near_start(&words[items[end - 1].range.end..]);
        (all && self.together().is_called_together(&after)).then_some(end)
    }

    pub(super) fn together(&self) -> Together<'a> {
        Together {
            pack: self.pack,
            watch: self.watch,
        }
    }

    /// Returns how a gap joins two names, and the word that it says again before
    /// the second one.
    fn joint(&self, gap: &str) -> Option<(Joint, String)> {
        let gap = folded(gap);
        if matches!(gap.as_str(), "-" | "–" | "—") {
            return Some((Joint::Dash, String::new()));
        }
        let (comma, rest) = match gap.strip_prefix(',') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, gap.as_str()),
        };
        for (key, joint) in [("and_words", Joint::And), ("with_words", Joint::With)] {
            for phrase in self.watch.list(key) {
                let Some(said) = rest.strip_prefix(phrase.folded.as_str()) else {
                    continue;
                };
                let whole = !said.starts_with(|c: char| c.is_alphanumeric() && !is_lao(c));
                let said = said.trim();
                if whole && plain_head(said) {
                    return Some((joint, said.to_owned()));
                }
            }
        }
        (comma && plain_head(rest)).then(|| (Joint::Comma, rest.to_owned()))
    }

    /// Decides whether the names of an enumeration may change places; the name after
    /// them, if there is one, starts at `next`.
    fn verdict(&self, words: &str, items: &[Item], next: Option<usize>) -> Verdict {
        if items.iter().any(|item| item.fixed) {
            return Verdict::Fixed;
        }
        let (Some(first), Some(last)) = (items.first(), items.last()) else {
            return Verdict::Assigned;
        };
        let before = near_end(&words[..first.range.start]);
        let after = near_start(&words[last.range.end..]);
        let together = self.together();
        let is_shown = together.is_shown(&before, &after, items.len());
        // "giữa hai thủ đô A và B, A và B thống nhất"
        let name_follows =
            next.is_some_and(|next| words[last.range.end..next].trim_matches([' ', '\n']) == ",");
        let goes_on = name_follows || together.goes_on_alike(&after, items.len());
        let commas = items.len() > 2;
        let gap = &words[first.range.end..items[1].range.start];
        let said_again = self.joint(gap).is_some_and(|(_, said)| !said.is_empty());
        let assigned = self.is_ordinal(words)
            || !goes_on && (is_shown || together.may_be_attached(&after))
            || takes_a_capital(&words[..first.range.start], words, items)
            // "Theo đề nghị của A, B và C cử đoàn": A may stand by itself.
            || commas && self.ends_with(&before, "lone_after")
            // "Sở X và A, B": A may go with what is named before it.
            || self.ends_with(&before, "and_words")
            // "Chủ tịch A và B ký": of A alone, or of both?
            || !said_again && self.ends_with(&before, "single_heads")
            || !said_again && self.is_headed_between(&before)
            || self.shares_out(sentence(words, first.range.start..last.range.end), items)
            || together.have_parts(&before, &after);
        match is_shown {
            _ if assigned => Verdict::Assigned,
            true => Verdict::Moves,
            false => Verdict::Apart,
        }
    }

    /// Tells whether the first name has a word before it after "between" that the
    /// others lack: "giữa Chủ tịch A và B". Words for several do not count: "giữa
    /// hai nước A và B".
    fn is_headed_between(&self, before: &str) -> bool {
        let clause = before.rsplit([',', '.', ';', ':', '(']).next();
        let clause = clause.unwrap_or_default();
        let between = self.watch.list("between_words").iter();
        let heads = between.filter_map(|word| {
            let at = clause.rfind(word.folded.as_str())?;
            Some(clause[at + word.folded.as_str().len()..].trim_start())
        });
        let several = |head: &str| {
            let plural = self.watch.list("plural_words").iter();
            let mut plural = plural.map(|word| word.folded.as_str());
            let mut numbers = self.pack.numbers().iter().skip(1);
            numbers.any(|number| head.starts_with(number.as_str()))
                || plural.any(|word| head.starts_with(word))
        };
        heads
            .min_by_key(|head| head.len())
            .is_some_and(|head| !head.is_empty() && !several(head))
    }

    pub(super) fn ends_with(&self, text: &str, key: &str) -> bool {
        let phrases = self.watch.list(key).iter();
        phrases.map(|phrase| phrase.folded.as_str()).any(|phrase| {
            text.strip_suffix(phrase)
                .is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() && !is_lao(c)))
        })
    }
}

/// Tells whether the words between two names are few and only words.
fn plain_head(said: &str) -> bool {
    said.len() <= NEAR && !said.contains(|c: char| c.is_ascii_punctuation() || c.is_ascii_digit())
}

/// Tells whether a name that begins a sentence has a capital that another one lacks:
/// "Tỉnh A và tỉnh B" must not become "tỉnh B và Tỉnh A".
fn takes_a_capital(before: &str, words: &str, items: &[Item]) -> bool {
    let before = before.trim_end_matches(|c: char| !c.is_alphanumeric() && !".!?:;)".contains(c));
    let begins = before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', ')']);
    let mut names = items.iter().map(|item| &words[item.range.clone()]);
    let capital = |name: &str| name.starts_with(char::is_uppercase);
    begins
        && names.next().is_some_and(capital)
        && names.any(|name| name.starts_with(char::is_lowercase))
}

/// Returns the last words of `text`, folded.
fn near_end(text: &str) -> String {
    let from = text.ceil_char_boundary(text.len().saturating_sub(NEAR));
    folded(&text[from..])
}

/// Returns the first words of `text`, folded.
fn near_start(text: &str) -> String {
    folded(&text[..text.floor_char_boundary(NEAR)])
}
