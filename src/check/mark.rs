//! The marks that points begin with: `a)`, `1.1.`, `•`, `ກ)`.
//!
//! Input: a line of a text. Output: its mark, and how sure it is that it is one.

use crate::text::letters::digit;

use super::text::{is_lao, lower};

/// A kind of mark; lines with the same kind confirm each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Bullet,
    Table,
    /// `(1)`
    Enclosed,
    /// `a)`, `1)`
    Paren,
    /// `a.`, `ກ.`
    Letter,
    /// `1.`
    Number,
    /// `1.1`
    Decimal,
    /// `Điều 1`, `ມາດຕາ 1`
    Article,
    /// `1/`, `a/`
    Slash,
    /// `1-`
    Dash,
    /// `1:`
    Colon,
    /// `1.Trao đổi`
    Tight,
    /// `Thứ nhất`, `Một là`
    Word,
    /// Columns set apart by tabs, bars or spaces.
    Column,
}

/// How sure it is that a point begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Surety {
    Sure,
    /// Probably; running text may begin so too.
    Likely,
    /// Only beside others, or below a line that introduces it.
    Confirmed,
}

/// A mark at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) length: usize,
    pub(super) kind: Kind,
    pub(super) surety: Surety,
}

/// What stands before a dash when it opens a line.
const BULLETS: &str = "•·●○▪■◦‣⁃–—−-+*►▶✓✔→❖♦➢";

/// What stands for a bullet in texts pasted from Word, whose bullets are signs of the
/// face Wingdings. A line of running text may begin so.
const PASTED: &str = "§Øüvqo";

/// Words that number the parts of a document.
const ARTICLES: [&str; 13] = [
    "điều",
    "khoản",
    "mục",
    "chương",
    "phần",
    "điểm",
    "article",
    "section",
    "ມາດຕາ",
    "ຂໍ້",
    "ພາກ",
    "ໝວດ",
    "ຈຸດ",
];

/// Words that number the points of a text.
const ORDINALS: [&str; 14] = [
    "Thứ nhất",
    "Thứ hai",
    "Thứ ba",
    "Thứ tư",
    "Thứ năm",
    "Một là",
    "Hai là",
    "Ba là",
    "Bốn là",
    "Năm là",
    "ທີໜຶ່ງ",
    "ທີສອງ",
    "ໜຶ່ງແມ່ນ",
    "ສອງແມ່ນ",
];

/// Reads the mark that `line` begins with.
pub(super) fn mark(line: &str) -> Option<Mark> {
    if line.starts_with('|') && line.matches('|').count() > 1 {
        let (length, kind) = (1, Kind::Table);
        return Some(Mark {
            length,
            kind,
            surety: Surety::Sure,
        });
    }
    if let Some(colons) = line.starts_with(":::").then_some(3) {
        let kind = Kind::Table;
        return Some(Mark {
            length: colons,
            kind,
            surety: Surety::Sure,
        });
    }
    bullet(line).or_else(|| {
        // The mark itself may be bold: `**a)** …`.
        let bare = line.trim_start_matches(['*', '_']);
        let stars = line.len() - bare.len();
        let mark = numbered(bare)
            .or_else(|| article(bare))
            .or_else(|| ordinal(bare))
            .or_else(|| columns(bare))?;
        let length = stars + mark.length;
        Some(Mark { length, ..mark })
    })
}

/// Reads a word such as `Thứ nhất` at the start of a line.
fn ordinal(line: &str) -> Option<Mark> {
    let word = ORDINALS.iter().find(|word| line.starts_with(**word))?;
    let rest = &line[word.len()..];
    rest.starts_with([',', ':', ' ', '*']).then_some(Mark {
        length: word.len(),
        kind: Kind::Word,
        surety: Surety::Confirmed,
    })
}

/// Reads the first of several columns, which only look like columns.
fn columns(line: &str) -> Option<Mark> {
    let gap = [line.find('\t'), line.find("   "), line.find(" | ")];
    let length = gap.into_iter().flatten().min()?;
    (length > 0).then_some(Mark {
        length,
        kind: Kind::Column,
        surety: Surety::Confirmed,
    })
}

