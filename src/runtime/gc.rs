//! The garbage collector's list of tracked objects.

use super::Obj;
use crate::abi::*;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The ring of tracked objects. An object that is not tracked has NULL links.
static mut TRACKED: PyGC_Head = PyGC_Head { next: &raw mut TRACKED, prev: &raw mut TRACKED };

/// Guards the ring: containers may be made and destroyed by threads that do not ask for the GIL.
static LOCK: Mutex<()> = Mutex::new(());

fn lock() -> MutexGuard<'static, ()> {
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The collector's head, before the object.
fn head(o: Obj<'_>) -> *mut PyGC_Head {
    debug_assert!(o.has_flag(Py_TPFLAGS_HAVE_GC));
    o.cast::<PyGC_Head>().wrapping_sub(1)
}

/// Whether the object's type takes part in collection (CPython: `PyObject_IS_GC`).
pub fn is_gc(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_HAVE_GC)
        // SAFETY: tp_is_gc is asked about an instance of its own type.
        && o.class().fields().tp_is_gc.is_none_or(|is_gc| unsafe { is_gc(o.as_ptr()) } != 0)
}

/// Whether the collector knows the object.
pub fn is_tracked(o: Obj<'_>) -> bool {
    // SAFETY: an object that is_gc says yes to has a collector's head before it.
    is_gc(o) && unsafe { !(*head(o)).next.is_null() }
}

/// Lets the collector know the object; its `tp_traverse` must work from now on. No-op when it does already.
pub fn track(o: Obj<'_>) {
    if is_tracked(o) {
        return;
    }
    let _guard = lock();
    // SAFETY: the object is live and has a head; the lock protects the ring.
    unsafe {
        let head = head(o);
        let last = (*(&raw mut TRACKED)).prev;
        (*head).next = &raw mut TRACKED;
        (*head).prev = last;
        (*last).next = head;
        (*(&raw mut TRACKED)).prev = head;
    }
}

/// Makes the collector forget the object: the first thing a `tp_dealloc` does. No-op when it never knew it.
pub fn untrack(o: Obj<'_>) {
    if !is_tracked(o) {
        return;
    }
    let _guard = lock();
    // SAFETY: as in `track`; a tracked object's neighbours are tracked or the ring's anchor.
    unsafe {
        let head = head(o);
        (*(*head).next).prev = (*head).prev;
        (*(*head).prev).next = (*head).next;
        (*head).next = core::ptr::null_mut();
        (*head).prev = core::ptr::null_mut();
    }
}
