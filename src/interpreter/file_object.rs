//! Objects that are files to extension modules: their number.

use super::warnings;
use crate::abi::Exc;
use crate::objects::{attributes, call, constants, int, str};
use crate::runtime::{Obj, Result, raise};
use core::ffi::c_int;

/// The number of a file: an int, or the answer of the object's method `fileno` (CPython: `PyObject_AsFileDescriptor`).
pub fn descriptor(o: Obj<'_>) -> Result<c_int> {
    let number = if int::check(o) {
        if o.is_exactly(constants::BOOL) {
            let warning = str::from_str("bool is used as a file descriptor")?;
            warnings::issue(Some(Exc::RuntimeWarning.class().as_obj()), warning.borrow())?;
        }
        int::as_c_int(o)?
    } else {
        let Some(method) = attributes::find_str(o, "fileno")? else {
            return Err(raise!(TypeError, "argument must be an int, or have a fileno() method."));
        };
        let answer = call::vectorcall(method.borrow(), &[], None)?;
        if !int::check(answer.borrow()) {
            return Err(raise!(TypeError, "fileno() returned a non-integer"));
        }
        int::as_c_int(answer.borrow())?
    };
    match number {
        0.. => Ok(number),
        _ => Err(raise!(ValueError, "file descriptor cannot be a negative integer ({number})")),
    }
}
