//! `PySequence_*`: items by number.

use super::object_argument;
use crate::abi::{Exc, Py_ssize_t, PyObject};
use crate::objects::{convert, exceptions, int, subscript};
use crate::protocol::{iteration, sequence};
use crate::runtime::refusal::{bad_argument, null_error};
use crate::runtime::{Arg, IntoC, Raised, Text, known, raise};
use core::ffi::c_int;

/// Whether the object gives items by number: 1 or 0; 0 for a dict and for NULL. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_Check(o: Arg) -> c_int {
    o.is_some_and(sequence::check).into()
}

/// The number of items, or -1 with TypeError for a mapping or an object without items, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_Size(o: Arg) -> Py_ssize_t {
    object_argument(o).and_then(sequence::size).into_c()
}

/// The number of items, or -1 with TypeError for a mapping or an object without items, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_Length(o: Arg) -> Py_ssize_t {
    object_argument(o).and_then(sequence::size).into_c()
}

/// The item at an index, which counts from the end when it is negative: a new reference, or NULL with IndexError
/// outside, TypeError for an object that is not a sequence, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_GetItem(o: Arg, index: Py_ssize_t) -> *mut PyObject {
    object_argument(o).map_or(core::ptr::null_mut(), |o| sequence::item_as_c(o, index))
}

/// Sets the item at an index, or deletes it when `value` is NULL: 0, or -1 with IndexError outside, TypeError for an
/// object that can't be changed, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_SetItem(o: Arg, index: Py_ssize_t, value: Arg) -> c_int {
    object_argument(o).and_then(|o| sequence::set_item(o, index, value)).into_c()
}

/// Deletes the item at an index: 0, or -1 with IndexError outside, TypeError for an object that can't be changed,
/// SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_DelItem(o: Arg, index: Py_ssize_t) -> c_int {
    object_argument(o).and_then(|o| sequence::delete_item(o, index)).into_c()
}

/// Whether an object is among the items: 1 or 0, or -1 with TypeError for an object without items, SystemError for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_Contains(o: Arg, value: Arg) -> c_int {
    // In CPython a list or a tuple compares its items with NULL.
    let no_value = || match o {
        Some(o) if o.is_exactly(known::LIST) || o.is_exactly(known::TUPLE) => bad_argument("PySequence_Contains"),
        _ => null_error(),
    };
    object_argument(o).and_then(|o| iteration::contains(o, value.ok_or_else(no_value)?)).into_c()
}

/// Both sequences joined: a new reference, or NULL with TypeError, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_Concat(o: Arg, other: Arg) -> *mut PyObject {
    object_argument(o).and_then(|o| sequence::concat(o, object_argument(other)?)).into_c()
}

/// A new list of the items of an iterable: a new reference, or NULL with TypeError for an object that is not iterable,
/// SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_List(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(convert::to_list).into_c()
}

/// A tuple of the items of an iterable; the iterable itself if it is exactly a tuple. A new reference, or NULL with
/// TypeError for an object that is not iterable, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_Tuple(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(convert::to_tuple).into_c()
}

/// A list or a tuple of the items of an iterable; the iterable itself if it is exactly a list or a tuple. A new
/// reference, or NULL with a TypeError for an object that is not iterable, which has this message if there is one,
/// SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_Fast(o: Arg, message: Text) -> *mut PyObject {
    let text = message.get();
    let refuse = || exceptions::raise_text(Exc::TypeError.class().as_obj(), text.unwrap_or_default().to_bytes());
    object_argument(o).and_then(|o| convert::fast(o, text.map(|_| &refuse as &dyn Fn() -> Raised))).into_c()
}

/// Whether an object is among the items. See [`PySequence_Contains`].
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_In(o: Arg, value: Arg) -> c_int {
    PySequence_Contains(o, value)
}

/// The number of items that are equal to an object, or -1 with TypeError for an object without items, SystemError for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_Count(o: Arg, value: Arg) -> Py_ssize_t {
    let count = object_argument(o).and_then(|o| iteration::count(o, object_argument(value)?));
    count.map(|count| count as Py_ssize_t).into_c()
}

/// The index of the first item that is equal to an object, or -1 with ValueError when there is none, TypeError for an
/// object without items, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_Index(o: Arg, value: Arg) -> Py_ssize_t {
    let index = object_argument(o).and_then(|o| iteration::index(o, object_argument(value)?));
    let found = index.and_then(|index| index.ok_or_else(|| raise!(ValueError, "sequence.index(x): x not in sequence")));
    found.map(|index| index as Py_ssize_t).into_c()
}

/// A sequence repeated: a new reference, or NULL with TypeError, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_Repeat(o: Arg, count: Py_ssize_t) -> *mut PyObject {
    object_argument(o).and_then(|o| sequence::repeat(o, count, false, || int::from_i64(count as i64))).into_c()
}

/// Both sequences joined, in the place of the first if its type can do that: a new reference, or NULL with TypeError,
/// SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_InPlaceConcat(o: Arg, other: Arg) -> *mut PyObject {
    object_argument(o).and_then(|o| sequence::concat_in_place(o, object_argument(other)?)).into_c()
}

/// A sequence repeated, in its place if its type can do that: a new reference, or NULL with TypeError, SystemError for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_InPlaceRepeat(o: Arg, count: Py_ssize_t) -> *mut PyObject {
    object_argument(o).and_then(|o| sequence::repeat(o, count, true, || int::from_i64(count as i64))).into_c()
}

/// The items from one index up to another, `o[start:stop]`: a new reference, or NULL with TypeError for an object
/// without slices, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_GetSlice(o: Arg, start: Py_ssize_t, stop: Py_ssize_t) -> *mut PyObject {
    object_argument(o).and_then(|o| subscript::get_slice(o, start, stop)).into_c()
}

/// Replaces the items from one index up to another, `o[start:stop] = value`, or deletes them when `value` is NULL: 0,
/// or -1 with TypeError for an object that can't do that, SystemError when `o` is NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_SetSlice(o: Arg, start: Py_ssize_t, stop: Py_ssize_t, value: Arg) -> c_int {
    object_argument(o).and_then(|o| subscript::set_slice(o, start, stop, value, "assignment")).into_c()
}

/// Deletes the items from one index up to another, `del o[start:stop]`: 0, or -1 with TypeError for an object that
/// can't do that, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySequence_DelSlice(o: Arg, start: Py_ssize_t, stop: Py_ssize_t) -> c_int {
    object_argument(o).and_then(|o| subscript::set_slice(o, start, stop, None, "deletion")).into_c()
}
