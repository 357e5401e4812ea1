//! `PyCapsule_Import`: the walk along a dotted name to the capsule of that name.

use super::{Capsule, CapsuleError, Name};
use crate::abi::Exc;
use crate::import;
use crate::objects::{dict, exceptions, module, str};
use crate::runtime::{Obj, Ref, Result, error, memory, thread};
use crate::types::attribute;
use core::ffi::c_void;

/// The pointer of the capsule of this name. The first part of the name is a module, which is imported. Each other part
/// is an attribute of the object before it, or else a submodule. The last object must be a capsule that has the whole
/// name.
///
/// Threads share these objects, so a thread without the GIL takes it for the walk.
pub fn import(name: Name) -> Result<*mut c_void> {
    thread::with_gil(|| import_with_gil(name))?
}

fn import_with_gil(name: Name) -> Result<*mut c_void> {
    // SAFETY: the name is the argument of `PyCapsule_Import`, which stays readable until that returns.
    let Some(text) = (unsafe { name.text() }) else { return Err(CapsuleError::ImportNullName.into()) };
    let object = walk(text.to_bytes())?;
    match Capsule::legal(object.borrow()).filter(|capsule| capsule.name().matches(name)) {
        Some(capsule) => Ok(capsule.0.pointer.get()),
        None => Err(CapsuleError::NotValid(text.to_bytes()).into()),
    }
}

/// The object at the end of a dotted name. A part that is not UTF-8 can't be found.
fn walk(name: &[u8]) -> Result<Ref> {
    let (first, mut after) = split(name);
    let mut object = import_first(first)?;
    while let [_dot, rest @ ..] = after {
        let part;
        (part, after) = split(rest);
        object = step(object.borrow(), part, name, after)?;
    }
    Ok(object)
}

/// The part up to the first dot, and the rest with that dot.
#[inline(always)]
fn split(name: &[u8]) -> (&[u8], &[u8]) {
    memory::find_byte(name, b'.').and_then(|dot| name.split_at_checked(dot)).unwrap_or((name, &[]))
}

/// The first module of the name. The error does not say why it can't be imported, as in CPython.
fn import_first(name: &[u8]) -> Result<Ref> {
    let text = match str::words::is_ascii(name) {
        // SAFETY: `is_ascii` has just found that every byte is ASCII, so the name is UTF-8.
        true => Some(unsafe { core::str::from_utf8_unchecked(name) }),
        false => core::str::from_utf8(name).ok(),
    };
    let text = text.filter(|_| import::obstacle::check().is_ok());
    let found = text.map(import::import_if_found);
    found.and_then(Result::ok).flatten().ok_or_else(|| CapsuleError::CannotImport(name).into())
}

/// The next object: the attribute `part` of `object`, or else the submodule whose name is the dotted name without
/// `after`.
#[inline(always)]
fn step(object: Obj<'_>, part: &[u8], name: &[u8], after: &[u8]) -> Result<Ref> {
    let key = str::HashedName::from_utf8(part);
    // Most attributes of modules are in their dicts, so these are looked up first. Only a name with underscores may be
    // a data descriptor of the class, which precedes the dict.
    if let Some(module) = object.downcast_exactly(module::MODULE)
        && !matches!(part, [b'_', b'_', ..])
        && let Some(value) = dict::get_name(module::attributes(module), key)
    {
        return Ok(value);
    }
    step_by_object(object, key, name.strip_suffix(after).unwrap_or_default())
}

/// The next object, by the look-ups that need the name as an object.
#[cold]
fn step_by_object(object: Obj<'_>, key: str::HashedName<'_>, so_far: &[u8]) -> Result<Ref> {
    let attribute = attribute::get(object, str::from_name(key)?.borrow());
    if attribute.is_ok() || !module::check(object) || !exceptions::pending_is(Exc::AttributeError) {
        return attribute;
    }
    let missing = error::take();
    match import::import_if_found(core::str::from_utf8(so_far).unwrap_or_default()) {
        Ok(Some(module)) => Ok(module),
        Ok(None) => {
            error::put_back(missing);
            attribute
        }
        Err(_) => Err(CapsuleError::CannotImport(so_far).into()),
    }
}
