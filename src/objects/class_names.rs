//! The names of the attributes of a class, for `__dir__` of objects and classes.

use super::dict::{self, Dict};
use super::{attributes, tuple};
use crate::runtime::{Obj, Result, stack};

/// Adds the names in the dicts of a class and its bases to a dict (CPython: `merge_class_dict`).
pub fn collect(names: Dict<'_>, class: Obj<'_>) -> Result<()> {
    stack::enter(" while collecting the names of a class")?;
    if let Some(own) = attributes::find_str(class, "__dict__")? {
        dict::update(names, own.borrow())?;
    }
    let bases = attributes::find_str(class, "__bases__")?;
    let bases = bases.as_ref().and_then(|bases| bases.borrow().downcast());
    bases.into_iter().flat_map(tuple::items).try_for_each(|base| collect(names, *base))
}
