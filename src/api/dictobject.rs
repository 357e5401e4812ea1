//! `Include/dictobject.h`: dicts.

use super::{c_string, hand_out};
use crate::abi::{Py_hash_t, Py_ssize_t, PyObject};
use crate::import::hooks;
use crate::objects::dict::{self, Duplicates};
use crate::objects::object::{self, bad_argument};
use crate::objects::str;
use crate::runtime::{IntoC, Obj, Ref, Result, error};
use core::ffi::{c_char, c_int};

/// Borrows a `dict` argument; anything else, and NULL, is a SystemError.
///
/// # Safety
/// `o` is NULL or a live object.
unsafe fn dict_argument<'a>(o: *mut PyObject, function: &'static str) -> Result<Obj<'a>> {
    // SAFETY: the caller's promise.
    unsafe { Obj::from_ptr(o) }.filter(|o| dict::check(*o)).ok_or_else(|| bad_argument(function))
}

/// Borrows a key or a value; NULL is a SystemError.
///
/// # Safety
/// `o` is NULL or a live object.
unsafe fn item_argument<'a>(o: *mut PyObject, function: &'static str) -> Result<Obj<'a>> {
    // SAFETY: the caller's promise.
    unsafe { Obj::from_ptr(o) }.ok_or_else(|| bad_argument(function))
}

/// A key from a NUL-terminated string in UTF-8.
///
/// # Safety
/// `key` is NULL or NUL-terminated.
unsafe fn key_from_c(key: *const c_char, function: &'static str) -> Result<Ref> {
    // SAFETY: the caller's promise.
    str::from_utf8(unsafe { c_string(key, function) }?.to_bytes())
}

/// What becomes of a key that is there already, as C says it.
fn duplicates(replace: c_int) -> Duplicates {
    if replace != 0 { Duplicates::Replace } else { Duplicates::Keep }
}

/// A look-up whose answer is a borrowed reference: the dict keeps the value.
fn lend(found: Result<Option<Ref>>) -> *mut PyObject {
    found.ok().flatten().map_or(core::ptr::null_mut(), |value| value.as_ptr())
}

/// A look-up that can't fail: it reports an error of its own to `sys.unraisablehook`. A pending error stays, unless there
/// is no hash to look for: in CPython the error of that takes the pending one's place before it is reported. What is not a
/// dict has nothing.
///
/// # Safety
/// `dict` is NULL or a live object.
unsafe fn quietly(dict: *mut PyObject, key: impl FnOnce() -> Result<Ref>, advice: &str) -> *mut PyObject {
    // SAFETY: the caller's promise.
    let dict = unsafe { Obj::from_ptr(dict) }.filter(|dict| dict::check(*dict));
    let pending = error::take();
    let report = || hooks::write_unraisable_text(format_args!("Exception ignored in {advice}"));
    let hashed = key().and_then(|key| match dict {
        Some(dict) => Ok(Some((dict, object::hash(key.borrow())?, key))),
        None => Ok(None),
    });
    let Ok(hashed) = hashed else {
        report();
        return core::ptr::null_mut();
    };
    let found = hashed.map_or(Ok(None), |(dict, hash, key)| dict::get_hashed(dict, key.borrow(), hash));
    if found.is_err() {
        report();
    }
    error::put_back(pending);
    lend(found)
}

/// A dict and a key, for the functions of CPython that hash the key before they look at the dict.
///
/// # Safety
/// Both are NULL or live objects.
#[inline]
unsafe fn dict_and_key<'a>(
    dict: *mut PyObject,
    key: *mut PyObject,
    function: &'static str,
) -> Result<(Obj<'a>, Obj<'a>)> {
    // SAFETY: the caller's promise.
    unsafe {
        match (dict_argument(dict, function), Obj::from_ptr(dict)) {
            (Err(_), Some(_)) => {
                error::clear();
                dict::hash_of_key(item_argument(key, function)?)?;
                Ok((dict_argument(dict, function)?, item_argument(key, function)?))
            }
            (dict, _) => Ok((dict?, item_argument(key, function)?)),
        }
    }
}

