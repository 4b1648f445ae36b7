//! Which documents an agreement yields, in which order each names the parties,
//! and what still stands in the way of signing.
//!
//! By the custom of the *alternat* each party's own original names that party
//! first, in the title as in the signatures, and its language first. With more
//! than two parties the others follow in agreed order.

use crate::agreement::{Agreement, Clause, Language, PartyOrder, Status, Text};

/// One document to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// What the document is for.
    pub purpose: Purpose,
    /// Its languages: one, or those that stand side by side.
    pub languages: Vec<Language>,
    /// The parties, as indices into the agreement's, in the order of naming.
    pub order: Vec<usize>,
    /// The languages of the originals in the order of naming.
    pub language_order: Vec<Language>,
    /// Where the document goes, below the agreement's folder, without its
    /// ending: `originals/bac-giang.vi`.
    pub path: String,
}

/// What a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The bare text, to be read and compared.
    Review,
    /// To be discussed: marked as a draft, with its blanks and open points.
    Draft,
    /// To be signed, and kept by one party.
    Original {
        /// The party that keeps it, an index into the agreement's parties.
        holder: usize,
    },
    /// To be filed after signing; it does not replace the original.
    Conformed,
    /// To be handed over with the originals: who keeps which.
    Custody,
}

impl Purpose {
    /// Returns the purpose's name in templates.
    pub fn name(self) -> &'static str {
        match self {
            Purpose::Review => "review",
            Purpose::Draft => "draft",
            Purpose::Original { .. } => "original",
            Purpose::Conformed => "conformed",
            Purpose::Custody => "custody",
        }
    }
}

/// Returns the texts for review: one for each language, the first two side
/// by side, and the custody sheet where there are originals.
pub fn texts(agreement: &Agreement) -> Vec<Edition> {
    match agreement.status {
        Status::Draft => views(agreement, Purpose::Draft, ""),
        Status::Final | Status::Signed => {
            let mut texts = views(agreement, Purpose::Review, "");
            texts.push(custody(agreement));
            texts
        }
    }
}

/// Returns the documents to be typeset.
pub fn editions(agreement: &Agreement) -> Vec<Edition> {
    let mut editions = match agreement.status {
        Status::Draft => return views(agreement, Purpose::Draft, "draft/"),
        Status::Final | Status::Signed => originals(agreement),
    };
    editions.push(custody(agreement));
    if agreement.status == Status::Signed {
        editions.extend(views(agreement, Purpose::Conformed, "signed/"));
    }
    editions
}

/// Returns the edition whose words are frozen once they are signed.
pub fn signed_text(agreement: &Agreement, language: &Language) -> Edition {
    edition(agreement, Purpose::Review, "", vec![language.clone()])
}

/// Returns the custody sheet, in the first two languages.
fn custody(agreement: &Agreement) -> Edition {
    let languages = agreement.languages.iter().take(2).cloned().collect();
    Edition {
        path: "originals/custody".to_owned(),
        ..edition(agreement, Purpose::Custody, "", languages)
    }
}

fn views(agreement: &Agreement, purpose: Purpose, folder: &str) -> Vec<Edition> {
    let languages = &agreement.languages;
    let mut groups: Vec<Vec<Language>> = languages.iter().map(|l| vec![l.clone()]).collect();
    if let [first, second, ..] = languages.as_slice() {
        groups.push(vec![first.clone(), second.clone()]);
    }
    groups
        .into_iter()
        .map(|group| edition(agreement, purpose, folder, group))
        .collect()
}

/// Returns an edition in agreed order.
fn edition(
    agreement: &Agreement,
    purpose: Purpose,
    folder: &str,
    languages: Vec<Language>,
) -> Edition {
    Edition {
        purpose,
        order: (0..agreement.parties.len()).collect(),
        language_order: agreement.languages.clone(),
        path: format!("{folder}{}", joined(&languages)),
        languages,
    }
}

