//! `generator`, `coroutine` and `async_generator`: the types of the objects that run Python code step by step. Extension modules compare
//! types with them and read their slots and attributes. No object of them can be made here, so their functions are called only by a
//! program that passes another object, and refuse.

use super::class_lookup::CLASS_GETITEM;
use super::slots;
use crate::abi::*;
use crate::objects::class_defaults;
use crate::runtime::known::OBJECT;
use crate::runtime::refusal::{INTERPRETER, not_supported};
use crate::runtime::{Obj, Raised, Ref, Result, View};
use core::mem::offset_of;

type Generator<'a> = View<'a, PyObject>;

static_type! {
    /// The type of generators of Python code.
    pub PyGen_Type as GENERATOR = PyTypeObject {
        tp_name: c"generator".as_ptr(),
        tp_as_async: (&raw mut GENERATOR_ASYNC),
        tp_iter: class_defaults::ITSELF,
        tp_iternext: slots::unary(refused),
        tp_methods: (&raw mut GENERATOR_METHODS).cast(),
        tp_getset: (&raw mut GENERATOR_GETSETS).cast(),
        ..COMMON
    }
}

static_type! {
    /// The type of coroutines of Python code.
    pub PyCoro_Type as COROUTINE = PyTypeObject {
        tp_name: c"coroutine".as_ptr(),
        tp_as_async: (&raw mut COROUTINE_ASYNC),
        tp_methods: (&raw mut GENERATOR_METHODS).cast(),
        tp_members: (&raw mut COROUTINE_MEMBERS).cast(),
        tp_getset: (&raw mut COROUTINE_GETSETS).cast(),
        ..COMMON
    }
}

static_type! {
    /// The type of asynchronous generators of Python code.
    pub PyAsyncGen_Type as ASYNC_GENERATOR = PyTypeObject {
        tp_name: c"async_generator".as_ptr(),
        tp_as_async: (&raw mut ASYNC_GENERATOR_ASYNC),
        tp_methods: (&raw mut ASYNC_GENERATOR_METHODS).cast(),
        tp_members: (&raw mut ASYNC_GENERATOR_MEMBERS).cast(),
        tp_getset: (&raw mut ASYNC_GENERATOR_GETSETS).cast(),
        ..COMMON
    }
}

/// The three have one layout.
const COMMON: PyTypeObject = PyTypeObject {
    tp_basicsize: size_of::<PyGenObject>() as Py_ssize_t,
    tp_itemsize: size_of::<*mut PyObject>() as Py_ssize_t,
    tp_repr: slots::unary(refused),
    tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_base: OBJECT.as_ptr(),
    tp_weaklistoffset: offset_of!(PyGenObject, gi_weakreflist) as Py_ssize_t,
    tp_traverse: slots::traverse::<PyObject>(),
    ..class_defaults::COLLECTED
};

static mut GENERATOR_ASYNC: PyAsyncMethods = PyAsyncMethods { am_send: Some(send), ..PyAsyncMethods::BLANK };
static mut COROUTINE_ASYNC: PyAsyncMethods =
    PyAsyncMethods { am_await: slots::unary(refused), am_send: Some(send), ..PyAsyncMethods::BLANK };
static mut ASYNC_GENERATOR_ASYNC: PyAsyncMethods = PyAsyncMethods {
    am_aiter: class_defaults::ITSELF,
    am_anext: slots::unary(refused),
    am_send: Some(send),
    ..PyAsyncMethods::BLANK
};

static mut GENERATOR_METHODS: [PyMethodDef; 6] = [
    slots::method_o(c"send", refused_with),
    slots::method_fastcall(c"throw", refused_with_all),
    slots::method_noargs(c"close", refused),
    slots::method_noargs(c"__sizeof__", refused),
    CLASS_GETITEM,
    PyMethodDef::END,
];
static mut ASYNC_GENERATOR_METHODS: [PyMethodDef; 6] = [
    slots::method_o(c"asend", refused_with),
    slots::method_fastcall(c"athrow", refused_with_all),
    slots::method_noargs(c"aclose", refused),
    slots::method_noargs(c"__sizeof__", refused),
    CLASS_GETITEM,
    PyMethodDef::END,
];

static mut COROUTINE_MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::object(c"cr_origin", offset_of!(PyGenObject, gi_origin_or_finalizer)).read_only(), PyMemberDef::END];
static mut ASYNC_GENERATOR_MEMBERS: [PyMemberDef; 2] = [
    PyMemberDef { kind: Py_T_BOOL, ..PyMemberDef::object(c"ag_running", offset_of!(PyGenObject, gi_running_async)) }
        .read_only(),
    PyMemberDef::END,
];

static mut GENERATOR_GETSETS: [PyGetSetDef; 8] = [
    slots::getset(c"__name__", refused, refused_value),
    slots::getset(c"__qualname__", refused, refused_value),
    slots::getter(c"gi_yieldfrom", refused),
    slots::getter(c"gi_running", refused),
    slots::getter(c"gi_frame", refused),
    slots::getter(c"gi_suspended", refused),
    slots::getter(c"gi_code", refused),
    PyGetSetDef::END,
];
static mut COROUTINE_GETSETS: [PyGetSetDef; 8] = [
    slots::getset(c"__name__", refused, refused_value),
    slots::getset(c"__qualname__", refused, refused_value),
    slots::getter(c"cr_await", refused),
    slots::getter(c"cr_running", refused),
    slots::getter(c"cr_frame", refused),
    slots::getter(c"cr_code", refused),
    slots::getter(c"cr_suspended", refused),
    PyGetSetDef::END,
];
static mut ASYNC_GENERATOR_GETSETS: [PyGetSetDef; 7] = [
    slots::getset(c"__name__", refused, refused_value),
    slots::getset(c"__qualname__", refused, refused_value),
    slots::getter(c"ag_await", refused),
    slots::getter(c"ag_frame", refused),
    slots::getter(c"ag_code", refused),
    slots::getter(c"ag_suspended", refused),
    PyGetSetDef::END,
];

#[cold]
fn refuse() -> Raised {
    not_supported("generator", INTERPRETER)
}

fn refused(_: Generator<'_>) -> Result<Ref> {
    Err(refuse())
}

fn refused_with(_: Generator<'_>, _: Obj<'_>) -> Result<Ref> {
    Err(refuse())
}

fn refused_with_all(_: Generator<'_>, _: &[Obj<'_>]) -> Result<Ref> {
    Err(refuse())
}

fn refused_value(_: Generator<'_>, _: Option<Obj<'_>>) -> Result<()> {
    Err(refuse())
}

unsafe extern "C" fn send(_: *mut PyObject, _: *mut PyObject, _: *mut *mut PyObject) -> PySendResult {
    let Raised { .. } = refuse();
    -1
}
