//! `Include/lock.h` and `Include/critical_section.h`: locks of one byte, and the critical sections of CPython's build
//! without the GIL.

use crate::abi::{PyCriticalSection, PyCriticalSection2, PyMutex};
use crate::runtime::byte_lock::{ByteLock, Patience};
use crate::runtime::{Arg, fatal, thread};
use core::ffi::c_int;

/// Takes a lock, and waits for it if another thread holds it. A thread that waits releases the GIL meanwhile.
///
/// # Safety
/// `m` is a mutex: zero bytes at first, and not moved while it is in use.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMutex_Lock(m: *mut PyMutex) {
    // SAFETY: the mutex has one byte, which is accessed as a lock only.
    let lock = unsafe { ByteLock::at(m.cast()) };
    if !lock.try_lock() {
        thread::without_gil(|| lock.lock(Patience::Endless), "PyMutex_Lock");
    }
}

/// Frees a lock. The process ends if no thread holds it.
///
/// # Safety
/// As for [`PyMutex_Lock`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMutex_Unlock(m: *mut PyMutex) {
    // SAFETY: the mutex has one byte, which is accessed as a lock only.
    if !unsafe { ByteLock::at(m.cast()) }.unlock() {
        fatal::error("PyMutex_Unlock", format_args!("unlocking mutex that is not locked"));
    }
}

/// Whether a thread holds a lock: 1 or 0.
///
/// # Safety
/// As for [`PyMutex_Lock`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMutex_IsLocked(m: *mut PyMutex) -> c_int {
    // SAFETY: the mutex has one byte, which is accessed as a lock only.
    unsafe { ByteLock::at(m.cast()) }.is_locked().into()
}

/// Begins a critical section of an object. Does nothing, as in CPython's build with the GIL, which excludes other
/// threads.
#[unsafe(no_mangle)]
pub extern "C" fn PyCriticalSection_Begin(_: *mut PyCriticalSection, _: Arg) {}

/// Begins a critical section of a lock. Does nothing: see [`PyCriticalSection_Begin`].
#[unsafe(no_mangle)]
pub extern "C" fn PyCriticalSection_BeginMutex(_: *mut PyCriticalSection, _: *mut PyMutex) {}

/// Ends a critical section. Does nothing: see [`PyCriticalSection_Begin`].
#[unsafe(no_mangle)]
pub extern "C" fn PyCriticalSection_End(_: *mut PyCriticalSection) {}

/// Begins a critical section of two objects. Does nothing: see [`PyCriticalSection_Begin`].
#[unsafe(no_mangle)]
pub extern "C" fn PyCriticalSection2_Begin(_: *mut PyCriticalSection2, _: Arg, _: Arg) {}

/// Begins a critical section of two locks. Does nothing: see [`PyCriticalSection_Begin`].
#[unsafe(no_mangle)]
pub extern "C" fn PyCriticalSection2_BeginMutex(_: *mut PyCriticalSection2, _: *mut PyMutex, _: *mut PyMutex) {}

/// Ends a critical section of two. Does nothing: see [`PyCriticalSection_Begin`].
#[unsafe(no_mangle)]
pub extern "C" fn PyCriticalSection2_End(_: *mut PyCriticalSection2) {}
