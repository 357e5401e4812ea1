//! Imports by a module's full name, as the C API has them.

use super::failure::{Failure, not_in_package};
use super::load::{find_or_load, find_or_load_with_top};
use super::name::outer;
use super::obstacle;
use crate::abi::Exc;
use crate::interpreter::import_lock::{self, Others};
use crate::interpreter::registry;
use crate::objects::constants::NONE;
use crate::objects::exceptions::raise_import_error;
use crate::objects::{dict, str};
use crate::protocol::text;
use crate::runtime::{Obj, Ref, Result, error, raise, thread};
use crate::types::attribute;
use core::ffi::CStr;

/// Imports a module by its full name, in a thread that holds the GIL.
fn import(name: &str) -> Result<Ref> {
    obstacle::check()?;
    Ok(find_or_load_with_top(name)?)
}

/// Imports a module by its full name, an object, in any thread (CPython: `PyImport_Import`). All threads share the
/// modules, so a thread without the GIL takes it during the import.
pub fn import_object(name: Obj<'_>) -> Result<Ref> {
    thread::with_gil(|| {
        obstacle::check()?;
        let Some(text) = name.downcast() else {
            return Err(raise!(TypeError, "module name must be a string"));
        };
        match str::utf8_if_any(text)? {
            Some(text) => Ok(find_or_load_with_top(text)?),
            None => import_unwritable(name),
        }
    })?
}

/// Imports a module whose name contains surrogates. No file and no table has such a name, so the module exists only if
/// other code has put it into `sys.modules`.
#[cold]
pub(super) fn import_unwritable(name: Obj<'_>) -> Result<Ref> {
    let message = match dict::get(registry::modules()?.borrow(), name)? {
        Some(module) if !module.borrow().is(NONE) => return Ok(module),
        Some(_) => str::format(format_args!("import of {} halted; None in sys.modules", str::as_text(name)))?,
        None => {
            let shown = text::repr(name)?;
            let shown = str::as_text(shown.borrow());
            if let Some(package) = outer(name)? {
                let module = import_object(package.borrow())?;
                if attribute::find_str(module.borrow(), "__path__")?.is_none() {
                    let package = text::repr(package.borrow())?;
                    let package = str::as_text(package.borrow());
                    let message = str::format(format_args!("No module named {shown}; {package} is not a package"))?;
                    return Err(not_in_package(message.borrow(), name, Some(module))?);
                }
            }
            str::format(format_args!("No module named {shown}"))?
        }
    };
    Err(raise_import_error(Exc::ModuleNotFoundError, message.borrow(), name, None))
}

/// Imports a module by its full name in UTF-8, in any thread (CPython: `PyImport_ImportModule`).
pub fn import_c_str(name: &CStr) -> Result<Ref> {
    match name.to_str() {
        Ok(name) => thread::with_gil(|| import(name))?,
        Err(_) => import_object(str::from_utf8(name.to_bytes())?.borrow()),
    }
}

/// Imports a module that is in no package, or whose package is imported; `None` when the module does not exist. The
/// caller has checked for an [`obstacle`].
#[inline(always)]
pub fn import_if_found(name: &str) -> Result<Option<Ref>> {
    match find_or_load(name) {
        Ok(module) => Ok(Some(module)),
        Err(Failure::Raised(raised)) => Err(raised),
        Err(_) => Ok(None),
    }
}

/// A module that exists already, after its import is done (CPython: `PyImport_GetModule`).
pub fn get(name: Obj<'_>) -> Result<Option<Ref>> {
    thread::with_gil(|| {
        let Some(module) = dict::get(registry::modules()?.borrow(), name)? else { return Ok(None) };
        if !module.borrow().is(NONE) {
            if let Some(pending) = error::pending() {
                obstacle::check_pending(module.borrow(), pending)?;
            }
            if wait_for(name)? == Others::Gone {
                return Ok(None);
            }
        }
        Ok(Some(module))
    })?
}

/// Waits until no other thread imports a module. No module is imported under a name that is not a `str`.
fn wait_for(name: Obj<'_>) -> Result<Others> {
    let Some(name) = name.downcast() else { return Ok(Others::None) };
    str::utf8_if_any(name)?.map_or(Ok(Others::None), import_lock::wait_for)
}
