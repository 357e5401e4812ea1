//! `bool`: its type, and its two objects, which begin as ints do.

use super::arithmetic::with;
use super::{INT_SIZE, Int, bits, type_object};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{arguments, class_call, class_defaults, class_order, slots, str, warning};
use crate::protocol::truth;
use crate::runtime::known::{self, INT, TRUE};
use crate::runtime::{Obj, Ref, Result, Type};

/// `bool`
#[unsafe(no_mangle)]
pub static mut PyBool_Type: PyTypeObject = PyTypeObject {
    tp_name: c"bool".as_ptr(),
    tp_basicsize: INT_SIZE,
    tp_itemsize: size_of::<u32>() as Py_ssize_t,
    tp_repr: slots::unary(repr),
    tp_as_number: &raw mut AS_NUMBER,
    tp_hash: slots::unary(type_object::hash),
    tp_richcompare: slots::compare(type_object::compare),
    tp_new: slots::new(new),
    tp_vectorcall: Some(class_call::enter_slot::<class_call::Plain>),
    tp_base: INT.as_ptr(),
    tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_LONG_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
    tp_bases: class_order::pointer(&raw mut BASES),
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::DEFAULTS
};

static mut BASES: Classes<1> = class_order::classes([known::INT.as_ptr()]);
static mut ORDER: Classes<3> =
    class_order::classes([known::BOOL.as_ptr(), known::INT.as_ptr(), known::OBJECT.as_ptr()]);

static mut AS_NUMBER: PyNumberMethods = PyNumberMethods {
    nb_invert: slots::unary(invert),
    nb_and: slots::operator(|a, b| logic(a, b, |a, b| a & b, bits::and)),
    nb_xor: slots::operator(|a, b| logic(a, b, |a, b| a ^ b, bits::xor)),
    nb_or: slots::operator(|a, b| logic(a, b, |a, b| a | b, bits::or)),
    ..type_object::NUMBER
};

/// `~value`, which inverts the int.
fn invert(value: Int<'_>) -> Result<Ref> {
    warning::issue(
        Exc::DeprecationWarning,
        c"Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise \
          inversion of the underlying int object and is usually not what you expect from the negation of a bool object. \
          Use the 'not' operator for boolean not or ~int(x) for the bitwise inversion of the underlying int.",
    )?;
    bits::invert(value)
}

/// An operator on truth values: a `bool` for two of them, the result for ints otherwise.
fn logic<'a>(
    a: Obj<'a>,
    b: Obj<'a>,
    of_truths: fn(bool, bool) -> bool,
    of_ints: fn(Int<'a>, Int<'a>) -> Result<Ref>,
) -> Result<Ref> {
    if a.is_exactly(known::BOOL) && b.is_exactly(known::BOOL) {
        return Ok(known::bool(of_truths(a.is(TRUE), b.is(TRUE))).to_ref());
    }
    with(a, b, of_ints)
}

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

/// `bool()` and `bool(o)`.
fn new(_: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    arguments::no_keywords("bool", keywords)?;
    let argument = arguments::at_most_one("bool", args)?;
    Ok(known::bool(argument.map_or(Ok(false), truth::truth)?).to_ref())
}

fn repr(value: Int<'_>) -> Result<Ref> {
    str::from_str(if value.is(TRUE) { "True" } else { "False" })
}
