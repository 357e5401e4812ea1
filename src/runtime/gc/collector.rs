//! A collection, by CPython's method. From each object's reference count it subtracts the references that other objects
//! under collection hold. An object with a remaining count is referenced from outside, and keeps alive all objects that
//! it reaches. The others are garbage, in cycles. `tp_clear` drops their references, which breaks the cycles.

use super::garbage::{self, Helper};
use super::ring::{CALLBACKS, CANDIDATES, COLLECTING, KEPT, LOOSE, LOOSE_RING, Node, OLD_RING, SHARED_RING, SUSPECTS};
use super::tracked::{LOCK, Owner, node, this_thread};
use super::{is_gc, is_tracked, untrack, young};
use crate::abi::*;
use crate::runtime::fork;
use crate::runtime::{Obj, Type};
use core::ffi::{c_int, c_void};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

static ENABLED: AtomicBool = AtomicBool::new(true);
/// The thread that collects, or 0.
static COLLECTOR: AtomicUsize = AtomicUsize::new(0);

/// Whether the collector is enabled, as it is at first.
pub fn is_enabled() -> bool {
    ENABLED.load(Ordering::Relaxed)
}

/// Enables or disables the collector. Returns whether it was enabled.
pub fn set_enabled(enabled: bool) -> bool {
    ENABLED.swap(enabled, Ordering::Relaxed)
}

/// The objects that a collection examines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The young objects of threads that hold the GIL; or those of [`Scope::Own`], if that is due.
    Young,
    /// Those that this thread may traverse: the ones that were tracked with the GIL held, and its own.
    Own,
    /// All objects: no other thread is running any more.
    Everything,
}

/// Finds garbage and breaks it up, by CPython's steps: callbacks of weak references, finalizers, `tp_clear`. Returns
/// the number of objects that were garbage. Does nothing during a collection, or while another thread collects. The
/// thread holds the GIL, if it has ever asked for it.
pub fn collect(scope: Scope, helper: &mut dyn Helper) -> usize {
    static ABANDON: fork::Node<fn()> = fork::Node::new(abandon);
    fork::tell_child(&ABANDON);
    if COLLECTOR.compare_exchange(0, this_thread(), Ordering::Acquire, Ordering::Relaxed).is_err() {
        return 0;
    }
    let scope = if scope == Scope::Young && young::is_all_due() { Scope::Own } else { scope };
    gather(scope);
    let garbage = separate();
    let survivors = untrack_plain_tuples();
    young::begin(survivors.count, scope != Scope::Young);
    release(survivors.has_loose);
    let kept = if garbage.has_legacy { garbage::keep_legacy() } else { 0 };
    let mut found = garbage.count - kept;
    if garbage.has_watched && garbage::run_finalizers(garbage.has_finalizer, helper) {
        // Code of the program ran, which may have brought objects back to life.
        found = separate().count;
        release(true);
    }
    garbage::break_up(helper);
    release(true);
    COLLECTOR.store(0, Ordering::Release);
    found + kept
}

/// Separates the garbage from the objects that are examined.
fn separate() -> Garbage {
    count_references();
    subtract_internal_references();
    separate_suspects()
}

/// The garbage of a collection, as far as its steps depend on it.
struct Garbage {
    count: usize,
    /// Whether a type has `tp_del`.
    has_legacy: bool,
    /// Whether a type has `tp_finalize`.
    has_finalizer: bool,
    /// Whether that is so, a type supports weak references, or an object may be one.
    has_watched: bool,
}

/// Unmarks the suspects, which are garbage, and looks at their types.
fn unmark_garbage() -> Garbage {
    let (mut count, mut del, mut finalize, mut weak) = (0, false, false, false);
    // Garbage is often of one type, so that most of it is compared with the type of the object before.
    let mut known = core::ptr::null_mut();
    for node in SUSPECTS.nodes() {
        node.unset(COLLECTING);
        count += 1;
        // SAFETY: an object is in a ring only while it lives.
        let class = unsafe { Obj::from_ptr_unchecked(node.object()) }.class();
        if class.as_ptr() != known {
            known = class.as_ptr();
            let fields = class.fields();
            del |= fields.tp_del.is_some();
            finalize |= fields.tp_finalize.is_some();
            weak |= fields.tp_weaklistoffset != 0 || fields.tp_basicsize >= size_of::<PyWeakReference>() as Py_ssize_t;
        }
    }
    Garbage { count, has_legacy: del, has_finalizer: finalize, has_watched: finalize || weak }
}

/// Returns the objects of a collection to the rings, in a child where the thread that collected does not exist. The
/// next collection finds the garbage again.
fn abandon() {
    let collector = COLLECTOR.load(Ordering::Relaxed);
    if collector != 0 && collector != this_thread() {
        CANDIDATES.mend();
        for ring in [SUSPECTS, CALLBACKS, KEPT] {
            ring.mend();
            CANDIDATES.take_over(ring);
        }
        release(true);
        COLLECTOR.store(0, Ordering::Relaxed);
    }
}

/// Takes the objects out of the rings, for this collection alone.
fn gather(scope: Scope) {
    let owner = LOCK.hold();
    if scope != Scope::Young {
        CANDIDATES.take_over(OLD_RING);
    }
    CANDIDATES.take_over(SHARED_RING);
    if scope == Scope::Everything || (scope == Scope::Own && *owner == Owner::me()) {
        CANDIDATES.take_over(LOOSE_RING);
    }
}

