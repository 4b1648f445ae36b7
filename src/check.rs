//! The rules: what goes wrong in real bilingual agreements.
//!
//! Input: a [`Case`], that is an agreement with its positions and texts, the
//! language packs, the watch lists and the glossary. Output: diagnostics that
//! point at the very words. [`RULES`] lists every rule; there is no other way
//! in. Nothing here changes a text or knows a template.

mod allowance;
mod contacts;
mod copies;
mod dates;
mod letters;
mod lexicon;
mod names;
mod parity;
mod passage;
mod review;
mod script;
mod signing;
mod text;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use crate::agreement::{Agreement, Language, Positions, Status};
use crate::diagnostic::{Diagnostic, Findings, Severity};
use crate::document::Block;
use crate::edition::{self, OpenPoint};
use crate::glossary::Glossary;
use crate::language::LanguagePack;
use crate::legacy::Encoding;
use crate::watchlist::WatchList;

use self::allowance::Permits;
use self::lexicon::Lexicon;
use self::passage::{Group, Passage};
pub use self::review::digests;

/// Everything that the rules may look at.
pub struct Case<'a> {
    agreement: &'a Agreement,
    positions: &'a Positions,
    shared: &'a Shared,
    /// Each text of the agreement in all its languages, in document order.
    groups: Vec<Group>,
    /// The characters of the file that neither of the scripts has, comments
    /// included, with their bytes.
    strays: Vec<(usize, char)>,
    /// The texts that are not in Unicode.
    encodings: letters::Encodings,
    /// What must be settled before an original may be signed; a draft may have
    /// it open.
    open: Vec<OpenPoint>,
}

/// What all agreements of a project share.
pub struct Shared {
    packs: BTreeMap<Language, LanguagePack>,
    watch: BTreeMap<Language, WatchList>,
    glossary: Glossary,
    lexicons: BTreeMap<Language, Lexicon>,
    /// Of a language that nothing is known of.
    unknown: Lexicon,
}

impl Shared {
    /// Folds once what the rules look for in every agreement.
    pub fn new(
        packs: BTreeMap<Language, LanguagePack>,
        watch: BTreeMap<Language, WatchList>,
        glossary: Glossary,
    ) -> Self {
        let terms = glossary.entries.iter();
        let languages: BTreeSet<&Language> = packs
            .keys()
            .chain(watch.keys())
            .chain(terms.flat_map(|term| term.by_language.keys()))
            .collect();
        let lexicon = |language: &Language| {
            let watch = watch.get(language).unwrap_or(&NOTHING);
            Lexicon::new(language, packs.get(language), watch, &glossary)
        };
        Self {
            lexicons: languages
                .into_iter()
                .map(|language| (language.clone(), lexicon(language)))
                .collect(),
            unknown: Lexicon::default(),
            packs,
            watch,
            glossary,
        }
    }

    /// Returns the same with another glossary.
    pub fn with_glossary(self, glossary: Glossary) -> Self {
        Self::new(self.packs, self.watch, glossary)
    }

    /// Returns the language packs.
    pub fn packs(&self) -> &BTreeMap<Language, LanguagePack> {
        &self.packs
    }

    /// Returns the project's names and terms.
    pub fn glossary(&self) -> &Glossary {
        &self.glossary
    }

    fn lexicon(&self, language: &Language) -> &Lexicon {
        self.lexicons.get(language).unwrap_or(&self.unknown)
    }
}

/// Watches for nothing.
static NOTHING: WatchList = WatchList::none();

impl<'a> Case<'a> {
    /// Prepares an agreement for the rules. `blocks` holds the tree of each
    /// Markdown field by its key path; a field without one is left out.
    pub fn new(
        agreement: &'a Agreement,
        positions: &'a Positions,
        shared: &'a Shared,
        blocks: BTreeMap<String, Vec<Block>>,
    ) -> Self {
        let groups = passage::gather(agreement, positions, shared, blocks);
        Self {
            agreement,
            positions,
            shared,
            encodings: letters::encodings(&groups, shared),
            groups,
            strays: script::strays(positions.source().text()),
            open: match agreement.status {
                Status::Draft => Vec::new(),
                Status::Final | Status::Signed => edition::open_points(agreement),
            },
        }
    }

    fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.groups.iter().flat_map(|group| &group.passages)
    }

    /// Returns the encoding of a text that is not in Unicode.
    fn encoding(&self, passage: &Passage) -> Option<Encoding> {
        self.encodings.get(&passage.span.range().start).copied()
    }

    fn pack(&self, language: &Language) -> Option<&'a LanguagePack> {
        self.shared.packs.get(language)
    }

    /// Returns the watch list of `language`; an empty one where it has none.
    fn watch(&self, language: &Language) -> &'a WatchList {
        self.shared.watch.get(language).unwrap_or(&NOTHING)
    }

    fn lexicon(&self, language: &Language) -> &'a Lexicon {
        self.shared.lexicon(language)
    }
}

/// Which part of an agreement a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// The same in every language.
    Parity,
    /// Copies, numbers and what they add up to.
    Figures,
    /// Term, dates and predecessor.
    Dates,
    /// Parties, their names and their order.
    Parties,
    /// Whom to write to.
    Contacts,
    /// Formulas, terms and style.
    Wording,
    /// Letters, marks and digits.
    Script,
    /// Blanks, reviews and allowances.
    Record,
}

impl Family {
    /// Returns the family's name.
    pub fn name(self) -> &'static str {
        match self {
            Family::Parity => "parity",
            Family::Figures => "figures",
            Family::Dates => "dates",
            Family::Parties => "parties",
            Family::Contacts => "contacts",
            Family::Wording => "wording",
            Family::Script => "script",
            Family::Record => "record",
        }
    }
}

/// One rule.
pub struct Rule {
    /// The stable name, a key of the wording files.
    pub code: &'static str,
    /// The error of `docs/rules.md` that it finds; empty where it is our own.
    pub number: &'static str,
    /// How grave a finding is.
    pub severity: Severity,
    /// What it is about.
    pub family: Family,
    run: fn(&Case<'_>, &mut Finder<'_>),
}

/// What a rule hands its findings to.
struct Finder<'r> {
    rule: &'r Rule,
    found: &'r mut Findings,
    permits: &'r Permits<'r>,
    seen: &'r mut BTreeSet<Place>,
}

/// A finding's file, byte, code and values.
type Place = (String, usize, &'static str, BTreeMap<&'static str, String>);

impl Finder<'_> {
    /// Starts a finding of the rule.
    fn finding(&self) -> Diagnostic {
        Diagnostic::new(self.rule.code, self.rule.severity)
    }

    /// Takes a finding, unless it is allowed or known: one slip may be met twice,
    /// by way of a name that holds another.
    fn push(&mut self, finding: Diagnostic) {
        if self.permits.cover(&finding) {
            return;
        }
        if !self.found.is_full(finding.code) {
            let (file, place, code) = finding.place();
            let place = (file.to_owned(), place, code, finding.values.clone());
            if !self.seen.insert(place) {
                return;
            }
        }
        self.found.push(finding);
    }
}

/// Applies all rules, then the agreement's own allowances.
pub fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let permits = Permits::new(case);
    let (mut found, mut seen) = (Findings::default(), BTreeSet::new());
    for rule in RULES {
        let mut finder = Finder {
            rule,
            found: &mut found,
            permits: &permits,
            seen: &mut seen,
        };
        (rule.run)(case, &mut finder);
    }
    found.into_list()
}

/// Returns the rule called `code`.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

macro_rules! rules {
    ($($family:ident { $($number:literal $code:literal $severity:ident $run:path;)* })*) => {
        /// Every rule, by family; findings are sorted by place, not by this order.
        pub const RULES: &[Rule] = &[$($(Rule {
            code: $code,
            number: $number,
            severity: Severity::$severity,
            family: Family::$family,
            run: $run,
        },)*)*];
    };
}