fn bullet(line: &str) -> Option<Mark> {
    let sign = line.chars().next()?;
    let length = sign.len_utf8();
    let next = line[length..].chars().next();
    let spaced = next.is_none_or(char::is_whitespace);
    let pasted = PASTED.contains(sign) && spaced;
    // The letters of such faces themselves.
    let symbol = ('\u{f000}'..='\u{f0ff}').contains(&sign);
    if !pasted && !symbol && !BULLETS.contains(sign) {
        return None;
    }
    let worded = next.is_some_and(char::is_alphabetic);
    let opens = match sign {
        '+' | '*' => spaced,
        '-' | '–' | '—' | '−' => spaced || worded,
        _ => true,
    };
    let surety = if pasted {
        Surety::Confirmed
    } else {
        Surety::Sure
    };
    let kind = Kind::Bullet;
    opens.then_some(Mark {
        length,
        kind,
        surety,
    })
}

/// One part of a number such as `1.a`.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Figures { count: usize, zero: bool, lao: bool },
    Small,
    Capital,
    Lao,
}

/// Reads a part at the start of `text`, with its length.
fn part(text: &str) -> Option<(Part, usize)> {
    let first = text.chars().next()?;
    let figures: usize = text
        .chars()
        .map_while(|c| digit(c).map(|_| c.len_utf8()))
        .sum();
    if figures > 0 {
        let lao = first.len_utf8() > 1;
        let count = text[..figures].chars().count();
        let zero = digit(first) == Some(0);
        return Some((Part::Figures { count, zero, lao }, figures));
    }
    if ('\u{e81}'..='\u{eae}').contains(&first) {
        return Some((Part::Lao, first.len_utf8()));
    }
    let roman = |c: &char| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x');
    let length = match text.chars().take_while(roman).count() {
        0 if first.is_alphabetic() => first.len_utf8(),
        1..=5 if text.starts_with(|c| roman(&c)) => text.chars().take_while(roman).count(),
        _ => return None,
    };
    let part = if first.is_lowercase() {
        Part::Small
    } else {
        Part::Capital
    };
    Some((part, length))
}

fn numbered(text: &str) -> Option<Mark> {
    let enclosed = text.starts_with('(');
    let mut length = usize::from(enclosed);
    let (first, width) = part(&text[length..])?;
    length += width;
    let (mut parts, mut last) = (1, first);
    while let Some(rest) = text[length..].strip_prefix('.')
        && let Some((next @ Part::Figures { .. }, width)) = part(rest)
    {
        length += 1 + width;
        parts += 1;
        last = next;
    }
    let stop = text[length..].chars().next();
    let after = |stop: usize| {
        let rest = text[length + stop..].trim_start_matches(['*', '_']);
        rest.is_empty() || rest.starts_with(char::is_whitespace)
    };
    let (kind, surety) = match (enclosed, stop) {
        (true, Some(')')) => (Kind::Enclosed, sure_enclosed(first, parts)?),
        (true, _) => return None,
        (false, Some(')')) => (Kind::Paren, sure_paren(first)?),
        (false, Some('.')) if after(1) && parts == 1 => sure_stop(first)?,
        (false, Some('/')) if after(1) && parts == 1 => (Kind::Slash, short(first)?),
        (false, Some('-')) if after(1) && parts == 1 => (Kind::Dash, figures(first)?),
        (false, Some(':')) if after(1) && parts == 1 => (Kind::Colon, figures(first)?),
        (false, Some('.')) if parts == 1 && text[length + 1..].starts_with(char::is_alphabetic) => {
            (Kind::Tight, figures(first)?)
        }
        (false, Some('.')) if after(1) => (Kind::Decimal, sure_decimal(first, last, true)?),
        (false, _) if after(0) && parts > 1 => (Kind::Decimal, sure_decimal(first, last, false)?),
        _ => return None,
    };
    length += stop
        .filter(|stop| matches!(stop, ')' | '.' | '/' | '-' | ':'))
        .map_or(0, char::len_utf8);
    Some(Mark {
        length,
        kind,
        surety,
    })
}

/// Marks that running text may begin a line with: only beside others.
fn short(first: Part) -> Option<Surety> {
    match first {
        Part::Figures { count, .. } if count > 2 => None,
        _ => Some(Surety::Confirmed),
    }
}

