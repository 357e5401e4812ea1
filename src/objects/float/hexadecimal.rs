//! Floats in hexadecimal digits, which need no rounding, and back.

use crate::objects::int::magnitude;
use crate::objects::number_text;
use crate::runtime::{Raised, Result, raise};
use core::fmt::{Display, from_fn};

/// The text that `float.hex` gives.
pub(super) fn shown(value: f64) -> impl Display {
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

/// The number in a text (CPython: `float.fromhex`). Blanks may be around it; the digits may have `0x` before them, a
/// point among them, and after them `p` with a power of two. ValueError for another text, OverflowError for a number
/// that is too large.
pub(super) fn parse(text: &[u8]) -> Result<f64> {
    let text = number_text::trim(text);
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let is_name = |name: &str| digits.eq_ignore_ascii_case(name.as_bytes());
    let value = if is_name("inf") || is_name("infinity") {
        f64::INFINITY
    } else if is_name("nan") {
        f64::NAN
    } else {
        unsigned(digits)?
    };
    Ok(if negative { -value } else { value })
}

fn invalid() -> Raised {
    raise!(ValueError, "invalid hexadecimal floating-point string")
}

fn too_large() -> Raised {
    raise!(OverflowError, "hexadecimal value too large to represent as a float")
}

/// The number of digits without a sign.
fn unsigned(text: &[u8]) -> Result<f64> {
    let text = match text {
        [b'0', b'x' | b'X', rest @ ..] => rest,
        rest => rest,
    };
    let count = |from: &[u8]| from.iter().take_while(|digit| digit.is_ascii_hexdigit()).count();
    let (whole, rest) = text.split_at(count(text));
    let (fraction, rest) = match rest {
        [b'.', rest @ ..] => rest.split_at(count(rest)),
        rest => (&[][..], rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return Err(invalid());
    }
    let power = match rest {
        [] => 0,
        [b'p' | b'P', power @ ..] => exponent(power)?,
        _ => return Err(invalid()),
    };
    let mut digits = whole.iter().chain(fraction).filter_map(|&digit| char::from(digit).to_digit(16));
    let mut digits = digits.by_ref().skip_while(|&digit| digit == 0);
    // So many digits are more than a float holds. Of the others it only matters whether one of them is not zero.
    let mut mantissa = digits.by_ref().take(16).fold(0_u64, |mantissa, digit| mantissa << 4 | u64::from(digit));
    let (left_out, has_more) =
        digits.fold((0_i64, false), |(count, has_more), digit| (count + 1, has_more | (digit != 0)));
    mantissa |= u64::from(has_more);
    let scale = left_out.saturating_sub(fraction.len() as i64).saturating_mul(4);
    scaled(mantissa, power.saturating_add(scale))
}

/// A power of two in decimal digits with a sign; a number that is too large as the largest.
fn exponent(text: &[u8]) -> Result<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Err(invalid());
    }
    let add = |number: i64, &digit: &u8| number.saturating_mul(10).saturating_add(i64::from(digit - b'0'));
    let number = digits.iter().fold(0, add);
    Ok(if negative { -number } else { number })
}

/// A number times a power of two, rounded to the nearest float; to the even one of two.
fn scaled(mantissa: u64, power: i64) -> Result<f64> {
    const FRACTION: i64 = f64::MANTISSA_DIGITS as i64 - 1;
    const LEAST: i64 = f64::MIN_EXP as i64 - 1 - FRACTION;
    if mantissa == 0 {
        return Ok(0.0);
    }
    let highest = power.saturating_add(i64::from(mantissa.ilog2()));
    if highest >= i64::from(f64::MAX_EXP) {
        return Err(too_large());
    }
    // The power of two of the lowest bit that the float has.
    let lowest = highest.saturating_sub(FRACTION).max(LEAST);
    let shift = lowest.saturating_sub(power);
    let rounded = match shift {
        ..=0 => mantissa << shift.unsigned_abs(),
        64 => u64::from(mantissa > 1 << 63),
        65.. => 0,
        _ => {
            let (kept, rest, half) = (mantissa >> shift, mantissa & ((1 << shift) - 1), 1 << (shift - 1));
            kept + u64::from(rest > half || (rest == half && kept & 1 == 1))
        }
    };
    // A carry out of the fraction raises the exponent, as it should; a float below the normal ones has the exponent 0.
    let bits = if highest < LEAST + FRACTION { rounded } else { (((lowest - LEAST) as u64) << FRACTION) + rounded };
    let value = f64::from_bits(bits);
    if value.is_finite() { Ok(value) } else { Err(too_large()) }
}
