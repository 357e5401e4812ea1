//! The names of an object's attributes: `dir`, and the names that a class and its bases have.

use super::dict::{self, Dict};
use super::{attributes, convert, list, special, tuple};
use crate::runtime::{Obj, Ref, Result, raise, stack};

/// A new list of the names that the object's `__dir__` gives, in order (CPython: `PyObject_Dir`).
pub fn names_of(o: Obj<'_>) -> Result<Ref> {
    let names =
        special::call(o, "__dir__", &[])?.ok_or_else(|| raise!(TypeError, "object does not provide __dir__"))?;
    let names = convert::to_list(names.borrow())?;
    list::sort(names.borrow(), None, false)?;
    Ok(names.into())
}

/// Adds the names in the dicts of a class and its bases to a dict (CPython: `merge_class_dict`).
pub fn add_names_of_class(names: Dict<'_>, class: Obj<'_>) -> Result<()> {
    stack::enter(" while collecting the names of a class")?;
    if let Some(own) = attributes::find_str(class, "__dict__")? {
        dict::update(names, own.borrow())?;
    }
    let bases = attributes::find_str(class, "__bases__")?;
    let bases = bases.as_ref().and_then(|bases| bases.borrow().downcast());
    bases.into_iter().flat_map(tuple::items).try_for_each(|base| add_names_of_class(names, *base))
}
