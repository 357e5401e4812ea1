//! The look-up along a class's bases, for objects that need an attribute of their own class.
//!
//! `types`, above, implements it and registers it here when it makes the first class's dict. Every look-up makes that
//! dict first.

use super::{slots, str};
use crate::abi::{PyMethodDef, PyObject, PyTupleObject};
use crate::runtime::{Obj, Own, Ref, Result, Type, View, error, known};
use core::sync::atomic::{AtomicPtr, Ordering};

/// The look-ups that `types` registers. A missing attribute is not an error.
#[derive(Debug)]
pub struct Lookups {
    /// The attribute of that name in a class or the nearest of its bases (CPython: `_PyType_Lookup`).
    pub in_class: fn(Type<'_>, Obj<'_>) -> Result<Option<Ref>>,
    /// The attribute of an object as `object` looks it up.
    pub generic: fn(Obj<'_>, Obj<'_>) -> Result<Option<Ref>>,
    /// The attribute of an object by its type's look-up (CPython: `PyObject_GetOptionalAttr`).
    pub optional: fn(Obj<'_>, Obj<'_>) -> Result<Option<Ref>>,
    /// Gives an object another class (CPython: the setter of `__class__`).
    pub set_class: fn(Obj<'_>, Type<'_>) -> Result<()>,
    /// A class with arguments in brackets (CPython: `Py_GenericAlias`).
    pub alias: fn(Obj<'_>, Obj<'_>) -> Result<Ref>,
    /// The classes of a union, as a tuple; `None` for any other object.
    pub in_union: fn(Obj<'_>) -> Option<Own<PyTupleObject>>,
    /// A view of a mapping through which it can't be changed (CPython: `PyDictProxy_New`).
    pub proxy: fn(Obj<'_>) -> Result<Ref>,
}

static LOOKUPS: AtomicPtr<Lookups> = AtomicPtr::new(core::ptr::null_mut());

/// Registers the look-ups.
pub fn register(lookups: &'static Lookups) {
    LOOKUPS.store(core::ptr::from_ref(lookups).cast_mut(), Ordering::Release);
}

#[inline]
fn registered() -> Option<&'static Lookups> {
    // SAFETY: `register` stores a pointer to look-ups that live as long as the process and never change.
    unsafe { LOOKUPS.load(Ordering::Acquire).as_ref() }
}

/// The look-ups, which the first look-up of any attribute registers.
fn lookups() -> Result<&'static Lookups> {
    if let Some(lookups) = registered() {
        return Ok(lookups);
    }
    first()
}

/// Looks up an attribute that every object has, so that the look-ups are registered.
#[cold]
fn first() -> Result<&'static Lookups> {
    let name = str::from_str("__class__")?;
    let found = known::OBJECT.fields().tp_getattro.and_then(|slot| {
        // SAFETY: the slot is `object`'s, and `None` is an instance of `object`.
        unsafe { Ref::from_ptr(slot(known::NONE.as_ptr(), name.as_ptr())) }
    });
    match (found, registered()) {
        (Some(_), Some(lookups)) => Ok(lookups),
        _ => Err(error::fetched_from_c("__getattribute__")),
    }
}

/// The attribute of that name in a class or the nearest of its bases (CPython: `_PyType_Lookup`); `None`, without an
/// error, when it is missing.
pub fn in_class(class: Type<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    (lookups()?.in_class)(class, name)
}

/// The attribute of an object as `object` looks it up: data descriptors of the class first, then the object's own
/// attributes, then other attributes of the class. `None`, without an error, when it is missing.
pub fn generic(o: Obj<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    (lookups()?.generic)(o, name)
}

/// An attribute of any object; `None`, without an error, when it is missing.
pub fn optional(o: Obj<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    (lookups()?.optional)(o, name)
}

/// An attribute that was found in the class of an object, bound to the object by its `tp_descr_get`.
pub fn bind(found: Ref, o: Obj<'_>) -> Result<Ref> {
    let Some(slot) = found.borrow().class().fields().tp_descr_get else { return Ok(found) };
    // SAFETY: the slot belongs to the attribute's own type, and takes an object and its class.
    unsafe { Ref::from_ptr(slot(found.as_ptr(), o.as_ptr(), o.class().as_ptr().cast())) }
        .ok_or_else(|| error::fetched_from_c("__get__"))
}

/// Gives an object another class. TypeError when the layouts of the classes differ.
pub fn set_class(o: Obj<'_>, class: Type<'_>) -> Result<()> {
    (lookups()?.set_class)(o, class)
}

/// A class with arguments in brackets (CPython: `Py_GenericAlias`).
pub fn alias(class: Obj<'_>, arguments: Obj<'_>) -> Result<Ref> {
    (lookups()?.alias)(class, arguments)
}

/// The classes of a union; `None` for any other object. A union is made by look-ups, which are registered then.
pub fn in_union(o: Obj<'_>) -> Option<Own<PyTupleObject>> {
    registered().and_then(|lookups| (lookups.in_union)(o))
}

/// A view of a mapping through which it can't be changed.
pub fn proxy(mapping: Obj<'_>) -> Result<Ref> {
    (lookups()?.proxy)(mapping)
}

/// The row of a table of methods by which a built-in class can have arguments in brackets, as in `list[int]`.
pub const CLASS_GETITEM: PyMethodDef =
    slots::method_o(c"__class_getitem__", |class: View<'_, PyObject>, arguments| (lookups()?.alias)(*class, arguments))
        .of_class(c"The class with arguments in brackets, which says the kind of its items.");
