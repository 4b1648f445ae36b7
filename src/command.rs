//! One file for each verb of the command line.

pub(crate) mod build;
pub(crate) mod fonts;
pub(crate) mod freeze;
