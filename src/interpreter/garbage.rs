//! Garbage collection for the C API: it obeys the switch, preserves the caller's error, and reports its own errors
//! through `sys`.

use super::hooks;
use crate::objects::weakref::{self, When};
use crate::runtime::gc::{self, Helper, Scope};
use crate::runtime::{Obj, Ref, error, thread};

/// Collects garbage, and returns the number of objects that were garbage; 0 while the collector is disabled, or during
/// a collection (CPython: `PyGC_Collect`). Errors from destructors and from `tp_clear` are reported and dropped.
pub fn collect() -> usize {
    collect_in(Scope::Own)
}

/// Collects the young garbage if that is due: when the program has made many objects since the last collection. CPython
/// does so in Python code, and in `PyErr_CheckSignals`.
#[inline]
pub fn collect_if_due() {
    if gc::is_due() && !error::occurred() {
        collect_in(Scope::Young);
    }
}

fn collect_in(scope: Scope) -> usize {
    if !gc::is_enabled() {
        return 0;
    }
    thread::with_gil(|| {
        let pending = error::take();
        let garbage = gc::collect(scope, &mut Reports);
        if error::occurred() {
            hooks::write_unraisable_text(format_args!("Exception ignored in garbage collection"));
        }
        error::put_back(pending);
        garbage
    })
    // The error, which is that there is no memory, can't be reported: CPython ignores it too.
    .unwrap_or_else(|_| {
        error::clear();
        0
    })
}

/// Collects the garbage of all threads, at the end of the runtime's life. Errors are dropped: `sys` is gone by then.
pub(super) fn collect_at_end() {
    gc::collect(Scope::Everything, &mut Reports);
    error::clear();
}

/// Reports errors of a collection by the hook of `sys`.
struct Reports;

impl Helper for Reports {
    fn call_back(&mut self, reference: &Ref, callback: Ref) {
        weakref::call_back(reference.borrow(), callback.borrow(), When::Collection);
    }

    fn clear_failed(&mut self, o: Obj<'_>) {
        hooks::write_unraisable_text(format_args!("Exception ignored in tp_clear of {}", o.class().name()));
    }
}
