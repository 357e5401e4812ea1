//! The end of containers: one may hold another, which holds another, and so on, without overflowing the stack. When
//! little of it is left, a container is put on a list of the thread's, and destroyed when the stack is free again.
//!
//! Each names the next in the `prev` link of its collector's head, which it does not need since the collector has
//! forgotten it.

use super::stack::{self, Stack};
use super::{Obj, gc};
use crate::abi::{PyGC_Head, PyObject};
use core::ptr::NonNull;

/// Destroys a container, now or when there is room on the stack.
///
/// # Safety
/// Nobody refers to `o`, and its type takes part in garbage collection.
#[inline(never)]
pub(super) unsafe fn destroy(o: NonNull<PyObject>) {
    // SAFETY: the caller's promise.
    stack::with(|stack| unsafe {
        if stack.may_be_low() { destroy_or_put_off(stack, o) } else { destroy_now(stack, o) }
    });
}

/// The same, on a stack of which little may be left.
///
/// # Safety
/// As for [`destroy`].
#[cold]
#[inline(never)]
unsafe fn destroy_or_put_off(stack: &Stack, o: NonNull<PyObject>) {
    // SAFETY: the caller's promise.
    unsafe {
        if !(stack.is_low() && stack.destroying.get() > 0 && put_off(stack, o)) {
            destroy_now(stack, o);
        }
    }
}

/// Destroys a container, and those that were put off meanwhile.
///
/// # Safety
/// As for [`destroy`].
#[inline(always)]
unsafe fn destroy_now(stack: &Stack, o: NonNull<PyObject>) {
    stack.destroying.update(|depth| depth + 1);
    // SAFETY: the caller's promise.
    unsafe { deallocate(o) };
    if !stack.put_off.get().is_null() {
        resume(stack);
    }
    stack.destroying.update(|depth| depth - 1);
}

fn head(o: NonNull<PyObject>) -> *mut PyGC_Head {
    o.as_ptr().cast::<PyGC_Head>().wrapping_sub(1)
}

/// Puts a container on the list; `false` when it has no collector's head to link it by.
///
/// # Safety
/// As for [`destroy`].
#[cold]
unsafe fn put_off(stack: &Stack, o: NonNull<PyObject>) -> bool {
    // SAFETY: whole until its tp_dealloc runs; an object that is_gc says yes to has a head.
    unsafe {
        let container = Obj::from_ptr_unchecked(o.as_ptr());
        if !gc::is_gc(container) {
            return false;
        }
        gc::untrack(container);
        (*head(o)).prev = stack.put_off.replace(o.as_ptr()).cast();
        true
    }
}

/// Destroys what was put off: inside the destruction of another container as far as there is room, else all of it.
#[cold]
fn resume(stack: &Stack) {
    let is_inner = stack.destroying.get() > 1;
    while let Some(next) = NonNull::new(stack.put_off.get()).filter(|_| !is_inner || stack.is_ample()) {
        // SAFETY: what is on the list has a collector's head of its own, and no other user.
        unsafe {
            stack.put_off.set((*head(next)).prev.cast());
            (*head(next)).prev = core::ptr::null_mut();
            deallocate(next);
        }
    }
}

/// # Safety
/// Nobody refers to `o`.
#[inline]
unsafe fn deallocate(o: NonNull<PyObject>) {
    // SAFETY: the object and its type are still whole.
    unsafe {
        if let Some(tp_dealloc) = (*(*o.as_ptr()).ob_type).tp_dealloc {
            tp_dealloc(o.as_ptr());
        }
    }
}
