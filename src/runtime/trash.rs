//! The trash can: nested containers are destroyed without overflowing the stack. When little room is left, a container
//! is added to a list of the thread, and destroyed when the stack has room again.
//!
//! Each container in the list links to the next by the `prev` link of its collector's head, which is unused once the
//! object is untracked. The lowest bits of the link keep the state of the object's tracking: it is tracked again before
//! its `tp_dealloc` runs, which may bring it back to life.

use super::gc::tracked::{self, Tracking};
use super::stack::{Stack, with};
use crate::abi::{PyGC_Head, PyObject};
use core::ptr::NonNull;

/// The bits of a link that are not the address: a head's flags, as [`Tracking`] gives them.
const FLAGS: usize = 7;

/// A container that is being destroyed. No reference to it is left, so only one value of this type exists for it, and
/// its type's `tp_dealloc` has not begun.
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
    /// Destroys it, or puts that off if little of the stack is left.
    #[cold]
    #[inline(never)]
    fn destroy_or_put_off(self, stack: &Stack) {
        let kept = if stack.is_low() && stack.destroying.get() > 0 { self.put_off(stack) } else { Some(self) };
        if let Some(dying) = kept {
            dying.destroy_now(stack);
        }
    }

    /// Destroys it, and the containers that were put off meanwhile.
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

    /// Adds it to the list; returns it when it has no collector's head to link it by.
    #[cold]
    fn put_off(self, stack: &Stack) -> Option<Self> {
        // SAFETY: the object is whole, since its tp_dealloc has not begun. An object that is collected has a head,
        // whose links are unused once the object is untracked.
        unsafe {
            if !tracked::is_collected(self.0.as_ptr()) {
                return Some(self);
            }
            let Tracking(flags) = tracked::suspend(self.0.as_ptr());
            (*self.head()).prev = stack.put_off.replace(self.0.as_ptr()).map_addr(|address| address | flags).cast();
        }
        None
    }

    /// Takes the container that was added last off the list.
    fn take_back(stack: &Stack) -> Option<Self> {
        let dying = Dying(NonNull::new(stack.put_off.get())?);
        // SAFETY: `put_off` has added it, with a head that links to the next one.
        unsafe {
            let link = (*dying.head()).prev;
            stack.put_off.set(link.map_addr(|address| address & !FLAGS).cast());
            tracked::resume(dying.0.as_ptr(), Tracking(link.addr() & FLAGS));
        }
        Some(dying)
    }

    #[inline]
    fn deallocate(self) {
        // SAFETY: the object and its type are still whole. `self`, which ends here, was the last to know the object.
        unsafe {
            if let Some(tp_dealloc) = (*(*self.0.as_ptr()).ob_type).tp_dealloc {
                tp_dealloc(self.0.as_ptr());
            }
        }
    }
}

/// Destroys the containers that were put off: within the destruction of another container as far as there is room,
/// otherwise all of them.
#[cold]
fn resume(stack: &Stack) {
    let is_inner = stack.destroying.get() > 1;
    while !stack.put_off.get().is_null() && (!is_inner || stack.is_ample()) {
        Dying::take_back(stack).into_iter().for_each(Dying::deallocate);
    }
}
