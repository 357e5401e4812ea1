//! `Include/dictobject.h`: dicts.

use super::{hand_out, present, required_text, typed};
use crate::abi::{Py_hash_t, Py_ssize_t, PyObject};
use crate::interpreter::hooks;
use crate::objects::dict::{self, Dict, Duplicates};
use crate::objects::str;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Arg, IntoC, Obj, OutObject, Position, Raised, Ref, Result, Text};
use core::ffi::c_int;

/// The value of a key, which is set to the default if it is missing, and whether it existed. A key that exists needs no
/// default; for a missing one NULL, with which CPython would crash, is a SystemError.
fn set_default(dict: Arg, key: Arg, default: Arg, function: &'static str) -> Result<(Ref, bool)> {
    let (dict, key) = (typed(dict, function)?, present(key, function)?);
    match default {
        Some(default) => dict::set_default(dict, key, default),
        None => dict::get(dict, key)?.map(|value| (value, true)).ok_or_else(|| bad_argument(function)),
    }
}

/// A key from a NUL-terminated string in UTF-8.
fn key_from_c(key: Text, function: &'static str) -> Result<Ref> {
    str::from_utf8(required_text(key, function)?.to_bytes())
}

/// The treatment of keys that exist already, by C's number for it.
fn duplicates(replace: c_int) -> Duplicates {
    if replace != 0 { Duplicates::Replace } else { Duplicates::Keep }
}

/// Returns the value as a borrowed reference: the dict keeps the value alive.
fn lend(found: Result<Option<Ref>>) -> *mut PyObject {
    found.ok().flatten().map_or(core::ptr::null_mut(), |value| value.as_ptr())
}

/// A look-up that can't fail. An object that is not a dict contains nothing.
fn quietly(dict: Arg, key: impl FnOnce() -> Result<Ref>, advice: &str) -> *mut PyObject {
    let dict = dict.and_then(Obj::downcast);
    lend(Ok(hooks::look_up_quietly(dict, key, format_args!("Exception ignored in {advice}"))))
}

/// A dict and a key, for the functions that in CPython hash the key before they check the dict.
#[inline]
fn dict_and_key<'a>(dict: Arg<'a>, key: Arg<'a>, function: &'static str) -> Result<(Dict<'a>, Obj<'a>)> {
    match (dict.and_then(Obj::downcast), key) {
        (Some(dict), Some(key)) => Ok((dict, key)),
        _ => Err(no_dict_or_key(key, function)),
    }
}

/// The error for arguments that are not a dict and a key: that of a key without a hash, else SystemError.
#[cold]
#[inline(never)]
fn no_dict_or_key(key: Arg<'_>, function: &'static str) -> Raised {
    key.and_then(|key| dict::hash_of_key(key).err()).unwrap_or_else(|| bad_argument(function))
}

/// A dict and a key in UTF-8. CPython decodes the key before it checks the dict.
#[inline]
fn dict_and_name<'a>(dict: Arg<'a>, key: Text<'a>, function: &'static str) -> Result<(Dict<'a>, Ref)> {
    if dict.is_none() {
        return Err(bad_argument(function));
    }
    let key = key_from_c(key, function)?;
    Ok((typed(dict, function)?, key))
}

/// A new, empty dict: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_New() -> *mut PyObject {
    dict::new().into_c()
}

/// The number of items, or -1 with SystemError when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_Size(dict: Arg) -> Py_ssize_t {
    typed(dict, "PyDict_Size").map(|dict| dict::len(dict) as isize).into_c()
}

/// Sets the value of a key: 0, or -1 with TypeError for a key without a hash, SystemError when `dict` is not a dict or
/// one of the others is NULL. The dict takes references of its own.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_SetItem(dict: Arg, key: Arg, value: Arg) -> c_int {
    typed(dict, "PyDict_SetItem")
        .and_then(|dict| dict::set(dict, present(key, "PyDict_SetItem")?, present(value, "PyDict_SetItem")?))
        .into_c()
}

/// Sets the value of a key in UTF-8, which is interned: 0, or -1 with UnicodeDecodeError, SystemError when `dict` is
/// not a dict or `value` is NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_SetItemString(dict: Arg, key: Text, value: Arg) -> c_int {
    dict_and_name(dict, key, "PyDict_SetItemString")
        .and_then(|(dict, key)| dict::set(dict, str::intern(key)?.borrow(), present(value, "PyDict_SetItemString")?))
        .into_c()
}

/// Deletes a key: 0, or -1 with KeyError when it is missing, TypeError when it has no hash, SystemError when `dict` is
/// not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_DelItem(dict: Arg, key: Arg) -> c_int {
    dict_and_key(dict, key, "PyDict_DelItem").and_then(|(dict, key)| dict::delete(dict, key)).into_c()
}

/// Deletes a key in UTF-8: 0, or -1 with KeyError when it is missing, SystemError when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_DelItemString(dict: Arg, key: Text) -> c_int {
    dict_and_name(dict, key, "PyDict_DelItemString").and_then(|(dict, key)| dict::delete(dict, key.borrow())).into_c()
}

