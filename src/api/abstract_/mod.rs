//! `Include/abstract.h`: calls. The number, sequence, mapping and iterator protocols are in files of their own.

mod format;
mod item;
mod iterator;
mod number;
mod sequence;

pub use format::*;
pub use item::*;
pub use iterator::*;
pub use number::*;
pub use sequence::*;

use super::required;
use crate::abi::{PY_VECTORCALL_ARGUMENTS_OFFSET, Py_ssize_t, PyObject, vectorcallfunc};
use crate::objects::call;
use crate::objects::class_check;
use crate::objects::dict::Dict;
use crate::objects::tuple::{self, Tuple};
use crate::protocol::callable;
use crate::runtime::refusal::null_error;
use crate::runtime::thread::PyThreadState;
use crate::runtime::{Arg, Given, IntoC, Obj, Result, Text, raise};
use crate::types::method;
use core::ffi::c_int;

/// Borrows an object for a function that takes all objects: NULL is SystemError "null argument to internal routine".
fn object_argument<'a>(o: Arg<'a>) -> Result<Obj<'a>> {
    o.ok_or_else(null_error)
}

/// Borrows an array of arguments. The last of them are the values of the keywords in `names`. SystemError for an array
/// that is NULL, TypeError for names that are not a tuple.
///
/// # Safety
/// `arguments` is NULL or holds as many live objects as `count` (without its flag) and `names` state.
unsafe fn array<'a>(
    arguments: *const *mut PyObject,
    count: usize,
    names: Arg<'a>,
) -> Result<(&'a [Obj<'a>], Option<Tuple<'a>>)> {
    let names = match names.map(Obj::downcast) {
        Some(None) => return Err(raise!(TypeError, "keyword names must be a tuple")),
        names => names.flatten(),
    };
    let count = (count & !PY_VECTORCALL_ARGUMENTS_OFFSET) + names.map_or(0, tuple::len);
    match (count, arguments.is_null()) {
        (0, _) => Ok((&[], names)),
        (_, true) => Err(null_error()),
        // SAFETY: this function's caller promises `count` live objects, and `Obj` is a pointer that is not NULL.
        (_, false) => Ok((unsafe { core::slice::from_raw_parts(arguments.cast(), count) }, names)),
    }
}

/// Borrows a dict of keyword arguments, or NULL for none. TypeError for another object, with which CPython would crash.
fn keywords_argument<'a>(keywords: Arg<'a>) -> Result<Option<Dict<'a>>> {
    match keywords.map(Obj::downcast) {
        Some(None) => Err(raise!(TypeError, "keyword list must be a dictionary")),
        keywords => Ok(keywords.flatten()),
    }
}

/// Borrows a tuple of arguments; TypeError for another object.
fn tuple_argument<'a>(arguments: Arg<'a>, function: &'static str) -> Result<Tuple<'a>> {
    let arguments = required(arguments, function)?;
    arguments.downcast().ok_or_else(|| raise!(TypeError, "argument list must be a tuple"))
}

/// The object's type: a new reference, or NULL with SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Type(o: Arg) -> *mut PyObject {
    object_argument(o).map(|o| o.class().as_obj().to_ref()).into_c()
}

/// Whether the object can be called: 1 or 0; 0 for NULL. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyCallable_Check(o: Arg) -> c_int {
    o.is_some_and(callable::is_callable).into()
}

/// Calls an object with a tuple of arguments and a dict of keyword arguments, or NULL for none.
///
/// Returns a new reference, or NULL with an error set; TypeError when the object can't be called, `arguments` is not a
/// tuple or `keywords` not a dict. A vectorcall function that is called without keywords may return NULL without an
/// error, or a result with one; like CPython this function returns such a result unchanged.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Call(callable: Arg, arguments: Arg, keywords: Arg) -> *mut PyObject {
    object_argument(callable)
        .and_then(|callable| {
            let arguments = tuple_argument(arguments, "PyObject_Call")?;
            Ok((callable, arguments, keywords_argument(keywords)?))
        })
        .ok()
        .and_then(|(callable, arguments, keywords)| call::call_as_c(callable, arguments, keywords))
        .into_c()
}

