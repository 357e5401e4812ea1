//! The root of the registry: the dicts of all modules, of `sys` and of `builtins`, after they are made.

use crate::abi::{PyDictObject, PyObject, PyTupleObject};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{dict, str};
use crate::runtime::{Obj, Own, Ref, View};
use core::sync::atomic::{AtomicPtr, Ordering};

/// A tuple of the three dicts, or NULL without a registry. It is one pointer, so that the dicts appear and disappear
/// together.
static ROOT: AtomicPtr<PyObject> = AtomicPtr::new(core::ptr::null_mut());

/// One of the three dicts: its index in the tuple.
#[derive(Debug, Clone, Copy)]
#[repr(usize)]
pub enum Part {
    /// The dict of all modules.
    Modules,
    /// The dict of the module `sys`.
    Sys,
    /// The dict of the module `builtins`.
    Builtins,
}

/// The tuple of the dicts, if there is one: a new reference.
#[inline]
pub fn get() -> Option<Own<PyTupleObject>> {
    root().map(View::to_own)
}

/// The tuple of the dicts, as a borrowed reference, which is valid while no code runs that could release the registry.
#[inline(always)]
fn root<'a>() -> Option<Tuple<'a>> {
    // SAFETY: the pointer is NULL or a tuple that ROOT holds a reference to.
    unsafe { Obj::from_ptr(ROOT.load(Ordering::Acquire)).map(|root| View::new_unchecked(root)) }
}

/// One of the dicts, if there is a registry.
pub fn part(part: Part) -> Option<Own<PyDictObject>> {
    part_of(get()?.borrow(), part)
}

/// One of the dicts of a root.
#[inline]
pub fn part_of(root: Tuple<'_>, part: Part) -> Option<Own<PyDictObject>> {
    tuple::items(root).get(part as usize)?.downcast().map(View::to_own)
}

/// Makes a tuple of the dicts the root, and returns it. If another thread was faster, its tuple is returned.
pub(super) fn keep(root: Own<PyTupleObject>) -> Own<PyTupleObject> {
    let made = root.clone().into_ref().into_ptr();
    match ROOT.compare_exchange(core::ptr::null_mut(), made, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => root,
        Err(first) => {
            // SAFETY: the first is the reference that was not stored, and the second a tuple that ROOT holds, which is
            // not NULL.
            unsafe {
                drop(Ref::from_ptr(made));
                View::new_unchecked(Obj::from_ptr_unchecked(first)).to_own()
            }
        }
    }
}

/// Whether there is a registry. Without one, `Py_FinalizeEx` has nothing to empty.
pub fn exists() -> bool {
    !ROOT.load(Ordering::Acquire).is_null()
}

/// Drops the registry. The next use makes a new one.
pub fn release() {
    // SAFETY: the pointer is NULL, or the tuple whose reference ROOT held until now.
    drop(unsafe { Ref::from_ptr(ROOT.swap(core::ptr::null_mut(), Ordering::AcqRel)) });
}

/// The object in `sys.modules` under an ASCII name, if there is a registry.
#[inline(always)]
pub fn peek(name: str::HashedName<'_>) -> Option<Ref> {
    dict::get_name(tuple::items(root()?).get(Part::Modules as usize)?.downcast()?, name)
}
