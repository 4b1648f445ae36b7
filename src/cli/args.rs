//! The command line, as typed.

use clap::{Parser, Subcommand};

use super::command::{build, check, due, explain, freeze, list, new, renew, review, schema, settle};
use super::global::Global;

/// Turns one YAML file per agreement into the documents to review, sign and file.
#[derive(Debug, Parser)]
#[command(name = "alternat", version, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: Global,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Makes the documents of each agreement
    Build(build::BuildArgs),
    /// Starts an agreement, with every value blank
    New(new::NewArgs),
    /// Starts the agreement of the next term with the words of the last one
    Renew(renew::RenewArgs),
    /// Lists all agreements, with what is open and what is due
    List(list::ListArgs),
    /// Tells what is due of signed agreements, also as a calendar
    Due(due::DueArgs),
    /// Looks for what goes wrong in agreements
    Check(check::CheckArgs),
    /// Explains a finding by its code
    Explain(explain::ExplainArgs),
    /// Prints the review record of a translation, to be pasted
    Review(review::ReviewArgs),
    /// Writes into agreements what they take from the parties that the project knows
    Settle(settle::SettleArgs),
    /// Records the words of signed agreements, so that no later build changes them
    Freeze(freeze::FreezeArgs),
    /// Makes what it is asked for, within limits, and throws it away
    #[command(hide = true)]
    Rehearse,
    /// Shows the faces that each language is set in
    Fonts,
    /// Prints the form of agreements: a JSON schema for editors, or a page for people
    Schema(schema::SchemaArgs),
}
