//! The functions of `builtins` for characters and formats.

use super::common::{This, none};
use crate::objects::{arguments, bytearray, bytes, formatting, int, str};
use crate::runtime::{Obj, Ref, Result, raise};

/// `chr(number)`
pub(super) fn chr(_: This<'_>, number: Obj<'_>) -> Result<Ref> {
    let (number, overflow) = int::as_i64_and_overflow(number)?;
    match u32::try_from(number) {
        Ok(point) if overflow == 0 && point <= char::MAX as u32 => str::from_point(point),
        _ => Err(raise!(ValueError, "chr() arg not in range(0x110000)")),
    }
}

/// `ord(character)`, for a `str`, `bytes` or `bytearray` of one character.
pub(super) fn ord(_: This<'_>, o: Obj<'_>) -> Result<Ref> {
    let of_bytes = |bytes: &[u8]| (bytes.first().map_or(0, |byte| u32::from(*byte)), bytes.len());
    let array: Option<bytearray::ByteArray<'_>> = o.downcast();
    let (first, length) = if let Some(bytes) = o.downcast() {
        of_bytes(bytes::as_slice(bytes))
    } else if let Some(s) = o.downcast() {
        (str::points(s).get(0).unwrap_or(0), str::length(s))
    } else if let Some(array) = array {
        // SAFETY: the function runs no code.
        unsafe { bytearray::with(array, |bytes| of_bytes(bytes)) }
    } else {
        let class = o.class().name();
        return Err(raise!(TypeError, "ord() expected string of length 1, but {class} found"));
    };
    match length {
        1 => int::from_i64(first.into()),
        _ => Err(raise!(TypeError, "ord() expected a character, but string of length {length} found")),
    }
}

/// `format(value, spec='')`
pub(super) fn format(_: This<'_>, given: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("format", given.len(), 1, 2)?;
    match *given {
        [_, spec] if !str::check(spec) => {
            Err(raise!(TypeError, "format() argument 2 must be str, not {}", arguments::kind(spec)))
        }
        [o, ref spec @ ..] => formatting::format(o, spec.first().copied()),
        [] => none(),
    }
}
