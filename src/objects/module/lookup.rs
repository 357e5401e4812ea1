//! The look-up of a module's attributes.

use super::{Module, attributes};
use crate::objects::{call, class_lookup, dict, str};
use crate::runtime::{Obj, Ref, Result};

/// An attribute of a module; `None`, without an error, when it is missing. First the generic look-up, then the module's
/// own `__getattr__`, whose errors are passed on.
pub fn find(module: Module<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    if let Some(value) = class_lookup::generic(*module, name)? {
        return Ok(Some(value));
    }
    const GETATTR: str::HashedName<'_> = str::HashedName::new("__getattr__");
    let fallback = dict::get_name(attributes(module), GETATTR);
    fallback.map(|fallback| call::vectorcall(fallback.borrow(), &[name], None)).transpose()
}
