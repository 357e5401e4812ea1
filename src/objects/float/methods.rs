//! The methods and attributes of floats.

use super::{Float, exact, from_f64, round, value};
use crate::abi::*;
use crate::objects::int::{self, magnitude};
use crate::objects::{arguments, formatting, slots, str, tuple};
use crate::runtime::libm::{ceil, floor};
use crate::runtime::{Obj, Own, Ref, Result, known, raise};
use core::fmt::{Display, from_fn};

pub(super) static mut METHODS: [PyMethodDef; 11] = [
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
    str::format(format_args!("{}", hexadecimal(value(float))))
}

fn hexadecimal(value: f64) -> impl Display {
    from_fn(move |out| {
        let sign = if value.is_sign_negative() && !value.is_nan() { "-" } else { "" };
        if value.is_nan() {
            return out.write_str("nan");
        }
        if value.is_infinite() {
            return write!(out, "{sign}inf");
        }
        if value == 0.0 {
            return write!(out, "{sign}0x0.0p+0");
        }
        let (mantissa, exponent) = magnitude::parts(value);
        let point = f64::MANTISSA_DIGITS - 1;
        let (whole, fraction) = (mantissa >> point, mantissa & ((1 << point) - 1));
        write!(out, "{sign}0x{whole}.{fraction:013x}p{:+}", exponent + point as i32)
    })
}
