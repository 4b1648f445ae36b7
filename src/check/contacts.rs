//! Whom to write to: telephone numbers, e-mail and postal addresses.

use std::ops::Range;

use chrono::{Months, NaiveDate};

use crate::agreement::{Party, Status};
use crate::language::Language;
use crate::source::Span;
use crate::text::folding::Phrase;
use crate::text::letters::{digit, is_mark};

use super::case::Case;
use super::passage::Passage;
use super::rule::Finder;
use super::text::Folded;
use crate::agreement::Field;

/// A telephone number of a party.
struct Phone {
    typed: String,
    /// As dialled inside the country: `02043854702`.
    national: String,
    span: Span,
}

fn phones(case: &Case<'_>, index: usize, party: &Party) -> Vec<Phone> {
    let mut phones = Vec::new();
    for (key, value) in party.contact.values() {
        let span = case
            .positions
            .at(&format!("parties[{index}].contact.{key}"));
        let code = case
            .watch(&party.language)
            .word("country_code")
            .unwrap_or_default();
        let typed = match key {
            "phone" | "fax" => numbers(value),
            "messaging" => value.split(PARTING).filter_map(dialled).collect(),
            _ => continue,
        };
        for typed in typed {
            let typed = without_extension(case, typed);
            if crate::agreement::open::placeholder(typed).is_some() {
                continue;
            }
            let figures: String = typed
                .chars()
                .filter_map(digit)
                .map(|d| d.to_string())
                .collect();
            let bare = typed.trim_start_matches('(');
            let abroad = bare.starts_with('+') || bare.starts_with("00");
            let bare = figures.trim_start_matches("00");
            let national = match bare
                .strip_prefix(code)
                .filter(|_| abroad && !code.is_empty())
            {
                Some(rest) => format!("0{}", rest.trim_start_matches('0')),
                None => figures.clone(),
            };
            phones.push(Phone {
                national,
                span: span.find(typed),
                typed: typed.to_owned(),
            });
        }
    }
    phones
}

/// Finds contacts of an agreement that is not signed yet which nobody confirmed for a
/// year.
pub(super) fn contact_unconfirmed(case: &Case<'_>, finder: &mut Finder<'_>) {
    if case.agreement.status == Status::Signed {
        return;
    }
    for (index, party) in case.agreement.parties.iter().enumerate() {
        let confirmed = party.contact.verified_on;
        let year_after = |day: NaiveDate| day.checked_add_months(Months::new(12))?.succ_opt();
        if let Some(confirmed) = confirmed
            && let Some(day) = year_after(confirmed)
            && case.has_come(day) == Some(true)
        {
            let path = format!("parties[{index}].contact.verified_on");
            let finding = finder.finding().at(&case.positions.at(&path));
            finder.push(finding.with("day", confirmed.to_string()).hint("ask"));
        }
    }
}

/// Digits that a number has at least; fewer beside one are other last digits of it,
/// `0236 3822 041/42`.
const FEWEST_DIGITS: usize = 4;

/// What stands between two numbers.
const PARTING: [char; 3] = ['/', ';', ','];

/// Returns the number in a part of an address for messages: `Zalo: 0912 345 678`. The
/// figures of a name that somebody goes by there are none.
fn dialled(part: &str) -> Option<&str> {
    let figure = |c: char| digit(c).is_some();
    let start = part.find(|c| c == '+' || figure(c))?;
    let name = |c: char| c.is_alphanumeric() || matches!(c, '@' | '_' | '.' | '-');
    if part[..start].ends_with(name) {
        return None;
    }
    let opened = part[..start].ends_with('(');
    let number = &part[start - usize::from(opened)..];
    let end = number.find(|c| !figure(c) && !"+() .-".contains(c));
    let number = &number[..end.unwrap_or(number.len())];
    let number = number.trim_end_matches(|c| !figure(c));
    (number.chars().filter(|c| figure(*c)).count() > FEWEST_DIGITS).then_some(number)
}

