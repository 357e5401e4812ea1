//! The parts that all functions of `builtins` share.

use crate::abi::PyObject;
use crate::objects::{arguments, constants};
use crate::runtime::{Obj, Ref, Result, View, refusal};

/// The first argument of each function: the module.
pub(super) type This<'a> = View<'a, PyObject>;

pub(super) fn none() -> Result<Ref> {
    Ok(constants::NONE.to_ref())
}

/// The two arguments of a function.
pub(super) fn two<'a>(function: &str, arguments: &[Obj<'a>]) -> Result<[Obj<'a>; 2]> {
    arguments::between(function, arguments.len(), 2, 2)?;
    arguments.try_into().map_err(|_| refusal::null_error())
}
