//! `Include/boolobject.h`: `True` and `False`.

use crate::abi::PyObject;
use crate::objects::constants;
use core::ffi::c_long;

/// `True` for a number other than 0, else `False`: a new reference.
#[unsafe(no_mangle)]
pub extern "C" fn PyBool_FromLong(value: c_long) -> *mut PyObject {
    constants::bool(value != 0).to_ref().into_ptr()
}
