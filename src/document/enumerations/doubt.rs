//! Doubts about an enumeration: what else in its clause, or told right after it,
//! could be assigned to the parties one by one.
//!
//! Input: the words of a paragraph, its names and its enumerations. Output: the
//! same enumerations, of which those in doubt keep their order.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::language::pack::LanguagePack;
use crate::language::watch::WatchList;
use crate::text::folding::{is_whole, lower};
use crate::text::letters::is_lao;

use super::super::mention::{Run, Verdict};
use super::together::Together;
use super::values::{dashed, has_ratio};
use super::words::{clauses, places, repeats};
use super::{Item, again};

/// Stands for a letter of a name; no text holds it.
const BLOT: char = '\u{1}';

/// The most enumerations that a clause is read for; in a longer one all stay.
const MOST: usize = 40;

/// Keeps the enumerations in their places that are in doubt.
pub(super) fn keep(
    runs: &mut [Run],
    words: &str,
    items: &[Item],
    pack: &LanguagePack,
    watch: &WatchList,
) {
    let may_move = |run: &Run| matches!(run.verdict, Verdict::Moves | Verdict::Apart);
    if !runs.iter().any(may_move) {
        return;
    }
    let text = blotted(words, items);
    let paragraph = Paragraph {
        clauses: clauses(&text),
        text,
        words,
        items,
        pack,
        watch,
    };
    let doubts: Vec<bool> = runs
        .iter()
        .map(|run| paragraph.is_doubtful(runs, run))
        .collect();
    for (run, doubt) in runs.iter_mut().zip(doubts) {
        if doubt && may_move(run) {
            run.verdict = Verdict::Assigned;
        }
    }
}

/// A paragraph, and what its words are compared with.
struct Paragraph<'a> {
    words: &'a str,
    items: &'a [Item],
    pack: &'a LanguagePack,
    watch: &'a WatchList,
    /// The words with the letters of names blotted out, byte for byte.
    text: String,
    /// Where its sentences and their clauses stand.
    clauses: Vec<Range<usize>>,
}

