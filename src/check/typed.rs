//! What was typed is what is printed.
//!
//! Input: a Markdown field as it was typed, and the tree that is printed. The
//! tree is spelled out once more beside the typed text: words letter by letter,
//! `**` around what is bold, a mark before each item. Whatever the two do not
//! have in common is a slip: a sign that is not printed, a number that changes,
//! a line that is joined with the one before. Output: findings at those places.

use super::case::Case;
use super::folded::{Style, folded};
use super::passage::{Alignment, Passage};
use super::residue;
use super::rows;
use super::rule::Finder;
use super::slip::Placed;
use super::unlinked;
use super::walk::Walk;

/// Returns the slips of a Markdown field.
fn slips(passage: &Passage) -> Vec<Placed> {
    let raw = passage.span.text();
    let style = Style::of(&passage.span);
    let folded = folded(&passage.span, style);
    let told = folded.iter().any(|slip| slip.code == rows::UNREAD);
    let joins = style.joins_paragraphs(raw);
    let walk = Walk::along(&passage.typed, &passage.blocks, joins);
    let mut slips = walk.slips;
    slips.extend(residue::left_over(&passage.typed, &walk.literal));
    if !told {
        slips.extend(rows::unread(&passage.typed, &walk.literal));
    }
    let mut placed: Vec<Placed> = Vec::new();
    if !slips.is_empty() {
        let alignment = Alignment::new(&passage.typed, raw, &[]);
        for slip in slips {
            let text = passage.typed[slip.range.clone()].to_owned();
            let span = match alignment.raw(&slip.range) {
                Some(found) => passage.span.part(found),
                // The text is written with escapes of YAML.
                None => passage.span.find(&text),
            };
            placed.push(Placed { slip, text, span });
        }
    }
    for slip in folded {
        let span = passage.span.part(slip.range.clone());
        let text = span.text().to_owned();
        placed.push(Placed { slip, text, span });
    }
    placed
}

/// Hands over the slips of one code.
fn report(case: &Case<'_>, finder: &mut Finder<'_>, code: &str) {
    for passage in case.passages().filter(|passage| passage.field.is_prose()) {
        for Placed { slip, text, span } in
            passage.slips(slips).iter().filter(|p| p.slip.code == code)
        {
            let mut finding = finder.finding().at(span).with("text", text);
            finding.severity = slip.severity;
            if let Some(printed) = &slip.printed {
                finding = finding.with("printed", printed);
            }
            finder.push(slip.hints.iter().fold(finding, |f, hint| f.hint(hint)));
        }
    }
}

/// Finds signs that are typed and not printed.
pub(super) fn typed_not_printed(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, "typed-not-printed");
    unlinked::marks(case, finder);
}

/// Finds marks and numbers of lists that are printed as others.
pub(super) fn mark_changed(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, "mark-changed");
}

/// Finds lines that begin as points do and are joined with the line before.
pub(super) fn line_joined(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, "line-joined");
}

/// Finds lists that a dash or a number at the start of a line made by accident.
pub(super) fn accidental_list(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, "accidental-list");
}

/// Finds marks of Markdown that are printed as they stand.
pub(super) fn mark_left_over(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, "mark-left-over");
}

/// Finds rows of a table that would be printed as running text.
pub(super) fn table_unread(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, rows::UNREAD);
    for passage in case.passages().filter(|passage| !passage.field.is_prose()) {
        if let Some(range) = rows::first(&passage.typed) {
            let finding = finder.finding().at(&passage.place(&range));
            let finding = finding.with("text", &passage.typed[range]);
            finder.push(finding.hint("plain"));
        }
    }
}

/// Finds marks that open where they were meant to close.
pub(super) fn bold_misread(case: &Case<'_>, finder: &mut Finder<'_>) {
    report(case, finder, "bold-misread");
}
