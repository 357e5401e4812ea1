//! `Include/object.h`: the names of an object's attributes, and the guard of a repr that would contain itself.

use crate::abi::PyObject;
use crate::api::required;
use crate::objects::{dir, under_repr};
use crate::runtime::{Arg, IntoC, raise};
use core::ffi::c_int;

/// The sorted names of the attributes of `o`, a list: a new reference, or NULL with an error set. NULL asks for the
/// local names of Python code: SystemError, because none runs.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Dir(o: Arg) -> *mut PyObject {
    o.ok_or_else(|| raise!(SystemError, "frame does not exist")).and_then(dir::names_of).into_c()
}

/// Remembers that this thread makes the repr of `o`: 0, or 1 if it does that already, so that the repr is to be cut
/// short; -1 with an error set. `Py_ReprLeave` follows a 0.
#[unsafe(no_mangle)]
pub extern "C" fn Py_ReprEnter(o: Arg) -> c_int {
    required(o, "Py_ReprEnter").and_then(under_repr::enter).map(|is_new| !is_new).into_c()
}

/// Forgets that this thread makes the repr of `o`. Another object, and NULL, do nothing. The error indicator does not
/// change.
#[unsafe(no_mangle)]
pub extern "C" fn Py_ReprLeave(o: Arg) {
    if let Some(o) = o {
        under_repr::leave(o);
    }
}
