//! Values in formats of bytes: the bytes of an object, and one byte.

use crate::objects::{bytes, int, special, str};
use crate::protocol::{buffer, number};
use crate::runtime::known::{BYTEARRAY, BYTES};
use crate::runtime::{Obj, Ref, Result, raise};

/// The characters that stand for the bytes of an object: those of its method `__bytes__`, or of its buffer.
pub(super) fn text_of_bytes(value: Obj<'_>) -> Result<Ref> {
    if !value.is_exactly(BYTES)
        && let Some(made) = special::call(value, "__bytes__", &[])?
    {
        let class = made.borrow().class();
        let Some(made) = made.borrow().downcast().map(bytes::as_slice) else {
            return Err(raise!(TypeError, "__bytes__ returned non-bytes (type {})", class.name()));
        };
        return str::from_latin1(made);
    }
    if !buffer::check(value) {
        let class = value.class().name();
        return Err(raise!(
            TypeError,
            "%b requires a bytes-like object, or an object that implements __bytes__, not '{class}'"
        ));
    }
    // SAFETY: making a string runs no code of the program.
    unsafe { buffer::with_bytes(value, str::from_latin1) }
}

/// The byte of the conversion `c`: that of an object with one byte, or a number.
pub(super) fn byte(value: Obj<'_>) -> Result<u8> {
    const WANTED: &str = "%c requires an integer in range(256) or a single byte";
    if bytes::check(value) || value.is_a(BYTEARRAY) {
        let kind = if bytes::check(value) { "bytes" } else { "bytearray" };
        // SAFETY: the function runs no code of the program.
        let (first, length) = unsafe { buffer::with_bytes(value, |bytes| Ok((bytes.first().copied(), bytes.len()))) }?;
        return match first.filter(|_| length == 1) {
            Some(byte) => Ok(byte),
            None => Err(raise!(TypeError, "{WANTED}, not a {kind} object of length {length}")),
        };
    }
    if !number::is_index(value) {
        return Err(raise!(TypeError, "{WANTED}, not {}", value.class().name()));
    }
    let (number, _) = int::as_i64_and_overflow(value)?;
    u8::try_from(number).map_err(|_| raise!(OverflowError, "%c arg not in range(256)"))
}
