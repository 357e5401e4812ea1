//! Floats rounded to decimal digits: as if the exact value were rounded, ties to even.

use crate::runtime::libm::{floor, fmod};
use crate::runtime::{Result, raise};
use core::fmt::Write;

/// The nearest whole number, ties to even.
pub fn to_whole(value: f64) -> f64 {
    let (magnitude, below) = (value.abs(), floor(value.abs()));
    let up = match magnitude - below {
        0.5 => fmod(below, 2.0) == 1.0,
        rest => rest > 0.5,
    };
    (below + f64::from(up)).copysign(value)
}

/// The nearest float to the value rounded to a number of decimal places, which may be negative. OverflowError when it
/// is too large.
pub fn to_digits(value: f64, digits: isize) -> Result<f64> {
    /// No float has as many decimal places, nor as many digits before the point.
    const MOST: isize = 323;
    const LEAST: isize = -308;
    if !value.is_finite() || digits > MOST {
        return Ok(value);
    }
    if digits < LEAST {
        return Ok(0.0 * value);
    }
    let magnitude = value.abs();
    let rounded = match usize::try_from(digits) {
        Ok(places) => to_places(magnitude, places),
        Err(_) => to_power(magnitude, digits.unsigned_abs()),
    };
    match rounded {
        Some(rounded) if rounded.is_finite() => Ok(rounded.copysign(value)),
        _ => Err(raise!(OverflowError, "rounded value too large to represent")),
    }
}

/// A positive value with so many decimal places.
fn to_places(value: f64, places: usize) -> Option<f64> {
    /// From here on each float is a whole number.
    const WHOLE: f64 = (1u64 << (f64::MANTISSA_DIGITS - 1)) as f64;
    if value >= WHOLE {
        return Some(value);
    }
    let mut text = Digits { bytes: [0; 352], length: 0 };
    write!(text, "{value:.places$}").ok()?;
    core::str::from_utf8(text.bytes.get(..text.length)?).ok()?.parse().ok()
}

/// A positive value rounded to a multiple of ten to a power. Its digits below the power decide, and then whether the
/// one above is even.
fn to_power(value: f64, power: usize) -> Option<f64> {
    // The shortest scientific notation of the exact value cannot be rounded twice; so the exact digits are written.
    let mut text = Digits { bytes: [0; 352], length: 0 };
    write!(text, "{:.0}", floor(value)).ok()?;
    let has_fraction = floor(value) != value;
    let length = text.length;
    let kept = length.checked_sub(power);
    let Some(kept) = kept else { return Some(0.0) };
    let (head, tail) = text.bytes.get_mut(..length)?.split_at_mut_checked(kept)?;
    let (first, others) = tail.split_first()?;
    let others = has_fraction || others.iter().any(|&digit| digit != b'0');
    let is_odd = head.last().is_some_and(|digit| digit % 2 == 1);
    let up = *first > b'5' || *first == b'5' && (others || is_odd);
    tail.fill(b'0');
    let mut carry = up;
    for digit in head.iter_mut().rev() {
        if !carry {
            break;
        }
        carry = *digit == b'9';
        *digit = if carry { b'0' } else { *digit + 1 };
    }
    let digits = core::str::from_utf8(text.bytes.get(..length)?).ok()?;
    let mut whole = Digits { bytes: [0; 352], length: 0 };
    write!(whole, "{}{digits}", if carry { "1" } else { "" }).ok()?;
    core::str::from_utf8(whole.bytes.get(..whole.length)?).ok()?.parse().ok()
}

/// Room for the longest number that is written here.
struct Digits {
    bytes: [u8; 352],
    length: usize,
}

impl Write for Digits {
    fn write_str(&mut self, s: &str) -> core::fmt::Result {
        let end = self.length + s.len();
        self.bytes.get_mut(self.length..end).ok_or(core::fmt::Error)?.copy_from_slice(s.as_bytes());
        self.length = end;
        Ok(())
    }
}
