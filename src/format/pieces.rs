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
