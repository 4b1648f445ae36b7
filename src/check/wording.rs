//! Formulas, terms and style of the sentences.

use std::ops::Range;

use crate::document::tree::{Block, Inline};
use crate::language::Language;
use crate::text::folding::{Needle, Phrase};

use super::case::Case;
use super::passage::Passage;
use super::rule::Finder;
use super::text::{self, Folded};
use crate::agreement::Field;

fn prose<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a Passage> {
    case.passages().filter(|passage| passage.field.is_prose())
}

/// Reports each place where one of the words stands that have another instead.
fn replace(case: &Case<'_>, finder: &mut Finder<'_>, key: &str, fields: fn(Field) -> bool) {
    for passage in case.passages().filter(|passage| fields(passage.field)) {
        for (word, instead) in case.watch(&passage.language).pairs(key) {
            for range in passage.folded.find(&word.folded) {
                let finding = finder.finding().at(&passage.place(&range));
                let finding = finding.with("typed", passage.at(&range));
                finder.push(finding.with("right", instead).hint("write"));
            }
        }
    }
}

/// Finds a province where the party is meant.
pub(super) fn wrong_actor(case: &Case<'_>, finder: &mut Finder<'_>) {
    replace(case, finder, "wrong_actors", Field::is_prose);
}

/// Finds states whose names are abbreviated in the text.
pub(super) fn state_abbreviation(case: &Case<'_>, finder: &mut Finder<'_>) {
    replace(case, finder, "state_abbreviations", |field| {
        field.is_prose() || field.is_title() || matches!(field, Field::State(_))
    });
}

/// Finds spellings of which the style guide prefers another.
pub(super) fn spelling_choice(case: &Case<'_>, finder: &mut Finder<'_>) {
    replace(case, finder, "spelling", |field| {
        field.is_prose() || field.is_title()
    });
}

/// Bytes up to the end of a row of dots that are looked at to tell a placeholder.
const LONGEST_WORD: usize = 60;

/// Finds rows of dots and ellipses inside a sentence.
pub(super) fn dots(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in prose(case) {
        let mut end = 0;
        while let Some(offset) = passage.words[end..].find(['.', '…']) {
            let start = end + offset;
            let run = passage.words[start..]
                .chars()
                .take_while(|c| matches!(c, '.' | '…'));
            let (count, bytes) = run.fold((0, 0), |(n, b), c| (n + 1, b + c.len_utf8()));
            end = start + bytes;
            let ellipsis = passage.at(&(start..end)).contains('…') || count > 1;
            let end_mark = count == 1 && !ellipsis && passage.words[end..].starts_with('/')
                || passage.words[..start].ends_with("./");
            let near = passage
                .words
                .floor_char_boundary(end.saturating_sub(LONGEST_WORD));
            let word = passage.words[near..end]
                .rsplit(char::is_whitespace)
                .next()
                .unwrap_or_default();
            if ellipsis && !end_mark && crate::agreement::open::placeholder(word).is_none() {
                let range = start..end;
                let finding = finder.finding().at(&passage.place(&range));
                finder.push(finding.with("typed", passage.at(&range)).hint("write"));
            }
        }
    }
}

/// Finds sentences that begin with a small letter.
pub(super) fn lower_case_start(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in prose(case) {
        let abbreviations = case.watch(&passage.language).list("abbreviated_stops");
        for sentence in text::sentences(&passage.words).iter().skip(1) {
            let before = passage.words[..sentence.start].trim_end();
            let stopped = before.ends_with(['.', '?', '!', '…']);
            let last = before
                .rsplit(char::is_whitespace)
                .next()
                .unwrap_or_default();
            let last = last
                .trim_end_matches(['.', '…'])
                .trim_start_matches(['(', '“', '"']);
            let short =
                last.chars().count() < 2 || abbreviations.iter().any(|word| word.shown == last);
            let mut words = passage.at(sentence).split_whitespace();
            let word = words.next().unwrap_or_default();
            let is_mark = word
                .strip_suffix(')')
                .is_some_and(|mark| mark.chars().count() == 1);
            if stopped && !short && !is_mark && word.starts_with(char::is_lowercase) {
                let range = sentence.start..sentence.start + word.len();
                let finding = finder.finding().at(&passage.place(&range));
                finder.push(finding.with("typed", word).hint("capital"));
            }
        }
    }
}

/// Finds a clause that calls the agreement by the name of another instrument.
pub(super) fn instrument_drift(case: &Case<'_>, finder: &mut Finder<'_>) {
    // An amendment speaks of the agreement that it amends.
    if case.agreement.amends.is_some() {
        return;
    }
    for passage in case
        .passages()
        .filter(|passage| passage.field.is_of_clause())
    {
        let Some(pack) = case.pack(&passage.language) else {
            continue;
        };
        let Some(own) = pack.kinds.get(&case.agreement.kind) else {
            continue;
        };
        let titles = &case.lexicon(&passage.language).kinds;
        let others = pack
            .kinds
            .iter()
            .filter(|(_, kind)| kind.short != own.short);
        for [title, _] in others.filter_map(|(key, _)| titles.get(key)) {
            for range in passage.folded.find(title) {
                let finding = finder.finding().at(&passage.place(&range));
                let finding = finding.label("kind", &case.positions.at("kind"));
                let finding = finding.with("typed", passage.at(&range));
                finder.push(finding.with("right", own.title.clone()).hint("write"));
            }
        }
    }
}

