//! Which documents an agreement yields, and in which order each names the parties.
//!
//! By the custom of the *alternat* each party's own original names that party
//! first, in the title as in the signatures, and its language first. With more
//! than two parties the others follow in agreed order.

use crate::agreement::{Agreement, OriginalForm, PartyOrder, Status};
use crate::language::Language;

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
        /// Which of the holder's originals of its kind it is, from 1.
        copy: usize,
    },
    /// To be filed after signing; it does not replace the original.
    Conformed,
    /// To be handed over with the originals: who keeps which.
    Custody,
    /// To be compared before signing: in which words the originals differ.
    Differences,
    /// To see what changed since another agreement; its text is made of both.
    Comparison,
    /// To be read by somebody who knows the second language, with room to tick and to
    /// write.
    Reviewing,
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
            Purpose::Differences => "differences",
            Purpose::Comparison => "comparison",
            Purpose::Reviewing => "reviewing",
        }
    }
}

/// What the words of a text are for. A review text and an original have the
/// same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextKind {
    /// The bare agreement.
    Agreement,
    /// The agreement with its open points.
    Draft,
    /// The agreement as it was signed, with a notice that says so.
    Conformed,
    /// Who keeps which originals.
    Custody,
    /// In which words the originals differ.
    Differences,
    /// What stands around the text on the sheet of a reviewer.
    Reviewing,
}

impl TextKind {
    /// Returns the kind's name in templates, as `purpose`.
    pub fn name(self) -> &'static str {
        match self {
            TextKind::Agreement => "agreement",
            TextKind::Draft => "draft",
            TextKind::Conformed => "conformed",
            TextKind::Custody => "custody",
            TextKind::Differences => "differences",
            TextKind::Reviewing => "reviewing",
        }
    }
}

/// All that the words of a text depend on besides the agreement: editions with
/// the same key have the same text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextKey {
    /// What the words are for.
    pub kind: TextKind,
    /// The language.
    pub language: Language,
    /// The parties, as indices into the agreement's, in the order of naming.
    pub order: Vec<usize>,
    /// The languages of the originals in the order of naming.
    pub language_order: Vec<Language>,
}

impl Edition {
    /// Returns what the edition's text in `language` depends on.
    pub fn text(&self, language: &Language) -> TextKey {
        let kind = match self.purpose {
            Purpose::Review
            | Purpose::Reviewing
            | Purpose::Original { .. }
            | Purpose::Comparison => TextKind::Agreement,
            Purpose::Draft => TextKind::Draft,
            Purpose::Conformed => TextKind::Conformed,
            Purpose::Custody => TextKind::Custody,
            Purpose::Differences => TextKind::Differences,
        };
        TextKey {
            kind,
            language: language.clone(),
            order: self.order.clone(),
            language_order: self.language_order.clone(),
        }
    }
}

