//! Floats as decimal digits and back. The C library converts exactly. Rust's own conversions contain tables that would
//! be a large part of this library.

use crate::runtime::Result;
use crate::runtime::memory::Text;
use core::ffi::CStr;
use core::fmt::Write;

/// The number of digits that is enough for any float.
const MOST: usize = 17;
/// The number of digits with which no two texts of a float that is not tiny give the same number. Zeros at their end
/// can be removed.
const SAFE: usize = 15;

/// A positive number: the digit before the point, the digits after it, and the power of ten.
#[derive(Clone, Copy)]
pub(super) struct Digits {
    digits: [u8; MOST],
    length: usize,
    pub exponent: i32,
}

impl Digits {
    /// The fewest digits that read back as a positive value. Of those as many, the nearest to it; of two that are
    /// equally near, the even ones.
    pub fn shortest(value: f64) -> Self {
        let fewest = if value < f64::MIN_POSITIVE { 1 } else { SAFE };
        for length in fewest..MOST {
            let nearest = Digits::rounded(value, length);
            // The floats below a power of two are closer together than those above, so the next number may also read
            // back as this value.
            for digits in [nearest, nearest.next()] {
                if digits.value() == value {
                    return digits;
                }
            }
        }
        Digits::rounded(value, MOST)
    }

    /// A value with this many digits.
    fn rounded(value: f64, length: usize) -> Self {
        let mut text = [0; 48];
        // SAFETY: snprintf writes no more than there is room for, and the format takes an int and a double.
        unsafe { libc::snprintf(text.as_mut_ptr().cast(), text.len(), c"%.*e".as_ptr(), length as i32 - 1, value) };
        let mut parts = text.split(|byte| *byte == b'e');
        let mut rounded = Digits { digits: [b'0'; MOST], length, exponent: 0 };
        // The decimal point depends on the locale.
        let digits = parts.next().unwrap_or_default().iter().filter(|byte| byte.is_ascii_digit());
        rounded.digits.iter_mut().zip(digits).for_each(|(to, digit)| *to = *digit);
        let exponent = parts.next().unwrap_or_default();
        let digits = exponent.iter().filter(|byte| byte.is_ascii_digit());
        let magnitude = digits.fold(0, |number, digit| number * 10 + i32::from(digit - b'0'));
        rounded.exponent = if exponent.first() == Some(&b'-') { -magnitude } else { magnitude };
        rounded
    }

    /// The next number with the same number of digits.
    fn next(mut self) -> Self {
        for digit in self.digits.iter_mut().take(self.length).rev() {
            if *digit < b'9' {
                *digit += 1;
                return self;
            }
            *digit = b'0';
        }
        self.digits[0] = b'1';
        self.exponent += 1;
        self
    }

    fn value(&self) -> f64 {
        // Digits, "e", sign, exponent, NUL.
        let mut text = [0; MOST + 8];
        let mut rest = text.as_mut_slice();
        let _ = write!(Cut(&mut rest), "{}e{}", self.as_str(), self.exponent - (self.length as i32 - 1));
        CStr::from_bytes_until_nul(&text).map_or(f64::NAN, read)
    }

    fn as_str(&self) -> &str {
        self.digits.get(..self.length).and_then(|digits| core::str::from_utf8(digits).ok()).unwrap_or_default()
    }

    /// The digit before the point, and the digits after it up to the last that is not 0.
    pub fn parts(&self) -> (&str, &str) {
        let (first, rest) = self.as_str().split_at_checked(1).unwrap_or_default();
        (first, rest.trim_end_matches('0'))
    }
}

/// Writes into the remaining part of a buffer.
struct Cut<'a, 'b>(&'a mut &'b mut [u8]);

impl Write for Cut<'_, '_> {
    fn write_str(&mut self, s: &str) -> core::fmt::Result {
        let (to, rest) = core::mem::take(self.0).split_at_mut_checked(s.len()).ok_or(core::fmt::Error)?;
        to.copy_from_slice(s.as_bytes());
        *self.0 = rest;
        Ok(())
    }
}

/// The number of some digits and an exponent. The text has no point, because that would depend on the locale.
fn read(text: &CStr) -> f64 {
    // SAFETY: the text ends with a NUL.
    unsafe { libc::strtod(text.as_ptr(), core::ptr::null_mut()) }
}

/// The number in an ASCII text, if it is one: an optional sign, digits with an optional point among them, and an
/// optional exponent; or a word for infinity or for NaN.
pub(super) fn parse(text: &str) -> Result<Option<f64>> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let magnitude = if unsigned.eq_ignore_ascii_case("inf") || unsigned.eq_ignore_ascii_case("infinity") {
        Some(f64::INFINITY)
    } else if unsigned.eq_ignore_ascii_case("nan") {
        Some(f64::NAN)
    } else {
        parse_digits(unsigned)?
    };
    Ok(magnitude.map(|magnitude| if text.starts_with('-') { -magnitude } else { magnitude }))
}

/// The parts before and after the first byte of a kind. That byte is ASCII.
fn split(text: &str, is_at: impl Fn(u8) -> bool) -> Option<(&str, &str)> {
    let (before, rest) = text.split_at_checked(text.bytes().position(is_at)?)?;
    Some((before, rest.get(1..)?))
}

fn parse_digits(text: &str) -> Result<Option<f64>> {
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = split(text, |byte| byte | 0x20 == b'e').unwrap_or((text, "0"));
    let (whole, fraction) = split(mantissa, |byte| byte == b'.').unwrap_or((mantissa, ""));
    let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let is_empty = whole.is_empty() && fraction.is_empty() || power.is_empty();
    if is_empty || ![whole, fraction, power].into_iter().all(are_digits) {
        return Ok(None);
    }
    let power =
        power.bytes().fold(0_i64, |number, digit| number.saturating_mul(10).saturating_add((digit - b'0').into()));
    let power = if exponent.starts_with('-') { -power } else { power };
    let mut plain = Text::new();
    plain.push_str(whole)?;
    plain.push_str(fraction)?;
    plain.push_str(Text::format(format_args!("e{}\0", power.saturating_sub(fraction.len() as i64)))?.as_str())?;
    Ok(CStr::from_bytes_until_nul(plain.as_str().as_bytes()).ok().map(read))
}
