//! Finalizers: `tp_finalize`, which is called once before an object is destroyed, and may bring it back to life.

use crate::abi::Py_TPFLAGS_HAVE_GC;
use crate::runtime::{Obj, fatal, gc};

/// Calls the finalizer of an object, unless it has none or it was called before (CPython: `PyObject_CallFinalizer`).
/// Only for types that take part in collection it is remembered that it was called.
pub fn call(o: Obj<'_>) {
    let Some(tp_finalize) = o.class().fields().tp_finalize else { return };
    let is_collected = o.has_flag(Py_TPFLAGS_HAVE_GC);
    if is_collected && gc::is_finalized(o) {
        return;
    }
    // SAFETY: the slot belongs to the object's type.
    unsafe { tp_finalize(o.as_ptr()) };
    if is_collected {
        gc::set_finalized(o);
    }
}

/// Calls the finalizer of an object that is being destroyed (CPython: `PyObject_CallFinalizerFromDealloc`). Returns
/// whether the object has new references, and must not be destroyed.
///
/// # Safety
/// The caller destroys the object, to which no reference is left. It stops when the result is true.
pub unsafe fn call_at_end(o: Obj<'_>) -> bool {
    const NAME: &str = "_PyObject_AssertFailed";
    if o.refcnt() != 0 {
        fatal::error(NAME, format_args!("PyObject_CallFinalizerFromDealloc called on object with a non-zero refcount"));
    }
    // SAFETY: the one reference is this function's own, for as long as the finalizer runs.
    unsafe { o.set_refcnt(1) };
    call(o);
    // SAFETY: that reference ends here. The others are of code that the finalizer ran.
    unsafe { o.set_refcnt(o.refcnt().saturating_sub(1)) };
    o.refcnt() > 0
}