/// Returns the numbers of a field: parted by `/`, `;` or `,`, and by a dash where whole
/// numbers stand on both sides.
fn numbers(value: &str) -> Vec<&str> {
    let digits = |text: &str| text.chars().filter_map(digit).count();
    let mut numbers = Vec::new();
    for part in value.split(PARTING).map(str::trim) {
        let sides = [" - ", " – "]
            .into_iter()
            .find_map(|dash| part.split_once(dash));
        match sides.filter(|(a, b)| digits(a) > 6 && digits(b) > 6) {
            Some((one, two)) => numbers.extend([one.trim(), two.trim()]),
            None if numbers.is_empty() || digits(part) >= FEWEST_DIGITS => numbers.push(part),
            None => {}
        }
    }
    numbers
}

/// Returns a number without the words for its extension: `máy lẻ 12`.
fn without_extension<'t>(case: &Case<'_>, typed: &'t str) -> &'t str {
    let mut end = typed.len();
    let lower = Folded::lower(typed);
    for language in &case.agreement.languages {
        let words = case.watch(language).list("extensions").iter();
        let places = words.flat_map(|word| lower.find(&word.folded));
        end = places.map(|place| place.start).fold(end, usize::min);
    }
    match typed[..end].chars().any(|c| digit(c).is_some()) {
        true => typed[..end].trim_end_matches([' ', '(', '.', '-', '#']),
        false => typed,
    }
}

/// Tells whether `figures` have the form `02xx xxxx xxx`, spaces aside.
fn fits(figures: &str, form: &str) -> bool {
    let form: Vec<char> = form.chars().filter(|c| !c.is_whitespace()).collect();
    form.len() == figures.chars().count()
        && form
            .iter()
            .zip(figures.chars())
            .all(|(want, have)| *want == 'x' || *want == have)
}

/// Finds numbers that no telephone of the party's country can have.
pub(super) fn invalid_phone(case: &Case<'_>, finder: &mut Finder<'_>) {
    for (index, party) in case.agreement.parties.iter().enumerate() {
        let forms = case.watch(&party.language).list("phones");
        for phone in phones(case, index, party) {
            let abroad = phone.typed.trim_start_matches('(').starts_with('+');
            let other_country = abroad && !phone.national.starts_with('0');
            if !forms.is_empty()
                && !other_country
                && !forms.iter().any(|form| fits(&phone.national, &form.shown))
            {
                let digits = phone.national.chars().count().to_string();
                let finding = finder.finding().at(&phone.span);
                let finding = finding.with("typed", phone.typed).with("digits", digits);
                finder.push(finding.with("forms", shown(forms)).hint("ask"));
            }
        }
    }
}

fn shown(forms: &[Phrase]) -> String {
    let forms: Vec<&str> = forms.iter().map(|form| form.shown.as_str()).collect();
    forms.join(", ")
}

/// Finds numbers that are grouped across the area code: `02043 854 702`.
pub(super) fn phone_grouping(case: &Case<'_>, finder: &mut Finder<'_>) {
    for (index, party) in case.agreement.parties.iter().enumerate() {
        let forms = case.watch(&party.language).list("phones");
        for phone in phones(case, index, party) {
            let mut forms = forms.iter().map(|form| form.shown.as_str());
            let form = forms.find(|form| fits(&phone.national, form));
            let Some(form) = form.filter(|form| form.contains(' ')) else {
                continue;
            };
            let area = form.split(' ').next().map_or(0, str::len);
            let first = phone
                .typed
                .split([' ', '.', '-'])
                .next()
                .unwrap_or_default();
            let grouped = first.len() < phone.typed.len() && !phone.typed.starts_with(['+', '(']);
            if grouped && first.chars().count() != area {
                let right = grouped_as(&phone.national, form);
                let finding = finder.finding().at(&phone.span);
                finder.push(
                    finding
                        .with("typed", phone.typed)
                        .with("right", right)
                        .hint("write"),
                );
            }
        }
    }
}

fn grouped_as(figures: &str, form: &str) -> String {
    let mut figures = figures.chars();
    let place = |c: char| {
        if c.is_whitespace() {
            Some(' ')
        } else {
            figures.next()
        }
    };
    form.chars().filter_map(place).collect()
}

