//! References to modules that do not keep them alive, for the end of the runtime's life: weak references without memory
//! of their own.

use super::Module;
use crate::abi::{PyModuleObject, PyObject, PyWeakReference};
use crate::runtime::known::{NONE, OBJECT};
use crate::runtime::{Obj, Own, weak};
use core::cell::UnsafeCell;

/// A place that refers to a module for as long as the module lives.
#[derive(Debug)]
#[repr(transparent)]
pub struct Weak(UnsafeCell<PyWeakReference>);

impl Weak {
    /// A place that refers to no module. It is of no type of weak references, so that it is never handed out as one.
    #[expect(clippy::new_without_default, reason = "the one way to make one")]
    pub const fn new() -> Self {
        // SAFETY: the fields are integers and pointers that may be NULL, for all of which zero is a value.
        let blank: PyWeakReference = unsafe { core::mem::zeroed() };
        Weak(UnsafeCell::new(PyWeakReference {
            ob_base: PyObject::immortal(OBJECT.as_ptr()),
            wr_object: NONE.as_ptr(),
            ..blank
        }))
    }

    /// The module, as a new reference, if it is alive.
    pub fn get(&self) -> Option<Own<PyModuleObject>> {
        let module = self.reference().referent()?;
        // SAFETY: `watch` made it refer to a module.
        Some(unsafe { Own::new_unchecked(module) })
    }

    fn reference(&self) -> weak::Weak<'_> {
        // SAFETY: the place has the layout of a weak reference, and lives as long as this borrow.
        unsafe { weak::Weak::of(Obj::from_ptr_unchecked(self.0.get().cast())) }
    }
}

/// Makes a place refer to a module, after the weak references of the program.
///
/// # Safety
/// The place does not move until [`unwatch`], or until the module is destroyed. It refers to no other module.
pub unsafe fn watch(module: Module<'_>, place: &Weak) {
    let last = weak::all(*module).last();
    // SAFETY: the place is in no list, as promised, and the last reference is in that of the module.
    unsafe { place.reference().insert(*module, last) };
}

/// Makes a place refer to no module.
pub fn unwatch(place: &Weak) {
    place.reference().clear();
}