/// A dict and a key in UTF-8: CPython decodes the key before it looks at the dict.
///
/// # Safety
/// `dict` is NULL or a live object, `key` NULL or NUL-terminated.
#[inline]
unsafe fn dict_and_name<'a>(dict: *mut PyObject, key: *const c_char, function: &'static str) -> Result<(Obj<'a>, Ref)> {
    // SAFETY: the caller's promise.
    unsafe {
        if dict.is_null() {
            return Err(bad_argument(function));
        }
        let key = key_from_c(key, function)?;
        Ok((dict_argument(dict, function)?, key))
    }
}

/// A new, empty dict: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyDict_New() -> *mut PyObject {
    dict::new().into_c()
}

/// The number of items, or -1 with SystemError when `dict` is not a dict.
///
/// # Safety
/// `dict` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Size(dict: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's promise.
    unsafe { dict_argument(dict, "PyDict_Size").map(|dict| dict::len(dict) as isize).into_c() }
}

/// Puts a value under a key, in place of an older one: 0, or -1 with TypeError for a key without a hash, SystemError
/// when `dict` is not a dict or one of the others is NULL. The dict takes references of its own.
///
/// # Safety
/// All are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_SetItem(dict: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        dict_argument(dict, "PyDict_SetItem")
            .and_then(|dict| {
                dict::set(dict, item_argument(key, "PyDict_SetItem")?, item_argument(value, "PyDict_SetItem")?)
            })
            .into_c()
    }
}

/// Puts a value under a key in UTF-8, which is interned: 0, or -1 with UnicodeDecodeError, SystemError when `dict` is
/// not a dict or `value` is NULL.
///
/// # Safety
/// `dict` and `value` are NULL or live objects, `key` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_SetItemString(dict: *mut PyObject, key: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        dict_and_name(dict, key, "PyDict_SetItemString")
            .and_then(|(dict, key)| {
                dict::set(dict, str::intern(key)?.borrow(), item_argument(value, "PyDict_SetItemString")?)
            })
            .into_c()
    }
}

/// Takes a key out: 0, or -1 with KeyError when it is not there, TypeError when it has no hash, SystemError when `dict`
/// is not a dict.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_DelItem(dict: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { dict_and_key(dict, key, "PyDict_DelItem").and_then(|(dict, key)| dict::delete(dict, key)).into_c() }
}

/// Takes a key in UTF-8 out: 0, or -1 with KeyError when it is not there, SystemError when `dict` is not a dict.
///
/// # Safety
/// `dict` is NULL or a live object, `key` NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_DelItemString(dict: *mut PyObject, key: *const c_char) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        dict_and_name(dict, key, "PyDict_DelItemString")
            .and_then(|(dict, key)| dict::delete(dict, key.borrow()))
            .into_c()
    }
}

/// Whether a key is there: 1 or 0, or -1 with TypeError when it has no hash, SystemError when `dict` is not a dict.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Contains(dict: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { dict_and_key(dict, key, "PyDict_Contains").and_then(|(dict, key)| dict::contains(dict, key)).into_c() }
}

/// Whether a key in UTF-8 is there: 1 or 0, or -1 with UnicodeDecodeError, SystemError when `dict` is not a dict.
///
/// # Safety
/// `dict` is NULL or a live object, `key` NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_ContainsString(dict: *mut PyObject, key: *const c_char) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        dict_and_name(dict, key, "PyDict_ContainsString")
            .and_then(|(dict, key)| dict::contains(dict, key.borrow()))
            .into_c()
    }
}

/// The value under a key: a borrowed reference, or NULL, without an error when the key is not there, with TypeError
/// when it has no hash, SystemError when `dict` is not a dict.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_GetItemWithError(dict: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    lend(unsafe {
        dict_argument(dict, "PyDict_GetItemWithError")
            .and_then(|dict| dict::get(dict, item_argument(key, "PyDict_GetItemWithError")?))
    })
}

/// The value under a key: a borrowed reference, or NULL, never with an error: one of its own goes to
/// `sys.unraisablehook`. A pending error stays, unless the key has no hash.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_GetItem(dict: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    const ADVICE: &str = "PyDict_GetItem(); consider using PyDict_GetItemRef() or PyDict_GetItemWithError()";
    // SAFETY: the caller's promise.
    unsafe { quietly(dict, || item_argument(key, "PyDict_GetItem").map(Obj::to_ref), ADVICE) }
}

