//! The type of weak references, and its slots.

use super::{WeakRef, hash_of, new, referent, weak_of};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{arguments, attributes, class_defaults, class_order, str};
use crate::protocol::compare;
use crate::runtime::known::{self, NONE};
use crate::runtime::{IntoC, Obj, Ref, Result, Type, View, raise};
use core::ffi::c_int;
use core::mem::offset_of;

/// The type of weak references.
#[unsafe(no_mangle)]
pub static mut _PyWeakref_RefType: PyTypeObject = PyTypeObject {
    tp_name: c"weakref.ReferenceType".as_ptr(),
    tp_repr: slots::unary(repr),
    tp_hash: slots::unary(hash_of),
    tp_call: slots::call(call),
    tp_flags: SHARED.tp_flags | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_BASETYPE,
    tp_vectorcall_offset: offset_of!(PyWeakReference, vectorcall) as Py_ssize_t,
    tp_richcompare: slots::compare(richcompare),
    tp_members: (&raw mut MEMBERS).cast(),
    tp_init: slots::init(init),
    tp_new: slots::new(tp_new),
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..SHARED
};

static mut ORDER: Classes<2> = class_order::classes([known::WEAK_REFERENCE.as_ptr(), known::OBJECT.as_ptr()]);

/// The fields that the types of references and of proxies share.
pub(super) const SHARED: PyTypeObject = PyTypeObject {
    tp_basicsize: size_of::<PyWeakReference>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PyWeakReference>(),
    tp_traverse: slots::traverse::<PyWeakReference>(),
    tp_clear: slots::clear::<PyWeakReference>(),
    ..class_defaults::COLLECTED
};

// SAFETY: a weak reference owns its callback.
unsafe impl Owner for PyWeakReference {
    const FIELDS: &'static [usize] = &[offset_of!(PyWeakReference, wr_callback)];

    unsafe fn empty(reference: WeakRef<'_>) {
        weak_of(reference).clear();
    }
}

static mut MEMBERS: [PyMemberDef; 2] = [
    PyMemberDef {
        name: c"__callback__".as_ptr(),
        kind: _Py_T_OBJECT,
        offset: offset_of!(PyWeakReference, wr_callback) as Py_ssize_t,
        flags: Py_READONLY,
        doc: core::ptr::null(),
    },
    PyMemberDef::END,
];

/// The object and the callback, which are the arguments of the type.
fn parse<'a>(function: &str, args: Tuple<'a>) -> Result<(Obj<'a>, Option<Obj<'a>>)> {
    arguments::between(function, tuple::len(args), 1, 2)?;
    let items = tuple::items(args);
    Ok((items.first().copied().unwrap_or(NONE), items.get(1).copied()))
}

fn tp_new(class: Type<'_>, args: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    let (o, callback) = parse("__new__", args)?;
    new(class, o, callback)
}

fn init(_: WeakRef<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    arguments::no_keywords("ref", keywords)?;
    parse("__init__", args).map(|_| ())
}

/// A call of a reference returns its object, or None.
fn call(reference: WeakRef<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Option<Ref> {
    let checked = arguments::no_keywords("weakref", keywords);
    checked.and_then(|()| arguments::between("weakref", tuple::len(args), 0, 0)).ok()?;
    Some(referent(reference).unwrap_or_else(|| NONE.to_ref()))
}

/// The fast entry of [`call`].
///
/// # Safety
/// `o` is a weak reference, and `names` is NULL or a tuple.
pub(super) unsafe extern "C" fn vectorcall(
    o: *mut PyObject,
    _: *const *mut PyObject,
    count: usize,
    names: *mut PyObject,
) -> *mut PyObject {
    let count = count & !PY_VECTORCALL_ARGUMENTS_OFFSET;
    // SAFETY: only weak references have this function.
    let (reference, names): (WeakRef<'_>, _) =
        unsafe { (View::new_unchecked(Obj::from_ptr_unchecked(o)), Obj::from_ptr(names)) };
    if names.and_then(|names| names.downcast()).is_some_and(|names| tuple::len(names) > 0) {
        return Result::<Ref>::Err(raise!(TypeError, "weakref() takes no keyword arguments")).into_c();
    }
    let checked = arguments::between("weakref", count, 0, 0);
    checked.map(|()| referent(reference).unwrap_or_else(|| NONE.to_ref())).into_c()
}

fn repr(reference: WeakRef<'_>) -> Result<Ref> {
    let this = reference.as_ptr();
    let Some(o) = referent(reference) else { return str::format(format_args!("<weakref at {this:p}; dead>")) };
    let (class, address) = (o.borrow().class(), o.as_ptr());
    let name = attributes::find_str(o.borrow(), "__name__")?.filter(|name| str::check(name.borrow()));
    match name {
        Some(name) => str::format(format_args!(
            "<weakref at {this:p}; to '{}' at {address:p} ({})>",
            class.name(),
            str::as_text(name.borrow())
        )),
        None => str::format(format_args!("<weakref at {this:p}; to '{}' at {address:p}>", class.name())),
    }
}

/// References are equal when their objects are; once one is dead, only if they are the same.
fn richcompare(reference: WeakRef<'_>, other: Obj<'_>, op: c_int) -> Result<Ref> {
    let Some(right) = other.downcast::<PyWeakReference>().filter(|_| op == Py_EQ || op == Py_NE) else {
        return Ok(known::NOT_IMPLEMENTED.to_ref());
    };
    match (referent(reference), referent(right)) {
        (Some(left), Some(right)) => compare::compare(left.borrow(), right.borrow(), op),
        _ => Ok(known::bool(reference.is(other) == (op == Py_EQ)).to_ref()),
    }
}
