//! Items by key: `PyObject_Size`, `PyObject_GetItem`, the other functions of that kind, and `PyMapping_*`.

use super::object_argument;
use crate::abi::{Py_ssize_t, PyObject};
use crate::api::hand_out;
use crate::interpreter::hooks;
use crate::objects::mappings;
use crate::objects::str;
use crate::objects::subscript;
use crate::protocol::mapping;
use crate::runtime::refusal::null_error;
use crate::runtime::{Arg, IntoC, OutObject, Raised, Ref, Result, Text};
use core::ffi::c_int;

/// A key from a NUL-terminated string in UTF-8; NULL is a SystemError.
fn key_from_c(key: Text) -> Result<Ref> {
    str::from_utf8(key.get().ok_or_else(null_error)?.to_bytes())
}

/// `len(o)`, or -1 with TypeError for an object without a length, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Size(o: Arg) -> Py_ssize_t {
    object_argument(o).map_or(-1, mapping::len_as_c)
}

/// `len(o)`, or -1 with TypeError for an object without a length, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Length(o: Arg) -> Py_ssize_t {
    object_argument(o).map_or(-1, mapping::len_as_c)
}

/// `o[key]`: a new reference, or NULL with KeyError or IndexError, TypeError for an object without items, SystemError
/// for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GetItem(o: Arg, key: Arg) -> *mut PyObject {
    match (o, key) {
        (Some(o), Some(key)) => subscript::get_as_c(o, key),
        _ => Result::<Ref>::Err(null_error()).into_c(),
    }
}

/// `o[key] = value`: 0, or -1 with IndexError, TypeError for an object that can't be changed, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_SetItem(o: Arg, key: Arg, value: Arg) -> c_int {
    object_argument(o).and_then(|o| subscript::set(o, object_argument(key)?, Some(object_argument(value)?))).into_c()
}

/// `del o[key]`: 0, or -1 with KeyError or IndexError, TypeError for an object that can't be changed, SystemError for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_DelItem(o: Arg, key: Arg) -> c_int {
    object_argument(o).and_then(|o| subscript::set(o, object_argument(key)?, None)).into_c()
}

/// `del o[key]` for a key in UTF-8. See [`PyObject_DelItem`].
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_DelItemString(o: Arg, key: Text) -> c_int {
    object_argument(o).and_then(|o| subscript::set(o, key_from_c(key)?.borrow(), None)).into_c()
}

/// Whether the object gives items by key: 1 or 0; 0 for NULL. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_Check(o: Arg) -> c_int {
    o.is_some_and(mapping::check).into()
}

/// The number of items, or -1 with TypeError for a sequence or an object without items, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_Size(o: Arg) -> Py_ssize_t {
    object_argument(o).and_then(mapping::size).into_c()
}

/// The number of items, or -1 with TypeError for a sequence or an object without items, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_Length(o: Arg) -> Py_ssize_t {
    object_argument(o).and_then(mapping::size).into_c()
}

/// `o[key]` for a key in UTF-8. See [`PyObject_GetItem`].
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_GetItemString(o: Arg, key: Text) -> *mut PyObject {
    key_from_c(key).and_then(|key| subscript::get(object_argument(o)?, key.borrow())).into_c()
}

/// `o[key] = value` for a key in UTF-8. See [`PyObject_SetItem`].
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_SetItemString(o: Arg, key: Text, value: Arg) -> c_int {
    key_from_c(key)
        .and_then(|key| subscript::set(object_argument(o)?, key.borrow(), Some(object_argument(value)?)))
        .into_c()
}

/// The keys of a mapping in a new list: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_Keys(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(|o| mappings::listed(o, "keys")).into_c()
}

/// The values of a mapping in a new list: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_Values(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(|o| mappings::listed(o, "values")).into_c()
}

/// The items of a mapping, pairs of a key and a value, in a new list: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_Items(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(|o| mappings::listed(o, "items")).into_c()
}

/// The item of a key: stores a new reference, or NULL, in `*result`. Returns 1 with an item, 0 without, -1 with an
/// error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_GetOptionalItem(o: Arg, key: Arg, result: OutObject) -> c_int {
    hand_out(object_argument(o).and_then(|o| mappings::optional_item(o, object_argument(key)?)), result)
}

/// The item of a key in UTF-8. See [`PyMapping_GetOptionalItem`].
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_GetOptionalItemString(o: Arg, key: Text, result: OutObject) -> c_int {
    hand_out(key_from_c(key).and_then(|key| mappings::optional_item(object_argument(o)?, key.borrow())), result)
}

/// Whether a mapping has a key: 1 or 0, or -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_HasKeyWithError(o: Arg, key: Arg) -> c_int {
    object_argument(o)
        .and_then(|o| mappings::optional_item(o, object_argument(key)?))
        .map(|item| item.is_some())
        .into_c()
}

/// Whether a mapping has a key in UTF-8: 1 or 0, or -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_HasKeyStringWithError(o: Arg, key: Text) -> c_int {
    let item = key_from_c(key).and_then(|key| mappings::optional_item(object_argument(o)?, key.borrow()));
    item.map(|item| item.is_some()).into_c()
}

/// The length of an object, or the hint that its `__length_hint__` gives, or `default`; -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_LengthHint(o: Arg, default: Py_ssize_t) -> Py_ssize_t {
    object_argument(o).and_then(|o| mappings::length_hint(o, default)).into_c()
}

/// Whether a mapping has a key: 1 or 0. An error is reported as unraisable, and means 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_HasKey(o: Arg, key: Arg) -> c_int {
    let found = object_argument(o).and_then(|o| mappings::optional_item(o, object_argument(key)?));
    report(
        found,
        "PyMapping_HasKey(); consider using PyMapping_HasKeyWithError(), \
                   PyMapping_GetOptionalItem() or PyObject_GetItem()",
    )
}

/// Whether a mapping has a key in UTF-8: 1 or 0. An error is reported as unraisable, and means 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyMapping_HasKeyString(o: Arg, key: Text) -> c_int {
    let found = key_from_c(key).and_then(|key| mappings::optional_item(object_argument(o)?, key.borrow()));
    report(
        found,
        "PyMapping_HasKeyString(); consider using PyMapping_HasKeyStringWithError(), \
                   PyMapping_GetOptionalItemString() or PyMapping_GetItemString()",
    )
}

/// Whether there is an item. An error is reported.
fn report(found: Result<Option<Ref>>, place: &str) -> c_int {
    match found {
        Ok(item) => item.is_some().into(),
        Err(Raised { .. }) => {
            hooks::write_unraisable_text(format_args!("Exception ignored in {place}"));
            0
        }
    }
}
