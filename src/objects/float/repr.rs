//! The repr of floats: the shortest decimal that reads back as the same value.

use super::decimal::Digits;
use crate::objects::number_text::{MOST_DECIMAL, decimal};

/// The repr of a float.
#[derive(Debug)]
pub struct Repr {
    /// Room for the longest, `-1.2345678901234567e-308`.
    bytes: [u8; 32],
    length: usize,
}

impl Repr {
    /// A float as CPython's `repr` shows it: fixed notation for exponents from -4 to 15, otherwise scientific.
    pub fn of(value: f64) -> Self {
        let mut text = Repr { bytes: [0; 32], length: 0 };
        let magnitude = value.abs();
        if value.is_sign_negative() && !value.is_nan() {
            text.push(b"-");
        }
        if value.is_nan() {
            text.push(b"nan");
        } else if value.is_infinite() {
            text.push(b"inf");
        } else if magnitude < 1e15 && magnitude == (magnitude as u64) as f64 {
            // The fast path: the shortest text of a whole number below 10^15 is its own digits.
            text.push(decimal(magnitude as u64, &mut [0; MOST_DECIMAL]));
            text.push(b".0");
        } else {
            text.push_shortest(magnitude);
        }
        text
    }

    /// The text, which is ASCII.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    fn push(&mut self, part: &[u8]) {
        if let Some(to) = self.bytes.get_mut(self.length..).and_then(|rest| rest.get_mut(..part.len())) {
            to.copy_from_slice(part);
            self.length += part.len();
        }
    }

    /// Appends a positive value.
    fn push_shortest(&mut self, value: f64) {
        let shortest = Digits::shortest(value);
        let ((first, rest), exponent) = (shortest.parts(), shortest.exponent);
        /// The longest sequence of zeros that can occur.
        const ZEROS: &[u8] = b"0000000000000000";
        let zeros = |count: usize| ZEROS.get(..count).unwrap_or(ZEROS);
        let parts: [&[u8]; 4] = match usize::try_from(exponent) {
            Ok(whole @ 0..16) => match rest.split_at_checked(whole) {
                Some((whole, fraction)) if !fraction.is_empty() => [first, whole, b".", fraction],
                _ => [first, rest, zeros(whole - rest.len()), b".0"],
            },
            Err(_) if exponent >= -4 => [b"0.", zeros(exponent.unsigned_abs() as usize - 1), first, rest],
            _ => {
                let point: &[u8] = if rest.is_empty() { b"" } else { b"." };
                [first, point, rest, if exponent < 0 { b"e-" } else { b"e+" }]
            }
        };
        parts.iter().for_each(|part| self.push(part));
        if !(-4..16).contains(&exponent) {
            // At least two digits.
            self.push(if exponent.unsigned_abs() < 10 { b"0" } else { b"" });
            self.push(decimal(exponent.unsigned_abs().into(), &mut [0; MOST_DECIMAL]));
        }
    }
}
