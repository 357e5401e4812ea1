//! Objects as sizes and as indices.

use super::int;
use crate::abi::Exc;
use crate::protocol::number;
use crate::runtime::{Obj, Result, error};

/// The object as a size, or the nearest size as an `Err` when it does not fit. The number -1 fails with an error that was
/// pending before: callers in CPython know a failure by the two.
pub fn nearest(o: Obj<'_>) -> Result<Result<isize, isize>> {
    let number = number::index(o)?;
    let number = int::number(number.borrow());
    match number.to_i64().and_then(|value| isize::try_from(value).ok()) {
        Some(value) => error::pending().filter(|_| value == -1).map_or(Ok(Ok(value)), Err),
        None => Ok(Err(if number.negative { isize::MIN } else { isize::MAX })),
    }
}

/// The object as a size, see [`nearest`]. A number that does not fit is cut to the nearest size, or raises the exception
/// given.
pub fn as_ssize_t(o: Obj<'_>, too_large: Option<Exc>) -> Result<isize> {
    nearest(o)?.or_else(|nearest| match too_large {
        None => Ok(nearest),
        Some(class) => Err(error::raise_formatted(
            class,
            format_args!("cannot fit '{}' into an index-sized integer", o.class().name()),
        )),
    })
}

/// An index that counts from the end when it is negative, as one that counts from the start. `key` has `__index__`.
pub fn position(key: Obj<'_>, length: usize) -> Result<isize> {
    let index = as_ssize_t(key, Some(Exc::IndexError))?;
    Ok(if index < 0 { index + length as isize } else { index })
}
