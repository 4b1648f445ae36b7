//! One agreement: its model, the form that it is read from, what is open in it,
//! and what was recorded of it at review and at signing.

pub mod amendment;
mod appointed;
mod appointment;
mod calendar;
pub mod due;
mod duration;
mod edit;
mod form;
pub mod ids;
pub mod keys;
pub mod layout;
pub mod load;
pub mod lock;
pub mod manual;
mod model;
pub mod open;
mod positions;
pub mod register;
pub mod renew;
pub mod review;
pub mod schema;
mod settle;
mod signatures;
mod signing;
pub mod starter;
pub mod term;
mod text;
mod texts;

pub use self::appointment::{Appointment, AppointmentKind};
pub use self::model::{
    Agreement, Allowance, Amends, Annex, Clause, Contact, FormerName, GIVEN, Given, Header, Layout,
    Numbering, OriginalForm, Originals, Party, PartyOrder, Point, Predecessor, Prevailing, Review,
    Status,
};
pub use self::positions::Positions;
pub use self::register::Register;
pub use self::signatures::{Signatory, SignedApart, Signing, Witness};
pub use self::term::{Renewal, Term, Termination};
pub use self::text::Text;
pub use self::texts::Field;
