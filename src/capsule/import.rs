//! `PyCapsule_Import`: the walk along a dotted name to the capsule that has it.

use super::{Capsule, CapsuleError, Name};
use crate::abi::Exc;
use crate::import;
use crate::objects::{attribute, dict, exceptions, module, str};
use crate::runtime::{Obj, Raised, Ref, Result, error, memory, thread};
use core::ffi::c_void;

/// The pointer of the capsule of this name: the first part is a module, which is imported; each other one is an attribute
/// of the object before it, or else a submodule; what is found last must be a capsule that has the whole name.
///
/// All of these are shared by threads, so that one without the GIL takes it for as long as it looks.
pub fn import(name: Name) -> Result<*mut c_void> {
    thread::with_gil(|| import_with_gil(name))?
}

fn import_with_gil(name: Name) -> Result<*mut c_void> {
    let Some(text) = name.text() else { return Err(CapsuleError::ImportNullName.into()) };
    let object = find(text.to_bytes())?;
    match Capsule::legal(object.borrow()).filter(|capsule| capsule.name().matches(name)) {
        Some(capsule) => Ok(capsule.0.pointer.get()),
        None => Err(CapsuleError::NotValid(text.to_bytes()).into()),
    }
}

/// The object at the end of a dotted name. Where that is not UTF-8, the walk ends before the part that is not.
fn find(name: &[u8]) -> Result<Ref> {
    if name.is_ascii() {
        // SAFETY: ASCII is UTF-8, and quicker to tell.
        return walk(unsafe { core::str::from_utf8_unchecked(name) });
    }
    let valid = match core::str::from_utf8(name) {
        Ok(name) => return walk(name),
        Err(error) => name.get(..error.valid_up_to()).unwrap_or_default(),
    };
    let part_of = |name: &'_ [u8]| name.split(|byte| *byte == b'.').next().map_or(0, <[u8]>::len);
    match valid.iter().rposition(|byte| *byte == b'.') {
        Some(dot) => {
            walk(core::str::from_utf8(valid.get(..dot).unwrap_or_default()).unwrap_or_default())?;
            let rest = name.get(dot + 1..).unwrap_or_default();
            str::from_utf8(rest.get(..part_of(rest)).unwrap_or_default())
        }
        None => Err(CapsuleError::CannotImport(name.get(..part_of(name)).unwrap_or_default()).into()),
    }
}

fn walk(name: &str) -> Result<Ref> {
    // Where the part that begins at `start` ends: at a dot, or with the name.
    let end_of_part = |start: usize| {
        let length = name.as_bytes().get(start..).and_then(|rest| memory::find_byte(rest, b'.'));
        length.map_or(name.len(), |length| start + length)
    };
    // SAFETY: a part begins and ends at a dot or an end of the name, so inside of it and between characters.
    let part = |start, end| unsafe { name.get_unchecked(start..end) };
    let mut end = end_of_part(0);
    let first = part(0, end);
    // Why a module can't be imported is not told, as in CPython.
    let cannot_import = || Raised::from(CapsuleError::CannotImport(first.as_bytes()));
    let mut object = import::import_if_found(first).map_err(|_| cannot_import())?.ok_or_else(cannot_import)?;
    while end < name.len() {
        let start = end + 1;
        end = end_of_part(start);
        object = step(object.borrow(), part(start, end), part(0, end))?;
    }
    Ok(object)
}

/// What comes after an object: its attribute `part`, or else the submodule with the dotted name `so_far`.
#[inline]
fn step(object: Obj<'_>, part: &str, so_far: &str) -> Result<Ref> {
    let name = str::Name::new(part);
    // What most modules have is in their dicts, and the class of modules has no name that goes before it, but for some
    // with underscores.
    if object.is_exactly(module::MODULE)
        && !part.starts_with("__")
        && let Some(value) = dict::get_name(module::attributes(object), name)
    {
        return Ok(value);
    }
    step_by_object(object, name, so_far)
}

/// The same, in the ways that need the name as an object.
#[cold]
fn step_by_object(object: Obj<'_>, name: str::Name<'_>, so_far: &str) -> Result<Ref> {
    let attribute = attribute::get(object, str::from_name(name)?.borrow());
    if attribute.is_ok() || !module::check(object) || !exceptions::pending_is(Exc::AttributeError) {
        return attribute;
    }
    let missing = error::take();
    match import::import_if_found(so_far) {
        Ok(Some(module)) => Ok(module),
        Ok(None) => {
            error::put_back(missing);
            attribute
        }
        Err(_) => Err(CapsuleError::CannotImport(so_far.as_bytes()).into()),
    }
}