/// Whether a dict has a key: 1 or 0, or -1 with TypeError when the key has no hash, SystemError when `dict` is not a
/// dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_Contains(dict: Arg, key: Arg) -> c_int {
    dict_and_key(dict, key, "PyDict_Contains").and_then(|(dict, key)| dict::contains(dict, key)).into_c()
}

/// Whether a dict has a key in UTF-8: 1 or 0, or -1 with UnicodeDecodeError, SystemError when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_ContainsString(dict: Arg, key: Text) -> c_int {
    dict_and_name(dict, key, "PyDict_ContainsString")
        .and_then(|(dict, key)| dict::contains(dict, key.borrow()))
        .into_c()
}

/// The value of a key: a borrowed reference, or NULL. A missing key is not an error; TypeError for a key without a
/// hash, SystemError when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_GetItemWithError(dict: Arg, key: Arg) -> *mut PyObject {
    typed(dict, "PyDict_GetItemWithError")
        .and_then(|dict| dict::value_address(dict, present(key, "PyDict_GetItemWithError")?))
        .unwrap_or(core::ptr::null_mut())
}

/// The value of a key: a borrowed reference, or NULL, never with an error. An error of the look-up is reported to
/// `sys.unraisablehook`. A pending error stays, unless the key has no hash.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_GetItem(dict: Arg, key: Arg) -> *mut PyObject {
    const ADVICE: &str = "PyDict_GetItem(); consider using PyDict_GetItemRef() or PyDict_GetItemWithError()";
    quietly(dict, || present(key, "PyDict_GetItem").map(Obj::to_ref), ADVICE)
}

/// The value of a key in UTF-8: a borrowed reference, or NULL, never with an error. An error of the look-up is reported
/// to `sys.unraisablehook`. A pending error stays, unless the key is not UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_GetItemString(dict: Arg, key: Text) -> *mut PyObject {
    const ADVICE: &str = "PyDict_GetItemString(); consider using PyDict_GetItemStringRef()";
    quietly(dict, || key_from_c(key, "PyDict_GetItemString"), ADVICE)
}

/// Looks a key up. Returns 1 with a new reference in `*result`; 0 with NULL there when the key is missing; -1 with NULL
/// there and TypeError when the key has no hash, SystemError when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_GetItemRef(dict: Arg, key: Arg, result: OutObject) -> c_int {
    hand_out(
        typed(dict, "PyDict_GetItemRef").and_then(|dict| dict::get(dict, present(key, "PyDict_GetItemRef")?)),
        result,
    )
}

/// Looks a key in UTF-8 up. See [`PyDict_GetItemRef`].
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_GetItemStringRef(dict: Arg, key: Text, result: OutObject) -> c_int {
    let both = dict_and_name(dict, key, "PyDict_GetItemStringRef");
    hand_out(both.and_then(|(dict, key)| dict::get(dict, key.borrow())), result)
}

/// The value of a key whose hash the caller knows: a borrowed reference, or NULL. A missing key is not an error;
/// SystemError when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn _PyDict_GetItem_KnownHash(dict: Arg, key: Arg, hash: Py_hash_t) -> *mut PyObject {
    typed(dict, "_PyDict_GetItem_KnownHash")
        .and_then(|dict| dict::value_address_hashed(dict, present(key, "_PyDict_GetItem_KnownHash")?, hash))
        .unwrap_or(core::ptr::null_mut())
}

/// Sets the value of a key whose hash the caller knows: 0, or -1 with an error set, SystemError when `dict` is not a
/// dict.
#[unsafe(no_mangle)]
pub extern "C" fn _PyDict_SetItem_KnownHash(dict: Arg, key: Arg, value: Arg, hash: Py_hash_t) -> c_int {
    set_known_hash(dict, key, value, hash, "_PyDict_SetItem_KnownHash").into_c()
}

/// [`_PyDict_SetItem_KnownHash`], under the name for a caller that holds the dict's lock where there is one.
#[unsafe(no_mangle)]
pub extern "C" fn _PyDict_SetItem_KnownHash_LockHeld(dict: Arg, key: Arg, value: Arg, hash: Py_hash_t) -> c_int {
    set_known_hash(dict, key, value, hash, "_PyDict_SetItem_KnownHash_LockHeld").into_c()
}

fn set_known_hash(dict: Arg, key: Arg, value: Arg, hash: Py_hash_t, name: &'static str) -> Result<()> {
    dict::set_hashed(typed(dict, name)?, present(key, name)?, hash, present(value, name)?)
}

/// The value of a key, which is set to the default if it is missing. Returns 1 if the key existed, 0 if not, with a new
/// reference in `*result` if that is not NULL; -1 with NULL there and TypeError when the key has no hash, SystemError
/// when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_SetDefaultRef(dict: Arg, key: Arg, default: Arg, result: OutObject) -> c_int {
    let found = set_default(dict, key, default, "PyDict_SetDefaultRef");
    let was_there = found.as_ref().map(|(_, was_there)| *was_there).map_err(|raised| *raised);
    hand_out(found.map(|(value, _)| Some(value)), result);
    was_there.into_c()
}

