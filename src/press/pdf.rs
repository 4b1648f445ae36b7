//! Laid-out pages to PDF/A and PDF/UA.
//!
//! A file for the archive and for the screen reader at once: PDF/A-3a with the
//! agreement's source attached, or PDF/A-2a without, and PDF/UA-1. The same
//! pages give the same bytes: the date is the document's own, and the
//! identifier is derived from the agreement and the edition.

use chrono::{Datelike, NaiveDate};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::diagnostic::{Diagnostic, Outcome};

/// Whether the agreement's source travels in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attachment {
    /// It does: PDF/A-3a.
    Source,
    /// It does not: PDF/A-2a, which allows no attachments.
    None,
}

impl Attachment {
    /// Returns whether the source travels, unless it is to be left out.
    pub fn unless(left_out: bool) -> Self {
        match left_out {
            true => Self::None,
            false => Self::Source,
        }
    }
}

/// Writes `document` as a PDF; `ident` names it for good.
///
/// # Errors
/// What the standards forbid.
pub fn export(
    document: &PagedDocument,
    ident: &str,
    date: NaiveDate,
    attachment: Attachment,
) -> Outcome<Vec<u8>> {
    let archival = match attachment {
        Attachment::Source => PdfStandard::A_3a,
        Attachment::None => PdfStandard::A_2a,
    };
    let standards = PdfStandards::new(&[archival, PdfStandard::Ua_1])
        .map_err(|error| vec![refused(error.message())])?;
    let datetime =
        Datetime::from_ymd_hms(date.year(), date.month() as u8, date.day() as u8, 0, 0, 0);
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some("Alternat".to_owned())),
        timestamp: datetime.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options)
        .map_err(|faults| faults.iter().map(|fault| refused(&fault.message)).collect())
}

fn refused(reason: &str) -> Diagnostic {
    Diagnostic::error("pdf-standard").with("reason", reason)
}
