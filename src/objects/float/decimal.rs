//! Floats as decimal digits, by Rust's conversion, which is exact and knows no locale.

use core::fmt::Write;

/// The number of digits that is enough for any float.
const MOST: usize = 17;

/// A positive number: the digit before the point, the digits after it, and the power of ten.
#[derive(Clone, Copy)]
pub(super) struct Digits {
    digits: [u8; MOST],
    length: usize,
    pub exponent: i32,
}

impl Digits {
    /// The shortest number that reads back as a positive value. Of several numbers of this length it is the nearest to
    /// the value; of two that are equally near, the even one.
    pub fn shortest(value: f64) -> Self {
        // Digits, the point, "e", sign, exponent.
        let mut text = [0; MOST + 7];
        let mut rest = text.as_mut_slice();
        let _ = write!(Cut(&mut rest), "{value:e}");
        let unused = rest.len();
        let written = text.get(..text.len() - unused).unwrap_or_default();
        let mut parts = written.split(|&byte| byte == b'e');
        let mut shortest = Digits { digits: [b'0'; MOST], length: 0, exponent: 0 };
        let digits = parts.next().unwrap_or_default().iter().filter(|&&byte| byte != b'.');
        for (to, &digit) in shortest.digits.iter_mut().zip(digits) {
            *to = digit;
            shortest.length += 1;
        }
        shortest.exponent = match parts.next().unwrap_or_default() {
            [b'-', digits @ ..] => -number(digits),
            digits => number(digits),
        };
        match shortest.even_neighbour(value) {
            Some(even) => even,
            None => shortest,
        }
    }

    /// The number whose last digit is one less, if that digit is even and both numbers are equally near to the value.
    /// Rust returns the greater of two such numbers, and CPython returns the even one.
    fn even_neighbour(mut self, value: f64) -> Option<Self> {
        let last = self.digits.get_mut(self.length.checked_sub(1)?)?;
        let power = self.exponent - (self.length as i32 - 1);
        // Two numbers can be equally near only if half a unit of the last digit is within the precision of a float, and
        // if the value, which is a whole number divided by a power of two, has at most 25 decimal places.
        if self.length < 16 || *last % 2 == 0 || !(-25..=0).contains(&power) {
            return None;
        }
        *last -= 1;
        // The middle between the two is an odd number of half units of the last digit. A float can be equal to it only
        // if the division by the power of five leaves no remainder.
        let halves =
            2 * self.digits.iter().take(self.length).fold(0, |number, &digit| number * 10 + u64::from(digit - b'0'))
                + 1;
        let fives = 5u64.pow(power.unsigned_abs());
        let whole = halves / fives;
        let is_exact = halves % fives == 0 && whole < 1 << f64::MANTISSA_DIGITS;
        let are_near = is_exact && whole as f64 / (2u64 << power.unsigned_abs()) as f64 == value;
        (are_near && self.value() == Some(value)).then_some(self)
    }

    /// The float that the digits read back as.
    fn value(&self) -> Option<f64> {
        let mut text = [0; MOST + 8];
        let mut rest = text.as_mut_slice();
        let (first, others) = self.parts();
        let (first, others) = (core::str::from_utf8(first).ok()?, core::str::from_utf8(others).ok()?);
        write!(Cut(&mut rest), "{first}.{others}e{}", self.exponent).ok()?;
        let unused = rest.len();
        core::str::from_utf8(text.get(..text.len() - unused)?).ok()?.parse().ok()
    }

    /// The digit before the point, and the digits after it. The last is not 0.
    pub fn parts(&self) -> (&[u8], &[u8]) {
        self.digits.get(..self.length).and_then(|digits| digits.split_at_checked(1)).unwrap_or_default()
    }
}

/// The number that a few decimal digits represent.
fn number(digits: &[u8]) -> i32 {
    digits.iter().fold(0, |number, digit| number * 10 + i32::from(digit - b'0'))
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
