//! The events in a capsule's life, for a listener. While nobody listens, asking costs one load and one branch.

use super::flag::is_set;
use super::{Obj, Type};
use crate::abi::{PyObject, PyTypeObject};
use core::fmt;
use core::ptr;
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

/// What a listener does about the end of a capsule, and about functions that leave an error set. Calls are announced to it by the
/// C face, which knows it.
#[derive(Debug)]
pub struct Listener {
    /// A capsule nobody refers to any more is about to be destroyed; `false` keeps it from being.
    pub destruction_begins: unsafe fn(*mut PyObject) -> bool,
    /// The destructor is done; `true` takes the memory over, `false` leaves it to be freed.
    pub destruction_ends: unsafe fn(*mut PyObject) -> bool,
    /// A function of C returned a result with an error set, which is a SystemError: says which, as in "f() returned a result".
    pub result_with_error: fn(fmt::Arguments<'_>),
}

/// Whether somebody may want to know: true until the first capsule call has found out.
static WATCHED: AtomicBool = AtomicBool::new(true);
static LISTENER: AtomicPtr<Listener> = AtomicPtr::new(ptr::null_mut());
/// The class of capsules while nobody wants to know, else NULL.
static UNWATCHED: AtomicPtr<PyTypeObject> = AtomicPtr::new(ptr::null_mut());

/// Whether events may be wanted.
#[inline(always)]
pub(crate) fn watched() -> bool {
    is_set!(WATCHED)
}

/// Whether an object is of the class of capsules, and nobody wants to know of their events: in one comparison.
#[inline]
pub(crate) fn is_unwatched(o: Obj<'_>) -> bool {
    let unwatched: *mut PyTypeObject;
    // The compiler would look for the address of the static first.
    #[cfg(target_arch = "x86_64")]
    // SAFETY: reads a pointer from a static that is there for good. It is loaded whole.
    unsafe {
        core::arch::asm!(
            "mov {class}, qword ptr [rip + {unwatched}]",
            class = lateout(reg) unwatched,
            unwatched = sym UNWATCHED,
            options(nostack, readonly, pure, preserves_flags),
        );
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        unwatched = UNWATCHED.load(Ordering::Relaxed);
    }
    o.class().as_ptr() == unwatched
}

/// Says who wants to know from now on, if anybody does, of what befalls objects of the class of capsules.
pub fn listen(listener: Option<&'static Listener>, capsules: Type<'static>) {
    let place = listener.map_or(ptr::null_mut(), |listener| ptr::from_ref(listener).cast_mut());
    LISTENER.store(place, Ordering::Release);
    WATCHED.store(listener.is_some(), Ordering::Release);
    UNWATCHED.store(if listener.is_some() { ptr::null_mut() } else { capsules.as_ptr() }, Ordering::Release);
}

/// Tells the listener, if there is one, that a function of C returned a result with an error set. The error is still pending.
#[cold]
pub fn result_with_error(result: fmt::Arguments<'_>) {
    if let Some(listener) = listener() {
        (listener.result_with_error)(result);
    }
}

/// Who wants to know.
pub fn listener() -> Option<&'static Listener> {
    // SAFETY: NULL, or a listener that lives for good, which nothing changes.
    unsafe { LISTENER.load(Ordering::Acquire).as_ref() }
}
