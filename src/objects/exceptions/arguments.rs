//! Checks of constructors' arguments, with the error messages of CPython's argument parser.

use crate::objects::tuple::Tuple;
use crate::objects::{arguments, int, str, tuple};
use crate::protocol::number;
use crate::runtime::{Obj, Result, raise};

/// The arguments as an array; TypeError for another number of them.
pub(super) fn exactly<const COUNT: usize>(args: Tuple<'_>) -> Result<[Obj<'_>; COUNT]> {
    let given = tuple::items(args);
    <[Obj<'_>; COUNT]>::try_from(given)
        .map_err(|_| raise!(TypeError, "function takes exactly {COUNT} arguments ({} given)", given.len()))
}

/// TypeError unless an argument is a str.
pub(super) fn require_str(argument: Obj<'_>, position: usize) -> Result<()> {
    if str::check(argument) {
        return Ok(());
    }
    Err(raise!(TypeError, "argument {position} must be str, not {}", arguments::kind(argument)))
}

/// An argument that is an index.
pub(super) fn index(argument: Obj<'_>) -> Result<isize> {
    int::as_ssize_t(*number::index(argument)?.borrow())
}
