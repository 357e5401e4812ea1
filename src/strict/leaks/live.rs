//! The live capsules: their number, a visit of each, and a report of those that were made since a checkpoint.

use super::left::Left;
use crate::abi::PyObject;
use crate::runtime::memory;
use crate::runtime::memory::aside::{Aside, Notes, note};
use crate::strict::notes;
use crate::strict::report::kinds::Kind;
use core::ffi::c_int;

/// The number of live capsules.
pub fn count() -> usize {
    notes::open().live().count()
}

/// Calls `visit` with each live capsule, in the order in which they were made, until it returns a number other than 0.
/// Returns that number, or 0.
pub fn visit(visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
    let mut after = 0;
    // The visitor may make and destroy capsules, so the notes are closed while it runs.
    loop {
        let batch = live_after(after);
        let Some((last, _)) = batch.last() else { return 0 };
        after = *last;
        for (number, capsule) in &batch {
            let lives = notes::open().find(*capsule).is_some_and(|record| record.number == *number && record.is_live());
            if lives {
                match visit(core::ptr::with_exposed_provenance_mut(*capsule)) {
                    0 => {}
                    stop => return stop,
                }
            }
        }
    }
}

/// The numbers and addresses of the live capsules that were made after the one of this number, in order. Without memory
/// for all of them, only the first one.
fn live_after(number: u64) -> Notes<(u64, usize)> {
    let book = notes::open();
    let later = || book.live().filter(|record| record.number > number).map(|record| (record.number, record.capsule));
    let mut batch = Notes::new_in(Aside);
    if batch.try_reserve_exact(later().count()).is_ok() {
        memory::fill(&mut batch, later());
        batch.sort_unstable();
    } else if let Some(first) = later().min() {
        let _ = note(&mut batch, first);
    }
    batch
}

/// Reports as a leak, once, each live capsule that was made since a checkpoint. Returns their number.
pub fn report_since(checkpoint: u64) -> usize {
    let mut left = Left::new();
    let mut count = 0;
    for record in notes::open().live().filter(|record| record.number >= checkpoint) {
        count += 1;
        left.add(Kind::Leak, record);
    }
    left.tell();
    count
}
