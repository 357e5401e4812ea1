//! The objects there is one of: `None`, `NotImplemented`, `Ellipsis`, `True` and `False`.

use super::{arguments, bytes, class_call, class_defaults, dict, int, object, str, tuple};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::runtime::{Obj, Ref, Result, Type, raise};
use core::ffi::c_int;

macro_rules! singleton {
    (
        $(#[$doc:meta])* $symbol:ident as $handle:ident, $class:ident as $class_handle:ident = $class_name:literal,
        $text:literal, $slots:ident $(, $field:ident: $value:expr)*
    ) => {
        /// The slots of this type.
        mod $slots {
            use super::*;
            fn repr(_: Obj<'_>) -> Result<Ref> {
                str::from_str($text)
            }
            slot!(pub(super) repr_slot(o) -> *mut PyObject = repr);
            fn new(_: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
                the_one($handle, args, keywords)
            }
            new_slot!(new_slot = new);
        }
        static_type! {
            $(#[$doc])*
            pub $class as $class_handle {
                tp_name: $class_name.as_ptr(),
                tp_repr: Some($slots::repr_slot),
                tp_new: Some($slots::new_slot),
                $($field: $value,)*
            }
        }
        $(#[$doc])*
        #[unsafe(no_mangle)]
        pub static mut $symbol: PyObject = PyObject::immortal(&raw mut $class);
        /// The object, as a borrowed reference.
        // SAFETY: the static is a complete object.
        pub const $handle: Obj<'static> = unsafe { Obj::from_static(&raw mut $symbol) };
    };
}

singleton!(
    /// `None`
    _Py_NoneStruct as NONE, _PyNone_Type as NONE_TYPE = c"NoneType", "None", none, tp_hash: Some(none_hash_slot)
);
singleton!(
    /// `NotImplemented`
    _Py_NotImplementedStruct as NOT_IMPLEMENTED, _PyNotImplemented_Type as NOT_IMPLEMENTED_TYPE = c"NotImplementedType",
    "NotImplemented", not_implemented, tp_as_number: &raw mut NOT_IMPLEMENTED_AS_NUMBER
);
singleton!(
    /// `Ellipsis`
    _Py_EllipsisObject as ELLIPSIS, PyEllipsis_Type as ELLIPSIS_TYPE = c"ellipsis", "Ellipsis", ellipsis
);

/// What calling the type of an object that there is one of gives: that object.
fn the_one(constant: Obj<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    if tuple::len(args) == 0 && keywords.is_none_or(|keywords| dict::len(keywords) == 0) {
        return Ok(constant.to_ref());
    }
    if constant.is(ELLIPSIS) {
        // CPython has two names for this type.
        return Err(raise!(TypeError, "EllipsisType takes no arguments"));
    }
    Err(raise!(TypeError, "{} takes no arguments", constant.class().name()))
}

/// `None` hashes as the same number in every run.
fn none_hash(_: Obj<'_>) -> Result<isize> {
    Ok(0xfca8_6420)
}
slot!(none_hash_slot(o) -> Py_hash_t = none_hash);

static mut NOT_IMPLEMENTED_AS_NUMBER: PyNumberMethods =
    PyNumberMethods { nb_bool: Some(no_truth_slot), ..PyNumberMethods::BLANK };

fn no_truth(_: Obj<'_>) -> Result<bool> {
    Err(raise!(TypeError, "NotImplemented should not be used in a boolean context"))
}
slot!(no_truth_slot(o) -> c_int = no_truth);

static_type! {
    /// `bool`
    pub PyBool_Type as BOOL {
        tp_name: c"bool".as_ptr(),
        tp_basicsize: int::INT_SIZE,
        tp_itemsize: size_of::<u32>() as Py_ssize_t,
        tp_repr: Some(bool_repr_slot),
        tp_as_number: &raw mut int::AS_NUMBER,
        tp_hash: Some(int::hash_slot),
        tp_richcompare: Some(int::richcompare_slot),
        tp_new: Some(bool_new_slot),
        tp_vectorcall: Some(class_call::enter_slot::<class_call::Plain>),
        tp_base: &raw mut int::PyLong_Type,
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_LONG_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
    }
}

/// `bool()` and `bool(o)`.
fn bool_new(_: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    arguments::no_keywords("bool", keywords)?;
    let argument = arguments::at_most_one("bool", args)?;
    Ok(bool(argument.map_or(Ok(false), object::truth)?).to_ref())
}
new_slot!(bool_new_slot = bool_new);

/// `True`
#[unsafe(no_mangle)]
pub static mut _Py_TrueStruct: PyLongObject = PyLongObject {
    ob_base: PyObject::immortal(&raw mut PyBool_Type),
    long_value: _PyLongValue { lv_tag: 1 << 3, ob_digit: [1] },
};
/// `False`
#[unsafe(no_mangle)]
pub static mut _Py_FalseStruct: PyLongObject = PyLongObject {
    ob_base: PyObject::immortal(&raw mut PyBool_Type),
    long_value: _PyLongValue { lv_tag: 1, ob_digit: [0] },
};

/// `True`, as a borrowed reference.
// SAFETY: the static is a complete object.
pub const TRUE: Obj<'static> = unsafe { Obj::from_static(&raw mut _Py_TrueStruct) };
/// `False`, as a borrowed reference.
// SAFETY: the static is a complete object.
pub const FALSE: Obj<'static> = unsafe { Obj::from_static(&raw mut _Py_FalseStruct) };

/// `True` or `False`.
pub const fn bool(value: bool) -> Obj<'static> {
    if value { TRUE } else { FALSE }
}

/// The constant of a number (CPython: `Py_GetConstant`), if there is one. Each is immortal, so that none is counted.
pub fn by_number(number: u32) -> Option<Obj<'static>> {
    match number {
        0 => Some(NONE),
        1 => Some(FALSE),
        2 => Some(TRUE),
        3 => Some(ELLIPSIS),
        4 => Some(NOT_IMPLEMENTED),
        5 => int::small(0),
        6 => int::small(1),
        7 => Some(str::empty()),
        8 => bytes::shared(&[]),
        9 => Some(*tuple::empty()),
        _ => None,
    }
}

fn bool_repr(o: Obj<'_>) -> Result<Ref> {
    str::from_str(if o.is(TRUE) { "True" } else { "False" })
}
slot!(bool_repr_slot(o) -> *mut PyObject = bool_repr);
