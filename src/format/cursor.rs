//! A cursor that steps through a format.

use crate::runtime::{Result, raise};
use core::ffi::CStr;

/// The rest of a format.
pub struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    /// A cursor at the start of a format.
    pub fn new(format: &'a CStr) -> Self {
        Cursor(format.to_bytes())
    }

    /// A cursor at the start of a part of a format.
    pub fn of(part: &'a [u8]) -> Self {
        Cursor(part)
    }

    /// The rest of the format, as bytes.
    pub fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// Steps over the next byte and returns it; `None` at the end.
    pub fn next(&mut self) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    /// Steps over the next byte if it is this one, and returns whether it was.
    pub fn take(&mut self, byte: u8) -> bool {
        let found = self.0.first() == Some(&byte);
        if found {
            self.next();
        }
        found
    }

    /// Steps over all bytes up to the first that is not accepted, and returns them.
    pub fn take_while(&mut self, accept: impl Fn(u8) -> bool) -> &'a [u8] {
        let length = self.0.iter().position(|&byte| !accept(byte)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken
    }

    /// Steps over a decimal number and returns it; `None` when no digit comes next. ValueError with the given text for
    /// a number that does not fit.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::error;

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
}
