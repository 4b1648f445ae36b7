//! How many pages a document has, and how large they are.
//!
//! Input: laid-out pages, and the template that laid them out. Output: a finding
//! where no printer could print them.

use std::ops::RangeInclusive;

use typst::layout::Size;
use typst_layout::PagedDocument;

use crate::diagnostic::Diagnostic;
use crate::source::Source;

/// So many pages at most: the longest text that is read fills fewer.
const MOST_PAGES: usize = 2000;

/// How long each side of a page may be, in millimetres.
const SIDE: RangeInclusive<f64> = 50.0..=2000.0;

/// Returns what is wrong with the pages of a document.
pub fn fault(document: &PagedDocument, page: &Source) -> Option<Diagnostic> {
    let pages = document.pages();
    let count = pages.len();
    if count == 0 || count > MOST_PAGES {
        let fault = Diagnostic::error("page-count").at(&page.span(0..0));
        let fault = fault.with("pages", count.to_string());
        return Some(fault.with("most", MOST_PAGES.to_string()).hint("fewer"));
    }
    let strange = |size: &Size| !SIDE.contains(&size.x.to_mm()) || !SIDE.contains(&size.y.to_mm());
    let mut sizes = pages.iter().map(|page| page.frame.size());
    let index = sizes.clone().position(|size| strange(&size))?;
    let size = sizes.nth(index)?;
    let fault = Diagnostic::error("page-size").at(&page.span(0..0));
    let fault = fault.with("page", (index + 1).to_string());
    let fault = fault.with("width", format!("{:.0}", size.x.to_mm()));
    let fault = fault.with("height", format!("{:.0}", size.y.to_mm()));
    Some(fault.hint("paper"))
}
