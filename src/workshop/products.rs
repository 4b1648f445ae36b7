//! The one seam for outputs: an edition and a form give bytes, and two keys.
//!
//! A new output is a [`Form`] here, and the function that makes it.

use std::collections::BTreeMap;

use crate::agreement::Agreement;
use crate::diagnostic::{Diagnostic, Outcome, Warned};
use crate::document::edition::{self, Edition};
use crate::press::pdf::Attachment;
use crate::press::typeset;
use crate::source::Source;
use crate::text::digest::{self, Hasher};

use super::desk::Desk;
use super::file::OutputFile;
use super::made::Made;
use super::setting::own_date;
use super::shop::{PROGRAM, Workshop};

/// A form in which editions come out.
pub struct Form {
    /// The ending of its files.
    pub ending: &'static str,
    /// The editions of an agreement that come out in this form.
    editions: fn(&Agreement) -> Vec<Edition>,
    /// Makes one of them.
    make: fn(&Desk<'_>, &Edition) -> Outcome<Warned<Vec<u8>>>,
    /// Adds all that it is made of to a digest. It may render, but not typeset.
    made_of: fn(&Desk<'_>, &Edition, &mut Hasher) -> Outcome<()>,
}

impl Form {
    /// Returns where an edition goes in this form, below the agreement's folder.
    pub fn path(&self, edition: &Edition) -> String {
        format!("{}.{}", edition.path, self.ending)
    }
}

/// The text, for review.
pub static MARKDOWN: Form = Form {
    ending: "md",
    editions: edition::texts,
    make: |desk, edition| Ok(plain(desk.texts.markdown(edition)?)),
    made_of: |desk, edition, hasher| {
        hasher.add(&desk.texts.markdown(edition)?);
        Ok(())
    },
};

/// The document, to be signed and kept.
pub static PDF: Form = Form {
    ending: "pdf",
    editions: edition::editions,
    make: |desk, edition| desk.pdf(edition),
    made_of: |desk, edition, hasher| {
        pages_are_made_of(desk, edition, hasher)?;
        let options = &desk.workshop.options;
        if options.attachment == Attachment::Source || options.own_look {
            hasher.add(desk.attached()?.text());
        }
        hasher.add(&format!("{:?}", options.attachment));
        Ok(())
    },
};

/// The text to negotiate in, for Word.
pub static WORD: Form = Form {
    ending: "docx",
    editions: edition::working_texts,
    make: |desk, edition| {
        Ok(Warned {
            output: desk.word(edition)?,
            warnings: Vec::new(),
        })
    },
    made_of: |desk, edition, hasher| {
        hasher.add_bytes(&desk.word(edition)?);
        Ok(())
    },
};

/// What `page/main.typ` receives.
pub static PAGE_INPUT: Form = Form {
    ending: "json",
    editions: edition::editions,
    make: |desk, edition| Ok(plain(desk.page_input(edition)?)),
    made_of: |desk, edition, hasher| {
        hasher.add(&desk.page_input(edition)?);
        Ok(())
    },
};

/// Where the signatures go.
pub static SIGNATURES: Form = Form {
    ending: "signatures.json",
    editions: edition::editions,
    make: |desk, edition| {
        let pages = desk.pages(edition)?;
        Ok(Warned {
            output: typeset::signatures(&pages.output.0).into_bytes(),
            warnings: pages.warnings,
        })
    },
    made_of: pages_are_made_of,
};

fn plain(text: String) -> Warned<Vec<u8>> {
    Warned {
        output: text.into_bytes(),
        warnings: Vec::new(),
    }
}

fn pages_are_made_of(desk: &Desk<'_>, edition: &Edition, hasher: &mut Hasher) -> Outcome<()> {
    let workshop = desk.workshop;
    hasher.add(&desk.handed(edition)?);
    hasher.add(&workshop.look);
    for language in &edition.languages {
        let typography = &workshop.pack(language)?.typography;
        hasher.add(&workshop.fonts.digest(typography));
    }
    if workshop.options.own_look {
        hasher.add(&workshop.fonts.digest_of_all());
    }
    Ok(())
}

/// What the folders are called, before the id of a party, that hold what it prints.
pub const PRINTS: &str = "for-";

/// Which files of an agreement are as they should be already.
#[derive(Clone, Copy)]
pub struct Standing<'a> {
    /// The product keys of those that are whole, by path.
    pub products: &'a BTreeMap<String, String>,
    /// Whether a file that does not stand is to be made.
    pub asked: &'a dyn Fn(&str) -> bool,
}

/// What is to be made of an agreement.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// In which forms.
    pub forms: &'a [&'static Form],
    /// Of which edition, by its path; of all where none is named.
    pub edition: Option<&'a str>,
    /// For the party with this id: what it prints for the signing, and nothing else.
    pub holder: Option<&'a str>,
}

