//! How clauses and points are numbered, and what they are called.
//!
//! Input: the place of a clause or of a point, and the words of a language. Output:
//! the mark that stands before it, and the words that refer to it. The levels are
//! those of Decree 30/2020/ND-CP, Appendix I (mục, điều, khoản, điểm) and of Lao
//! law (ມາດຕາ, ຂໍ້).

use std::fmt;

use crate::language::pack::LanguagePack;

/// The number of a clause or of a point: its levels, the outermost first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(Vec<Level>);

/// One level of a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// A section, in Roman figures.
    Section(String),
    /// An article.
    Article(usize),
    /// A clause of a section, or a paragraph of an article: "1."
    Clause(usize),
    /// A point, by letter: "a)"
    Point(usize),
    /// A point of a point: "-"
    Dash(usize),
    /// An annex, in Roman figures; a single one has no number.
    Annex(String),
}

impl Number {
    /// Returns the number of a clause in the section with a Roman number.
    pub fn in_section(section: &str, clause: usize) -> Self {
        Self(vec![
            Level::Section(section.to_owned()),
            Level::Clause(clause),
        ])
    }

    /// Returns the number of an article.
    pub fn article(number: usize) -> Self {
        Self(vec![Level::Article(number)])
    }

    /// Returns the number of an annex: Roman figures, or nothing for a single one.
    pub fn annex(number: String) -> Self {
        Self(vec![Level::Annex(number)])
    }

    /// Returns the number of the point at `place` below this one.
    pub fn below(&self, place: &[usize]) -> Self {
        let mut levels = self.0.clone();
        for &place in place {
            levels.push(match levels.last() {
                Some(Level::Article(_)) => Level::Clause(place),
                Some(Level::Clause(_)) => Level::Point(place),
                _ => Level::Dash(place),
            });
        }
        Self(levels)
    }

    /// Returns what stands before the text: `2.`, `a)`, `-`; of an article, its
    /// bare number.
    pub fn mark(&self, pack: &LanguagePack) -> String {
        match self.0.last() {
            Some(Level::Clause(place)) => format!("{place}."),
            Some(Level::Point(place)) => pack.point_mark(*place),
            Some(Level::Dash(_)) => pack.dash.clone(),
            Some(Level::Article(number)) => number.to_string(),
            Some(Level::Section(_) | Level::Annex(_)) | None => String::new(),
        }
    }

    /// Returns its levels, the outermost first: how the pack calls each
    /// (`section`, `article`, `clause`, `point`, `dash`), and its number there.
    pub fn levels(&self, pack: &LanguagePack) -> Vec<(&'static str, String)> {
        let levels = self.0.iter();
        let named = levels.map(|level| match level {
            Level::Section(number) => ("section", number.clone()),
            Level::Article(number) => ("article", number.to_string()),
            Level::Clause(place) => ("clause", place.to_string()),
            Level::Point(place) => ("point", pack.letter(*place)),
            Level::Dash(place) => ("dash", pack.ordinal(*place)),
            Level::Annex(number) => ("annex", number.clone()),
        });
        named.collect()
    }

    /// Returns the words that refer to it: `điểm a khoản 2 Điều 5`.
    pub fn reference(&self, pack: &LanguagePack) -> String {
        let levels = self.levels(pack).into_iter();
        levels.fold(String::new(), |of, (level, number)| {
            let form = pack.reference(level);
            let words = form.replace("{of}", &of).replace("{number}", &number);
            words.trim().to_owned()
        })
    }

    /// Tells whether it is that of an article, which stands in its heading.
    pub fn is_article(&self) -> bool {
        matches!(self.0.as_slice(), [Level::Article(_)])
    }

    /// Tells whether it is that of an annex.
    pub fn is_annex(&self) -> bool {
        matches!(self.0.as_slice(), [Level::Annex(_)])
    }

    /// Tells whether it is a clause of a section, which `I.2` names well enough.
    pub fn is_short(&self) -> bool {
        matches!(self.0.as_slice(), [Level::Section(_), Level::Clause(_)])
    }
}

/// `I.2`; below that, places in figures.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, level) in self.0.iter().enumerate() {
            let dot = if index > 0 { "." } else { "" };
            match level {
                Level::Section(number) | Level::Annex(number) => write!(f, "{dot}{number}")?,
                Level::Article(place)
                | Level::Clause(place)
                | Level::Point(place)
                | Level::Dash(place) => write!(f, "{dot}{place}")?,
            }
        }
        Ok(())
    }
}
