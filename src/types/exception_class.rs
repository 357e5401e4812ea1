//! Exception classes of extensions (CPython: `PyErr_NewException`).

use crate::abi::*;
use crate::objects::{class_call, dict, str, tuple};
use crate::runtime::{Obj, Ref, Result, View, known, raise};

/// A new exception class. Its name is UTF-8 and contains a dot. Documentation, a base or a tuple of bases, and a dict
/// of attributes are optional; the documentation and a missing `__module__` are put into that dict.
pub fn new(name: &[u8], doc: Option<&[u8]>, base: Option<Obj<'_>>, attributes: Option<Obj<'_>>) -> Result<Ref> {
    let attributes = || match attributes {
        Some(given) => given.downcast().map(View::to_own).ok_or_else(|| {
            let kind = given.class();
            raise!(SystemError, "PyErr_NewException called with a dict that is a '{}'", kind.name())
        }),
        None => dict::new(),
    };
    // The documentation is in the dict before the name is looked at, and the dict is looked at last.
    let documented = match doc {
        Some(doc) => {
            let attributes = attributes()?;
            dict::set_str(attributes.borrow(), "__doc__", str::from_utf8(doc)?.borrow())?;
            Some(attributes)
        }
        None => None,
    };
    let Some(dot) = name.iter().rposition(|&byte| byte == b'.') else {
        return Err(raise!(SystemError, "PyErr_NewException: name must be module.class"));
    };
    let attributes = documented.map_or_else(attributes, Ok)?;
    let (module, name) = (name.get(..dot).unwrap_or_default(), name.get(dot + 1..).unwrap_or_default());
    if dict::get_str(attributes.borrow(), "__module__")?.is_none() {
        dict::set_str(attributes.borrow(), "__module__", str::from_utf8(module)?.borrow())?;
    }
    let base = base.unwrap_or(Exc::Exception.class().as_obj());
    let bases = base.downcast().map_or_else(|| tuple::from_slice(&[base]), |bases| Ok(bases.to_own()))?;
    let name = str::from_utf8(name)?;
    let arguments = [name.borrow(), bases.as_obj(), attributes.as_obj()];
    class_call::instantiate(known::TYPE, tuple::from_slice(&arguments)?.borrow(), None)
}
