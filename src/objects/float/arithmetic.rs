//! The operators of floats.

use super::{Float, from_f64, value};
use crate::abi::Exc;
use crate::objects::complex::{self, Complex};
use crate::objects::{int, str, tuple};
use crate::runtime::known::{NONE, NOT_IMPLEMENTED};
use crate::runtime::libm::{floor, fmod, pow};
use crate::runtime::{Obj, Own, Raised, Ref, Result, error, raise};

/// The value of an operand: a float, or the nearest one to an int. `None` for an object of another type; OverflowError
/// for an int that is too large.
#[inline(always)]
pub fn operand(o: Obj<'_>) -> Result<Option<f64>> {
    match o.downcast() {
        Some(float) => Ok(Some(value(float))),
        None => operand_of_int(o),
    }
}

#[inline(never)]
fn operand_of_int(o: Obj<'_>) -> Result<Option<f64>> {
    o.downcast().map(int::to_f64).transpose()
}

/// Applies an operation to the operands of a slot.
#[inline(always)]
pub(super) fn with(a: Obj<'_>, b: Obj<'_>, work: impl Fn(f64, f64) -> Result<f64>) -> Result<Ref> {
    with_objects(a, b, |a, b| from_f64(work(a, b)?).map(Own::into_ref))
}

#[inline(always)]
fn with_objects(a: Obj<'_>, b: Obj<'_>, work: impl Fn(f64, f64) -> Result<Ref>) -> Result<Ref> {
    let Some(a) = operand(a)? else { return Ok(NOT_IMPLEMENTED.to_ref()) };
    let Some(b) = operand(b)? else { return Ok(NOT_IMPLEMENTED.to_ref()) };
    work(a, b)
}

#[cold]
#[inline(never)]
fn by_zero() -> Raised {
    raise!(ZeroDivisionError, "division by zero")
}

/// `a / b`
pub(super) fn true_divide(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 { Err(by_zero()) } else { Ok(a / b) }
}

/// The remainder with the divisor's sign, and whether a remainder with the dividend's sign was moved by the divisor for
/// that.
fn moved(rest: f64, b: f64) -> (f64, bool) {
    if rest == 0.0 {
        return (0f64.copysign(b), false);
    }
    if (b < 0.0) == (rest < 0.0) { (rest, false) } else { (rest + b, true) }
}

/// `a % b`
pub(super) fn remainder(a: f64, b: f64) -> Result<f64> {
    if b == 0.0 { Err(by_zero()) } else { Ok(moved(fmod(a, b), b).0) }
}

/// `a // b` and `a % b`
fn floor_and_remainder(a: f64, b: f64) -> Result<(f64, f64)> {
    if b == 0.0 {
        return Err(by_zero());
    }
    let rest = fmod(a, b);
    let (remainder, is_moved) = moved(rest, b);
    let quotient = (a - rest) / b - f64::from(is_moved);
    if quotient == 0.0 {
        return Ok((0f64.copysign(a / b), remainder));
    }
    // The quotient is a whole number but for its last bit.
    let whole = floor(quotient);
    Ok((if quotient - whole > 0.5 { whole + 1.0 } else { whole }, remainder))
}

/// `a // b`
pub(super) fn floor_divide(a: f64, b: f64) -> Result<f64> {
    Ok(floor_and_remainder(a, b)?.0)
}

/// `divmod(a, b)`
pub(super) fn divmod(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    with_objects(a, b, |a, b| {
        let (quotient, remainder) = floor_and_remainder(a, b)?;
        tuple::from_slice(&[from_f64(quotient)?.as_obj(), from_f64(remainder)?.as_obj()]).map(Own::into_ref)
    })
}

/// `pow(a, b, c)`, the slot.
pub(super) fn power_slot(a: Obj<'_>, b: Obj<'_>, c: Obj<'_>) -> Result<Ref> {
    if !c.is(NONE) {
        return Err(raise!(TypeError, "pow() 3rd argument not allowed unless all arguments are integers"));
    }
    with_objects(a, b, power)
}

fn is_odd(value: f64) -> bool {
    fmod(value.abs(), 2.0) == 1.0
}

/// `a ** b`: a complex number for a negative base with an exponent that is not a whole number. C99's results for
/// infinities and NaN, and errors where CPython has them.
pub fn power(a: f64, b: f64) -> Result<Ref> {
    if a < 0.0 && a.is_finite() && b.is_finite() && b != floor(b) {
        return complex::power(Complex { real: a, imag: 0.0 }, Complex { real: b, imag: 0.0 });
    }
    from_f64(real_power(a, b)?).map(Own::into_ref)
}

fn real_power(a: f64, b: f64) -> Result<f64> {
    if a.is_infinite() || a.is_nan() || b.is_infinite() || b.is_nan() {
        return Ok(pow(a, b));
    }
    if a == 0.0 && b < 0.0 {
        return Err(raise!(ZeroDivisionError, "zero to a negative power"));
    }
    let magnitude = pow(a.abs(), b);
    if magnitude.is_infinite() {
        return Err(out_of_range());
    }
    Ok(if a.is_sign_negative() && is_odd(b) { -magnitude } else { magnitude })
}

/// OverflowError with the arguments that the C library's ERANGE gives.
#[cold]
fn out_of_range() -> Raised {
    let arguments = || {
        let (number, text) = (int::from_i64(libc::ERANGE.into())?, str::from_str("Numerical result out of range")?);
        tuple::from_slice(&[number.borrow(), text.borrow()])
    };
    arguments().map_or_else(|raised| raised, |arguments| error::raise_with(Exc::OverflowError, arguments.into_ref()))
}

/// `-a`
pub(super) fn negative(a: Float<'_>) -> Result<Ref> {
    from_f64(-value(a)).map(Own::into_ref)
}

/// `abs(a)`
pub(super) fn absolute(a: Float<'_>) -> Result<Ref> {
    from_f64(value(a).abs()).map(Own::into_ref)
}