/// Makes the survivors old. Those of threads without the GIL go back before the objects that were tracked meanwhile,
/// because they are older; `has_loose` says whether there may be any.
pub(super) fn release(has_loose: bool) {
    let _guard = LOCK.hold();
    let mut next = CANDIDATES.last().filter(|_| has_loose);
    while let Some(node) = next {
        next = node.before_in(CANDIDATES);
        if node.has(LOOSE) {
            node.prepend_to(LOOSE_RING);
        }
    }
    OLD_RING.take_over(CANDIDATES);
}

/// Marks the objects, and stores their reference counts in place of the backward links.
fn count_references() {
    for node in CANDIDATES.nodes() {
        // SAFETY: an object is in a ring only while it lives: its tp_dealloc begins with unlinking it.
        let count = unsafe { Obj::from_ptr_unchecked(node.object()) }.refcnt();
        node.set(COLLECTING);
        node.set_count(count as usize);
    }
}

/// Calls a visitor with each object that an object refers to.
pub(super) fn traverse(node: Node, visit: unsafe extern "C" fn(*mut PyObject, *mut c_void) -> c_int) {
    // SAFETY: an object is in a ring only while it lives, and is tracked only when its tp_traverse works. The visitors
    // of this file ignore their second argument, which may be NULL.
    unsafe {
        let o = Obj::from_ptr_unchecked(node.object());
        if let Some(tp_traverse) = o.class().fields().tp_traverse {
            tp_traverse(o.as_ptr(), Some(visit), null_mut());
        }
    }
}

/// The head of a referenced object, if this collection examines it and has not found it reachable.
///
/// # Safety
/// `o` is NULL or a live object.
unsafe fn under_collection(o: *mut PyObject) -> Option<Node> {
    if o.is_null() {
        return None;
    }
    // SAFETY: the pointer is not NULL, so it is a live object, and it lives while its node is used.
    unsafe { node(o) }.filter(|node| node.has(COLLECTING))
}

fn subtract_internal_references() {
    unsafe extern "C" fn visit(o: *mut PyObject, _: *mut c_void) -> c_int {
        // SAFETY: tp_traverse passes objects to which its own object holds references, so they are live, or NULL, which
        // is checked.
        if let Some(node) = unsafe { under_collection(o) } {
            node.set_count(node.count().saturating_sub(1));
        }
        0
    }
    CANDIDATES.nodes().for_each(|node| traverse(node, visit));
}

/// Walks over the objects once. An object without a remaining count is suspect, and moved to another ring. An object
/// with a count is reachable, and so are the objects it refers to. A suspect among those comes back to the end of this
/// ring, to be walked over in its turn.
fn separate_suspects() -> Garbage {
    unsafe extern "C" fn visit(o: *mut PyObject, _: *mut c_void) -> c_int {
        // SAFETY: tp_traverse passes objects to which its own object holds references, so they are live, or NULL, which
        // is checked.
        if let Some(node) = unsafe { under_collection(o) } {
            if node.is_suspect() {
                node.append_to(CANDIDATES);
                node.set_count(1);
            } else if node.count() == 0 {
                node.set_count(1);
            }
        }
        0
    }
    let mut last = CANDIDATES.anchor();
    loop {
        let node = last.next();
        if node == CANDIDATES.anchor() {
            break;
        }
        if node.count() == 0 {
            node.skip(last);
            SUSPECTS.append_suspect(node);
        } else {
            traverse(node, visit);
            node.unset(COLLECTING);
            node.set_previous(last);
            last = node;
        }
    }
    CANDIDATES.anchor().set_previous(last);
    unmark_garbage()
}

/// Whether the object is exactly a tuple.
fn is_tuple(o: Obj<'_>) -> bool {
    let is_tuple = |class: Type<'_>| class.has_flag(Py_TPFLAGS_TUPLE_SUBCLASS);
    is_tuple(o.class()) && !o.class().base().is_some_and(is_tuple)
}

/// The objects that a collection found reachable.
struct Survivors {
    count: usize,
    /// Whether some were tracked by threads without the GIL.
    has_loose: bool,
}

/// Untracks tuples that can't be part of a cycle, because none of their items can. Tuples never change.
fn untrack_plain_tuples() -> Survivors {
    let mut survivors = Survivors { count: 0, has_loose: false };
    let plain = |item: Obj<'_>| !is_gc(item) || (is_tuple(item) && !is_tracked(item));
    for node in CANDIDATES.nodes() {
        survivors.count += 1;
        survivors.has_loose |= node.has(LOOSE);
        // SAFETY: an object is in a ring only while it lives. A tuple has this layout, with `ob_size` items that are
        // objects, or NULL while it is being filled.
        unsafe {
            let o = Obj::from_ptr_unchecked(node.object());
            if is_tuple(o) {
                let tuple = o.cast::<PyTupleObject>();
                let items = (&raw const (*tuple).ob_item).cast::<*mut PyObject>();
                let items = core::slice::from_raw_parts(items, (*tuple).ob_base.ob_size as usize);
                if items.iter().all(|item| Obj::from_ptr(*item).is_some_and(plain)) {
                    untrack(o);
                }
            }
        }
    }
    survivors
}
