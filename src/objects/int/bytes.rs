//! Ints as bytes in two's complement, and back.

use super::bits::complement;
use super::{Number, from_digits, magnitude};
use crate::runtime::{Ref, Result, memory, raise};
use core::mem::MaybeUninit;
use magnitude::{MASK, SHIFT};

/// The bytes of a number, the lowest first, without end.
fn bytes_of(number: Number<'_>) -> impl Iterator<Item = u8> {
    let mut digits = complement(number);
    let (mut bits, mut filled) = (0u64, 0);
    core::iter::repeat_with(move || {
        if filled < u8::BITS {
            bits |= u64::from(digits.next().unwrap_or(0)) << filled;
            filled += SHIFT;
        }
        let byte = bits as u8;
        bits >>= u8::BITS;
        filled -= u8::BITS;
        byte
    })
}

/// The number of bits that a number needs in two's complement, without one for the sign.
pub fn width(number: Number<'_>) -> u64 {
    let length = magnitude::bit_length(number.digits);
    let is_power = |digits: &[u32]| match digits.split_last() {
        Some((top, rest)) => top.is_power_of_two() && rest.iter().all(|&digit| digit == 0),
        None => false,
    };
    // A negative power of two needs one bit less than its magnitude.
    length - u64::from(number.negative && is_power(number.digits))
}

/// Fills a buffer, which need not hold values yet, with the lowest bytes of a number.
pub fn write(number: Number<'_>, buffer: &mut [MaybeUninit<u8>], little: bool) {
    let put = |(to, byte): (&mut MaybeUninit<u8>, u8)| {
        to.write(byte);
    };
    let bytes = bytes_of(number);
    if little { buffer.iter_mut().zip(bytes).for_each(put) } else { buffer.iter_mut().rev().zip(bytes).for_each(put) }
}

/// Whether a buffer has room for a number.
pub fn fits(number: Number<'_>, bytes: usize, signed: bool) -> bool {
    width(number) + u64::from(signed) <= (bytes as u64).saturating_mul(u8::BITS.into())
}

/// Fills a buffer with the bytes of a number; OverflowError when it has no room for all of them, or for a negative
/// number that is not to be signed.
pub fn to_bytes(number: Number<'_>, buffer: &mut [MaybeUninit<u8>], little: bool, signed: bool) -> Result<()> {
    if number.negative && !signed {
        return Err(raise!(OverflowError, "can't convert negative int to unsigned"));
    }
    if !number.digits.is_empty() && !fits(number, buffer.len(), signed) {
        return Err(raise!(OverflowError, "int too big to convert"));
    }
    write(number, buffer, little);
    Ok(())
}

/// The number in some bytes (CPython: `_PyLong_FromByteArray`).
pub fn from_bytes(bytes: &[u8], little: bool, signed: bool) -> Result<Ref> {
    let highest = if little { bytes.last() } else { bytes.first() };
    let negative = signed && highest.is_some_and(|byte| byte & 0x80 != 0);
    let mut digits = memory::Array::new_in(memory::Malloc);
    let length = bytes.len();
    memory::reserve(&mut digits, length.saturating_mul(8) / SHIFT as usize + 2)?;
    let (mut bits, mut filled) = (0u64, 0);
    let mut carry = u32::from(negative);
    let mut add = |bits: u64| {
        // The magnitude of a negative number is the complement of its bits.
        let digit = bits as u32 & MASK;
        let value = if negative { (digit ^ MASK) + carry } else { digit };
        carry = if negative { value >> SHIFT } else { 0 };
        memory::fill(&mut digits, [value & MASK]);
    };
    for at in 0..length {
        let byte = bytes.get(if little { at } else { length - 1 - at }).copied().unwrap_or(0);
        bits |= u64::from(byte) << filled;
        filled += u8::BITS;
        if filled >= SHIFT {
            add(bits);
            bits >>= SHIFT;
            filled -= SHIFT;
        }
    }
    // The bits above the highest byte are the sign's.
    add(if negative { bits | u64::from(MASK) << filled } else { bits });
    from_digits(negative, &digits)
}
