//! The arithmetic of magnitudes: slices of 30-bit digits, the least significant first. It uses no objects.

pub mod product;
pub mod quotient;
pub mod shift;
pub mod sum;

use core::cmp::Ordering;

/// Bits in a digit.
pub const SHIFT: u32 = 30;
/// The largest digit.
pub const MASK: u32 = (1 << SHIFT) - 1;
/// The number of digits for the whole part of any finite `f64`.
const F64_DIGITS: usize = (f64::MAX_EXP as u32).div_ceil(SHIFT) as usize;
/// The exponent of the prime that hashes are reduced by, 2**61 - 1.
const HASH_BITS: u32 = 61;
const HASH_PRIME: u64 = (1 << HASH_BITS) - 1;

/// The digits without the zeros at the high end.
pub fn trim(mut digits: &[u32]) -> &[u32] {
    while let [rest @ .., 0] = digits {
        digits = rest;
    }
    digits
}

/// A machine word as digits, the high ones possibly zero.
pub fn from_u64(word: u64) -> [u32; 3] {
    core::array::from_fn(|i| (word >> (i as u32 * SHIFT)) as u32 & MASK)
}

/// The 64 bits that begin at a position.
pub fn window(digits: &[u32], start: u64) -> u64 {
    let first = (start / u64::from(SHIFT)) as usize;
    let skip = (start % u64::from(SHIFT)) as u32;
    let wide = digits.iter().skip(first).take(4).enumerate();
    let bits = wide.fold(0u128, |bits, (i, &digit)| bits | u128::from(digit) << (i as u32 * SHIFT));
    (bits >> skip) as u64
}

/// The value modulo 2**64.
pub fn low_word(digits: &[u32]) -> u64 {
    window(digits, 0)
}

/// The value, if it fits.
pub fn to_u64(digits: &[u32]) -> Option<u64> {
    (bit_length(digits) <= 64).then(|| low_word(digits))
}

/// The number of bits up to the highest that is set. `digits` is trimmed.
pub fn bit_length(digits: &[u32]) -> u64 {
    let top = digits.last().map_or(0, |top| u32::BITS - top.leading_zeros());
    (digits.len().saturating_sub(1) as u64) * u64::from(SHIFT) + u64::from(top)
}

