//! What the constructors ask of their arguments, with the errors of CPython's argument parser.

use crate::objects::{arguments, int, number, str, tuple};
use crate::runtime::{Obj, Result, raise};

/// The arguments, of which there must be exactly so many.
pub(super) fn exactly<const COUNT: usize>(args: Obj<'_>) -> Result<[Obj<'_>; COUNT]> {
    let given = tuple::items(args);
    <[Obj<'_>; COUNT]>::try_from(given)
        .map_err(|_| raise!(TypeError, "function takes exactly {COUNT} arguments ({} given)", given.len()))
}

/// Demands that an argument is a str.
pub(super) fn require_str(argument: Obj<'_>, position: usize) -> Result<()> {
    if str::check(argument) {
        return Ok(());
    }
    Err(raise!(TypeError, "argument {position} must be str, not {}", arguments::kind(argument)))
}

/// An argument that stands for a position.
pub(super) fn index(argument: Obj<'_>) -> Result<isize> {
    int::as_ssize_t(number::index(argument)?.borrow())
}
