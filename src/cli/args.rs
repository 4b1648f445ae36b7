//! The command line, as typed.

use clap::{Parser, Subcommand};

use super::command::{
    asked, check, compare, completions, due, explain, fmt, freeze, list, man, merge, new, renew,
    review, schema, settle, templates,
};
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
    #[command(before_help = "Example: alternat build --for bac-ninh")]
    Build(asked::BuildArgs),
    /// Proves that shards are the whole of one build, and puts them together
    #[command(before_help = "Example: alternat merge --prune shard-1/output shard-2/output")]
    Merge(merge::MergeArgs),
    /// Makes a project in this folder: its lists, a workflow, a page that says how it is used
    #[command(before_help = "Example: alternat init --lang vi")]
    Init,
    /// Starts an agreement: asks on a terminal, and leaves blank what is not known
    #[command(
        before_help = "Example: alternat new --party bac-ninh --party xaysomboun --term 2028-2030"
    )]
    New(new::NewArgs),
    /// Starts the agreement of the next term with the words of the last one
    #[command(
        before_help = "Example: alternat renew agreements/bac-giang-xaysomboun-2022-2025.yaml --term 2025-2027"
    )]
    Renew(renew::RenewArgs),
    /// Lists all agreements, with what is open and what is due
    #[command(before_help = "Example: alternat list --format csv > agreements.csv")]
    List(list::ListArgs),
    /// Tells what is due of signed agreements, also as a calendar
    #[command(before_help = "Example: alternat due --by 2027-12-31 --ics agreements.ics")]
    Due(due::DueArgs),
    /// Shows what changed between two agreements, word by word, in every language
    #[command(
        before_help = "Example: alternat compare bac-giang-xaysomboun-2022-2025 bac-ninh-xaysomboun-2025-2027"
    )]
    Compare(compare::CompareArgs),
    /// Looks for what goes wrong in agreements
    #[command(
        before_help = "Example: alternat check agreements/bac-ninh-xaysomboun-2025-2027.yaml"
    )]
    Check(check::CheckArgs),
    /// Lays agreements' files out, with all that they say
    #[command(before_help = "Example: alternat fmt --check")]
    Fmt(fmt::FmtArgs),
    /// Explains a finding by its code
    #[command(before_help = "Example: alternat explain number-missing")]
    Explain(explain::ExplainArgs),
    /// Prints the review record of a translation, to be pasted
    #[command(
        before_help = "Example: alternat review lo agreements/bac-ninh-xaysomboun-2025-2027.yaml --by \"Khăm Sí\" --on 2025-07-20"
    )]
    Review(review::ReviewArgs),
    /// Writes into agreements what they take from the parties that the project knows
    #[command(
        before_help = "Example: alternat settle agreements/bac-ninh-xaysomboun-2025-2027.yaml"
    )]
    Settle(settle::SettleArgs),
    /// Records the words of signed agreements, so that no later build changes them
    #[command(
        before_help = "Example: alternat freeze agreements/bac-giang-xaysomboun-2022-2025.yaml"
    )]
    Freeze(freeze::FreezeArgs),
    /// Makes what it is asked for, within limits, and throws it away
    #[command(hide = true)]
    Rehearse,
    /// Shows the faces that each language is set in
    #[command(before_help = "Example: alternat fonts")]
    Fonts,
    /// Copies built-in templates into the project, to be changed there
    #[command(before_help = "Example: alternat templates page/setup.typ vi/title.md")]
    Templates(templates::TemplatesArgs),
    /// Prints the form of agreements: a JSON schema for editors, or a page for people
    #[command(before_help = "Example: alternat schema > agreement.schema.json")]
    Schema(schema::SchemaArgs),
    /// Prints what a shell completes
    #[command(
        before_help = "Example: alternat completions bash > ~/.local/share/bash-completion/completions/alternat"
    )]
    Completions(completions::CompletionsArgs),
    /// Writes a page for `man` of each verb
    #[command(before_help = "Example: alternat man ~/.local/share/man/man1")]
    Man(man::ManArgs),
}
