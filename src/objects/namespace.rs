//! Objects that have only attributes: the specs and loaders of modules.

use super::slots::{self, Owner};
use super::{class_defaults, dict};
use crate::abi::*;
use crate::runtime::refusal;
use crate::runtime::{Field, Layout, Obj, Own, Ref, Result, Type, View, gc, instance};
use core::mem::offset_of;

/// An instance: the head, and the dict with the attributes.
#[repr(C)]
#[derive(Debug)]
pub struct NamespaceObject {
    ob_base: PyObject,
    attributes: *mut PyObject,
}

/// A borrowed reference to an object that has only attributes.
pub type Namespace<'a> = View<'a, NamespaceObject>;

/// The fields of a type of such objects, unless it states others.
pub const DEFAULTS: PyTypeObject = PyTypeObject {
    tp_basicsize: size_of::<NamespaceObject>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<NamespaceObject>(),
    tp_traverse: slots::traverse::<NamespaceObject>(),
    tp_clear: slots::clear::<NamespaceObject>(),
    tp_dictoffset: DICT_OFFSET,
    tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    ..class_defaults::COLLECTED
};

const DICT_OFFSET: Py_ssize_t = offset_of!(NamespaceObject, attributes) as Py_ssize_t;

// SAFETY: only types with the defaults above have both this `tp_dealloc` and a dict at this offset, and they can't be
// subclassed.
unsafe impl Layout for NamespaceObject {
    fn check(o: Obj<'_>) -> bool {
        has_defaults(o.class())
    }
}

/// Whether a type has the fields above.
fn has_defaults(class: Type<'_>) -> bool {
    let class = class.fields();
    let is_ours = class.tp_dealloc.zip(DEFAULTS.tp_dealloc).is_some_and(|(own, ours)| core::ptr::fn_addr_eq(own, ours));
    is_ours && class.tp_dictoffset == DICT_OFFSET
}

// SAFETY: such an object owns its dict.
unsafe impl Owner for NamespaceObject {
    const FIELDS: &'static [usize] = &[offset_of!(NamespaceObject, attributes)];
}

/// A new object of a type with these defaults, with these attributes; SystemError for another type.
pub fn new(class: Type<'_>, attributes: &[(&str, Obj<'_>)]) -> Result<Own<NamespaceObject>> {
    if !has_defaults(class) {
        return Err(refusal::bad_argument("a new namespace"));
    }
    let dict = dict::new()?;
    for (name, value) in attributes {
        dict::set_str(dict.borrow(), name, *value)?;
    }
    // SAFETY: a new instance of a type with these defaults, to which this is the only reference.
    let o: Own<NamespaceObject> =
        unsafe { Own::new_unchecked(Ref::from_ptr_unchecked(instance::allocate(class, 0)?.as_ptr())) };
    field(o.borrow()).set(Some(dict.into_ref()));
    gc::track(o.as_obj());
    Ok(o)
}

fn field<'a>(o: Namespace<'a>) -> &'a Field {
    // SAFETY: the field holds NULL or an owned reference.
    unsafe { Field::at(&raw mut (*o.fields()).attributes) }
}

/// An attribute of the object itself.
pub fn get(o: Namespace<'_>, name: &str) -> Result<Option<Ref>> {
    field(o).get_as().map_or(Ok(None), |dict| dict::get_str(dict.borrow(), name))
}
