//! `Include/object.h`: what any object can be asked.

use super::{argument, c_string, hand_out};
use crate::abi::{Py_hash_t, PyObject, PyTypeObject};
use crate::import::hooks;
use crate::objects::{attribute, class, constants, object, str};
use crate::runtime::{IntoC, Obj, Ref, Result, Type};
use core::ffi::{c_char, c_int, c_uint, c_ulong};

/// `str(o)`: a new reference to a `str`, or NULL with an error set. NULL gives `<NULL>`.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Str(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    match unsafe { Obj::from_ptr(o) } {
        Some(o) => object::to_str(o),
        None => str::from_str("<NULL>"),
    }
    .into_c()
}

/// Borrows the operands of a comparison; NULL is a SystemError.
///
/// # Safety
/// Both are NULL or live objects.
unsafe fn operands<'a>(a: *mut PyObject, b: *mut PyObject, function: &'static str) -> Result<[Obj<'a>; 2]> {
    // SAFETY: the caller's promise.
    match unsafe { (Obj::from_ptr(a), Obj::from_ptr(b)) } {
        (Some(a), Some(b)) => Ok([a, b]),
        _ => Err(object::bad_argument(function)),
    }
}

/// `repr(o)`: a new reference to a `str`, or NULL with an error set. NULL gives `<NULL>`.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Repr(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    match unsafe { Obj::from_ptr(o) } {
        Some(o) => object::repr(o),
        None => str::from_str("<NULL>"),
    }
    .into_c()
}

/// `ascii(o)`, the repr with escapes for all that is not ASCII: a new reference to a `str`, or NULL with an error set.
/// NULL gives `<NULL>`.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_ASCII(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    match unsafe { Obj::from_ptr(o) } {
        Some(o) => object::ascii(o),
        None => str::from_str("<NULL>"),
    }
    .into_c()
}

/// `hash(o)`, or -1 with TypeError for what has none, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Hash(o: *mut PyObject) -> Py_hash_t {
    // SAFETY: the caller's promise.
    unsafe { argument(o, "PyObject_Hash") }.and_then(object::hash).into_c()
}

/// `tp_hash` of a type whose instances have no hash: -1 with TypeError, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_HashNotImplemented(o: *mut PyObject) -> Py_hash_t {
    // SAFETY: the caller's promise.
    unsafe { argument(o, "PyObject_HashNotImplemented") }.and_then(object::no_hash).into_c()
}

/// `bool(o)`: 1 or 0, or -1 with an error set, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_IsTrue(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { argument(o, "PyObject_IsTrue") }.and_then(object::truth).into_c()
}

/// `not o`: 1 or 0, or -1 with an error set, SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Not(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { argument(o, "PyObject_Not") }.and_then(object::truth).map(|truth| !truth).into_c()
}

/// One of the six comparisons (`Py_LT` to `Py_GE`): a new reference to whatever the types answer, or NULL with
/// TypeError when they have no such order, SystemError for NULL or another operator.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_RichCompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { operands(a, b, "PyObject_RichCompare") }.and_then(|[a, b]| object::compare(a, b, op)).into_c()
}

/// One of the six comparisons as a truth value: 1 or 0, or -1 with an error set. An object is equal to itself without
/// being asked. See [`PyObject_RichCompare`].
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_RichCompareBool(a: *mut PyObject, b: *mut PyObject, op: c_int) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { operands(a, b, "PyObject_RichCompareBool") }.and_then(|[a, b]| object::compare_as_bool(a, b, op)).into_c()
}

/// `tp_iter` of an iterator: a new reference to itself, or NULL with SystemError for NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_SelfIter(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { argument(o, "PyObject_SelfIter") }.map(Obj::to_ref).into_c()
}

/// An attribute of `o`, by name: a new reference, or NULL with an error set; AttributeError when there is none, TypeError
/// when the name is no `str`.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetAttr(o: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { attribute_of(o, name, "PyObject_GetAttr").and_then(|(o, name)| attribute::get(o, name)).into_c() }
}

/// The same, with the name in UTF-8.
///
/// # Safety
/// `o` is NULL or a live object; `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetAttrString(o: *mut PyObject, name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        named_attribute_of(o, name, "PyObject_GetAttrString")
            .and_then(|(o, name)| attribute::get(o, name.borrow()))
            .into_c()
    }
}