rules! {
    Parity {
        "L17" "translation-missing" Error parity::translation_missing;
        "L18" "number-missing" Error parity::number_missing;
        "L16" "date-mismatch" Error parity::date_mismatch;
        "" "structure-mismatch" Error parity::structure_mismatch;
        "" "mention-mismatch" Error parity::mention_mismatch;
        "" "address-mismatch" Error parity::address_mismatch;
        "L23" "name-missing" Warning parity::name_missing;
        "" "term-missing" Note parity::term_missing;
    }
    Figures {
        "L09" "copies-mismatch" Error copies::copies_mismatch;
        "L10" "figure-word-mismatch" Error copies::figure_word_mismatch;
        "L45" "rotation-too-long" Warning copies::rotation_too_long;
        "L08" "language-order" Warning copies::language_order;
    }
    Dates {
        "L11" "term-mismatch" Error dates::term_mismatch;
        "L11" "id-term-mismatch" Warning dates::id_term_mismatch;
        "L12" "signed-after-term" Error dates::signed_after_term;
        "L12" "signed-late" Warning dates::signed_late;
        "L13" "predecessor-overlap" Warning dates::predecessor_overlap;
        "L13" "predecessor-gap" Warning dates::predecessor_gap;
        "L14" "no-expiry" Note dates::no_expiry;
        "L15" "mixed-date-forms" Warning dates::mixed_date_forms;
        "L15" "date-padding" Warning dates::date_padding;
    }
    Parties {
        "L19" "typed-party-order" Warning signing::typed_party_order;
        "L20" "two-party-wording" Error signing::two_party_wording;
        "L20" "many-party-wording" Warning signing::many_party_wording;
        "L21" "post-not-party" Error signing::post_not_party;
        "L22" "abbreviated-post" Note signing::abbreviated_post;
        "L23" "name-variant" Warning names::name_variant;
        "L05" "glossary-variant" Warning names::glossary_variant;
        "L06" "wrong-actor" Warning wording::wrong_actor;
    }
    Contacts {
        "L24" "invalid-phone" Warning contacts::invalid_phone;
        "L24" "phone-grouping" Warning contacts::phone_grouping;
        "L25" "private-mailbox" Warning contacts::private_mailbox;
        "L25" "abolished-unit" Warning contacts::abolished_unit;
        "L26" "contact-shape" Warning contacts::contact_shape;
        "L27" "link-residue" Warning contacts::link_residue;
        "" "invalid-email" Error contacts::invalid_email;
    }
    Wording {
        "L01" "formula-slip" Warning names::formula_slip;
        "L02" "dots" Warning wording::dots;
        "L03" "lower-case-start" Warning wording::lower_case_start;
        "L04" "instrument-drift" Warning wording::instrument_drift;
        "L07" "undefined-term" Warning wording::undefined_term;
        "L28" "typed-end-mark" Warning wording::typed_end_mark;
        "L29" "dash-spacing" Warning wording::dash_spacing;
        "L30" "state-abbreviation" Warning wording::state_abbreviation;
        "L31" "rival-formulas" Warning wording::rival_formulas;
        "L31" "friendship-limbs" Warning wording::friendship_limbs;
        "L35" "emphasis-drift" Warning wording::emphasis_drift;
        "L36" "sentence-fragment" Warning wording::sentence_fragment;
        "L41" "treaty-name" Error wording::treaty_name;
        "L41" "wrong-law-number" Error wording::wrong_law_number;
        "L44" "spelling-choice" Note wording::spelling_choice;
    }
    Script {
 "" "legacy-encoding" Error letters::legacy_encoding;
        "" "look-alike-letter" Error letters::look_alike_letter;
        "" "unusual-letter" Warning letters::unusual_letter;
        "L32" "tone-placement" Warning script::tone_placement;
        "L33" "decomposed-letters" Warning script::decomposed_letters;
        "L34" "hidden-character" Warning script::hidden_character;
        "L34" "direction-control" Error script::direction_control;
        "L37" "thai-letter" Error script::thai_letter;
        "L38" "split-am" Warning script::split_am;
        "L38" "doubled-e" Error script::doubled_e;
        "L38" "mark-order" Error script::mark_order;
        "L39" "mixed-digits" Warning script::mixed_digits;
        "L40" "foreign-script" Warning script::foreign_script;
    }
    Record {
        "L42" "blank-in-original" Error review::blank_in_original;
        "L42" "placeholder-in-original" Error review::placeholder_in_original;
        "" "stale-translation" Warning review::stale_translation;
        "" "review-without-digests" Note review::review_without_digests;
        "" "unknown-allowance" Error allowance::unknown_allowance;
        // The last one, since it asks what the others found.
        "" "unused-allowance" Warning allowance::unused_allowance;
    }
}
