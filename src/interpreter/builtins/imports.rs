//! `__import__`.

use super::common::This;
use crate::abi::{PyMethodDef, PyObject};
use crate::objects::arguments::Signature;
use crate::objects::dict::Dict;
use crate::objects::{int, slots};
use crate::runtime::{Obj, Ref, Result, error};
use core::ffi::c_int;

unsafe extern "C" {
    /// The import itself, which stands two rooms above.
    fn PyImport_ImportModuleLevelObject(
        name: *mut PyObject,
        globals: *mut PyObject,
        locals: *mut PyObject,
        wanted: *mut PyObject,
        level: c_int,
    ) -> *mut PyObject;
}

/// The row of the table of functions.
pub(super) const IMPORT: PyMethodDef = slots::method_named(c"__import__", import)
    .with_doc(c"__import__($module, /, name, globals=None, locals=None, fromlist=(),\n           level=0)\n--\n\n");

fn import(_: This<'_>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    let names = ["name", "globals", "locals", "fromlist", "level"];
    let [name, globals, locals, wanted, level] =
        Signature { function: "__import__", names, required: 1 }.parse(arguments, keywords)?;
    let level = level.map_or(Ok(0), |level| int::as_c_int(level.borrow()))?;
    let pointer = |o: &Option<Ref>| o.as_ref().map(Ref::borrow).map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: each pointer is NULL or an object that lives until the call returns.
    let module = unsafe {
        Ref::from_ptr(PyImport_ImportModuleLevelObject(
            pointer(&name),
            pointer(&globals),
            pointer(&locals),
            pointer(&wanted),
            level,
        ))
    };
    module.ok_or_else(|| error::fetched_from_c("__import__"))
}
