//! `PyNumber_*`: an object as a number.

use super::object_argument;
use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::{convert, exceptions, index, str};
use crate::protocol::number;
use crate::runtime::{Arg, IntoC, Obj, Raised, Result};
use core::ffi::c_int;

/// Whether the object is a number: 1 or 0; 0 for NULL. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Check(o: Arg) -> c_int {
    o.is_some_and(number::check).into()
}

/// Whether the object can be used as an index: 1 or 0; 0 for NULL. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyIndex_Check(o: Arg) -> c_int {
    o.is_some_and(number::is_index).into()
}

/// `int(o)`: a new reference, or NULL with TypeError for an object that is neither a number nor text, ValueError for
/// text that is not a number, OverflowError for an infinity, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Long(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(convert::to_int).into_c()
}

/// `float(o)`: a new reference, or NULL with TypeError for an object that is neither a number nor text, ValueError for
/// text that is not a number, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Float(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(convert::exact_float).into_c()
}

/// The object as an `int` without loss: a new reference, or NULL with TypeError without `__index__`, SystemError for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_Index(o: Arg) -> *mut PyObject {
    object_argument(o).and_then(convert::exact_index).into_c()
}

/// The object as a size, without loss: -1 with TypeError without `__index__`, SystemError for NULL. A number that
/// does not fit raises the exception class `too_large`, or is cut to the nearest size when that is NULL. -1 may also be the
/// value: ask `PyErr_Occurred`.
#[unsafe(no_mangle)]
pub extern "C" fn PyNumber_AsSsize_t(o: Arg, too_large: Arg) -> Py_ssize_t {
    object_argument(o)
        .and_then(|o| {
            index::nearest(o)?.or_else(|nearest| match too_large {
                None => Ok(nearest),
                Some(class) => Err(too_large_for_index(o, class)?),
            })
        })
        .into_c()
}

/// Raises an exception of a class for a number that is too large for a size.
fn too_large_for_index(o: Obj<'_>, class: Obj<'_>) -> Result<Raised> {
    let text = str::format(format_args!("cannot fit '{}' into an index-sized integer", o.class().name()))?;
    Ok(exceptions::raise_object(class, Some(text.borrow())))
}
