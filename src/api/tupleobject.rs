//! `Include/tupleobject.h`: tuples.

use super::typed;
use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::tuple::{self};
use crate::runtime::refusal::bad_argument;
use crate::runtime::refusal::null_argument;
use crate::runtime::{Arg, Given, IntoC, Place, Ref, Result};
use core::ffi::c_int;

/// A tuple of `size` places, all NULL. The caller fills them before other code sees the tuple. A new reference, or NULL
/// with SystemError for a negative size, MemoryError. There is only one empty tuple.
#[unsafe(no_mangle)]
pub extern "C" fn PyTuple_New(size: Py_ssize_t) -> *mut PyObject {
    match usize::try_from(size) {
        // SAFETY: C gets an address, and fills the places before it passes the tuple to a function that reads items.
        Ok(size) => unsafe { tuple::blank(size) },
        Err(_) => Err(bad_argument("PyTuple_New")),
    }
    .into_c()
}

/// The number of items, or -1 with SystemError when `tuple` is not a tuple.
#[unsafe(no_mangle)]
pub extern "C" fn PyTuple_Size(tuple: Arg) -> Py_ssize_t {
    typed(tuple, "PyTuple_Size").map(|tuple| tuple::len(tuple) as isize).into_c()
}

/// The item at an index from the start: a borrowed reference, or NULL with IndexError outside, SystemError when `tuple`
/// is not a tuple.
#[unsafe(no_mangle)]
pub extern "C" fn PyTuple_GetItem(tuple: Arg, index: Py_ssize_t) -> *mut PyObject {
    typed(tuple, "PyTuple_GetItem").and_then(|tuple| tuple::item_borrowed(tuple, index)).into_c()
}

/// Fills a place of a tuple that only the caller has, and drops the object that was there: 0, or -1 with IndexError
/// outside, SystemError when `tuple` is not a tuple or has another owner. Steals the reference to `item`, also when it
/// fails. NULL empties the place.
///
/// # Safety
/// The caller uses no item that it has borrowed from the tuple before, and leaves no place NULL when it passes the
/// tuple on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTuple_SetItem(tuple: Arg, index: Py_ssize_t, item: Given) -> c_int {
    typed(tuple, "PyTuple_SetItem")
        .and_then(|tuple| match tuple.refcnt() {
            // SAFETY: the one reference is the caller's, who has borrowed no item and fills the places that are NULL.
            1 => unsafe { tuple::set(tuple, index, item) },
            _ => Err(bad_argument("PyTuple_SetItem")),
        })
        .into_c()
}

/// The items from `low` up to `high`: a new reference, or NULL with SystemError when `tuple` is not a tuple. Both
/// bounds are clamped to the tuple, a negative one to 0. The result is the tuple itself when it has all items.
#[unsafe(no_mangle)]
pub extern "C" fn PyTuple_GetSlice(tuple: Arg, low: Py_ssize_t, high: Py_ssize_t) -> *mut PyObject {
    let [low, high] = [low, high].map(|bound| usize::try_from(bound).unwrap_or(0));
    typed(tuple, "PyTuple_GetSlice").and_then(|tuple| tuple::slice(tuple, low..high)).into_c()
}

/// A tuple of the `size` objects in an array: a new reference, or NULL with SystemError for a negative size or a NULL
/// among the objects.
///
/// # Safety
/// `items` is NULL or holds `size` pointers, each NULL or to a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTuple_FromArray(items: *const *mut PyObject, size: Py_ssize_t) -> *mut PyObject {
    let size = match usize::try_from(size) {
        Ok(0) => return tuple::empty().to_ref().into_ptr(),
        Ok(_) if items.is_null() => return Result::<Ref>::Err(null_argument("PyTuple_Pack")).into_c(),
        Ok(size) => size,
        Err(_) => return Result::<Ref>::Err(bad_argument("PyTuple_Pack")).into_c(),
    };
    // SAFETY: C promises `size` pointers there, each NULL or to a live object, which is the layout of `Option<Obj>`.
    let made = tuple::from_filled(unsafe { core::slice::from_raw_parts(items.cast(), size) });
    // A NULL among them is where the tuple ends.
    made.and_then(|made| match tuple::len(made.borrow()) == size {
        true => Ok(made),
        false => Err(null_argument("PyTuple_Pack")),
    })
    .into_c()
}

variadic! {
    /// A tuple of the arguments, `PyObject *PyTuple_Pack(Py_ssize_t n, ...)`: a new reference, or NULL with an error
    /// set. The tuple takes references of its own.
    ///
    /// # Safety
    /// `n` live objects follow.
    PyTuple_Pack = pycapsule_PyTuple_Pack
}

/// Makes a tuple that only the caller has longer, by places that are NULL, or shorter: 0, and `*tuple` may be another
/// tuple. On failure -1, and the tuple is dropped and `*tuple` is NULL, with SystemError for an object that is not such
/// a tuple, or MemoryError.
///
/// # Safety
/// The caller uses no item that it has borrowed from the tuple before, and fills each new place before it passes the
/// tuple on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTuple_Resize(tuple: Place, size: Py_ssize_t) -> c_int {
    let Some(place) = tuple else {
        return Result::<()>::Err(bad_argument("_PyTuple_Resize")).into_c();
    };
    let old = place.replace(None).filter(|old| old.borrow().is_exactly(tuple::TUPLE));
    let old = old.and_then(|old| old.downcast().ok());
    let own = old.filter(|old| tuple::len(old.borrow()) == 0 || old.borrow().refcnt() == 1);
    own.zip(usize::try_from(size).ok())
        .ok_or_else(|| bad_argument("_PyTuple_Resize"))
        // SAFETY: `own` is empty or has one reference, which the place gave up. The caller fills the new places.
        .and_then(|(old, size)| unsafe { tuple::resize(old, size) })
        .map(|new| place.set(Some(new.into_ref())))
        .into_c()
}
