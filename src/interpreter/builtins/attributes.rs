//! The functions of `builtins` that ask for attributes and names.

use super::common::{This, none, two};
use crate::objects::{arguments, dir as names, str};
use crate::runtime::{Obj, Raised, Ref, Result, known, raise};
use crate::types::attribute;

/// `getattr(o, name)` and `getattr(o, name, default)`
pub(super) fn getattr(_: This<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("getattr", arguments.len(), 2, 3)?;
    match *arguments {
        [o, name, default, ..] => Ok(attribute::get_optional(o, name)?.unwrap_or_else(|| default.to_ref())),
        [o, name] => attribute::get(o, name),
        _ => none(),
    }
}

/// `setattr(o, name, value)`
pub(super) fn setattr(_: This<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("setattr", arguments.len(), 3, 3)?;
    if let [o, name, value] = *arguments {
        attribute::set(o, name, Some(value))?;
    }
    none()
}

/// `delattr(o, name)`
pub(super) fn delattr(_: This<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    let [o, name] = two("delattr", arguments)?;
    attribute::set(o, name, None)?;
    none()
}

/// `hasattr(o, name)`
pub(super) fn hasattr(_: This<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    let [o, name] = two("hasattr", arguments)?;
    Ok(known::bool(attribute::has(o, name)?).to_ref())
}

/// `vars(o)`. Without an object it would be the local names of Python code, which does not run here.
pub(super) fn vars(_: This<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    let Some(o) = at_most_one("vars", arguments)? else { return Err(no_frame()) };
    let name = str::intern(str::from_str("__dict__")?)?;
    attribute::get_optional(o, name.borrow())?
        .ok_or_else(|| raise!(TypeError, "vars() argument must have __dict__ attribute"))
}

/// `dir(o)`. Without an object it would be the local names of Python code, which does not run here.
pub(super) fn dir(_: This<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    at_most_one("dir", arguments)?.map_or_else(|| Err(no_frame()), names::names_of)
}

fn at_most_one<'a>(function: &str, arguments: &[Obj<'a>]) -> Result<Option<Obj<'a>>> {
    arguments::between(function, arguments.len(), 0, 1)?;
    Ok(arguments.first().copied())
}

fn no_frame() -> Raised {
    raise!(SystemError, "frame does not exist")
}

/// `globals()` and `locals()`: None, as in CPython when C code calls them and no Python code runs.
pub(super) fn names_of_frame(_: This<'_>) -> Result<Ref> {
    none()
}
