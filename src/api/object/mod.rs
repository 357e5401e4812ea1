//! `Include/object.h`: the questions that any object answers.

mod class;
mod instance_dict;
mod shown;

pub use class::*;
pub use instance_dict::*;
pub use shown::*;

use super::{both, hand_out, required, required_text};
use crate::abi::{Py_hash_t, PyObject, PyTypeObject};
use crate::interpreter::hooks;
use crate::objects::{bytes, comparison, constants, formatting, object, print, str};
use crate::protocol::attribute::require_str;
use crate::protocol::{compare, finalizer, hash, text, truth};
use crate::runtime::refusal;
use crate::runtime::{Arg, IntoC, Obj, OutObject, Ref, Result, Text};
use crate::types::attribute;
use core::ffi::{c_int, c_uint};

/// The bytes of an object: by its method `__bytes__`, of its buffer, or of an iterable of integers. A new reference to
/// a `bytes`, or NULL with an error set; TypeError for other objects. NULL gives `<NULL>`.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Bytes(o: Arg) -> *mut PyObject {
    o.map_or_else(|| bytes::from_slice(b"<NULL>"), bytes::convert::of).into_c()
}

/// `str(o)`: a new reference to a `str`, or NULL with an error set. NULL gives `<NULL>`.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Str(o: Arg) -> *mut PyObject {
    match o {
        Some(o) => text::to_str(o),
        None => str::from_str("<NULL>"),
    }
    .into_c()
}

/// Borrows the operands of a comparison; NULL is a SystemError, unless an error is pending.
fn operands<'a>(a: Arg<'a>, b: Arg<'a>, function: &'static str) -> Result<[Obj<'a>; 2]> {
    match (a, b) {
        (Some(a), Some(b)) => Ok([a, b]),
        _ => Err(refusal::bad_operand(function)),
    }
}

/// `repr(o)`: a new reference to a `str`, or NULL with an error set. NULL gives `<NULL>`.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Repr(o: Arg) -> *mut PyObject {
    match o {
        Some(o) => text::repr(o),
        None => str::from_str("<NULL>"),
    }
    .into_c()
}

/// `ascii(o)`, the repr with escapes for all characters that are not ASCII: a new reference to a `str`, or NULL with an
/// error set. NULL gives `<NULL>`.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_ASCII(o: Arg) -> *mut PyObject {
    match o {
        Some(o) => object::ascii(o),
        None => str::from_str("<NULL>"),
    }
    .into_c()
}

/// Writes the repr of an object to a stream of C's, or its `str` if the flags have `Py_PRINT_RAW`; `<nil>` for NULL: 0,
/// or -1 with an error set.
///
/// # Safety
/// `stream` is an open stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Print(o: Arg, stream: *mut libc::FILE, flags: c_int) -> c_int {
    // SAFETY: C promises the stream.
    unsafe {
        match o {
            Some(o) => print::print(o, stream, flags & 1 != 0).into_c(),
            None => {
                libc::fputs(c"<nil>".as_ptr(), stream);
                0
            }
        }
    }
}

/// `format(o, spec)`: a new reference to a `str`, or NULL with an error set. NULL for `spec` is an empty specification;
/// an object that is not a string is SystemError.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Format(o: Arg, spec: Arg) -> *mut PyObject {
    required(o, "PyObject_Format").and_then(|o| formatting::format(o, spec)).into_c()
}

/// `hash(o)`, or -1 with TypeError for an object without a hash, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Hash(o: Arg) -> Py_hash_t {
    required(o, "PyObject_Hash").map_or(-1, hash::hash_as_c)
}

/// `tp_hash` of a type whose instances have no hash: -1 with TypeError, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_HashNotImplemented(o: Arg) -> Py_hash_t {
    required(o, "PyObject_HashNotImplemented").and_then(hash::unhashable).into_c()
}

/// The hash of an object that is hashed by its identity. Never -1, and never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GenericHash(o: Arg) -> Py_hash_t {
    hash::of_pointer(o.map_or(core::ptr::null(), |o| o.as_ptr().cast_const().cast()))
}

/// `bool(o)`: 1 or 0, or -1 with an error set, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_IsTrue(o: Arg) -> c_int {
    required(o, "PyObject_IsTrue").and_then(truth::truth).into_c()
}

