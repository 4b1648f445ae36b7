//! The rules: what goes wrong in real bilingual agreements.
//!
//! Input: a [`Case`], that is an agreement with its positions and texts, the
//! language packs, the watch lists and the glossary. Output: diagnostics that
//! point at the very words. [`RULES`] lists every rule; there is no other way
//! in. Nothing here changes a text or knows a template.

mod allowance;
mod case;
mod clauses;
mod contacts;
mod copies;
mod dates;
mod duration;
mod encoding;
mod folded;
mod formulas;
mod letters;
mod lexicon;
mod mark;
mod names;
mod openings;
mod order;
mod parity;
mod passage;
mod permits;
mod plain;
mod references;
mod renewal;
mod residue;
mod review;
mod rewording;
mod rows;
mod rule;
mod script;
mod signing;
mod slip;
mod tables;
mod text;
mod typed;
mod unlinked;
mod walk;
mod wording;

use crate::diagnostic::{Diagnostic, Severity};

use self::permits::Permits;
use self::rule::Finder;

pub use self::case::{Case, Days};
pub use self::lexicon::Lexicons;
pub use self::renewal::looks;
pub use self::rewording::{News, Placed, Rewording, reworded, rewordings};
pub use self::rule::{Family, Rule};

/// The code of what no agreement can allow: nobody signs a blank.
const BLANK: &str = "blank-in-original";

/// The code of a part that was changed after somebody had read its translation.
pub const STALE: &str = "stale-translation";

/// Applies all rules, then the agreement's own allowances.
pub fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let permits = Permits::new(case, |code| rule(code).is_some() && code != BLANK);
    let mut finder = Finder::new(&permits);
    for rule in RULES {
        finder.apply(rule, case);
    }
    finder.into_findings()
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
        "" "table-mismatch" Error tables::table_mismatch;
        "" "mention-mismatch" Error parity::mention_mismatch;
        "" "reference-mismatch" Error references::reference_mismatch;
        "" "address-mismatch" Error parity::address_mismatch;
        "" "rank-differs" Error parity::rank_differs;
        "L23" "name-missing" Warning parity::name_missing;
        "" "term-missing" Note parity::term_missing;
    }
    Figures {
        "L09" "copies-mismatch" Error copies::copies_mismatch;
        "L09" "copies-form" Error copies::copies_form;
        "L09" "copies-twice" Error copies::copies_twice;
        "L09" "copies-clause-missing" Error copies::copies_clause_missing;
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
        "L11" "date-outside-term" Warning clauses::date_outside_term;
        "" "unlikely-term" Warning duration::unlikely_term;
        "" "effect-differs" Warning duration::effect_differs;
        "" "renewal-without-end" Error duration::renewal_without_end;
        "" "notice-too-long" Warning duration::notice_too_long;
        "L15" "mixed-date-forms" Warning dates::mixed_date_forms;
        "L15" "date-padding" Warning dates::date_padding;
    }
    Parties {
        "L19" "typed-party-order" Warning order::typed_party_order;
        "" "enumeration-differs" Warning order::enumeration_differs;
        "" "enumeration-in-doubt" Note order::enumeration_in_doubt;
        "" "ordinal-party" Error order::ordinal_party;
        "L20" "two-party-wording" Error signing::two_party_wording;
        "L20" "many-party-wording" Warning signing::many_party_wording;
        "L21" "post-not-party" Error signing::post_not_party;
        "L21" "post-without-party" Warning plain::post_without_party;
        "" "signer-twice" Warning signing::signer_twice;
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
        "" "invalid-website" Error contacts::invalid_website;
        "L25" "contact-unconfirmed" Note contacts::contact_unconfirmed;
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
        "" "reference-number" Error references::reference_number;
        "" "clause-number" Warning references::clause_number;
        "" "formula-not-used" Warning formulas::formula_not_used;
        "" "ended-twice" Warning formulas::ended_twice;
        "" "clause-starts-with-list" Warning clauses::clause_starts_with_list;
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
        "" "typed-not-printed" Error typed::typed_not_printed;
        "" "mark-changed" Error typed::mark_changed;
        "" "line-joined" Error typed::line_joined;
        "" "accidental-list" Error typed::accidental_list;
        "" "mark-left-over" Error typed::mark_left_over;
        "" "bold-misread" Error typed::bold_misread;
        "" "table-unread" Error typed::table_unread;
        "" "mark-in-plain-field" Warning plain::mark_in_plain_field;
        "" "plain-lines-joined" Warning plain::plain_lines_joined;
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
