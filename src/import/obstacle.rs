//! Obstacles to every import, whatever the module's name is: an error is pending, or the modules are at their end.

use super::load::find_or_load;
use crate::interpreter::end::{self, End};
use crate::runtime::{Obj, Raised, Result, error};
use crate::types::attribute;

/// Fails when there is an obstacle to an import by name (CPython: `PyImport_Import`, which begins with `builtins`).
#[inline(always)]
pub fn check() -> Result<()> {
    if end::has_reached(End::Near) || error::occurred() { check_all() } else { Ok(()) }
}

#[cold]
fn check_all() -> Result<()> {
    if let Some(pending) = error::pending() {
        return Err(pending);
    }
    end::check_modules()?;
    Ok(find_or_load("builtins").map(drop)?)
}

/// Handles a module that exists already, while an error is pending. CPython checks whether the module's import is done,
/// and takes the pending error for one of that check if the module does not say.
#[cold]
pub fn check_pending(module: Obj<'_>, pending: Raised) -> Result<()> {
    let before = error::take();
    let says = match attribute::find_str(module, "__spec__")? {
        Some(spec) => attribute::find_str(spec.borrow(), "_initializing")?.is_some(),
        None => false,
    };
    error::put_back(before);
    if says { Ok(()) } else { Err(pending) }
}
