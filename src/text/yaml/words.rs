//! Words, keys and quotation marks of a YAML file, told by their letters.

/// Keys of the form and of a language pack, for files that have each only once.
const KEYS: &str = "id kind languages drafted_in term status party_order header layout predecessor \
    parties preamble content implementation signing review allow language name short formerly state \
    signatory contact post office address phone fax email verified_on until title text formula \
    renewal years notice_months contacts from to agreement signed date place by on digests code at reason vi lo en \
    number subject numbering originals form each points person website messaging \
    termination prevailing_language signatories authority witnesses party annexes amends initials due what every_months";

/// Returns the keys of the form and of language packs by which slips are told.
pub fn known_keys() -> impl Iterator<Item = &'static str> {
    KEYS.split_ascii_whitespace()
}

/// Tells a key of the form.
pub(super) fn is_known(word: &str) -> bool {
    known_keys().any(|key| key == word)
}

/// Returns the key of the form that `text` starts with, and what follows it.
pub(super) fn known_word(text: &str) -> Option<(&str, &str)> {
    Some(text.split_at(word_length(text))).filter(|(word, _)| is_known(word))
}

/// Splits a line into its key and the bytes up to its value: `vi: Hai` has the
/// key `vi` and 3.
pub(super) fn key_of(rest: &str) -> Option<(&str, usize)> {
    let length = word_length(rest);
    let (key, after) = rest.split_at(length);
    let colon = after.trim_start_matches(' ').strip_prefix(':')?;
    let ends = colon.is_empty() || colon.starts_with([' ', '\t']);
    (ends && length > 0).then(|| (key, rest.len() - colon.len()))
}

/// Returns the length of the word in ASCII that `rest` starts with.
pub(super) fn word_length(rest: &str) -> usize {
    let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    match rest.chars().next() {
        Some(first) if first.is_ascii_lowercase() => rest.find(|c| !word(c)).unwrap_or(rest.len()),
        _ => 0,
    }
}

/// Tells a value that is nothing, or a comment.
pub(super) fn is_empty(value: &str) -> bool {
    let value = value.trim();
    value.is_empty() || value == "#" || value.starts_with("# ")
}

/// Tells spaces of every kind, and what stands in their place unseen.
pub(super) fn is_space(letter: char) -> bool {
    letter == ' ' || letter == '\t' || is_wide(letter) || is_invisible(letter)
}

/// Tells a space that is not the one of the keyboard.
pub(super) fn is_wide(letter: char) -> bool {
    matches!(
        letter,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// Tells a letter that takes no room.
pub(super) fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}
/// Returns the text between quotation marks that do not clash with its own.
pub(super) fn quote(text: &str) -> String {
    if !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// Tells whether the mark before the byte `close` ends a word or phrase that
/// started with the text: `"Hai bên" họp với "bên thứ ba"` has no outer marks.
pub(super) fn ends_word(value: &str, close: usize) -> bool {
    let before = value[..close - 1].chars().next_back();
    let after = value[close..].chars().next();
    before.is_some_and(|c| !c.is_whitespace() && c != '(')
        && after.is_some_and(|c| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ')'))
}

/// Returns what stands for itself between marks that were meant to be outer.
pub(super) fn unescaped(inner: &str, mark: char) -> String {
    match mark {
        '\'' => inner.replace("''", "'"),
        _ => inner.replace("\\\"", "\""),
    }
}

/// Returns the byte behind the mark that ends the quoted text `value`.
pub(super) fn end_of_quoted(value: &str, mark: char) -> Option<usize> {
    let bytes = value.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if mark == '"' => at += 1,
            b'\'' if mark == '\'' && bytes.get(at + 1) == Some(&b'\'') => at += 1,
            byte if char::from(byte) == mark => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Returns the byte behind the bracket that closes the first one of `value`, on
/// the same line.
pub(super) fn closing(value: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in value.char_indices() {
        match letter {
            '{' | '[' => depth += 1,
            '}' | ']' if depth <= 1 => return Some(at + 1),
            '}' | ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Returns where a plain text has a colon that YAML takes for the end of a key.
pub(super) fn colon_in(text: &str) -> Option<usize> {
    let mut colons = text.match_indices(':').map(|(at, _)| at);
    colons.find(|at| {
        let after = &text[at + 1..];
        after.is_empty() || after.starts_with([' ', '\t'])
    })
}
