//! Bytes as hexadecimal digits, and back.

use crate::objects::str::{self, Builder, Points};
use crate::objects::{bytes, class_name, int};
use crate::protocol::{mapping, number};
use crate::runtime::{Obj, Ref, Result, memory, raise};
use core::ffi::c_int;

/// The argument `bytes_per_sep`.
pub fn group(argument: Option<Obj<'_>>) -> Result<c_int> {
    argument.map_or(Ok(1), |argument| int::as_c_int(*number::index(argument)?.borrow()))
}

/// The character that an argument `sep` names.
pub fn separator(argument: Obj<'_>) -> Result<u8> {
    if mapping::len(argument)? != 1 {
        return Err(raise!(ValueError, "sep must be length 1."));
    }
    let found = if let Some(text) = argument.downcast() {
        str::points(text).iter().next()
    } else if let Some(bytes) = argument.downcast() {
        bytes::as_slice(bytes).first().map(|byte| u32::from(*byte))
    } else {
        return Err(raise!(TypeError, "sep must be str or bytes."));
    };
    match found.and_then(|point| u8::try_from(point).ok()) {
        Some(ascii @ 0..0x80) => Ok(ascii),
        _ => Err(raise!(ValueError, "sep must be ASCII.")),
    }
}

/// The digits of bytes. A separator stands after so many bytes, counted from the end, or from the beginning for a
/// negative number.
pub fn shown(bytes: &[u8], separator: Option<u8>, group: c_int) -> Result<Ref> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let size = group.unsigned_abs() as usize;
    let is_first = |index: usize| match size {
        0 => false,
        _ if group > 0 => index > 0 && (bytes.len() - index).is_multiple_of(size),
        _ => index > 0 && index.is_multiple_of(size),
    };
    if bytes.len() >= isize::MAX as usize / 4 {
        return Err(memory::out_of_memory());
    }
    let mut text = Builder::new();
    for (index, byte) in bytes.iter().enumerate() {
        if let Some(separator) = separator
            && is_first(index)
        {
            text.push(separator.into())?;
        }
        let digit = |shift: u8| DIGITS.get(usize::from(byte >> shift & 0xf)).copied().unwrap_or_default();
        text.push_latin1(&[digit(4), digit(0)])?;
    }
    text.finish()
}

/// The bytes of hexadecimal digits in pairs, between which white space may stand.
pub fn parse(digits: &[u8]) -> Result<memory::Array<u8>> {
    let mut bytes: memory::Array<u8> = memory::Array::new_in(memory::Malloc);
    let mut at = 0;
    let digit = |at: usize| digits.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let space = |at: usize| digits.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == 0x0b);
    loop {
        while space(at) {
            at += 1;
        }
        if at >= digits.len() {
            return Ok(bytes);
        }
        let Some(high) = digit(at) else { return Err(no_digit(at)) };
        let Some(low) = digit(at + 1) else {
            return Err(if at + 1 >= digits.len() {
                raise!(ValueError, "fromhex() arg must contain an even number of hexadecimal digits")
            } else {
                no_digit(at + 1)
            });
        };
        memory::push(&mut bytes, (high << 4 | low) as u8)?;
        at += 2;
    }
}

#[cold]
fn no_digit(at: usize) -> crate::runtime::Raised {
    raise!(ValueError, "non-hexadecimal number found in fromhex() arg at position {at}")
}

/// The bytes that an argument's digits name: a `str`, or an object with a buffer (CPython: `bytes.fromhex`).
pub fn of_argument(argument: Obj<'_>) -> Result<memory::Array<u8>> {
    if let Some(text) = argument.downcast() {
        return match str::points(text) {
            Points::Ascii(ascii) => parse(ascii),
            points => Err(no_digit(points.iter().position(|point| point > 0x7f).unwrap_or(0))),
        };
    }
    if !crate::protocol::buffer::check(argument) {
        let text = "fromhex() argument must be str or bytes-like, not ";
        return Err(class_name::type_error_with_class(text, argument));
    }
    // SAFETY: parsing runs no code of the program.
    unsafe { super::argument::with(argument, parse) }
}
