//! The type `type`: calling a class, and the attributes of a class itself.

use super::own_attributes as own;
use super::{lookup, methods, missing};
use crate::abi::*;
use crate::objects::class_call::{self, Entry, enter_slot};
use crate::objects::class_defaults::COLLECTED;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{dict, module, slots, tuple};
use crate::protocol::attribute::require_str;
use crate::runtime::{Obj, Ref, Result, Type, View, raise};
use crate::types::{attribute, create, descriptor, heap, ready, union};

static_type! {
    /// `type`: the type of types.
    pub PyType_Type as TYPE = PyTypeObject {
        tp_name: c"type".as_ptr(),
        tp_basicsize: size_of::<PyHeapTypeObject>() as Py_ssize_t,
        tp_itemsize: 40,
        tp_vectorcall_offset: core::mem::offset_of!(PyTypeObject, tp_vectorcall) as Py_ssize_t,
        tp_vectorcall: Some(enter_slot::<TypeOf>),
        tp_dealloc: slots::dealloc::<PyTypeObject>(),
        tp_repr: slots::unary(own::repr),
        tp_as_number: &raw mut union::OF_CLASSES,
        tp_call: slots::call(call_as_slot),
        tp_new: slots::new(create::create),
        tp_init: slots::init(init),
        tp_getattro: slots::binary(getattr),
        tp_setattro: slots::assign(own::setattr),
        tp_traverse: slots::traverse::<PyTypeObject>(),
        tp_clear: slots::unary(heap::clear),
        tp_weaklistoffset: core::mem::offset_of!(PyTypeObject, tp_weaklist) as Py_ssize_t,
        tp_methods: (&raw mut methods::METHODS).cast(),
        tp_members: (&raw mut own::MEMBERS).cast(),
        tp_getset: (&raw mut own::GETSET).cast(),
        tp_dictoffset: core::mem::offset_of!(PyTypeObject, tp_dict) as Py_ssize_t,
        tp_is_gc: slots::unary(heap::is_gc),
        tp_flags: COLLECTED.tp_flags
            | Py_TPFLAGS_BASETYPE
            | Py_TPFLAGS_TYPE_SUBCLASS
            | Py_TPFLAGS_HAVE_VECTORCALL
            | Py_TPFLAGS_ITEMS_AT_END,
        ..COLLECTED
    }
}

/// Adds a C type to a module, under its name after the last dot, and makes it ready first (CPython: `PyModule_AddType`), also if
/// there is no module; then the module's error is returned.
///
/// # Safety
/// As for [`ready::ready`].
pub unsafe fn add_to_module(class: Type<'_>, module: Result<Obj<'_>>) -> Result<()> {
    // SAFETY: this function promises the same.
    unsafe { ready::ready(class)? };
    class.with_short_name(|name| module::add(module?, name, Some(class.as_obj())))
}

/// `tp_getattro`: an attribute of a class itself, or AttributeError.
fn getattr(class: View<'_, PyTypeObject>, name: Obj<'_>) -> Result<Ref> {
    require_str(name)?;
    // SAFETY: the view is of a type object, which lives as long as the view.
    let class = unsafe { Type::from_ptr_unchecked(class.fields()) };
    attribute(class, name)?.ok_or_else(|| missing(class, name))
}

/// An attribute of a class itself (CPython: `type.__getattribute__`): first a data descriptor of the metatype, then an
/// attribute of the class or of its bases, then another attribute of the metatype. `None` when it is missing.
pub fn attribute(class: Type<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    let (o, metatype) = (class.as_obj(), class.as_obj().class());
    let meta = lookup(metatype, name)?;
    if let Some(meta) = meta.as_ref().filter(|meta| descriptor::is_data(meta.borrow())) {
        return descriptor::get(meta.borrow(), Some(o), metatype).map(Some);
    }
    if let Some(own) = lookup(class, name)? {
        return descriptor::get(own.borrow(), None, class).map(Some);
    }
    meta.map(|meta| descriptor::get(meta.borrow(), Some(o), metatype)).transpose()
}

/// Calls a class (CPython: `type.__call__`): `tp_new` makes the object, and `tp_init` initialises it if it is an
/// instance of the class. `type(o)` is the type of `o`.
fn call(class: Obj<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let Some(this) = class.as_type() else { return Err(attribute::missing(class, class)) };
    if this == TYPE {
        match tuple::items(arguments) {
            [o] if !has_any(keywords) => return Ok(o.class().as_obj().to_ref()),
            [_, _, _] => {}
            _ => return Err(raise!(TypeError, "type() takes 1 or 3 arguments")),
        }
    }
    class_call::instantiate(this, arguments, keywords)
}

/// Checks the arguments, from which `new` has made the class.
fn init(_: View<'_, PyTypeObject>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    match tuple::len(arguments) {
        1 if has_any(keywords) => Err(raise!(TypeError, "type.__init__() takes no keyword arguments")),
        1 | 3 => Ok(()),
        _ => Err(raise!(TypeError, "type.__init__() takes 1 or 3 arguments")),
    }
}

/// Whether a call has arguments with names.
fn has_any(keywords: Option<Dict<'_>>) -> bool {
    keywords.is_some_and(|keywords| dict::len(keywords) > 0)
}

/// The parameters of `type(o)`, which have no names.
enum TypeOf {}

impl Entry for TypeOf {
    fn check(positional: &[Obj<'_>], names: Option<usize>) -> Result<()> {
        if positional.len() == 1 && names.unwrap_or(0) > 0 {
            return Err(raise!(TypeError, "type() takes no keyword arguments"));
        }
        Ok(())
    }

    fn call(class: Type<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
        call(class.as_obj(), arguments, keywords)
    }
}

/// `tp_call` of `type`.
fn call_as_slot(class: View<'_, PyTypeObject>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Option<Ref> {
    call(*class, arguments, keywords).ok()
}
