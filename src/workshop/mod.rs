//! Where agreements are worked on: read once, each text rendered once, every
//! output made from these.
//!
//! Input: the text of an agreement, and a [`Workshop`] with everything that all
//! agreements share. Output: findings, and files in memory. No other room calls
//! rendering, or reading of rendered texts; this one never touches the disk.

mod changed;
mod desk;
mod faceless;
mod file;
mod formulas;
mod frozen;
mod glyphs;
mod imprint;
mod made;
mod overflows;
mod products;
mod reading;
mod redline;
mod renewal;
mod reviewer;
mod setting;
mod sheet;
mod shop;
mod survey;
mod tally;
mod texts;
mod workers;

use crate::agreement::Status;
use crate::check::{self, Case};
use crate::diagnostic::Diagnostic;
use crate::document::reading::Reading;
use crate::press::typeset;
use crate::source::Source;

use self::desk::Desk;

pub use crate::check::Days;

pub use self::changed::Changed;
pub use self::file::OutputFile;
pub use self::formulas::Formula;
pub use self::frozen::{Frozen, of_another};
pub use self::made::{Checked, Made};
pub use self::products::{
    Form, Keys, MARKDOWN, PAGE_INPUT, PDF, PRINTS, SIGNATURES, Standing, WORD, Wanted,
};
pub use self::redline::Redline;
pub use self::renewal::Renewed;
pub use self::reviewer::ReviewSheet;
pub use self::shop::{Materials, Options, PROGRAM, Workshop};
pub use self::survey::{Counts as SurveyCounts, Survey};
pub use self::tally::Tally;
pub use self::workers::in_order;

impl Workshop {
    /// Returns everything that is wrong with one agreement: all that [`Workshop::make`]
    /// would refuse it for, but for what only laid-out pages show. `lock` is the
    /// text of its lock file.
    pub fn check(&self, source: &Source, lock: Option<&Source>) -> Checked {
        let (reading, mut findings) = match self.read(source) {
            Ok(read) => read,
            Err(findings) => return Checked { id: None, findings },
        };
        let sound = !findings.iter().any(Diagnostic::is_error);
        findings.extend(self.missing_bold(&reading));
        findings.extend(self.rules(&reading));
        glyphs::without_echoes(&mut findings);
        if sound {
            let desk = Desk::new(self, &reading);
            let mut made = Made::default();
            let compared = desk.compare_with_lock(lock, &mut made);
            findings.extend(made.findings);
            // A fault of a template is met in every text that it makes.
            let faults = compared.err().into_iter().flatten().chain(desk.rehearse());
            for fault in faults {
                if findings.iter().all(|known| known.place() != fault.place()) {
                    findings.push(fault);
                }
            }
        }
        let id = Some(reading.agreement.id);
        Checked { id, findings }
    }

    /// Makes what is wanted of one agreement; `lock` is the text of its lock file.
    pub fn make(&self, source: &Source, lock: Option<&Source>, wanted: Wanted<'_>) -> Made {
        self.remake(source, lock, wanted, None)
    }

    /// As [`Workshop::make`], but for the files that are `standing`: of these the keys
    /// alone are returned.
    pub fn remake(
        &self,
        source: &Source,
        lock: Option<&Source>,
        wanted: Wanted<'_>,
        standing: Option<Standing<'_>>,
    ) -> Made {
        let mut made = Made::default();
        let (reading, findings) = match self.read(source) {
            Ok(read) => read,
            Err(findings) => return Made { findings, ..made },
        };
        made.id = Some(reading.agreement.id.clone());
        made.findings = findings;
        made.undated = setting::own_date(&reading.agreement).is_none();
        let case = self.case(&reading);
        let mut found = check::check(&case);
        made.days = case.days();
        let counted = made.findings.iter().chain(&found);
        made.counts = Some(SurveyCounts::of(&reading.agreement, counted));
        made.findings.extend(self.missing_bold(&reading));
        if reading.agreement.status == Status::Draft {
            // A draft is there to be discussed, its faults included.
            found.iter_mut().for_each(Diagnostic::soften);
        }
        made.findings.extend(found);
        glyphs::without_echoes(&mut made.findings);
        if made.findings.iter().any(Diagnostic::is_error) {
            return made;
        }
        let desk = Desk::new(self, &reading);
        if let Err(faults) = desk.compare_with_lock(lock, &mut made) {
            made.findings.extend(faults);
        }
        if !made.changed.is_empty() || made.findings.iter().any(Diagnostic::is_error) {
            return made;
        }
        if let Err(faults) = desk.files(wanted, standing, &mut made) {
            made.findings.extend(faults);
            made.forget_files();
        }
        if let (true, Some(lock)) = (wanted.is_written(), lock) {
            desk.compare_pages(lock, &mut made);
            if made.findings.iter().any(Diagnostic::is_error) {
                made.forget_files();
            }
        }
        typeset::forget();
        made
    }

    /// Returns what the rules look at.
    fn case<'a>(&'a self, reading: &'a Reading) -> Case<'a> {
        Case::new(reading, &self.shelf, &self.lexicons).on(self.options.today)
    }

    /// Applies the rules of [`check`] to an agreement.
    fn rules(&self, reading: &Reading) -> Vec<Diagnostic> {
        check::check(&self.case(reading))
    }
}