/// Calls an object with a tuple of arguments, or NULL for none.
///
/// Returns a new reference, or NULL with an error set; TypeError when `arguments` is not a tuple.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_CallObject(callable: Arg, arguments: Arg) -> *mut PyObject {
    if arguments.is_none() {
        return PyObject_CallNoArgs(callable);
    }
    PyObject_Call(callable, arguments, None)
}

/// Calls an object with a tuple of arguments and a dict of keyword arguments, each NULL for none, under an old name of
/// the stable ABI. Returns a new reference, or NULL with an error set, as [`PyObject_Call`] does.
#[unsafe(no_mangle)]
pub extern "C" fn PyEval_CallObjectWithKeywords(callable: Arg, arguments: Arg, keywords: Arg) -> *mut PyObject {
    PyObject_Call(callable, arguments.or(Some(*tuple::empty())), keywords)
}

/// Calls an object without arguments: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_CallNoArgs(callable: Arg) -> *mut PyObject {
    object_argument(callable).and_then(|callable| call::vectorcall(callable, &[], None)).into_c()
}

/// Calls an object with one argument: a new reference, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_CallOneArg(callable: Arg, o: Arg) -> *mut PyObject {
    object_argument(callable)
        .and_then(|callable| call::vectorcall(callable, &[required(o, "PyObject_CallOneArg")?], None))
        .into_c()
}

/// Calls an object with an array of arguments. `names` is NULL or a tuple of keyword names, whose values are last in
/// the array.
///
/// Returns a new reference, or NULL with an error set. `count` may carry `PY_VECTORCALL_ARGUMENTS_OFFSET`.
///
/// # Safety
/// `arguments` is NULL or holds as many live objects as `count` and `names` state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Vectorcall(
    callable: Arg,
    arguments: *const *mut PyObject,
    count: usize,
    names: Arg,
) -> *mut PyObject {
    object_argument(callable)
        .and_then(|callable| {
            // SAFETY: C filled the array as `count` and `names` state, and keeps it during the call.
            let (arguments, names) = unsafe { array(arguments, count, names) }?;
            call::vectorcall(callable, arguments, names)
        })
        .into_c()
}

/// Calls an object with an array of positional arguments and a dict of keyword arguments, or NULL for none: a new
/// reference, or NULL with an error set.
///
/// # Safety
/// `arguments` is NULL or holds `count` live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_VectorcallDict(
    callable: Arg,
    arguments: *const *mut PyObject,
    count: usize,
    keywords: Arg,
) -> *mut PyObject {
    object_argument(callable)
        .and_then(|callable| {
            // SAFETY: C filled the array with `count` objects, and keeps it during the call.
            let (arguments, _) = unsafe { array(arguments, count, None) }?;
            call::with_dict(callable, arguments, keywords_argument(keywords)?)
        })
        .into_c()
}

/// Calls an object through `tp_call` with an array of arguments. `keywords` is NULL, a dict, or a tuple of names whose
/// values follow the positional arguments. Returns a new reference, or NULL with an error set. The inline functions of
/// the headers of 3.9 and 3.10 call it for a callable without a vectorcall function.
///
/// # Safety
/// `arguments` holds as many live objects as `count` and the names state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_MakeTpCall(
    _thread: *mut PyThreadState,
    callable: Arg,
    arguments: *const *mut PyObject,
    count: Py_ssize_t,
    keywords: Arg,
) -> *mut PyObject {
    // SAFETY: both functions require of the array the same as this one.
    unsafe {
        match keywords {
            Some(names) if tuple::check(names) => PyObject_Vectorcall(callable, arguments, count as usize, keywords),
            _ => PyObject_VectorcallDict(callable, arguments, count as usize, keywords),
        }
    }
}

