//! `Include/listobject.h`: lists.

use super::{present, typed};
use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::list::{self};
use crate::runtime::placement::begin_at_cache_line;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, Given, IntoC, Obj, raise};
use core::ffi::c_int;

/// A list of `size` places, all NULL. The caller fills them before other code sees the list. A new reference, or NULL
/// with SystemError for a negative size, MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_New(size: Py_ssize_t) -> *mut PyObject {
    match usize::try_from(size) {
        Ok(size) => list::blank(size),
        Err(_) => Err(bad_argument("PyList_New")),
    }
    .into_c()
}

/// The number of items, or -1 with SystemError when `list` is not a list.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_Size(list: Arg) -> Py_ssize_t {
    typed(list, "PyList_Size").map(|list| list::len(list) as isize).into_c()
}

/// The item at an index from the start: a borrowed reference, or NULL with IndexError outside, SystemError when `list`
/// is not a list.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_GetItem(list: Arg, index: Py_ssize_t) -> *mut PyObject {
    typed(list, "PyList_GetItem").and_then(|list| list::item_address(list, index)).into_c()
}

/// The item at an index from the start: a new reference, or NULL with IndexError outside, TypeError when `list` is not
/// a list.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_GetItemRef(list: Arg, index: Py_ssize_t) -> *mut PyObject {
    match list.and_then(Obj::downcast) {
        Some(list) => list::item(list, index),
        None => Err(raise!(TypeError, "expected a list")),
    }
    .into_c()
}

/// Replaces the item at an index from the start: 0, or -1 with IndexError outside, SystemError when `list` is not a
/// list. Steals the reference to `item`, also when it fails; NULL empties the place.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_SetItem(list: Arg, index: Py_ssize_t, item: Given) -> c_int {
    typed(list, "PyList_SetItem").and_then(|list| list::set(list, index, item)).into_c()
}

/// Appends an item, with a reference of the list's own: 0, or -1 with SystemError when `list` is not a list or `item`
/// is NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_Append(list: Arg, item: Arg) -> c_int {
    // Refusals and growth are out of line, so that the fast path saves no registers.
    #[cold]
    #[inline(never)]
    fn append_slowly(list: Arg<'_>, item: Arg<'_>) -> c_int {
        typed(list, "PyList_Append")
            .and_then(|list| list::grow_and_append(list, present(item, "PyList_Append")?))
            .into_c()
    }
    match (list.and_then(Obj::downcast), item) {
        (Some(to), Some(new)) if list::append_if_room(to, new) => 0,
        _ => {
            begin_at_cache_line();
            append_slowly(list, item)
        }
    }
}

/// Inserts an item before the one at an index: 0, or -1 with SystemError when `list` is not a list or `item` is NULL. A
/// negative index counts from the end. An index outside the list is clamped.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_Insert(list: Arg, index: Py_ssize_t, item: Arg) -> c_int {
    typed(list, "PyList_Insert").and_then(|list| list::insert_at(list, index, present(item, "PyList_Insert")?)).into_c()
}

/// A new list of the items from `low` up to `high`: a new reference, or NULL with SystemError when `list` is not a
/// list. Both bounds are clamped to the list, a negative one to 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_GetSlice(list: Arg, low: Py_ssize_t, high: Py_ssize_t) -> *mut PyObject {
    let [low, high] = [low, high].map(|bound| usize::try_from(bound).unwrap_or(0));
    typed(list, "PyList_GetSlice").and_then(|list| list::slice(list, low..high)).into_c()
}

/// Replaces the items from `low` up to `high` by those of an iterable; NULL deletes them. Both bounds are clamped to
/// the list. Returns 0, or -1 with SystemError when `list` is not a list, TypeError when `items` is not iterable.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_SetSlice(list: Arg, low: Py_ssize_t, high: Py_ssize_t, items: Arg) -> c_int {
    let [low, high] = [low, high].map(|bound| usize::try_from(bound).unwrap_or(0));
    typed(list, "PyList_SetSlice").and_then(|list| list::assign_slice(list, low..high, items)).into_c()
}

/// Appends the items of an iterable: 0, or -1 with SystemError when `list` is not a list, TypeError when the other is
/// not iterable.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_Extend(list: Arg, iterable: Arg) -> c_int {
    typed(list, "PyList_Extend").and_then(|list| list::extend(list, present(iterable, "PyList_Extend")?)).into_c()
}

/// Deletes all items: 0, or -1 with SystemError when `list` is not a list.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_Clear(list: Arg) -> c_int {
    typed(list, "PyList_Clear").map(list::clear).into_c()
}

/// Reverses the order of the items: 0, or -1 with SystemError when `list` is not a list.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_Reverse(list: Arg) -> c_int {
    typed(list, "PyList_Reverse").map(list::reverse).into_c()
}

/// A tuple of the items: a new reference, or NULL with SystemError when `list` is not a list.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_AsTuple(list: Arg) -> *mut PyObject {
    typed(list, "PyList_AsTuple").and_then(|list| list::to_tuple(list)).into_c()
}

/// Sorts a list: 0, or -1 with SystemError for another object, with the error of a comparison, or with ValueError when
/// the list was changed meanwhile. Equal items keep their order.
#[unsafe(no_mangle)]
pub extern "C" fn PyList_Sort(o: Arg) -> c_int {
    let list = typed(o, "PyList_Sort");
    list.and_then(|list| list::sort(list, None, false)).into_c()
}
