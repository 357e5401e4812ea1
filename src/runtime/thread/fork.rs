//! The functions that a program calls around a fork of its own.

use super::current::{attached, own, set_own};
use super::{delete_all_but, require};
use crate::runtime::{fatal, fork};
use core::sync::atomic::{AtomicUsize, Ordering};

/// How many calls of [`before`] are open: no call has told yet that their fork is done.
static BEFORE: AtomicUsize = AtomicUsize::new(0);

/// Begins a fork of a thread that holds the GIL (CPython: `PyOS_BeforeFork`).
pub fn before() {
    require("PyOS_BeforeFork");
    BEFORE.fetch_add(1, Ordering::Relaxed);
}

/// Ends what [`before`] began. Without it the process ends, with CPython's words for its lock of imports, which was never
/// taken then.
fn end() {
    if BEFORE.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |count| count.checked_sub(1)).is_err() {
        fatal::error("PyMutex_Unlock", format_args!("unlocking mutex that is not locked"));
    }
}

/// Goes on in the parent (CPython: `PyOS_AfterFork_Parent`).
pub fn after_in_parent() {
    end();
    require("PyOS_AfterFork_Parent");
}

/// Goes on in the child, also in one that was made past the handlers, and deletes the states that the threads have left which
/// are gone there (CPython: `PyOS_AfterFork_Child`).
pub fn after_in_child(function: &'static str) {
    require(function);
    fork::in_child();
    end();
    if let Some(state) = attached().or_else(own) {
        set_own(state);
        delete_all_but(state);
    }
}
