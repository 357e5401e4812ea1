//! The rings that tracked objects stand in, linked by the heads before them.
//!
//! A head's `prev` word carries flags in its low bits, which an aligned address leaves free. While a collection looks at
//! an object, the rest of that word is a count instead of an address; no other thread follows the links meanwhile.

use crate::abi::{PyGC_Head, PyObject};
use core::ptr::{self, null_mut};
use core::sync::atomic::{AtomicPtr, Ordering::Relaxed};

/// A tracked object's head, or the anchor of a ring. Links are changed by the thread that holds the lock, or by the
/// collection that has a ring to itself. The words are atomic because a collection may look at the flags of objects that
/// stand in other rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node(*mut PyGC_Head);

/// Flag: a collection is looking at the object, and has a count in place of the address.
pub(super) const COLLECTING: usize = 1 << 1;
/// Flag: tracked by a thread that did not hold the GIL.
pub(super) const LOOSE: usize = 1 << 2;
/// All the flags. The lowest is the one that CPython keeps for finalizers.
const FLAGS: usize = (1 << SHIFT) - 1;
const SHIFT: u32 = 3;
/// Flag of the `next` word: the object stands among those that seem unreachable, or are. Read only while a collection
/// looks for those.
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

    /// The object behind the head.
    pub(super) fn object(self) -> *mut PyObject {
        self.0.wrapping_add(1).cast()
    }

    /// Where it is.
    pub(super) fn address(self) -> usize {
        self.0.expose_provenance()
    }

    fn next_word<'a>(self) -> &'a AtomicPtr<PyGC_Head> {
        // SAFETY: a node is the head of an object that lives, or an anchor, which is a static: the word can be read and
        // written, and is reached as an atomic only.
        unsafe { AtomicPtr::from_ptr(&raw mut (*self.0).next) }
    }

    fn previous_word<'a>(self) -> &'a AtomicPtr<PyGC_Head> {
        // SAFETY: a node is the head of an object that lives, or an anchor, which is a static: the word can be read and
        // written, and is reached as an atomic only.
        unsafe { AtomicPtr::from_ptr(&raw mut (*self.0).prev) }
    }

    /// Whether it stands in a ring.
    pub(super) fn is_linked(self) -> bool {
        !self.next_word().load(Relaxed).is_null()
    }

    pub(super) fn next(self) -> Self {
        Node(self.next_word().load(Relaxed).map_addr(|address| address & !SUSPECT))
    }

    pub(super) fn previous(self) -> Self {
        Node(self.previous_word().load(Relaxed).map_addr(|address| address & !FLAGS))
    }

    /// Links to the node after it, which is not suspect.
    fn set_next(self, next: Self) {
        self.next_word().store(next.0, Relaxed);
    }

    /// Links to the node before it; the flags stay.
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

    /// The count that stands in place of the address.
    pub(super) fn count(self) -> usize {
        self.previous_word().load(Relaxed).addr() >> SHIFT
    }

    /// Puts a count in place of the address; the flags stay.
    pub(super) fn set_count(self, count: usize) {
        let flags = self.previous_word().load(Relaxed).addr() & FLAGS;
        self.previous_word().store(ptr::without_provenance_mut((count << SHIFT) | flags), Relaxed);
    }

    /// Whether it stands among those that seem unreachable.
    pub(super) fn is_suspect(self) -> bool {
        self.next_word().load(Relaxed).addr() & SUSPECT != 0
    }

    /// Takes it out of its ring, in which all links are whole.
    #[inline(always)]
    pub(super) fn unlink(self) {
        self.bridge();
        self.next_word().store(null_mut(), Relaxed);
        self.previous_word().store(null_mut(), Relaxed);
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

    /// Links its neighbours to each other. A flag of the link to it goes over to the new one.
    #[inline(always)]
    fn bridge(self) {
        let (next, previous) = (self.next_word().load(Relaxed), self.previous());
        previous.next_word().store(next, Relaxed);
        Node(next.map_addr(|address| address & !SUSPECT)).set_previous(previous);
    }

    /// Takes it, and no other, out of a ring of which only the links forward are whole: `previous` is the node before it.
    pub(super) fn skip(self, previous: Self) {
        previous.set_next(self.next());
    }
}

/// A ring: an anchor, and the objects between its `next` and its `prev`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ring(Node);

/// The anchors of the rings, each linked to itself at first: the rings are empty. No reference to one is ever made: they are
/// reached by their addresses, as the heads of objects are.
static mut ANCHORS: [PyGC_Head; 4] = [alone(0), alone(1), alone(2), alone(3)];

const fn anchor(index: usize) -> *mut PyGC_Head {
    (&raw mut ANCHORS).cast::<PyGC_Head>().wrapping_add(index)
}

const fn alone(index: usize) -> PyGC_Head {
    PyGC_Head { next: anchor(index), prev: anchor(index) }
}

/// The objects that threads have tracked which held the GIL.
pub(super) const SHARED_RING: Ring = Ring(Node(anchor(0)));
/// The objects that threads have tracked which did not hold the GIL.
pub(super) const LOOSE_RING: Ring = Ring(Node(anchor(1)));
/// The objects that a collection looks at.
pub(super) const CANDIDATES: Ring = Ring(Node(anchor(2)));
/// The objects that seem unreachable, and at last are.
pub(super) const SUSPECTS: Ring = Ring(Node(anchor(3)));

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

    /// The objects, by the links forward, from the first on. The one that was given last may be taken out meanwhile.
    pub(super) fn nodes(self) -> impl Iterator<Item = Node> {
        let mut next = self.0.next();
        core::iter::from_fn(move || {
            let node = next;
            next = node.next();
            (node != self.0).then_some(node)
        })
    }

    /// Puts a node at the end.
    #[inline(always)]
    pub(super) fn append(self, node: Node) {
        let last = self.0.previous();
        node.set_next(self.0);
        node.set_previous(last);
        last.set_next(node);
        self.0.set_previous(node);
    }

    /// Puts a node at the end of the suspects.
    pub(super) fn append_suspect(self, node: Node) {
        let last = self.0.previous();
        node.next_word().store(self.0.0.map_addr(|address| address | SUSPECT), Relaxed);
        node.set_previous(last);
        last.next_word().store(node.0.map_addr(|address| address | SUSPECT), Relaxed);
        self.0.set_previous(node);
    }

    /// Makes the links backward whole, by those forward, and takes away all marks of a collection.
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

    /// Puts all objects of another ring at the end of this one.
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
