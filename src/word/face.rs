//! How a language is set in Word: its faces, its size, the tag by which Word knows it.

use crate::press::input::Setting;

use super::words::is_complex;

/// How a language is set.
#[derive(Clone, Debug)]
pub(super) struct Face {
    /// The tag of the language: `vi-VN`.
    pub(super) tag: String,
    /// The family of its own letters, and that of letters of another kind among them.
    pub(super) own: String,
    pub(super) other: String,
    /// Whether its letters are such as Word calls complex.
    pub(super) is_complex: bool,
    /// Whether its script has an italic.
    pub(super) has_italic: bool,
    /// The size of running text, in half points.
    pub(super) size: i32,
    /// The room that a line takes, in 240ths of the face's own.
    pub(super) line: i32,
}

/// Both languages of a parallel text lose the same share of their size, as in the PDF.
const IN_PARALLEL: f64 = 0.885;

impl Face {
    /// Returns how each of these languages is set.
    pub(super) fn all(languages: &[&str], setting: &Setting) -> Vec<Self> {
        let scale = match languages.len() {
            0 | 1 => 1.0,
            _ => IN_PARALLEL,
        };
        let face = |language: &&str| Self::of(language, setting, scale);
        languages.iter().map(face).collect()
    }

    fn of(language: &str, setting: &Setting, scale: f64) -> Self {
        let Some(typography) = setting.typography.get(language) else {
            return Self {
                tag: language.to_owned(),
                own: PLAIN.to_owned(),
                other: PLAIN.to_owned(),
                is_complex: false,
                has_italic: true,
                size: 26,
                line: 240,
            };
        };
        let families = match typography.word.families.as_slice() {
            [] => &typography.fonts,
            families => families,
        };
        let family = |index: usize| families.get(index).or(families.first());
        let family = |index| family(index).map_or(PLAIN, String::as_str).to_owned();
        let is_complex = typography.letters.starts_with(is_complex);
        let tag = typography.word.tag.clone();
        Self {
            tag: tag.unwrap_or_else(|| language.to_owned()),
            own: family(0),
            other: family(1),
            is_complex,
            has_italic: typography.italic,
            size: (typography.size * scale * 2.0).round() as i32,
            // Faces of complex scripts have room above and below their letters.
            line: if is_complex { 240 } else { 264 },
        }
    }
}

/// Where nothing is known of a language.
const PLAIN: &str = "Times New Roman";
