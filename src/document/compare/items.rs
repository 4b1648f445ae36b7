//! The parts of two texts, and which of one is which of the other.

use crate::source::Span;

use super::super::tree::{Parallel, Role, Unit};
use super::paragraphs::paragraphs;
use super::words::{Word, likeness, words};

/// What kind of part one is, its id, and which of these it is.
pub(super) type Key = (&'static str, String, usize);

/// A part with all that stands below it, in every language.
pub(super) struct Item {
    pub(super) role: Role,
    pub(super) key: Key,
    /// The words of each paragraph, by language.
    pub(super) texts: Vec<Vec<Vec<Word>>>,
    /// Where it stands, by language.
    pub(super) spans: Vec<Span>,
}

impl Item {
    /// Tells whether it is known by what it says, when its id is another one.
    fn is_clause(&self) -> bool {
        matches!(
            self.role,
            Role::Content | Role::Implementation | Role::Annex
        ) && !self.key.1.is_empty()
    }

    /// Returns all its words in a language.
    pub(super) fn words(&self, language: usize) -> Vec<Word> {
        self.texts
            .get(language)
            .map_or_else(Vec::new, |it| it.concat())
    }

    /// Returns how alike two parts are, in the language in which they are least alike.
    fn likeness(&self, other: &Item) -> f64 {
        let of = |language| likeness(&self.words(language), &other.words(language));
        let languages = 0..self.texts.len();
        languages.map(of).fold(1.0, f64::min)
    }
}

/// Returns the parts of a text. A point belongs to its clause, and a further signatory to
/// the party.
pub(super) fn items(text: &Parallel) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for section in &text.sections {
        for row in &section.rows {
            let Some(first) = row.first() else {
                continue;
            };
            let more = row.iter().map(of_unit);
            match items.last_mut() {
                Some(item) if first.depth() > 0 && item.role == section.role => {
                    let texts = item.texts.iter_mut().zip(more);
                    texts.for_each(|(text, more)| text.extend(more));
                }
                _ => {
                    let texts = more.collect();
                    items.push(Item {
                        role: section.role,
                        key: (kind(section.role, &first.id), first.id.clone(), 0),
                        texts,
                        spans: row.iter().map(|unit| unit.span.clone()).collect(),
                    });
                }
            }
        }
    }
    for index in 0..items.len() {
        let (before, rest) = items.split_at_mut(index);
        let item = &mut rest[0];
        let same = |other: &&Item| (other.key.0, &other.key.1) == (item.key.0, &item.key.1);
        item.key.2 = before.iter().filter(same).count();
    }
    items
}

fn of_unit(unit: &Unit) -> Vec<Vec<Word>> {
    paragraphs(&unit.blocks).iter().map(words).collect()
}

/// Returns what kind of part one is. A clause is the same in whatever section it stands.
fn kind(role: Role, id: &str) -> &'static str {
    match role {
        Role::Content | Role::Implementation if !id.is_empty() => "clause",
        role => role.name(),
    }
}

/// Two clauses with other ids are the same from this likeness on, in every language.
const SAME: f64 = 0.6;

/// Returns, for each new part, which old one it was.
pub(super) fn pairs(old: &[Item], new: &[Item]) -> Vec<Option<usize>> {
    let find = |item: &Item| old.iter().position(|other| other.key == item.key);
    let mut pairs: Vec<Option<usize>> = new.iter().map(find).collect();
    for role in [Role::Contacts, Role::Signatures, Role::Witnesses] {
        let (left, lost) = left(old, new, &pairs, |item| item.role == role);
        // Another party in the place of one.
        if left.len() == lost.len() {
            for (new, old) in left.into_iter().zip(lost) {
                pairs[new] = Some(old);
            }
        }
    }
    let (left, mut lost) = left(old, new, &pairs, Item::is_clause);
    for new_index in left {
        let alike = lost
            .iter()
            .map(|old_index| old[*old_index].likeness(&new[new_index]));
        let best = alike.enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b));
        if let Some((at, likeness)) = best
            && likeness >= SAME
        {
            pairs[new_index] = Some(lost.remove(at));
        }
    }
    pairs
}

/// Returns the new and the old parts of a kind that have no pair.
fn left(
    old: &[Item],
    new: &[Item],
    pairs: &[Option<usize>],
    is: impl Fn(&Item) -> bool,
) -> (Vec<usize>, Vec<usize>) {
    let without = |index: &usize| pairs[*index].is_none() && is(&new[*index]);
    let lost = |index: &usize| !pairs.contains(&Some(*index)) && is(&old[*index]);
    (
        (0..new.len()).filter(without).collect(),
        (0..old.len()).filter(lost).collect(),
    )
}

/// Tells for each new part whether it stays in its place: as many do as can.
pub(super) fn stay(pairs: &[Option<usize>]) -> Vec<bool> {
    // The longest rising subsequence of the old places.
    let mut longest: Vec<(usize, Option<usize>)> = vec![(0, None); pairs.len()];
    let mut best: Option<usize> = None;
    for index in 0..pairs.len() {
        let Some(place) = pairs[index] else { continue };
        let before = (0..index).filter(|it| pairs[*it].is_some_and(|earlier| earlier < place));
        let before = before.max_by_key(|it| (longest[*it].0, std::cmp::Reverse(*it)));
        longest[index] = (before.map_or(0, |it| longest[it].0) + 1, before);
        if best.is_none_or(|best| longest[index].0 > longest[best].0) {
            best = Some(index);
        }
    }
    let mut stays = vec![false; pairs.len()];
    while let Some(index) = best {
        stays[index] = true;
        best = longest[index].1;
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::stay;

    #[test]
    fn as_few_parts_move_as_can() {
        let stays = |pairs: &[usize]| -> Vec<bool> {
            stay(&pairs.iter().map(|it| Some(*it)).collect::<Vec<_>>())
        };
        assert_eq!(stays(&[0, 1, 2]), [true, true, true]);
        assert_eq!(stays(&[2, 0, 1]), [false, true, true]);
        assert_eq!(stays(&[1, 2, 0, 3]), [true, true, false, true]);
        assert_eq!(stay(&[None, Some(0)]), [false, true]);
    }
}
