//! Quotients of magnitudes, by Knuth's algorithm D.

use super::{MASK, SHIFT};

/// How far a divisor has to be shifted for its highest bit to be that of a digit.
pub fn normal_shift(divisor: &[u32]) -> u32 {
    divisor.last().map_or(0, |top| top.leading_zeros() - (u32::BITS - SHIFT))
}

/// Divides a magnitude by another of at least two digits. Both are shifted as [`normal_shift`] says, and the dividend
/// has a digit more than it needs. The dividend becomes the remainder, which is still shifted. The quotient has as many
/// digits as the dividend has more than the divisor.
pub fn divide(quotient: &mut [u32], dividend: &mut [u32], divisor: &[u32]) {
    let [.., second, first] = *divisor else { return };
    let (first, second) = (u64::from(first), u64::from(second));
    for (at, digit) in quotient.iter_mut().enumerate().rev() {
        let Some(window) = dividend.get_mut(at..=at + divisor.len()) else { return };
        let [.., third, next, top] = *window else { return };
        // The first two digits give a guess, which the third makes too large by one at most.
        let start = u64::from(top) << SHIFT | u64::from(next);
        let (mut guess, mut rest) = (start / first, start % first);
        while rest <= u64::from(MASK) && guess * second > (rest << SHIFT | u64::from(third)) {
            guess -= 1;
            rest += first;
        }
        let mut borrow = 0i64;
        for (to, &part) in window.iter_mut().zip(divisor) {
            borrow += i64::from(*to) - (guess * u64::from(part)) as i64;
            *to = borrow as u32 & MASK;
            borrow >>= SHIFT;
        }
        if i64::from(top) + borrow < 0 {
            guess -= 1;
            let mut carry = 0;
            for (to, &part) in window.iter_mut().zip(divisor) {
                carry += *to + part;
                *to = carry & MASK;
                carry >>= SHIFT;
            }
        }
        if let Some(top) = window.last_mut() {
            *top = 0;
        }
        *digit = guess as u32;
    }
}
