//! The text of an agreement in one language, written part by part.

use tera::Context;

use crate::agreement::{Clause, Text};
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::language::pack::LanguagePack;
use crate::source::Span;
use crate::text::letters::capital;

use super::super::differences::Differences;
use super::super::markdown;
use super::super::numbering::Number;
use super::super::outline::{About, Outline, Part, Section};
use super::super::reading::Reading;
use super::super::tree::{Block, Role};
use super::originals::kept;
use super::parties::{PartyView, filled, parties};
use super::signing::SignatoryView;
use super::view::{AnnexView, ClauseView, DifferenceView, Local, PointView, View};
use super::wording::Templates;

/// Writes a text part by part, from what all parts see and what each sees by itself.
pub(super) struct Writer<'a> {
    reading: &'a Reading,
    /// The parties in the order of naming.
    order: &'a [usize],
    /// The languages in the order of naming.
    languages: &'a [Language],
    /// What stands for the agreement in errors.
    at: Span,
    pack: &'a LanguagePack,
    templates: &'a Templates,
    /// The parties in agreed order.
    parties: Vec<PartyView>,
    /// What every part sees, serialised once.
    context: Context,
    out: String,
}

/// What comes of writing: a fault of a template is one diagnostic.
pub(super) type Written<T> = Result<T, Diagnostic>;

impl<'a> Writer<'a> {
    pub(super) fn new(
        reading: &'a Reading,
        (order, languages): (&'a [usize], &'a [Language]),
        pack: &'a LanguagePack,
        templates: &'a Templates,
        view: View,
    ) -> Written<Self> {
        let at = reading.positions.at("id");
        let context = Context::from_serialize(&view);
        Ok(Self {
            reading,
            order,
            languages,
            pack,
            templates,
            parties: parties(&reading.agreement, pack),
            context: context.map_err(|error| templates.fault(&error, Some(&at)))?,
            at,
            out: String::new(),
        })
    }

    pub(super) fn document(
        mut self,
        outline: &Outline,
        differences: &Differences,
    ) -> Written<String> {
        for section in &outline.sections {
            if section.role == Role::Notice && self.is_silent(section)? {
                continue;
            }
            self.push(&format!("<!-- section: {} -->", section.role.name()));
            if let Some(heading) = &section.heading {
                let first = section.parts.first().map(|part| &part.about);
                let local = Local {
                    number: Some(heading.number.clone()),
                    annex: first.and_then(|about| self.annex(about)),
                    ..Local::default()
                };
                let heading = self.part(heading.template, local)?;
                self.push(&heading);
            }
            for part in &section.parts {
                let local = self.local(part, differences)?;
                let body = self.part(part.template, local)?;
                self.push(&format!("<!-- part: {} -->", part.id));
                match self.list_mark(&part.about) {
                    Some(mark) => self.push(&markdown::hang(&format!("{mark} "), &body)),
                    None => self.push(&body),
                }
            }
        }
        Ok(self.out)
    }

