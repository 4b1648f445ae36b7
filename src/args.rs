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
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Makes the documents of each agreement
    Build(BuildArgs),
    /// Records the words of signed agreements, so that no later build changes them
    Freeze(FreezeArgs),
    /// Shows the faces that each language is set in
    Fonts,
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

/// A stage whose result can be shown.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Emit {
    /// The Markdown
    Md,
    /// What `page.typ` receives
    Json,
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
