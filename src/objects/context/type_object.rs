//! The type of contexts: a mapping of variables to values.

use super::{Context, PyContext, copy, enter, exit, new, values};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::context::var;
use crate::objects::dict::{self, Dict};
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{arguments, call, class_defaults, class_order, iterator, weakref};
use crate::protocol::compare;
use crate::runtime::known::{self, CONTEXT, CONTEXT_VAR, NONE, OBJECT};
use crate::runtime::{Obj, Own, Ref, Result, Type, error, raise};
use core::ffi::c_int;
use core::mem::offset_of;

/// The type of contexts.
#[unsafe(no_mangle)]
pub static mut PyContext_Type: PyTypeObject = PyTypeObject {
    tp_name: c"_contextvars.Context".as_ptr(),
    tp_basicsize: size_of::<PyContext>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PyContext>(),
    tp_hash: class_defaults::NO_HASH,
    tp_as_sequence: &raw mut AS_SEQUENCE,
    tp_as_mapping: &raw mut AS_MAPPING,
    tp_traverse: slots::traverse::<PyContext>(),
    tp_clear: slots::clear::<PyContext>(),
    tp_richcompare: slots::compare(richcompare),
    tp_weaklistoffset: offset_of!(PyContext, weak_references) as Py_ssize_t,
    tp_iter: slots::unary(iter),
    tp_methods: (&raw mut METHODS).cast(),
    tp_new: slots::new(tp_new),
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::COLLECTED
};

static mut ORDER: Classes<2> = class_order::classes([CONTEXT.as_ptr(), OBJECT.as_ptr()]);

// SAFETY: a context owns the references in these fields.
unsafe impl Owner for PyContext {
    const FIELDS: &'static [usize] = &[offset_of!(PyContext, previous), offset_of!(PyContext, values)];

    unsafe fn empty(context: Context<'_>) {
        weakref::end_of(*context);
    }
}

static mut AS_SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_contains: slots::binary(contains), ..PySequenceMethods::BLANK };

static mut AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(|context: Context<'_>| Ok(dict::len(values(context)?.borrow()) as isize)),
    mp_subscript: slots::binary(item),
    ..PyMappingMethods::BLANK
};

static mut METHODS: [PyMethodDef; 7] = [
    slots::method_noargs(c"keys", |context: Context<'_>| {
        iterator::of(*dict::keys(values(context)?.borrow())?.borrow())
    }),
    slots::method_noargs(c"values", |context: Context<'_>| {
        iterator::of(*dict::values(values(context)?.borrow())?.borrow())
    }),
    slots::method_noargs(c"items", |context: Context<'_>| {
        iterator::of(*dict::items(values(context)?.borrow())?.borrow())
    }),
    slots::method_fastcall(c"get", get),
    slots::method_noargs(c"copy", |context: Context<'_>| copy(context).map(Own::into_ref)),
    slots::method_keywords(c"run", run),
    PyMethodDef::END,
];

fn tp_new(_: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    if tuple::len(args) > 0 || keywords.is_some_and(|keywords| dict::len(keywords) > 0) {
        return Err(raise!(TypeError, "Context() does not accept any arguments"));
    }
    new().map(Own::into_ref)
}

/// A key; TypeError unless it is a context variable.
fn require_key(key: Obj<'_>) -> Result<Obj<'_>> {
    if key.is_exactly(CONTEXT_VAR) {
        return Ok(key);
    }
    let shown = crate::protocol::text::repr(key)?;
    Err(raise!(TypeError, "a ContextVar key was expected, got {}", crate::objects::str::as_text(shown.borrow())))
}

fn find(context: Context<'_>, key: Obj<'_>) -> Result<Option<Ref>> {
    dict::get(values(context)?.borrow(), *var::require(require_key(key)?)?)
}

fn contains(context: Context<'_>, key: Obj<'_>) -> Result<bool> {
    Ok(find(context, key)?.is_some())
}

fn item(context: Context<'_>, key: Obj<'_>) -> Result<Ref> {
    find(context, key)?.ok_or_else(|| match tuple::of_one(key.to_ref()) {
        Ok(arguments) => error::raise_with(Exc::KeyError, arguments),
        Err(raised) => raised,
    })
}

fn get(context: Context<'_>, given: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("get", given.len(), 1, 2)?;
    let found = given.first().map(|key| find(context, *key)).transpose()?.flatten();
    Ok(found.unwrap_or_else(|| given.get(1).copied().unwrap_or(NONE).to_ref()))
}

/// Calls an object in the context.
fn run(context: Context<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let Some((callable, rest)) = tuple::items(args).split_first() else {
        return Err(raise!(TypeError, "run() missing 1 required positional argument"));
    };
    enter(context)?;
    let result = call::with_dict(*callable, rest, keywords);
    let pending = error::take();
    let left = exit(context);
    match (result, left) {
        (Ok(result), Ok(())) => Ok(result),
        (Err(raised), Ok(())) => {
            error::put_back(pending);
            Err(raised)
        }
        (_, Err(raised)) => Err(raised),
    }
}

fn iter(context: Context<'_>) -> Result<Ref> {
    iterator::of(*values(context)?.borrow())
}

fn richcompare(context: Context<'_>, other: Obj<'_>, op: c_int) -> Result<Ref> {
    let Some(other) = other.downcast::<PyContext>().filter(|_| op == Py_EQ || op == Py_NE) else {
        return Ok(known::NOT_IMPLEMENTED.to_ref());
    };
    compare::compare(*values(context)?.borrow(), *values(other)?.borrow(), op)
}
