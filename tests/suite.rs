//! The one binary of integration tests: a module for each subject.

mod check;
mod hostile;
mod wording;
