//! What templates see: an agreement in one language and one order of parties.
//!
//! Input: an agreement, what the text depends on, and a language pack. Output:
//! values that Tera can read, where everything that can be computed has been,
//! and where a blank is the pack's dotted line.

use serde::Serialize;

use crate::agreement::{Agreement, Header, PartyOrder, Status, Term};
use crate::language::Language;
use crate::language::pack::{Kind, LanguagePack, PartyWords};
use crate::text::letters::capital;

use super::super::differences::{Paragraph, Place};
use super::super::duration;
use super::super::edition::{Edition, TextKey, TextKind};
use super::super::outline::Outline;
use super::super::reading::Reading;
use super::super::tree::Role;
use super::open::{OpenSubjectView, open_points};
use super::originals::{HolderView, KeptView, OriginalView, holder, names_of, originals};
use super::parties::{PartyView, SuccessionView, filled, optional, parties};
use super::quantity::{Count, Quantity, count, quantity};
use super::signing::{DayView, SignatoryView, SigningView, day, signing};

/// What a template sees in every part of a document.
#[derive(Serialize)]
pub(super) struct View {
    purpose: &'static str,
    status: &'static str,
    header: &'static str,
    /// Whether each original names its holder first: `alternat` or `fixed`.
    party_order: &'static str,
    language: String,
    /// The number above the title; `number` is that of a section.
    document_number: Option<String>,
    kind: Kind,
    subject: Option<String>,
    term: TermView,
    /// What an amendment amends.
    amends: Option<AmendsView>,
    /// How it goes on after its term, where the agreement says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    renewal: Option<RenewalView>,
    /// How a party ends it before that, where the agreement says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    termination: Option<TerminationView>,
    /// The name of the language that decides, where the agreement says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    prevailing: Option<String>,
    /// In the order of naming.
    parties: Vec<PartyView>,
    /// Whether a party has no state: then each of the others stands beside its own,
    /// since one below several names would be taken for that of them all.
    some_stateless: bool,
    word: PartyWords,
    preamble: String,
    /// The originals by kind: by language, or joint ones, the only kind.
    originals: Vec<OriginalView>,
    /// Whether each original is in all languages.
    joint: bool,
    /// The languages in the order of naming.
    languages: Vec<String>,
    /// How many of each kind a party keeps, in words and figures.
    one: Quantity,
    /// All originals of all kinds.
    total: Quantity,
    signing: SigningView,
    /// Whether each party signs on its own, at its own place and day.
    signed_apart: bool,
    /// Who keeps the document: known at the foot of a page only, since all
    /// originals of an order have the same words.
    #[serde(skip_serializing_if = "Option::is_none")]
    holder: Option<Option<HolderView>>,
    /// Whether a clause states the copies, so that the closing need not.
    copies_placed: bool,
    open_points: Vec<OpenSubjectView>,
    blank: String,
}

/// What a template sees in one part only.
#[derive(Default, Serialize)]
pub(super) struct Local {
    /// The number of the section, in Roman figures, or of a clause that differs.
    pub(super) number: Option<String>,
    pub(super) party: Option<PartyView>,
    /// Who signs: for the party, or as a witness.
    pub(super) signatory: Option<SignatoryView>,
    pub(super) clause: Option<ClauseView>,
    pub(super) point: Option<PointView>,
    pub(super) annex: Option<AnnexView>,
    pub(super) difference: Option<DifferenceView>,
    /// What a party keeps, by kind.
    pub(super) kept: Vec<KeptView>,
    /// What is taken over.
    pub(super) succession: Option<SuccessionView>,
}

#[derive(Serialize)]
pub(super) struct ClauseView {
    /// Without the colon that may be typed after it.
    title: Option<String>,
    /// The colon after the title; nothing where the title ends a sentence.
    stop: &'static str,
    /// Whether the text starts with a paragraph, which may follow the title on
    /// its line.
    runs_in: bool,
    text: String,
}

#[derive(Serialize)]
pub(super) struct PointView {
    /// What stands before the text; nothing where the point is an item of a list.
    mark: String,
    /// Whether the text starts with a paragraph, which may follow the mark on its
    /// line.
    runs_in: bool,
    text: String,
}

/// An annex, at its heading and at its text.
#[derive(Serialize)]
pub(super) struct AnnexView {
    pub(super) title: String,
    pub(super) text: String,
}

/// A part in which the originals of a language differ.
#[derive(Serialize)]
pub(super) struct DifferenceView {
    /// What an article or a point is called.
    pub(super) name: Option<String>,
    /// `heading`, or the name of its section.
    place: &'static str,
    paragraphs: Vec<Vec<VersionView>>,
}

/// One wording of a paragraph.
#[derive(Serialize)]
pub(super) struct VersionView {
    holders: Vec<PartyView>,
    words: String,
}