/// `not o`: 1 or 0, or -1 with an error set, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Not(o: Arg) -> c_int {
    required(o, "PyObject_Not").and_then(truth::truth).map(|truth| !truth).into_c()
}

/// One of the six comparisons (`Py_LT` to `Py_GE`): a new reference to the answer of a type, or NULL with TypeError
/// when the types have no such order, SystemError for NULL or for an unknown operator.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_RichCompare(a: Arg, b: Arg, op: c_int) -> *mut PyObject {
    operands(a, b, "PyObject_RichCompare").and_then(|[a, b]| compare::compare(a, b, op)).into_c()
}

/// One of the six comparisons as a truth value: 1 or 0, or -1 with an error set. An object is equal to itself; its type
/// is not asked. See [`PyObject_RichCompare`].
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_RichCompareBool(a: Arg, b: Arg, op: c_int) -> c_int {
    operands(a, b, "PyObject_RichCompareBool").and_then(|[a, b]| comparison::as_bool(a, b, op)).into_c()
}

/// `tp_iter` of an iterator: a new reference to itself, or NULL with SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_SelfIter(o: Arg) -> *mut PyObject {
    required(o, "PyObject_SelfIter").map(Obj::to_ref).into_c()
}

/// An attribute of `o`, by name: a new reference, or NULL with an error set: AttributeError when it is missing,
/// TypeError when the name is not a `str`.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GetAttr(o: Arg, name: Arg) -> *mut PyObject {
    attribute_of(o, name, "PyObject_GetAttr").and_then(|(o, name)| attribute::get(o, name)).into_c()
}

/// [`PyObject_GetAttr`] for a name in UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GetAttrString(o: Arg, name: Text) -> *mut PyObject {
    named_attribute_of(o, name, "PyObject_GetAttrString")
        .and_then(|(o, name)| attribute::get(o, name.borrow()))
        .into_c()
}

/// An attribute of `o`; a missing one is not an error. Returns 1 with a new reference in `*result`, 0 with NULL there
/// when the attribute is missing, -1 with NULL there and an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GetOptionalAttr(o: Arg, name: Arg, result: OutObject) -> c_int {
    const NAME: &str = "PyObject_GetOptionalAttr";
    hand_out(attribute_of(o, name, NAME).and_then(|(o, name)| attribute::get_optional_after_error(o, name)), result)
}

/// [`PyObject_GetOptionalAttr`] for a name in UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GetOptionalAttrString(o: Arg, name: Text, result: OutObject) -> c_int {
    const NAME: &str = "PyObject_GetOptionalAttrString";
    let found =
        named_attribute_of(o, name, NAME).and_then(|(o, name)| attribute::get_optional_after_error(o, name.borrow()));
    hand_out(found, result)
}

/// Sets an attribute of `o`, or deletes it when the value is NULL: 0, or -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_SetAttr(o: Arg, name: Arg, value: Arg) -> c_int {
    attribute_of(o, name, "PyObject_SetAttr").and_then(|(o, name)| attribute::set(o, name, value)).into_c()
}

/// [`PyObject_SetAttr`] for a name in UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_SetAttrString(o: Arg, name: Text, value: Arg) -> c_int {
    named_attribute_of(o, name, "PyObject_SetAttrString")
        .and_then(|(o, name)| attribute::set(o, name.borrow(), value))
        .into_c()
}

/// Deletes an attribute of `o`: 0, or -1 with an error set: AttributeError when it is missing.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_DelAttr(o: Arg, name: Arg) -> c_int {
    attribute_of(o, name, "PyObject_DelAttr").and_then(|(o, name)| attribute::set(o, name, None)).into_c()
}

/// [`PyObject_DelAttr`] for a name in UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_DelAttrString(o: Arg, name: Text) -> c_int {
    named_attribute_of(o, name, "PyObject_DelAttrString")
        .and_then(|(o, name)| attribute::set(o, name.borrow(), None))
        .into_c()
}

/// Whether `o` has an attribute: 1 or 0, or -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_HasAttrWithError(o: Arg, name: Arg) -> c_int {
    attribute_of(o, name, "PyObject_HasAttrWithError").and_then(|(o, name)| attribute::has(o, name)).into_c()
}

