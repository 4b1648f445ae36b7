//! What only the text of an agreement says is to be done on a day.

use chrono::NaiveDate;

/// What the parties are to do on a day, once or again and again, as the file says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Names the entry among those of the agreement: `[a-z0-9-]`.
    pub id: String,
    /// What is to be done.
    pub kind: AppointmentKind,
    /// The same in more words, in whichever language.
    pub what: Option<String>,
    /// The first day, as far as it is known.
    pub on: Option<NaiveDate>,
    /// After how many months it is to be done again; once where there is none.
    pub every_months: Option<u32>,
    /// Who is to do it, in turn, as indices into the agreement's parties.
    pub parties: Vec<usize>,
}

/// What is to be done on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppointmentKind {
    /// A review of what was done; where no day is given, in the middle of the term.
    Review,
    /// A report of what was done.
    Report,
    /// A meeting or a visit that the parties hold in turn.
    Host,
    /// Something else.
    Other,
}

impl AppointmentKind {
    /// Returns the word for it in the form.
    pub fn name(self) -> &'static str {
        match self {
            AppointmentKind::Review => "review",
            AppointmentKind::Report => "report",
            AppointmentKind::Host => "host",
            AppointmentKind::Other => "other",
        }
    }
}