/// The value under a key in UTF-8: a borrowed reference, or NULL, never with an error: one of its own goes to
/// `sys.unraisablehook`. A pending error stays, unless the key is no UTF-8.
///
/// # Safety
/// `dict` is NULL or a live object, `key` NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_GetItemString(dict: *mut PyObject, key: *const c_char) -> *mut PyObject {
    const ADVICE: &str = "PyDict_GetItemString(); consider using PyDict_GetItemStringRef()";
    // SAFETY: the caller's promise.
    unsafe { quietly(dict, || key_from_c(key, "PyDict_GetItemString"), ADVICE) }
}

/// Looks a key up: 1 with a new reference in `*result`; 0 with NULL there when the key is not; -1 with NULL and
/// TypeError when it has no hash, SystemError when `dict` is not a dict.
///
/// # Safety
/// `dict` and `key` are NULL or live objects; `result` can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_GetItemRef(
    dict: *mut PyObject,
    key: *mut PyObject,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        hand_out(
            dict_argument(dict, "PyDict_GetItemRef")
                .and_then(|dict| dict::get(dict, item_argument(key, "PyDict_GetItemRef")?)),
            result,
        )
    }
}

/// Looks a key in UTF-8 up. See [`PyDict_GetItemRef`].
///
/// # Safety
/// `dict` is NULL or a live object, `key` NULL or NUL-terminated; `result` can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_GetItemStringRef(
    dict: *mut PyObject,
    key: *const c_char,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let both = dict_and_name(dict, key, "PyDict_GetItemStringRef");
        hand_out(both.and_then(|(dict, key)| dict::get(dict, key.borrow())), result)
    }
}

/// The value under a key whose hash the caller knows: a borrowed reference, or NULL, without an error when the key is
/// not there, with SystemError when `dict` is not a dict.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_GetItem_KnownHash(
    dict: *mut PyObject,
    key: *mut PyObject,
    hash: Py_hash_t,
) -> *mut PyObject {
    // SAFETY: the caller's promise.
    lend(unsafe {
        dict_argument(dict, "_PyDict_GetItem_KnownHash")
            .and_then(|dict| dict::get_hashed(dict, item_argument(key, "_PyDict_GetItem_KnownHash")?, hash))
    })
}

/// The value under a key, which gets the default if it was not there: 1 when it was, 0 when it was not, with a new
/// reference in `*result` if that is not NULL; -1 with NULL there and TypeError when it has no hash, SystemError when
/// `dict` is not a dict.
///
/// # Safety
/// The first three are NULL or live objects; `result` is NULL or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_SetDefaultRef(
    dict: *mut PyObject,
    key: *mut PyObject,
    default: *mut PyObject,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let found = dict_argument(dict, "PyDict_SetDefaultRef").and_then(|dict| {
            dict::set_default(
                dict,
                item_argument(key, "PyDict_SetDefaultRef")?,
                item_argument(default, "PyDict_SetDefaultRef")?,
            )
        });
        let was_there = found.as_ref().map(|(_, was_there)| *was_there).map_err(|raised| *raised);
        hand_out(found.map(|(value, _)| Some(value)), result);
        was_there.into_c()
    }
}

/// The value under a key, which gets the default if it was not there: a borrowed reference, or NULL with TypeError when
/// it has no hash, SystemError when `dict` is not a dict.
///
/// # Safety
/// All are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_SetDefault(
    dict: *mut PyObject,
    key: *mut PyObject,
    default: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's promise.
    lend(unsafe {
        dict_argument(dict, "PyDict_SetDefault").and_then(|dict| {
            dict::set_default(
                dict,
                item_argument(key, "PyDict_SetDefault")?,
                item_argument(default, "PyDict_SetDefault")?,
            )
            .map(|(value, _)| Some(value))
        })
    })
}

/// Takes a key out: 1 with a new reference to its value in `*result` if that is not NULL; 0 with NULL there when the
/// key is not; -1 with NULL and TypeError when it has no hash, for which an empty dict does not ask, SystemError when
/// `dict` is not a dict.
///
/// # Safety
/// `dict` and `key` are NULL or live objects; `result` is NULL or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Pop(dict: *mut PyObject, key: *mut PyObject, result: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        hand_out(
            dict_argument(dict, "PyDict_Pop").and_then(|dict| dict::pop(dict, item_argument(key, "PyDict_Pop")?)),
            result,
        )
    }
}

