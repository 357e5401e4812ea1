//! What the languages of formats have in common: stepping through one, and the digits of numbers.

use crate::runtime::{Result, raise};
use core::ffi::{CStr, c_void};

/// What is left of a format.
pub struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    /// At the start of a format.
    pub fn new(format: &'a CStr) -> Self {
        Cursor(format.to_bytes())
    }

    /// All that is left.
    pub fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// Steps over the next byte.
    pub fn next(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    /// Steps over a byte, if it comes next.
    pub fn take(&mut self, byte: u8) -> bool {
        let found = self.0.first() == Some(&byte);
        if found {
            self.next();
        }
        found
    }

    /// Steps over all bytes up to the first that is not accepted.
    pub fn take_while(&mut self, accept: impl Fn(u8) -> bool) -> &'a [u8] {
        let length = self.0.iter().position(|&byte| !accept(byte)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }

    /// Steps over a number in decimal; `None` when none comes next.
    pub fn number(&mut self, too_big: &'static str) -> Result<Option<isize>> {
        let digits = self.take_while(|byte| byte.is_ascii_digit());
        let add = |number: isize, digit: &u8| number.checked_mul(10)?.checked_add((digit - b'0').into());
        match digits.iter().try_fold(0, add) {
            _ if digits.is_empty() => Ok(None),
            Some(number) => Ok(Some(number)),
            None => Err(raise!(ValueError, "{too_big}")),
        }
    }
}

/// Enough for 64 bits in octal.
pub const MAX_DIGITS: usize = 22;

/// The digits of a number, in the base that a conversion's letter stands for.
pub fn digits(mut value: u64, kind: u8, buffer: &mut [u8; MAX_DIGITS]) -> &[u8] {
    let base = match kind {
        b'o' => 8,
        b'x' | b'X' => 16,
        _ => 10,
    };
    let table = if kind == b'X' { b"0123456789ABCDEF" } else { b"0123456789abcdef" };
    let mut unused = MAX_DIGITS;
    for digit in buffer.iter_mut().rev() {
        *digit = table[(value % base) as usize];
        value /= base;
        unused -= 1;
        if value == 0 {
            break;
        }
    }
    buffer.get(unused..).unwrap_or_default()
}

/// A pointer as `%p` shows it: the C library's form, with `0x` before it where that has none.
pub fn pointer(pointer: *mut c_void, buffer: &mut [u8; MAX_DIGITS]) -> impl Iterator<Item = u8> + Clone + '_ {
    let shown = match pointer.addr() {
        0 => b"(nil)",
        address => digits(address as u64, b'x', buffer),
    };
    b"0x".iter().chain(shown).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::error;
    use std::prelude::rust_2024::*;

    #[test]
    fn numbers_up_to_the_largest() {
        let number = |format: &CStr| Cursor::new(format).number("too big").map_err(|_| error::clear());
        assert_eq!(number(c""), Ok(None));
        assert_eq!(number(c"d"), Ok(None));
        assert_eq!(number(c"-1"), Ok(None));
        assert_eq!(number(c"0"), Ok(Some(0)));
        assert_eq!(number(c"0042d"), Ok(Some(42)));
        assert_eq!(number(c"9223372036854775807"), Ok(Some(isize::MAX)));
        assert_eq!(number(c"9223372036854775808"), Err(()));
        assert_eq!(number(c"99999999999999999999999"), Err(()));
    }

    #[test]
    fn stepping_through_a_format() {
        let mut format = Cursor::new(c"ab%5d");
        assert_eq!(format.take_while(|byte| byte != b'%'), b"ab");
        assert!(!format.take(b'5'));
        assert!(format.take(b'%'));
        assert_eq!(format.number(""), Ok(Some(5)));
        assert_eq!((format.rest(), format.next(), format.next()), (&b"d"[..], Some(b'd'), None));
        assert_eq!(format.take_while(|_| true), b"");
    }

    #[test]
    fn digits_in_three_bases() {
        for value in [0, 1, 7, 8, 9, 10, 255, u64::from(u32::MAX), u64::MAX] {
            let shown = |kind| String::from_utf8_lossy(digits(value, kind, &mut [0; MAX_DIGITS])).into_owned();
            assert_eq!(shown(b'd'), format!("{value}"));
            assert_eq!(shown(b'u'), format!("{value}"));
            assert_eq!(shown(b'x'), format!("{value:x}"));
            assert_eq!(shown(b'X'), format!("{value:X}"));
            assert_eq!(shown(b'o'), format!("{value:o}"));
        }
    }
}
