//! Who signs an agreement, where and when.

use chrono::NaiveDate;

use super::text::Text;

/// Who signs for a party.
#[derive(Clone, Debug)]
pub struct Signatory {
    /// For whom, or in whose place: `TM.`, `KT.`, `TL.`, `TUQ.` and what follows, as the
    /// lines above the post.
    pub authority: Option<Text>,
    /// The office held, as one line or several.
    pub post: Text,
    /// The person's name.
    pub name: Text,
}

/// Who signs as a witness.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The office held, as one line or several.
    pub post: Text,
    /// The person's name.
    pub name: Text,
}

/// Where and when the agreement is signed.
#[derive(Clone, Debug)]
pub enum Signing {
    /// By all parties together.
    Together {
        /// The day.
        date: Option<NaiveDate>,
        /// The place.
        place: Text,
    },
    /// By each party on its own: one entry for each.
    Apart(Vec<SignedApart>),
}

/// Where and when one party signs.
#[derive(Clone, Debug)]
pub struct SignedApart {
    /// The party, an index into the agreement's.
    pub party: usize,
    /// The day.
    pub date: Option<NaiveDate>,
    /// The place.
    pub place: Text,
}

impl Signing {
    /// Returns the day on which the agreement is signed by all: where they sign apart,
    /// that of the last signature.
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            Signing::Together { date, .. } => *date,
            Signing::Apart(entries) => {
                let days: Option<Vec<NaiveDate>> = entries.iter().map(|entry| entry.date).collect();
                days?.into_iter().max()
            }
        }
    }

    /// Returns where that day stands in the file.
    pub fn day_path(&self) -> String {
        let last = |entries: &[SignedApart]| {
            let days = entries.iter().enumerate();
            days.max_by_key(|(index, entry)| (entry.date, usize::MAX - index))
                .map(|(index, _)| format!("signing.by[{index}].date"))
        };
        let path = match self {
            Signing::Together { .. } => None,
            Signing::Apart(entries) => last(entries),
        };
        path.unwrap_or_else(|| "signing.date".to_owned())
    }

    /// Tells whether each party signs on its own.
    pub fn is_apart(&self) -> bool {
        matches!(self, Signing::Apart(_))
    }
}
