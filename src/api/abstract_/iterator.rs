//! Iteration: `PyObject_GetIter` and `PyIter_*`.

use crate::abi::PyObject;
use crate::api::{hand_out, required};
use crate::objects::iterator;
use crate::protocol::iteration;
use crate::runtime::{Arg, IntoC, OutObject};
use core::ffi::c_int;

/// An iterator over an object: a new reference, or NULL with TypeError for an object that is not iterable, SystemError
/// for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GetIter(o: Arg) -> *mut PyObject {
    required(o, "PyObject_GetIter").and_then(iterator::of).into_c()
}

/// Whether the object is an iterator: 1 or 0. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyIter_Check(o: Arg) -> c_int {
    o.is_some_and(iteration::check).into()
}

/// The next item of an iterator: a new reference, or NULL. At the end NULL comes without an error. TypeError for an
/// object that is not an iterator, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyIter_Next(iterator: Arg) -> *mut PyObject {
    required(iterator, "PyIter_Next").and_then(iteration::next).into_c()
}

/// The next item of an iterator. Returns 1 with a new reference in `*item`, 0 with NULL there at the end, or -1 with
/// NULL there and an error set: TypeError for an object that is not an iterator.
#[unsafe(no_mangle)]
pub extern "C" fn PyIter_NextItem(iterator: Arg, item: OutObject) -> c_int {
    hand_out(required(iterator, "PyIter_NextItem").and_then(iteration::next), item)
}
