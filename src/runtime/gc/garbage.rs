//! The end of garbage, by CPython's steps. All weak references to it are cleared, and callbacks of those that are not
//! garbage themselves are called. Then finalizers are called. The objects that are still garbage drop their references.

use super::collector::{release, traverse};
use super::ring::{CALLBACKS, CANDIDATES, FINALIZED, KEPT, Node, OLD_RING, SUSPECTS};
use super::tracked::{LOCK, node};
use crate::abi::*;
use crate::runtime::weak::{self, Weak};
use crate::runtime::{Obj, Ref, error};
use core::ffi::{c_int, c_void};

/// The steps of a collection that take objects of the rooms above.
pub trait Helper {
    /// Calls the callback of a weak reference, and reports an error of it.
    fn call_back(&mut self, reference: &Ref, callback: Ref);
    /// Reports the error that is pending after the `tp_clear` of this object.
    fn clear_failed(&mut self, o: Obj<'_>);
}

/// The object of a node.
fn object(node: Node) -> Obj<'static> {
    // SAFETY: an object is in a ring only while it lives. Each function here uses it before code can run that ends its
    // life, or holds a reference.
    unsafe { Obj::from_ptr_unchecked(node.object()) }
}

/// Keeps garbage with a `tp_del`, and all that it reaches: CPython's collector leaves these objects alone. Returns
/// their number.
pub(super) fn keep_legacy() -> usize {
    unsafe extern "C" fn visit(o: *mut PyObject, _: *mut c_void) -> c_int {
        if o.is_null() {
            return 0;
        }
        // SAFETY: tp_traverse passes objects to which its own object holds references, so they are live.
        if let Some(node) = unsafe { node(o) }.filter(|node| node.is_suspect()) {
            node.append_to(KEPT);
        }
        0
    }
    let has_del = |node: &Node| object(*node).class().fields().tp_del.is_some();
    SUSPECTS.nodes().filter(has_del).for_each(|node| node.append_to(KEPT));
    let mut kept = 0;
    // Objects are appended to the ring during the walk.
    let mut node = KEPT.anchor().next();
    while node != KEPT.anchor() {
        traverse(node, visit);
        kept += 1;
        node = node.next();
    }
    CANDIDATES.take_over(KEPT);
    release(true);
    kept
}

/// Clears the weak references to the garbage, calls their callbacks, and then the finalizers of the garbage. Returns
/// whether code of the program ran; then the garbage is among the candidates of this collection again.
pub(super) fn run_finalizers(has_finalizer: bool, helper: &mut dyn Helper) -> bool {
    for node in SUSPECTS.nodes() {
        let o = object(node);
        weak::reference(o).into_iter().for_each(Weak::clear);
        weak::clear_each(o, |reference| {
            // A callback of a weak reference that is garbage too is not called.
            let head = Node::of_tracked(reference.as_obj()).filter(|head| !head.is_suspect());
            if let Some(head) = head.filter(|_| !reference.callback().is_null()) {
                reference.as_obj().to_ref().into_ptr();
                let _guard = LOCK.hold();
                head.append_to(CALLBACKS);
            }
        });
    }
    let has_callbacks = CALLBACKS.first().is_some();
    call_back(helper);
    let is_unfinished = |node: Node| object(node).class().fields().tp_finalize.is_some() && !node.has(FINALIZED);
    let runs_code = has_callbacks || (has_finalizer && SUSPECTS.nodes().any(is_unfinished));
    if !runs_code {
        return false;
    }
    while let Some(node) = SUSPECTS.first() {
        let guard = LOCK.hold();
        node.append_to(CANDIDATES);
        drop(guard);
        if is_unfinished(node) {
            node.set(FINALIZED);
            let o = object(node).to_ref();
            if let Some(tp_finalize) = o.borrow().class().fields().tp_finalize {
                // SAFETY: the slot belongs to the object's type, and `o` keeps the object alive.
                unsafe { tp_finalize(o.as_ptr()) };
            }
        }
    }
    true
}

/// Calls the callbacks that were collected.
fn call_back(helper: &mut dyn Helper) {
    while let Some(node) = CALLBACKS.first() {
        // SAFETY: a reference was added when the object was put into this ring, and is taken out here.
        let reference = unsafe { Ref::from_ptr_unchecked(node.object()) };
        let callback = weak::reference(reference.borrow()).and_then(|reference| reference.callback().get());
        if let Some(callback) = callback {
            helper.call_back(&reference, callback);
        }
        let guard = LOCK.hold();
        if CALLBACKS.first() == Some(node) {
            node.append_to(OLD_RING);
        }
        drop(guard);
        drop(reference);
    }
}

/// Makes each object drop its references. Most objects are destroyed at once, and take others with them. An object that
/// survives, because a new reference to it exists or because it keeps its references, is left for the next collection.
pub(super) fn break_up(helper: &mut dyn Helper) {
    while let Some(node) = SUSPECTS.first() {
        let o = object(node).to_ref();
        if let Some(tp_clear) = o.borrow().class().fields().tp_clear {
            // SAFETY: the slot belongs to the object's type, and `o` keeps the object alive. Its result is ignored,
            // because the error indicator says the same.
            unsafe { tp_clear(o.as_ptr()) };
            if error::occurred() {
                helper.clear_failed(o.borrow());
            }
        }
        drop(o);
        let _guard = LOCK.hold();
        if SUSPECTS.first() == Some(node) {
            node.append_to(CANDIDATES);
        }
    }
}
