//! The operators of complex numbers, by the rules of C11's Annex G: real and complex operands are not mixed by making
//! the real one complex, and infinities are not lost in NaNs.

use super::{Complex, ComplexView, Operand, from_parts, operand, value};
use crate::objects::float;
use crate::runtime::known::{NONE, NOT_IMPLEMENTED};
use crate::runtime::libm::{atan2, cos, exp, floor, hypot, log, pow, sin};
use crate::runtime::{Obj, Own, Raised, Ref, Result, errno, raise};

/// Why an operation has no result. C's functions say it by `errno`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// A division by zero, or a power of zero that is one (C: `EDOM`).
    Domain,
    /// A result that is too large (C: `ERANGE`).
    Range,
}

/// `a + b`
pub fn sum(a: Complex, b: Complex) -> Complex {
    Complex { real: a.real + b.real, imag: a.imag + b.imag }
}

/// `a - b`
pub fn difference(a: Complex, b: Complex) -> Complex {
    Complex { real: a.real - b.real, imag: a.imag - b.imag }
}

/// `-a`
pub fn negative(a: Complex) -> Complex {
    Complex { real: -a.real, imag: -a.imag }
}

/// 1 for an infinity and 0 for another number, with its sign.
fn boxed(part: f64) -> f64 {
    if part.is_infinite() { 1f64.copysign(part) } else { 0f64.copysign(part) }
}

/// 0 instead of a NaN, with its sign.
fn without_nan(part: f64) -> f64 {
    if part.is_nan() { 0f64.copysign(part) } else { part }
}

fn is_infinite(a: Complex) -> bool {
    a.real.is_infinite() || a.imag.is_infinite()
}

fn is_finite(a: Complex) -> bool {
    a.real.is_finite() && a.imag.is_finite()
}

fn is_nan(a: Complex) -> bool {
    a.real.is_nan() && a.imag.is_nan()
}

fn each(a: Complex, change: fn(f64) -> f64) -> Complex {
    Complex { real: change(a.real), imag: change(a.imag) }
}

/// `a * b`
pub fn product(a: Complex, b: Complex) -> Complex {
    let plain = |a: Complex, b: Complex| Complex {
        real: a.real * b.real - a.imag * b.imag,
        imag: a.real * b.imag + a.imag * b.real,
    };
    let result = plain(a, b);
    if !is_nan(result) {
        return result;
    }
    // An infinity may have been lost.
    let (mut x, mut y) = (a, b);
    if is_infinite(x) {
        (x, y) = (each(x, boxed), each(y, without_nan));
    }
    if is_infinite(y) {
        (x, y) = (each(x, without_nan), each(y, boxed));
    }
    let overflows = [a.real * b.real, a.imag * b.imag, a.real * b.imag, a.imag * b.real];
    if !is_infinite(a) && !is_infinite(b) {
        if !overflows.iter().any(|part| part.is_infinite()) {
            return result;
        }
        (x, y) = (each(x, without_nan), each(y, without_nan));
    }
    each(plain(x, y), |part| f64::INFINITY * part)
}

/// `a / b`, by the larger part of the divisor first, so that no step overflows needlessly.
pub fn quotient(a: Complex, b: Complex) -> Result<Complex, Failure> {
    let result = if b.real.abs() >= b.imag.abs() {
        if b.real == 0.0 {
            return Err(Failure::Domain);
        }
        let ratio = b.imag / b.real;
        let divisor = b.real + b.imag * ratio;
        Complex { real: (a.real + a.imag * ratio) / divisor, imag: (a.imag - a.real * ratio) / divisor }
    } else if b.imag.abs() >= b.real.abs() {
        let ratio = b.real / b.imag;
        let divisor = b.real * ratio + b.imag;
        Complex { real: (a.real * ratio + a.imag) / divisor, imag: (a.imag * ratio - a.real) / divisor }
    } else {
        Complex { real: f64::NAN, imag: f64::NAN }
    };
    if !is_nan(result) {
        return Ok(result);
    }
    let over = |a: Complex, b: Complex, factor: f64| Complex {
        real: factor * (a.real * b.real + a.imag * b.imag),
        imag: factor * (a.imag * b.real - a.real * b.imag),
    };
    Ok(if is_infinite(a) && is_finite(b) {
        over(each(a, boxed), b, f64::INFINITY)
    } else if is_infinite(b) && is_finite(a) {
        over(a, each(b, boxed), 0.0)
    } else {
        result
    })
}