/// Returns one original for each party and language, N × L in all.
fn originals(agreement: &Agreement) -> Vec<Edition> {
    let mut editions = Vec::new();
    for (holder, party) in agreement.parties.iter().enumerate() {
        for language in &agreement.languages {
            editions.push(Edition {
                purpose: Purpose::Original { holder },
                languages: vec![language.clone()],
                order: party_order(agreement, holder),
                language_order: language_order(agreement, holder),
                path: format!("originals/{}.{language}", party.id),
            });
        }
    }
    editions
}

fn party_order(agreement: &Agreement, holder: usize) -> Vec<usize> {
    let agreed = 0..agreement.parties.len();
    match agreement.party_order {
        PartyOrder::Fixed => agreed.collect(),
        PartyOrder::Alternat => std::iter::once(holder)
            .chain(agreed.filter(|&party| party != holder))
            .collect(),
    }
}

fn language_order(agreement: &Agreement, holder: usize) -> Vec<Language> {
    let mut order = agreement.languages.clone();
    if agreement.party_order == PartyOrder::Alternat {
        order.sort_by_key(|language| *language != agreement.parties[holder].language);
    }
    order
}

fn joined(languages: &[Language]) -> String {
    languages
        .iter()
        .map(|l| l.0.as_str())
        .collect::<Vec<_>>()
        .join("-")
}

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
    /// A clause, by id.
    Clause(String),
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
pub fn open_points(agreement: &Agreement) -> Vec<OpenPoint> {
    let mut points = Points { list: Vec::new() };
    if agreement.term.from.is_none() || agreement.term.to.is_none() {
        points.value("term", Subject::Agreement, "term", None);
    }
    for index in 0..agreement.parties.len() {
        points.party(agreement, index);
    }
    points.text(&agreement.preamble, Subject::Agreement, "preamble");
    for clause in agreement.clauses() {
        points.clause(clause);
    }
    if agreement.signing.date.is_none() {
        points.value("signing.date", Subject::Agreement, "date", None);
    }
    points.text(&agreement.signing.place, Subject::Agreement, "place");
    for language in agreement
        .languages
        .iter()
        .filter(|l| !agreement.is_reviewed(l))
    {
        points.list.push(OpenPoint {
            path: "review".to_owned(),
            subject: Subject::Agreement,
            field: "review",
            language: Some(language.clone()),
            reason: Reason::Unreviewed,
        });
    }
    points.list
}

struct Points {
    list: Vec<OpenPoint>,
}

impl Points {
    fn party(&mut self, agreement: &Agreement, index: usize) {
        let party = &agreement.parties[index];
        let subject = || Subject::Party(index);
        self.text(&party.name, subject(), "name");
        if let Some(short) = &party.short {
            self.text(short, subject(), "short");
        }
        self.text(&party.state, subject(), "state");
        self.text(&party.signatory.post, subject(), "post");
        self.text(&party.signatory.name, subject(), "signatory");
        self.text(&party.contact.office, subject(), "office");
        self.text(&party.contact.address, subject(), "address");
        let path = |key: &str| format!("parties[{index}].contact.{key}");
        self.value(
            &path("phone"),
            subject(),
            "phone",
            party.contact.phone.as_deref(),
        );
        self.value(
            &path("email"),
            subject(),
            "email",
            party.contact.email.as_deref(),
        );
    }

    fn clause(&mut self, clause: &Clause) {
        let subject = || Subject::Clause(clause.id.clone());
        if let Some(title) = &clause.title {
            self.text(title, subject(), "title");
        }
        if let Some(text) = &clause.text {
            self.text(text, subject(), "text");
        }
    }

    fn text(&mut self, text: &Text, subject: Subject, field: &'static str) {
        for (language, value) in &text.by_language {
            self.point(
                text.path_in(language),
                subject.clone(),
                field,
                value.as_deref(),
                Some(language),
            );
        }
    }

    fn value(&mut self, path: &str, subject: Subject, field: &'static str, value: Option<&str>) {
        self.point(path.to_owned(), subject, field, value, None);
    }

    fn point(
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
        self.list.push(OpenPoint {
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