impl Wanted<'_> {
    /// Tells whether all pages are among what is wanted.
    pub(super) fn is_written(&self) -> bool {
        self.edition.is_none() && self.forms.iter().any(|form| form.ending == PDF.ending)
    }

    /// The texts alone.
    pub const TEXTS: Wanted<'static> = Wanted {
        forms: &[&MARKDOWN],
        edition: None,
        holder: None,
    };

    /// The pages alone.
    const PAGES: Wanted<'static> = Wanted {
        forms: &[&PDF],
        edition: None,
        holder: None,
    };

    /// The texts to negotiate in alone.
    pub const WORD: Wanted<'static> = Wanted {
        forms: &[&WORD],
        edition: None,
        holder: None,
    };

    /// Every file of the agreement's folder.
    pub const EVERYTHING: Wanted<'static> = Wanted {
        forms: &[&MARKDOWN, &PDF],
        edition: None,
        holder: None,
    };
}

impl<'a> Wanted<'a> {
    /// What a party prints for the signing, numbered in that order.
    pub fn printed_by(holder: &'a str) -> Self {
        Self {
            holder: Some(holder),
            ..Wanted::PAGES
        }
    }
}

impl Desk<'_> {
    /// Returns every edition of a form that is wanted.
    fn editions(&self, form: &Form, wanted: Option<&str>) -> Vec<Edition> {
        let mut editions = (form.editions)(&self.reading.agreement);
        editions.retain(|edition| wanted.is_none_or(|path| edition.path == path));
        editions
    }

    /// Makes the files that are wanted and do not stand already.
    pub(super) fn files(
        &self,
        wanted: Wanted<'_>,
        standing: Option<Standing<'_>>,
        made: &mut Made,
    ) -> Outcome<()> {
        if let Some(holder) = wanted.holder {
            made.files = self.printed_by(holder, &mut made.findings)?;
            return Ok(());
        }
        for form in wanted.forms {
            for edition in self.editions(form, wanted.edition) {
                let path = form.path(&edition);
                if let Some(standing) = standing {
                    let key = self.product_key(form, &edition)?;
                    let stands = standing.products.get(&path) == Some(&key);
                    made.products.insert(path.clone(), key);
                    if stands || !(standing.asked)(&path) {
                        continue;
                    }
                }
                let Warned { output, warnings } = (form.make)(self, &edition)?;
                if !warnings.is_empty() {
                    made.noted.insert(path.clone());
                }
                made.findings.extend(warnings);
                let bytes = output;
                made.files.push(OutputFile { path, bytes });
            }
        }
        match wanted.edition {
            Some(path) if !made.is_whole() => Err(vec![self.no_such_edition(wanted, path)]),
            _ => Ok(()),
        }
    }

    /// Returns the digest of all that a product is made from.
    fn product_key(&self, form: &Form, edition: &Edition) -> Outcome<String> {
        let mut hasher = Hasher::default();
        hasher.add(PROGRAM);
        hasher.add(&form.path(edition));
        (form.made_of)(self, edition, &mut hasher)?;
        Ok(hasher.finish())
    }

    /// Makes what a party prints for the signing: `for-bac-ninh/1-bac-ninh.vi.pdf`.
    fn printed_by(&self, id: &str, findings: &mut Vec<Diagnostic>) -> Outcome<Vec<OutputFile>> {
        let agreement = &self.reading.agreement;
        let Some(holder) = agreement.parties.iter().position(|party| party.id == id) else {
            let known: Vec<&str> = agreement.parties.iter().map(|it| it.id.as_str()).collect();
            let fault = Diagnostic::error("unknown-holder")
                .at(&self.reading.positions.at("parties"))
                .with("party", id)
                .with("known", known.join(", "));
            return Err(vec![fault.nearest(id, known).hint("known")]);
        };
        let editions = edition::printed_by(agreement, holder);
        if editions.is_empty() {
            let fault = Diagnostic::error("nothing-to-sign");
            let fault = fault.at(&self.reading.positions.at("status"));
            return Err(vec![fault.hint("final")]);
        }
        let mut files = Vec::new();
        let width = editions.len().to_string().len();
        for (number, edition) in (1..).zip(&editions) {
            let Warned { output, warnings } = (PDF.make)(self, edition)?;
            findings.extend(warnings);
            let name = edition.path.rsplit('/').next().unwrap_or_default();
            files.push(OutputFile {
                path: format!("{PRINTS}{id}/{number:0width$}-{name}.{}", PDF.ending),
                bytes: output,
            });
        }
        Ok(files)
    }

    /// Renders everything and lays out nothing: returns what is wrong with the
    /// words of templates.
    pub(super) fn rehearse(&self) -> Vec<Diagnostic> {
        let texts = self.editions(&MARKDOWN, None).into_iter();
        let texts = texts.filter_map(|edition| self.texts.markdown(&edition).err());
        let pages = self.editions(&PDF, None).into_iter();
        let pages = pages.filter_map(|edition| self.page_input(&edition).err());
        texts.chain(pages).flatten().collect()
    }

    fn no_such_edition(&self, wanted: Wanted<'_>, path: &str) -> Diagnostic {
        let forms = wanted.forms.iter();
        let editions = forms.flat_map(|form| self.editions(form, None));
        let known: Vec<String> = editions.map(|edition| edition.path).collect();
        Diagnostic::error("unknown-edition")
            .at(&self.reading.positions.at("id"))
            .with("edition", path)
            .with("known", known.join(", "))
            .nearest(path, known.iter().map(String::as_str))
            .hint("known")
    }
}