/// Returns the texts for review: one for each language, the first two side
/// by side, and where there are originals the sheets that go with them.
pub fn texts(agreement: &Agreement) -> Vec<Edition> {
    match agreement.status {
        Status::Draft => views(agreement, Purpose::Draft, ""),
        Status::Final | Status::Signed => {
            let mut texts = views(agreement, Purpose::Review, "");
            texts.extend(sheets(agreement));
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
    editions.extend(sheets(agreement));
    if agreement.status == Status::Signed {
        editions.extend(views(agreement, Purpose::Conformed, "signed/"));
    }
    editions
}

/// Returns the texts to negotiate in, whatever the status: nobody signs what anybody may
/// still change, so each is a draft.
pub fn working_texts(agreement: &Agreement) -> Vec<Edition> {
    views(agreement, Purpose::Draft, "draft/")
}

/// Returns the edition whose words are frozen once they are signed.
pub fn signed_text(agreement: &Agreement, language: &Language) -> Edition {
    edition(agreement, Purpose::Review, "", vec![language.clone()])
}

/// Returns where a comparison with the agreement `other` goes, without its ending.
pub fn comparison_path(other: &str) -> String {
    format!("compare/{other}")
}

/// Returns the edition in which an agreement is compared with another one, in these
/// languages; `other` is the other one's id.
pub fn comparison(agreement: &Agreement, languages: Vec<Language>, other: &str) -> Edition {
    Edition {
        path: comparison_path(other),
        ..edition(agreement, Purpose::Comparison, "", languages)
    }
}

/// Returns the edition in which the originals of a holder are compared, in these languages.
pub fn held(agreement: &Agreement, languages: Vec<Language>, holder: usize) -> Edition {
    Edition {
        order: party_order(agreement, holder),
        language_order: language_order(agreement, holder),
        ..edition(agreement, Purpose::Comparison, "", languages)
    }
}

/// Returns the sheets that go with the originals: who keeps which, in the first two
/// languages, and in which words they differ, in each.
fn sheets(agreement: &Agreement) -> [Edition; 2] {
    let languages = &agreement.languages;
    let sheet = |purpose: Purpose, languages: &[Language]| Edition {
        path: format!("originals/{}", purpose.name()),
        ..edition(agreement, purpose, "", languages.to_vec())
    };
    [
        sheet(Purpose::Custody, &languages[..languages.len().min(2)]),
        sheet(Purpose::Differences, languages),
    ]
}

/// What stands around the text on the sheet of a reviewer, with its template.
pub const REVIEW_PARTS: [(&str, &str); 6] = [
    ("heading", "review-heading"),
    ("terms", "review-terms"),
    ("text", "review-text"),
    ("room", "review-room"),
    ("note", "review-note"),
    ("end", "review-end"),
];

/// Returns the sheet of somebody who reads the text in `language` beside the one that it
/// was translated from; none where there is no other language.
pub fn reviewing(agreement: &Agreement, language: &Language) -> Option<Edition> {
    let own = [&agreement.drafted_in].into_iter();
    let mut others = own.chain(&agreement.languages).filter(|it| *it != language);
    let languages = vec![others.next()?.clone(), language.clone()];
    Some(Edition {
        path: format!("review/{language}"),
        ..edition(agreement, Purpose::Reviewing, "", languages)
    })
}

fn views(agreement: &Agreement, purpose: Purpose, folder: &str) -> Vec<Edition> {
    let languages = &agreement.languages;
    let mut groups: Vec<Vec<Language>> = languages.iter().map(|l| vec![l.clone()]).collect();
    // What is signed in all languages side by side is read so.
    let together = match agreement.originals.form {
        OriginalForm::Separate => languages.len().min(2),
        OriginalForm::Joint => languages.len(),
    };
    if together > 1 {
        groups.push(languages[..together].to_vec());
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

/// Returns the originals of every party: of each language, or joint ones in all of
/// them, as many as each party keeps.
pub fn originals(agreement: &Agreement) -> Vec<Edition> {
    let holders = 0..agreement.parties.len();
    let of_all = holders.flat_map(|holder| originals_of(agreement, holder));
    of_all.collect()
}

/// Returns the originals that a party keeps.
pub fn originals_of(agreement: &Agreement, holder: usize) -> Vec<Edition> {
    let id = &agreement.parties[holder].id;
    let order = party_order(agreement, holder);
    let language_order = language_order(agreement, holder);
    let kinds = match agreement.originals.form {
        OriginalForm::Separate => {
            let languages = agreement.languages.iter();
            let kind = |language: &Language| (vec![language.clone()], format!("{id}.{language}"));
            languages.map(kind).collect()
        }
        OriginalForm::Joint => vec![(language_order.clone(), id.clone())],
    };
    let mut editions = Vec::new();
    for (languages, name) in kinds {
        for copy in 1..=agreement.originals.each {
            let path = match agreement.originals.each {
                1 => format!("originals/{name}"),
                _ => format!("originals/{name}-{copy}"),
            };
            editions.push(Edition {
                purpose: Purpose::Original { holder, copy },
                languages: languages.clone(),
                order: order.clone(),
                language_order: language_order.clone(),
                path,
            });
        }
    }
    editions
}

/// Returns what a party prints for the signing, in the order in which it is signed: its
/// own originals, its own language first, and the sheet that tells who keeps which.
pub fn printed_by(agreement: &Agreement, holder: usize) -> Vec<Edition> {
    if agreement.status == Status::Draft {
        return Vec::new();
    }
    let mut editions = originals_of(agreement, holder);
    let own = &agreement.parties[holder].language;
    editions.sort_by_key(|edition| edition.languages.first() != Some(own));
    let sheets = sheets(agreement).into_iter();
    editions.extend(sheets.filter(|sheet| sheet.purpose == Purpose::Custody));
    editions
}

/// Returns the number of a party's original among all of its kind, from 1.
pub fn number_of(agreement: &Agreement, holder: usize, copy: usize) -> usize {
    holder * agreement.originals.each + copy
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
