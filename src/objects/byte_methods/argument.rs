//! The arguments of operators and methods: the bytes of any object with a buffer, or one byte as a number.

use crate::abi::Exc;
use crate::objects::{bytes, index, int};
use crate::protocol::{buffer, number};
use crate::runtime::{Obj, Raised, Result, error, raise};

/// Passes the bytes of an object to a function; TypeError for an object without a buffer.
///
/// # Safety
/// The function runs no code of the program, which could change the bytes.
pub unsafe fn with<T>(o: Obj<'_>, work: impl FnOnce(&[u8]) -> Result<T>) -> Result<T> {
    match o.downcast_exactly(bytes::BYTES) {
        Some(bytes) => work(bytes::as_slice(bytes)),
        // SAFETY: both functions have the same condition.
        None => unsafe { buffer::with_bytes(o, work) },
    }
}

/// A byte: an integer from 0 to 255.
pub fn byte(o: Obj<'_>) -> Result<u8> {
    let (value, _) = int::as_i64_and_overflow(o)?;
    u8::try_from(value).map_err(|_| out_of_range())
}

/// ValueError: an integer is not a byte.
#[cold]
pub fn out_of_range() -> Raised {
    raise!(ValueError, "byte must be in range(0, 256)")
}

/// A part to search for: one byte, or the bytes of an object.
#[derive(Debug, Clone, Copy)]
enum Part<'a> {
    Byte(u8),
    Bytes(Obj<'a>),
}

impl<'a> Part<'a> {
    /// Passes the bytes of the part to a function.
    ///
    /// # Safety
    /// As for [`with`].
    unsafe fn with<T>(self, work: impl FnOnce(&[u8]) -> Result<T>) -> Result<T> {
        match self {
            Part::Byte(byte) => work(&[byte]),
            // SAFETY: both functions have the same condition.
            Part::Bytes(o) => unsafe { with(o, work) },
        }
    }
}

/// Passes the bytes to search for to a function: those of an object with a buffer, or an integer as a byte.
///
/// # Safety
/// As for [`with`].
pub unsafe fn with_part<T>(o: Obj<'_>, work: impl FnOnce(&[u8]) -> Result<T>) -> Result<T> {
    let part = if buffer::check(o) {
        Part::Bytes(o)
    } else if number::is_index(o) {
        // A number that does not fit into a `Py_ssize_t` is clamped, and the result is not a byte either.
        Part::Byte(u8::try_from(index::as_ssize_t(o, None)?).map_err(|_| out_of_range())?)
    } else {
        return Err(raise!(TypeError, "argument should be integer or bytes-like object, not '{}'", o.class().name()));
    };
    // SAFETY: both functions have the same condition.
    unsafe { part.with(work) }
}

/// Works as [`with_part`], for the operator `in`: CPython tries to get a number from any object, and clears the error
/// of that, or an error that was pending.
///
/// # Safety
/// As for [`with`].
pub unsafe fn with_contained<T>(o: Obj<'_>, work: impl FnOnce(&[u8]) -> Result<T>) -> Result<T> {
    if number::is_index(o)
        && let Ok(number) = index::as_ssize_t(o, None)
    {
        return u8::try_from(number).map_or_else(|_| Err(out_of_range()), |byte| work(&[byte]));
    }
    error::clear();
    // SAFETY: both functions have the same condition.
    unsafe { with(o, work) }
}

/// A number of items or of characters: an integer that fits into a `Py_ssize_t`.
pub fn size(o: Obj<'_>) -> Result<isize> {
    int::as_ssize_t(*number::index(o)?.borrow())
}

/// Whether the pending error is a TypeError.
pub fn is_type_error() -> bool {
    error::pending_is(Exc::TypeError)
}
