//! Rows for terminals and for spreadsheets.
//!
//! Input: words. Output: lines of at most [`WIDTH`] columns, as wide as a terminal
//! shows them: the marks above and below Lao and Vietnamese letters take no room.

use unicode_width::UnicodeWidthStr;

/// How many columns a line has, at most.
pub(crate) const WIDTH: usize = 80;

/// Returns how many columns of a terminal a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Returns a line with something at its left and something at its right edge; two
/// lines where one has no room for both.
pub(crate) fn at_edges(left: &str, right: &str) -> String {
    let taken = width(left) + width(right);
    match WIDTH.checked_sub(taken).filter(|rest| *rest > 1) {
        Some(rest) => format!("{left}{}{right}\n", " ".repeat(rest)),
        None => {
            let rest = WIDTH.saturating_sub(width(right));
            format!("{left}\n{}{right}\n", " ".repeat(rest))
        }
    }
}

/// Returns words in lines that end at spaces, behind `head`; the lines below it begin
/// under the first word. A word that is wider than a line has one of its own.
pub(crate) fn wrapped(head: &str, words: &str) -> String {
    let indent = " ".repeat(width(head));
    let (mut lines, mut line) = (String::new(), head.to_owned());
    let mut is_empty = true;
    for word in words.split_whitespace() {
        if !is_empty && width(&line) + 1 + width(word) > WIDTH {
            lines += &line;
            lines.push('\n');
            line.clone_from(&indent);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line += word;
        is_empty = false;
    }
    lines += line.trim_end();
    lines.push('\n');
    lines
}

/// Returns rows as RFC 4180 has them.
pub(crate) fn csv(rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for row in rows {
        let fields: Vec<String> = row.iter().map(|field| quoted(field)).collect();
        text += &fields.join(",");
        text += "\r\n";
    }
    text
}

/// A field that begins with one of these is computed by a spreadsheet, and would show
/// something else than it says.
const COMPUTED: [char; 4] = ['=', '+', '-', '@'];

fn quoted(field: &str) -> String {
    // Behind this mark, which no spreadsheet shows, stands a text.
    if field.starts_with(COMPUTED) {
        return quoted(&format!("'{field}"));
    }
    match field.contains([',', '"', '\n', '\r']) || field.trim() != field {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::csv;

    #[test]
    fn a_spreadsheet_computes_nothing() {
        for (field, written) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("=A(\"x\",1)", "\"'=A(\"\"x\"\",1)\""),
            ("Hội = x", "Hội = x"),
            ("12", "12"),
        ] {
            assert_eq!(csv(&[vec![field.to_owned()]]), format!("{written}\r\n"));
        }
    }
}
