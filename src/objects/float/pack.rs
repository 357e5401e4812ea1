//! Floats in the formats of IEEE 754 with 2, 4 and 8 bytes (CPython: `PyFloat_Pack2` and the functions beside it).

use crate::runtime::{Result, raise};

const HALF_EXPONENT: i32 = 15;
const HALF_FRACTION: u32 = 10;
const FRACTION: u32 = f64::MANTISSA_DIGITS - 1;

/// The nearest number of 16 bits, ties to even; OverflowError when it would be infinite.
pub fn to_half(value: f64) -> Result<u16> {
    let sign = u16::from(value.is_sign_negative()) << 15;
    let bits = value.to_bits();
    if value.is_nan() {
        // The highest bits of the payload stay.
        let payload = (bits >> (FRACTION - HALF_FRACTION)) as u16 & 0x3ff;
        return Ok(sign | 0x7c00 | if payload == 0 { 0x200 } else { payload });
    }
    if value.is_infinite() {
        return Ok(sign | 0x7c00);
    }
    let exponent = (bits >> FRACTION) as i32 & 0x7ff;
    let exponent = exponent - (f64::MAX_EXP - 1);
    // Below the smallest normal number the fraction loses more bits.
    let lost = FRACTION - HALF_FRACTION + (1 - HALF_EXPONENT - exponent).max(0) as u32;
    if exponent > HALF_EXPONENT {
        return Err(too_large('e'));
    }
    if lost > FRACTION + 2 {
        return Ok(sign);
    }
    let mantissa = bits & ((1 << FRACTION) - 1) | 1 << FRACTION;
    let half = 1u64 << (lost - 1);
    let kept = mantissa >> lost;
    let rest = mantissa & ((1 << lost) - 1);
    let rounded = kept + u64::from(rest > half || rest == half && kept & 1 == 1);
    // The highest bit of a normal number's mantissa adds 1 to the exponent, and so does a carry from rounding.
    let base = (exponent + HALF_EXPONENT - 1).max(0) as u64;
    let packed = (base << HALF_FRACTION) + rounded;
    if packed >= 0x7c00 { Err(too_large('e')) } else { Ok(sign | packed as u16) }
}

/// The value of a number of 16 bits.
pub fn from_half(half: u16) -> f64 {
    let fraction = u64::from(half & 0x3ff);
    let magnitude = match half >> HALF_FRACTION & 0x1f {
        0 => fraction as f64 / f64::from(1 << 24),
        0x1f => f64::from_bits(0x7ff << FRACTION | fraction << (FRACTION - HALF_FRACTION)),
        exponent => {
            let exponent = u64::from(exponent) + (f64::MAX_EXP - 1 - HALF_EXPONENT) as u64;
            f64::from_bits(exponent << FRACTION | fraction << (FRACTION - HALF_FRACTION))
        }
    };
    if half >> 15 == 0 { magnitude } else { -magnitude }
}

/// The bits that the payload of a NaN has more in 64 bits than in 32.
const PAYLOAD: u32 = FRACTION - (f32::MANTISSA_DIGITS - 1);

/// The bits of the nearest number of 32 bits; OverflowError when it would be infinite. A NaN keeps the highest bits of
/// its payload.
pub fn to_single(value: f64) -> Result<u32> {
    if value.is_nan() {
        let sign = u32::from(value.is_sign_negative()) << 31;
        let payload = (value.to_bits() >> PAYLOAD) as u32 & 0x7f_ffff;
        return Ok(sign | 0x7f80_0000 | if payload == 0 { 0x40_0000 } else { payload });
    }
    let single = value as f32;
    if single.is_infinite() && value.is_finite() { Err(too_large('f')) } else { Ok(single.to_bits()) }
}

/// The value of a number of 32 bits. A NaN keeps its payload.
pub fn from_single(bits: u32) -> f64 {
    let single = f32::from_bits(bits);
    if !single.is_nan() {
        return single.into();
    }
    let payload = u64::from(bits & 0x7f_ffff) << PAYLOAD;
    f64::from_bits(u64::from(bits >> 31) << 63 | 0x7ff << FRACTION | payload)
}

fn too_large(format: char) -> crate::runtime::Raised {
    raise!(OverflowError, "float too large to pack with {format} format")
}