/// Checks that a result and the error indicator agree. Returns the result, whose reference it steals, or NULL with an
/// error set: SystemError when they do not agree. The inline functions of the headers of 3.9 and 3.10 call it.
#[unsafe(no_mangle)]
pub extern "C" fn _Py_CheckFunctionResult(
    _thread: *mut PyThreadState,
    callable: Arg,
    result: Given,
    _place: Text,
) -> *mut PyObject {
    object_argument(callable).and_then(|callable| call::check_result(callable, result)).into_c()
}

/// Calls an object by the vectorcall protocol with a tuple, and a dict or NULL. It can be the `tp_call` of types that
/// support the protocol. Returns a new reference, or NULL with an error set; TypeError when the object has no
/// vectorcall function.
#[unsafe(no_mangle)]
pub extern "C" fn PyVectorcall_Call(callable: Arg, arguments: Arg, keywords: Arg) -> *mut PyObject {
    const NAME: &str = "PyVectorcall_Call";
    object_argument(callable)
        .and_then(|callable| {
            if callable::vectorcall_function(callable).is_none() {
                let class = callable.class().name();
                return Err(raise!(TypeError, "'{class}' object does not support vectorcall"));
            }
            Ok((callable, tuple_argument(arguments, NAME)?, keywords_argument(keywords)?))
        })
        .ok()
        .and_then(|(callable, arguments, keywords)| call::call_as_c(callable, arguments, keywords))
        .into_c()
}

/// The number of positional arguments in a `size_t` whose highest bit is a flag. The header has a macro of the same
/// name.
#[unsafe(no_mangle)]
pub extern "C" fn PyVectorcall_NARGS(count: usize) -> Py_ssize_t {
    (count & !PY_VECTORCALL_ARGUMENTS_OFFSET) as Py_ssize_t
}

/// The vectorcall function of an object, or NULL. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyVectorcall_Function(callable: Arg) -> vectorcallfunc {
    callable.and_then(callable::vectorcall_function)
}

variadic! {
    /// Calls an object with the objects that follow, up to a NULL, `PyObject *PyObject_CallFunctionObjArgs(PyObject
    /// *callable, ...)`: a new reference, or NULL with an error set.
    ///
    /// # Safety
    /// `callable` is NULL or a live object, and so is each of the others; the last is NULL.
    PyObject_CallFunctionObjArgs = pycapsule_PyObject_CallFunctionObjArgs
}

variadic! {
    /// Calls a method of an object with the objects that follow, up to a NULL, `PyObject
    /// *PyObject_CallMethodObjArgs(PyObject *object, PyObject *name, ...)`: a new reference, or NULL with an error set.
    ///
    /// # Safety
    /// Each is NULL or a live object; the last is NULL.
    PyObject_CallMethodObjArgs = pycapsule_PyObject_CallMethodObjArgs
}

/// Calls the method `name` of the first object in the array with the others: see [`PyObject_Vectorcall`].
///
/// # Safety
/// `arguments` is NULL or holds as many live objects as `count` and `names` state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_VectorcallMethod(
    name: Arg,
    arguments: *const *mut PyObject,
    count: usize,
    names: Arg,
) -> *mut PyObject {
    object_argument(name)
        .and_then(|name| {
            // SAFETY: C filled the array as `count` and `names` state, and keeps it during the call.
            let (arguments, names) = unsafe { array(arguments, count, names) }?;
            method::call(name, arguments, names)
        })
        .into_c()
}

/// Whether `o` is an instance of a class or of one of a tuple of classes: 1 or 0, or -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_IsInstance(o: Arg, class: Arg) -> c_int {
    const NAME: &str = "PyObject_IsInstance";
    required(o, NAME).and_then(|o| class_check::is_instance(o, required(class, NAME)?)).into_c()
}

/// Whether `derived` is a class, or derived from it; `class` may be a tuple of classes. 1 or 0, or -1 with an error
/// set.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_IsSubclass(derived: Arg, class: Arg) -> c_int {
    const NAME: &str = "PyObject_IsSubclass";
    required(derived, NAME).and_then(|derived| class_check::is_subclass(derived, required(class, NAME)?)).into_c()
}
