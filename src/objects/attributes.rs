//! Attributes of objects by names that are text. An AttributeError gets the object and the name here.

use super::{class_lookup, str};
use crate::protocol::attribute;
use crate::runtime::{Obj, Ref, Result, error};

/// An attribute of any object (CPython: `PyObject_GetAttr`): a new reference. An AttributeError without an object and a
/// name gets them.
pub fn get(o: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    attribute::get(o, name).map_err(|raised| error::with_attribute(raised, o, name))
}

/// An attribute, by a name in UTF-8.
pub fn get_str(o: Obj<'_>, name: &str) -> Result<Ref> {
    get(o, str::intern(str::from_str(name)?)?.borrow())
}

/// An attribute, by a name in UTF-8; `None` when it is missing.
pub fn find_str(o: Obj<'_>, name: &str) -> Result<Option<Ref>> {
    class_lookup::optional(o, str::intern(str::from_str(name)?)?.borrow())
}

/// Sets an attribute, by a name in UTF-8.
pub fn set_str(o: Obj<'_>, name: &str, value: Obj<'_>) -> Result<()> {
    attribute::set(o, str::intern(str::from_str(name)?)?.borrow(), Some(value))
}
