//! The `int` type: the slots of an `int`, and the call that makes one.

use super::arithmetic::with;
use super::{
    INT_SIZE, Int, arithmetic, bit, bits, build, division, exact, finish_hash, magnitude, methods, number, order,
    parse_bytes, parse_str, power, text, to_f64,
};
use crate::abi::*;
use crate::objects::arguments::{self, Signature};
use crate::objects::class_order::Classes;
use crate::objects::dict::Dict;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{bytes, class_call, class_defaults, class_order, convert, float, index, slots};
use crate::protocol::compare;
use crate::runtime::known::{self, BYTEARRAY, INT};
use crate::runtime::{Obj, Own, Ref, Result, Type, raise};
use core::ffi::c_int;

/// The `int` type.
#[unsafe(no_mangle)]
pub static mut PyLong_Type: PyTypeObject = PyTypeObject {
    tp_name: c"int".as_ptr(),
    tp_basicsize: INT_SIZE,
    tp_itemsize: size_of::<u32>() as Py_ssize_t,
    tp_repr: slots::unary(repr),
    tp_hash: slots::unary(hash),
    tp_richcompare: slots::compare(compare),
    tp_as_number: &raw mut AS_NUMBER,
    tp_methods: (&raw mut methods::METHODS).cast(),
    tp_getset: (&raw mut methods::GETSET).cast(),
    tp_new: slots::new(new),
    tp_vectorcall: Some(class_call::enter_slot::<Call>),
    tp_flags: class_defaults::DEFAULTS.tp_flags
        | Py_TPFLAGS_BASETYPE
        | Py_TPFLAGS_LONG_SUBCLASS
        | _Py_TPFLAGS_MATCH_SELF,
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::DEFAULTS
};

static mut ORDER: Classes<2> = class_order::classes([known::INT.as_ptr(), known::OBJECT.as_ptr()]);

static mut AS_NUMBER: PyNumberMethods = NUMBER;

/// The number protocol of `int`, most of which `bool` has too.
pub(super) const NUMBER: PyNumberMethods = PyNumberMethods {
    nb_add: slots::operator(|a, b| with(a, b, arithmetic::add)),
    nb_subtract: slots::operator(|a, b| with(a, b, arithmetic::subtract)),
    nb_multiply: slots::operator(|a, b| with(a, b, arithmetic::multiply)),
    nb_remainder: slots::operator(|a, b| with(a, b, division::remainder)),
    nb_divmod: slots::operator(|a, b| with(a, b, division::divmod)),
    nb_power: slots::power(power::power),
    nb_negative: slots::unary(arithmetic::negative),
    nb_positive: slots::unary(exact),
    nb_absolute: slots::unary(arithmetic::absolute),
    nb_bool: slots::unary(truth),
    nb_invert: slots::unary(bits::invert),
    nb_lshift: slots::operator(|a, b| with(a, b, bits::left)),
    nb_rshift: slots::operator(|a, b| with(a, b, bits::right)),
    nb_and: slots::operator(|a, b| with(a, b, bits::and)),
    nb_xor: slots::operator(|a, b| with(a, b, bits::xor)),
    nb_or: slots::operator(|a, b| with(a, b, bits::or)),
    nb_floor_divide: slots::operator(|a, b| with(a, b, division::floor_divide)),
    nb_true_divide: slots::operator(|a, b| with(a, b, division::true_divide)),
    nb_int: slots::unary(exact),
    nb_float: slots::unary(to_float),
    nb_index: slots::unary(exact),
    ..PyNumberMethods::BLANK
};

fn to_float(int: Int<'_>) -> Result<Ref> {
    float::from_f64(to_f64(int)?).map(Own::into_ref)
}

fn truth(int: Int<'_>) -> Result<bool> {
    Ok(!number(int).digits.is_empty())
}

/// `tp_hash`: the number modulo a prime, as all numbers are hashed.
#[inline]
pub fn hash(int: Int<'_>) -> Py_hash_t {
    match super::compact(int) {
        Some(-1) => -2,
        Some(value) => value,
        None => hash_of_many_digits(int),
    }
}

/// The hash of a number of more than one digit. Out of line, so that [`hash`] of the others is short.
#[inline(never)]
fn hash_of_many_digits(int: Int<'_>) -> Py_hash_t {
    let number = number(int);
    finish_hash(number.negative, magnitude::hash(number.digits))
}

fn repr(int: Int<'_>) -> Result<Ref> {
    text::decimal(number(int))
}

pub(super) fn compare(a: Int<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let order = b.downcast().map(|b| Some(order(a, b)));
    Ok(compare::answer(op, order).to_ref())
}

/// A call without names has its own message for too many arguments.
enum Call {}

impl class_call::Entry for Call {
    fn check(positional: &[Obj<'_>], names: Option<usize>) -> Result<()> {
        if names.is_none() { arguments::between("int", positional.len(), 0, 2) } else { Ok(()) }
    }
}

/// `int()`, `int(number)`, and `int(text, base)`, where the base may also be given by its name.
fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    const SIGNATURE: Signature<2> = Signature { function: "int", names: ["", "base"], required: 0 };
    let [value, base] = SIGNATURE.parse(tuple::items(args), keywords)?;
    let made = match (value, base) {
        (None, None) => bit(false).to_ref(),
        (None, Some(_)) => return Err(raise!(TypeError, "int() missing string argument")),
        (Some(value), None) => convert::to_int(value.borrow())?,
        (Some(text), Some(base)) => from_text(text.borrow(), base.borrow())?,
    };
    // The result so far is an `int`; a subclass gets a new instance with the same number.
    match made.borrow().downcast() {
        Some(int) if class != INT => build(class, number(int)).map(Own::into_ref),
        _ => Ok(made),
    }
}

fn from_text(text: Obj<'_>, base: Obj<'_>) -> Result<Ref> {
    let base = match u32::try_from(index::as_ssize_t(base, None)?) {
        Ok(base @ (0 | 2..=36)) => base,
        _ => return Err(raise!(ValueError, "int() base must be >= 2 and <= 36, or 0")),
    };
    if let Some(s) = text.downcast() {
        return parse_str(s, base);
    }
    if let Some(bytes) = text.downcast() {
        return parse_bytes(bytes::as_slice(bytes), base);
    }
    if text.is_a(BYTEARRAY)
        && let Some(bytes) = bytes::from_buffer(text)?
    {
        return parse_bytes(bytes::as_slice(bytes.borrow()), base);
    }
    Err(raise!(TypeError, "int() can't convert non-string with explicit base"))
}
