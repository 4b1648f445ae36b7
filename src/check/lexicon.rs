//! What the rules look for in one language, folded once for all agreements.
//!
//! Input: the language pack, the watch list and the glossary. Output: folded
//! needles, in the order in which the rules report them.

use std::collections::BTreeMap;

use crate::language::glossary::{Glossary, Term, TermKind};
use crate::language::names::core;
use crate::language::pack::LanguagePack;
use crate::language::watch::WatchList;
use crate::language::{Language, Shelf};
use crate::text::folding::{self, Needle, Phrase};

use super::text::{self, DateForm};

/// The folded words of all languages.
pub struct Lexicons {
    by_language: BTreeMap<Language, Lexicon>,
    /// Of a language that nothing is known of.
    unknown: Lexicon,
}

impl Lexicons {
    /// Folds once what the rules look for in every agreement.
    pub fn new(shelf: &Shelf) -> Self {
        let lexicon = |language: &Language| {
            let (pack, watch) = (shelf.pack(language), shelf.watch(language));
            Lexicon::new(language, pack, watch, shelf.glossary())
        };
        let languages = shelf.languages().into_iter();
        Self {
            by_language: languages.map(|l| (l.clone(), lexicon(l))).collect(),
            unknown: Lexicon::default(),
        }
    }

    pub(super) fn of(&self, language: &Language) -> &Lexicon {
        self.by_language.get(language).unwrap_or(&self.unknown)
    }
}

/// The folded words of one language.
#[derive(Default)]
pub(super) struct Lexicon {
    /// One for each entry of the glossary.
    pub(super) terms: Vec<Wordings>,
    /// The names of the glossary.
    pub(super) names: Vec<Right>,
    /// The fixed wordings of the glossary, without marks and as they are.
    pub(super) formulas: Vec<(Needle, Phrase)>,
    /// The words for 1, 2, 3 and so on.
    pub(super) numbers: Vec<Needle>,
    /// The title and the short name of each kind of agreement.
    pub(super) kinds: BTreeMap<String, [Needle; 2]>,
    /// The name of each language.
    pub(super) languages: BTreeMap<String, Needle>,
    /// Words for two parties only.
    pub(super) two: Vec<Needle>,
    /// Words for more parties.
    pub(super) many: Vec<Needle>,
    /// The forms of dates, the longest first.
    pub(super) dates: Vec<(DateForm, String)>,
    /// The names of the months, January first.
    pub(super) months: Vec<String>,
}

/// The wordings of an entry of the glossary.
pub(super) struct Wordings {
    /// The right ones.
    pub(super) right: Vec<Needle>,
    /// The right ones; of a name without the word for province or city.
    pub(super) needles: Vec<Needle>,
    /// The ones that are not to be used.
    pub(super) avoid: Vec<Needle>,
}

/// A name that is right, with what is not to be written instead of it.
pub(super) struct Right {
    /// All right wordings.
    pub(super) wordings: Vec<Needle>,
    /// The one to suggest.
    pub(super) shown: String,
    /// Without marks and joints, unless it is too short to be told from other
    /// words.
    pub(super) bones: Option<Needle>,
    pub(super) avoid: Vec<Needle>,
}

/// Shorter names are too likely to be something else without their marks.
const SHORTEST_NAME: usize = 5;

impl Right {
    pub(super) fn new(wordings: Vec<Needle>, shown: &str, avoid: Vec<Needle>) -> Self {
        let bones = Some(folding::skeleton(shown));
        let bones = bones.filter(|bones| bones.chars().count() >= SHORTEST_NAME);
        Self {
            wordings,
            shown: shown.to_owned(),
            bones: bones.map(Needle::new),
            avoid,
        }
    }
}

impl Lexicon {
    /// Folds what is looked for in `language`.
    pub(super) fn new(
        language: &Language,
        pack: Option<&LanguagePack>,
        watch: &WatchList,
        glossary: &Glossary,
    ) -> Self {
        let mut lexicon = Self::default();
        let units = watch.list("unit_words");
        let entries = glossary.entries.iter();
        lexicon.terms = entries
            .map(|term| wordings(term, language, units))
            .collect();
        for (term, folded) in glossary.entries.iter().zip(&lexicon.terms) {
            if !term.by_language.contains_key(language) {
                continue;
            }
            if term.kind == TermKind::Name {
                lexicon.names.extend(name(term, folded, language, units));
            } else {
                let right = term.right(language);
                lexicon.formulas.extend(right.flat_map(formulas));
            }
        }
        if let Some(pack) = pack {
            lexicon.add_pack(pack, watch);
        }
        lexicon
    }

    fn add_pack(&mut self, pack: &LanguagePack, watch: &WatchList) {
        self.numbers = folded(pack.numbers());
        let kinds = pack.kinds.iter();
        let names = |title: &str, short: &str| [Needle::lower(title), Needle::lower(short)];
        self.kinds = kinds
            .map(|(key, kind)| (key.clone(), names(&kind.title, &kind.short)))
            .collect();
        let languages = pack.languages.iter();
        self.languages = languages
            .map(|(code, name)| (code.clone(), Needle::lower(name)))
            .collect();
        let party_words = |number: usize, key: &str| {
            let words = pack.party_words(number);
            let mut phrases = folded([&words.all, &words.others]);
            phrases.extend(watch.list(key).iter().map(|phrase| phrase.folded.clone()));
            phrases
        };
        self.two = party_words(2, "two_only");
        self.many = party_words(3, "many_only");
        self.dates = text::date_forms(pack);
        self.months = pack.months().to_vec();
    }
}

fn folded<'a>(words: impl IntoIterator<Item = &'a String>) -> Vec<Needle> {
    let words = words.into_iter();
    words.map(|word| Needle::lower(word)).collect()
}

fn wordings(term: &Term, language: &Language, units: &[Phrase]) -> Wordings {
    let needle = |wording: &str| match term.kind {
        TermKind::Name => Needle::lower(core(wording, units)),
        TermKind::Formula | TermKind::Word => Needle::lower(wording),
    };
    Wordings {
        right: term.right(language).map(Needle::lower).collect(),
        needles: term.right(language).map(needle).collect(),
        avoid: folded(term.avoid.get(language).into_iter().flatten()),
    }
}

fn name(term: &Term, folded: &Wordings, language: &Language, units: &[Phrase]) -> Option<Right> {
    let shown = core(term.right(language).next()?, units);
    Some(Right::new(
        folded.needles.clone(),
        shown,
        folded.avoid.clone(),
    ))
}

/// Returns the parts of a wording that are long enough to be fixed: at least
/// three words, or twelve Lao letters.
fn formulas(wording: &str) -> impl Iterator<Item = (Needle, Phrase)> {
    let parts = wording.split(['{', '}']).step_by(2).map(str::trim);
    let fixed = |part: &&str| {
        let lao = part.chars().filter(|c| text::is_lao(*c)).count();
        part.split_whitespace().count() >= 3 && lao == 0 || lao >= 12
    };
    parts
        .filter(fixed)
        .map(|part| (Needle::new(folding::bare(part)), Phrase::new(part)))
}
