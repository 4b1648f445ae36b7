//! One file for each verb of the command line, with its arguments.

pub(crate) mod build;
mod changes;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod due;
mod emit;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod fonts;
pub(crate) mod freeze;
pub(crate) mod init;
pub(crate) mod list;
pub(crate) mod man;
pub(crate) mod new;
mod questions;
pub(crate) mod rehearse;
pub(crate) mod renew;
pub(crate) mod review;
pub(crate) mod schema;
pub(crate) mod settle;
