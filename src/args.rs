//! The command line, as typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Turns one YAML file per agreement into the documents to review, sign and file.
#[derive(Debug, Parser)]
#[command(name = "alternat", version, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// The project: the folder that holds `agreements/` and `output/`
    #[arg(long, value_name = "DIR", default_value = ".", global = true)]
    pub(crate) root: PathBuf,
    /// A folder with further faces, before the built-in ones
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) font_path: Vec<PathBuf>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(crate) color: Color,
    /// The language of messages: en, vi or lo [default: that of the environment]
    #[arg(long, value_name = "LANG", global = true)]
    pub(crate) lang: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Makes the documents of each agreement
    Build(BuildArgs),
    /// Starts an agreement, with every value blank
    New(NewArgs),
    /// Looks for what goes wrong in agreements
    Check(CheckArgs),
    /// Explains a finding by its code
    Explain(ExplainArgs),
    /// Prints the review record of a translation, to be pasted
    Review(ReviewArgs),
    /// Records the words of signed agreements, so that no later build changes them
    Freeze(FreezeArgs),
    /// Shows the faces that each language is set in
    Fonts,
}

#[derive(Debug, clap::Args)]
pub(crate) struct NewArgs {
    /// The agreement's id, such as `bac-ninh-xaysomboun-2025-2027`
    pub(crate) id: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct FreezeArgs {
    /// Agreements whose status is `signed`
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct BuildArgs {
    /// Agreements; all of `agreements/` if none is named
    pub(crate) files: Vec<PathBuf>,
    /// Write nothing; fail if a text in `output/` is not up to date
    #[arg(long, conflicts_with = "emit")]
    pub(crate) check: bool,
    /// Print a stage's result instead of writing files
    #[arg(long, value_name = "STAGE")]
    pub(crate) emit: Option<Emit>,
    /// Leave the agreement's source out of the PDFs
    #[arg(long)]
    pub(crate) no_attach: bool,
    /// How many agreements to work on side by side [default: one per core]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<usize>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// Agreements; all of `agreements/` if none is named
    pub(crate) files: Vec<PathBuf>,
    /// Print the table of rules and check nothing
    #[arg(long, conflicts_with = "files")]
    pub(crate) list: bool,
    /// How to print the findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
    /// Fail on these too
    #[arg(long, value_name = "WHAT")]
    pub(crate) deny: Option<Deny>,
    /// How many agreements to work on side by side [default: one per core]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<usize>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// A code, such as `number-missing`
    pub(crate) code: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReviewArgs {
    /// The language that was read, such as `lo`
    pub(crate) language: String,
    /// The agreement
    pub(crate) file: PathBuf,
    /// Who has read it
    #[arg(long, value_name = "NAME")]
    pub(crate) by: String,
    /// On which day, as 2025-01-31
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Option<String>,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with the lines they speak of
    Human,
    /// As `docs/check-json.schema.json` describes
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}

/// What else makes `check` fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings
    Warnings,
}

/// A stage whose result can be shown.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Emit {
    /// The Markdown
    Md,
    /// What `page.typ` receives
    Json,
    /// Where each signature goes: page and box, in points from the upper left
    Signatures,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
