//! What is asked of `alternat build`.

use std::path::PathBuf;

use super::emit::Emit;

#[derive(Debug, clap::Args)]
pub(crate) struct BuildArgs {
    /// Agreements; all of `agreements/` if none is named
    pub(crate) files: Vec<PathBuf>,
    /// Write nothing; fail if a file in `output/` is not up to date, missing or surplus
    #[arg(long, conflicts_with_all = ["emit", "force", "verify"])]
    pub(crate) check: bool,
    /// With `--check`: PDFs that have not been made count as missing
    #[arg(long, requires = "check")]
    pub(crate) pdf: bool,
    /// Print a stage's result instead of writing files
    #[arg(long, value_name = "STAGE")]
    pub(crate) emit: Option<Emit>,
    /// Print this edition only, such as `draft/vi` or `originals/bac-ninh.vi`
    #[arg(long, value_name = "PATH", requires = "emit")]
    pub(crate) edition: Option<String>,
    /// Make only what this party prints for the signing, in that order, in `for-PARTY/`
    #[arg(long = "for", value_name = "PARTY", conflicts_with_all = ["check", "emit"])]
    pub(crate) holder: Option<String>,
    /// Make only the Word files to negotiate in, in `draft/`
    #[arg(long, conflicts_with_all = ["check", "emit", "holder"])]
    pub(crate) docx: bool,
    /// Leave the agreement's source out of the PDFs
    #[arg(long)]
    pub(crate) no_attach: bool,
    /// Make everything anew, whatever is up to date
    #[arg(long, conflicts_with = "emit")]
    pub(crate) force: bool,
    /// Read the files in `output/` to tell that they are as they were written, instead of
    /// looking at their sizes and times
    #[arg(long, conflicts_with = "emit")]
    pub(crate) verify: bool,
    /// Stop at the first agreement that cannot be made
    #[arg(long, conflicts_with = "emit")]
    pub(crate) fail_fast: bool,
    /// Make all agreements that can be made, whatever is wrong with others [default]
    #[arg(long, conflicts_with_all = ["fail_fast", "emit"])]
    pub(crate) keep_going: bool,
    /// Say nothing of what is done, only what is found
    #[arg(long, short, conflicts_with = "emit")]
    pub(crate) quiet: bool,
    /// Say of each agreement what was done, and how long it took
    #[arg(long, short, conflicts_with_all = ["emit", "quiet"])]
    pub(crate) verbose: bool,
    /// Make only the K-th of N parts of the agreements, such as `2/4`; `auto` reads them
    /// from the environment of a Slurm array, a Kubernetes Indexed Job or a GitLab matrix
    #[arg(long, value_name = "K/N", conflicts_with_all = ["files", "holder", "docx", "check", "emit"])]
    pub(crate) shard: Option<String>,
    /// How many agreements to work on side by side [default: one per core]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<String>,
}

impl BuildArgs {
    /// Tells whether all documents are meant, and not some for one purpose.
    pub(crate) fn is_whole(&self) -> bool {
        self.holder.is_none() && !self.docx
    }
}
