//! Functions of one to three floats.

use super::{error, whole};
use crate::kit::{Builtin, Call, Obj, Positional, Raised, Ref, Result, raise};
use core::ffi::CStr;
use pymath::math as m;

/// The numbers for which a function is defined: the words of its error for others.
#[derive(Clone, Copy)]
pub(super) enum Domain {
    /// Each number.
    All,
    /// Each finite number.
    Finite,
    /// Numbers that are not negative.
    NotNegative,
    /// Numbers above 0.
    Positive,
    /// Numbers above -1.
    AboveMinusOne,
    /// 1 and above.
    FromOne,
    /// -1 to 1.
    Unit,
    /// Between -1 and 1.
    InsideUnit,
    /// Each but the integers that are not positive.
    Gamma,
}

impl Domain {
    /// ValueError for a number outside of the domain.
    fn error(self, x: f64) -> Raised {
        let wanted = match self {
            Domain::All => return error(pymath::Error::EDOM),
            Domain::Finite => "a finite input",
            Domain::NotNegative => "a nonnegative input",
            Domain::Positive => "a positive input",
            Domain::AboveMinusOne => "argument value > -1",
            Domain::FromOne => "argument value not less than 1",
            Domain::Unit => "a number in range from -1 up to 1",
            Domain::InsideUnit => "a number between -1 and 1",
            Domain::Gamma => "a noninteger or positive integer",
        };
        match Ref::float(x).and_then(|x| x.obj().repr()) {
            Ok(text) => raise(Builtin::ValueError.obj(), format_args!("expected {wanted}, got {text}")),
            Err(raised) => raised,
        }
    }
}

/// The result of a function of one float.
pub(super) fn unary(x: Obj<'_>, function: fn(f64) -> pymath::Result<f64>, domain: Domain) -> Result<Ref> {
    let x = x.to_f64()?;
    match function(x) {
        Ok(result) => Ref::float(result),
        Err(pymath::Error::EDOM) => Err(domain.error(x)),
        Err(other) => Err(error(other)),
    }
}

/// The result of a function of two floats.
pub(super) fn binary(call: Positional<'_>, name: &str, function: fn(f64, f64) -> pymath::Result<f64>) -> Result<Ref> {
    let [x, y] = call.exactly(name)?;
    let (x, y) = (x.to_f64()?, y.to_f64()?);
    Ref::float(function(x, y).map_err(error)?)
}

#[link(name = "m")]
unsafe extern "C" {
    // The function `cbrt` by its other name: Rust's compiler brings a `cbrt` of its own, whose last bit differs.
    safe fn cbrtf64(x: f64) -> f64;
}

/// The cube root by the C library.
pub(super) fn cbrt(x: f64) -> pymath::Result<f64> {
    Ok(cbrtf64(x))
}

/// The gamma function. Of the integers for which it is a float exactly, the crate has all but the last.
pub(super) fn gamma(x: f64) -> pymath::Result<f64> {
    const LAST: f64 = 23.0;
    const FACTORIAL: f64 = 1_124_000_727_777_607_680_000.0;
    if x == LAST { Ok(FACTORIAL) } else { m::gamma(x) }
}

pub(super) fn frexp(x: Obj<'_>) -> Result<Ref> {
    let (mantissa, exponent) = m::frexp(x.to_f64()?);
    Ref::tuple(&[Ref::float(mantissa)?.obj(), Ref::int(exponent.into())?.obj()])
}

pub(super) fn modf(x: Obj<'_>) -> Result<Ref> {
    let (fraction, whole) = m::modf(x.to_f64()?);
    Ref::tuple(&[Ref::float(fraction)?.obj(), Ref::float(whole)?.obj()])
}

pub(super) fn ceil(x: Obj<'_>) -> Result<Ref> {
    rounded(x, c"__ceil__", f64::ceil)
}

pub(super) fn floor(x: Obj<'_>) -> Result<Ref> {
    rounded(x, c"__floor__", f64::floor)
}

/// The number rounded to an integer: by the method of its class, or else of its value as a float.
fn rounded(x: Obj<'_>, method: &CStr, function: fn(f64) -> f64) -> Result<Ref> {
    if !x.is_exact_float()
        && let Some(result) = x.call_special(method)?
    {
        return Ok(result);
    }
    Ref::int_of_float(function(x.to_f64()?))
}

