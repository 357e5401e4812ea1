//! The rings of tracked objects, linked by the heads before the objects.
//!
//! A head's `prev` word has flags in its low bits, which are zero in an aligned address. While a collection examines an
//! object, the rest of that word is a count instead of an address. No other thread follows the links meanwhile.

use crate::abi::{PyGC_Head, PyObject};
use core::ptr::{self, null_mut};
use core::sync::atomic::{AtomicPtr, Ordering::Relaxed};

/// A tracked object's head, or the anchor of a ring. Only the thread that holds the lock changes the links, or the
/// collection that has a ring to itself. The words are atomic because a collection may read the flags of objects that
/// are in other rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node(*mut PyGC_Head);

/// Flag: the object's `tp_finalize` was called; the bit is CPython's. It stays when the object is untracked.
pub(super) const FINALIZED: usize = 1;
/// Flag: a collection examines the object, and `prev` has a count in place of the address.
pub(super) const COLLECTING: usize = 1 << 1;
/// Flag: tracked by a thread that did not hold the GIL.
pub(super) const LOOSE: usize = 1 << 2;
/// All the flags.
const FLAGS: usize = (1 << SHIFT) - 1;
const SHIFT: u32 = 3;
/// Flag of the `next` word: the object is among those that seem unreachable, or are. It is read only while a collection
/// separates those.
const SUSPECT: usize = 1;

impl Node {
    /// The head before an object.
    ///
    /// # Safety
    /// The object's type takes part in collection. The node is used for as long as the object lives.
    #[inline(always)]
    pub(super) unsafe fn of(o: *mut PyObject) -> Self {
        Node(o.cast::<PyGC_Head>().wrapping_sub(1))
    }

    /// The head of an object that is in a ring.
    pub(super) fn of_tracked(o: crate::runtime::Obj<'_>) -> Option<Self> {
        // SAFETY: the object is whole, and the node is used while the object lives.
        unsafe { super::tracked::node(o.as_ptr()) }.filter(|node| node.is_linked())
    }

    /// The object after the head.
    pub(super) fn object(self) -> *mut PyObject {
        self.0.wrapping_add(1).cast()
    }

    /// Its address.
    pub(super) fn address(self) -> usize {
        self.0.expose_provenance()
    }

    fn next_word<'a>(self) -> &'a AtomicPtr<PyGC_Head> {
        // SAFETY: a node is the head of a live object, or an anchor, which is a static. The word can be read and
        // written, and is accessed only as an atomic.
        unsafe { AtomicPtr::from_ptr(&raw mut (*self.0).next) }
    }

    fn previous_word<'a>(self) -> &'a AtomicPtr<PyGC_Head> {
        // SAFETY: a node is the head of a live object, or an anchor, which is a static. The word can be read and
        // written, and is accessed only as an atomic.
        unsafe { AtomicPtr::from_ptr(&raw mut (*self.0).prev) }
    }

    /// Whether it is in a ring.
    pub(super) fn is_linked(self) -> bool {
        !self.next_word().load(Relaxed).is_null()
    }

    pub(super) fn next(self) -> Self {
        Node(self.next_word().load(Relaxed).map_addr(|address| address & !SUSPECT))
    }

    pub(super) fn previous(self) -> Self {
        Node(self.previous_word().load(Relaxed).map_addr(|address| address & !FLAGS))
    }

    /// The node before it, unless it is the first of its ring.
    pub(super) fn before_in(self, ring: Ring) -> Option<Self> {
        Some(self.previous()).filter(|previous| *previous != ring.0)
    }

    /// Links to the node after it, which is not suspect.
    fn set_next(self, next: Self) {
        self.next_word().store(next.0, Relaxed);
    }

    /// Links to the node before it; the flags do not change.
    pub(super) fn set_previous(self, previous: Self) {
        let flags = self.previous_word().load(Relaxed).addr() & FLAGS;
        self.previous_word().store(previous.0.map_addr(|address| address | flags), Relaxed);
    }

    pub(super) fn has(self, flag: usize) -> bool {
        self.previous_word().load(Relaxed).addr() & flag != 0
    }

    pub(super) fn set(self, flag: usize) {
        let word = self.previous_word();
        word.store(word.load(Relaxed).map_addr(|address| address | flag), Relaxed);
    }

    pub(super) fn unset(self, flag: usize) {
        let word = self.previous_word();
        word.store(word.load(Relaxed).map_addr(|address| address & !flag), Relaxed);
    }

    /// All its flags.
    pub(super) fn flags(self) -> usize {
        self.previous_word().load(Relaxed).addr() & FLAGS
    }

    /// Stores flags in place of the address, for a node that is in no ring.
    pub(super) fn reset(self, flags: usize) {
        self.previous_word().store(ptr::without_provenance_mut(flags), Relaxed);
    }

    /// The count that is stored in place of the address.
    pub(super) fn count(self) -> usize {
        self.previous_word().load(Relaxed).addr() >> SHIFT
    }

    /// Stores a count in place of the address; the flags do not change.
    pub(super) fn set_count(self, count: usize) {
        let flags = self.previous_word().load(Relaxed).addr() & FLAGS;
        self.previous_word().store(ptr::without_provenance_mut((count << SHIFT) | flags), Relaxed);
    }

    /// Whether it is among those that seem unreachable.
    pub(super) fn is_suspect(self) -> bool {
        self.next_word().load(Relaxed).addr() & SUSPECT != 0
    }

