//! Exception classes of extensions (CPython: `PyErr_NewException`).

use crate::abi::*;
use crate::objects::{class, dict, str, tuple};
use crate::runtime::{Obj, Ref, Result, raise};

/// A new exception class from a name with a dot in UTF-8, perhaps its documentation, its base or a tuple of bases, and a
/// dict of attributes, which also gets `__module__` and `__doc__` if it does not have them.
pub fn new_class(name: &[u8], doc: Option<&[u8]>, base: Option<Obj<'_>>, attributes: Option<Obj<'_>>) -> Result<Ref> {
    let attributes = match attributes {
        Some(attributes) if dict::check(attributes) => attributes.to_ref(),
        Some(other) => {
            let kind = other.class();
            return Err(raise!(SystemError, "PyErr_NewException called with a dict that is a '{}'", kind.name()));
        }
        None => dict::new()?,
    };
    if let Some(doc) = doc {
        dict::set_str(attributes.borrow(), "__doc__", str::from_utf8(doc)?.borrow())?;
    }
    let Some(dot) = name.iter().rposition(|&byte| byte == b'.') else {
        return Err(raise!(SystemError, "PyErr_NewException: name must be module.class"));
    };
    let (module, name) = (name.get(..dot).unwrap_or_default(), name.get(dot + 1..).unwrap_or_default());
    if dict::get_str(attributes.borrow(), "__module__")?.is_none() {
        dict::set_str(attributes.borrow(), "__module__", str::from_utf8(module)?.borrow())?;
    }
    let base = base.unwrap_or(Exc::Exception.class().as_obj());
    let bases = if tuple::check(base) { base.to_ref() } else { tuple::from_slice(&[base])? };
    class::heap::new(str::from_utf8(name)?.borrow(), bases.borrow(), attributes.borrow())
}
