//! The events in a capsule's life, for a listener. Without one, the check costs one load and one branch.

use super::flag::WATCHED;
use super::{Obj, known};
use crate::abi::{PyObject, PyTypeObject};
use core::fmt;
use core::ptr;
use core::sync::atomic::{AtomicPtr, Ordering};

/// The functions of a listener. They are called at the end of a capsule, and for functions that leave an error set. The
/// C face knows the listener and announces calls to it directly.
#[derive(Debug)]
pub struct Listener {
    /// A capsule is about to be destroyed, because its last reference is gone. Returns false to keep it.
    pub destruction_begins: unsafe fn(*mut PyObject) -> bool,
    /// The destructor is done. Returns true to take over the memory, false to let it be freed.
    pub destruction_ends: unsafe fn(*mut PyObject) -> bool,
    /// A C function returned a result with an error set, which is a SystemError. The text names the function, as in
    /// "f() returned a result".
    pub result_with_error: fn(fmt::Arguments<'_>),
}

static LISTENER: AtomicPtr<Listener> = AtomicPtr::new(ptr::null_mut());
/// The class of capsules while there is no listener, else NULL.
static UNWATCHED: AtomicPtr<PyTypeObject> = AtomicPtr::new(ptr::null_mut());

/// Whether there may be a listener. It is true until the first capsule call has read the options.
#[inline(always)]
pub(crate) fn watched() -> bool {
    WATCHED.is_set()
}

/// Whether an object is of the class of capsules and there is no listener, in one comparison.
#[inline]
pub(crate) fn is_unwatched(o: Obj<'_>) -> bool {
    let unwatched: *mut PyTypeObject;
    // Written by hand, because the compiler would load the address of the static into a register first.
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the code reads a pointer from a static that lives as long as the process. The load is atomic, so another
    // thread may write it meanwhile.
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

/// Installs the listener for capsule events, or removes it.
pub fn listen(listener: Option<&'static Listener>) {
    let place = listener.map_or(ptr::null_mut(), |listener| ptr::from_ref(listener).cast_mut());
    LISTENER.store(place, Ordering::Release);
    WATCHED.set(listener.is_some().into());
    UNWATCHED.store(if listener.is_some() { ptr::null_mut() } else { known::CAPSULE.as_ptr() }, Ordering::Release);
}

/// Tells the listener, if there is one, that a C function returned a result with an error set. The error is still
/// pending.
#[cold]
pub fn result_with_error(result: fmt::Arguments<'_>) {
    if let Some(listener) = listener() {
        (listener.result_with_error)(result);
    }
}

/// The listener, if there is one.
pub fn listener() -> Option<&'static Listener> {
    // SAFETY: `listen` stores NULL, or a listener that lives as long as the process and never changes.
    unsafe { LISTENER.load(Ordering::Acquire).as_ref() }
}
