//! The paper: A4 with the margins of the PDF, in twips.

/// The page is A4, with the margins of Decree 30/2020/ND-CP, Appendix I, as in the PDF:
/// 25 mm above, 22 below, 30 at the left and 18 at the right.
pub(super) const PAGE: (i32, i32) = (11906, 16838);
pub(super) const TOP: i32 = 1417;
pub(super) const BOTTOM: i32 = 1247;
pub(super) const LEFT: i32 = 1701;
pub(super) const RIGHT: i32 = 1020;

/// How broad the text is.
pub(super) const AREA: i32 = PAGE.0 - LEFT - RIGHT;

/// The room between the line between two languages and their words, on both its sides: 10 points.
pub(super) const GUTTER: i32 = 200;
