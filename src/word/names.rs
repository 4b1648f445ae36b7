//! The names by which a Word file knows its parts: bookmarks, which stay with the words
//! when the file is edited, so that each part is found again.

use std::collections::BTreeSet;

use crate::document::tree::Role;
use crate::text::digest;

/// Word cuts longer names.
const LONGEST: usize = 40;

/// Names that were given.
#[derive(Default)]
pub(super) struct Names {
    given: BTreeSet<String>,
}

impl Names {
    /// Returns a new name for a part, or for the next piece of one.
    pub(super) fn give(&mut self, language: &str, role: Role, id: &str) -> String {
        let name = name(language, role, id);
        let mut given = name.clone();
        let mut piece = 1;
        // Word does not tell capitals apart.
        while !self.given.insert(given.to_lowercase()) {
            piece += 1;
            given = fitting(&format!("{name}C{piece}"));
        }
        given
    }
}

/// Returns the name of a part: `vi_economy`, `vi_exchangesP2` of a point, and
/// `vi_Contacts_bac_ninh` of what is no clause. A name has letters, digits and `_` alone.
pub(super) fn name(language: &str, role: Role, id: &str) -> String {
    let of = match role {
        Role::Content | Role::Implementation | Role::Annex => String::new(),
        other => format!("{}_", crate::text::letters::capital(other.name())),
    };
    let id = id.replace('.', "P");
    let name = format!("{language}_{of}{id}").replace('-', "_");
    fitting(&name)
}

/// Returns a name that is not too long; the digest of a longer one is at its end.
fn fitting(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let digest = digest::sha256(name.as_bytes());
    let tail = &digest[..8];
    let head = name.floor_char_boundary(LONGEST - 1 - tail.len());
    format!("{}D{tail}", &name[..head])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_another_one_and_fits() {
        let mut names = Names::default();
        let long = "a".repeat(60);
        let ids = ["economy", "economy", "x.1", "xp1", &long, &long];
        let given: Vec<String> = ids
            .iter()
            .map(|id| names.give("vi", Role::Content, id))
            .collect();
        assert_eq!(given[..2], ["vi_economy", "vi_economyC2"]);
        let different: BTreeSet<String> = given.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(different.len(), ids.len());
        assert!(given.iter().all(|name| name.len() <= LONGEST));
        let contact = name("lo", Role::Contacts, "bac-ninh");
        assert_eq!(contact, "lo_Contacts_bac_ninh");
    }
}
