//! The stage of the end of the modules, and the imports that are no longer possible in each stage, with CPython's
//! messages.

use crate::runtime::{Result, raise};
use core::sync::atomic::{AtomicU8, Ordering};

/// The stages of the end of the modules, in the order in which they are reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum End {
    /// The end has not begun.
    Far,
    /// Modules are being dropped. `builtins`, which CPython imports before any other, may be gone.
    Near,
    /// The objects that CPython's importer needs are None: an import finds only modules that exist already.
    WithoutImporter,
    /// The dict of all modules is gone.
    Reached,
    /// The functions of `Py_AtExit` are being called: the interpreter is gone.
    ExitFunctions,
}

static END: AtomicU8 = AtomicU8::new(End::Far as u8);

/// Enters a stage, or returns to the first one when another life begins.
pub fn enter(stage: End) {
    END.store(stage as u8, Ordering::Release);
}

/// Whether a stage has been reached.
#[inline(always)]
pub fn has_reached(stage: End) -> bool {
    END.load(Ordering::Acquire) >= stage as u8
}

/// Fails when the dict of all modules is gone.
pub fn check_modules() -> Result<()> {
    if has_reached(End::Reached) { Err(raise!(RuntimeError, "unable to get sys.modules")) } else { Ok(()) }
}

/// Fails when a missing module could not be searched for: CPython's importer is Python code, whose names are None by
/// then.
pub fn check_importer() -> Result<()> {
    if has_reached(End::WithoutImporter) { Err(raise!(TypeError, "'NoneType' object is not callable")) } else { Ok(()) }
}
