//! Garbage collection for the C API: it obeys the switch, preserves the caller's error, and reports its own errors
//! through `sys`.

use super::hooks;
use crate::runtime::gc::{self, Scope};
use crate::runtime::{Obj, error, thread};

/// Collects garbage, and returns the number of objects that were garbage; 0 while the collector is disabled, or during
/// a collection (CPython: `PyGC_Collect`). Errors from destructors and from `tp_clear` are reported and dropped.
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
    // As in CPython, which can't report that there is no memory for the collection.
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
