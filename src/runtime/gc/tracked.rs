//! The tracking of objects by their addresses. The destruction of a container begins here, in a file below references.

use super::ring::Node;
use crate::abi::{Py_TPFLAGS_HAVE_GC, PyObject};
use crate::runtime::lock::Lock;

/// The thread whose objects are in the separate ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// This one alone.
    One(usize),
    /// Several threads, or a thread that has ended.
    Several,
}

impl Owner {
    pub fn me() -> Self {
        Owner::One(this_thread())
    }
}

/// The identity of this thread.
pub(super) fn this_thread() -> usize {
    // SAFETY: pthread_self only reads the thread's own register.
    unsafe { libc::pthread_self() as usize }
}

/// Guards the links of the rings. Its value is the thread whose objects are in the separate ring.
pub(super) static LOCK: Lock<Owner> = Lock::mended(Owner::Several, disown);

/// Forgets the owner, in a child. The other threads do not exist there, and no collection traverses the objects that
/// they tracked without the GIL.
fn disown() {
    let mut owner = LOCK.hold();
    if *owner != Owner::me() {
        *owner = Owner::Several;
    }
}

/// Whether the object's type takes part in collection (CPython: `PyObject_IS_GC`).
///
/// # Safety
/// `o` is a whole object.
#[inline(always)]
pub(crate) unsafe fn is_collected(o: *mut PyObject) -> bool {
    // SAFETY: a whole object has a whole type, whose tp_is_gc is called with an instance of that type.
    unsafe {
        let class = (*o).ob_type;
        (*class).tp_flags & Py_TPFLAGS_HAVE_GC != 0 && (*class).tp_is_gc.is_none_or(|is_gc| is_gc(o) != 0)
    }
}

/// The head of an object, if its type takes part in collection.
///
/// # Safety
/// `o` is a whole object for as long as the node is used.
#[inline(always)]
pub(super) unsafe fn node(o: *mut PyObject) -> Option<Node> {
    // SAFETY: the object is whole, and one that is collected has a head before it.
    unsafe { is_collected(o).then(|| Node::of(o)) }
}

/// Stops tracking the object. Does nothing when it is not tracked.
///
/// # Safety
/// `o` is a whole object.
#[inline(always)]
pub(crate) unsafe fn untrack(o: *mut PyObject) {
    // SAFETY: the object is whole while this function runs, which is as long as the node is used.
    let Some(node) = (unsafe { node(o) }) else { return };
    match LOCK.hold_alone() {
        // Many objects are not linked: a tuple of strings is never tracked, and a type may untrack an object before this.
        Some(_guard) if node.is_linked() => node.unlink(),
        Some(_) => {}
        None => unlink_beside_others(node),
    }
}

/// Removes a node from its ring, if it is in one, while the process has other threads. Out of line, since that is rare.
#[cold]
#[inline(never)]
fn unlink_beside_others(node: Node) {
    let _guard = LOCK.hold();
    if node.is_linked() {
        node.unlink();
    }
}