/// What a product is made from, in two keys of 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// The digest of all that was read: while it is the same, nothing need be
    /// done, and the findings are those of last time, but for what the day of the check
    /// tells (see [`Made::days`]).
    pub inputs: String,
    /// The digest of what the product is made from: while it is the same, so are
    /// the product's bytes.
    pub product: String,
}

impl Keys {
    /// Returns the keys as JSON.
    pub fn json(&self) -> String {
        let Self { inputs, product } = self;
        format!("{{\"inputs\": \"{inputs}\", \"product\": \"{product}\"}}")
    }
}

impl Workshop {
    /// Returns the digest of all that an agreement's products and findings
    /// depend on: its file, its lock, and what all agreements share; but for the day of
    /// the check and the date of the build, of which [`Made`] tells whether they count.
    pub fn inputs(&self, source: &Source, lock: Option<&Source>) -> String {
        let mut hasher = Hasher::default();
        hasher.add(&self.materials);
        for pack in self.packs() {
            hasher.add(&self.fonts.digest(&pack.typography));
        }
        hasher.add(&self.fonts.digest_of_all());
        for file in [Some(source), lock] {
            hasher.add(file.map_or("", Source::name));
            hasher.add(file.map_or("", Source::text));
        }
        hasher.finish()
    }

    /// Returns the keys of every product of an agreement that is wanted, by path.
    /// Nothing is typeset.
    ///
    /// # Errors
    /// As [`Workshop::make`].
    pub fn keys(
        &self,
        source: &Source,
        lock: Option<&Source>,
        wanted: Wanted<'_>,
    ) -> Outcome<BTreeMap<String, Keys>> {
        let reading = self.sound(source)?;
        let desk = Desk::new(self, &reading);
        let date = self.options.default_date;
        let date = date.filter(|_| own_date(&reading.agreement).is_none());
        let inputs = self.inputs(source, lock);
        let inputs = digest::of_pieces([inputs.as_str(), &format!("{date:?}")]);
        let mut keys = BTreeMap::new();
        for form in wanted.forms {
            for edition in desk.editions(form, wanted.edition) {
                let product = desk.product_key(form, &edition)?;
                let inputs = inputs.clone();
                keys.insert(form.path(&edition), Keys { inputs, product });
            }
        }
        Ok(keys)
    }
}
