//! `None`, `NotImplemented` and `Ellipsis`, and their types.

use super::{ELLIPSIS, NONE, NOT_IMPLEMENTED};
use crate::abi::*;
use crate::objects::class_order::{self, Classes};
use crate::objects::dict::{self, Dict};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{class_defaults, slots, str};
use crate::runtime::{Obj, Ref, Result, Type, View, known, raise};
use core::ffi::CStr;
use core::marker::PhantomData;

/// A type with only one object.
trait Single: 'static {
    /// That object.
    const OBJECT: Obj<'static>;

    /// Its repr.
    const SHOWN: &'static str;

    /// The type's name in the message of a call with arguments.
    const CALLED: &'static str;
}

enum NoneType {}

enum NotImplementedType {}

enum EllipsisType {}

impl Single for NoneType {
    const OBJECT: Obj<'static> = NONE;
    const SHOWN: &'static str = "None";
    const CALLED: &'static str = "NoneType";
}

impl Single for NotImplementedType {
    const OBJECT: Obj<'static> = NOT_IMPLEMENTED;
    const SHOWN: &'static str = "NotImplemented";
    const CALLED: &'static str = "NotImplementedType";
}

impl Single for EllipsisType {
    const OBJECT: Obj<'static> = ELLIPSIS;
    const SHOWN: &'static str = "Ellipsis";
    // It differs from `tp_name`, as in CPython.
    const CALLED: &'static str = "EllipsisType";
}

/// A type with only one object, with the fields that all of them have.
const fn type_of<S: Single>(name: &'static CStr, order: *mut Classes<2>) -> PyTypeObject {
    PyTypeObject {
        tp_name: name.as_ptr(),
        tp_repr: slots::unary(repr::<S>),
        tp_new: slots::new(new::<S>),
        tp_mro: class_order::pointer(order),
        ..class_defaults::DEFAULTS
    }
}

fn repr<S: Single>(_: View<'_, PyObject>) -> Result<Ref> {
    str::from_str(S::SHOWN)
}

/// Calling the type returns the one object.
fn new<S: Single>(_: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    if tuple::len(args) > 0 || keywords.is_some_and(|keywords| dict::len(keywords) > 0) {
        return Err(raise!(TypeError, "{} takes no arguments", S::CALLED));
    }
    Ok(S::OBJECT.to_ref())
}

/// The methods of a type with only one object, which is pickled by its name.
struct Methods<S>(PhantomData<fn() -> S>);

impl<S: Single> Methods<S> {
    const ROWS: [PyMethodDef; 2] =
        [slots::method_noargs(c"__reduce__", |_: View<'_, PyObject>| str::from_str(S::SHOWN)), PyMethodDef::END];
}

const fn methods_of<S: Single>() -> *mut PyMethodDef {
    core::ptr::from_ref(&Methods::<S>::ROWS).cast_mut().cast()
}

/// The type of `None`.
#[unsafe(no_mangle)]
pub static mut _PyNone_Type: PyTypeObject = PyTypeObject {
    tp_hash: slots::unary(none_hash),
    tp_as_number: &raw mut NONE_AS_NUMBER,
    ..type_of::<NoneType>(c"NoneType", &raw mut NONE_ORDER)
};

static mut NONE_ORDER: Classes<2> = class_order::classes([&raw mut _PyNone_Type, known::OBJECT.as_ptr()]);

/// The type of `NotImplemented`.
#[unsafe(no_mangle)]
pub static mut _PyNotImplemented_Type: PyTypeObject = PyTypeObject {
    tp_as_number: &raw mut NOT_IMPLEMENTED_AS_NUMBER,
    tp_methods: methods_of::<NotImplementedType>(),
    ..type_of::<NotImplementedType>(c"NotImplementedType", &raw mut NOT_IMPLEMENTED_ORDER)
};

static mut NOT_IMPLEMENTED_ORDER: Classes<2> =
    class_order::classes([&raw mut _PyNotImplemented_Type, known::OBJECT.as_ptr()]);

/// The type of `Ellipsis`.
#[unsafe(no_mangle)]
pub static mut PyEllipsis_Type: PyTypeObject = PyTypeObject {
    tp_methods: methods_of::<EllipsisType>(),
    ..type_of::<EllipsisType>(c"ellipsis", &raw mut ELLIPSIS_ORDER)
};

static mut ELLIPSIS_ORDER: Classes<2> = class_order::classes([&raw mut PyEllipsis_Type, known::OBJECT.as_ptr()]);

/// `None`
#[unsafe(no_mangle)]
pub static mut _Py_NoneStruct: PyObject = PyObject::immortal(&raw mut _PyNone_Type);

/// `NotImplemented`
#[unsafe(no_mangle)]
pub static mut _Py_NotImplementedStruct: PyObject = PyObject::immortal(&raw mut _PyNotImplemented_Type);

/// `Ellipsis`
#[unsafe(no_mangle)]
pub static mut _Py_EllipsisObject: PyObject = PyObject::immortal(&raw mut PyEllipsis_Type);

/// The hash of `None` is the same number in every run.
fn none_hash(_: View<'_, PyObject>) -> Result<isize> {
    Ok(0xfca8_6420)
}

static mut NONE_AS_NUMBER: PyNumberMethods =
    PyNumberMethods { nb_bool: slots::unary(none_truth), ..PyNumberMethods::BLANK };

fn none_truth(_: View<'_, PyObject>) -> Result<bool> {
    Ok(false)
}

static mut NOT_IMPLEMENTED_AS_NUMBER: PyNumberMethods =
    PyNumberMethods { nb_bool: slots::unary(no_truth), ..PyNumberMethods::BLANK };

fn no_truth(_: View<'_, PyObject>) -> Result<bool> {
    Err(raise!(TypeError, "NotImplemented should not be used in a boolean context"))
}
