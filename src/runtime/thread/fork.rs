//! The functions that a program calls around its own fork.

use super::current::{attached, own, set_own};
use super::{delete_all_but, require};
use crate::runtime::{fatal, fork};
use core::sync::atomic::{AtomicUsize, Ordering};

/// The number of calls of [`before`] after which no other function was called yet.
static BEFORE: AtomicUsize = AtomicUsize::new(0);

/// Begins a fork of a thread that holds the GIL (CPython: `PyOS_BeforeFork`).
pub fn before() {
    require("PyOS_BeforeFork");
    BEFORE.fetch_add(1, Ordering::Relaxed);
}

/// Ends what [`before`] began. Without it the process ends, with CPython's message for an import lock that was not
/// acquired.
fn end() {
    if BEFORE.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |count| count.checked_sub(1)).is_err() {
        fatal::error("PyMutex_Unlock", format_args!("unlocking mutex that is not locked"));
    }
}

/// Continues in the parent (CPython: `PyOS_AfterFork_Parent`).
pub fn after_in_parent() {
    end();
    require("PyOS_AfterFork_Parent");
}

/// Continues in the child, even if it was forked without the handlers, and deletes the states of threads that do not
/// exist there (CPython: `PyOS_AfterFork_Child`).
pub fn after_in_child(function: &'static str) {
    require(function);
    fork::in_child();
    end();
    if let Some(state) = attached().or_else(own) {
        set_own(state);
        delete_all_but(state);
    }
}