/// Hosts at which anybody has a mailbox.
const PRIVATE_HOSTS: [&str; 9] = [
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "yahoo.com",
    "yahoo.com.vn",
    "icloud.com",
    "proton.me",
];

/// Returns each e-mail address with its place.
fn emails<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (&'a str, Span)> {
    let parties = case.agreement.parties.iter().enumerate();
    parties.filter_map(|(index, party)| {
        let span = case
            .positions
            .at(&format!("parties[{index}].contact.email"));
        Some((party.contact.email.as_deref()?, span))
    })
}

/// Returns the mailboxes among the addresses for messages.
fn mailboxes_for_messages<'a>(case: &'a Case<'_>) -> impl Iterator<Item = (&'a str, Span)> {
    let of_key = |key: &'static str| move |(path, _): &(String, &str)| path.ends_with(key);
    let values = case.agreement.contact_values();
    let values = values.filter(of_key(".messaging"));
    values.flat_map(|(path, value)| {
        let span = case.positions.at(&path);
        let words = value.split(|c: char| c.is_whitespace() || PARTING.contains(&c));
        let mailbox =
            words.filter(|word| word.split('@').filter(|part| !part.is_empty()).count() == 2);
        mailbox.map(move |word| (word, span.find(word)))
    })
}

/// Finds mailboxes that belong to a person rather than to the office.
pub(super) fn private_mailbox(case: &Case<'_>, finder: &mut Finder<'_>) {
    for (email, span) in emails(case).chain(mailboxes_for_messages(case)) {
        let host = email.rsplit('@').next().unwrap_or_default().to_lowercase();
        if PRIVATE_HOSTS.contains(&host.as_str()) {
            let finding = finder.finding().at(&span).with("host", host);
            finder.push(finding.hint("office"));
        }
    }
}

/// Tells whether a link leads to another page than the address that stands on paper.
fn leads_elsewhere(shown: &str, target: &str) -> bool {
    let page = |address: &str| {
        let bare = address.split_once("://").map_or(address, |(_, bare)| bare);
        bare.trim_end_matches('/').to_lowercase()
    };
    let shown = shown.trim();
    let address = shown.contains('.') && !shown.contains(char::is_whitespace) && shown.is_ascii();
    let web = target.starts_with("http://") || target.starts_with("https://");
    web && address && page(shown) != page(target)
}

/// Finds what is left of a link: `[a@b](mailto:a@b)`.
pub(super) fn link_residue(case: &Case<'_>, finder: &mut Finder<'_>) {
    let marked = |text: &str| text.contains("mailto:") || text.contains("](");
    for (path, value) in case
        .agreement
        .contact_values()
        .filter(|(_, value)| marked(value))
    {
        let finding = finder.finding().at(&case.positions.at(&path));
        finder.push(finding.with("text", value).hint("plain"));
    }
    for passage in case.passages() {
        let odd = |(range, target): &&(Range<usize>, String)| {
            marked(target) || leads_elsewhere(passage.at(range), target)
        };
        for (range, target) in passage.links.iter().filter(odd) {
            let finding = finder.finding().at(&passage.place(range));
            finder.push(finding.with("text", target.clone()).hint("plain"));
        }
        if !passage.field.is_prose() && marked(&passage.words) {
            let finding = finder.finding().at(&passage.span);
            finder.push(finding.with("text", passage.words.clone()).hint("plain"));
        }
    }
}

/// Finds e-mail addresses that cannot be ones.
pub(super) fn invalid_email(case: &Case<'_>, finder: &mut Finder<'_>) {
    for (email, span) in emails(case) {
        let residue = email.contains("mailto:") || email.contains("](");
        let letter = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-@".contains(c);
        let parts: Vec<&str> = email.split('@').collect();
        let valid = match parts.as_slice() {
            [name, host] => {
                let dotted = host.contains('.') && host.split('.').all(|part| !part.is_empty());
                !name.is_empty() && dotted && email.chars().all(letter)
            }
            _ => false,
        };
        if !valid && !residue && crate::agreement::open::placeholder(email).is_none() {
            finder.push(finder.finding().at(&span).with("text", email).hint("form"));
        }
    }
}

