//! Machine words from text, by the rules of C's `strtoul` with CPython's prefixes (CPython: `PyOS_strtoul`,
//! `PyOS_strtol`). A function returns the value and the length of the text that was read, and sets `errno` if the value
//! was too large.

use crate::runtime::errno;
use core::ffi::c_int;

fn blanks(text: &[u8]) -> usize {
    text.iter().take_while(|byte| matches!(byte, b' ' | b'\t'..=b'\r')).count()
}

fn digit(text: &[u8], at: usize, base: u32) -> Option<u64> {
    text.get(at).and_then(|&byte| char::from(byte).to_digit(base)).map(u64::from)
}

/// The base that a prefix names.
fn prefix(text: &[u8], at: usize) -> Option<u32> {
    match text.get(at..at + 2) {
        Some(b"0x" | b"0X") => Some(16),
        Some(b"0o" | b"0O") => Some(8),
        Some(b"0b" | b"0B") => Some(2),
        _ => None,
    }
}

/// The number without a sign at the start of a text, after blanks.
pub fn unsigned(text: &[u8], base: c_int) -> (u64, usize) {
    let mut at = blanks(text);
    let base = match u32::try_from(base) {
        Ok(base @ (0 | 2..=36)) => base,
        _ => return (0, at),
    };
    let base = match prefix(text, at) {
        Some(own) if base == 0 || base == own => {
            if digit(text, at + 2, own).is_none() {
                return (0, at + 1);
            }
            at += 2;
            own
        }
        None if base == 0 && text.get(at) == Some(&b'0') => {
            // A number that begins with 0 could be octal, so it is not read.
            at += text.iter().skip(at).take_while(|&&byte| byte == b'0').count();
            return (0, at + blanks(text.get(at..).unwrap_or_default()));
        }
        _ if base == 0 => 10,
        _ => base,
    };
    let mut value = Some(0u64);
    while let Some(digit) = digit(text, at, base) {
        value = value.and_then(|value| value.checked_mul(base.into())?.checked_add(digit));
        at += 1;
    }
    if value.is_none() {
        errno::set(libc::ERANGE);
    }
    (value.unwrap_or(u64::MAX), at)
}

/// The number at the start of a text, after blanks and perhaps a sign; its bits are those of the signed value.
pub fn signed(text: &[u8], base: c_int) -> (u64, usize) {
    let start = blanks(text);
    let sign = text.get(start).copied().filter(|byte| matches!(byte, b'+' | b'-'));
    let start = start + usize::from(sign.is_some());
    let (magnitude, length) = unsigned(text.get(start..).unwrap_or_default(), base);
    let value = match sign {
        Some(b'-') => 0i64.checked_sub_unsigned(magnitude),
        _ => i64::try_from(magnitude).ok(),
    };
    if value.is_none() {
        errno::set(libc::ERANGE);
    }
    (value.unwrap_or(i64::MAX) as u64, start + length)
}