/// Finds terms that the parties would have to define before they use them.
pub(super) fn undefined_term(case: &Case<'_>, finder: &mut Finder<'_>) {
    for language in &case.agreement.languages {
        let watch = case.watch(language);
        for term in watch.list("undefined") {
            let term = &term.folded;
            let definitions = watch.list("defines").iter();
            let definitions: Vec<Needle> = definitions
                .map(|define| format!("{} {}", define.folded.as_str(), term.as_str()))
                .map(Needle::new)
                .collect();
            let texts = || case.passages().filter(|p| p.language == *language);
            let defined = texts().any(|p| definitions.iter().any(|define| p.folded.has(define)));
            if defined {
                continue;
            }
            for passage in texts().filter(|p| p.field.is_prose() || p.field.is_title()) {
                for range in passage.folded.find(term) {
                    let finding = finder.finding().at(&passage.place(&range));
                    finder.push(finding.with("term", passage.at(&range)).hint("define"));
                }
            }
        }
    }
}

/// Finds an end mark that is typed: the template sets it once, at the end.
pub(super) fn typed_end_mark(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case.passages() {
        for (at, mark) in passage.words.match_indices("./.") {
            let finding = finder.finding().at(&passage.place(&(at..at + mark.len())));
            finder.push(finding.hint("remove"));
        }
    }
}

/// Finds dashes between years or countries without the spaces that the title
/// sets around them.
pub(super) fn dash_spacing(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case
        .passages()
        .filter(|p| p.field.is_prose() || p.field.is_title())
    {
        let year = |n: &&text::Number| n.value.len() == 4 && n.value.starts_with(['1', '2']);
        let mut ends: Vec<Range<usize>> = passage
            .numbers
            .iter()
            .filter(year)
            .map(|n| n.range.clone())
            .collect();
        for country in case.watch(&passage.language).list("countries") {
            ends.extend(passage.folded.find(&country.folded));
        }
        ends.sort_by_key(|range| range.start);
        for pair in ends.windows(2) {
            let Some(between) = passage.words.get(pair[0].end..pair[1].start) else {
                continue;
            };
            let dashed = matches!(between.trim(), "-" | "–" | "—");
            if dashed && between != " - " {
                let range = pair[0].start..pair[1].end;
                let finding = finder.finding().at(&passage.place(&range));
                let right = format!("{} - {}", passage.at(&pair[0]), passage.at(&pair[1]));
                let finding = finding.with("typed", passage.at(&range));
                finder.push(finding.with("right", right).hint("write"));
            }
        }
    }
}

/// Finds two formulas of which an agreement should use one.
pub(super) fn rival_formulas(case: &Case<'_>, finder: &mut Finder<'_>) {
    for language in &case.agreement.languages {
        for group in case.watch(language).rivals() {
            rivals(case, finder, language, group);
        }
    }
}

fn rivals(case: &Case<'_>, finder: &mut Finder<'_>, language: &Language, group: &[Phrase]) {
    let mut first: Option<(&Phrase, crate::source::Span)> = None;
    for passage in prose(case).filter(|passage| passage.language == *language) {
        let mut found: Vec<(Range<usize>, &Phrase)> = Vec::new();
        for formula in group {
            let places = passage.folded.find(&formula.folded).into_iter();
            found.extend(places.map(|range| (range, formula)));
        }
        found.sort_by_key(|(range, _)| range.start);
        for (range, formula) in found {
            match &first {
                None => first = Some((formula, passage.place(&range))),
                Some((known, _)) if known.shown == formula.shown => {}
                Some((known, place)) => {
                    let finding = finder.finding().at(&passage.place(&range));
                    let finding = finding
                        .label("first", place)
                        .with("typed", passage.at(&range));
                    finder.push(finding.with("other", known.shown.as_str()).hint("same"));
                }
            }
        }
    }
}

