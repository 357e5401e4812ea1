//! Objects as sizes and as indices.

use super::int;
use crate::abi::Exc;
use crate::protocol::number;
use crate::runtime::{Obj, Raised, Result, error};

/// The object as a size; `Err` with the nearest size when it does not fit. If an error is pending, the number -1 fails
/// with it, because in CPython these two mean failure.
#[inline]
pub fn nearest(o: Obj<'_>) -> Result<Result<isize, isize>> {
    match o.downcast().and_then(int::compact) {
        Some(value) if value != -1 => Ok(Ok(value)),
        _ => nearest_of_any(o),
    }
}

/// [`nearest`] out of line, for what is no `int` of one digit, and for -1.
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

/// An index from the start: a negative one counts from the end. `key` has `__index__`.
#[inline]
pub fn position(key: Obj<'_>, length: usize) -> Result<isize> {
    let index = as_ssize_t(key, Some(Exc::IndexError))?;
    Ok(if index < 0 { index + length as isize } else { index })
}
