//! The `float` type: the slots of a `float`, and the call that makes one.

use super::arithmetic::with;
use super::{Float, Repr, arithmetic, build, exact, methods, value};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::convert;
use crate::objects::dict::Dict;
use crate::objects::int::{self, magnitude};
use crate::objects::tuple::Tuple;
use crate::objects::{arguments, class_call, class_defaults, class_order, slots, str};
use crate::protocol::{compare, hash};
use crate::runtime::known::{self, FLOAT};
use crate::runtime::{Obj, Own, Ref, Result, Type};
use core::cmp::Ordering;
use core::ffi::c_int;

/// The `float` type.
#[unsafe(no_mangle)]
pub static mut PyFloat_Type: PyTypeObject = PyTypeObject {
    tp_name: c"float".as_ptr(),
    tp_basicsize: size_of::<PyFloatObject>() as Py_ssize_t,
    tp_repr: slots::unary(repr),
    tp_hash: slots::unary(hash),
    tp_richcompare: slots::compare(compare),
    tp_as_number: &raw mut AS_NUMBER,
    tp_methods: (&raw mut methods::METHODS).cast(),
    tp_getset: (&raw mut methods::GETSET).cast(),
    tp_new: slots::new(new),
    tp_vectorcall: Some(class_call::enter_slot::<class_call::Plain>),
    tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::DEFAULTS
};

static mut ORDER: Classes<2> = class_order::classes([known::FLOAT.as_ptr(), known::OBJECT.as_ptr()]);

static mut AS_NUMBER: PyNumberMethods = PyNumberMethods {
    nb_add: slots::operator(|a, b| with(a, b, |a, b| Ok(a + b))),
    nb_subtract: slots::operator(|a, b| with(a, b, |a, b| Ok(a - b))),
    nb_multiply: slots::operator(|a, b| with(a, b, |a, b| Ok(a * b))),
    nb_remainder: slots::operator(|a, b| with(a, b, arithmetic::remainder)),
    nb_divmod: slots::operator(arithmetic::divmod),
    nb_power: slots::power(arithmetic::power_slot),
    nb_negative: slots::unary(arithmetic::negative),
    nb_positive: slots::unary(exact),
    nb_absolute: slots::unary(arithmetic::absolute),
    nb_bool: slots::unary(truth),
    nb_floor_divide: slots::operator(|a, b| with(a, b, arithmetic::floor_divide)),
    nb_true_divide: slots::operator(|a, b| with(a, b, arithmetic::true_divide)),
    nb_int: slots::unary(methods::trunc),
    nb_float: slots::unary(exact),
    ..PyNumberMethods::BLANK
};

fn truth(float: Float<'_>) -> Result<bool> {
    Ok(value(float) != 0.0)
}

fn hash(float: Float<'_>) -> Result<isize> {
    Ok(hash_of(*float, value(float)))
}

/// The hash of a value in an object: the value modulo 2**61 - 1, which is the hash of an equal `int`. Infinities have
/// numbers of their own, and a NaN is hashed by the object's identity (CPython: `_Py_HashDouble`).
pub fn hash_of(o: Obj<'_>, value: f64) -> isize {
    const INFINITY: u64 = 314_159;
    if value.is_nan() {
        return hash::of_pointer(o.as_ptr().cast());
    }
    if value.is_infinite() {
        return int::finish_hash(value < 0.0, INFINITY);
    }
    let (mantissa, exponent) = magnitude::parts(value);
    // A negative exponent rotates in the other direction.
    int::finish_hash(value < 0.0, magnitude::hash_rotate(mantissa, exponent.rem_euclid(61) as u32))
}

fn compare(a: Float<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let left = value(a);
    let order = if let Some(b) = b.downcast() {
        Some(left.partial_cmp(&value(b)))
    } else {
        b.downcast().map(|b| int::number(b).order_f64(left).map(Ordering::reverse))
    };
    // A comparison with an unknown number is false for all numbers.
    let is_known = (Py_LT..=Py_GE).contains(&op);
    Ok(compare::answer(op, order.map(|order| order.filter(|_| is_known))).to_ref())
}

fn repr(float: Float<'_>) -> Result<Ref> {
    str::from_latin1(Repr::of(value(float)).as_bytes())
}

/// `float()` and `float(number or text)`.
fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    arguments::no_keywords_of_new("float", class, FLOAT, keywords)?;
    let number = match arguments::at_most_one("float", args)? {
        Some(o) => convert::exact_float(o)?,
        None => return build(class, 0.0).map(Own::into_ref),
    };
    // The result so far is a `float`; a subclass gets a new instance with the same value.
    match number.borrow().downcast() {
        Some(float) if class != FLOAT => build(class, value(float)).map(Own::into_ref),
        _ => Ok(number),
    }
}
