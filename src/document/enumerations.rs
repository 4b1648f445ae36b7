//! Enumerations of parties: where mentions may change places, so that each
//! original names its holder first.
//!
//! Input: the plain words of a text with the mentions in them, and the small words
//! of its language. Output: runs of mentions, each with a verdict. Only a true
//! enumeration moves ("A và B", "A, B và C", "giữa A với B", "A - B") of parties that
//! act together, and only where every language has the same one in the same
//! paragraph. Whatever could be assigned to the parties one by one keeps it in its
//! place: when in doubt, it stays as typed.

mod again;
mod around;
mod behind;
mod doubt;
mod ordinals;
mod together;
mod values;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::agreement::{Agreement, Field, PartyOrder, Text};
use crate::language::Shelf;
use crate::language::pack::LanguagePack;
use crate::language::watch::WatchList;
use crate::text::letters::is_lao;

use super::fields::Fields;
use super::mention::{Run, Verdict};
use around::{Paragraph, keep_what_is_shared_around, paragraphs};
use together::Together;
use values::{hundred, values};
use words::{find, find_all, folded};

/// A name of a party in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The party, by id.
    pub party: String,
    /// Where its name stands in the words.
    pub range: Range<usize>,
    /// Whether it keeps its place.
    pub fixed: bool,
}

/// A field in one language.
struct InLanguage {
    path: String,
    paragraphs: Vec<Paragraph>,
    /// The enumerations of each paragraph.
    runs: Vec<Vec<Run>>,
}

/// The enumerations of an agreement's Markdown fields, by key path.
#[derive(Clone, Debug, Default)]
pub struct Enumerations(BTreeMap<String, Vec<Run>>);

impl Enumerations {
    /// Finds the enumerations of every field, and decides with all languages
    /// together which of them move.
    pub fn read(agreement: &Agreement, fields: &Fields, shelf: &Shelf) -> Self {
        let mut found = BTreeMap::new();
        for texts in read_together(agreement) {
            let mut read: Vec<Vec<InLanguage>> = texts.iter().map(|_| Vec::new()).collect();
            for language in &agreement.languages {
                let Some(pack) = shelf.pack(language) else {
                    continue;
                };
                let grammar = Grammar::new(pack, shelf.watch(language));
                let mut fields_of_group = Vec::new();
                for (place, text) in texts.iter().enumerate() {
                    let path = text.path_in(language);
                    if let Some(blocks) = fields.get(&path) {
                        fields_of_group.push((place, grammar.field(path, blocks)));
                    }
                }
                let all = fields_of_group.iter_mut().map(|(_, field)| field);
                keep_what_is_shared_around(all.collect(), &grammar);
                for (place, field) in fields_of_group {
                    read[place].push(field);
                }
            }
            for mut languages in read {
                agree(&mut languages);
                if agreement.party_order == PartyOrder::Fixed {
                    keep_all(&mut languages);
                }
                for field in languages {
                    found.insert(field.path, whole_field(field.runs, &field.paragraphs));
                }
            }
        }
        Self(found)
    }

    /// Returns the enumerations of the field at `path`; their items are the
    /// field's mentions, in order.
    pub fn of(&self, path: &str) -> &[Run] {
        self.0.get(path).map_or(&[], Vec::as_slice)
    }
}

