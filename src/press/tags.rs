//! The languages that Typst is told, where they are not the true ones.
//!
//! Typst looks for the ends of Lao words by itself, with a neural model that parts some
//! and takes a good half of the time of a page, although `lines` has found them all. It
//! does not where a paragraph is in Japanese: such text has no model, and a line ends
//! where a zero-width space is. So a language in Lao letters is set as Japanese of a
//! region that there is not, which is the language's own code: `ja-LO` for `lo`. Right
//! after layout each run is told its language again; nothing behind this file, and no
//! PDF, ever sees the other one.
//!
//! Input: how each language is set; laid-out pages. Output: the tags; the pages with the
//! true languages.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::Serialize;
use typst::ecow::EcoVec;
use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem};
use typst::model::Document;
use typst::text::{Lang, Locale, Region};
use typst_layout::{Page, PagedDocument};

use crate::language::pack::Typography;
use crate::text::lao;

/// The language whose lines Typst ends at zero-width spaces alone.
const JAPANESE: &str = "ja";

/// A tag by language.
#[derive(Clone, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Tags(BTreeMap<String, Tag>);

/// What Typst's `text` is told.
#[derive(Clone, Serialize)]
struct Tag {
    lang: &'static str,
    region: String,
}

impl Tags {
    /// Returns the tags of the languages in Lao letters.
    pub(super) fn of(typography: &BTreeMap<String, Typography>) -> Self {
        let lao = |typography: &Typography| typography.letters.starts_with(lao::is_letter);
        let languages = typography.iter().filter(|(code, typography)| {
            // A code of three letters does not fit into a region.
            lao(typography) && code.len() == 2 && *code != JAPANESE
        });
        let tag = |code: &String| Tag {
            lang: JAPANESE,
            region: code.to_ascii_uppercase(),
        };
        Self(
            languages
                .map(|(code, _)| (code.clone(), tag(code)))
                .collect(),
        )
    }

    /// Tells whether every language is set as itself.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Tells whether a language is set as another.
    pub(super) fn has(&self, language: &str) -> bool {
        self.0.contains_key(language)
    }

    /// Returns the pages with the languages that their words are in.
    pub(super) fn undo(&self, document: PagedDocument) -> PagedDocument {
        if self.is_empty() {
            return document;
        }
        let mut pages: EcoVec<Page> = document.pages().iter().cloned().collect();
        for page in pages.make_mut() {
            self.undo_in(&mut page.frame);
        }
        let mut info = document.info().clone();
        if let Smart::Custom(locale) = &mut info.locale
            && let Some(lang) = self.language(locale.lang, locale.region)
        {
            *locale = Locale::new(lang, None);
        }
        PagedDocument::new(pages, info)
    }

    fn undo_in(&self, frame: &mut Frame) {
        frame.retain(|item| {
            match item {
                FrameItem::Group(group) => self.undo_in(&mut group.frame),
                FrameItem::Text(run) => {
                    if let Some(lang) = self.language(run.lang, run.region) {
                        (run.lang, run.region) = (lang, None);
                    }
                }
                FrameItem::Shape(..)
                | FrameItem::Image(..)
                | FrameItem::Link(..)
                | FrameItem::Tag(..) => {}
            }
            true
        });
    }

    /// Returns the language that is set as `lang` of `region`.
    fn language(&self, lang: Lang, region: Option<Region>) -> Option<Lang> {
        let region = region?;
        let mut tags = self.0.iter();
        let found =
            tags.find(|(_, tag)| tag.lang == lang.as_str() && tag.region == region.as_str());
        Lang::from_str(found?.0).ok()
    }
}
