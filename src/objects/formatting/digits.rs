//! The digits of ints.

use crate::objects::int::{self, Number};
use crate::objects::str::{self, Points};
use crate::runtime::Result;
use crate::runtime::memory::{self, Array, Malloc};

/// The bits of a digit of an int.
const BITS: usize = 30;

/// The magnitude of an int in a base that is a power of two.
fn in_power_of_two(digits: &[u32], bits: usize, letters: &[u8; 16]) -> Result<Array<u8>> {
    let bit = |at: usize| digits.get(at / BITS).map_or(0, |digit| digit >> (at % BITS) & 1);
    let length = digits.last().map_or(0, |top| digits.len() * BITS - (top.leading_zeros() as usize - 2));
    let count = length.div_ceil(bits).max(1);
    let mut text: Array<u8> = Array::new_in(Malloc);
    memory::reserve(&mut text, count)?;
    for index in (0..count).rev() {
        let value = (0..bits).rev().fold(0, |value, offset| value << 1 | bit(index * bits + offset));
        memory::fill(&mut text, letters.get(value as usize).copied());
    }
    Ok(text)
}

/// The magnitude of an int in the base of a type letter: `b`, `o`, `x`, `X`, or else decimal.
pub(super) fn magnitude(number: Number<'_>, kind: u8) -> Result<Array<u8>> {
    const SMALL: &[u8; 16] = b"0123456789abcdef";
    match kind {
        b'b' => in_power_of_two(number.digits, 1, SMALL),
        b'o' => in_power_of_two(number.digits, 3, SMALL),
        b'x' => in_power_of_two(number.digits, 4, SMALL),
        b'X' => in_power_of_two(number.digits, 4, b"0123456789ABCDEF"),
        _ => {
            let shown = int::decimal(Number { negative: false, digits: number.digits })?;
            let mut text: Array<u8> = Array::new_in(Malloc);
            if let Some(Points::Ascii(digits)) = shown.borrow().downcast().map(str::points) {
                memory::extend(&mut text, digits)?;
            }
            Ok(text)
        }
    }
}

/// The prefix of a base.
pub(super) fn prefix(kind: u8) -> &'static [u8] {
    match kind {
        b'b' => b"0b",
        b'o' => b"0o",
        b'x' => b"0x",
        b'X' => b"0X",
        _ => b"",
    }
}