    /// Tells whether the templates of a section's parts say nothing.
    fn is_silent(&mut self, section: &Section) -> Written<bool> {
        for part in &section.parts {
            let body = self.part(part.template, Local::default())?;
            if !body.trim().is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns what stands before a part that is an item of a Markdown list.
    fn list_mark(&self, about: &About) -> Option<String> {
        let number = about.number();
        let number = number.filter(|number| !number.is_article() && !number.is_annex());
        let mark = number.map(|number| number.mark(self.pack));
        mark.filter(|mark| markdown::is_list_mark(mark))
    }

    fn local(&mut self, part: &Part, differences: &Differences) -> Written<Local> {
        let mut local = Local::default();
        let about = &part.about;
        match about {
            About::Agreement => {}
            About::Party(party) => {
                local.party = Some(self.parties[*party].clone());
                if part.template == "custody-party" {
                    let agreement = &self.reading.agreement;
                    local.kept = kept(agreement, *party, self.languages, self.pack);
                }
            }
            About::Signatory(party, index) => {
                local.party = Some(self.parties[*party].clone());
                let of = &self.reading.agreement.parties[*party];
                local.signatory = of.signatories.get(*index).map(|it| {
                    SignatoryView::new(it.authority.as_ref(), &it.post, &it.name, self.pack)
                });
            }
            About::Witness(index) => {
                let witness = self.reading.agreement.witnesses.get(*index);
                local.signatory =
                    witness.map(|it| SignatoryView::new(None, &it.post, &it.name, self.pack));
            }
            About::Clause { index, number } => {
                local.number = Some(number.mark(self.pack));
                if let Some(clause) = self.reading.agreement.clauses().nth(*index) {
                    local.clause = Some(self.clause(clause)?);
                }
            }
            About::Point {
                clause,
                index,
                number,
            } => {
                let mark = match self.list_mark(about) {
                    Some(_) => String::new(),
                    None => number.mark(self.pack),
                };
                let clause = self.reading.agreement.clauses().nth(*clause);
                if let Some(point) = clause.and_then(|clause| clause.points.get(*index)) {
                    let (runs_in, text) = self.body(point.text.as_ref(), &point.formulas)?;
                    local.point = Some(PointView::new(mark, runs_in, text));
                }
            }
            About::Annex { number, .. } => {
                local.number = number.levels(self.pack).pop().map(|(_, number)| number);
                local.annex = self.annex(about);
            }
            About::Difference {
                place,
                role,
                heading,
                number,
            } => {
                local.number = heading.clone();
                local.number = local.number.or(number.as_ref().map(Number::to_string));
                let paragraphs = differences.at(&self.pack.language, place);
                let mut view = DifferenceView::new(place, *role, paragraphs, &self.parties);
                let long = number.as_ref().filter(|number| !number.is_short());
                view.name = long.map(|number| capital(&number.reference(self.pack)));
                local.difference = Some(view);
            }
        }
        Ok(local)
    }

    fn annex(&self, about: &About) -> Option<AnnexView> {
        let About::Annex { index, .. } = about else {
            return None;
        };
        let annex = self.reading.agreement.annexes.get(*index)?;
        Some(AnnexView {
            title: filled(&annex.title, self.pack),
            text: self.reading.ordered(&annex.text, self.pack, self.order),
        })
    }

    fn clause(&mut self, clause: &Clause) -> Written<ClauseView> {
        let title = clause.title.as_ref().map(|title| filled(title, self.pack));
        let (runs_in, text) = self.body(clause.text.as_ref(), &clause.formulas)?;
        Ok(ClauseView::new(title, runs_in, text))
    }

    /// Returns a text with the formulas that follow it, and whether it starts with
    /// a paragraph.
    fn body(&mut self, text: Option<&Text>, formulas: &[String]) -> Written<(bool, String)> {
        let path = text.map(|text| text.path_in(&self.pack.language));
        // A blank has no tree; it is printed as a paragraph.
        let blocks = path
            .and_then(|path| self.reading.fields.get(&path))
            .unwrap_or_default();
        let paragraph = |block: Option<&Block>| {
            block.is_none_or(|block| matches!(block, Block::Paragraph { .. }))
        };
        let (runs_in, ends_in) = (paragraph(blocks.first()), paragraph(blocks.last()));
        let ordered = |text| self.reading.ordered(text, self.pack, self.order);
        let mut body = text.map(ordered).unwrap_or_default();
        // A sentence goes on in the last paragraph, but not in the last item.
        let mut gap = if ends_in { " " } else { "\n\n" };
        for formula in formulas {
            if !body.is_empty() {
                body.push_str(gap);
            }
            let sentence = self.part(&format!("formulas/{formula}"), Local::default())?;
            body.push_str(sentence.trim());
            gap = " ";
        }
        Ok((runs_in, body))
    }

    fn push(&mut self, block: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        // Loops in templates leave empty lines; one is enough between blocks.
        let mut empty = true;
        for line in block.trim_end().lines() {
            if !(empty && line.trim().is_empty()) {
                self.out.push_str(line);
                self.out.push('\n');
            }
            empty = line.trim().is_empty();
        }
    }

    pub(super) fn part(&mut self, name: &str, local: Local) -> Written<String> {
        let name = format!("{}/{name}.md", self.pack.language);
        self.context.insert("number", &local.number);
        self.context.insert("party", &local.party);
        self.context.insert("signatory", &local.signatory);
        self.context.insert("clause", &local.clause);
        self.context.insert("point", &local.point);
        self.context.insert("annex", &local.annex);
        self.context.insert("difference", &local.difference);
        self.context.insert("kept", &local.kept);
        self.context.insert("succession", &local.succession);
        self.templates.fill(&name, &self.context, &self.at)
    }
}
