//! One agreement at work: what it was read into, and its texts.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::diagnostic::{Outcome, Warned};
use crate::document::edition::Edition;
use crate::document::posts;
use crate::document::reading::Reading;
use crate::document::tree::Parallel;
use crate::press::input::{self, Setting};
use crate::press::typeset::{self, PagedDocument};
use crate::press::{measure, overflow, pdf, printed, tags, textlayer, torn};
use crate::source::Source;
use crate::word;

use super::overflows;
use super::sheet::Sheet;
use super::shop::Workshop;
use super::texts::Texts;

/// A place to make one agreement's products.
pub(super) struct Desk<'a> {
    pub(super) workshop: &'a Workshop,
    pub(super) reading: &'a Reading,
    pub(super) texts: Texts<'a>,
    /// What was printed so far, by the path of its edition.
    pub(super) printed: RefCell<BTreeMap<String, Rc<Sheet>>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(workshop: &'a Workshop, reading: &'a Reading) -> Self {
        Self {
            workshop,
            reading,
            texts: Texts::new(workshop, reading),
            printed: RefCell::default(),
        }
    }

    /// Returns what `page/main.typ` receives for an edition.
    pub(super) fn page_input(&self, edition: &Edition) -> Outcome<String> {
        let (text, setting) = self.paged(edition)?;
        Ok(input::page_input(&text, &setting))
    }

    /// Returns all that Typst receives for an edition besides the look and the faces.
    pub(super) fn handed(&self, edition: &Edition) -> Outcome<String> {
        let (text, setting) = self.paged(edition)?;
        Ok(input::handed(&text, &setting))
    }

    /// Returns the text of an edition as pages print it, and what they need besides.
    fn paged(&self, edition: &Edition) -> Outcome<(Parallel, Setting)> {
        let mut text = self.texts.parallel(edition)?;
        let setting = self.setting(edition, &text)?;
        let units = |language| {
            let units = self.workshop.shelf.watch(language).list("unit_words");
            units.iter().map(|unit| unit.shown.as_str()).collect()
        };
        let units: Vec<Vec<&str>> = edition.languages.iter().map(units).collect();
        posts::break_lines(&mut text, &units, &setting.names);
        Ok((text, setting))
    }

    /// Returns the agreement's file as it travels with its documents: it says itself
    /// what it takes from the register of parties.
    pub(super) fn attached(&self) -> Outcome<Source> {
        let source = self.reading.positions.source();
        self.workshop.register.settled(source)
    }

    /// Lays an edition out.
    ///
    /// # Errors
    /// Text that would run out of its place, at the words in the file.
    pub(super) fn pages(&self, edition: &Edition) -> Outcome<Warned<(PagedDocument, Setting)>> {
        let (text, setting) = self.paged(edition)?;
        self.lay_out(edition, &text, setting)
    }

    /// Lays a text out as the pages of an edition.
    fn lay_out(
        &self,
        edition: &Edition,
        text: &Parallel,
        setting: Setting,
    ) -> Outcome<Warned<(PagedDocument, Setting)>> {
        let (page, fonts) = (&self.workshop.page, &self.workshop.fonts);
        let source = &self.attached()?;
        self.workshop.templates.announce("page/main.typ");
        let set = typeset::typeset(text, &setting, page, source, fonts)?;
        if let Some(fault) = measure::fault(&set.output, &page.main()) {
            return Err(vec![fault]);
        }
        let drawn = printed::drawn(&set.output);
        let document = torn::mend(textlayer::repair(set.output));
        let faults = overflows::told(&overflow::find(&document), self.reading, edition);
        if !faults.is_empty() {
            return Err(faults);
        }
        let sheet = Sheet::new(printed::words(&document), drawn, &setting);
        let document = tags::tell_names(document, &setting.typography);
        let mut printed = self.printed.borrow_mut();
        printed.insert(edition.path.clone(), Rc::new(sheet));
        Ok(Warned {
            output: (document, setting),
            warnings: set.warnings,
        })
    }

    /// Writes an edition as a Word file.
    pub(super) fn word(&self, edition: &Edition) -> Outcome<Vec<u8>> {
        let (text, setting) = self.paged(edition)?;
        let marks = edition.languages.iter();
        let marks = marks.map(|it| Ok(self.workshop.pack(it)?.draft_mark.as_str()));
        word::document(&text, &setting, &marks.collect::<Outcome<Vec<&str>>>()?)
    }

    /// Typesets an edition.
    pub(super) fn pdf(&self, edition: &Edition) -> Outcome<Warned<Vec<u8>>> {
        self.export(self.pages(edition)?)
    }

    /// Typesets a text of its own as an edition.
    pub(super) fn pdf_of(&self, edition: &Edition, text: &Parallel) -> Outcome<Warned<Vec<u8>>> {
        let setting = self.setting(edition, text)?;
        self.export(self.lay_out(edition, text, setting)?)
    }

    fn export(&self, pages: Warned<(PagedDocument, Setting)>) -> Outcome<Warned<Vec<u8>>> {
        let Warned {
            output: (document, setting),
            warnings,
        } = pages;
        let ident = format!("{}/{}", setting.id, setting.path);
        let attachment = self.workshop.options.attachment;
        let output = pdf::export(&document, &ident, setting.date, attachment)?;
        Ok(Warned { output, warnings })
    }
}
