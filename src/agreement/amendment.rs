//! An amendment beside the agreement that it amends.
//!
//! Input: an amendment as it was read, and the file of the agreement whose id it names,
//! if there is one. Output: what does not fit: there is no such agreement, it was not
//! signed, on another day or later, or by others.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::source::Source;

use super::load::{self, Loaded};
use super::model::{Agreement, Status};
use super::register::Register;

/// Returns the id of the agreement that the one in `source` amends, if it names one.
pub fn amended(source: &Source, register: &Register) -> Option<(Loaded, String)> {
    // Most files amend nothing, and need not be read for it.
    if !source.text().contains("amends") {
        return None;
    }
    let loaded = load::load_with(source, register).ok()?;
    let id = loaded.agreement.amends.as_ref()?.agreement.clone()?;
    Some((loaded, id))
}

/// Returns what does not fit between an amendment and the agreement `id` in `file`.
pub fn faults(
    amendment: &Loaded,
    id: &str,
    file: Option<&Source>,
    register: &Register,
) -> Vec<Diagnostic> {
    let at = |path: &str| amendment.positions.at(path);
    let own = amendment.agreement.id == id;
    let Some(file) = file.filter(|_| !own) else {
        let fault = Diagnostic::error("amended-missing").at(&at("amends.agreement"));
        return vec![fault.with("id", id).hint("name")];
    };
    let amended = match load::load_with(file, register) {
        Ok(amended) => amended,
        Err(faults) => return faults,
    };
    let there = |path: &str| amended.positions.at(path);
    let mut found = Vec::new();
    if amended.agreement.status != Status::Signed {
        let fault = Diagnostic::error("amended-not-signed")
            .at(&at("amends.agreement"))
            .label("status", &there("status"))
            .with("id", id);
        found.push(fault.hint("sign"));
    }
    let (here, others) = (parties(&amendment.agreement), parties(&amended.agreement));
    if here != others {
        let list = |ids: &BTreeSet<&str>| ids.iter().copied().collect::<Vec<_>>().join(", ");
        let fault = Diagnostic::error("amended-parties")
            .at(&at("parties"))
            .label("there", &there("parties"))
            .with("id", id)
            .with("parties", list(&here))
            .with("others", list(&others));
        found.push(fault.hint("same"));
    }
    let signed = amended.agreement.signing.day();
    let stated = amendment.agreement.amends.as_ref();
    let stated = stated.and_then(|amends| amends.signed);
    if let (Some(stated), Some(signed)) = (stated, signed)
        && stated != signed
    {
        let fault = Diagnostic::error("amended-day")
            .at(&at("amends.signed"))
            .label("there", &there(&amended.agreement.signing.day_path()))
            .with("id", id)
            .with("day", signed.to_string());
        found.push(fault.hint("same"));
    }
    if let (Some(day), Some(signed)) = (amendment.agreement.signing.day(), signed)
        && day < signed
    {
        let fault = Diagnostic::error("amended-later")
            .at(&at(&amendment.agreement.signing.day_path()))
            .label("there", &there(&amended.agreement.signing.day_path()))
            .with("id", id)
            .with("day", signed.to_string());
        found.push(fault.hint("correct"));
    }
    found
}

fn parties(agreement: &Agreement) -> BTreeSet<&str> {
    let parties = agreement.parties.iter();
    parties.map(|party| party.id.as_str()).collect()
}