/// The order of two trimmed magnitudes.
pub fn order(a: &[u32], b: &[u32]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

/// A number times a power of two, modulo the hash prime: a rotation of its 61 bits.
pub fn hash_rotate(hash: u64, by: u32) -> u64 {
    let by = by % HASH_BITS;
    (hash << by) & HASH_PRIME | hash >> (HASH_BITS - by)
}

/// The value modulo the hash prime.
#[inline]
pub fn hash(digits: &[u32]) -> u64 {
    match *digits {
        [] => 0,
        [digit] => digit.into(),
        // Two digits are less than the prime.
        [low, high] => u64::from(high) << SHIFT | u64::from(low),
        _ => hash_of_many(digits),
    }
}

fn hash_of_many(digits: &[u32]) -> u64 {
    digits.iter().rev().fold(0, |hash, &digit| {
        let sum = hash_rotate(hash, SHIFT) + u64::from(digit);
        if sum >= HASH_PRIME { sum - HASH_PRIME } else { sum }
    })
}

/// The nearest `f64`, ties to even; `None` when that would be infinite. `digits` is trimmed.
pub fn to_f64(digits: &[u32]) -> Option<f64> {
    let length = bit_length(digits);
    let dropped = length.saturating_sub(64);
    if length > f64::MAX_EXP as u64 {
        return None;
    }
    // The bits below the window only decide on which side of a tie the value is, so one bit represents all of them.
    let sticky = shift::has_bits_below(digits, dropped);
    let scale = f64::from_bits((dropped + f64::MAX_EXP as u64 - 1) << (f64::MANTISSA_DIGITS - 1));
    let value = (window(digits, dropped) | u64::from(sticky)) as f64 * scale;
    value.is_finite().then_some(value)
}

/// A finite `f64`, split at the point.
#[derive(Debug)]
pub struct Whole {
    digits: [u32; F64_DIGITS],
    /// Whether there was a fraction.
    pub fraction: bool,
}

impl Whole {
    /// Splits the magnitude of a finite value.
    pub fn of(value: f64) -> Self {
        let (mantissa, exponent) = parts(value);
        let mut digits = [0; F64_DIGITS];
        if exponent <= 0 {
            let whole = mantissa.checked_shr(exponent.unsigned_abs()).unwrap_or(0);
            let fraction = mantissa != whole.checked_shl(exponent.unsigned_abs()).unwrap_or(0);
            digits[..3].copy_from_slice(&from_u64(whole));
            return Whole { digits, fraction };
        }
        let spread = u128::from(mantissa) << (exponent as u32 % SHIFT);
        for (i, digit) in digits.iter_mut().skip((exponent as u32 / SHIFT) as usize).take(3).enumerate() {
            *digit = (spread >> (i as u32 * SHIFT)) as u32 & MASK;
        }
        Whole { digits, fraction: false }
    }

    /// The part before the point.
    pub fn digits(&self) -> &[u32] {
        trim(&self.digits)
    }
}

/// Mantissa and exponent: the magnitude of a finite value is the mantissa times two to the exponent.
pub fn parts(value: f64) -> (u64, i32) {
    const FIELD: u32 = f64::MANTISSA_DIGITS - 1;
    let bits = value.to_bits();
    let exponent = (bits >> FIELD) as i32 & 0x7ff;
    let mantissa = bits & ((1 << FIELD) - 1);
    match exponent {
        0 => (mantissa, f64::MIN_EXP - f64::MANTISSA_DIGITS as i32),
        _ => (mantissa | 1 << FIELD, exponent - f64::MAX_EXP + 1 - FIELD as i32),
    }
}

/// Divides in place, and returns the remainder.
pub fn divide(digits: &mut [u32], by: u32) -> u32 {
    let mut remainder = 0u64;
    for digit in digits.iter_mut().rev() {
        let value = remainder << SHIFT | u64::from(*digit);
        *digit = (value / u64::from(by)) as u32;
        remainder = value % u64::from(by);
    }
    remainder as u32
}

/// Multiplies in place and adds; returns the carry, which is a new highest digit, or 0.
pub fn multiply_add(digits: &mut [u32], by: u32, add: u32) -> u32 {
    let mut carry = u64::from(add);
    for digit in digits {
        let value = u64::from(*digit) * u64::from(by) + carry;
        *digit = value as u32 & MASK;
        carry = value >> SHIFT;
    }
    carry as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    /// Samples of all sizes up to 128 bits: all bits below some position set, or none, or few.
    fn samples() -> impl Iterator<Item = u128> {
        let powers = (0..128).map(|bit| 1u128 << bit);
        let around = powers.flat_map(|power| [power - 1, power, power + 1, power | power >> 40, !power]);
        around.chain([0, 0x0123_4567_89ab_cdef_fedc_ba98_7654_3210])
    }

    fn digits_of(value: u128) -> Vec<u32> {
        let digits: Vec<u32> = (0..5).map(|i| (value >> (i * SHIFT)) as u32 & MASK).collect();
        trim(&digits).to_vec()
    }

    #[test]
    fn words() {
        for value in samples() {
            let digits = digits_of(value);
            assert_eq!(bit_length(&digits), u64::from(u128::BITS - value.leading_zeros()), "{value:#x}");
            assert_eq!(low_word(&digits), value as u64, "{value:#x}");
            assert_eq!(to_u64(&digits), u64::try_from(value).ok(), "{value:#x}");
            assert_eq!(trim(&from_u64(value as u64)), digits_of(u128::from(value as u64)), "{value:#x}");
        }
    }

    #[test]
    fn orders() {
        for a in samples() {
            for b in samples() {
                assert_eq!(order(&digits_of(a), &digits_of(b)), a.cmp(&b), "{a:#x} and {b:#x}");
            }
        }
    }

    #[test]
    fn hashes_are_remainders() {
        for value in samples() {
            assert_eq!(u128::from(hash(&digits_of(value))), value % u128::from(HASH_PRIME), "{value:#x}");
        }
    }

    #[test]
    fn floats_are_the_nearest() {
        for value in samples() {
            assert_eq!(to_f64(&digits_of(value)), Some(value as f64), "{value:#x}");
        }
        // 2**1024 is not finite, and neither are numbers that are nearer to it than to the largest finite one.
        let below = |zeros: usize| [vec![0; zeros], vec![MASK; 34 - zeros], vec![0xf]].concat();
        assert_eq!(to_f64(&below(33)), Some(2f64.powi(1023) * (2.0 - 2f64.powi(-33))));
        assert_eq!(to_f64(&below(0)), None);
        assert_eq!(to_f64(&[0; 0]), Some(0.0));
    }

    #[test]
    fn floats_taken_apart() {
        for value in samples() {
            let float = value as f64;
            if float < 2f64.powi(127) {
                assert_eq!(Whole::of(float).digits(), digits_of(float as u128), "{float}");
            }
            assert!(!Whole::of(float).fraction, "{float}");
        }
        for (float, whole, fraction) in [(0.0, 0, false), (0.5, 0, true), (1.5, 1, true), (5e-324, 0, true)] {
            let taken = Whole::of(float);
            assert_eq!((taken.digits(), taken.fraction), (&*digits_of(whole), fraction), "{float}");
        }
        assert_eq!(to_f64(Whole::of(f64::MAX).digits()), Some(f64::MAX));
    }

    #[test]
    fn division_and_multiplication() {
        for value in samples() {
            for by in [1, 2, 10, 1_000_000_000] {
                let mut digits = digits_of(value);
                let remainder = divide(&mut digits, by);
                assert_eq!(u128::from(remainder), value % u128::from(by), "{value:#x} by {by}");
                assert_eq!(trim(&digits), digits_of(value / u128::from(by)), "{value:#x} by {by}");
                let top = multiply_add(&mut digits, by, remainder);
                digits.push(top);
                assert_eq!(trim(&digits), digits_of(value), "{value:#x} by {by}");
            }
        }
    }
}
