//! What templates see of what is still open.

use serde::Serialize;

use crate::agreement::Agreement;
use crate::agreement::open::{self, Subject};
use crate::language::pack::LanguagePack;
use crate::text::letters::capital;

use super::super::outline::Outline;

/// What is open about one party, clause or the agreement.
#[derive(Serialize)]
pub(super) struct OpenSubjectView {
    pub(super) subject: String,
    pub(super) points: Vec<OpenPointView>,
}

#[derive(Serialize)]
pub(super) struct OpenPointView {
    pub(super) field: String,
    pub(super) languages: Vec<String>,
}

/// Returns the open points by subject, with the languages of each.
pub(super) fn open_points(
    agreement: &Agreement,
    pack: &LanguagePack,
    outline: &Outline,
) -> Vec<OpenSubjectView> {
    let mut views: Vec<OpenSubjectView> = Vec::new();
    for point in open::points(agreement) {
        let subject = subject(agreement, &point.subject, pack, outline);
        let language = point.language.as_ref();
        let language = language.map(|language| pack.name_of(language).to_owned());
        let field = pack.fields.get(point.field);
        let field = field.map_or(point.field, String::as_str).to_owned();
        if views.last().is_none_or(|view| view.subject != subject) {
            views.push(OpenSubjectView {
                subject,
                points: Vec::new(),
            });
        }
        let Some(view) = views.last_mut() else {
            continue;
        };
        match view.points.last_mut() {
            Some(last) if last.field == field => last.languages.extend(language),
            _ => view.points.push(OpenPointView {
                field,
                languages: language.into_iter().collect(),
            }),
        }
    }
    views
}

fn subject(
    agreement: &Agreement,
    subject: &Subject,
    pack: &LanguagePack,
    outline: &Outline,
) -> String {
    match subject {
        Subject::Agreement => pack.kind(&agreement.kind).title,
        Subject::Party(index) => {
            let party = &agreement.parties[*index];
            let name = party.short_name().get(&pack.language);
            name.unwrap_or(&party.id).to_owned()
        }
        Subject::Clause(id) => match outline.number_of(id) {
            Some(number) if number.is_short() => number.to_string(),
            Some(number) => capital(&number.reference(pack)),
            None => id.clone(),
        },
    }
}
