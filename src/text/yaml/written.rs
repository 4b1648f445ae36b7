//! A text as a value of a YAML file, so that a reader gets it back letter for letter.

/// Words that YAML takes for nothing, or for a truth, where they stand alone.
const SPECIAL: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

/// Returns a text as it is written behind `key: `: as it is where YAML would read
/// nothing else, or between quotation marks.
pub fn written(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// Returns a text between quotation marks, which may stand anywhere.
pub fn quoted(text: &str) -> String {
    let escaped = text.contains(['"', '\\']);
    if escaped && !text.chars().any(is_escaped) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            letter if is_escaped(letter) => {
                let code = u32::from(letter);
                out.push_str(&match code {
                    0..=0xff => format!("\\x{code:02x}"),
                    0x100..=0xffff => format!("\\u{code:04x}"),
                    _ => format!("\\U{code:08x}"),
                });
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Tells what does not stand in a file as itself: controls, ends of lines, a mark of
/// the order of bytes.
fn is_escaped(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Tells a text that begins with a letter and holds nothing that YAML, or a reader
/// who knows a little of it, could take for a mark.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next().is_some_and(char::is_alphabetic);
    let last = !text.ends_with([' ', '-', '.']);
    let inner = |letter: char| {
        letter.is_alphanumeric()
            || matches!(letter, ' ' | '-' | '.' | '/' | '(' | ')' | '@' | '_')
            // Marks above and below letters.
            || !letter.is_ascii() && !letter.is_whitespace() && !is_escaped(letter)
    };
    let special = SPECIAL.iter().any(|word| text.eq_ignore_ascii_case(word));
    is_day(text) || first && last && text.chars().all(inner) && !special
}

/// Tells a day such as `2025-07-01`, which is a text to the reader like any other.
fn is_day(text: &str) -> bool {
    let letters = text.bytes().enumerate();
    let fits = letters.filter(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    text.len() == 10 && fits.count() == 10
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::source::Source;
    use crate::text::letters::normalise;

    #[test]
    fn what_is_written_is_read_again() {
        let starts = [
            "", " ", "*", "#", "- ", "? ", "&a ", "!x ", "|", ">", "%", "@", "`", "\"", "'", "[",
            "{", "~",
        ];
        let middles = [
            "",
            "ນ້ຳ ຕັ້ງ",
            "Trần Thị Thủy",
            "Tra\u{302}\u{300}n",
            "null",
            "No",
            "0205",
            "a\nb",
            "a\tb",
            "\u{a0}x",
        ];
        let ends = [
            "",
            " ",
            ":",
            ": x",
            " #x",
            "#x",
            ",",
            "]",
            "}",
            "\"",
            "'",
            "\\",
            "\u{2028}",
            "\u{feff}x",
            "\u{7f}",
        ];
        for start in starts {
            for middle in middles {
                for end in ends {
                    let text = format!("{start}{middle}{end}");
                    for file in [
                        format!("k: {}\nl: x\n", written(&text)),
                        format!("k: {}\nl: x\n", quoted(&text)),
                        format!("m: {{k: {}, l: x}}\n", quoted(&text)),
                    ] {
                        let Ok(root) = parse(&Source::new("x", file.as_str())) else {
                            // The reader has no room for these letters in any writing.
                            assert!(text.contains(is_escaped), "{file}");
                            continue;
                        };
                        let root = root.get("m").unwrap_or(&root);
                        let read = root
                            .get("k")
                            .and_then(|node| node.text())
                            .unwrap_or_default();
                        assert_eq!(read, normalise(&text), "{file}");
                        assert_eq!(
                            root.get("l").and_then(|node| node.text()),
                            Some("x"),
                            "{file}"
                        );
                    }
                }
            }
        }
    }
}