/// Finds a friendship formula of three limbs signed after the fourth was
/// added, and one of four limbs signed before.
pub(super) fn friendship_limbs(case: &Case<'_>, finder: &mut Finder<'_>) {
    let Some(signed) = case.agreement.signing.day() else {
        return;
    };
    for passage in prose(case) {
        let watch = case.watch(&passage.language);
        let Some(since) = watch.day("fourth_limb_since") else {
            continue;
        };
        let place = |key: &str| {
            let mut phrases = watch.list(key).iter().rev();
            phrases.find_map(|phrase| passage.folded.find(&phrase.folded).into_iter().next())
        };
        let all = |key: &str| {
            let mut phrases = watch.list(key).iter();
            phrases.all(|phrase| passage.folded.has(&phrase.folded))
        };
        let fourth = place("fourth_limb");
        let (range, hint, missing) = match fourth {
            Some(range) if signed < since => (range, "leave-out", "friendship"),
            None if signed >= since && all("friendship") => match place("friendship") {
                Some(range) => (range, "add", "fourth_limb"),
                None => continue,
            },
            _ => continue,
        };
        let words: Vec<&str> = watch
            .list(missing)
            .iter()
            .map(|word| word.shown.as_str())
            .collect();
        let words = words.join(", ");
        let finding = finder.finding().at(&passage.place(&range));
        let finding = finding.with("text", passage.at(&range));
        finder.push(
            finding
                .with("since", since.to_string())
                .with("words", words)
                .hint(hint),
        );
    }
}

/// Finds a clause that is bold from end to end, as a title is.
pub(super) fn emphasis_drift(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case
        .passages()
        .filter(|passage| passage.field.is_of_clause())
    {
        let bold = |block: &Block| match block {
            Block::Paragraph { body } => matches!(body.as_slice(), [Inline::Strong { .. }]),
            Block::Heading { .. }
            | Block::List { .. }
            | Block::Quote { .. }
            | Block::Table { .. } => false,
        };
        if !passage.blocks.is_empty() && passage.blocks.iter().all(bold) {
            let first = passage.words.split_whitespace().next().unwrap_or_default();
            let finding = finder.finding().at(&passage.place(&(0..first.len())));
            finder.push(finding.hint("title"));
        }
    }
}

/// Finds a sentence of the preamble that has an aim or a basis, but does not
/// say what the parties do.
pub(super) fn sentence_fragment(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in case
        .passages()
        .filter(|passage| passage.field == Field::Preamble)
    {
        let watch = case.watch(&passage.language);
        for range in text::sentences(&passage.words) {
            let sentence = passage.at(&range);
            let folded = Folded::lower(sentence);
            let opens = |word: &&Phrase| {
                let word = word.folded.as_str();
                folded.text.starts_with(word) && text::is_whole(&folded.text, 0..word.len())
            };
            let Some(opener) = watch.list("openers").iter().find(opens) else {
                continue;
            };
            let mut predicates = watch.list("predicates").iter();
            let predicate = predicates.any(|word| folded.has(&word.folded));
            if sentence.ends_with('.') && !predicate {
                let place = range.start..range.start + opener.shown.len();
                let finding = finder.finding().at(&passage.place(&place));
                finder.push(finding.with("opener", passage.at(&place)).hint("join"));
            }
        }
    }
}

/// Finds the agreement being called a treaty.
pub(super) fn treaty_name(case: &Case<'_>, finder: &mut Finder<'_>) {
    for language in &case.agreement.languages {
        let treaties = case.watch(language).list("treaties");
        let kind = case
            .pack(language)
            .and_then(|pack| pack.kinds.get(&case.agreement.kind));
        let title = Folded::lower(kind.map_or("", |kind| &kind.title));
        if let Some(name) = treaties.iter().find(|name| title.has(&name.folded)) {
            let finding = finder.finding().at(&case.positions.at("kind"));
            finder.push(finding.with("name", name.folded.as_str()).hint("rename"));
        }
        let this = case.watch(language).list("this");
        for passage in case
            .passages()
            .filter(|passage| passage.language == *language)
        {
            for name in treaties {
                for range in passage.folded.find(&name.folded) {
                    let after = passage.folded.after(range.end);
                    let this = this
                        .iter()
                        .any(|word| after.trim_start().starts_with(&word.shown));
                    if this {
                        let finding = finder.finding().at(&passage.place(&range));
                        finder.push(finding.with("name", passage.at(&range)).hint("rename"));
                    }
                }
            }
        }
    }
}

/// Finds a law that is cited with another law's number.
pub(super) fn wrong_law_number(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in prose(case) {
        for (law, right) in case.watch(&passage.language).pairs("laws") {
            for range in passage.folded.find(&law.folded) {
                let after = &passage.words[range.end..];
                let near: String = after
                    .chars()
                    .take(60)
                    .take_while(|c| !matches!(c, ';' | '\n'))
                    .collect();
                let number = text::words(&near).find(|(_, word)| {
                    word.starts_with(|c: char| c.is_ascii_digit()) && word.contains("/QH")
                });
                if let Some((at, word)) = number {
                    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
                    if word != right {
                        let place = range.end + at..range.end + at + word.len();
                        let finding = finder.finding().at(&passage.place(&place));
                        finder.push(
                            finding
                                .with("typed", word)
                                .with("right", right)
                                .hint("write"),
                        );
                    }
                }
            }
        }
    }
}
