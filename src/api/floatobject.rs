//! `Include/floatobject.h`: floats.

use crate::abi::PyObject;
use crate::objects::{convert, float};
use crate::runtime::{Arg, IntoC, raise};
use core::ffi::c_double;

/// A new `float` with this value: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyFloat_FromDouble(value: c_double) -> *mut PyObject {
    float::from_f64(value).into_c()
}

/// The value of a `float`, or of an object that `__float__` or `__index__` converts. -1.0 with TypeError for any other
/// object and for NULL, OverflowError for an `int` that is too large. -1.0 may also be the value: check
/// `PyErr_Occurred`.
#[unsafe(no_mangle)]
pub extern "C" fn PyFloat_AsDouble(o: Arg) -> c_double {
    o.ok_or_else(|| raise!(TypeError, "bad argument type for built-in operation")).and_then(convert::as_f64).into_c()
}
