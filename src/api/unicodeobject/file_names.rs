//! Names of files.

use crate::abi::PyObject;
use crate::api::required;
use crate::objects::file_name;
use crate::runtime::{Arg, IntoC, Obj, OutObject, Raised, Ref, Result};
use core::ffi::{c_int, c_void};
use core::ptr::null_mut;

/// The result of a converter that is also called to drop what it has made.
const Py_CLEANUP_SUPPORTED: c_int = 0x2_0000;

/// The name that an object is or that its `__fspath__` gives, a `str` or a `bytes`: a new reference, or NULL with TypeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_FSPath(path: Arg) -> *mut PyObject {
    required(path, "PyOS_FSPath").and_then(file_name::path).into_c()
}

/// Stores a name for a parser of arguments; without an object it drops the name that it has stored.
///
/// # Safety
/// `place` can be read and written as a reference.
unsafe fn convert(o: Arg, place: *mut c_void, name: fn(Obj<'_>) -> Result<Ref>) -> c_int {
    let place = place.cast::<*mut PyObject>();
    // SAFETY: this function's caller promises the place. It has a reference that this function stored, if there is no object.
    unsafe {
        let Some(o) = o else {
            drop(Ref::from_ptr(place.replace(null_mut())));
            return 1;
        };
        match name(o) {
            Ok(name) => {
                OutObject::from_ptr(place).hand_out(Some(name));
                Py_CLEANUP_SUPPORTED
            }
            Err(Raised { .. }) => 0,
        }
    }
}

/// A converter for the unit `O&` of formats: stores a new reference to a file's name as `bytes` in the `PyObject *` at `place`, for a
/// `str`, a `bytes`, or an object with `__fspath__`. Returns `Py_CLEANUP_SUPPORTED`, or 0 with an error set. NULL for `o` drops the
/// name at `place`.
///
/// # Safety
/// `place` is the address of a `PyObject *`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FSConverter(o: Arg, place: *mut c_void) -> c_int {
    // SAFETY: C promises the place.
    unsafe { convert(o, place, file_name::encoded) }
}

/// A converter for the unit `O&` of formats: stores a new reference to a file's name as `str`. See [`PyUnicode_FSConverter`].
///
/// # Safety
/// `place` is the address of a `PyObject *`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FSDecoder(o: Arg, place: *mut c_void) -> c_int {
    // SAFETY: C promises the place.
    unsafe { convert(o, place, file_name::decoded) }
}
