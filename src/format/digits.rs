//! The digits of numbers and of pointers.

use crate::objects::number_text;
use core::ffi::c_void;

/// The most digits that a number has: 64 bits in octal.
pub const MAX_DIGITS: usize = 22;

/// Writes a number at the end of a buffer, in the base of a conversion's letter, and returns its digits.
#[inline]
pub fn digits(value: u64, kind: u8, buffer: &mut [u8; MAX_DIGITS]) -> &[u8] {
    const LOWER: &[u8; 16] = b"0123456789abcdef";
    match kind {
        b'o' => in_base_of_bits::<3>(value, LOWER, buffer),
        b'x' => in_base_of_bits::<4>(value, LOWER, buffer),
        b'X' => in_base_of_bits::<4>(value, b"0123456789ABCDEF", buffer),
        _ => buffer.first_chunk_mut().map_or(&[], |buffer| number_text::decimal(value, buffer)),
    }
}

/// Writes a number in the base 2 to the power of `BITS`, which needs no division, and returns its digits.
fn in_base_of_bits<'a, const BITS: u32>(
    mut value: u64,
    table: &[u8; 16],
    buffer: &'a mut [u8; MAX_DIGITS],
) -> &'a [u8] {
    let mut unused = MAX_DIGITS;
    for digit in buffer.iter_mut().rev() {
        *digit = table[(value % (1 << BITS)) as usize];
        value >>= BITS;
        unused -= 1;
        if value == 0 {
            break;
        }
    }
    buffer.get(unused..).unwrap_or_default()
}

/// The digits of a pointer as `%p` shows them: the C library's text, without its `0x`. CPython adds `0x` where the C
/// library writes none.
pub fn pointer(pointer: *mut c_void, buffer: &mut [u8; MAX_DIGITS]) -> &[u8] {
    match pointer.addr() {
        0 => b"(nil)",
        address => digits(address as u64, b'x', buffer),
    }
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
