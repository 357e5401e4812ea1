//! Garbage collection as C asks for it: with the switch heeded, the caller's error left alone, and errors that come up
//! reported through `sys`.

use super::hooks;
use crate::runtime::gc::{self, Scope};
use crate::runtime::{Obj, error, thread};

/// Collects garbage, and gives the number of objects that were; 0 when collecting is switched off, or a collection is on
/// already (CPython: `PyGC_Collect`). Errors from destructors and from `tp_clear` are reported and dropped.
pub fn collect() -> usize {
    if !gc::is_enabled() {
        return 0;
    }
    thread::with_gil(|| {
        let pending = error::take();
        let garbage = gc::collect(Scope::Own, ignore);
        if error::occurred() {
            hooks::write_unraisable_text(format_args!("Exception ignored in garbage collection"));
        }
        error::put_back(pending);
        garbage
    })
    // Like CPython, which has no way to say that there is no memory for it.
    .unwrap_or_else(|_| {
        error::clear();
        0
    })
}

/// Collects the garbage of all threads, at the end of the runtime's life. Errors are dropped: `sys` is gone by then.
pub(super) fn collect_at_end() {
    gc::collect(Scope::Everything, ignore);
    error::clear();
}

fn ignore(o: Obj<'_>) {
    hooks::write_unraisable_text(format_args!("Exception ignored in tp_clear of {}", o.class().name()));
}
