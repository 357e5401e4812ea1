//! `Include/intrcheck.h`: the functions to call around a fork, and simulated interrupts.
//!
//! The library's own fork handlers repair locks in each child, however it is forked. These functions do the part that
//! needs the GIL.

use crate::interpreter::pending;
use crate::runtime::thread::fork;
use core::ffi::c_int;

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

/// Whether an interrupt was simulated since the last look, which is forgotten: 1 or 0. No signal of the system is an interrupt here.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_InterruptOccurred() -> c_int {
    pending::take_interrupt().into()
}

/// Simulates the signal SIGINT: the next [`crate::api::PyErr_CheckSignals`] or `Py_MakePendingCalls` raises
/// KeyboardInterrupt.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetInterrupt() {
    pending::interrupt();
}

/// Simulates a signal: 0, or -1 for a number that no signal has. Signals other than SIGINT have no handler here, and
/// nothing happens.
#[unsafe(no_mangle)]
pub extern "C" fn PyErr_SetInterruptEx(signum: c_int) -> c_int {
    match signum {
        libc::SIGINT => pending::interrupt(),
        1..=64 => {}
        _ => return -1,
    }
    0
}