fn figures(first: Part) -> Option<Surety> {
    matches!(first, Part::Figures { .. }).then(|| short(first))?
}

fn sure_enclosed(first: Part, parts: usize) -> Option<Surety> {
    match first {
        // "hai (02) bản" is broken before the parenthesis as often as not.
        Part::Figures { zero: true, .. } => None,
        Part::Figures { count, .. } if count > 2 || parts > 1 => None,
        Part::Figures { .. } => Some(Surety::Confirmed),
        _ => Some(Surety::Sure),
    }
}

fn sure_paren(first: Part) -> Option<Surety> {
    match first {
        Part::Figures { count, .. } if count > 2 => None,
        _ => Some(Surety::Sure),
    }
}

fn sure_stop(first: Part) -> Option<(Kind, Surety)> {
    match first {
        // A sentence may end in a year, or in a number.
        Part::Figures { count, .. } if count > 2 => None,
        Part::Figures { lao: true, .. } => Some((Kind::Number, Surety::Sure)),
        Part::Figures { .. } => Some((Kind::Number, Surety::Likely)),
        Part::Small | Part::Lao => Some((Kind::Letter, Surety::Sure)),
        Part::Capital => Some((Kind::Letter, Surety::Confirmed)),
    }
}

fn sure_decimal(first: Part, last: Part, stopped: bool) -> Option<Surety> {
    let long =
        |part: Part, most: usize| matches!(part, Part::Figures { count, .. } if count > most);
    // A date, or thousands: `1.000 đồng`.
    let number = long(first, 2) || long(last, 2);
    let letter = !matches!(first, Part::Figures { .. });
    (!number && (stopped || !letter)).then_some(Surety::Likely)
}

fn article(text: &str) -> Option<Mark> {
    let word: usize = text
        .chars()
        .take_while(|c| !c.is_whitespace() && digit(*c).is_none())
        .map(char::len_utf8)
        .sum();
    let lao = text.starts_with(is_lao);
    let known = lower(&text[..word]);
    if !ARTICLES.contains(&known.trim()) {
        return None;
    }
    let space = text[word..].len() - text[word..].trim_start().len();
    let (_, width) =
        part(&text[word + space..]).filter(|(part, _)| !matches!(part, Part::Small | Part::Lao))?;
    let length = word + space + width;
    let rest = text[length..].trim_start_matches(['*', '_']);
    let stopped = rest.starts_with(['.', ':', ')']);
    let whole = stopped || rest.is_empty() || rest.starts_with(char::is_whitespace);
    let surety = if stopped || lao {
        Surety::Likely
    } else {
        Surety::Confirmed
    };
    let kind = Kind::Article;
    whole.then_some(Mark {
        length,
        kind,
        surety,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_told_from_running_text() {
        for line in [
            "a) Trao đổi",
            "đ) x",
            "1) x",
            "ກ) ຂ",
            "i) x",
            "iii) x",
            "a. Trao",
            "ກ. ຂ",
            "1.1. Hai",
            "1.1 Hai",
            "1.2.3 x",
            "(1) x",
            "(a) x",
            "• x",
            "•x",
            "+ x",
            "- x",
            "– Trao",
            "-Trao",
            "— x",
            "໑. x",
            "໒) x",
            "Điều 1. x",
            "ມາດຕາ 1 x",
            "Khoản 2: x",
            "**a)** x",
            "**Điều 3.** x",
            "| a | b |",
            "12. x",
            "II. x",
        ] {
            assert!(mark(line).is_some(), "{line}");
        }
        for line in [
            "(02) bản",
            "2027. Hai bên",
            "1.000 đồng",
            "1.1.2027 x",
            "-2030",
            "+84 x",
            "*x* y",
            "v.v. và",
            "Hai bên",
            "ນ້ຳ",
            "2,5 triệu",
            "09/8/2021",
            "| x",
            "điều này",
            "(phụ nữ)",
            "ກະຊວງ",
            "Điều kiện",
            "2027) x",
            "vii",
            "28.11.2022",
        ] {
            assert_eq!(mark(line), None, "{line}");
        }
    }
}
