//! The garbage collector. An object that can be part of a cycle is *tracked*: its collector's head links it into a ring.
//! What a collection does with them is in `collector`.
//!
//! Threads that never ask for the GIL may make containers too, so a lock guards the rings. What such a thread has
//! tracked stands in a ring apart: another thread that collects must not look into an object that its owner may be
//! changing.

mod collector;
mod ring;

pub use collector::{Scope, collect, is_enabled, set_enabled};

use super::lock::Lock;
use super::{Obj, thread};
use crate::abi::*;
use ring::{CANDIDATES, LOOSE, LOOSE_RING, Node, SHARED_RING, SUSPECTS};

/// Whose objects stand in the ring apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    One(usize),
    Several,
}

impl Owner {
    fn me() -> Self {
        Owner::One(this_thread())
    }
}

fn this_thread() -> usize {
    // SAFETY: a thread asks for its own identity.
    unsafe { libc::pthread_self() as usize }
}

/// Guards the links of the rings, and knows whose objects stand in the ring apart.
static LOCK: Lock<Owner> = Lock::new(Owner::Several);

/// Whether the object's type takes part in collection (CPython: `PyObject_IS_GC`).
#[inline(always)]
pub fn is_gc(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_HAVE_GC)
        // SAFETY: tp_is_gc is asked about an instance of its own type.
        && o.class().fields().tp_is_gc.is_none_or(|is_gc| unsafe { is_gc(o.as_ptr()) } != 0)
}

/// The head of an object whose type takes part in collection.
#[inline(always)]
fn node(o: Obj<'_>) -> Option<Node> {
    // SAFETY: such an object has a head before it.
    is_gc(o).then(|| unsafe { Node::of(o) })
}

/// Whether the collector knows the object.
pub fn is_tracked(o: Obj<'_>) -> bool {
    let Some(node) = node(o) else { return false };
    let _guard = LOCK.hold();
    node.is_linked()
}

/// Lets the collector know the object; its `tp_traverse` must work from now on. No-op when it does already.
pub fn track(o: Obj<'_>) {
    let Some(node) = node(o) else { return };
    let mut owner = LOCK.hold_often();
    if !node.is_linked() {
        link(node, &mut owner);
    }
}

/// The same for a new object of a built-in class that takes part in collection.
#[inline(always)]
pub fn track_new(o: Obj<'_>) {
    debug_assert!(is_gc(o) && !is_tracked(o));
    // SAFETY: such an object has a head before it.
    link(unsafe { Node::of(o) }, &mut LOCK.hold_often());
}

#[inline(always)]
fn link(node: Node, owner: &mut Owner) {
    if thread::attached().is_some() {
        SHARED_RING.append(node);
    } else {
        link_loose(node, owner);
    }
}

#[inline(never)]
fn link_loose(node: Node, owner: &mut Owner) {
    let me = Owner::me();
    *owner = if *owner == me || LOOSE_RING.first().is_none() { me } else { Owner::Several };
    LOOSE_RING.append(node);
    node.set(LOOSE);
}

/// Shows where each collector's head is that is linked, and where the rings' anchors are: their links hold no object.
/// `look` neither tracks nor forgets any.
pub fn each_head(look: &mut dyn FnMut(usize)) {
    let _guard = LOCK.hold();
    for ring in [SHARED_RING, LOOSE_RING, CANDIDATES, SUSPECTS] {
        look(ring.anchor().address());
        ring.nodes().for_each(|node| look(node.address()));
    }
}

/// Makes the collector forget the object: the first thing a `tp_dealloc` does. No-op when it never knew it.
#[inline(never)]
pub fn untrack(o: Obj<'_>) {
    let Some(node) = node(o) else { return };
    let _guard = LOCK.hold_often();
    if node.is_linked() {
        node.unlink();
    }
}

/// Goes on in a child, where the other threads are gone. No collection looks into what they have tracked without the GIL.
pub(super) fn go_on_in_child() {
    collector::abandon();
    let mut owner = LOCK.hold();
    if *owner != Owner::me() {
        *owner = Owner::Several;
    }
}
