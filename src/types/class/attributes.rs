//! The attributes that every class has (`__name__`, `__bases__`, …), how one is set on a class, and the class's repr.
//!
//! For a static class they are read off its fields; one made at run time keeps names of its own, and can be renamed.

use super::{attributes, lookup, mro};
use crate::abi::*;
use crate::objects::{class_name, constants, dict, str, tuple};
use crate::protocol::text;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Own, Ref, Result, Type, raise};
use crate::types::{descriptor, heap};
use core::mem::offset_of;

pub(super) static mut GETSET: [PyGetSetDef; 8] = [
    getset!(c"__name__", get_name, set_name),
    getset!(c"__qualname__", get_qualname, set_qualname),
    getset!(c"__module__", get_module, set_module),
    getset!(c"__doc__", get_doc, set_doc),
    getset!(c"__bases__", get_bases),
    getset!(c"__mro__", get_mro),
    getset!(c"__dict__", get_dict),
    PyGetSetDef::END,
];

pub(super) static mut MEMBERS: [PyMemberDef; 7] = [
    PyMemberDef::size(c"__basicsize__", offset_of!(PyTypeObject, tp_basicsize)).read_only(),
    PyMemberDef::size(c"__itemsize__", offset_of!(PyTypeObject, tp_itemsize)).read_only(),
    PyMemberDef {
        kind: Py_T_ULONG,
        ..PyMemberDef::object(c"__flags__", offset_of!(PyTypeObject, tp_flags)).read_only()
    },
    PyMemberDef::size(c"__weakrefoffset__", offset_of!(PyTypeObject, tp_weaklistoffset)).read_only(),
    PyMemberDef::object(c"__base__", offset_of!(PyTypeObject, tp_base)).read_only(),
    PyMemberDef::size(c"__dictoffset__", offset_of!(PyTypeObject, tp_dictoffset)).read_only(),
    PyMemberDef::END,
];

