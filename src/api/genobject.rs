//! `Include/cpython/genobject.h`: generators of Python code, which can't be made here.

use crate::abi::PyCodeObject;
use crate::objects::exceptions;
use crate::runtime::refusal::bad_argument;
use crate::runtime::{GeneratorArg, IntoC, OutObject};
use core::ffi::c_int;
use core::ptr::null_mut;

/// The code of a generator: NULL with SystemError, since no object is one without an interpreter of Python.
#[unsafe(no_mangle)]
pub extern "C" fn PyGen_GetCode(_gen: GeneratorArg) -> *mut PyCodeObject {
    let _ = bad_argument("PyGen_GetCode");
    null_mut()
}

/// Takes the value with which an iterator ended: 0 with a new reference in `*value`, that of the pending StopIteration or else None; -1
/// for another error, which stays pending. Code of mypyc calls it.
#[unsafe(no_mangle)]
pub extern "C" fn _PyGen_FetchStopIterationValue(value: OutObject) -> c_int {
    exceptions::take_final_value().map(|found| value.hand_out(Some(found))).into_c()
}
