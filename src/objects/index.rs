//! Objects as sizes and as indices, and the errors for an index that a sequence does not have.

use super::int;
use super::slice::Slice;
use crate::abi::Exc;
use crate::protocol::number;
use crate::runtime::{Obj, Raised, Result, error, raise};

/// The object as a size; `Err` with the nearest size when it does not fit. If an error is pending, the number -1 fails
/// with it, because in CPython these two mean failure.
#[inline]
pub fn nearest(o: Obj<'_>) -> Result<Result<isize, isize>> {
    match o.downcast().and_then(int::compact) {
        Some(value) if value != -1 => Ok(Ok(value)),
        _ => nearest_of_any(o),
    }
}

/// Works as [`nearest`]. Out of line, for an object that is not an `int` of one digit, and for -1.
#[inline(never)]
fn nearest_of_any(o: Obj<'_>) -> Result<Result<isize, isize>> {
    let number = number::index(o)?;
    let number = int::number(number.borrow());
    match number.to_i64().and_then(|value| isize::try_from(value).ok()) {
        Some(value) => error::pending().filter(|_| value == -1).map_or(Ok(Ok(value)), Err),
        None => Ok(Err(if number.negative { isize::MIN } else { isize::MAX })),
    }
}

/// The object as a size, see [`nearest`]. A number that does not fit is clamped, or raises the given exception.
#[inline]
pub fn as_ssize_t(o: Obj<'_>, too_large: Option<Exc>) -> Result<isize> {
    nearest(o)?.or_else(|nearest| match too_large {
        None => Ok(nearest),
        Some(class) => Err(cannot_fit(o, class)),
    })
}

#[cold]
#[inline(never)]
fn cannot_fit(o: Obj<'_>, class: Exc) -> Raised {
    let message = format_args!("cannot fit '{}' into an index-sized integer", o.class().name());
    error::raise_formatted(class, message)
}

/// A key that is a slice. Asked before [`position`], which refuses slices; a number, the usual key, needs one check for both.
#[inline(always)]
pub fn as_slice(key: Obj<'_>) -> Option<Slice<'_>> {
    if number::is_index(key) { None } else { key.downcast() }
}

/// An object as an index from the start: a negative index counts from the end. TypeError for an object without `__index__`;
/// `kind` is the kind of sequence, for the message.
#[inline]
pub fn position(key: Obj<'_>, length: usize, kind: &'static str) -> Result<isize> {
    let index = number(key, kind)?;
    Ok(if index < 0 { index + length as isize } else { index })
}

/// An object as an index, which counts from the end if it is negative; the errors are those of [`position`].
#[inline]
pub fn number(key: Obj<'_>, kind: &'static str) -> Result<isize> {
    if number::is_index(key) { as_ssize_t(key, Some(Exc::IndexError)) } else { Err(no_index(key, kind)) }
}

#[cold]
#[inline(never)]
fn no_index(key: Obj<'_>, kind: &'static str) -> Raised {
    raise!(TypeError, "{kind} indices must be integers or slices, not {}", key.class().name())
}

/// IndexError with a message. Out of line, so that the functions which check an index need no stack frame for the error.
#[cold]
#[inline(never)]
pub fn out_of_range(message: &'static str) -> Raised {
    error::raise(Exc::IndexError, message)
}
