//! What stays on the page of what follows.
//!
//! Input: the rows of a text. Output: the same rows, told which of them stay with the
//! next one, so that no heading stands alone and signatures have words above them.

use crate::text::letters::is_mark;

use super::rows::{Row, Section};
use super::tree::{Block, Role, plain_text};

/// A line of a page in one language has about so many letters, one of a column fewer.
const LINE: usize = 95;
const COLUMN: usize = 55;

/// With so many signatories and letters the ending surely stands on one page, below the
/// paragraph that comes along.
const SHORT: (usize, usize) = (5, 2400);

/// So many lines of the agreement stand above the signatures.
const ABOVE: usize = 2;

/// What leads to the next row has at most so many lines.
const LEADING: usize = 3;

/// Tells which rows stay on the page of what follows: a heading, the title of a clause
/// and what leads to a list, a contact but for its last row, the closing, and what comes
/// `along` with the signatures: the last row above the closing, and more until there are
/// lines enough.
pub fn plan(sections: &mut [Section<'_>], columns: bool, along: bool) {
    let line = if columns { COLUMN } else { LINE };
    let at = sections
        .iter()
        .position(|section| section.role == Role::Signatures);
    for section in sections.iter_mut() {
        for place in 0..section.rows.len() {
            let next = section.rows.get(place + 1);
            let goes_on = next.is_some_and(|row| row.continues);
            let leads = next.is_some_and(|next| leads(&section.rows[place], next, line));
            let row = &mut section.rows[place];
            row.stays = row.id.is_empty()
                || leads
                || section.role == Role::Contacts && goes_on
                || section.role == Role::Closing && at.is_some();
        }
    }
    let Some(at) = at else {
        return;
    };
    let ending = |section: &&Section<'_>| {
        matches!(
            section.role,
            Role::Closing | Role::Signatures | Role::Witnesses
        )
    };
    let ending: Vec<&Row<'_>> = sections
        .iter()
        .filter(ending)
        .flat_map(|it| &it.rows)
        .collect();
    let written: usize = ending
        .iter()
        .flat_map(|row| &row.cells)
        .map(|cell| letters_of(cell))
        .sum();
    let short = ending.len() <= SHORT.0 && written < SHORT.1;
    sections[at].short = Some(short);
    let closing = sections[..at]
        .iter()
        .filter(|section| section.role == Role::Closing);
    let closing: usize = closing
        .flat_map(|it| &it.rows)
        .map(|row| lines_of(row, line))
        .sum();
    if !along || !short && closing >= ABOVE {
        return;
    }
    let text = sections[..at]
        .iter_mut()
        .filter(|section| section.role != Role::Closing);
    let mut above = closing.min(1);
    for row in text.flat_map(|section| &mut section.rows).rev() {
        row.stays = true;
        above += lines_of(row, line);
        if above >= ABOVE {
            break;
        }
    }
}

/// Tells whether a row of few lines leads to the next one: the title of a clause to its
/// words or points, or a line with a colon at its end. Lines that all have one, such as a
/// form to fill in, would fill pages that stay together.
fn leads(row: &Row<'_>, next: &Row<'_>, line: usize) -> bool {
    let opens = !row.continues && (next.continues || next.depth > row.depth);
    let colon = |cell: &Vec<Block>| plain_text(cell).trim_end().ends_with(':');
    let has_colon = |row: &Row<'_>| row.cells.iter().any(colon);
    lines_of(row, line) <= LEADING && (opens || has_colon(row) && !has_colon(next))
}

/// Returns how many lines a row fills in the first language, about.
fn lines_of(row: &Row<'_>, line: usize) -> usize {
    let blocks = row.cells.first().map_or(&[][..], Vec::as_slice);
    let lines = |block: &Block| letters_of(std::slice::from_ref(block)).div_ceil(line);
    blocks.iter().map(lines).sum()
}

/// Returns how many letters of blocks take room.
fn letters_of(blocks: &[Block]) -> usize {
    plain_text(blocks)
        .chars()
        .filter(|letter| !is_mark(*letter))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tree::Inline;

    fn row(id: &'static str, depth: usize, continues: bool, words: &str) -> Row<'static> {
        let text = Inline::Text {
            text: words.to_owned(),
            set: None,
        };
        Row {
            id,
            depth,
            referred: false,
            wide: false,
            continues,
            stays: false,
            cells: vec![vec![Block::Paragraph { body: vec![text] }]],
        }
    }

    #[test]
    fn what_leads_to_the_next_row_stays_with_it() {
        let long = "ế ".repeat(4 * LINE);
        let rows = vec![
            row("a", 0, false, "Điều 1. Về nước (ນ້ຳ)"),
            row("a", 0, true, "Hai bên trao đổi."),
            row("a", 0, true, "ດັ່ງນີ້:"),
            row("a", 0, true, "- một"),
            row("b", 0, false, "Điều 2. Kinh tế"),
            row("b/points[0]", 1, false, "1. Vốn"),
            row("b/points[1]", 1, false, "2. Chợ"),
            row("c", 0, false, &long),
            row("c", 0, true, "Tên:"),
            row("c", 0, true, "ຊື່:"),
            row("c", 0, true, "cuối"),
        ];
        let mut sections = vec![Section {
            role: Role::Content,
            abreast: None,
            short: None,
            rows,
        }];
        plan(&mut sections, false, true);
        let stays: Vec<bool> = sections[0].rows.iter().map(|row| row.stays).collect();
        let expected = [
            true, false, true, false, true, false, false, false, false, true, false,
        ];
        assert_eq!(stays, expected);
    }
}
