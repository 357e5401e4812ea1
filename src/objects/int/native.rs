//! Ints as bytes for C, with its flags.

use super::convert::no_negative;
use super::{Int, bytes, magnitude, number};
use crate::abi::*;
use crate::objects::{class_name, str};
use crate::protocol::number as protocol;
use crate::runtime::{Obj, Result, raise};
use core::ffi::c_int;
use core::mem::MaybeUninit;

/// The object as an `int`; TypeError for anything else.
pub fn require(o: Obj<'_>) -> Result<Int<'_>> {
    require_as(o, "expect")
}

/// Works as [`require`], with CPython's other verb in the message.
pub fn require_as<'a>(o: Obj<'a>, verb: &str) -> Result<Int<'a>> {
    match o.downcast() {
        Some(int) => Ok(int),
        None => {
            let class = class_name::fully_qualified(o.class(), '.')?;
            Err(raise!(TypeError, "{verb} int, got {}", str::as_text(class.borrow())))
        }
    }
}

/// Fills a buffer with the low bytes of a value, and returns how many it needs, at most `size` if that is enough
/// (CPython: `PyLong_AsNativeBytes`). The buffer has `size` bytes, or none if C has given none.
pub fn as_native_bytes(o: Obj<'_>, buffer: &mut [MaybeUninit<u8>], size: usize, flags: c_int) -> Result<usize> {
    let is_default = flags == Py_ASNATIVEBYTES_DEFAULTS;
    let has = |flag| !is_default && flags & flag != 0;
    let own;
    let int = if has(Py_ASNATIVEBYTES_ALLOW_INDEX) {
        own = protocol::index(o)?;
        own.borrow()
    } else {
        require(o)?
    };
    let number = number(int);
    if number.negative && has(Py_ASNATIVEBYTES_REJECT_NEGATIVE) {
        return Err(no_negative());
    }
    // The bit beside that of the lowest byte first means the order of the machine, which is the same.
    let little = is_default || flags & Py_ASNATIVEBYTES_NATIVE_ENDIAN != 0;
    bytes::write(number, buffer, little);

    let is_unsigned = is_default || has(Py_ASNATIVEBYTES_UNSIGNED_BUFFER);
    let is_compact = number.digits.len() <= 1;
    let fits = size > 0 && bytes::fits(number, size, true);
    if size > 0 && !fits && !number.negative && bytes::fits(number, size, false) {
        return Ok(if is_unsigned { size } else { size + 1 });
    }
    if is_compact {
        return Ok(if fits { size.min(size_of::<isize>()) } else { size_of::<isize>() });
    }
    // A negative power of two that fits exactly needs no more.
    let needed = (magnitude::bit_length(number.digits) / 8 + 1) as usize;
    Ok(if fits && needed > size { size } else { needed })
}

/// Fills a buffer with the bytes of an `int`, if it fits and is not negative without a sign; otherwise false, or an
/// error with `raises` (CPython: `_PyLong_AsByteArray`).
pub fn fill_bytes(int: Int<'_>, buffer: &mut [MaybeUninit<u8>], [little, signed, raises]: [bool; 3]) -> Result<bool> {
    let number = number(int);
    let is_possible = signed || !number.negative;
    if raises || is_possible && (number.digits.is_empty() || bytes::fits(number, buffer.len(), signed)) {
        return bytes::to_bytes(number, buffer, little, signed).map(|()| true);
    }
    Ok(false)
}