/// The value of a key, which is set to the default if it is missing: a borrowed reference, or NULL with TypeError when
/// the key has no hash, SystemError when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_SetDefault(dict: Arg, key: Arg, default: Arg) -> *mut PyObject {
    lend(set_default(dict, key, default, "PyDict_SetDefault").map(|(value, _)| Some(value)))
}

/// Deletes a key. Returns 1 with a new reference to its value in `*result` if that is not NULL; 0 with NULL there when
/// the key is missing; -1 with NULL there and TypeError when the key has no hash, SystemError when `dict` is not a
/// dict. An empty dict does not ask the key for its hash.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_Pop(dict: Arg, key: Arg, result: OutObject) -> c_int {
    hand_out(typed(dict, "PyDict_Pop").and_then(|dict| dict::pop(dict, present(key, "PyDict_Pop")?)), result)
}

/// Deletes a key in UTF-8. See [`PyDict_Pop`].
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_PopString(dict: Arg, key: Text, result: OutObject) -> c_int {
    let both = dict_and_name(dict, key, "PyDict_PopString");
    hand_out(both.and_then(|(dict, key)| dict::pop(dict, key.borrow())), result)
}

/// A new list of the keys, in order of insertion: a new reference, or NULL with SystemError when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_Keys(dict: Arg) -> *mut PyObject {
    typed(dict, "PyDict_Keys").and_then(|dict| dict::keys(dict)).into_c()
}

/// A new list of the values, in order of insertion: a new reference, or NULL with SystemError when `dict` is not a
/// dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_Values(dict: Arg) -> *mut PyObject {
    typed(dict, "PyDict_Values").and_then(|dict| dict::values(dict)).into_c()
}

/// A new list of the items, each a tuple of key and value, in order of insertion: a new reference, or NULL with
/// SystemError when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_Items(dict: Arg) -> *mut PyObject {
    typed(dict, "PyDict_Items").and_then(|dict| dict::items(dict)).into_c()
}

/// A new dict with the same items: a new reference, or NULL with SystemError when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_Copy(dict: Arg) -> *mut PyObject {
    typed(dict, "PyDict_Copy").and_then(|dict| dict::copy(dict)).into_c()
}

/// Deletes all items. Does nothing when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_Clear(dict: Arg) {
    if let Some(dict) = dict.and_then(Obj::downcast) {
        dict::clear(dict);
    }
}

/// Steps through the items in order of insertion: 1 with borrowed references in `*key` and `*value`, where those are
/// not NULL; 0 at the end, or when `dict` is not a dict. `*position` is 0 before the first step. Between the steps
/// values may be replaced, but no keys added or deleted.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_Next(dict: Arg, position: Position, key: OutObject, value: OutObject) -> c_int {
    let (Some(dict), Some(position)) = (dict.and_then(Obj::downcast), position) else { return 0 };
    let from = usize::try_from(position.get()).ok();
    let Some((next_key, next_value, after)) = from.and_then(|from| dict::next_addresses(dict, from)) else { return 0 };
    position.set(after as Py_ssize_t);
    key.set(next_key);
    value.set(next_value);
    1
}

/// Sets the items of a mapping, and replaces the values of existing keys: 0, or -1 with AttributeError when `other` has
/// no `keys`, SystemError when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_Update(dict: Arg, other: Arg) -> c_int {
    typed(dict, "PyDict_Update")
        .and_then(|dict| dict::merge(dict, present(other, "PyDict_Update")?, Duplicates::Replace))
        .into_c()
}

/// Sets the items of a mapping. An existing key keeps its value when `replace` is 0. Returns 0, or -1 with
/// AttributeError when `other` has no `keys`, SystemError when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_Merge(dict: Arg, other: Arg, replace: c_int) -> c_int {
    typed(dict, "PyDict_Merge")
        .and_then(|dict| dict::merge(dict, present(other, "PyDict_Merge")?, duplicates(replace)))
        .into_c()
}

/// Sets the items of an iterable of pairs. An existing key keeps its value when `replace` is 0. Returns 0, or -1 with
/// TypeError or ValueError for items that are not pairs, SystemError when `dict` is not a dict.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_MergeFromSeq2(dict: Arg, pairs: Arg, replace: c_int) -> c_int {
    let name = "PyDict_MergeFromSeq2";
    present(pairs, name)
        .and_then(|pairs| {
            dict::each_pair(pairs, |key, value| dict::put_pair(typed(dict, name)?, key, value, duplicates(replace)))
        })
        .into_c()
}

/// A new, empty dict that is to have about this many items: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn _PyDict_NewPresized(_count: Py_ssize_t) -> *mut PyObject {
    dict::new().into_c()
}
