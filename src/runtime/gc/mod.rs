//! The garbage collector. An object that can be part of a cycle is *tracked*: its collector's head links it into a
//! ring. `collector` searches the rings for garbage.
//!
//! Threads that never ask for the GIL may make containers too, so a lock guards the rings. The objects that such a
//! thread has tracked are in a separate ring, because another thread that collects must not traverse an object that its
//! owner may be changing.

mod collector;
mod garbage;
mod ring;
pub(super) mod tracked;
mod visit;
mod young;

pub use collector::{Scope, collect, is_enabled, set_enabled};
pub use garbage::Helper;
pub use visit::each_object;
pub use young::is_due;

use super::{Obj, thread};
use ring::{FINALIZED, Node, RINGS, SHARED_RING};
use tracked::{LOCK, Owner};

/// Whether the object's type takes part in collection (CPython: `PyObject_IS_GC`).
#[inline(always)]
pub fn is_gc(o: Obj<'_>) -> bool {
    // SAFETY: a borrowed object is whole.
    unsafe { tracked::is_collected(o.as_ptr()) }
}

/// The head of an object whose type takes part in collection.
#[inline(always)]
fn node(o: Obj<'_>) -> Option<Node> {
    // SAFETY: a borrowed object is whole. The functions here use the node while they have the object.
    unsafe { tracked::node(o.as_ptr()) }
}

/// Whether the collector tracks the object.
pub fn is_tracked(o: Obj<'_>) -> bool {
    let Some(node) = node(o) else { return false };
    let _guard = LOCK.hold();
    node.is_linked()
}

/// Whether the object's finalizer was called (CPython: `PyObject_GC_IsFinalized`).
pub fn is_finalized(o: Obj<'_>) -> bool {
    node(o).is_some_and(|node| node.has(FINALIZED))
}

/// Records that the object's finalizer is called, so that it is called only once. An object without a collector's head
/// has no place for that.
pub fn set_finalized(o: Obj<'_>) {
    if let Some(node) = node(o) {
        let _guard = LOCK.hold();
        node.set(FINALIZED);
    }
}

/// Starts tracking the object, whose `tp_traverse` must work from now on. Does nothing when the object is tracked
/// already.
pub fn track(o: Obj<'_>) {
    let Some(node) = node(o) else { return };
    let mut owner = LOCK.hold_often();
    if !node.is_linked() {
        link(node, &mut owner);
    }
}

/// The fast path of [`track`], for a new object.
///
/// # Safety
/// The object has a collector's head, since its class takes part in collection. It is not tracked yet.
#[inline(always)]
pub(crate) unsafe fn track_new(o: Obj<'_>) {
    debug_assert!(is_gc(o) && !is_tracked(o));
    // SAFETY: the object has a head before it, by this function's condition.
    link(unsafe { Node::of(o.as_ptr()) }, &mut LOCK.hold_often());
}

#[inline(always)]
fn link(node: Node, owner: &mut Owner) {
    if thread::attached().is_some() {
        SHARED_RING.append(node);
        young::count();
    } else {
        tracked::link_loose(node, owner);
    }
}

/// Calls `look` with the address of each linked collector's head, and of the rings' anchors, because their links hold
/// no object. `look` neither tracks nor untracks an object.
pub fn each_head(look: &mut dyn FnMut(usize)) {
    let _guard = LOCK.hold();
    for ring in RINGS {
        look(ring.anchor().address());
        ring.nodes().for_each(|node| look(node.address()));
    }
}

/// Stops tracking every object, when the runtime's life has ended. Those that are left belong to the program or are leaks, and
/// the rings would be a way to all of them for a tool that searches memory for leaks.
pub fn untrack_all() {
    let _guard = LOCK.hold();
    for ring in RINGS {
        while let Some(node) = ring.first() {
            node.unlink();
        }
    }
}

/// Stops tracking the object: the first step of a `tp_dealloc`. Does nothing when it is not tracked.
#[inline]
pub fn untrack(o: Obj<'_>) {
    // SAFETY: a borrowed object is whole.
    unsafe { tracked::untrack(o.as_ptr()) }
}

/// Stops tracking an object that is being freed: as [`untrack`], and without a lock if it was untracked before.
///
/// # Safety
/// Nothing refers to the object.
#[inline]
pub(super) unsafe fn untrack_at_end(o: Obj<'_>) {
    // SAFETY: a borrowed object is whole.
    unsafe { tracked::untrack_at_end(o.as_ptr()) }
}
