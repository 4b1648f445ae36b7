//! What `build` adds where an agreement follows another: what changed since.
//!
//! Input: what came of an agreement. Output: beside it the comparison with its
//! predecessor, where that is at hand and the comparison does not stand already.

use alternat::agreement::ids;
use alternat::diagnostic::Diagnostic;
use alternat::text::digest;
use alternat::workshop::{Made, Redline, Standing, Wanted};

use super::super::open::Opened;
use super::planned::Job;

/// Adds the comparison with the agreement before it in the forms that are wanted. It is
/// made of both agreements and all that each depends on, so its key is made of that of the
/// inputs.
pub(super) fn add(
    opened: &Opened,
    Job { input, state }: &Job,
    forms: &[Redline],
    standing: Option<Standing<'_>>,
    made: &mut Made,
) {
    if !made.is_whole() {
        return;
    }
    let old = match opened.predecessor(&input.source) {
        Ok(Some(old)) => old,
        Ok(None) => return,
        Err(fault) => return made.findings.push(fault),
    };
    let id = ids::id(&old.source).unwrap_or_default();
    let date = opened.moment.default_date.filter(|_| made.undated);
    let key = digest::of_pieces([state.key.as_str(), &format!("{date:?}")]);
    let mut left = forms.to_vec();
    if let Some(standing) = standing {
        left.retain(|form| {
            let path = form.path(&id);
            let stands = standing.products.get(&path) == Some(&key);
            let asked = (standing.asked)(&path);
            made.products.insert(path, key.clone());
            !stands && asked
        });
    }
    if left.is_empty() {
        return;
    }
    let lock = old.lock.as_ref();
    let mut compared = opened.workshop.make(&old.source, lock, Wanted::TEXTS);
    match compared.files.is_empty() {
        // The words of a signed agreement that are not what was signed are compared with nothing.
        true => compared.findings.retain(Diagnostic::is_error),
        false => compared = opened.workshop.redline(&old.source, &input.source, &left),
    }
    if compared.files.is_empty() {
        for form in forms {
            made.products.remove(&form.path(&id));
        }
    }
    if !compared.findings.is_empty() {
        made.noted.extend(left.iter().map(|form| form.path(&id)));
    }
    made.findings.extend(compared.findings);
    made.files.extend(compared.files);
}