/// [`PyObject_HasAttrWithError`] for a name in UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_HasAttrStringWithError(o: Arg, name: Text) -> c_int {
    named_attribute_of(o, name, "PyObject_HasAttrStringWithError")
        .and_then(|(o, name)| attribute::has(o, name.borrow()))
        .into_c()
}

/// Whether `o` has an attribute: 1 or 0. An error of the look-up is written to standard error, and counts as 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_HasAttr(o: Arg, name: Arg) -> c_int {
    let has = attribute_of(o, name, "PyObject_HasAttr").and_then(|(o, name)| attribute::has(o, name));
    or_report(has, "")
}

/// [`PyObject_HasAttr`] for a name in UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_HasAttrString(o: Arg, name: Text) -> c_int {
    let has = named_attribute_of(o, name, "PyObject_HasAttrString");
    or_report(has.and_then(|(o, name)| attribute::has(o, name.borrow())), "String")
}

/// False for an error, which is reported as unraisable. `suffix` ends the names of the functions for this kind of
/// attribute name.
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

/// The look-up that most types share, the `tp_getattro` of `object`: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GenericGetAttr(o: Arg, name: Arg) -> *mut PyObject {
    attribute_of(o, name, "PyObject_GenericGetAttr").and_then(|(o, name)| attribute::generic_get(o, name)).into_c()
}

/// The generic way to set and delete attributes, the `tp_setattro` of `object`: 0, or -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GenericSetAttr(o: Arg, name: Arg, value: Arg) -> c_int {
    attribute_of(o, name, "PyObject_GenericSetAttr")
        .and_then(|(o, name)| attribute::generic_set(o, name, value))
        .into_c()
}

/// Borrows an object and the name of an attribute.
fn attribute_of<'a>(o: Arg<'a>, name: Arg<'a>, function: &'static str) -> Result<(Obj<'a>, Obj<'a>)> {
    both(o, name, function, |_, name| name.map_or(Ok(()), require_str))
}

/// Borrows an object, and makes the name of an attribute a `str`.
fn named_attribute_of<'a>(o: Arg<'a>, name: Text<'a>, function: &'static str) -> Result<(Obj<'a>, Ref)> {
    Ok((required(o, function)?, str::from_utf8(required_text(name, function)?.to_bytes())?))
}

/// The type of `o`: a borrowed reference, or NULL with SystemError when `o` is NULL.
#[unsafe(no_mangle)]
pub extern "C" fn Py_TYPE(o: Arg) -> *mut PyTypeObject {
    required(o, "Py_TYPE").map_or(core::ptr::null_mut(), |o| o.class().as_ptr())
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

/// A constant by its number from 0 to 9: None, False, True, Ellipsis, NotImplemented, 0, 1, "", b"" or (). A new
/// reference, or NULL with SystemError.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GetConstant(constant_id: c_uint) -> *mut PyObject {
    constant(constant_id, "Py_GetConstant").into_c()
}

/// [`Py_GetConstant`] with a borrowed reference: constants are immortal.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GetConstantBorrowed(constant_id: c_uint) -> *mut PyObject {
    constant(constant_id, "Py_GetConstantBorrowed").into_c()
}

fn constant(number: c_uint, function: &'static str) -> Result<Obj<'static>> {
    constants::by_number(number).ok_or_else(|| refusal::bad_argument(function))
}

/// Calls the finalizer of an object, its `tp_finalize`, unless it was called before. That it was called is remembered
/// for types whose instances take part in collection. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_CallFinalizer(o: Arg) {
    if let Some(o) = o {
        finalizer::call(o);
    }
}

/// Calls the finalizer of an object that is being destroyed: the first step of the `tp_dealloc` of a type with
/// `tp_finalize`. Returns 0, or -1 when the object has new references; then `tp_dealloc` returns at once. The process
/// ends when references to the object are left.
///
/// # Safety
/// `o` is NULL, or an object that its `tp_dealloc` destroys.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_CallFinalizerFromDealloc(o: Arg) -> c_int {
    // SAFETY: the caller destroys the object, and stops when the result is -1.
    if o.is_some_and(|o| unsafe { finalizer::call_at_end(o) }) { -1 } else { 0 }
}
