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
use typst::text::{Lang, Locale, Region, TextItem};
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

    /// Returns the pages with the languages that they were set in.
    pub(super) fn undo(&self, document: PagedDocument) -> PagedDocument {
        if self.is_empty() {
            return document;
        }
        let mut pages: EcoVec<Page> = document.pages().iter().cloned().collect();
        for page in pages.make_mut() {
            each_run(&mut page.frame, &mut |run| {
                if let Some(lang) = self.language(run.lang, run.region) {
                    (run.lang, run.region) = (lang, None);
                }
            });
        }
        let mut info = document.info().clone();
        if let Smart::Custom(locale) = &mut info.locale
            && let Some(lang) = self.language(locale.lang, locale.region)
        {
            *locale = Locale::new(lang, None);
        }
        PagedDocument::new(pages, info)
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

/// Returns pages on which words in the letters of another script than their language's,
/// such as Vietnamese names within Lao, are told to be in the first language that is
/// written so; a screen reader then says them in its voice.
pub fn tell_names(
    document: PagedDocument,
    typography: &BTreeMap<String, Typography>,
) -> PagedDocument {
    let is_in_lao = |typography: &Typography| typography.letters.starts_with(lao::is_letter);
    let in_lao = |lao: bool| {
        let mut languages = typography.iter();
        let (code, _) = languages.find(|(_, it)| is_in_lao(it) == lao)?;
        Lang::from_str(code).ok()
    };
    let (Some(lao_letters), Some(others)) = (in_lao(true), in_lao(false)) else {
        return document;
    };
    let mut pages: EcoVec<Page> = document.pages().iter().cloned().collect();
    for page in pages.make_mut() {
        each_run(&mut page.frame, &mut |run| {
            let Some(own) = typography.get(run.lang.as_str()).map(is_in_lao) else {
                return;
            };
            let mut letters = run.text.chars().filter(|letter| letter.is_alphabetic());
            let first = letters.next().map(lao::is_letter);
            if first == Some(!own) && letters.all(|letter| lao::is_letter(letter) != own) {
                run.lang = if own { others } else { lao_letters };
            }
        });
    }
    PagedDocument::new(pages, document.info().clone())
}

/// Changes each run of a frame and of all frames within it.
fn each_run(frame: &mut Frame, change: &mut impl FnMut(&mut TextItem)) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => each_run(&mut group.frame, change),
            FrameItem::Text(run) => change(run),
            FrameItem::Shape(..)
            | FrameItem::Image(..)
            | FrameItem::Link(..)
            | FrameItem::Tag(..) => {}
        }
        true
    });
}