impl Paragraph<'_> {
    fn is_doubtful(&self, runs: &[Run], run: &Run) -> bool {
        let items = &self.items[run.items.clone()];
        let (Some(first), Some(last)) = (items.first(), items.last()) else {
            return true;
        };
        let at = self
            .clauses
            .partition_point(|clause| clause.end <= first.range.start);
        let Some(clause) = self.clauses.get(at) else {
            return true;
        };
        let start = |run: &Run| self.items[run.items.start].range.start;
        let near = runs.partition_point(|other| start(other) < clause.start);
        let inside = |other: &&Run| clause.contains(&start(other));
        if runs[near..].iter().take_while(inside).nth(MOST).is_some() {
            return true;
        }
        let before = lower(&self.text[clause.start..first.range.start]);
        let after = self
            .text
            .get(last.range.end..clause.end)
            .unwrap_or_default();
        self.has_others(runs, run, clause)
            || items.len() > 2 && self.is_opened(&before)
            || repeats(&before, &lower(after))
            || self.is_shared(&self.text[clause.clone()], items.len())
            || self.has_names(after, items.len())
            || self.is_told_after(clause.end, items.len())
            || self.is_told_before(clause.start)
            || self.has_things(last.range.end..clause.end, items.len())
    }

    fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        let phrases = self.watch.list(key).iter();
        phrases.map(|phrase| phrase.folded.as_str())
    }

    fn has(&self, text: &str, key: &str) -> bool {
        self.list(key)
            .any(|word| places(text, word).next().is_some())
    }

    /// Tells whether the clause names a party outside of enumerations: "A mời B và
    /// C mời D".
    fn has_others(&self, runs: &[Run], run: &Run, clause: &Range<usize>) -> bool {
        let first = self
            .items
            .partition_point(|item| item.range.start < clause.start);
        let end = self
            .items
            .partition_point(|item| item.range.start < clause.end);
        let listed = |item: usize| {
            let next = runs.partition_point(|other| other.items.end <= item);
            runs.get(next)
                .is_some_and(|other| other.items.contains(&item))
        };
        let text = lower(&self.text[clause.clone()]);
        let mut names = self.items[run.items.clone()]
            .iter()
            .map(|item| &self.words[item.range.clone()]);
        (first..end).any(|item| !listed(item))
            || names.any(|name| places(&text, lower(name).trim()).next().is_some())
    }

    /// Tells whether the first comma may end what began before: "khi thăm A, B và
    /// C đón".
    fn is_opened(&self, before: &str) -> bool {
        let segment = before
            .rsplit([',', ':', '(', ')', BLOT])
            .next()
            .unwrap_or_default();
        let last = |key: &str| {
            let found = self
                .list(key)
                .filter_map(|word| places(segment, word).last());
            found.map(|range| range.start).max()
        };
        let between = last("between_words");
        last("opening_words").is_some_and(|opener| between.is_none_or(|between| between < opener))
    }

    /// Tells whether the sentences behind a clause, as far as they name no party,
    /// share something out: "… góp vốn. Tỷ lệ là 6:4."
    fn is_told_after(&self, end: usize, members: usize) -> bool {
        let next = self.clauses.partition_point(|clause| clause.start < end);
        let texts = self.clauses[next..]
            .iter()
            .map(|clause| &self.text[clause.clone()]);
        let mut own = texts.take_while(|text| !text.contains(BLOT));
        let figure = |text: &str| text.trim_start().starts_with(char::is_numeric);
        let told = &self.text[..end];
        let told = told.rsplit([BLOT, ':']).next().unwrap_or_default();
        own.any(|text| {
            // "… cấp: 60 triệu đồng; 40 triệu đồng"
            if told.ends_with(';') && figure(told) && figure(text) {
                return true;
            }
            self.is_told(&lower(text)) || self.has_names(text, members) || self.has_persons(text)
        })
    }

    /// Tells whether the sentences before a clause, as far as they name no party,
    /// share something out: "Mức góp lần lượt là 60 và 40. A và B cùng góp."
    fn is_told_before(&self, start: usize) -> bool {
        let end = self.clauses.partition_point(|clause| clause.start < start);
        let texts = self.clauses[..end].iter().rev();
        let texts = texts.map(|clause| &self.text[clause.clone()]);
        let mut own = texts.take_while(|text| !text.contains(BLOT));
        own.any(|text| self.is_told(&lower(text)))
    }

    /// Tells whether things stand behind a colon of which each party may have one:
    /// "… giữ vai trò: trưởng ban, thư ký".
    fn has_things(&self, behind: Range<usize>, members: usize) -> bool {
        let Some((_, first)) = self.text[behind.clone()].split_once(':') else {
            return false;
        };
        let next = self
            .clauses
            .partition_point(|clause| clause.start < behind.end);
        let mut end = behind.end;
        for clause in &self.clauses[next..] {
            let goes_on = self.text[..end].ends_with(';');
            if !goes_on || self.text[clause.clone()].contains(BLOT) {
                break;
            }
            end = clause.end;
        }
        let things = lower(&self.text[behind.end - first.len()..end]);
        let together = Together {
            pack: self.pack,
            watch: self.watch,
        };
        let things = together.things(&things);
        !things.is_empty() && together.could_have_one_each(&things, members)
    }

    fn is_shared(&self, text: &str, members: usize) -> bool {
        let folded = lower(text);
        self.is_told(&folded) || self.has_persons(text) || dashed(&folded, members)
    }

    /// Tells whether a text, in small letters, shares something out.
    fn is_told(&self, text: &str) -> bool {
        self.is_respective(text)
            || self.has_pairs(text)
            || has_ratio(text)
            || self.says_again(text)
            || self.has_opposites(text)
            // Two addresses belong to one party each.
            || text.matches('@').nth(1).is_some()
    }

    /// Tells whether two deeds are joined of which one answers the other: "giao và
    /// nhận 100 con bò".
    fn has_opposites(&self, text: &str) -> bool {
        let opposites: Vec<(&str, &str)> = self
            .watch
            .pairs("opposites")
            .map(|(one, other)| (one.folded.as_str(), other))
            .collect();
        self.joints(text).into_iter().any(|joint| {
            let (before, behind) = (last_letters(&text[..joint.start]), &text[joint.end..]);
            let opens = |word: &str| {
                let behind = behind.trim_start();
                behind.starts_with(word) && is_whole(behind, 0..word.len())
            };
            let said = |word: &str| places(before, word).next().is_some();
            opposites
                .iter()
                .any(|(one, other)| opens(one) && said(other) || opens(other) && said(one))
        })
    }

    /// Tells whether a text says that something is shared out, or in which order.
    fn is_respective(&self, text: &str) -> bool {
        self.has(text, "respectively") || self.has(text, "shared_words")
    }

    /// Tells whether two things of one kind are joined: "bên mua và bên bán". What
    /// parties do together, as in "tăng cường …, tăng cường …", is no such thing.
    fn says_again(&self, text: &str) -> bool {
        let deed = |joint: &Range<usize>| {
            let behind = text[joint.end..].trim_start();
            let mut verbs = self.list("joint_verbs");
            verbs.any(|verb| behind.starts_with(verb) && is_whole(behind, 0..verb.len()))
        };
        let joints = self.joints(text).into_iter();
        again::is_said_again(text, joints.filter(|joint| !deed(joint)), |word| {
            self.core(word)
        })
    }

    /// Returns what a word says, if it can be of one party: without "sự" or "ການ", and
    /// nothing of small words, numbers and what joins the parties.
    fn core<'t>(&self, word: &'t str) -> Option<&'t str> {
        const SMALL: [&str; 7] = [
            "and_words",
            "plural_words",
            "lone_after",
            "at_words",
            "opening_words",
            "modal_words",
            "small_words",
        ];
        let is_in = |key: &str| self.list(key).any(|other| other == word);
        let mut numbers = self.pack.numbers().iter();
        let number = numbers.any(|number| lower(number) == word) && !is_in("period_words");
        if number || SMALL.into_iter().any(is_in) || !word.contains(char::is_alphabetic) {
            return None;
        }
        let mut prefixes = self
            .list("small_words")
            .filter(|small| small.starts_with(is_lao));
        let word = prefixes
            .find_map(|small| word.strip_prefix(small))
            .unwrap_or(word);
        // "ຕົ້ນປີ ແລະ ທ້າຍປີ"
        let mut periods = self
            .list("period_words")
            .filter(|period| period.starts_with(is_lao));
        let period = periods.find_map(|period| {
            let at = [
                word.strip_prefix(period).map(|_| 0),
                word.strip_suffix(period).map(str::len),
            ];
            let at = at.into_iter().flatten().next()?;
            word.get(at..at + period.len())
        });
        let word = period.unwrap_or(word);
        let joins =
            |head: &str| word.starts_with(head) && (head == word || head.starts_with(is_lao));
        (!self.list("joint_heads").any(joins)).then_some(word)
    }

    /// Returns where a text has an "and" or a comma.
    fn joints(&self, text: &str) -> Vec<Range<usize>> {
        let ands = self
            .list("and_words")
            .flat_map(|word| places(text, word).collect::<Vec<_>>());
        let commas = text.match_indices(',').map(|(at, _)| at..at + 1);
        ands.chain(commas).collect()
    }

    /// Tells whether two values are joined: "60 và 40", "năm cán bộ và bảy cán
    /// bộ", "quý I, quý II", "tỉnh X và tỉnh Y".
    fn has_pairs(&self, text: &str) -> bool {
        let numbers: Vec<String> = self.pack.numbers().iter().map(|word| lower(word)).collect();
        self.joints(text).into_iter().any(|and| {
            let before = text[..and.start]
                .rsplit([';', ':', BLOT])
                .next()
                .unwrap_or_default();
            let (before, after) = (last_letters(before), text[and.end..].trim_start());
            let between = self.has(before, "between_words");
            let opens = |word: &&str| after.starts_with(*word) && is_whole(after, 0..word.len());
            let units = self.list("unit_words").chain(self.list("period_words"));
            let unit = units
                .filter(opens)
                .any(|word| !between && places(before, word).next().is_some());
            let number = numbers
                .iter()
                .map(String::as_str)
                .filter(opens)
                .max_by_key(|word| word.len());
            let other = |second: &str| {
                numbers
                    .iter()
                    .any(|first| first != second && places(before, first).next().is_some())
            };
            let figure = after.starts_with(char::is_numeric) && before.contains(char::is_numeric);
            let counted = || number.is_some_and(other) || figure;
            unit || &text[and.clone()] != "," && counted()
        })
    }

    /// Tells whether a person is named, who belongs to one of the parties.
    fn has_persons(&self, text: &str) -> bool {
        let words: Vec<&str> = text.split_whitespace().collect();
        let persons: Vec<&str> = self.list("persons").collect();
        let named = words.windows(2).any(|pair| {
            let person = lower(pair[0].trim_start_matches(['(', '"', '“']));
            persons.contains(&person.as_str()) && pair[1].starts_with(char::is_uppercase)
        });
        named
            || persons
                .iter()
                .any(|person| person.starts_with(is_lao) && text.contains(person))
    }

    /// Tells whether names follow that may be shared out.
    fn has_names(&self, after: &str, members: usize) -> bool {
        let capital = |word: &&str| {
            word.trim_start_matches(['(', '"', '“'])
                .starts_with(char::is_uppercase)
        };
        let mut names = BTreeSet::new();
        for part in after.split([';', ':', '(', ')', BLOT]) {
            let words: Vec<&str> = part.split_whitespace().collect();
            if self.has(&lower(part), "between_words") {
                continue;
            }
            let and = |word: &str| self.list("and_words").any(|and| and == lower(word));
            // "Mộc Châu, Sầm Nưa"
            let row = |four: &[&str]| four[1].ends_with(',') && four.iter().all(capital);
            if words.windows(4).any(row) {
                return true;
            }
            for (at, word) in words.iter().enumerate().skip(1) {
                let mut next = words[at + 1..].iter().take(3);
                if and(word) && capital(&words[at - 1]) && next.any(capital) {
                    return true;
                }
                let head = at < 2 || !capital(&words[at - 2]);
                if head && capital(word) && capital(&words[at - 1]) {
                    names.insert((words[at - 1], *word));
                }
            }
        }
        names.len() >= members
    }
}

fn blotted(words: &str, items: &[Item]) -> String {
    let mut text = String::with_capacity(words.len());
    let mut end = 0;
    for item in items {
        text.push_str(&words[end..item.range.start]);
        text.extend(std::iter::repeat_n(BLOT, item.range.len()));
        end = item.range.end;
    }
    text.push_str(&words[end..]);
    text
}

fn last_letters(text: &str) -> &str {
    let start = text.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    &text[start..]
}
