//! A walk over all tracked objects, for C.

use super::ring::{LOOSE_RING, Node, OLD_RING, Ring, SHARED_RING};
use super::tracked::{LOCK, Owner};
use super::{is_enabled, set_enabled};
use crate::runtime::{Obj, Ref};

/// Calls a function with each object that the collector tracks and that this thread may use, until it returns false
/// (CPython: `PyUnstable_GC_VisitObjects`). The collector is disabled meanwhile. The function may track and untrack
/// objects; when it untracks the one that it is called with, the rest of that object's ring is left out.
pub fn each_object(mut visit: impl FnMut(Obj<'_>) -> bool) {
    let was_enabled = set_enabled(false);
    let is_mine = *LOCK.hold() == Owner::me();
    for ring in [OLD_RING, SHARED_RING, LOOSE_RING].into_iter().take(if is_mine { 3 } else { 2 }) {
        if !each_in(ring, &mut visit) {
            break;
        }
    }
    if was_enabled && !is_enabled() {
        set_enabled(true);
    }
}

/// Returns whether the function wants more objects.
fn each_in(ring: Ring, visit: &mut impl FnMut(Obj<'_>) -> bool) -> bool {
    let mut next = after(ring, ring.anchor());
    while let Some((node, o)) = next {
        if !visit(o.borrow()) {
            return false;
        }
        // The object is dropped when the next one is held, since it may be the only one to keep that alive.
        next = after(ring, node);
        drop(o);
    }
    true
}

/// The first object after a node that is not being destroyed.
fn after(ring: Ring, node: Node) -> Option<(Node, Ref)> {
    let _guard = LOCK.hold();
    let mut node = node;
    while node.is_linked() {
        node = node.next();
        if node == ring.anchor() {
            return None;
        }
        // SAFETY: an object is in a ring only while it is whole, and the lock is held.
        let o = unsafe { Obj::from_ptr_unchecked(node.object()) };
        if o.refcnt() > 0 {
            return Some((node, o.to_ref()));
        }
    }
    None
}
