//! The digits of numbers and of pointers.

use core::ffi::c_void;

/// The most digits that a number has: 64 bits in octal.
pub const MAX_DIGITS: usize = 22;

/// The digits of a number, in the base that the letter of a conversion stands for.
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

/// A pointer as `%p` shows it: the C library's text, with `0x` before it if the C library writes none.
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
    use std::prelude::rust_2024::*;

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
