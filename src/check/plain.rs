//! Plain fields, in which every sign is printed as it stands.
//!
//! Names, titles, addresses and telephone numbers are one line each, posts of one or
//! several; they have no marks, and above its signatories a party is named.

use std::ops::Range;

use crate::source::Span;

use super::case::Case;
use super::folded::Style;
use super::passage::Passage;
use super::rule::Finder;
use super::text::Folded;
use crate::agreement::Field;

fn plain<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a Passage> {
    case.passages().filter(|passage| !passage.field.is_prose())
}

/// Finds marks of Markdown where nothing reads them.
pub(super) fn mark_in_plain_field(case: &Case<'_>, finder: &mut Finder<'_>) {
    for passage in plain(case) {
        if let Some(range) = mark(&passage.words) {
            let finding = finder.finding().at(&passage.place(&range));
            let finding = finding.with("text", passage.at(&range));
            finder.push(finding.hint("remove"));
        }
    }
}

/// Returns the first mark around words: `**x**`, `*x*`, `__x__`, `~~x~~`, `` `x` ``
/// and `[x](party:y)`.
fn mark(words: &str) -> Option<Range<usize>> {
    let pairs = ["**", "__", "~~", "`", "*"].into_iter();
    let pair = |mark: &str| {
        let open = words.find(mark)?;
        let inside = open + mark.len();
        let close = words[inside..].find(mark)?;
        // A footnote's star stands alone; a pair has words in it.
        let worded = words[inside..inside + close].contains(char::is_alphanumeric);
        worded.then_some(open..inside + close + mark.len())
    };
    let link = || {
        let middle = words.find("](party:")?;
        let open = words[..middle].rfind('[')?;
        let close = words[middle..].find(')')?;
        Some(open..middle + close + 1)
    };
    pairs
        .filter_map(pair)
        .chain(link())
        .min_by_key(|range| range.start)
}

/// Finds values of several lines, which are printed as one.
pub(super) fn plain_lines_joined(case: &Case<'_>, finder: &mut Finder<'_>) {
    let contacts = case.agreement.contact_values();
    let contacts = contacts.filter_map(|(path, _)| case.positions.exact(&path));
    let one_line = plain(case).filter(|passage| !passage.field.is_post());
    let spans = one_line.map(|passage| passage.span.clone());
    let joined = |span: &Span| has_lines(span);
    for span in spans.chain(contacts).filter(joined) {
        finder.push(finder.finding().at(&span).hint("comma"));
    }
}

/// Tells whether a value has line ends of its own, not only of the file.
fn has_lines(span: &Span) -> bool {
    let raw = span.text().trim_end();
    match Style::of(span) {
        Style::Literal => raw.contains('\n'),
        _ if raw.starts_with('"') && raw.contains("\\n") => true,
        _ => raw.lines().any(|line| line.trim().is_empty()),
    }
}

/// Letters that a post and a name have in common when they name the same thing.
const SHARED_LETTERS: usize = 6;

/// Finds parties whose name stands nowhere above those of their signatories.
pub(super) fn post_without_party(case: &Case<'_>, finder: &mut Finder<'_>) {
    for (index, party) in case.agreement.parties.iter().enumerate() {
        for language in &case.agreement.languages {
            let names = [Some(&party.name), party.short.as_ref()];
            let names: Vec<&str> = names
                .into_iter()
                .flatten()
                .filter_map(|name| name.get(language))
                .collect();
            let above = case.passages().filter(|passage| {
                let of_party =
                    matches!(passage.field, Field::Authority(of) | Field::Post(of) if of == index);
                of_party && passage.language == *language
            });
            let above: Vec<&Passage> = above.collect();
            let open =
                |passage: &Passage| crate::agreement::open::placeholder(&passage.words).is_some();
            let named = |passage: &Passage| {
                let post: Vec<char> = passage.folded.text.chars().collect();
                let mut names = names.iter();
                names.any(|name| shares(&post, &Folded::lower(name).text))
            };
            let mut posts = above.iter();
            let post = posts.find(|passage| matches!(passage.field, Field::Post(_)));
            let told = |passage: &&Passage| open(passage) || named(passage);
            if let (Some(post), false) = (post, names.is_empty() || above.iter().any(told)) {
                let finding = finder.finding().at(&post.span);
                let finding = finding.with("text", post.words.replace('\n', " "));
                finder.push(finding.hint("complete"));
            }
        }
    }
}

/// Tells whether `post` holds all of `name`, or a good part of it.
fn shares(post: &[char], name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    let length = name.len().clamp(1, SHARED_LETTERS);
    name.windows(length)
        .any(|part| post.windows(length).any(|other| part == other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn marks_are_told_from_signs() {
        for text in [
            "**Ế**",
            "Bà *ế*",
            "[ນ້ຳ](party:x)",
            "`ế`",
            "~~ế~~ x",
            "a __ế__",
        ] {
            assert!(mark(text).is_some(), "{text}");
        }
        for text in ["Số 5 (*)", "* * *", "a_b@c.vn", "[…]", "5 * 3", "Ế __ ກ"] {
            assert_eq!(mark(text), None, "{text}");
        }
    }

    #[test]
    fn lines_of_a_value_are_told_from_lines_of_the_file() {
        let span = |file: &str| {
            let start = file.find("Số").expect("words");
            Source::new("x", file).span(start..file.len())
        };
        for file in ["a: |-\n  Số 1\n  Huế\n", "a: >-\n  Số 1\n\n  Huế"] {
            assert!(has_lines(&span(file)), "{file}");
        }
        for file in [
            "a: |-\n  Số 1\n",
            "a: >-\n  Số 1\n  Huế",
            "a: Số 1\n  Huế\n",
        ] {
            assert!(!has_lines(&span(file)), "{file}");
        }
    }
}
