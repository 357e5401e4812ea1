//! `PyCapsule_Import`: the walk along a dotted name to the capsule that has it.

use super::{Capsule, CapsuleError, Name};
use crate::abi::Exc;
use crate::import;
use crate::objects::{attribute, dict, exceptions, module, str};
use crate::runtime::{Obj, Ref, Result, error};
use core::ffi::c_void;

/// The pointer of the capsule of this name: the first part is a module, which is imported; each other one is an attribute
/// of the object before it, or else a submodule; what is found last must be a capsule that has the whole name.
pub fn import(name: Name) -> Result<*mut c_void> {
    let Some(text) = name.text() else { return Err(CapsuleError::ImportNullName.into()) };
    let text = text.to_bytes();
    let mut parts = text.split(|byte| *byte == b'.');
    let first = parts.next().unwrap_or_default();
    let mut object = import_first(first)?;
    let mut end = first.len();
    for part in parts {
        end += 1 + part.len();
        object = step(object.borrow(), part, text.get(..end).unwrap_or_default())?;
    }
    match Capsule::legal(object.borrow()).filter(|capsule| capsule.name().matches(name)) {
        Some(capsule) => Ok(capsule.0.pointer.get()),
        None => Err(CapsuleError::NotValid(text).into()),
    }
}

/// The module that the walk begins with. Why it can't be imported is not told, as in CPython.
fn import_first(name: &[u8]) -> Result<Ref> {
    let module = core::str::from_utf8(name).ok().and_then(|name| import::import(name).ok());
    module.ok_or_else(|| CapsuleError::CannotImport(name).into())
}

/// What comes after an object: its attribute `part`, or else the submodule with the dotted name `so_far`.
fn step(object: Obj<'_>, part: &[u8], so_far: &[u8]) -> Result<Ref> {
    // What most modules have is in their dicts, and no class of modules has a name that goes before it, but for those
    // with underscores.
    if object.is_exactly(module::MODULE)
        && !part.starts_with(b"__")
        && let Ok(part) = core::str::from_utf8(part)
        && let Some(value) = dict::get_str(module::attributes(object), part)?
    {
        return Ok(value);
    }
    let attribute = attribute::get(object, str::from_utf8(part)?.borrow());
    if attribute.is_ok() || !module::check(object) || !exceptions::pending_is(Exc::AttributeError) {
        return attribute;
    }
    let Ok(submodule) = core::str::from_utf8(so_far) else { return attribute };
    let missing = error::take();
    match import::import_if_found(submodule) {
        Ok(Some(module)) => Ok(module),
        Ok(None) => {
            error::put_back(missing);
            attribute
        }
        Err(_) => Err(CapsuleError::CannotImport(so_far).into()),
    }
}
