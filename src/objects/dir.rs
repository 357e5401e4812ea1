//! The sorted names of an object's attributes (CPython: `PyObject_Dir`).

use super::{convert, list, special};
use crate::runtime::{Obj, Ref, Result, raise};

/// A new list of the names that the object's `__dir__` gives, in order.
pub fn names_of(o: Obj<'_>) -> Result<Ref> {
    let names =
        special::call(o, "__dir__", &[])?.ok_or_else(|| raise!(TypeError, "object does not provide __dir__"))?;
    let names = convert::to_list(names.borrow())?;
    list::sort(names.borrow(), None, false)?;
    Ok(names.into())
}