/// Returns the texts made of sentences: the preamble by itself, and that of each
/// clause with its points, which go on where the text ends.
fn read_together(agreement: &Agreement) -> Vec<Vec<&Text>> {
    let mut groups: Vec<(Option<usize>, Vec<&Text>)> = Vec::new();
    let texts = agreement.texts().into_iter();
    for (field, text) in texts.filter(|(field, _)| field.is_prose()) {
        let clause = match field {
            Field::Clause(clause) | Field::Point(clause, _) => Some(clause),
            _ => None,
        };
        match groups.last_mut() {
            Some((last, group)) if clause.is_some() && *last == clause => group.push(text),
            _ => groups.push((clause, vec![text])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Keeps in their places the enumerations that not every language has, and those
/// of which no language says that the parties act together.
fn agree(languages: &mut [InLanguage]) {
    let parties = |runs: &[Run], items: &[Item]| -> Vec<BTreeSet<String>> {
        let runs = runs.iter();
        let named = runs.map(|run| items[run.items.clone()].iter().map(|i| i.party.clone()));
        named.map(BTreeSet::from_iter).collect()
    };
    let most = languages.iter().map(|field| field.runs.len()).max();
    for index in 0..most.unwrap_or_default() {
        let named = languages.iter().map(|field| {
            let (runs, paragraph) = (field.runs.get(index)?, field.paragraphs.get(index)?);
            Some(parties(runs, &paragraph.items))
        });
        let named: BTreeSet<Option<Vec<BTreeSet<String>>>> = named.collect();
        let same_paragraphs = languages.iter().all(|field| Some(field.runs.len()) == most);
        let alike = named.len() == 1 && same_paragraphs;
        // What one language keeps in its place stays in all of them; that the parties
        // act together is said by one language for all.
        let (mut stays, mut together) = (BTreeMap::new(), BTreeSet::new());
        for field in languages.iter() {
            for (place, run) in field.runs.get(index).into_iter().flatten().enumerate() {
                match run.verdict {
                    Verdict::Moves => drop(together.insert(place)),
                    Verdict::Apart => {}
                    verdict => drop(stays.entry(place).or_insert(verdict)),
                }
            }
        }
        for field in languages.iter_mut() {
            for (place, run) in field.runs.get_mut(index).into_iter().flatten().enumerate() {
                run.verdict = match stays.get(&place) {
                    _ if !alike && run.verdict == Verdict::Moves => Verdict::Differs,
                    Some(verdict) if alike => *verdict,
                    None if alike && together.contains(&place) => Verdict::Moves,
                    _ if run.verdict == Verdict::Apart => Verdict::Assigned,
                    _ => run.verdict,
                };
            }
        }
    }
}

/// Keeps every enumeration: where the order is fixed, each original names the
/// parties as they were typed.
fn keep_all(languages: &mut [InLanguage]) {
    let runs = languages.iter_mut().flat_map(|field| &mut field.runs);
    for run in runs.flatten() {
        run.verdict = Verdict::Fixed;
    }
}

/// Counts items through the whole field instead of within each paragraph.
fn whole_field(runs: Vec<Vec<Run>>, paragraphs: &[Paragraph]) -> Vec<Run> {
    let mut before = 0;
    let mut whole = Vec::new();
    for (runs, paragraph) in runs.into_iter().zip(paragraphs) {
        whole.extend(runs.into_iter().map(|run| Run {
            items: run.items.start + before..run.items.end + before,
            ..run
        }));
        before += paragraph.items.len();
    }
    whole
}

/// The small words by which a language enumerates.
pub struct Grammar<'a> {
    pack: &'a LanguagePack,
    watch: &'a WatchList,
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

/// The most bytes of a place that is told by "ຢູ່" alone.
const PLACE: usize = 60;

/// Bytes before and after a run that are looked at, and of a word that is said
/// again before each name.
const NEAR: usize = 200;

impl<'a> Grammar<'a> {
    /// Takes the words of a language.
    pub fn new(pack: &'a LanguagePack, watch: &'a WatchList) -> Self {
        Self { pack, watch }
    }

    /// Reads the paragraphs of a field, each by itself.
    fn field(&self, path: String, blocks: &[super::tree::Block]) -> InLanguage {
        let paragraphs = paragraphs(&path, blocks);
        let runs = paragraphs.iter();
        let runs = runs.map(|paragraph| self.runs(&paragraph.words, &paragraph.items));
        InLanguage {
            path,
            runs: runs.collect(),
            paragraphs,
        }
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

    fn together(&self) -> Together<'a> {
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

    fn ends_with(&self, text: &str, key: &str) -> bool {
        let phrases = self.watch.list(key).iter();
        phrases.map(|phrase| phrase.folded.as_str()).any(|phrase| {
            text.strip_suffix(phrase)
                .is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() && !is_lao(c)))
        })
    }

    /// Tells whether a text that names no party shares something out.
    fn shares(&self, words: &str) -> bool {
        self.is_ordinal(words) || self.shares_out((words, 0), &[])
    }

    /// Returns where a text shares values out in an order and names no party: "Hai
    /// bên góp lần lượt 60% và 40%". `named` tells which places name one.
    pub fn unnamed_shares(&self, words: &str, named: &[Range<usize>]) -> Vec<Range<usize>> {
        let respectively = self.watch.list("respectively").iter();
        let told = respectively.flat_map(|phrase| find_all(words, phrase));
        let nameless = |range: &Range<usize>| {
            let (own, start) = sentence(words, range.clone());
            let whole = start..start + own.len();
            let mut together = self.watch.list("together_words").iter();
            together.any(|phrase| find(own, phrase).is_some())
                && self.has_values(&folded(own))
                && !named.iter().any(|name| whole.contains(&name.start))
        };
        told.filter(nameless).collect()
    }

    /// Tells whether a sentence holds several values that could be shared out
    /// among the parties one by one.
    fn shares_out(&self, (sentence, start): (&str, usize), items: &[Item]) -> bool {
        let respectively = self.watch.list("respectively").iter();
        let mut told = respectively.map(|phrase| find(sentence, phrase));
        if told.any(|found| found.is_some()) {
            return true;
        }
        // The names themselves may hold numbers.
        let mut rest = sentence.to_owned();
        for item in items.iter().rev() {
            let range = item.range.start - start..item.range.end - start;
            rest.replace_range(range, " ");
        }
        let rest = folded(&rest);
        self.has_values(&rest) || self.has_number_words(&rest) || self.has_places(sentence)
    }

    /// Tells whether values in figures stand in a row: "60 và 40", "6:4".
    fn has_values(&self, text: &str) -> bool {
        let values = values(text);
        let mut shares = values
            .iter()
            .filter_map(|range| text[range.clone()].split_once('/'));
        shares.any(|(one, two)| hundred(one, two))
            || values.windows(2).any(|pair| {
                let gap = &text[pair[0].end..pair[1].start];
                let joined = || {
                    let words = self.watch.list("and_words").iter();
                    let words = words.chain(self.watch.list("swap_words"));
                    gap.contains([',', ';']) || words.clone().any(|word| find(gap, word).is_some())
                };
                gap.trim() == ":"
                    || hundred(&text[pair[0].clone()], &text[pair[1].clone()])
                    || gap.len() <= NEAR && joined()
            })
    }

    /// Tells whether numbers in words stand in a row: "năm và bảy cán bộ".
    fn has_number_words(&self, text: &str) -> bool {
        let words: Vec<&str> = text.split([' ', ',']).filter(|w| !w.is_empty()).collect();
        let number = |word: &str| self.pack.numbers().iter().any(|known| known == word);
        let and = |word: &str| {
            let words = self.watch.list("and_words").iter();
            words.clone().any(|known| known.folded.as_str() == word)
        };
        words.windows(4).any(|four| {
            let near = |at: usize| number(four[at]);
            near(0) && (and(four[1]) && near(2) || and(four[2]) && near(3))
        }) || matches!(words.as_slice(), [.., a, b, c] if number(a) && and(b) && number(c))
    }

    /// Tells whether several places are named in a row: "tại Hà Nội và Viêng Chăn".
    fn has_places(&self, sentence: &str) -> bool {
        let at = self.watch.list("at_words").iter();
        at.filter_map(|word| find(sentence, word)).any(|found| {
            let rest = &sentence[found.end..];
            let phrase = rest.split([',', '.', ';', ':', ')', '(']).next();
            let phrase = phrase.unwrap_or_default();
            let and = self.watch.list("and_words").iter();
            and.filter_map(|word| find(phrase, word)).any(|and| {
                let (one, two) = (&phrase[..and.start], phrase[and.end..].trim_start());
                let capital = |text: &str| text.starts_with(char::is_uppercase);
                one.split_whitespace().any(capital) && capital(two)
            })
        }) || self.has_places_without_capitals(sentence)
    }

    /// Tells the same of a language without capitals: "ຢູ່ຊຳເໜືອ ແລະ ໂມກເຈົາ".
    fn has_places_without_capitals(&self, sentence: &str) -> bool {
        let at = self.watch.list("place_words").iter();
        let mut rest = at.filter_map(|word| Some(&sentence[find(sentence, word)?.end..]));
        rest.any(|rest| {
            let and = self.watch.list("and_words").iter();
            let joint = and
                .filter_map(|word| find(rest, word))
                .chain(find_comma(rest));
            let place = joint
                .map(|joint| rest[..joint.start].trim())
                .min_by_key(|p| p.len());
            place.is_some_and(|place| place.len() <= PLACE && !place.contains(' '))
        })
    }
}

fn find_comma(text: &str) -> Option<Range<usize>> {
    text.find(',').map(|at| at..at + 1)
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

/// Returns the sentence around a range, and where it starts.
fn sentence(words: &str, range: Range<usize>) -> (&str, usize) {
    let stop = |text: &str, at: usize| {
        let rest = &text[at + 1..];
        rest.is_empty() || rest.starts_with(char::is_whitespace)
    };
    let before = words[..range.start].rmatch_indices(['.', '?', '!', ';', '\n']);
    let start = before.into_iter().find(|(at, _)| stop(words, *at));
    let start = start.map_or(0, |(at, _)| at + 1);
    let mut after = words[range.end..].match_indices(['.', '?', '!', ';', '\n']);
    let end = after.find(|(at, _)| stop(words, range.end + at));
    let end = end.map_or(words.len(), |(at, _)| range.end + at);
    (&words[start..end], start)
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
