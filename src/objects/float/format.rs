//! Floats as text in every notation of C's `printf`, and in that of Python's `repr` (CPython: `PyOS_double_to_string`).

use super::decimal::Digits;
use crate::abi::{Py_DTSF_ADD_DOT_0, Py_DTSF_ALT, Py_DTSF_NO_NEG_0, Py_DTSF_SIGN};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Result, refusal};
use core::ffi::c_int;
use core::fmt::Write;

/// The digits of a number without zeros at the end, and the position of the decimal point, from before the first digit.
struct Decimal {
    /// Room for the longest: 309 digits before the point, or 767 at all.
    digits: [u8; LONGEST],
    length: usize,
    point: i64,
}

/// No float has more digits that are not zero, neither in all nor after the point.
const MOST: usize = 1100;
const LONGEST: usize = MOST + 330;

impl Write for Decimal {
    /// Takes digits, and notes the point, which is written at most once, and the exponent.
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        for byte in text.bytes() {
            *self.digits.get_mut(self.length).ok_or(core::fmt::Error)? = byte;
            self.length += 1;
        }
        Ok(())
    }
}

impl Decimal {
    const EMPTY: Self = Decimal { digits: [b'0'; LONGEST], length: 0, point: 0 };

    /// `count` digits, at least one.
    fn rounded_to_digits(value: f64, count: usize) -> Self {
        let mut decimal = Self::EMPTY;
        let _ = write!(decimal, "{value:.*e}", count.min(MOST) - 1);
        decimal.split()
    }

    /// `places` digits after the point.
    fn rounded_to_places(value: f64, places: usize) -> Self {
        let mut decimal = Self::EMPTY;
        let _ = write!(decimal, "{value:.*}", places.min(MOST));
        decimal.split()
    }

    /// The shortest that reads back as the same value.
    fn shortest(value: f64) -> Self {
        if value == 0.0 {
            return Self::rounded_to_digits(value, 1);
        }
        let mut decimal = Self::EMPTY;
        let shortest = Digits::shortest(value);
        let (first, rest) = shortest.parts();
        for digit in first.iter().chain(rest) {
            let _ = decimal.write_char((*digit).into());
        }
        decimal.point = i64::from(shortest.exponent) + 1;
        decimal
    }

    /// Separates the digits from point and exponent, which Rust has written among them.
    fn split(mut self) -> Self {
        let text = self.digits;
        let text = text.get(..self.length).unwrap_or_default();
        let mut parts = text.split(|&byte| byte == b'e');
        let number = parts.next().unwrap_or_default();
        let exponent = parts.next().and_then(|part| core::str::from_utf8(part).ok()?.parse().ok()).unwrap_or(0);
        let whole = number.iter().position(|&byte| byte == b'.').unwrap_or(number.len());
        self.point = whole as i64 + exponent;
        self.length = 0;
        for &digit in number.iter().filter(|&&byte| byte != b'.') {
            // Zeros before the first other digit are none of the digits; but zero has one.
            if digit == b'0' && self.length == 0 {
                self.point -= 1;
            } else {
                let _ = self.write_char(digit.into());
            }
        }
        while self.length > 0 && self.digits.get(self.length - 1) == Some(&b'0') {
            self.length -= 1;
        }
        self
    }

    /// The digit at a position, zero beyond the last.
    fn digit(&self, at: i64) -> u8 {
        let digit = usize::try_from(at).ok().filter(|&at| at < self.length).and_then(|at| self.digits.get(at));
        digit.copied().unwrap_or(b'0')
    }
}

/// A float as text. `code` is one of the letters of `printf` (`e f g E F G`) or `r` for the shortest text that reads
/// back as the same value. SystemError for another letter, and for a precision with `r`.
pub fn format(value: f64, code: u8, precision: c_int, flags: c_int) -> Result<Array<u8>> {
    let is_upper = matches!(code, b'E' | b'F' | b'G');
    let precision = match (code, usize::try_from(precision)) {
        (b'r', Ok(0)) => 17,
        (b'e' | b'f' | b'g' | b'E' | b'F' | b'G', Ok(precision)) => precision,
        // CPython has no text for it.
        _ => return Err(refusal::bad_argument("PyOS_double_to_string")),
    };
    let mut text = Array::new_in(Malloc);
    if !value.is_finite() {
        let name: &[u8] = match (value.is_nan(), is_upper) {
            (true, true) => b"NAN",
            (true, false) => b"nan",
            (false, true) => b"INF",
            (false, false) => b"inf",
        };
        memory::extend(&mut text, sign(value < 0.0, flags))?;
        memory::extend(&mut text, name)?;
        return Ok(text);
    }
    let magnitude = value.abs();
    let has = |flag: c_int| flags & flag != 0;
    let (mut decimal, precision) = match code {
        b'r' => (Decimal::shortest(magnitude), precision),
        b'e' | b'E' => (Decimal::rounded_to_digits(magnitude, precision.saturating_add(1)), precision),
        b'g' | b'G' => (Decimal::rounded_to_digits(magnitude, precision.max(1)), precision.max(1)),
        _ => (Decimal::rounded_to_places(magnitude, precision), precision),
    };
    let is_zero = decimal.length == 0;
    if is_zero {
        decimal.point = 1;
    }
    let precision = precision as i64;
    let (mut with_exponent, mut end) = (false, (decimal.length as i64).max(1));
    match code {
        b'e' | b'E' => (with_exponent, end) = (true, precision + 1),
        b'f' | b'F' => end = decimal.point + precision,
        b'r' => with_exponent = !(-3..=16).contains(&decimal.point),
        _ => {
            let most = precision - i64::from(has(Py_DTSF_ADD_DOT_0));
            with_exponent = decimal.point <= -4 || decimal.point > most;
            if has(Py_DTSF_ALT) {
                end = precision;
            }
        }
    }
    let exponent = decimal.point - 1;
    let point = if with_exponent { 1 } else { decimal.point };
    let start = if point <= 0 { point - 1 } else { 0 };
    let end = end.max(point + i64::from(!with_exponent && has(Py_DTSF_ADD_DOT_0)));

    memory::reserve(&mut text, (end - start) as usize + 16)?;
    memory::extend(&mut text, sign(value.is_sign_negative() && !(is_zero && has(Py_DTSF_NO_NEG_0)), flags))?;
    let digits = |from: i64, to: i64| (from..to).map(|at| decimal.digit(at));
    memory::fill(&mut text, digits(start, point));
    if end > point || has(Py_DTSF_ALT) {
        memory::fill(&mut text, [b'.']);
        memory::fill(&mut text, digits(point, end));
    }
    if with_exponent {
        let mut shown = Decimal::EMPTY;
        let letter = if is_upper { 'E' } else { 'e' };
        let _ = write!(shown, "{letter}{exponent:+03}");
        memory::extend(&mut text, shown.digits.get(..shown.length).unwrap_or_default())?;
    }
    Ok(text)
}

fn sign(is_negative: bool, flags: c_int) -> &'static [u8] {
    match is_negative {
        true => b"-",
        false if flags & Py_DTSF_SIGN != 0 => b"+",
        false => b"",
    }
}
