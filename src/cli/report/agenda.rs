//! What is due, in words.

use alternat::agreement::due::{Due, Matter};
use alternat::agreement::{Agreement, Renewal};
use alternat::language::Language;
use alternat::messages::Messages;

/// Returns what is due, as the messages say it.
pub(crate) fn words(agreement: &Agreement, due: &Due, messages: &Messages) -> String {
    let party = due
        .party
        .map(|party| party_name(agreement, party, messages))
        .unwrap_or_default();
    let word = |name: &str| messages.word(&format!("due-{name}")).to_owned();
    let said = match &due.matter {
        Matter::Renewal => {
            let years = agreement.renewal.and_then(|Renewal { years, .. }| years);
            let years = years.unwrap_or_default() as usize;
            messages.counted("due-renewal", &[("years", years)])
        }
        Matter::Contacts => word("contacts").replace("{party}", &party),
        Matter::Appointment(index) => {
            let entry = agreement.due.get(*index);
            let what = entry.and_then(|entry| entry.what.clone());
            let said = match (due.matter.name(agreement), what) {
                ("other", what) => what.unwrap_or_else(|| word("other")),
                (name, Some(what)) => format!("{} ({what})", word(name)),
                (name, None) => word(name),
            };
            match party.is_empty() {
                true => said,
                false => format!("{said}: {party}"),
            }
        }
        matter => word(matter.name(agreement)),
    };
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what a party is called, in the language of messages where the agreement has
/// it, or else in the first language that has a name.
pub(crate) fn party_name(agreement: &Agreement, party: usize, messages: &Messages) -> String {
    let Some(party) = agreement.parties.get(party) else {
        return String::new();
    };
    let own = Language(messages.language().to_owned());
    let languages = [&own].into_iter().chain(&agreement.languages);
    let mut names = languages.filter_map(|language| {
        let short = party.short_name().get(language);
        short.or_else(|| party.name.get(language))
    });
    names.next().unwrap_or(&party.id).to_owned()
}

/// Returns what names a thing that is due, whatever its day is.
pub(crate) fn uid(agreement: &Agreement, due: &Due) -> String {
    let what = match &due.matter {
        Matter::Appointment(index) => {
            let entry = agreement.due.get(*index);
            format!("due.{}", entry.map_or("", |entry| entry.id.as_str()))
        }
        Matter::Contacts => {
            let party = due.party.and_then(|party| agreement.parties.get(party));
            format!("contacts.{}", party.map_or("", |party| party.id.as_str()))
        }
        matter => matter.name(agreement).to_owned(),
    };
    format!("{}.{what}.{}@alternat", agreement.id, due.times)
}
