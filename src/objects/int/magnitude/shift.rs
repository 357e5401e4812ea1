//! Magnitudes times powers of two.

use super::{MASK, SHIFT};

/// Writes a magnitude times two to the power of `bits`, which is less than the bits of a digit. The result has one
/// digit more.
pub fn left(to: &mut [u32], digits: &[u32], bits: u32) {
    let mut carry = 0u64;
    for (to, digit) in to.iter_mut().zip(digits.iter().chain(&[0])) {
        carry |= u64::from(*digit) << bits;
        *to = carry as u32 & MASK;
        carry >>= SHIFT;
    }
}

/// Writes a magnitude divided by two to the power of `bits`, which is less than the bits of a digit.
pub fn right(to: &mut [u32], digits: &[u32], bits: u32) {
    let above = digits.iter().skip(1).chain(&[0]);
    for ((to, digit), above) in to.iter_mut().zip(digits).zip(above) {
        *to = ((u64::from(*above) << SHIFT | u64::from(*digit)) >> bits) as u32 & MASK;
    }
}

/// Divides in place by a power of two that is less than a digit.
pub fn right_in_place(digits: &mut [u32], bits: u32) {
    let mut above = 0;
    for digit in digits.iter_mut().rev() {
        let value = u64::from(above) << SHIFT | u64::from(*digit);
        above = *digit;
        *digit = (value >> bits) as u32 & MASK;
    }
}

/// Whether one of the lowest `bits` bits is set.
pub fn has_bits_below(digits: &[u32], bits: u64) -> bool {
    let whole = (bits / u64::from(SHIFT)) as usize;
    let partial = digits.get(whole).map_or(0, |digit| digit & ((1 << (bits % u64::from(SHIFT))) - 1));
    partial != 0 || digits.iter().take(whole).any(|&digit| digit != 0)
}
