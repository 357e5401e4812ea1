//! The attributes that every class has (`__name__`, `__bases__`, …), how an attribute is set on a class, and the
//! class's repr.
//!
//! A static class computes them from its fields. A class made at run time has name objects of its own, and can be
//! renamed.

use super::{attributes, cache, lookup, mro};
use crate::abi::*;
use crate::objects::{class_name, constants, dict, function, slots, str, tuple};
use crate::protocol::{text, truth};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Own, Ref, Result, Type, View, known, raise};
use crate::types::{descriptor, dispatch, mapping_proxy, rebase};
use core::mem::offset_of;

pub(super) static mut GETSET: [PyGetSetDef; 10] = [
    slots::getset(c"__name__", name, set_name),
    slots::getset(c"__qualname__", qualname, set_qualname),
    slots::getset(c"__module__", module, set_module),
    slots::getset(c"__doc__", get_doc, set_doc),
    slots::getter(c"__text_signature__", text_signature),
    slots::getset(c"__bases__", get_bases, set_bases),
    slots::getter(c"__mro__", get_mro),
    slots::getset(c"__abstractmethods__", abstract_methods, set_abstract_methods),
    slots::getter(c"__dict__", get_dict),
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

/// A class that a slot or a getter of `type` was called on.
type Class<'a> = View<'a, PyTypeObject>;

pub(super) fn this(class: Class<'_>) -> Type<'_> {
    // SAFETY: the view is of a type object, which lives as long as the view.
    unsafe { Type::from_ptr_unchecked(class.fields()) }
}

/// `__name__`.
fn name(class: Class<'_>) -> Result<Ref> {
    class_name::name(this(class))
}

/// `__qualname__`.
fn qualname(class: Class<'_>) -> Result<Ref> {
    class_name::qualname(this(class))
}

/// `__module__`.
fn module(class: Class<'_>) -> Result<Ref> {
    class_name::module(this(class))
}

/// `__doc__`: that of the class itself, not of a base.
fn get_doc(class: Class<'_>) -> Result<Ref> {
    match dict::get_str(attributes(this(class))?, "__doc__")? {
        Some(doc) => descriptor::get(doc.borrow(), None, this(class)),
        None => Ok(constants::NONE.to_ref()),
    }
}

/// `__text_signature__`: the signature in the documentation of a static class.
fn text_signature(class: Class<'_>) -> Result<Ref> {
    let class = this(class);
    let doc = descriptor::describe::documentation(class);
    let signature = doc.map(|doc| class.with_name(|name| function::signature_of(name.to_bytes(), doc.to_bytes())));
    Ok(signature.transpose()?.flatten().unwrap_or_else(|| constants::NONE.to_ref()))
}

/// `__bases__`.
fn get_bases(class: Class<'_>) -> Result<Ref> {
    bases(this(class)).map(Own::into_ref)
}

/// The bases of a class: the tuple that it has, or a tuple of its base alone.
pub(super) fn bases(class: Type<'_>) -> Result<Own<PyTupleObject>> {
    // SAFETY: the field is NULL or a tuple that the class owns.
    match unsafe { Obj::from_ptr(class.fields().tp_bases) }.and_then(Obj::downcast) {
        Some(bases) => Ok(View::to_own(bases)),
        None => tuple::from_slice(class.base().map(Type::as_obj).as_slice()),
    }
}

fn set_bases(class: Class<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = settable(class, "__bases__", value)?;
    rebase::set_bases(this(class), value)
}

/// `__mro__`.
fn get_mro(class: Class<'_>) -> Result<Ref> {
    // SAFETY: the field is NULL or a tuple that the class owns.
    if let Some(order) = unsafe { Obj::from_ptr(this(class).fields().tp_mro) } {
        return Ok(order.to_ref());
    }
    let mut order: Array<Obj<'_>> = Array::new_in(Malloc);
    for class in mro(this(class)) {
        memory::push(&mut order, class.as_obj())?;
    }
    tuple::from_slice(&order).map(Own::into_ref)
}

/// `__dict__`: the dict of the class, through which it can be read but not changed.
fn get_dict(class: Class<'_>) -> Result<Ref> {
    mapping_proxy::new(*attributes(this(class))?)
}

/// `__abstractmethods__`: the object of that name in the dict of the class itself. `type` has none.
fn abstract_methods(class: Class<'_>) -> Result<Ref> {
    let this = this(class);
    let own = if this == known::TYPE { None } else { dict::get_str(attributes(this)?, ABSTRACT)? };
    own.ok_or_else(|| raise!(AttributeError, "{ABSTRACT}"))
}

const ABSTRACT: &str = "__abstractmethods__";

/// Sets the abstract methods of a class, or deletes them. As long as there are some, `object.__new__` makes no
/// instances.
fn set_abstract_methods(class: Class<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let this = this(class);
    let is_abstract = value.map_or(Ok(false), truth::truth)?;
    let name = str::intern(str::from_str(ABSTRACT)?)?;
    match value {
        Some(value) => dict::set(attributes(this)?, name.borrow(), value)?,
        None if dict::remove(attributes(this)?, name.borrow())?.is_none() => {
            return Err(raise!(AttributeError, "{ABSTRACT}"));
        }
        None => {}
    }
    cache::modified(this);
    // SAFETY: only a thread that holds the GIL changes the flags of a class made at run time; a static class is refused
    // before.
    unsafe {
        let flags = &raw mut (*this.as_ptr()).tp_flags;
        *flags = if is_abstract { *flags | Py_TPFLAGS_IS_ABSTRACT } else { *flags & !Py_TPFLAGS_IS_ABSTRACT };
    }
    Ok(())
}

/// The new value of an attribute of a class; TypeError when it would be deleted, or when the class is static.
fn settable<'a>(class: Class<'_>, name: &str, value: Option<Obj<'a>>) -> Result<Obj<'a>> {
    let shown = this(class).name();
    if this(class).has_flag(Py_TPFLAGS_IMMUTABLETYPE) {
        return Err(raise!(TypeError, "cannot set '{name}' attribute of immutable type '{shown}'"));
    }
    value.ok_or_else(|| raise!(TypeError, "cannot delete '{name}' attribute of immutable type '{shown}'"))
}

/// The new value of an attribute of a class made at run time; TypeError when it is not a `str`.
fn settable_str<'a>(class: Class<'_>, name: &str, value: Option<Obj<'a>>) -> Result<Obj<'a>> {
    let value = settable(class, name, value)?;
    if str::check(value) {
        return Ok(value);
    }
    let shown = this(class).name();
    Err(raise!(TypeError, "can only assign string to {shown}.{name}, not '{}'", value.class().name()))
}

fn set_name(class: Class<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = settable_str(class, "__name__", value)?;
    let text = str::utf8(str::require(value)?)?;
    if text.contains('\0') {
        return Err(raise!(ValueError, "type name must not contain null characters"));
    }
    if let Some((name, _)) = this(class).heap_names() {
        // SAFETY: The characters live as long as the name, which the class owns from here on. No other code writes the
        // field meanwhile.
        unsafe { (*this(class).as_ptr()).tp_name = text.as_ptr().cast() };
        name.set(Some(value.to_ref()));
    }
    Ok(())
}

fn set_qualname(class: Class<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = settable_str(class, "__qualname__", value)?;
    if let Some((_, qualname)) = this(class).heap_names() {
        qualname.set(Some(value.to_ref()));
    }
    Ok(())
}

fn set_module(class: Class<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = settable(class, "__module__", value)?;
    cache::modified(this(class));
    dict::set_str(attributes(this(class))?, "__module__", value)
}

fn set_doc(class: Class<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let value = settable(class, "__doc__", value)?;
    cache::modified(this(class));
    dict::set_str(attributes(this(class))?, "__doc__", value)
}

/// Sets or deletes an attribute of a class itself (CPython: `type.__setattr__`).
pub(super) fn setattr(class: Class<'_>, name: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let this = this(class);
    if this.has_flag(Py_TPFLAGS_IMMUTABLETYPE) {
        let name = text::repr(name)?;
        let name = str::as_text(name.borrow());
        return Err(raise!(TypeError, "cannot set {name} attribute of immutable type '{}'", this.name()));
    }
    if !str::check(name) {
        return Err(raise!(TypeError, "attribute name must be string, not '{}'", name.class().name()));
    }
    if let Some(found) = lookup(class.class(), name)?.filter(|found| descriptor::is_data(found.borrow())) {
        return descriptor::set(found.borrow(), this.as_obj(), value);
    }
    cache::modified(this);
    match value {
        Some(value) => dict::set(attributes(this)?, name, value)?,
        None if dict::remove(attributes(this)?, name)?.is_none() => return Err(super::missing(this, name)),
        None => {}
    }
    dispatch::update(this, name)
}

/// `<class 'NAME'>`
pub(super) fn repr(class: Class<'_>) -> Result<Ref> {
    let mut text = str::Builder::new();
    text.push_str("<class '")?;
    text.push_object(class_name::shown(this(class))?.borrow())?;
    text.push_str("'>")?;
    text.finish()
}