    /// Unlinks it from its ring, whose links are all complete.
    #[inline(always)]
    pub(super) fn unlink(self) {
        let word = self.previous_word().load(Relaxed);
        self.bridge_from(Node(word.map_addr(|address| address & !FLAGS)));
        self.next_word().store(null_mut(), Relaxed);
        self.previous_word().store(word.map_addr(|address| address & FINALIZED), Relaxed);
    }

    /// Moves it to the end of another ring; it may be a suspect.
    pub(super) fn append_to(self, ring: Ring) {
        self.bridge();
        ring.append(self);
    }

    /// Moves it to the front of another ring.
    pub(super) fn prepend_to(self, ring: Ring) {
        self.bridge();
        let first = ring.0.next();
        self.set_next(first);
        self.set_previous(ring.0);
        first.set_previous(self);
        ring.0.set_next(self);
    }

    /// Links its neighbours to each other. The flag of the link to it is copied to the new link.
    #[inline(always)]
    fn bridge(self) {
        self.bridge_from(self.previous());
    }

    #[inline(always)]
    fn bridge_from(self, previous: Self) {
        let next = self.next_word().load(Relaxed);
        previous.next_word().store(next, Relaxed);
        Node(next.map_addr(|address| address & !SUSPECT)).set_previous(previous);
    }

    /// Unlinks it from a ring of which only the forward links are valid: `previous` is the node before it.
    pub(super) fn skip(self, previous: Self) {
        previous.set_next(self.next());
    }
}

/// A ring: an anchor, and the objects between its `next` and its `prev`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ring(Node);

/// The anchors of the rings, each linked to itself at first, so the rings are empty. No Rust reference to one is ever
/// made. Like the heads of objects, they are accessed by their addresses.
static mut ANCHORS: [PyGC_Head; 7] = [alone(0), alone(1), alone(2), alone(3), alone(4), alone(5), alone(6)];

const fn anchor(index: usize) -> *mut PyGC_Head {
    (&raw mut ANCHORS).cast::<PyGC_Head>().wrapping_add(index)
}

const fn alone(index: usize) -> PyGC_Head {
    PyGC_Head { next: anchor(index), prev: anchor(index) }
}

/// The young objects: those that were tracked, by threads holding the GIL, since the last collection.
pub(super) const SHARED_RING: Ring = Ring(Node(anchor(0)));
/// The objects that were tracked by threads without the GIL.
pub(super) const LOOSE_RING: Ring = Ring(Node(anchor(1)));
/// The objects that a collection examines.
pub(super) const CANDIDATES: Ring = Ring(Node(anchor(2)));
/// The objects that seem unreachable, and in the end are.
pub(super) const SUSPECTS: Ring = Ring(Node(anchor(3)));
/// The old objects: those of threads holding the GIL that have survived a collection.
pub(super) const OLD_RING: Ring = Ring(Node(anchor(4)));
/// The weak references of a collection whose callbacks are called.
pub(super) const CALLBACKS: Ring = Ring(Node(anchor(5)));
/// The garbage that is kept: objects with a `tp_del`, which is called outside of collections only, and those that they
/// reach.
pub(super) const KEPT: Ring = Ring(Node(anchor(6)));
/// All rings.
pub(super) const RINGS: [Ring; 7] = [SHARED_RING, LOOSE_RING, CANDIDATES, SUSPECTS, OLD_RING, CALLBACKS, KEPT];

impl Ring {
    /// The anchor, which comes before the first object and after the last.
    pub(super) fn anchor(self) -> Node {
        self.0
    }

    pub(super) fn first(self) -> Option<Node> {
        let first = self.0.next();
        (first != self.0).then_some(first)
    }

    pub(super) fn last(self) -> Option<Node> {
        let last = self.0.previous();
        (last != self.0).then_some(last)
    }

    /// The objects, in the order of the forward links. The one that was returned last may be unlinked meanwhile.
    pub(super) fn nodes(self) -> impl Iterator<Item = Node> {
        let mut next = self.0.next();
        core::iter::from_fn(move || {
            let node = next;
            next = node.next();
            (node != self.0).then_some(node)
        })
    }

    /// Appends a node.
    #[inline(always)]
    pub(super) fn append(self, node: Node) {
        // An anchor has no flags, so that its links are addresses as they are.
        let last = Node(self.0.previous_word().load(Relaxed));
        node.set_next(self.0);
        node.set_previous(last);
        last.set_next(node);
        self.0.previous_word().store(node.0, Relaxed);
    }

    /// Appends a node to the suspects.
    pub(super) fn append_suspect(self, node: Node) {
        let last = self.0.previous();
        node.next_word().store(self.0.0.map_addr(|address| address | SUSPECT), Relaxed);
        node.set_previous(last);
        last.next_word().store(node.0.map_addr(|address| address | SUSPECT), Relaxed);
        self.0.set_previous(node);
    }

    /// Restores the backward links from the forward links, and removes all marks of a collection.
    pub(super) fn mend(self) {
        let mut previous = self.0;
        for node in self.nodes() {
            node.unset(COLLECTING);
            previous.set_next(node);
            node.set_previous(previous);
            previous = node;
        }
        previous.set_next(self.0);
        self.0.set_previous(previous);
    }

    /// Appends all objects of another ring.
    pub(super) fn take_over(self, other: Ring) {
        let Some(first) = other.first() else { return };
        let (last, own_last) = (other.0.previous(), self.0.previous());
        own_last.set_next(first);
        first.set_previous(own_last);
        last.set_next(self.0);
        self.0.set_previous(last);
        other.0.set_next(other.0);
        other.0.set_previous(other.0);
    }
}
