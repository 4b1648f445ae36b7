//! What still stands in the way of signing: blanks, stand-ins, translations that
//! nobody has read.

use crate::language::Language;

use super::model::{Agreement, GIVEN, Given};
use super::signatures::{SignedApart, Signing};
use super::text::Text;
use super::texts::Field;

/// Something that must be settled before an original may be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPoint {
    /// Where the value stands, or would stand, in the file.
    pub path: String,
    /// Whose value it is.
    pub subject: Subject,
    /// Which of the pack's `fields` it is.
    pub field: &'static str,
    /// The language in which it is open, unless it has none.
    pub language: Option<Language>,
    /// Why it is open.
    pub reason: Reason,
}

/// Whom or what an open point concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The agreement as a whole.
    Agreement,
    /// A party, by index.
    Party(usize),
    /// A clause, one of its points, or an annex, by the id of its part.
    Clause(String),
}

impl Subject {
    fn of(agreement: &Agreement, field: Field) -> Self {
        match field {
            Field::Name(party)
            | Field::Short(party)
            | Field::FormerName(party)
            | Field::State(party)
            | Field::Authority(party)
            | Field::Post(party)
            | Field::Signatory(party)
            | Field::Office(party)
            | Field::Person(party)
            | Field::Address(party)
            | Field::PlaceOf(party) => Subject::Party(party),
            Field::Title(clause) | Field::Clause(clause) => {
                let clause = agreement.clauses().nth(clause);
                clause.map_or(Subject::Agreement, |clause| {
                    Subject::Clause(clause.id.clone())
                })
            }
            Field::Point(clause, point) => {
                let clause = agreement.clauses().nth(clause);
                let part =
                    clause.and_then(|clause| Some(clause.points.get(point)?.part(&clause.id)));
                part.map_or(Subject::Agreement, Subject::Clause)
            }
            Field::AnnexTitle(annex) | Field::Annex(annex) => {
                let annex = agreement.annexes.get(annex);
                annex.map_or(Subject::Agreement, |annex| {
                    Subject::Clause(annex.id.clone())
                })
            }
            Field::Number
            | Field::Subject
            | Field::Amended
            | Field::Preamble
            | Field::Place
            | Field::WitnessPost(_)
            | Field::Witness(_) => Subject::Agreement,
        }
    }
}

/// Why a point is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing is written yet.
    Blank,
    /// A stand-in is written: `TODO`, `…`, `XX/XX/2025`.
    Placeholder,
    /// A translation has not been read by a speaker of its language.
    Unreviewed,
}

/// Returns everything that is still open, in the order of the document.
pub fn points(agreement: &Agreement) -> Vec<OpenPoint> {
    let mut points = Points(Vec::new());
    if agreement.term.is_open() {
        points.blank("term", Subject::Agreement, "term");
    }
    if agreement
        .amends
        .as_ref()
        .is_some_and(|it| it.signed.is_none())
    {
        points.blank("amends.signed", Subject::Agreement, "amended_on");
    }
    // What no clause uses is not printed.
    for (formula, key) in GIVEN {
        if agreement.uses(formula) && agreement.given(formula) == Some(Given::Open) {
            points.blank(key, Subject::Agreement, key);
        }
    }
    for (field, text) in agreement.texts() {
        points.day_of_signing(agreement, field);
        points.text(agreement, field, text);
        if let Field::Address(party) = field {
            points.contact(agreement, party);
        }
    }
    let languages = agreement.languages.iter();
    let unread = languages.filter(|language| !agreement.is_reviewed(language));
    points.0.extend(unread.map(|language| OpenPoint {
        path: "review".to_owned(),
        subject: Subject::Agreement,
        field: "review",
        language: Some(language.clone()),
        reason: Reason::Unreviewed,
    }));
    points.0
}

struct Points(Vec<OpenPoint>);

impl Points {
    fn text(&mut self, agreement: &Agreement, field: Field, text: &Text) {
        // A former name explains; nothing is printed for it.
        if matches!(field, Field::FormerName(_)) {
            return;
        }
        let subject = Subject::of(agreement, field);
        for (language, value) in &text.by_language {
            let (path, value) = (text.path_in(language), value.as_deref());
            self.push(path, subject.clone(), field.name(), value, Some(language));
        }
    }

