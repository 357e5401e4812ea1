//! The repr of floats: the shortest decimal that reads back as the same value.

use super::decimal::Digits;
use core::fmt;

/// Shows a float as CPython's `repr` does: fixed notation for exponents from -4 to 15, otherwise scientific.
#[derive(Debug)]
pub struct Repr(pub f64);

impl fmt::Display for Repr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_nan() {
            return f.write_str("nan");
        }
        if self.0.is_sign_negative() {
            f.write_str("-")?;
        }
        if self.0.is_infinite() {
            return f.write_str("inf");
        }
        let shortest = Digits::shortest(self.0.abs());
        let ((first, rest), exponent) = (shortest.parts(), shortest.exponent);
        /// The longest sequence of zeros that can occur.
        const ZEROS: &str = "0000000000000000";
        let zeros = |count: usize| ZEROS.get(..count).unwrap_or(ZEROS);
        let parts = match usize::try_from(exponent) {
            Ok(whole @ 0..16) => match rest.split_at_checked(whole) {
                Some((whole, fraction)) if !fraction.is_empty() => [first, whole, ".", fraction],
                _ => [first, rest, zeros(whole - rest.len()), ".0"],
            },
            Err(_) if exponent >= -4 => ["0.", zeros(exponent.unsigned_abs() as usize - 1), first, rest],
            _ => {
                let point = if rest.is_empty() { "" } else { "." };
                [first, point, rest, ""]
            }
        };
        parts.iter().try_for_each(|part| f.write_str(part))?;
        if (-4..16).contains(&exponent) { Ok(()) } else { write!(f, "e{exponent:+03}") }
    }
}
