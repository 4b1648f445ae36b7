//! Reading an agreement: its file, its Markdown, and what the loader cannot know:
//! languages, kinds and formulas that no pack has, faces and letters that are
//! missing.

use crate::agreement::load;
use crate::diagnostic::{Diagnostic, Findings, Outcome, Severity};
use crate::document::reading::Reading;
use crate::language::Language;
use crate::language::pack::LanguagePack;
use crate::source::Source;

use super::shop::Workshop;

impl Workshop {
    /// Reads an agreement, with what is wrong so far. With an error among that,
    /// it can be checked further, but nothing can be made of it.
    ///
    /// # Errors
    /// A file that is no agreement.
    pub(super) fn read(&self, source: &Source) -> Outcome<(Reading, Vec<Diagnostic>)> {
        let loaded = load::load_with(source, &self.register)?;
        let mut faults = Findings::default();
        for (index, language) in loaded.agreement.languages.iter().enumerate() {
            let at = loaded.positions.at(&format!("languages[{index}]"));
            match self.shelf.pack(language) {
                None => faults.push(self.unknown_language(language).at(&at)),
                Some(pack) => {
                    faults.extend(self.templates.missing_parts(language, &at));
                    faults.extend(self.fonts.check(pack).map(|fault| fault.at(&at)));
                    faults.extend(self.faceless.get(language).into_iter().flatten().cloned());
                }
            }
        }
        let reading = Reading::of(loaded, &self.shelf, &mut faults);
        self.counter.count_fields(reading.fields.len());
        for language in &reading.agreement.languages {
            if let Some(pack) = self.shelf.pack(language) {
                self.unknown_words(&reading, pack, &mut faults);
            }
        }
        self.missing_glyphs(&reading, &mut faults);
        Ok((reading, faults.into_list()))
    }

    /// Reads an agreement that something can be made of.
    ///
    /// # Errors
    /// What stands in the way.
    pub(super) fn sound(&self, source: &Source) -> Outcome<Reading> {
        let (reading, faults) = self.read(source)?;
        match faults.iter().any(Diagnostic::is_error) {
            true => Err(faults),
            false => Ok(reading),
        }
    }

    /// Returns the pack of a language of an agreement that was read.
    pub(super) fn pack(&self, language: &Language) -> Outcome<&LanguagePack> {
        let pack = self.shelf.pack(language);
        pack.ok_or_else(|| vec![self.unknown_language(language)])
    }

    /// Remarks on each language whose first family has no bold.
    pub(super) fn missing_bold(&self, reading: &Reading) -> Vec<Diagnostic> {
        let mut remarks = Vec::new();
        for (index, language) in reading.agreement.languages.iter().enumerate() {
            let Some(pack) = self.shelf.pack(language) else {
                continue;
            };
            let typography = self.fonts.available(&pack.typography);
            if let (Some(family), Some(bold)) = (typography.fonts.first(), typography.bold.first())
                && family != bold
            {
                let at = reading.positions.at(&format!("languages[{index}]"));
                let remark = Diagnostic::new("missing-bold", Severity::Warning).at(&at);
                remarks.push(remark.with("family", family).with("bold", bold));
            }
        }
        remarks
    }

    fn unknown_words(&self, reading: &Reading, pack: &LanguagePack, faults: &mut Findings) {
        let agreement = &reading.agreement;
        if !pack.kinds.contains_key(&agreement.kind) {
            let kinds: Vec<&str> = pack.kinds.keys().map(String::as_str).collect();
            let fault = Diagnostic::error("unknown-kind")
                .at(&reading.positions.at("kind"))
                .with("kind", agreement.kind.clone())
                .with("language", pack.language.0.clone());
            let fault = fault.with("choices", kinds.join(", "));
            faults.push(fault.nearest(&agreement.kind, kinds).hint("known"));
        }
        let known = self.templates.formulas(&pack.language);
        let names: Vec<&str> = known.iter().map(String::as_str).collect();
        let listed = names.join(", ");
        for (path, formulas) in agreement.formulas() {
            for (index, formula) in formulas.iter().enumerate() {
                if known.contains(formula) {
                    continue;
                }
                let path = format!("{path}.formula[{index}]");
                let fault = Diagnostic::error("unknown-formula")
                    .at(&reading.positions.at(&path))
                    .with("formula", formula.clone())
                    .with("language", pack.language.0.clone());
                let fault = fault.with("known", listed.as_str());
                let near = fault.nearest(formula, names.iter().copied());
                faults.push(near.hint("known"));
            }
        }
    }

    pub(super) fn unknown_language(&self, language: &Language) -> Diagnostic {
        let known: Vec<&str> = self
            .shelf
            .packs()
            .keys()
            .map(|language| language.0.as_str())
            .collect();
        Diagnostic::error("unknown-language")
            .with("language", language.0.clone())
            .with("known", known.join(", "))
            .nearest(&language.0, known)
            .hint("known")
    }
}
