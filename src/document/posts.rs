//! Where the post of who signs ends its line: before the place that it is held in.
//!
//! Input: the parts of the signatures in every language. Output: the same, with the
//! end of a line in each post that names its place behind other words: "CHỦ TỊCH HỘI
//! LHPN ↵ TỈNH BẮC GIANG". The same post then takes the same lines in all editions.

use crate::text::folding::is_whole;
use crate::text::letters::{capital, is_lao};

use super::tree::{Block, Inline, Parallel, Role};

/// Ends the line of each post before its place. `units` has, for each language of the
/// text, the words for province, city or district that stand before a name; `names`
/// are those that the text may have.
pub fn break_lines(text: &mut Parallel, units: &[Vec<&str>], names: &[String]) {
    let sections = text.sections.iter_mut();
    let signatures = sections.filter(|section| section.role == Role::Signatures);
    for row in signatures.flat_map(|section| &mut section.rows) {
        for (unit, words) in row.iter_mut().zip(units) {
            if let Some(Block::Paragraph { body }) = unit.blocks.first_mut()
                && !has_lines(body)
            {
                break_line(body, words, names);
            }
        }
    }
}

/// Tells whether a post was typed in several lines.
fn has_lines(body: &[Inline]) -> bool {
    body.iter().any(|inline| match inline {
        Inline::Break => true,
        Inline::Strong { body }
        | Inline::Emph { body }
        | Inline::Link { body, .. }
        | Inline::Changed { body, .. } => has_lines(body),
        Inline::Text { .. } => false,
    })
}

/// Breaks the first words of a post that have a place.
fn break_line(body: &mut Vec<Inline>, units: &[&str], names: &[String]) {
    for at in 0..body.len() {
        match &mut body[at] {
            Inline::Text { text, .. } => {
                if let Some(cut) = place_in(text, units, names) {
                    let text = text.split_off(cut);
                    body.splice(
                        at + 1..at + 1,
                        [Inline::Break, Inline::Text { text, set: None }],
                    );
                    return;
                }
            }
            Inline::Strong { body }
            | Inline::Emph { body }
            | Inline::Link { body, .. }
            | Inline::Changed { body, .. } => {
                break_line(body, units, names);
            }
            Inline::Break => return,
        }
    }
}

/// Returns where the last place of a post begins, or the name that it ends with, if
/// other words stand before it.
fn place_in(text: &str, units: &[&str], names: &[String]) -> Option<usize> {
    let forms = units
        .iter()
        .flat_map(|unit| [(*unit).to_owned(), capital(unit), unit.to_uppercase()]);
    let begins = |form: String| -> Option<usize> {
        let mut found = text.rmatch_indices(&form);
        let place = found.find(|(at, _)| {
            let rest = &text[at + form.len()..];
            // A name that is known, or what it does not share with the others' names.
            let names = names.iter().filter_map(|name| rest.find(name.as_str()));
            let mut near = names.filter(|at| rest[..*at].trim().chars().count() <= NEAR);
            is_whole(text, *at..at + form.len()) && near.next().is_some()
        });
        place.map(|(at, _)| at)
    };
    // One word may be what a name does not share with another: "Thà" of "Nậm Thà".
    let ends = |name: &String| -> Option<usize> {
        let whole = name.contains(' ') || name.contains(is_lao);
        let at = text.strip_suffix(name.as_str()).filter(|_| whole)?.len();
        is_whole(text, at..text.len()).then_some(at)
    };
    let place = forms.filter_map(begins).max();
    let place = place.or_else(|| names.iter().filter_map(ends).min());
    place.filter(|at| !text[..*at].trim().is_empty())
}

/// A name that others share the beginning of is known from here on, in letters.
const NEAR: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_ends_its_line_before_its_place() {
        let names = ["Giang", "GIANG", "ບັກຢາງ"].map(str::to_owned);
        let cut = |text: &str| {
            let at = place_in(text, &["tỉnh", "ແຂວງ", "ເມືອງ"], &names);
            at.map(|at| text.split_at(at).1.to_owned())
        };
        assert_eq!(
            cut("CHỦ TỊCH TỈNH BẮC GIANG").as_deref(),
            Some("TỈNH BẮC GIANG")
        );
        assert_eq!(cut("ປະທານແຂວງບັກຢາງ").as_deref(), Some("ແຂວງບັກຢາງ"));
        assert_eq!(cut("ປະທານບັກຢາງ").as_deref(), Some("ບັກຢາງ"));
        for whole in [
            "Tỉnh Bắc Giang",
            "Chủ tịch Hội Giang",
            "Chủ tịch",
            "ການເມືອງ",
            "ຂັ້ນແຂວງ",
            "Bí thư Tỉnh đoàn",
        ] {
            assert_eq!(cut(whole), None, "{whole}");
        }
    }
}