/// For how long. A template that prints what this form of a term does not have
/// fails, rather than print a term that was not agreed.
#[derive(Serialize)]
pub(super) struct TermView {
    /// Whether there is one: an amendment may have none of its own.
    stated: bool,
    /// As it is said in a line: `giai đoạn 2025 - 2027`.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    /// The same as a line begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

/// The agreement that an amendment amends.
#[derive(Serialize)]
pub(super) struct AmendsView {
    title: String,
    #[serde(flatten)]
    at: DayView,
}

#[derive(Serialize)]
pub(super) struct RenewalView {
    /// For how many years each time.
    years: Count,
    /// How many months before the end a party must object.
    notice: Count,
}

#[derive(Serialize)]
pub(super) struct TerminationView {
    /// How many months before the end a party must say so.
    notice: Count,
}

impl View {
    /// Returns what the parts of a text see.
    pub(super) fn of_text(
        reading: &Reading,
        key: &TextKey,
        pack: &LanguagePack,
        outline: &Outline,
    ) -> Self {
        let agreement = &reading.agreement;
        let mut view = Self::new(reading, &key.order, &key.language_order, pack);
        view.purpose = key.kind.name();
        if key.kind == TextKind::Draft {
            view.open_points = open_points(agreement, pack, outline);
        }
        view
    }

    /// Returns what the foot of an edition's pages sees.
    pub(super) fn of_page(reading: &Reading, edition: &Edition, pack: &LanguagePack) -> Self {
        let agreement = &reading.agreement;
        let mut view = Self::new(reading, &edition.order, &edition.language_order, pack);
        view.purpose = edition.purpose.name();
        view.holder = Some(holder(agreement, edition, pack));
        view
    }

    fn new(
        reading: &Reading,
        order: &[usize],
        languages: &[Language],
        pack: &LanguagePack,
    ) -> Self {
        let agreement = &reading.agreement;
        let agreed = parties(agreement, pack);
        let number = agreement.parties.len();
        Self {
            purpose: "",
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
            party_order: match agreement.party_order {
                PartyOrder::Alternat => "alternat",
                PartyOrder::Fixed => "fixed",
            },
            language: pack.language.0.clone(),
            document_number: optional(agreement.number.as_ref(), pack),
            kind: pack.kind(&agreement.kind),
            subject: optional(agreement.subject.as_ref(), pack),
            term: term(agreement, pack),
            amends: agreement.amends.as_ref().map(|amends| AmendsView {
                title: filled(&amends.title, pack),
                at: day(amends.signed, pack),
            }),
            renewal: agreement.renewal.map(|renewal| RenewalView {
                years: count(renewal.years, pack),
                notice: count(renewal.notice_months, pack),
            }),
            termination: agreement.termination.map(|termination| TerminationView {
                notice: count(termination.notice_months, pack),
            }),
            prevailing: agreement.prevailing.as_ref().map(|it| match &it.language {
                Some(language) => pack.name_of(language).to_owned(),
                None => pack.blank.clone(),
            }),
            parties: order.iter().map(|&party| agreed[party].clone()).collect(),
            some_stateless: agreement.parties.iter().any(|party| party.state.is_none()),
            word: pack.party_words(number).clone(),
            preamble: reading.ordered(&agreement.preamble, pack, order),
            originals: originals(agreement, languages, pack),
            joint: agreement.is_joint(),
            languages: names_of(languages, pack),
            one: quantity(pack, agreement.originals.each),
            total: quantity(pack, agreement.originals_in_all()),
            signing: signing(agreement, order, &agreed, pack),
            signed_apart: agreement.signing.is_apart(),
            holder: None,
            copies_placed: reading.copies.are_placed(),
            open_points: Vec::new(),
            blank: pack.blank.clone(),
        }
    }
}

fn term(agreement: &Agreement, pack: &LanguagePack) -> TermView {
    let moment = |moment| duration::moment(moment, pack);
    let (from, to) = match agreement.term {
        Term::Between { from, to } => (Some(moment(from)), Some(moment(to))),
        Term::Since(from) => (Some(moment(from)), None),
        Term::Years(_) | Term::OfAmended => (None, None),
    };
    let words = duration::term(agreement, pack);
    TermView {
        stated: words.is_some(),
        title: words.as_deref().map(capital),
        words,
        from,
        to,
    }
}

impl DifferenceView {
    /// Takes the differing paragraphs of a part; `parties` are in agreed order.
    pub(super) fn new(
        place: &Place,
        role: Role,
        paragraphs: &[Paragraph],
        parties: &[PartyView],
    ) -> Self {
        let versions = |paragraph: &Paragraph| {
            let versions = paragraph.iter().map(|version| VersionView {
                holders: version
                    .holders
                    .iter()
                    .map(|&h| parties[h].clone())
                    .collect(),
                words: version.words.clone(),
            });
            versions.collect()
        };
        Self {
            name: None,
            place: if place.part.is_empty() {
                "heading"
            } else {
                role.name()
            },
            paragraphs: paragraphs.iter().map(versions).collect(),
        }
    }
}

impl PointView {
    pub(super) fn new(mark: String, runs_in: bool, text: String) -> Self {
        Self {
            mark,
            runs_in,
            text,
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