/// `a / b` for a real dividend.
fn real_quotient(a: f64, b: Complex) -> Result<Complex, Failure> {
    let result = if b.real.abs() >= b.imag.abs() {
        if b.real == 0.0 {
            return Err(Failure::Domain);
        }
        let ratio = b.imag / b.real;
        let divisor = b.real + b.imag * ratio;
        Complex { real: a / divisor, imag: (-a * ratio) / divisor }
    } else if b.imag.abs() >= b.real.abs() {
        let ratio = b.real / b.imag;
        let divisor = b.real * ratio + b.imag;
        Complex { real: (a * ratio) / divisor, imag: (-a) / divisor }
    } else {
        Complex { real: f64::NAN, imag: f64::NAN }
    };
    if is_nan(result) && a.is_finite() && is_infinite(b) {
        let b = each(b, boxed);
        return Ok(Complex { real: 0.0 * (a * b.real), imag: 0.0 * (-a * b.imag) });
    }
    Ok(result)
}

/// The absolute value; `Err` when it is too large.
pub fn absolute(a: Complex) -> Result<f64, Failure> {
    if is_infinite(a) {
        return Ok(f64::INFINITY);
    }
    let length = hypot(a.real, a.imag);
    if length.is_infinite() { Err(Failure::Range) } else { Ok(length) }
}

/// `a ** b` by logarithms. `errno` becomes `ERANGE` if the result is too large, and the number that the C library sets
/// for an infinite angle.
pub fn power_of(a: Complex, b: Complex) -> Result<Complex, Failure> {
    if b.real == 0.0 && b.imag == 0.0 {
        return Ok(Complex { real: 1.0, imag: 0.0 });
    }
    if a.real == 0.0 && a.imag == 0.0 {
        return match b.imag != 0.0 || b.real < 0.0 {
            true => Err(Failure::Domain),
            false => Ok(Complex { real: 0.0, imag: 0.0 }),
        };
    }
    let (length, angle) = (hypot(a.real, a.imag), atan2(a.imag, a.real));
    let (mut power, mut phase) = (pow(length, b.real), angle * b.real);
    if b.imag != 0.0 {
        power *= exp(-angle * b.imag);
        phase += b.imag * log(length);
    }
    let result = Complex { real: power * cos(phase), imag: power * sin(phase) };
    // The C library says by `ERANGE` also that a part of the calculation was too small.
    match errno::get() {
        0 if is_infinite(result) => errno::set(libc::ERANGE),
        libc::ERANGE if !is_infinite(result) => errno::set(0),
        _ => {}
    }
    Ok(result)
}

/// `a ** exponent` for a small whole exponent, by squares.
fn whole_power(a: Complex, exponent: i64) -> Result<Complex, Failure> {
    let one = Complex { real: 1.0, imag: 0.0 };
    let (mut result, mut square, mut rest) = (one, a, exponent.unsigned_abs());
    while rest > 0 {
        if rest & 1 == 1 {
            result = product(result, square);
        }
        rest >>= 1;
        square = product(square, square);
    }
    if exponent > 0 { Ok(result) } else { quotient(one, result) }
}

