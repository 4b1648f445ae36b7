//! What templates see: an agreement in one language and one order of parties.
//!
//! Input: an agreement, an edition and a language pack. Output: values that
//! Tera can read, where everything that can be computed has been, and where a
//! blank is the pack's dotted line.

use serde::Serialize;

use crate::agreement::{Agreement, Header, Language, Moment, Party, Status, Term, Text};
use crate::edition::{self, Edition, Purpose, Subject};
use crate::language::{Kind, LanguagePack, PartyWords};

/// What a template sees in every part of a document.
#[derive(Serialize)]
pub(super) struct View<'a> {
    pub(super) purpose: &'static str,
    pub(super) status: &'static str,
    pub(super) header: &'static str,
    pub(super) language: String,
    pub(super) kind: Kind,
    pub(super) term: TermView,
    /// In the order of naming.
    pub(super) parties: Vec<PartyView>,
    pub(super) word: PartyWords,
    pub(super) preamble: String,
    pub(super) originals: Vec<OriginalView>,
    /// One original of each language, in words and figures.
    pub(super) one: Quantity,
    /// All originals of all languages.
    pub(super) total: Quantity,
    pub(super) signing: SigningView,
    pub(super) holder: Option<HolderView>,
    /// Whether a clause states the copies, so that the closing need not.
    pub(super) copies_placed: bool,
    pub(super) open_points: Vec<OpenSubjectView>,
    pub(super) blank: String,
    #[serde(skip)]
    pub(super) order: Vec<usize>,
    #[serde(skip)]
    pub(super) ids: Vec<String>,
    #[serde(skip)]
    pub(super) pack: &'a LanguagePack,
}

/// What a template sees in one part only.
#[derive(Default, Serialize)]
pub(super) struct Local {
    /// The number of the section, in Roman figures.
    pub(super) number: Option<&'static str>,
    pub(super) party: Option<PartyView>,
    pub(super) clause: Option<ClauseView>,
}

#[derive(Clone, Serialize)]
pub(super) struct PartyView {
    pub(super) id: String,
    /// The party's place in the agreed order, from 1.
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) short: String,
    pub(super) state: String,
    pub(super) post: String,
    pub(super) signatory: String,
    pub(super) office: String,
    pub(super) address: String,
    pub(super) phone: String,
    pub(super) fax: Option<String>,
    pub(super) email: String,
}

#[derive(Serialize)]
pub(super) struct ClauseView {
    /// Without the colon that may be typed after it.
    pub(super) title: Option<String>,
    /// The colon after the title; nothing where the title ends a sentence.
    pub(super) stop: &'static str,
    /// Whether the text starts with a paragraph, which may follow the title on
    /// its line.
    pub(super) runs_in: bool,
    pub(super) text: String,
}

#[derive(Serialize)]
pub(super) struct TermView {
    pub(super) from: String,
    pub(super) to: String,
}

#[derive(Clone, Serialize)]
pub(super) struct Quantity {
    pub(super) words: String,
    pub(super) figures: String,
}

#[derive(Serialize)]
pub(super) struct OriginalView {
    pub(super) code: String,
    pub(super) language: String,
    pub(super) words: String,
    pub(super) figures: String,
}

#[derive(Serialize)]
pub(super) struct SigningView {
    pub(super) date: String,
    pub(super) date_long: String,
    pub(super) place: String,
}

#[derive(Serialize)]
pub(super) struct HolderView {
    pub(super) name: String,
    pub(super) number: usize,
    pub(super) of: usize,
    pub(super) language: String,
}

/// What is open about one party, clause or the agreement.
#[derive(Serialize)]
pub(super) struct OpenSubjectView {
    pub(super) subject: String,
    pub(super) points: Vec<OpenPointView>,
}

#[derive(Serialize)]
pub(super) struct OpenPointView {
    pub(super) field: String,
    pub(super) languages: Vec<String>,
}

impl<'a> View<'a> {
    pub(super) fn new(
        agreement: &Agreement,
        edition: &Edition,
        pack: &'a LanguagePack,
        kind: Kind,
    ) -> Self {
        let mut view = Self {
            purpose: edition.purpose.name(),
            status: match agreement.status {
                Status::Draft => "draft",
                Status::Final => "final",
                Status::Signed => "signed",
            },
            header: match agreement.header {
                Header::None => "none",
                Header::State => "state",
                Header::Union => "union",
            },
            language: pack.language.0.clone(),
            kind,
            term: TermView {
                from: String::new(),
                to: String::new(),
            },
            parties: Vec::new(),
            word: pack.party_words(agreement.parties.len()).clone(),
            preamble: String::new(),
            originals: Vec::new(),
            one: quantity(pack, 1),
            total: quantity(pack, agreement.parties.len() * agreement.languages.len()),
            signing: SigningView {
                date: String::new(),
                date_long: String::new(),
                place: String::new(),
            },
            holder: None,
            copies_placed: agreement
                .clauses()
                .any(|clause| clause.formulas.iter().any(|f| f == "copies")),
            open_points: Vec::new(),
            blank: pack.blank.clone(),
            order: edition.order.clone(),
            ids: agreement
                .parties
                .iter()
                .map(|party| party.id.clone())
                .collect(),
            pack,
        };
        view.term = view.term(&agreement.term);
        view.parties = edition
            .order
            .iter()
            .map(|&i| view.party(i, &agreement.parties[i]))
            .collect();
        view.preamble = view.filled(&agreement.preamble);
        view.originals = view.originals(agreement, edition);
        view.signing = view.signing(agreement);
        view.holder = view.holder(agreement, edition);
        if edition.purpose == Purpose::Draft {
            view.open_points = view.open_points(agreement);
        }
        view
    }

