//! What a process may use before the system ends it.
//!
//! Input: none. Output: limits on this process. Where the system has none of this
//! kind, nothing is limited.

/// How many seconds of processor time a piece of work may take.
pub(crate) const SECONDS: u64 = 10;

/// How many bytes a process may have for its data.
#[cfg(unix)]
const BYTES: u64 = 1 << 30;

/// Limits the memory of this process.
#[cfg(unix)]
pub(crate) fn memory() {
    use rustix::process::Resource;
    set(Resource::Data, BYTES);
    // A process that is ended leaves no image of its memory.
    set(Resource::Core, 0);
}

/// Grants this process the time for one more piece of work.
#[cfg(unix)]
pub(crate) fn more_time() {
    use rustix::process::Resource;
    use rustix::time::{ClockId, clock_gettime};
    let used = clock_gettime(ClockId::ProcessCPUTime).tv_sec;
    set(Resource::Cpu, used.unsigned_abs() + 1 + SECONDS);
}

#[cfg(unix)]
fn set(resource: rustix::process::Resource, most: u64) {
    use rustix::process::{Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(resource).maximum;
    let current = Some(maximum.map_or(most, |maximum| most.min(maximum)));
    // Without the limit the work is done all the same.
    let _ = setrlimit(resource, Rlimit { current, maximum });
}

#[cfg(not(unix))]
pub(crate) fn memory() {}

#[cfg(not(unix))]
pub(crate) fn more_time() {}