pub(super) fn trunc(x: Obj<'_>) -> Result<Ref> {
    if x.is_exact_float() {
        return Ref::int_of_float(x.to_f64()?);
    }
    x.call_special(c"__trunc__")?.ok_or_else(|| {
        let text = format_args!("type {:.100} doesn't define __trunc__ method", x.class_name());
        raise(Builtin::TypeError.obj(), text)
    })
}

pub(super) fn ldexp(call: Positional<'_>) -> Result<Ref> {
    let [x, exponent] = call.exactly("ldexp")?;
    let x = x.to_f64()?;
    if !exponent.is_int() {
        return Err(raise(Builtin::TypeError.obj(), "Expected an int as second argument to ldexp."));
    }
    let exponent = whole::clamped(exponent)?;
    if x == 0.0 || !x.is_finite() {
        return Ref::float(x);
    }
    let exponent = i32::try_from(exponent).unwrap_or(if exponent < 0 { i32::MIN } else { i32::MAX });
    Ref::float(m::ldexp(x, exponent).map_err(error)?)
}

pub(super) fn fma(call: Positional<'_>) -> Result<Ref> {
    let [x, y, z] = call.exactly("fma")?;
    let (x, y, z) = (x.to_f64()?, y.to_f64()?, z.to_f64()?);
    match m::fma(x, y, z) {
        Ok(result) => Ref::float(result),
        Err(pymath::Error::EDOM) => Err(raise(Builtin::ValueError.obj(), "invalid operation in fma")),
        Err(pymath::Error::ERANGE) => Err(raise(Builtin::OverflowError.obj(), "overflow in fma")),
    }
}

pub(super) fn log(call: Positional<'_>) -> Result<Ref> {
    let [x, base] = call.unpack("log", 1)?;
    let logarithm = |x| logarithm(x, |x| m::log(x, None), |n| m::log_bigint(n, None));
    let x = logarithm(x.expect("an argument that is not optional"))?;
    match base {
        None => Ok(x),
        Some(base) => x.obj().over(logarithm(base)?.obj()),
    }
}

pub(super) fn log10(x: Obj<'_>) -> Result<Ref> {
    logarithm(x, m::log10, m::log10_bigint)
}

pub(super) fn log2(x: Obj<'_>) -> Result<Ref> {
    logarithm(x, m::log2, m::log2_bigint)
}

/// A logarithm of a number, which for an int may be beyond the floats.
fn logarithm(
    x: Obj<'_>,
    of_float: fn(f64) -> pymath::Result<f64>,
    of_int: fn(&num_bigint::BigInt) -> pymath::Result<f64>,
) -> Result<Ref> {
    if !x.is_int() {
        return unary(x, of_float, Domain::Positive);
    }
    match of_int(&x.to_bigint()?) {
        Ok(result) => Ref::float(result),
        Err(_) => Err(raise(Builtin::ValueError.obj(), "expected a positive input")),
    }
}

pub(super) fn isclose(call: Call<'_>) -> Result<Ref> {
    let [a, b, rel_tol, abs_tol] = call.bind(c"OO|$OO:isclose", [c"a", c"b", c"rel_tol", c"abs_tol"])?;
    let number = |argument: Option<Obj<'_>>| argument.map(Obj::to_f64).transpose();
    let (a, b) = (number(a)?.unwrap_or_default(), number(b)?.unwrap_or_default());
    let (rel_tol, abs_tol) = (number(rel_tol)?, number(abs_tol)?);
    match m::isclose(a, b, rel_tol, abs_tol) {
        Ok(close) => Ref::bool(close),
        Err(_) => Err(raise(Builtin::ValueError.obj(), "tolerances must be non-negative")),
    }
}

pub(super) fn nextafter(call: Call<'_>) -> Result<Ref> {
    let [x, y, steps] = call.bind(c"OO|$O:nextafter", [c"", c"", c"steps"])?;
    let number = |argument: Option<Obj<'_>>| argument.map_or(Ok(0.0), Obj::to_f64);
    let (x, y) = (number(x)?, number(y)?);
    let steps = match steps {
        Some(steps) if !steps.is_none() => Some(steps.to_index()?),
        _ => None,
    };
    let steps = match steps {
        None => None,
        Some(steps) => {
            let steps = steps.obj().to_bigint()?;
            if steps < 0.into() {
                return Err(raise(Builtin::ValueError.obj(), "steps must be a non-negative integer"));
            }
            Some(u64::try_from(steps).unwrap_or(u64::MAX))
        }
    };
    Ref::float(m::nextafter(x, y, steps))
}
