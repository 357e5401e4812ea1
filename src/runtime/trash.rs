//! The end of containers: one may hold another, which holds another, and so on, without overflowing the stack. When
//! little of it is left, a container is put on a list of the thread's, and destroyed when the stack is free again.

use super::{Obj, gc, stack};
use crate::abi::{PyGC_Head, PyObject};
use core::cell::Cell;
use core::ptr::NonNull;

thread_local! {
    /// The containers put off. Each names the next in the `prev` link of its collector's head, which it does not need
    /// since the collector has forgotten it.
    static PUT_OFF: Cell<*mut PyObject> = const { Cell::new(core::ptr::null_mut()) };
    /// Whether a container is being destroyed, after which those that are put off will be.
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

/// Destroys a container, now or when there is room on the stack.
///
/// # Safety
/// Nobody refers to `o`, and its type takes part in garbage collection.
pub unsafe fn destroy(o: NonNull<PyObject>) {
    // SAFETY: the caller's promise. What is on the list has a collector's head of its own, and no other user.
    unsafe {
        if stack::is_low() && BUSY.get() && put_off(o) {
            return;
        }
        let is_first = !BUSY.replace(true);
        deallocate(o);
        while let Some(next) = NonNull::new(PUT_OFF.get()).filter(|_| is_first || stack::is_ample()) {
            PUT_OFF.set((*head(next)).prev.cast());
            (*head(next)).prev = core::ptr::null_mut();
            deallocate(next);
        }
        if is_first {
            BUSY.set(false);
        }
    }
}

fn head(o: NonNull<PyObject>) -> *mut PyGC_Head {
    o.as_ptr().cast::<PyGC_Head>().wrapping_sub(1)
}

/// Puts a container on the list; `false` when it has no collector's head to link it by.
///
/// # Safety
/// As for [`destroy`].
unsafe fn put_off(o: NonNull<PyObject>) -> bool {
    // SAFETY: whole until its tp_dealloc runs; an object that is_gc says yes to has a head.
    unsafe {
        let container = Obj::from_ptr_unchecked(o.as_ptr());
        if !gc::is_gc(container) {
            return false;
        }
        gc::untrack(container);
        (*head(o)).prev = PUT_OFF.replace(o.as_ptr()).cast();
        true
    }
}

/// # Safety
/// Nobody refers to `o`.
unsafe fn deallocate(o: NonNull<PyObject>) {
    // SAFETY: the object and its type are still whole.
    unsafe {
        if let Some(tp_dealloc) = (*(*o.as_ptr()).ob_type).tp_dealloc {
            tp_dealloc(o.as_ptr());
        }
    }
}
