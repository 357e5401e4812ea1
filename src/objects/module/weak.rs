//! References to modules that do not keep them alive, for the end of the runtime's life. There is no other use of them,
//! so that a module can be watched from one place at a time.

use super::Module;
use crate::abi::{PyModuleObject, PyObject};
use crate::runtime::{Obj, Own};
use core::cell::Cell;
use core::ptr::null_mut;

/// A place that refers to a module as long as it lives.
#[derive(Debug)]
#[repr(transparent)]
pub struct Weak(Cell<*mut PyObject>);

impl Weak {
    /// A place that refers to none.
    #[expect(clippy::new_without_default, reason = "the one way to make one")]
    pub const fn new() -> Self {
        Weak(Cell::new(null_mut()))
    }

    /// The module, as a new reference, if it lives.
    pub fn get(&self) -> Option<Own<PyModuleObject>> {
        // SAFETY: `watch` put a module there, and a module that goes takes itself out of its place.
        unsafe { Obj::from_ptr(self.0.get()).map(|module| Module::new_unchecked(module).to_own()) }
    }
}

/// Where a module keeps the place that watches it.
fn watcher(module: Module<'_>) -> *mut *mut PyObject {
    // SAFETY: only the address of a field of a live module is taken.
    unsafe { &raw mut (*module.fields()).md_weaklist }
}

/// Whether some place refers to the module.
pub fn is_watched(module: Module<'_>) -> bool {
    // SAFETY: a field of a live module.
    unsafe { !(*watcher(module)).is_null() }
}

/// Makes a place refer to a module, which no other does.
///
/// # Safety
/// The place stays where it is until [`unwatch`], or until the module goes.
pub unsafe fn watch(module: Module<'_>, place: &Weak) {
    place.0.set(module.as_ptr());
    // SAFETY: a field of a live module.
    unsafe { *watcher(module) = (&raw const *place).cast_mut().cast() };
}

/// Makes the place that refers to a module refer to none: the first thing that a module does when it goes.
pub fn unwatch(module: Module<'_>) {
    // SAFETY: a field of a live module: NULL, or a place that is still there.
    unsafe {
        let place = (*watcher(module)).cast::<Weak>();
        *watcher(module) = null_mut();
        if let Some(place) = place.as_ref() {
            place.0.set(null_mut());
        }
    }
}
