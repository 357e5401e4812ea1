//! Adding objects, functions and documentation to a module.

use super::attributes;
use crate::abi::*;
use crate::objects::attributes as by_text;
use crate::objects::{dict, function, str};
use crate::protocol::attribute;
use crate::runtime::{Methods, Obj, Result, error, raise};
use core::ffi::CStr;

/// Adds an object under a name in UTF-8 (CPython: `PyModule_AddObjectRef`).
///
/// TypeError when `module` is not a module. Without a value the pending error is passed on; SystemError if there is
/// none.
pub fn add(module: Obj<'_>, name: &CStr, value: Option<Obj<'_>>) -> Result<()> {
    let Some(module) = module.downcast() else {
        return Err(raise!(TypeError, "PyModule_AddObjectRef() first argument must be a module"));
    };
    let Some(value) = value else {
        return Err(error::pending().unwrap_or_else(|| {
            raise!(SystemError, "PyModule_AddObjectRef() must be called with an exception raised if value is NULL")
        }));
    };
    dict::set(attributes(module), str::from_utf8(name.to_bytes())?.borrow(), value)
}

/// Adds a table of functions, bound to an object that is a module or represents one (CPython: `PyModule_AddFunctions`).
pub fn add_functions(module: Obj<'_>, functions: Methods, name: Obj<'_>) -> Result<()> {
    for row in functions.rows() {
        if row.flags() & (METH_CLASS | METH_STATIC) != 0 {
            return Err(raise!(ValueError, "module functions cannot set METH_CLASS or METH_STATIC"));
        }
        // SAFETY: the row is in a table that lives as long as the process, and has a function of the signature that its
        // flags name.
        let function = unsafe { function::new(row.as_ptr(), Some(module), Some(name), None) }?;
        let key = str::from_utf8(row.name().unwrap_or_default().to_bytes())?;
        attribute::set(module, key.borrow(), Some(function.borrow()))?;
    }
    Ok(())
}

/// Sets `__doc__` to a text in UTF-8 (CPython: `PyModule_SetDocString`).
pub fn set_doc(module: Obj<'_>, doc: &CStr) -> Result<()> {
    by_text::set_str(module, "__doc__", str::from_utf8(doc.to_bytes())?.borrow())
}
