//! Numbers as text: the decimal digits that all writers of numbers share, and the part of reading that `int()` and
//! `float()` share.

use super::str::{self, Points, Str};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Result};

/// The most decimal digits that 64 bits have.
pub const MOST_DECIMAL: usize = 20;

/// The numbers from 00 to 99, two digits each. Writing two digits for each division halves the number of divisions.
static PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number] = [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
        number += 1;
    }
    pairs
};

/// Writes a number in decimal at the end of a buffer, and returns its digits.
#[inline]
pub fn decimal(mut value: u64, buffer: &mut [u8; MOST_DECIMAL]) -> &[u8] {
    let mut unused = MOST_DECIMAL;
    while value >= 10
        && let Some(pair) = buffer.get_mut(..unused).and_then(|rest| rest.last_chunk_mut())
    {
        *pair = PAIRS[(value % 100) as usize];
        value /= 100;
        unused -= 2;
    }
    // One digit is left if their number is odd, and for zero.
    if (value > 0 || unused == MOST_DECIMAL)
        && let Some(digit) = buffer.get_mut(..unused).and_then(|rest| rest.last_mut())
    {
        *digit = b'0' + value as u8;
        unused -= 1;
    }
    buffer.get(unused..).unwrap_or_default()
}

/// The zeros of Unicode's decimal digits (category Nd of version 16). The digits one to nine follow each zero.
const ZEROS: &[u32] = &[
    0x0030, 0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6,
    0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
    0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066,
    0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730, 0x118e0,
    0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0,
    0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// A number's text in ASCII: that of a string itself, or a copy.
pub enum Ascii<'a> {
    /// The string's own.
    Own(&'a [u8]),
    /// A copy.
    Copy(Array<u8>),
}

impl Ascii<'_> {
    /// The text.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Ascii::Own(text) => text,
            Ascii::Copy(text) => text,
        }
    }
}

/// A `str` as ASCII. Each decimal digit becomes the ASCII digit of its value, each blank a space, and each other
/// character `?`, which occurs in no number.
pub fn to_ascii(s: Str<'_>) -> Result<Ascii<'_>> {
    let points = str::points(s);
    if let Points::Ascii(own) = points {
        return Ok(Ascii::Own(own));
    }
    let mut text = Array::new_in(Malloc);
    memory::reserve(&mut text, points.len())?;
    let ascii = points.iter().map(|point| match u8::try_from(point) {
        Ok(ascii) if ascii.is_ascii() => ascii,
        _ if char::from_u32(point).is_some_and(char::is_whitespace) => b' ',
        _ => decimal_value(point).map_or(b'?', |value| b'0' + value),
    });
    memory::fill(&mut text, ascii);
    Ok(Ascii::Copy(text))
}

fn decimal_value(point: u32) -> Option<u8> {
    let below = ZEROS.partition_point(|&zero| zero <= point);
    let value = point - ZEROS.get(below.checked_sub(1)?)?;
    (value <= 9).then_some(value as u8)
}

/// Whether CPython accepts a character as a blank around a number.
fn is_blank(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// The text without the blanks before it.
pub fn trim_start(text: &[u8]) -> &[u8] {
    let start = text.iter().position(|byte| !is_blank(byte)).unwrap_or(text.len());
    text.get(start..).unwrap_or_default()
}

/// The text without the blanks at both ends.
pub fn trim(text: &[u8]) -> &[u8] {
    let start = text.iter().position(|byte| !is_blank(byte)).unwrap_or(text.len());
    let end = text.iter().rposition(|byte| !is_blank(byte)).map_or(start, |last| last + 1);
    text.get(start..end).unwrap_or_default()
}

/// Shows at most the first 200 characters of a `str` in a message. An object that is not a `str` is shown by its type.
pub fn truncated(o: Obj<'_>) -> impl core::fmt::Display + '_ {
    struct Truncated<'a>(Obj<'a>);
    impl core::fmt::Display for Truncated<'_> {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            let Some(s) = self.0.downcast() else { return str::as_text(self.0).fmt(f) };
            str::points(s).iter().take(200).try_for_each(|point| str::show_point(f, point))
        }
    }
    Truncated(o)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn decimal_digits_of_numbers_of_each_length() {
        for power in (0..20).map(|exponent| 10u64.pow(exponent)) {
            for value in [0, 1, power - 1, power, power + 1, power.saturating_mul(7), power / 3, u64::MAX / power] {
                assert_eq!(decimal(value, &mut [0; MOST_DECIMAL]), value.to_string().as_bytes());
            }
        }
    }
}