/// The class that a slot or a getter of `type` was called on.
fn this(class: Obj<'_>) -> Type<'_> {
    // SAFETY: the functions of a class's tables are called on instances of it, and those of `type` are types.
    unsafe { Type::from_ptr_unchecked(class.cast()) }
}

/// `__name__`.
fn get_name(class: Obj<'_>) -> Result<Ref> {
    class_name::name(this(class))
}

/// `__qualname__`.
fn get_qualname(class: Obj<'_>) -> Result<Ref> {
    class_name::qualname(this(class))
}

/// `__module__`.
fn get_module(class: Obj<'_>) -> Result<Ref> {
    class_name::module(this(class))
}

/// `__doc__`: that of the class itself, not of a base.
fn get_doc(class: Obj<'_>) -> Result<Ref> {
    match dict::get_str(attributes(this(class))?, "__doc__")? {
        Some(doc) if !doc.borrow().is_exactly(descriptor::GETSET_DESCRIPTOR) => {
            descriptor::get(doc.borrow(), None, this(class))
        }
        _ => Ok(constants::NONE.to_ref()),
    }
}

/// `__bases__`.
fn get_bases(class: Obj<'_>) -> Result<Ref> {
    // SAFETY: the field is NULL or a tuple that the class owns.
    match unsafe { Obj::from_ptr(this(class).fields().tp_bases) } {
        Some(bases) => Ok(bases.to_ref()),
        None => match this(class).base() {
            Some(base) => tuple::from_slice(&[base.as_obj()]).map(Own::into_ref),
            None => Ok(tuple::empty().to_ref()),
        },
    }
}

/// `__mro__`.
fn get_mro(class: Obj<'_>) -> Result<Ref> {
    let mut order: Array<Obj<'_>> = Array::new_in(Malloc);
    for class in mro(this(class)) {
        memory::push(&mut order, class.as_obj())?;
    }
    tuple::from_slice(&order).map(Own::into_ref)
}

/// `__dict__`, for which CPython has a type of its own, that lets the dict be read but not changed.
fn get_dict(_: Obj<'_>) -> Result<Ref> {
    Err(raise!(NotImplementedError, "the __dict__ of a class is not supported by pycapsule"))
}

/// The new value of an attribute that can't be deleted, and not be set on a static class.
fn settable<'a>(class: Obj<'_>, name: &str, value: Option<Obj<'a>>) -> Result<Obj<'a>> {
    let shown = this(class).name();
    if this(class).has_flag(Py_TPFLAGS_IMMUTABLETYPE) {
        return Err(raise!(TypeError, "cannot set '{name}' attribute of immutable type '{shown}'"));
    }
    value.ok_or_else(|| raise!(TypeError, "cannot delete '{name}' attribute of immutable type '{shown}'"))
}

/// The same, of a type that is made at run time, for an attribute that is a str.
fn settable_str<'a>(class: Obj<'_>, name: &str, value: Option<Obj<'a>>) -> Result<Obj<'a>> {
    let value = settable(class, name, value)?;
    if str::check(value) {
        return Ok(value);
    }
    let shown = this(class).name();
    Err(raise!(TypeError, "can only assign string to {shown}.{name}, not '{}'", value.class().name()))
}

fn set_name(class: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = settable_str(class, "__name__", value)?;
    let text = str::utf8(str::require(value)?)?;
    if text.contains('\0') {
        return Err(raise!(ValueError, "type name must not contain null characters"));
    }
    if let Some((name, _)) = class_name::heap_fields(this(class)) {
        // SAFETY: the characters live as long as the name, which the class owns from here on; no one else writes the
        // field meanwhile.
        unsafe { (*this(class).as_ptr()).tp_name = text.as_ptr().cast() };
        name.set(Some(value.to_ref()));
    }
    Ok(())
}

fn set_qualname(class: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = settable_str(class, "__qualname__", value)?;
    if let Some((_, qualname)) = class_name::heap_fields(this(class)) {
        qualname.set(Some(value.to_ref()));
    }
    Ok(())
}

fn set_module(class: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = settable(class, "__module__", value)?;
    dict::set_str(attributes(this(class))?, "__module__", value)
}

fn set_doc(class: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = settable(class, "__doc__", value)?;
    dict::set_str(attributes(this(class))?, "__doc__", value)
}

/// Sets or deletes an attribute of a class itself (CPython: `type.__setattr__`).
fn setattr(class: Obj<'_>, name: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let this = this(class);
    if this.has_flag(Py_TPFLAGS_IMMUTABLETYPE) {
        let name = text::repr(name)?;
        let name = str::as_text(name.borrow());
        return Err(raise!(TypeError, "cannot set {name} attribute of immutable type '{}'", this.name()));
    }
    if !str::check(name) {
        return Err(raise!(TypeError, "attribute name must be string, not '{}'", name.class().name()));
    }
    heap::refuse_slot(name)?;
    if let Some(found) = lookup(class.class(), name)?.filter(|found| descriptor::is_data(found.borrow())) {
        return descriptor::set(found.borrow(), class, value);
    }
    match value {
        Some(value) => dict::set(attributes(this)?, name, value),
        None => match dict::remove(attributes(this)?, name)? {
            Some(_) => Ok(()),
            None => Err(super::missing(this, name)),
        },
    }
}

/// `tp_setattro` of `type`.
///
/// # Safety
/// `class` is a type, `name` a live object, `value` one or NULL.
pub(super) unsafe extern "C" fn setattr_slot(
    class: *mut PyObject,
    name: *mut PyObject,
    value: *mut PyObject,
) -> core::ffi::c_int {
    use crate::runtime::IntoC;
    // SAFETY: the slot's contract.
    unsafe { setattr(Obj::from_ptr_unchecked(class), Obj::from_ptr_unchecked(name), Obj::from_ptr(value)).into_c() }
}

/// `<class 'NAME'>`
fn repr(class: Obj<'_>) -> Result<Ref> {
    let mut text = str::Builder::new();
    text.push_str("<class '")?;
    text.push_object(class_name::shown(this(class))?.borrow())?;
    text.push_str("'>")?;
    text.finish()
}
slot!(pub(super) repr_slot(class) -> *mut PyObject = repr);
