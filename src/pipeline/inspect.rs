//! What the loader cannot know: languages, kinds and formulas that no pack has,
//! faces and letters that are missing, and Markdown that cannot be typeset.

use crate::agreement::{Agreement, Language};
use crate::diagnostic::{Diagnostic, Findings, Severity};
use crate::language::LanguagePack;
use crate::load::Loaded;
use crate::markdown;
use crate::pipeline::{Trees, Workshop};

impl Workshop {
    /// Finds what the loader cannot know: languages, kinds and formulas that
    /// no pack has, and Markdown that cannot be typeset. Returns the trees of
    /// the Markdown fields that are sound.
    pub(super) fn inspect(&self, loaded: &Loaded) -> (Vec<Diagnostic>, Trees) {
        let mut faults = Findings::default();
        for (index, language) in loaded.agreement.languages.iter().enumerate() {
            let at = loaded.positions.at(&format!("languages[{index}]"));
            match self.shared.packs().get(language) {
                None => faults.push(self.unknown_language(language).at(&at)),
                Some(pack) => {
                    faults.extend(self.templates.missing_parts(language, &at));
                    faults.extend(self.fonts.check(pack).map(|fault| fault.at(&at)));
                    faults.extend(self.faceless.get(language).into_iter().flatten().cloned());
                    self.unknown_words(loaded, pack, &mut faults);
                }
            }
        }
        let mut trees = Trees::new();
        let parties = loaded.agreement.parties.iter();
        let parties: Vec<&str> = parties.map(|party| party.id.as_str()).collect();
        for (path, words) in markdown_fields(&loaded.agreement) {
            let place = loaded.positions.at(&path);
            if let Some(blocks) = markdown::field(words, &place, &parties, &mut faults) {
                trees.insert(path, blocks);
            }
        }
        self.missing_glyphs(loaded, &trees, &mut faults);
        (faults.into_list(), trees)
    }

    /// Remarks on each language whose first family has no bold.
    pub(super) fn missing_bold(&self, loaded: &Loaded) -> Vec<Diagnostic> {
        let mut remarks = Vec::new();
        for (index, language) in loaded.agreement.languages.iter().enumerate() {
            let Some(pack) = self.shared.packs().get(language) else {
                continue;
            };
            let typography = self.fonts.available(&pack.typography);
            if let (Some(family), Some(bold)) = (typography.fonts.first(), typography.bold.first())
                && family != bold
            {
                let at = loaded.positions.at(&format!("languages[{index}]"));
                let remark = Diagnostic::new("missing-bold", Severity::Warning).at(&at);
                remarks.push(remark.with("family", family).with("bold", bold));
            }
        }
        remarks
    }

    fn unknown_words(&self, loaded: &Loaded, pack: &LanguagePack, faults: &mut Findings) {
        let agreement = &loaded.agreement;
        if !pack.kinds.contains_key(&agreement.kind) {
            let kinds: Vec<&str> = pack.kinds.keys().map(String::as_str).collect();
            let fault = Diagnostic::error("unknown-kind")
                .at(&loaded.positions.at("kind"))
                .with("kind", agreement.kind.clone())
                .with("language", pack.language.0.clone());
            faults.push(fault.with("choices", kinds.join(", ")).hint("known"));
        }
        let known = self.templates.formulas(&pack.language);
        let names: Vec<&str> = known.iter().map(String::as_str).collect();
        let names = names.join(", ");
        for clause in agreement.clauses() {
            for (index, formula) in clause.formulas.iter().enumerate() {
                if known.contains(formula) {
                    continue;
                }
                let path = format!("{}.formula[{index}]", clause.path);
                let fault = Diagnostic::error("unknown-formula")
                    .at(&loaded.positions.at(&path))
                    .with("formula", formula.clone())
                    .with("language", pack.language.0.clone());
                faults.push(fault.with("known", names.as_str()).hint("known"));
            }
        }
    }

    pub(super) fn unknown_language(&self, language: &Language) -> Diagnostic {
        let known: Vec<&str> = self
            .shared
            .packs()
            .keys()
            .map(|language| language.0.as_str())
            .collect();
        Diagnostic::error("unknown-language")
            .with("language", language.0.clone())
            .with("known", known.join(", "))
            .hint("known")
    }
}

/// A Markdown field in one language: its key path and its text.
type MarkdownField<'a> = (String, &'a str);

fn markdown_fields(agreement: &Agreement) -> impl Iterator<Item = MarkdownField<'_>> {
    let clauses = agreement
        .clauses()
        .filter_map(|clause| clause.text.as_ref());
    let texts = std::iter::once(&agreement.preamble).chain(clauses);
    texts.flat_map(|text| {
        let languages = agreement.languages.iter();
        languages.filter_map(|language| Some((text.path_in(language), text.get(language)?)))
    })
}
