//! One file for each verb of the command line, with its arguments.

pub(crate) mod asked;
pub(crate) mod build;
mod changes;
pub(crate) mod check;
mod comparing;
pub(crate) mod completions;
pub(crate) mod due;
mod emit;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod fonts;
pub(crate) mod freeze;
pub(crate) mod list;
mod making;
pub(crate) mod man;
pub(crate) mod merge;
pub(crate) mod new;
mod planned;
pub(crate) mod rehearse;
mod removing;
pub(crate) mod renew;
pub(crate) mod review;
pub(crate) mod schema;
pub(crate) mod settle;