    fn contact(&mut self, agreement: &Agreement, party: usize) {
        let contact = &agreement.parties[party].contact;
        for (key, value) in [("phone", &contact.phone), ("email", &contact.email)] {
            let path = format!("parties[{party}].contact.{key}");
            self.push(path, Subject::Party(party), key, value.as_deref(), None);
        }
        // What may be left out is open only where a stand-in is typed.
        let may_be_missing = |key: &str| !matches!(key, "phone" | "email");
        for (key, value) in contact.values().filter(|(key, _)| may_be_missing(key)) {
            let path = format!("parties[{party}].contact.{key}");
            self.push(path, Subject::Party(party), key, Some(value), None);
        }
    }

    /// Adds the day that stands with a place of signing.
    fn day_of_signing(&mut self, agreement: &Agreement, field: Field) {
        match (&agreement.signing, field) {
            (Signing::Together { date: None, .. }, Field::Place) => {
                self.blank("signing.date", Subject::Agreement, "date");
            }
            (Signing::Apart(entries), Field::PlaceOf(party)) => {
                let entries = entries.iter().enumerate();
                let open = |(_, entry): &(usize, &SignedApart)| {
                    entry.party == party && entry.date.is_none()
                };
                for (index, _) in entries.filter(open) {
                    let path = format!("signing.by[{index}].date");
                    self.blank(&path, Subject::Party(party), "date");
                }
            }
            _ => {}
        }
    }

    fn blank(&mut self, path: &str, subject: Subject, field: &'static str) {
        self.push(path.to_owned(), subject, field, None, None);
    }

    fn push(
        &mut self,
        path: String,
        subject: Subject,
        field: &'static str,
        value: Option<&str>,
        language: Option<&Language>,
    ) {
        let reason = match value {
            None => Reason::Blank,
            Some(text) if placeholder(text).is_some() => Reason::Placeholder,
            Some(_) => return,
        };
        self.0.push(OpenPoint {
            path,
            subject,
            field,
            language: language.cloned(),
            reason,
        });
    }
}

/// Returns the first word of `text` that only keeps a place: `TODO`, `[…]`,
/// `XX/XX/2025`, a lone `…`, five dots or three underscores.
///
/// Four dots are left alone: they are how some writers end an enumeration.
pub fn placeholder(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| {
        let core = word.trim_matches([
            '[', ']', '(', ')', '{', '}', ',', ';', ':', '*', '"', '“', '”',
        ]);
        let is = |stand_in: &&str| core.eq_ignore_ascii_case(stand_in);
        ["TODO", "TBD", "XXX", "FIXME"].iter().any(is)
            || core.contains(['…', '.', '_', 'X', 'x']) && is_stand_in(core)
    })
}

/// Tells dots, lines and masked dates from words.
fn is_stand_in(word: &str) -> bool {
    word == "…"
        || has_run(word, 2, |c| c == '…')
        || has_run(word, 5, |c| c == '.')
        || has_run(word, 3, |c| c == '_')
        || (has_run(word, 2, |c| matches!(c, 'X' | 'x'))
            && word.contains(['/', '-', '.'])
            && !word.contains(is_word_letter))
}

/// Tells whether `word` has `length` such letters in a row.
fn has_run(word: &str, length: usize, such: impl Fn(char) -> bool) -> bool {
    let mut run = 0;
    word.chars().any(|letter| {
        run = if such(letter) { run + 1 } else { 0 };
        run == length
    })
}

/// Tells letters of words from those of a masked date; the Roman numeral of
/// "thế kỷ XX" has no separator, so it never comes to this question.
fn is_word_letter(letter: char) -> bool {
    letter.is_alphabetic() && !matches!(letter, 'X' | 'x')
}

#[cfg(test)]
mod tests {
    use super::placeholder;

    #[test]
    fn placeholders_are_told_from_text() {
        for text in [
            "TODO",
            "ngày XX/XX/2025",
            "[…]",
            "bà …………",
            "ký ngày ……",
            "___",
        ] {
            assert!(placeholder(text).is_some(), "{text}");
        }
        for text in [
            "dịch bệnh.... hỗ trợ",
            "v.v…",
            "giai đoạn 2022 - 2025",
            "ນ້ຳ ຕັ້ງ",
            "XX-century",
            "thế kỷ XX",
            "./.",
        ] {
            assert!(placeholder(text).is_none(), "{text}");
        }
    }
}