    /// Returns the text in the view's language, or the pack's blank.
    pub(super) fn filled(&self, text: &Text) -> String {
        text.get(&self.pack.language)
            .unwrap_or(&self.blank)
            .to_owned()
    }

    fn value(&self, value: Option<&String>) -> String {
        value.unwrap_or(&self.blank).clone()
    }

    fn term(&self, term: &Term) -> TermView {
        let year = |moment: Option<Moment>| {
            moment.map_or_else(|| self.blank.clone(), |moment| moment.year().to_string())
        };
        TermView {
            from: year(term.from),
            to: year(term.to),
        }
    }

    fn party(&self, index: usize, party: &Party) -> PartyView {
        PartyView {
            number: index + 1,
            id: party.id.clone(),
            name: self.filled(&party.name),
            short: self.filled(party.short.as_ref().unwrap_or(&party.name)),
            state: self.filled(&party.state),
            post: self.filled(&party.signatory.post),
            signatory: self.filled(&party.signatory.name),
            office: self.filled(&party.contact.office),
            address: self.filled(&party.contact.address),
            phone: self.value(party.contact.phone.as_ref()),
            fax: party.contact.fax.clone(),
            email: self.value(party.contact.email.as_ref()),
        }
    }

    /// Returns how many originals there are of each language: one for each party.
    fn originals(&self, agreement: &Agreement, edition: &Edition) -> Vec<OriginalView> {
        let Quantity { words, figures } = quantity(self.pack, agreement.parties.len());
        let view = |language: &Language| OriginalView {
            code: language.0.clone(),
            language: self.language_name(language),
            words: words.clone(),
            figures: figures.clone(),
        };
        edition.language_order.iter().map(view).collect()
    }

    fn language_name(&self, language: &Language) -> String {
        self.pack
            .languages
            .get(&language.0)
            .unwrap_or(&language.0)
            .clone()
    }

    fn signing(&self, agreement: &Agreement) -> SigningView {
        let date = |form| match agreement.signing.date {
            Some(date) => self.pack.date(date, form),
            None => self.blank.clone(),
        };
        SigningView {
            date: date("numeric"),
            date_long: date("long"),
            place: self.filled(&agreement.signing.place),
        }
    }

    fn holder(&self, agreement: &Agreement, edition: &Edition) -> Option<HolderView> {
        let Purpose::Original { holder } = edition.purpose else {
            return None;
        };
        let party = &agreement.parties[holder];
        Some(HolderView {
            name: self.filled(party.short.as_ref().unwrap_or(&party.name)),
            number: holder + 1,
            of: agreement.parties.len(),
            language: self.language_name(&self.pack.language),
        })
    }

    /// Returns the open points by subject, with the languages of each.
    fn open_points(&self, agreement: &Agreement) -> Vec<OpenSubjectView> {
        let mut views: Vec<OpenSubjectView> = Vec::new();
        for point in edition::open_points(agreement) {
            let subject = self.subject(agreement, &point.subject);
            let language = point
                .language
                .as_ref()
                .map(|language| self.language_name(language));
            let field = self
                .pack
                .fields
                .get(point.field)
                .cloned()
                .unwrap_or_else(|| point.field.to_owned());
            if views.last().is_none_or(|view| view.subject != subject) {
                views.push(OpenSubjectView {
                    subject,
                    points: Vec::new(),
                });
            }
            let Some(view) = views.last_mut() else {
                continue;
            };
            match view.points.last_mut() {
                Some(last) if last.field == field => last.languages.extend(language),
                _ => view.points.push(OpenPointView {
                    field,
                    languages: language.into_iter().collect(),
                }),
            }
        }
        views
    }

    fn subject(&self, agreement: &Agreement, subject: &Subject) -> String {
        match subject {
            Subject::Agreement => self.kind.title.clone(),
            Subject::Party(index) => {
                let party = &agreement.parties[*index];
                let name = party.short.as_ref().unwrap_or(&party.name);
                name.get(&self.pack.language)
                    .unwrap_or(&party.id)
                    .to_owned()
            }
            Subject::Clause(id) => agreement.number_of(id).unwrap_or_else(|| id.clone()),
        }
    }
}

impl ClauseView {
    /// Takes a title apart from its stop: the colon between title and text is the
    /// template's, so that it stands there once however the title was typed. A title
    /// that ends as a sentence does keeps its own stop.
    pub(super) fn new(title: Option<String>, runs_in: bool, text: String) -> Self {
        let title = title.map(|title| title.trim_end_matches([':', ' ']).to_owned());
        let closed = |title: &String| title.ends_with(['.', '?', '!', '…', ';']);
        // A blank is a row of dots, and ends nothing.
        let blank = |title: &String| title.ends_with("……");
        let stop = match &title {
            Some(title) if closed(title) && !blank(title) => "",
            _ => ":",
        };
        Self {
            title,
            stop,
            runs_in,
            text,
        }
    }
}

fn quantity(pack: &LanguagePack, number: usize) -> Quantity {
    Quantity {
        words: pack.number(number),
        figures: format!("{number:02}"),
    }
}
