//! Objects that are nothing but attributes: the specs and loaders of modules.

use super::{class_defaults, dict};
use crate::abi::*;
use crate::runtime::{Field, Obj, Ref, Result, Type, gc, instance};
use core::ffi::{c_int, c_void};
use core::mem::offset_of;
use core::ptr::NonNull;

/// An instance: the head, and the dict with the attributes.
#[repr(C)]
struct Namespace {
    ob_base: PyObject,
    attributes: *mut PyObject,
}

/// What a type of such objects has, unless it says otherwise.
pub const DEFAULTS: PyTypeObject = PyTypeObject {
    tp_basicsize: size_of::<Namespace>() as Py_ssize_t,
    tp_dealloc: Some(dealloc_slot),
    tp_traverse: Some(traverse_slot),
    tp_clear: Some(clear_slot),
    tp_dictoffset: offset_of!(Namespace, attributes) as Py_ssize_t,
    tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    ..class_defaults::DEFAULTS
};

/// A new object of such a type, with these attributes.
pub fn new(class: Type<'_>, attributes: &[(&str, Obj<'_>)]) -> Result<Ref> {
    let dict = dict::new()?;
    for (name, value) in attributes {
        dict::set_str(dict.borrow(), name, *value)?;
    }
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new instance of this layout.
    let o = unsafe { Ref::from_ptr_unchecked(o.as_ptr()) };
    field(o.borrow()).set(Some(dict.into_ref()));
    gc::track(o.borrow());
    Ok(o)
}

fn field(o: Obj<'_>) -> &Field {
    // SAFETY: only objects of such types come here, which have this layout.
    unsafe { Field::at(&raw mut (*o.cast::<Namespace>()).attributes) }
}

/// An attribute that the object itself has. `o` is of such a type.
pub fn get(o: Obj<'_>, name: &str) -> Result<Option<Ref>> {
    field(o).get_as().map_or(Ok(None), |dict| dict::get_str(dict.borrow(), name))
}

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract: an object nobody refers to any more.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        gc::untrack(this);
        field(this).set(None);
        instance::free(NonNull::new_unchecked(o));
    }
}

unsafe extern "C" fn traverse_slot(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    // SAFETY: the slot's contract: a live object.
    unsafe {
        visit!(visit, argument, field(Obj::from_ptr_unchecked(o)).as_ptr());
    }
    0
}

unsafe extern "C" fn clear_slot(o: *mut PyObject) -> c_int {
    // SAFETY: the slot's contract: a live object.
    field(unsafe { Obj::from_ptr_unchecked(o) }).set(None);
    0
}
