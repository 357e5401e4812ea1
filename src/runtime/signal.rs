//! Handlers of signals, set as CPython sets them.

use crate::abi::PyOS_sighandler_t;
use core::ffi::c_int;
use core::mem::{MaybeUninit, transmute};
use core::ptr::null;

/// Exchanges the handler of a signal; without a new one the old one stays.
///
/// # Safety
/// The new handler may run when the signal comes.
unsafe fn exchange(signal: c_int, new: Option<&libc::sigaction>) -> PyOS_sighandler_t {
    let mut old = MaybeUninit::<libc::sigaction>::uninit();
    let new = new.map_or(null(), core::ptr::from_ref);
    // SAFETY: the places are live for the call, which writes the old handler when it succeeds. A handler is an address in C, too.
    unsafe {
        let done = libc::sigaction(signal, new, old.as_mut_ptr()) == 0;
        let handler = if done { old.assume_init().sa_sigaction } else { libc::SIG_ERR };
        transmute::<usize, PyOS_sighandler_t>(handler)
    }
}

/// The handler of a signal, or `SIG_ERR`.
pub fn handler(signal: c_int) -> PyOS_sighandler_t {
    // SAFETY: no handler is set.
    unsafe { exchange(signal, None) }
}

/// Sets the handler of a signal, and returns the old one, or `SIG_ERR`.
///
/// # Safety
/// The handler may run when the signal comes.
pub unsafe fn set_handler(signal: c_int, handler: PyOS_sighandler_t) -> PyOS_sighandler_t {
    let mut new = libc::sigaction {
        sa_sigaction: handler.map_or(libc::SIG_DFL, |handler| handler as usize),
        // SAFETY: an empty set is written before it is read.
        sa_mask: unsafe { MaybeUninit::zeroed().assume_init() },
        sa_flags: libc::SA_ONSTACK,
        sa_restorer: None,
    };
    // SAFETY: the set is live; the caller promises the handler.
    unsafe {
        libc::sigemptyset(&raw mut new.sa_mask);
        exchange(signal, Some(&new))
    }
}
