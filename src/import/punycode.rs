//! Punycode (RFC 3492), which turns a name that is not ASCII into the name of its init function.

use crate::runtime::Result;
use crate::runtime::memory::{self, Array};

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 0x80;

/// Appends the code of a name: its ASCII characters, a hyphen if there are any, and the positions of the others.
pub fn encode(name: &str, code: &mut Array<u8>) -> Result<()> {
    let ascii = name.bytes().filter(u8::is_ascii);
    let basic = ascii.clone().count() as u32;
    ascii.clone().try_for_each(|byte| memory::push(code, byte))?;
    if basic > 0 {
        memory::push(code, b'-')?;
    }
    let (mut n, mut delta, mut bias, mut handled) = (INITIAL_N, 0u32, INITIAL_BIAS, basic);
    // One round for each character that is not ASCII, from the lowest up.
    while let Some(next) = name.chars().map(u32::from).filter(|point| *point >= n).min() {
        delta = delta.wrapping_add((next - n).wrapping_mul(handled + 1));
        n = next;
        for point in name.chars().map(u32::from) {
            if point < n {
                delta = delta.wrapping_add(1);
            } else if point == n {
                push_number(delta, bias, code)?;
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.wrapping_add(1);
        n += 1;
    }
    Ok(())
}

/// Appends a number in digits of varying weight, the lowest first.
fn push_number(mut number: u32, bias: u32, code: &mut Array<u8>) -> Result<()> {
    for k in (BASE..).step_by(BASE as usize) {
        let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if number < threshold {
            break;
        }
        memory::push(code, digit(threshold + (number - threshold) % (BASE - threshold)))?;
        number = (number - threshold) / (BASE - threshold);
    }
    memory::push(code, digit(number))
}

/// The digit of a value: letters for the low values, digits for the high ones.
fn digit(value: u32) -> u8 {
    let value = value as u8;
    if value < 26 { b'a' + value } else { b'0' + (value - 26) }
}

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::memory::Malloc;
    use std::string::String;

    fn encoded(name: &str) -> String {
        let mut code = Array::new_in(Malloc);
        assert!(encode(name, &mut code).is_ok());
        String::from_utf8_lossy(&code).into_owned()
    }

    #[test]
    fn as_python_encodes() {
        assert_eq!(encoded("näme"), "nme-qla");
        assert_eq!(encoded("größe"), "gre-6ka8i");
        assert_eq!(encoded("é"), "9ca");
        assert_eq!(encoded("日本語"), "wgv71a119e");
        assert_eq!(encoded("3年B組金八先生"), "3B-ww4c5e180e575a65lsy2b");
        assert_eq!(encoded("ü_\u{10ffff}_é"), "__-cja7e933240a");
        // These deltas are just at the limit of `adapt`, and just above it.
        assert_eq!(encoded("é\u{10e0e}\u{1f600}f\u{434}ay\u{10034}x"), "fayx-9oa371cqo15cnfxaww67b");
        let name = "\u{10d85}\u{2482}z_\u{fb00}\u{10307}c\u{431}g\u{10eee}\u{104d0}a\u{3c9}z";
        assert_eq!(encoded(name), "z_cgaz-m2e34fi14swi60a4psa12ex97awme");
    }
}