/// Takes a key in UTF-8 out. See [`PyDict_Pop`].
///
/// # Safety
/// `dict` is NULL or a live object, `key` NULL or NUL-terminated; `result` is NULL or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_PopString(
    dict: *mut PyObject,
    key: *const c_char,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let both = dict_and_name(dict, key, "PyDict_PopString");
        hand_out(both.and_then(|(dict, key)| dict::pop(dict, key.borrow())), result)
    }
}

/// A new list of the keys, in order of insertion: a new reference, or NULL with SystemError when `dict` is not a dict.
///
/// # Safety
/// `dict` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Keys(dict: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { dict_argument(dict, "PyDict_Keys").and_then(|dict| dict::keys(dict)).into_c() }
}

/// A new list of the values, in order of insertion: a new reference, or NULL with SystemError when `dict` is not a
/// dict.
///
/// # Safety
/// `dict` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Values(dict: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { dict_argument(dict, "PyDict_Values").and_then(|dict| dict::values(dict)).into_c() }
}

/// A new list of the items, each a tuple of key and value, in order of insertion: a new reference, or NULL with
/// SystemError when `dict` is not a dict.
///
/// # Safety
/// `dict` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Items(dict: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { dict_argument(dict, "PyDict_Items").and_then(|dict| dict::items(dict)).into_c() }
}

/// A new dict with the same items: a new reference, or NULL with SystemError when `dict` is not a dict.
///
/// # Safety
/// `dict` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Copy(dict: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { dict_argument(dict, "PyDict_Copy").and_then(|dict| dict::copy(dict)).into_c() }
}

/// Takes everything out. Does nothing when `dict` is not a dict.
///
/// # Safety
/// `dict` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Clear(dict: *mut PyObject) {
    // SAFETY: the caller's promise.
    if let Some(dict) = unsafe { Obj::from_ptr(dict) }.filter(|dict| dict::check(*dict)) {
        dict::clear(dict);
    }
}

/// Steps through the items in order of insertion: 1 with borrowed references in `*key` and `*value`, where those are
/// not NULL, or 0 at the end, and for what is not a dict. `*position` is 0 before the first step. Values may be
/// replaced meanwhile, but no keys added or taken out.
///
/// # Safety
/// `dict` is NULL or a live object; `position` can be read and written, `key` and `value` are NULL or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Next(
    dict: *mut PyObject,
    position: *mut Py_ssize_t,
    key: *mut *mut PyObject,
    value: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let dict = Obj::from_ptr(dict).filter(|dict| dict::check(*dict));
        let (Some(dict), Some(position)) = (dict, position.as_mut()) else { return 0 };
        let from = usize::try_from(*position).ok();
        let Some((next_key, next_value, after)) = from.and_then(|from| dict::next(dict, from)) else { return 0 };
        *position = after as Py_ssize_t;
        if let Some(key) = key.as_mut() {
            *key = next_key.as_ptr();
        }
        if let Some(value) = value.as_mut() {
            *value = next_value.as_ptr();
        }
        1
    }
}

/// Puts in the items of a mapping, in place of older ones: 0, or -1 with AttributeError when `other` has no `keys`,
/// SystemError when `dict` is not a dict.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Update(dict: *mut PyObject, other: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        dict_argument(dict, "PyDict_Update")
            .and_then(|dict| dict::merge(dict, item_argument(other, "PyDict_Update")?, Duplicates::Replace))
            .into_c()
    }
}

/// Puts in the items of a mapping; a key that is there already keeps its value when `replace` is 0. 0, or -1 with
/// AttributeError when `other` has no `keys`, SystemError when `dict` is not a dict.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Merge(dict: *mut PyObject, other: *mut PyObject, replace: c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        dict_argument(dict, "PyDict_Merge")
            .and_then(|dict| dict::merge(dict, item_argument(other, "PyDict_Merge")?, duplicates(replace)))
            .into_c()
    }
}

/// Puts in the items of an iterable of pairs; a key that is there already keeps its value when `replace` is 0. 0, or -1
/// with TypeError or ValueError for what are not pairs, SystemError when `dict` is not a dict.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_MergeFromSeq2(dict: *mut PyObject, pairs: *mut PyObject, replace: c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let name = "PyDict_MergeFromSeq2";
        item_argument(dict, name)
            .and_then(|dict| {
                dict::each_pair(item_argument(pairs, name)?, |key, value| {
                    dict::put_pair(dict_argument(dict.as_ptr(), name)?, key, value, duplicates(replace))
                })
            })
            .into_c()
    }
}
