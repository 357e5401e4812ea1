//! The trash can: containers in containers are destroyed without overflowing the stack. When little of it is left, a
//! container is put on a list of the thread's, and destroyed when the stack is free again.
//!
//! Each names the next in the `prev` link of its collector's head, which is free once the collector has forgotten the object.

use super::gc::tracked;
use super::stack::{Stack, with};
use crate::abi::{PyGC_Head, PyObject};
use core::ptr::{NonNull, null_mut};

/// A container that is being destroyed. No reference to it is left, so there is one of these for it at a time, and its type's
/// `tp_dealloc` has not begun.
struct Dying(NonNull<PyObject>);

/// Destroys a container, now or when there is room on the stack.
///
/// # Safety
/// No reference to `o` is left, and its type takes part in garbage collection.
#[inline(never)]
pub(super) unsafe fn destroy(o: NonNull<PyObject>) {
    let dying = Dying(o);
    with(|stack| if stack.may_be_low() { dying.destroy_or_put_off(stack) } else { dying.destroy_now(stack) });
}

impl Dying {
    /// Destroys it on a stack of which little may be left.
    #[cold]
    #[inline(never)]
    fn destroy_or_put_off(self, stack: &Stack) {
        let kept = if stack.is_low() && stack.destroying.get() > 0 { self.put_off(stack) } else { Some(self) };
        if let Some(dying) = kept {
            dying.destroy_now(stack);
        }
    }

    /// Destroys it, and those that were put off meanwhile.
    #[inline(always)]
    fn destroy_now(self, stack: &Stack) {
        stack.destroying.update(|depth| depth + 1);
        self.deallocate();
        if !stack.put_off.get().is_null() {
            resume(stack);
        }
        stack.destroying.update(|depth| depth - 1);
    }

    fn head(&self) -> *mut PyGC_Head {
        self.0.as_ptr().cast::<PyGC_Head>().wrapping_sub(1)
    }

    /// Puts it on the list; gives it back when it has no collector's head to link it by.
    #[cold]
    fn put_off(self, stack: &Stack) -> Option<Self> {
        // SAFETY: the object is whole, since its tp_dealloc has not begun. An object that is collected has a head, whose
        // links are free when the collector has forgotten the object.
        unsafe {
            if !tracked::is_collected(self.0.as_ptr()) {
                return Some(self);
            }
            tracked::untrack(self.0.as_ptr());
            (*self.head()).prev = stack.put_off.replace(self.0.as_ptr()).cast();
        }
        None
    }

    /// Takes the one off the list that was put there last.
    fn take_back(stack: &Stack) -> Option<Self> {
        let dying = Dying(NonNull::new(stack.put_off.get())?);
        // SAFETY: `put_off` has put it there, with a head that names the next one.
        unsafe {
            stack.put_off.set((*dying.head()).prev.cast());
            (*dying.head()).prev = null_mut();
        }
        Some(dying)
    }

    #[inline]
    fn deallocate(self) {
        // SAFETY: the object and its type are still whole, and `self`, which is gone then, was the last that knows the object.
        unsafe {
            if let Some(tp_dealloc) = (*(*self.0.as_ptr()).ob_type).tp_dealloc {
                tp_dealloc(self.0.as_ptr());
            }
        }
    }
}

/// Destroys the containers that were put off: inside the destruction of another container as far as there is room, else all
/// of them.
#[cold]
fn resume(stack: &Stack) {
    let is_inner = stack.destroying.get() > 1;
    while !stack.put_off.get().is_null() && (!is_inner || stack.is_ample()) {
        Dying::take_back(stack).into_iter().for_each(Dying::deallocate);
    }
}
