//! The styles of a Word file. Most have the names of Word's own, which every Word shows
//! in the language of its user.

/// A style of paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    Normal,
    Title,
    Subtitle,
    /// Of a section, from 1.
    Heading(u8),
    BodyText,
    /// A clause that its number opens.
    Clause,
    /// A point of a clause, and a point of that.
    Point,
    PointOfPoint,
    /// An item of a list that was typed.
    Item,
    /// What goes on below an item.
    ItemContinued,
    Quotation,
    Contact,
    Closing,
    Signature,
    /// Words in the cell of a table.
    InTable,
    Head,
    Foot,
}

impl Style {
    /// All styles, in the order in which they stand in the file.
    pub(super) const ALL: [Style; 22] = [
        Style::Normal,
        Style::Title,
        Style::Subtitle,
        Style::Heading(1),
        Style::Heading(2),
        Style::Heading(3),
        Style::Heading(4),
        Style::Heading(5),
        Style::Heading(6),
        Style::BodyText,
        Style::Clause,
        Style::Point,
        Style::PointOfPoint,
        Style::Item,
        Style::ItemContinued,
        Style::Quotation,
        Style::Contact,
        Style::Closing,
        Style::Signature,
        Style::InTable,
        Style::Head,
        Style::Foot,
    ];

    /// Returns the id by which paragraphs name it, and its name for people.
    pub(super) fn names(self) -> (&'static str, &'static str) {
        match self {
            Style::Normal => ("Normal", "Normal"),
            Style::Title => ("Title", "Title"),
            Style::Subtitle => ("Subtitle", "Subtitle"),
            Style::Heading(0 | 1) => ("Heading1", "heading 1"),
            Style::Heading(2) => ("Heading2", "heading 2"),
            Style::Heading(3) => ("Heading3", "heading 3"),
            Style::Heading(4) => ("Heading4", "heading 4"),
            Style::Heading(5) => ("Heading5", "heading 5"),
            Style::Heading(_) => ("Heading6", "heading 6"),
            Style::BodyText => ("BodyText", "Body Text"),
            Style::Clause => ("ListNumber", "List Number"),
            Style::Point => ("List2", "List 2"),
            Style::PointOfPoint => ("List3", "List 3"),
            Style::Item => ("List", "List"),
            Style::ItemContinued => ("ListContinue", "List Continue"),
            Style::Quotation => ("Quote", "Quote"),
            Style::Contact => ("EnvelopeAddress", "envelope address"),
            Style::Closing => ("Closing", "Closing"),
            Style::Signature => ("Signature", "Signature"),
            Style::InTable => ("BodyText3", "Body Text 3"),
            Style::Head => ("Header", "header"),
            Style::Foot => ("Footer", "footer"),
        }
    }

    /// Tells whether its words are bold.
    pub(super) fn is_bold(self) -> bool {
        matches!(self, Style::Title | Style::Heading(_))
    }

    /// Tells whether its lines stand in the middle.
    pub(super) fn is_centred(self) -> bool {
        matches!(
            self,
            Style::Title | Style::Subtitle | Style::Signature | Style::Head | Style::Foot
        )
    }

    /// Returns its outline level in Word, from 0.
    pub(super) fn level(self) -> Option<u8> {
        match self {
            Style::Title => None,
            Style::Heading(level) => Some(level.clamp(1, 6) - 1),
            _ => None,
        }
    }

    /// Returns the room below its paragraphs, in twips: 6 points in running text
    /// (Decree 30/2020/ND-CP, Appendix I).
    pub(super) fn below(self) -> i32 {
        match self {
            Style::Signature | Style::Head | Style::Foot => 0,
            Style::Subtitle | Style::InTable | Style::Contact | Style::Item => 60,
            _ => 120,
        }
    }
}
