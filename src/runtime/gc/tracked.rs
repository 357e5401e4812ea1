//! The tracking of objects by their addresses. The destruction of a container begins here, in a file below references.

use super::ring::{FINALIZED, LOOSE, LOOSE_RING, Node, SHARED_RING};
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
    match LOCK.hold_alone_if(|| node.is_linked()) {
        Some(Some(_guard)) => node.unlink(),
        // Many objects are not linked: a tuple of strings is never tracked, and a type may untrack an object before
        // this.
        Some(None) => {}
        None => unlink_beside_others(node),
    }
}

/// Stops tracking an object that is being freed. Most were untracked before, by this thread, which shows without the lock: nothing links an
/// object to which nothing refers.
///
/// # Safety
/// `o` is a whole object.
#[inline(always)]
pub(super) unsafe fn untrack_at_end(o: *mut PyObject) {
    // SAFETY: the object is whole while this function runs, which is as long as the node is used.
    unsafe {
        if node(o).is_some_and(Node::is_linked) {
            untrack(o);
        }
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

/// Adds a node to the ring of the objects that threads track without the GIL.
pub(super) fn link_loose(node: Node, owner: &mut Owner) {
    let me = Owner::me();
    *owner = if *owner == me || LOOSE_RING.first().is_none() { me } else { Owner::Several };
    LOOSE_RING.append(node);
    node.set(LOOSE);
}

/// The flags of an object that is untracked for a while: whether its finalizer was called, and in which ring it was.
#[derive(Debug)]
pub(crate) struct Tracking(pub(crate) usize);

/// Flag of [`Tracking`]: the object was tracked.
const TRACKED: usize = 1 << 1;

/// Stops tracking an object for a while. Both links of its head are unused until [`resume`].
///
/// # Safety
/// `o` is a whole object with a collector's head.
pub(crate) unsafe fn suspend(o: *mut PyObject) -> Tracking {
    // SAFETY: the object has a head, and is whole while this function runs.
    let node = unsafe { Node::of(o) };
    let _guard = LOCK.hold();
    if !node.is_linked() {
        return Tracking(node.flags() & FINALIZED);
    }
    let flags = node.flags() & (FINALIZED | LOOSE) | TRACKED;
    node.unlink();
    Tracking(flags)
}

/// Ends what [`suspend`] began.
///
/// # Safety
/// `o` is a whole object with a collector's head, whose `next` link is NULL.
pub(crate) unsafe fn resume(o: *mut PyObject, Tracking(flags): Tracking) {
    // SAFETY: the object has a head, and is whole while this function runs.
    let node = unsafe { Node::of(o) };
    let mut owner = LOCK.hold();
    node.reset(flags & FINALIZED);
    match (flags & TRACKED != 0, flags & LOOSE != 0) {
        (true, true) => link_loose(node, &mut owner),
        (true, false) => SHARED_RING.append(node),
        (false, _) => {}
    }
}
