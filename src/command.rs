//! One file for each verb of the command line.

use alternat::wording::Wording;

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod fonts;
pub(crate) mod freeze;
pub(crate) mod new;
pub(crate) mod review;

/// Returns the sentences in the language asked for, or in that of the
/// environment's locale.
pub(crate) fn wording(asked: Option<&str>) -> Wording {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
    let tag = asked.map(str::to_owned).or_else(locale);
    let tag = tag.unwrap_or_default().to_lowercase();
    Wording::of(tag.split(['_', '-', '.', '@']).next().unwrap_or_default())
}
