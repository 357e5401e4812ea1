//! Numbers of IEEE 754's binary16.

/// A power of two, of a normal number's exponent.
fn power(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

/// The nearest whole number, of two the even one, of a number that is not negative and small.
fn to_even(value: f64) -> u16 {
    // The sum has no room for a fraction, and is rounded so.
    const WHOLE: f64 = 4_503_599_627_370_496.0;
    ((value + WHOLE) - WHOLE) as u16
}

/// The number of some bits.
pub fn unpack(bits: u16) -> f64 {
    let sign = if bits >> 15 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    sign * match exponent {
        0 => fraction * power(-24),
        0x1f if bits & 0x3ff == 0 => f64::INFINITY,
        0x1f => f64::NAN,
        _ => (fraction + 1024.0) * power(exponent - 25),
    }
}

/// The bits of the nearest number, of two the even one; `None` when a finite number becomes too large.
pub fn pack(value: f64) -> Option<u16> {
    let sign = if value.is_sign_negative() { 0x8000 } else { 0 };
    if value.is_nan() {
        return Some(sign | 0x7e00 | (value.to_bits() >> 42 & 0x3ff) as u16);
    }
    let magnitude = value.abs();
    if magnitude.is_infinite() {
        return Some(sign | 0x7c00);
    }
    if magnitude < power(-14) {
        // 1024 units are the smallest normal number, which has the next bits.
        return Some(sign | to_even(magnitude * power(24)));
    }
    let exponent = (magnitude.to_bits() >> 52) as i32 - 1023;
    if exponent > 15 {
        return None;
    }
    let fraction = to_even(magnitude * power(10 - exponent)) - 1024;
    let bits = ((exponent + 15) as u16) * 1024 + fraction;
    (bits < 0x7c00).then_some(sign | bits)
}
