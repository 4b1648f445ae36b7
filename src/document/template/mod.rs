//! An agreement and an edition to Markdown, through the wording of a language.
//!
//! The order of the parts is the outline's. The wording is in the templates of `templates/<lang>/`, one
//! small Tera file for each kind of part. Plain values are escaped, so that
//! Markdown shows their very characters; only fields declared as Markdown act
//! as Markdown. Section and part are marked by HTML comments that readers of
//! the Markdown do not see.

use crate::agreement::register::Renamed;
use crate::diagnostic::Outcome;
use crate::language::pack::LanguagePack;

use super::differences::Differences;
use super::edition::{Edition, TextKey, TextKind};
use super::markdown;
use super::outline::Outline;
use super::reading::Reading;

mod open;
mod originals;
mod parties;
mod quantity;
mod signing;
mod view;
mod wording;
mod writer;

pub use self::wording::Templates;

use self::parties::SuccessionView;
use self::view::{Local, View};
use self::wording::SUCCESSION;
use self::writer::{Writer, Written};

/// Renders a text of an agreement; `differences` is what the sheet of them tells.
///
/// # Errors
/// What a template does wrong, at its line.
pub fn render(
    reading: &Reading,
    key: &TextKey,
    differences: &Differences,
    pack: &LanguagePack,
    templates: &Templates,
) -> Outcome<String> {
    let agreement = &reading.agreement;
    let outline = match key.kind {
        TextKind::Differences => Outline::of_differences(agreement, &key.order, differences),
        kind => Outline::of(agreement, kind, &key.order),
    };
    let view = View::of_text(reading, key, pack, &outline);
    let order = (key.order.as_slice(), key.language_order.as_slice());
    let writer = Writer::new(reading, order, pack, templates, view);
    writer
        .and_then(|writer| writer.document(&outline, differences))
        .map_err(|fault| vec![fault])
}

/// Renders the line at the foot of each page of an edition, without markup;
/// empty where the edition has none.
///
/// # Errors
/// As [`render`].
pub fn footer(
    reading: &Reading,
    edition: &Edition,
    pack: &LanguagePack,
    templates: &Templates,
) -> Outcome<String> {
    let view = View::of_page(reading, edition, pack);
    let order = (edition.order.as_slice(), edition.language_order.as_slice());
    let writer = Writer::new(reading, order, pack, templates, view);
    writer
        .and_then(|mut writer| writer.part("footer", Local::default()))
        .map_err(|fault| vec![fault])
}

/// Renders a formula by itself, without markup.
///
/// # Errors
/// As [`render`].
pub fn formula(
    reading: &Reading,
    name: &str,
    pack: &LanguagePack,
    templates: &Templates,
) -> Outcome<String> {
    by_itself(reading, pack, templates, |writer| {
        let body = writer.part(&format!("formulas/{name}"), Local::default())?;
        Ok(markdown::words(&body))
    })
}

/// Renders the sentence by which the successor of an agreement, whose parties have other
/// names, takes it over: one paragraph in Markdown.
///
/// # Errors
/// As [`render`].
pub fn succession(
    reading: &Reading,
    renamed: &[Renamed],
    pack: &LanguagePack,
    templates: &Templates,
) -> Outcome<String> {
    let words = by_itself(reading, pack, templates, |writer| {
        let local = Local {
            succession: Some(SuccessionView::new(&reading.agreement, renamed, pack)),
            ..Local::default()
        };
        writer.part(SUCCESSION, local)
    })?;
    Ok(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Renders a part that belongs to no edition, with all parties and languages in agreed
/// order.
fn by_itself<T>(
    reading: &Reading,
    pack: &LanguagePack,
    templates: &Templates,
    write: impl FnOnce(&mut Writer<'_>) -> Written<T>,
) -> Outcome<T> {
    let agreement = &reading.agreement;
    let order: Vec<usize> = (0..agreement.parties.len()).collect();
    let key = TextKey {
        kind: TextKind::Agreement,
        language: pack.language.clone(),
        order: order.clone(),
        language_order: agreement.languages.clone(),
    };
    let outline = Outline::of(agreement, key.kind, &order);
    let view = View::of_text(reading, &key, pack, &outline);
    let orders = (order.as_slice(), key.language_order.as_slice());
    let writer = Writer::new(reading, orders, pack, templates, view);
    let written = writer.and_then(|mut writer| write(&mut writer));
    written.map_err(|fault| vec![fault])
}
