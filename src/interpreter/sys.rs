//! The objects of the module `sys`, by name.

use super::registry;
use crate::abi::PyDictObject;
use crate::objects::{dict, str};
use crate::runtime::{Obj, Ref, Result};
use core::ffi::CStr;

/// An object of `sys`; `None` when it is missing.
pub fn get(name: &str) -> Result<Option<Ref>> {
    dict::get_str(registry::sys_dict()?.borrow(), name)
}

/// An object of `sys` by its name in UTF-8; `None` when it is missing (CPython: `PySys_GetObject`).
pub fn get_named(name: &CStr) -> Result<Option<Ref>> {
    match name.to_str() {
        Ok(name) => get(name),
        Err(_) => dict::get(registry::sys_dict()?.borrow(), str::from_utf8(name.to_bytes())?.borrow()),
    }
}

/// Sets an object of `sys` (CPython: `PySys_SetObject`). Without a value it is deleted, if it exists.
pub fn set(name: &CStr, value: Option<Obj<'_>>) -> Result<()> {
    let attributes = registry::sys_dict()?;
    let name = str::intern(str::from_utf8(name.to_bytes())?)?;
    match value {
        Some(value) => dict::set(attributes.borrow(), name.borrow(), value),
        None => dict::remove(attributes.borrow(), name.borrow()).map(drop),
    }
}

/// `sys._xoptions`, a dict, which is made if it is missing or another object (CPython: `PySys_GetXOptions`).
pub fn options() -> Result<Ref> {
    if let Some(options) = get("_xoptions")?.filter(|options| options.borrow().downcast::<PyDictObject>().is_some()) {
        return Ok(options);
    }
    let options = dict::new()?.into_ref();
    set(c"_xoptions", Some(options.borrow()))?;
    Ok(options)
}
