//! Text to Markdown that shows its very characters.

use std::io::Write;

/// Escapes every character that Markdown would act on, so that any string
/// comes back from the Markdown's text unchanged.
///
/// # Errors
/// Those of `out`.
pub fn escape(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let mut at_start = true;
    let mut digits = true;
    for (at, letter) in text.char_indices() {
        let last = at + letter.len_utf8() == text.len();
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|' => {
                write!(out, "\\{letter}")?
            }
            // These begin a heading, a list, a quotation or an underline, but
            // only at the start of a line.
            '#' | '>' | '+' | '-' | '=' if at_start => write!(out, "\\{letter}")?,
            '.' | ')' if digits && !at_start => write!(out, "\\{letter}")?,
            // At the end of a heading these are taken for its closing marks.
            '#' if text[..at].ends_with(' ') && text[at..].bytes().all(|b| b == b'#') => {
                write!(out, "\\{letter}")?
            }
            // An exclamation mark before a link that follows makes an image.
            '!' if last => out.write_all(b"\\!")?,
            // White space at the ends would be lost, and a line end with it.
            '\n' | '\r' | '\t' => write!(out, "&#{};", u32::from(letter))?,
            ' ' if at_start || last => out.write_all(b"&#32;")?,
            _ => write!(out, "{letter}")?,
        }
        digits &= letter.is_ascii_digit();
        at_start = false;
    }
    Ok(())
}

/// Returns Markdown that shows exactly `text`.
pub fn escaped(text: &str) -> String {
    let mut out = Vec::new();
    escape(text, &mut out).expect("writing to memory");
    String::from_utf8_lossy(&out).into_owned()
}

/// Returns a web address as a link to itself, and any other text so that Markdown
/// shows its very characters. Nothing is escaped within a link of this form, so the
/// paper shows where it leads.
pub fn linked(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut rests = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| lower.strip_prefix(scheme));
    let plain = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>');
    if rests.any(|rest| !rest.is_empty()) && !text.contains(plain) {
        return format!("<{text}>");
    }
    escaped(text)
}

/// Tells whether Markdown takes `mark` for that of a list: `2.`, `-`.
pub fn is_list_mark(mark: &str) -> bool {
    let digits = mark.strip_suffix(['.', ')']).unwrap_or_default();
    let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    number || matches!(mark, "-" | "+" | "*")
}

/// Puts `mark` before the first line of `body` and indents the others by its
/// width, which makes the body one item of a Markdown list.
pub fn hang(mark: &str, body: &str) -> String {
    let indent = " ".repeat(mark.len());
    let mut out = String::from(mark);
    for (index, line) in body.trim_matches('\n').lines().enumerate() {
        if index > 0 {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&indent);
            }
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_only_what_markdown_acts_on() {
        assert_eq!(escaped("Nhà *đẹp* #1"), r"Nhà \*đẹp\* #1");
        assert_eq!(escaped("Hạng mục ##"), r"Hạng mục \##");
        assert_eq!(escaped("1. ນ້ຳ"), r"1\. ນ້ຳ");
        assert_eq!(escaped("- a"), r"\- a");
        assert_eq!(escaped("02043 854 702"), "02043 854 702");
        assert_eq!(escaped("./."), "./.");
        assert_eq!(escaped(" x "), "&#32;x&#32;");
    }

    #[test]
    fn hanging_text_stays_in_its_item() {
        assert_eq!(hang("10. ", "a\n\nb\n"), "10. a\n\n    b");
    }
}
