//! The sorted names of an object's attributes (CPython: `PyObject_Dir`).

use super::{call, class_lookup, convert, list, str};
use crate::runtime::{Obj, Ref, Result, raise};

/// A new list of the names that the object's `__dir__` gives, in order.
pub fn names_of(o: Obj<'_>) -> Result<Ref> {
    let name = str::intern(str::from_str("__dir__")?)?;
    let Some(method) = class_lookup::in_class(o.class(), name.borrow())? else {
        return Err(raise!(TypeError, "object does not provide __dir__"));
    };
    let names = call::vectorcall(class_lookup::bind(method, o)?.borrow(), &[], None)?;
    let names = convert::to_list(names.borrow())?;
    list::sort(names.borrow(), None, false)?;
    Ok(names.into())
}
