//! What templates see of numbers: in words and in figures.

use serde::Serialize;

use crate::language::pack::LanguagePack;

/// A number of years or months.
#[derive(Serialize)]
pub(super) struct Count {
    /// In words and figures, `ba (03)`, or in figures where there is no word.
    spelled: String,
    /// Whether it is one.
    one: bool,
}

#[derive(Clone, Serialize)]
pub(super) struct Quantity {
    pub(super) number: usize,
    pub(super) words: String,
    pub(super) figures: String,
    /// As it is written: `hai (02)`, and in figures alone where there is no word.
    pub(super) said: String,
}

pub(super) fn quantity(pack: &LanguagePack, number: usize) -> Quantity {
    let (words, figures) = (pack.number(number), format!("{number:02}"));
    Quantity {
        number,
        said: match words == number.to_string() {
            true => words.clone(),
            false => format!("{words} ({figures})"),
        },
        words,
        figures,
    }
}

pub(super) fn count(number: Option<u32>, pack: &LanguagePack) -> Count {
    let spelled = number.map(|number| quantity(pack, number as usize).said);
    Count {
        spelled: spelled.unwrap_or_else(|| pack.blank.clone()),
        one: number == Some(1),
    }
}
