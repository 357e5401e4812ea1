//! What keeps imports from being done, whatever their names: an error that is pending, and the end of the modules, in
//! CPython's words for each part of the way there.

use super::find_or_load;
use crate::objects::attribute;
use crate::runtime::{Obj, Raised, Result, error, raise};
use core::sync::atomic::{AtomicU8, Ordering};

/// How far the end of the modules has come; each comes after the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum End {
    /// It has not begun.
    Far,
    /// Modules go; `builtins`, which CPython imports before any other, may be gone.
    Near,
    /// What CPython imports with has been emptied: only what is there already can be had.
    WithoutImporter,
    /// The dict of all modules has gone.
    Reached,
}

static END: AtomicU8 = AtomicU8::new(End::Far as u8);

/// Goes to a part of the way to the end, or back to its beginning when another life begins.
pub fn come_to(end: End) {
    END.store(end as u8, Ordering::Release);
}

#[inline(always)]
fn has_come(end: End) -> bool {
    END.load(Ordering::Acquire) >= end as u8
}

/// Whether the end of the modules has begun.
#[inline(always)]
pub fn is_near() -> bool {
    has_come(End::Near)
}

/// Fails when there is an obstacle to an import by name (CPython: `PyImport_Import`, which begins with `builtins`).
#[inline(always)]
pub fn check() -> Result<()> {
    if is_near() || error::occurred() { check_all() } else { Ok(()) }
}

#[cold]
fn check_all() -> Result<()> {
    if let Some(pending) = error::pending() {
        return Err(pending);
    }
    check_modules()?;
    Ok(find_or_load("builtins").map(drop)?)
}

/// Whether the dict of all modules has gone.
pub fn modules_are_gone() -> bool {
    has_come(End::Reached)
}

/// Fails when the dict of all modules has gone.
pub fn check_modules() -> Result<()> {
    if modules_are_gone() { Err(raise!(RuntimeError, "unable to get sys.modules")) } else { Ok(()) }
}

/// Fails when a module that is not there could not be looked for: CPython's importer is Python code, whose names are None
/// by then.
pub fn check_importer() -> Result<()> {
    if has_come(End::WithoutImporter) { Err(raise!(TypeError, "'NoneType' object is not callable")) } else { Ok(()) }
}

/// A module that is there already, for a caller with an error pending. CPython looks whether its import is done, and takes
/// the pending error for one of its own when the module does not say.
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
