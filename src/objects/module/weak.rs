//! References to modules that do not keep them alive, for the end of the runtime's life. They have no other use, so a
//! module can be watched from only one place at a time.

use super::Module;
use crate::abi::{PyModuleObject, PyObject};
use crate::runtime::{Obj, Own};
use core::cell::Cell;
use core::ptr::null_mut;

/// A place that refers to a module for as long as the module lives.
#[derive(Debug)]
#[repr(transparent)]
pub struct Weak(Cell<*mut PyObject>);

impl Weak {
    /// A place that refers to no module.
    #[expect(clippy::new_without_default, reason = "the one way to make one")]
    pub const fn new() -> Self {
        Weak(Cell::new(null_mut()))
    }

    /// The module, as a new reference, if it is alive.
    pub fn get(&self) -> Option<Own<PyModuleObject>> {
        // SAFETY: `watch` stored a module there, and a module that is destroyed clears its place.
        unsafe { Obj::from_ptr(self.0.get()).map(|module| Module::new_unchecked(module).to_own()) }
    }
}

/// The field of a module with the place that watches it.
fn watcher(module: Module<'_>) -> *mut *mut PyObject {
    // SAFETY: only the address of a field of a live module is taken.
    unsafe { &raw mut (*module.fields()).md_weaklist }
}

/// Whether a place refers to the module.
pub fn is_watched(module: Module<'_>) -> bool {
    // SAFETY: the field belongs to a live module.
    unsafe { !(*watcher(module)).is_null() }
}

/// Makes a place refer to a module that no other place refers to.
///
/// # Safety
/// The place does not move until [`unwatch`], or until the module is destroyed.
pub unsafe fn watch(module: Module<'_>, place: &Weak) {
    place.0.set(module.as_ptr());
    // SAFETY: the field belongs to a live module.
    unsafe { *watcher(module) = (&raw const *place).cast_mut().cast() };
}

/// Clears the place that refers to a module: the first step of the module's destruction.
pub fn unwatch(module: Module<'_>) {
    // SAFETY: the field belongs to a live module. It is NULL, or a place that still exists.
    unsafe {
        let place = (*watcher(module)).cast::<Weak>();
        *watcher(module) = null_mut();
        if let Some(place) = place.as_ref() {
            place.0.set(null_mut());
        }
    }
}