/// `a ** b` as a new object.
pub fn power(a: Complex, b: Complex) -> Result<Ref> {
    let is_small = b.imag == 0.0 && b.real == floor(b.real) && b.real.abs() <= 100.0;
    errno::set(0);
    let result = if is_small { whole_power(a, b.real as i64) } else { power_of(a, b) };
    // The sine of an infinity is such an error too.
    match result.and_then(|result| if errno::get() == libc::EDOM { Err(Failure::Domain) } else { Ok(result) }) {
        Ok(result) if !is_infinite(result) => from_parts(result).map(Own::into_ref),
        Err(Failure::Domain) => Err(raise!(ZeroDivisionError, "zero to a negative or complex power")),
        _ => Err(raise!(OverflowError, "complex exponentiation")),
    }
}

/// Applies an operation to the operands of a slot, of which one is complex.
fn with(a: Obj<'_>, b: Obj<'_>, work: impl Fn(Operand, Operand) -> Result<Complex, Failure>) -> Result<Ref> {
    let Some(a) = operand(a)? else { return Ok(NOT_IMPLEMENTED.to_ref()) };
    let Some(b) = operand(b)? else { return Ok(NOT_IMPLEMENTED.to_ref()) };
    from_parts(work(a, b).map_err(by_zero)?).map(Own::into_ref)
}

fn by_zero(_: Failure) -> Raised {
    raise!(ZeroDivisionError, "division by zero")
}

fn as_complex(operand: Operand) -> Complex {
    match operand {
        Operand::Real(real) => Complex { real, imag: 0.0 },
        Operand::Complex(complex) => complex,
    }
}

/// `a + b`, the slot.
pub(super) fn add(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    with(a, b, |a, b| {
        Ok(match (a, b) {
            (Operand::Complex(a), Operand::Real(b)) | (Operand::Real(b), Operand::Complex(a)) => {
                Complex { real: a.real + b, ..a }
            }
            _ => sum(as_complex(a), as_complex(b)),
        })
    })
}

/// `a - b`, the slot.
pub(super) fn subtract(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    with(a, b, |a, b| {
        Ok(match (a, b) {
            (Operand::Complex(a), Operand::Real(b)) => Complex { real: a.real - b, ..a },
            (Operand::Real(a), Operand::Complex(b)) => Complex { real: a - b.real, imag: -b.imag },
            _ => difference(as_complex(a), as_complex(b)),
        })
    })
}

/// `a * b`, the slot.
pub(super) fn multiply(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    with(a, b, |a, b| {
        Ok(match (a, b) {
            (Operand::Complex(a), Operand::Real(b)) | (Operand::Real(b), Operand::Complex(a)) => {
                Complex { real: a.real * b, imag: a.imag * b }
            }
            _ => product(as_complex(a), as_complex(b)),
        })
    })
}

/// `a / b`, the slot.
pub(super) fn divide(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    with(a, b, |a, b| match (a, b) {
        (Operand::Complex(_), Operand::Real(0.0)) => Err(Failure::Domain),
        (Operand::Complex(a), Operand::Real(b)) => Ok(Complex { real: a.real / b, imag: a.imag / b }),
        (Operand::Real(a), Operand::Complex(b)) => real_quotient(a, b),
        _ => quotient(as_complex(a), as_complex(b)),
    })
}

/// `pow(a, b, c)`, the slot.
pub(super) fn power_slot(a: Obj<'_>, b: Obj<'_>, c: Obj<'_>) -> Result<Ref> {
    let Some(a) = operand(a)? else { return Ok(NOT_IMPLEMENTED.to_ref()) };
    let Some(b) = operand(b)? else { return Ok(NOT_IMPLEMENTED.to_ref()) };
    if !c.is(NONE) {
        return Err(raise!(ValueError, "complex modulo"));
    }
    power(as_complex(a), as_complex(b))
}

/// `-a`, the slot.
pub(super) fn negate(a: ComplexView<'_>) -> Result<Ref> {
    from_parts(negative(value(a))).map(Own::into_ref)
}

/// `abs(a)`, the slot.
pub(super) fn absolute_slot(a: ComplexView<'_>) -> Result<Ref> {
    let length = absolute(value(a)).map_err(|_| raise!(OverflowError, "absolute value too large"))?;
    float::from_f64(length).map(Own::into_ref)
}