/// An attribute of `o`, where none is not an error: 1 with a new reference in `*result`, 0 with NULL there when there is no
/// such attribute, -1 with NULL there and an error set.
///
/// # Safety
/// `o` and `name` are NULL or live objects; `result` is NULL or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetOptionalAttr(
    o: *mut PyObject,
    name: *mut PyObject,
    result: *mut *mut PyObject,
) -> c_int {
    const NAME: &str = "PyObject_GetOptionalAttr";
    // SAFETY: the caller's promise.
    unsafe { hand_out(attribute_of(o, name, NAME).and_then(|(o, name)| attribute::get_optional(o, name)), result) }
}

/// The same, with the name in UTF-8.
///
/// # Safety
/// `o` is NULL or a live object; `name` is NULL or NUL-terminated; `result` is NULL or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetOptionalAttrString(
    o: *mut PyObject,
    name: *const c_char,
    result: *mut *mut PyObject,
) -> c_int {
    const NAME: &str = "PyObject_GetOptionalAttrString";
    // SAFETY: the caller's promise.
    unsafe {
        let found = named_attribute_of(o, name, NAME).and_then(|(o, name)| attribute::get_optional(o, name.borrow()));
        hand_out(found, result)
    }
}

/// Sets an attribute of `o`, or deletes it when the value is NULL: 0, or -1 with an error set.
///
/// # Safety
/// All are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_SetAttr(o: *mut PyObject, name: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        attribute_of(o, name, "PyObject_SetAttr")
            .and_then(|(o, name)| attribute::set(o, name, Obj::from_ptr(value)))
            .into_c()
    }
}

/// The same, with the name in UTF-8.
///
/// # Safety
/// `o` and `value` are NULL or live objects; `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_SetAttrString(o: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        named_attribute_of(o, name, "PyObject_SetAttrString")
            .and_then(|(o, name)| attribute::set(o, name.borrow(), Obj::from_ptr(value)))
            .into_c()
    }
}

/// Deletes an attribute of `o`: 0, or -1 with an error set; AttributeError when there is none.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_DelAttr(o: *mut PyObject, name: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { attribute_of(o, name, "PyObject_DelAttr").and_then(|(o, name)| attribute::set(o, name, None)).into_c() }
}

/// The same, with the name in UTF-8.
///
/// # Safety
/// `o` is NULL or a live object; `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_DelAttrString(o: *mut PyObject, name: *const c_char) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        named_attribute_of(o, name, "PyObject_DelAttrString")
            .and_then(|(o, name)| attribute::set(o, name.borrow(), None))
            .into_c()
    }
}

/// Whether `o` has an attribute: 1 or 0, or -1 with an error set.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_HasAttrWithError(o: *mut PyObject, name: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { attribute_of(o, name, "PyObject_HasAttrWithError").and_then(|(o, name)| attribute::has(o, name)).into_c() }
}

/// The same, with the name in UTF-8.
///
/// # Safety
/// `o` is NULL or a live object; `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_HasAttrStringWithError(o: *mut PyObject, name: *const c_char) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        named_attribute_of(o, name, "PyObject_HasAttrStringWithError")
            .and_then(|(o, name)| attribute::has(o, name.borrow()))
            .into_c()
    }
}

/// Whether `o` has an attribute: 1 or 0. An error while looking is written to standard error, and counts as 0.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_HasAttr(o: *mut PyObject, name: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    let has = unsafe { attribute_of(o, name, "PyObject_HasAttr") }.and_then(|(o, name)| attribute::has(o, name));
    or_report(has, "")
}

/// The same, with the name in UTF-8.
///
/// # Safety
/// `o` is NULL or a live object; `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_HasAttrString(o: *mut PyObject, name: *const c_char) -> c_int {
    // SAFETY: the caller's promise.
    let has = unsafe { named_attribute_of(o, name, "PyObject_HasAttrString") };
    or_report(has.and_then(|(o, name)| attribute::has(o, name.borrow())), "String")
}

/// No instead of an error, which is reported as one that nobody can handle. `suffix` is what the functions for names of
/// this kind end in.
fn or_report(has: Result<bool>, suffix: &str) -> c_int {
    let report = |_| {
        hooks::write_unraisable_text(format_args!(
            "Exception ignored in PyObject_HasAttr{suffix}(); consider using PyObject_HasAttr{suffix}WithError(), \
             PyObject_GetOptionalAttr{suffix}() or PyObject_GetAttr{suffix}()"
        ));
        false
    };
    has.unwrap_or_else(report).into()
}

/// The look-up that most types share, what `tp_getattro` is unless a type says otherwise: a new reference, or NULL with an
/// error set.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GenericGetAttr(o: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        attribute_of(o, name, "PyObject_GenericGetAttr").and_then(|(o, name)| attribute::generic_get(o, name)).into_c()
    }
}

