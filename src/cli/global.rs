//! What every verb takes.

use std::path::PathBuf;

use super::report::human::Color;

/// The options of all verbs, as typed.
#[derive(Debug, clap::Args)]
pub(crate) struct Global {
    /// The project: the folder that holds `agreements/` and `output/`
    #[arg(long, value_name = "DIR", default_value = ".", global = true)]
    pub(crate) root: PathBuf,
    /// A folder with further faces, before the built-in ones
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) font_path: Vec<PathBuf>,
    /// Read agreements, templates and locks through links that lead elsewhere
    #[arg(long, global = true)]
    pub(crate) follow_links: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(crate) color: Color,
    /// The language of messages: en, vi or lo [default: that of the environment]
    #[arg(long, value_name = "LANG", global = true)]
    pub(crate) lang: Option<String>,
}
