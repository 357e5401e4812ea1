//! The events in a capsule's life, for a listener. While nobody listens, asking costs one load and one branch.

use crate::abi::PyObject;
use core::ptr;
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

/// What a listener does about the end of a capsule. Calls are announced to it by the C face, which knows it.
#[derive(Debug)]
pub struct Listener {
    /// A capsule nobody refers to any more is about to be destroyed; `false` keeps it from being.
    pub destruction_begins: unsafe fn(*mut PyObject) -> bool,
    /// The destructor is done; `true` takes the memory over, `false` leaves it to be freed.
    pub destruction_ends: unsafe fn(*mut PyObject) -> bool,
}

/// Whether somebody may want to know: true until the first capsule call has found out.
static WATCHED: AtomicBool = AtomicBool::new(true);
static LISTENER: AtomicPtr<Listener> = AtomicPtr::new(ptr::null_mut());

/// Whether events may be wanted: a relaxed load and a branch. Each capsule call asks, so this is the load and the branch:
/// the compiler does not put an atomic load into the comparison, which is an instruction more.
#[inline(always)]
pub(crate) fn watched() -> bool {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: reads one byte of a static that is there for good. A byte is loaded whole.
    unsafe {
        core::arch::asm!(
            "cmp byte ptr [rip + {flag}], 0",
            "jne {yes}",
            flag = sym WATCHED,
            yes = label { return true },
            options(nostack, readonly),
        );
        false
    }
    #[cfg(not(target_arch = "x86_64"))]
    WATCHED.load(Ordering::Relaxed)
}

/// Says who wants to know from now on, if anybody does.
pub fn listen(listener: Option<&'static Listener>) {
    let place = listener.map_or(ptr::null_mut(), |listener| ptr::from_ref(listener).cast_mut());
    LISTENER.store(place, Ordering::Release);
    WATCHED.store(listener.is_some(), Ordering::Release);
}

/// Who wants to know.
pub fn listener() -> Option<&'static Listener> {
    // SAFETY: NULL, or a listener that lives for good, which nothing changes.
    unsafe { LISTENER.load(Ordering::Acquire).as_ref() }
}
