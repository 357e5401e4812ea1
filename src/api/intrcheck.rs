//! `Include/intrcheck.h`: the functions to call around a fork.
//!
//! The library's own fork handlers repair locks in each child, however it is forked. These functions do the part that
//! needs the GIL.

use crate::runtime::thread::fork;

/// The parent calls it before a fork, in a thread that holds the GIL, and keeps the GIL until after the fork. The
/// process ends if the thread has released the GIL.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_BeforeFork() {
    fork::before();
}

/// Undoes `PyOS_BeforeFork` in the parent. The process ends if that was not called.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_AfterFork_Parent() {
    fork::after_in_parent();
}

/// Undoes `PyOS_BeforeFork` in the child: deletes the thread states of other threads, with their dicts. The process
/// ends if that was not called, or if the thread has released the GIL.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_AfterFork_Child() {
    fork::after_in_child("PyOS_AfterFork_Child");
}

/// `PyOS_AfterFork_Child`, under its older name.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_AfterFork() {
    fork::after_in_child("PyOS_AfterFork_Child");
}
