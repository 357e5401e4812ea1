//! The dict of the keyword arguments of a call.

use super::{new, set};
use crate::abi::PyDictObject;
use crate::objects::tuple::{self, Tuple};
use crate::runtime::{Obj, Own, Result};

/// A new dict of keyword arguments: their names, and their values in the same order. `None` when there are none.
pub fn of_names(names: Option<Tuple<'_>>, values: &[Obj<'_>]) -> Result<Option<Own<PyDictObject>>> {
    let Some(names) = names.filter(|names| tuple::len(*names) > 0) else { return Ok(None) };
    let keywords = new()?;
    for (name, value) in tuple::items(names).iter().zip(values) {
        set(keywords.borrow(), *name, *value)?;
    }
    Ok(Some(keywords))
}