/// Finds web sites that nobody can open, and those that are not where they seem to be.
pub(super) fn invalid_website(case: &Case<'_>, finder: &mut Finder<'_>) {
    for (path, value) in case.agreement.contact_values() {
        let residue = value.contains("](");
        let placeholder = crate::agreement::open::placeholder(value).is_some();
        if path.ends_with(".website") && !is_website(value) && !residue && !placeholder {
            let finding = finder.finding().at(&case.positions.at(&path));
            finder.push(finding.with("text", value).hint("form"));
        }
    }
}

/// Tells whether `text` is one address: a host with a dot, perhaps with `https://`
/// before it and a path after it.
fn is_website(text: &str) -> bool {
    let lower = text.to_lowercase();
    let rest = lower.strip_prefix("https://");
    let rest = rest.or(lower.strip_prefix("http://")).unwrap_or(&lower);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = host.split_once(':').unwrap_or((host, "80"));
    let letter = |c: char| c.is_alphanumeric() || c == '-' || is_mark(c);
    let part = |part: &str| !part.is_empty() && part.chars().all(letter);
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && host.split('.').all(part)
        && last.chars().any(char::is_alphabetic)
        && port.parse::<u16>().is_ok()
        && !text.contains(char::is_whitespace)
}

/// Bytes that the name of a district or city has at most.
const LONGEST_PLACE: usize = 100;

/// Finds addresses in units that end, by the reform of provinces, before the
/// agreement does.
pub(super) fn abolished_unit(case: &Case<'_>, finder: &mut Finder<'_>) {
    let end = case.agreement.last_day();
    for passage in addresses(case) {
        let Field::Address(index) = passage.field else {
            continue;
        };
        let watch = case.watch(&passage.language);
        let own = case.agreement.parties[index].language == passage.language;
        let Some(since) = watch.day("abolished_since") else {
            continue;
        };
        if !own || end.is_some_and(|end| end < since) {
            continue;
        }
        let lasting = watch.list("lasting_units");
        for unit in watch.list("abolished_units") {
            for range in passage.folded.find(&unit.folded) {
                let after = passage.folded.after(range.start);
                if lasting
                    .iter()
                    .any(|unit| after.starts_with(unit.folded.as_str()))
                {
                    continue;
                }
                let end = passage.words.floor_char_boundary(range.end + LONGEST_PLACE);
                let near = &passage.words[range.start..end];
                let part = near
                    .split([',', '.', ';'])
                    .next()
                    .unwrap_or_default()
                    .trim();
                let place = passage.place(&(range.start..range.start + part.len()));
                let finding = finder.finding().at(&place).with("unit", part);
                finder.push(finding.with("since", since.to_string()).hint("ask"));
            }
        }
    }
}

fn addresses<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a Passage> {
    case.passages()
        .filter(|passage| matches!(passage.field, Field::Address(_)))
}

/// Finds addresses that end in another way than the first party's: with a full
/// stop, or with the country.
pub(super) fn contact_shape(case: &Case<'_>, finder: &mut Finder<'_>) {
    for language in &case.agreement.languages {
        let mut list = addresses(case).filter(|passage| passage.language == *language);
        let Some(first) = list.next() else { continue };
        for other in list {
            for (key, one, two) in [
                ("@full-stop", ends_with_stop(first), ends_with_stop(other)),
                (
                    "@country",
                    has_country(case, language, first),
                    has_country(case, language, other),
                ),
            ] {
                if one != two {
                    let finding = finder.finding().at(&other.span).label("first", &first.span);
                    finder.push(finding.with("part", key).hint("same"));
                }
            }
        }
    }
}

fn ends_with_stop(passage: &Passage) -> bool {
    passage.words.trim_end().ends_with('.')
}

fn has_country(case: &Case<'_>, language: &Language, passage: &Passage) -> bool {
    let last = passage
        .words
        .trim_end_matches(['.', ' '])
        .rsplit(',')
        .next()
        .unwrap_or_default();
    let last = Folded::lower(last);
    case.watch(language)
        .list("countries")
        .iter()
        .any(|country| last.has(&country.folded))
}
