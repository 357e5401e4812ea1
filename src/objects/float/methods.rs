//! The methods and attributes of floats.

use super::{Float, exact, from_f64, hexadecimal, round, value};
use crate::abi::*;
use crate::objects::int::{self, magnitude};
use crate::objects::{arguments, call, convert, formatting, slots, str, tuple};
use crate::runtime::libm::{ceil, floor};
use crate::runtime::refusal::bad_argument_type;
use crate::runtime::{Obj, Own, Ref, Result, View, known, raise};

pub(super) static mut METHODS: [PyMethodDef; 14] = [
    slots::method_o(c"__getformat__", format_of).of_class(c"The format of C's double or float."),
    slots::method_o(c"from_number", from_number).of_class(c"The float that a real number is."),
    slots::method_o(c"fromhex", from_hex).of_class(c"The number in hexadecimal digits."),
    slots::method_noargs(c"conjugate", exact),
    slots::method_noargs(c"__trunc__", trunc),
    slots::method_noargs(c"__floor__", to_floor),
    slots::method_noargs(c"__ceil__", to_ceiling),
    slots::method_fastcall(c"__round__", to_round),
    slots::method_noargs(c"as_integer_ratio", as_integer_ratio),
    slots::method_noargs(c"hex", to_hex),
    slots::method_noargs(c"is_integer", is_integer),
    slots::method_o(c"__format__", |float: Float<'_>, spec| formatting::format_float(*float, spec)),
    slots::method_noargs(c"__getnewargs__", new_arguments),
    PyMethodDef::END,
];

pub(super) static mut GETSET: [PyGetSetDef; 3] =
    [slots::getter(c"real", exact), slots::getter(c"imag", imaginary), PyGetSetDef::END];

/// The format of the C type `double` or `float` (a class method).
fn format_of(_: View<'_, PyObject>, kind: Obj<'_>) -> Result<Ref> {
    let Some(name) = kind.downcast() else {
        return Err(raise!(TypeError, "__getformat__() argument must be str, not {}", arguments::kind(kind)));
    };
    match str::utf8(name)? {
        "double" | "float" if cfg!(target_endian = "little") => str::from_str("IEEE, little-endian"),
        "double" | "float" => str::from_str("IEEE, big-endian"),
        name if name.contains('\0') => Err(raise!(ValueError, "embedded null character")),
        _ => Err(raise!(ValueError, "__getformat__() argument 1 must be 'double' or 'float'")),
    }
}

/// An instance of a class from a real number, which is no text (a class method).
fn from_number(class: View<'_, PyObject>, o: Obj<'_>) -> Result<Ref> {
    if class.is(known::FLOAT.as_obj()) && o.is_exactly(known::FLOAT) {
        return Ok(o.to_ref());
    }
    of_class(class, convert::as_f64(o)?)
}

/// An instance of a class from hexadecimal digits (a class method).
fn from_hex(class: View<'_, PyObject>, text: Obj<'_>) -> Result<Ref> {
    let text = text.downcast().ok_or_else(bad_argument_type)?;
    of_class(class, hexadecimal::parse(str::utf8(text)?.as_bytes())?)
}

fn of_class(class: View<'_, PyObject>, value: f64) -> Result<Ref> {
    let made = from_f64(value)?.into_ref();
    if class.is(known::FLOAT.as_obj()) { Ok(made) } else { call::vectorcall(*class, &[made.borrow()], None) }
}

fn imaginary(_: Float<'_>) -> Result<Ref> {
    from_f64(0.0).map(Own::into_ref)
}

/// The whole part, as an int: the slot `nb_int`.
pub(super) fn trunc(float: Float<'_>) -> Result<Ref> {
    int::from_f64(value(float))
}

fn to_floor(float: Float<'_>) -> Result<Ref> {
    int::from_f64(floor(value(float)))
}

fn to_ceiling(float: Float<'_>) -> Result<Ref> {
    int::from_f64(ceil(value(float)))
}

fn is_integer(float: Float<'_>) -> Result<Ref> {
    let value = value(float);
    Ok(known::bool(value.is_finite() && floor(value) == value).to_ref())
}

fn new_arguments(float: Float<'_>) -> Result<Ref> {
    tuple::from_slice(&[from_f64(value(float))?.as_obj()]).map(Own::into_ref)
}

/// `round(float)`, an int; `round(float, digits)`, a float.
fn to_round(float: Float<'_>, given: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("__round__", given.len(), 0, 1)?;
    match given.first() {
        Some(digits) if !digits.is(known::NONE) => {
            let digits = crate::objects::index::as_ssize_t(*digits, None)?;
            from_f64(round::to_digits(value(float), digits)?).map(Own::into_ref)
        }
        _ => int::from_f64(round::to_whole(value(float))),
    }
}

/// The quotient of two ints without a common factor that is equal to the float.
fn as_integer_ratio(float: Float<'_>) -> Result<Ref> {
    let value = value(float);
    if value.is_infinite() {
        return Err(raise!(OverflowError, "cannot convert Infinity to integer ratio"));
    }
    if value.is_nan() {
        return Err(raise!(ValueError, "cannot convert NaN to integer ratio"));
    }
    let (mantissa, exponent) = magnitude::parts(value);
    let (numerator, denominator) = if exponent >= 0 || mantissa == 0 {
        (int::from_f64(value)?, int::from_i64(1)?)
    } else {
        let zeros = mantissa.trailing_zeros().min(exponent.unsigned_abs());
        let odd = (mantissa >> zeros) as i64;
        let one = int::Number { negative: false, digits: &[1] };
        let power = exponent.unsigned_abs() - zeros;
        (int::from_i64(if value < 0.0 { -odd } else { odd })?, int::bits::left_by(one, power.into())?)
    };
    tuple::from_slice(&[numerator.borrow(), denominator.borrow()]).map(Own::into_ref)
}

/// The float in hexadecimal, without rounding.
fn to_hex(float: Float<'_>) -> Result<Ref> {
    str::format(format_args!("{}", hexadecimal::shown(value(float))))
}