/// The way most types set and delete attributes, what `tp_setattro` is unless a type says otherwise: 0, or -1 with an error
/// set.
///
/// # Safety
/// All are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GenericSetAttr(o: *mut PyObject, name: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        attribute_of(o, name, "PyObject_GenericSetAttr")
            .and_then(|(o, name)| attribute::generic_set(o, name, Obj::from_ptr(value)))
            .into_c()
    }
}

/// Whether a type is another one or made from it: 1 or 0. NULL is neither. Never sets an error.
///
/// # Safety
/// Both are NULL or types.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_IsSubtype(class: *mut PyTypeObject, base: *mut PyTypeObject) -> c_int {
    if class.is_null() || base.is_null() {
        return 0;
    }
    // SAFETY: the caller's promise.
    unsafe { Type::from_ptr_unchecked(class).is_subtype(Type::from_ptr_unchecked(base)).into() }
}

/// A type's flags; 0 for NULL.
///
/// # Safety
/// `class` is NULL or a type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetFlags(class: *mut PyTypeObject) -> c_ulong {
    // SAFETY: the caller's promise; the flags are read alone, since the object may be of an older layout.
    if class.is_null() { 0 } else { unsafe { (*class).tp_flags } }
}

/// A type's `__name__`: a new reference to a `str`, or NULL with an error set.
///
/// # Safety
/// `class` is NULL or a type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetName(class: *mut PyTypeObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { argument(class.cast(), "PyType_GetName").and_then(class::get_name).into_c() }
}

/// A type's `__qualname__`: a new reference to a `str`, or NULL with an error set.
///
/// # Safety
/// `class` is NULL or a type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GetQualName(class: *mut PyTypeObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { argument(class.cast(), "PyType_GetQualName").and_then(class::get_qualname).into_c() }
}

/// Borrows an object and the name of an attribute.
///
/// # Safety
/// Both are NULL or live objects.
unsafe fn attribute_of<'a>(
    o: *mut PyObject,
    name: *mut PyObject,
    function: &'static str,
) -> Result<(Obj<'a>, Obj<'a>)> {
    // SAFETY: the caller's promise.
    unsafe { Ok((argument(o, function)?, argument(name, function)?)) }
}

/// Borrows an object, and makes the name of an attribute a `str`.
///
/// # Safety
/// `o` is NULL or a live object; `name` is NULL or NUL-terminated.
unsafe fn named_attribute_of<'a>(
    o: *mut PyObject,
    name: *const c_char,
    function: &'static str,
) -> Result<(Obj<'a>, Ref)> {
    // SAFETY: the caller's promise.
    unsafe { Ok((argument(o, function)?, str::from_utf8(c_string(name, function)?.to_bytes())?)) }
}

/// The type of `o`: borrowed. NULL with SystemError when `o` is NULL.
///
/// # Safety
/// `o` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_TYPE(o: *mut PyObject) -> *mut PyTypeObject {
    // SAFETY: the caller's promise.
    unsafe { argument(o, "Py_TYPE") }.map_or(core::ptr::null_mut(), |o| o.class().as_ptr())
}

/// Whether `x` and `y` are the same object: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn Py_Is(x: *mut PyObject, y: *mut PyObject) -> c_int {
    (x == y).into()
}

/// Whether `x` is None: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn Py_IsNone(x: *mut PyObject) -> c_int {
    Py_Is(x, constants::NONE.as_ptr())
}

/// Whether `x` is True: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn Py_IsTrue(x: *mut PyObject) -> c_int {
    Py_Is(x, constants::TRUE.as_ptr())
}

/// Whether `x` is False: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn Py_IsFalse(x: *mut PyObject) -> c_int {
    Py_Is(x, constants::FALSE.as_ptr())
}

/// A constant by its number, None, False, True, Ellipsis, NotImplemented, 0, 1, "", b"" and () from 0 to 9: a new reference,
/// or NULL with SystemError.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GetConstant(constant_id: c_uint) -> *mut PyObject {
    constant(constant_id, "Py_GetConstant").into_c()
}

/// The same, as a borrowed reference: constants are immortal.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GetConstantBorrowed(constant_id: c_uint) -> *mut PyObject {
    constant(constant_id, "Py_GetConstantBorrowed").into_c()
}

fn constant(number: c_uint, function: &'static str) -> Result<Obj<'static>> {
    constants::by_number(number).ok_or_else(|| object::bad_argument(function))
}
