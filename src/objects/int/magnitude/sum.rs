//! Sums and differences of magnitudes.

use super::{MASK, SHIFT};

/// Writes the sum of two magnitudes, which has one digit more than the longer of them.
pub fn add(sum: &mut [u32], a: &[u32], b: &[u32]) {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    for (sum, digit) in sum.iter_mut().zip(long.iter().chain(&[0])) {
        *sum = *digit;
    }
    add_in_place(sum, short);
}

/// Adds a magnitude to one that has room for the sum.
pub fn add_in_place(sum: &mut [u32], b: &[u32]) {
    let (low, high) = sum.split_at_mut(b.len().min(sum.len()));
    let mut carry = 0;
    for (digit, more) in low.iter_mut().zip(b) {
        carry += *digit + more;
        *digit = carry & MASK;
        carry >>= SHIFT;
    }
    for digit in high {
        if carry == 0 {
            break;
        }
        carry += *digit;
        *digit = carry & MASK;
        carry >>= SHIFT;
    }
}

/// Writes the difference of two magnitudes, of which the first is not the smaller. It has as many digits as the first.
pub fn subtract(difference: &mut [u32], a: &[u32], b: &[u32]) {
    for (to, digit) in difference.iter_mut().zip(a) {
        *to = *digit;
    }
    subtract_in_place(difference, b);
}

/// Subtracts a magnitude from one that is not smaller.
pub fn subtract_in_place(a: &mut [u32], b: &[u32]) {
    let (low, high) = a.split_at_mut(b.len().min(a.len()));
    let mut borrow = 0;
    for (digit, less) in low.iter_mut().zip(b) {
        let value = digit.wrapping_sub(*less).wrapping_sub(borrow);
        *digit = value & MASK;
        borrow = value >> SHIFT & 1;
    }
    for digit in high {
        if borrow == 0 {
            break;
        }
        let value = digit.wrapping_sub(borrow);
        *digit = value & MASK;
        borrow = value >> SHIFT & 1;
    }
}
