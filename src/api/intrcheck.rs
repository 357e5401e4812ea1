//! `Include/intrcheck.h`: around fork.
//!
//! The library's own handlers repair locks in each child, however it is forked. These functions do the part that needs the
//! GIL.

use crate::runtime::thread::fork;

/// Has to be called before fork, by a thread that holds the GIL and keeps it until after that. The process ends if the
/// thread has let the GIL go.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_BeforeFork() {
    fork::before();
}

/// Undoes `PyOS_BeforeFork` in the parent. The process ends if that was not called.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_AfterFork_Parent() {
    fork::after_in_parent();
}

/// Undoes `PyOS_BeforeFork` in the child: the thread states of other threads go, with their dicts. The process
/// ends if that was not called, or if the thread has let the GIL go.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_AfterFork_Child() {
    fork::after_in_child("PyOS_AfterFork_Child");
}

/// `PyOS_AfterFork_Child`, which is to be used instead.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_AfterFork() {
    fork::after_in_child("PyOS_AfterFork_Child");
}
