//! `tuple`: a fixed number of references, in CPython 3.14's layout.

use super::class;
use crate::abi::*;
use crate::runtime::{Obj, Ref, Result, gc, instance};
use core::ffi::{c_int, c_void};
use core::ptr::NonNull;

static_type! {
    /// The `tuple` type.
    pub PyTuple_Type as TUPLE {
        tp_name: c"tuple".as_ptr(),
        tp_basicsize: core::mem::offset_of!(PyTupleObject, ob_item) as Py_ssize_t,
        tp_itemsize: size_of::<*mut PyObject>() as Py_ssize_t,
        tp_dealloc: Some(dealloc_slot),
        tp_traverse: Some(traverse_slot),
        tp_flags: class::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TUPLE_SUBCLASS
            | Py_TPFLAGS_SEQUENCE | _Py_TPFLAGS_MATCH_SELF,
    }
}

/// The empty tuple: there is one, and it is immortal.
static mut EMPTY: PyTupleObject = PyTupleObject {
    ob_base: PyVarObject::immortal(&raw mut PyTuple_Type, 0),
    ob_hash: -1,
    ob_item: [core::ptr::null_mut()],
};

/// The empty tuple for the fields of other static objects.
pub(super) const EMPTY_POINTER: *mut PyObject = (&raw mut EMPTY).cast();

/// The empty tuple, as a borrowed reference.
pub fn empty() -> Obj<'static> {
    // SAFETY: the static is a complete tuple.
    unsafe { Obj::from_static(&raw mut EMPTY) }
}

/// Whether the object is a `tuple` or an instance of a subclass.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_TUPLE_SUBCLASS)
}

/// A new tuple whose items are all NULL, tracked: the caller fills them before anybody else reads them.
pub fn blank(length: usize) -> Result<Ref> {
    if length == 0 {
        return Ok(empty().to_ref());
    }
    let o = instance::allocate(TUPLE, length)?;
    // SAFETY: a new instance with room for `length` items, which are NULL.
    unsafe {
        let fields = o.cast::<PyTupleObject>().as_ptr();
        (*fields).ob_base.ob_size = length as Py_ssize_t;
        (*fields).ob_hash = -1;
        let tuple = Ref::from_ptr_unchecked(o.as_ptr());
        gc::track(tuple.borrow());
        Ok(tuple)
    }
}

/// A new tuple of new references to these objects.
pub fn from_slice(items: &[Obj<'_>]) -> Result<Ref> {
    let tuple = blank(items.len())?;
    let slots = slots(tuple.borrow());
    for (i, item) in items.iter().enumerate() {
        // SAFETY: `blank` made as many slots, all NULL.
        unsafe { slots.add(i).write(item.to_ref().into_ptr()) };
    }
    Ok(tuple)
}

/// Where the items lie.
pub(crate) fn slots(tuple: Obj<'_>) -> *mut *mut PyObject {
    // SAFETY: only the address of a field of a live tuple is taken.
    unsafe { (&raw mut (*tuple.cast::<PyTupleObject>()).ob_item).cast() }
}

/// The number of items. `tuple` is a tuple.
#[inline]
pub fn len(tuple: Obj<'_>) -> usize {
    debug_assert!(check(tuple));
    // SAFETY: a tuple has this layout.
    unsafe { (*tuple.cast::<PyTupleObject>()).ob_base.ob_size as usize }
}

/// The items, borrowed. `tuple` is a tuple that is filled.
pub fn items(tuple: Obj<'_>) -> &[Obj<'_>] {
    // SAFETY: a filled tuple has `len` references that are not NULL, and `Obj` is a pointer that is not NULL.
    unsafe { core::slice::from_raw_parts(slots(tuple).cast(), len(tuple)) }
}

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract: a tuple nobody refers to any more; a slot may still be NULL if filling it failed.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        gc::untrack(this);
        for i in (0..len(this)).rev() {
            drop(Ref::from_ptr(slots(this).add(i).read()));
        }
        instance::free(NonNull::new_unchecked(o));
    }
}

unsafe extern "C" fn traverse_slot(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    // SAFETY: the slot's contract: a live tuple.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        for i in 0..len(this) {
            visit!(visit, argument, slots(this).add(i).read());
        }
    }
    0
}
