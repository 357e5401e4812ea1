//! `Include/fileobject.h`: objects that are files.

use super::{required, required_text};
use crate::abi::PyObject;
use crate::interpreter::file_object;
use crate::objects::{file_methods, str};
use crate::runtime::{Arg, IntoC, Text, error, raise};
use core::ffi::c_int;

/// The file descriptor that an `int` is, or that the method `fileno` of another object returns. -1 with TypeError for
/// other objects, OverflowError and ValueError for numbers that can't be one, SystemError for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_AsFileDescriptor(o: Arg) -> c_int {
    required(o, "PyObject_AsFileDescriptor").and_then(file_object::descriptor).unwrap_or(-1)
}

/// Writes an object to a file by its method `write`: its repr, or its str if `flags` has `Py_PRINT_RAW` (1). 0, or -1
/// with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyFile_WriteObject(o: Arg, file: Arg, flags: c_int) -> c_int {
    let file = file.ok_or_else(|| raise!(TypeError, "writeobject with NULL file"));
    file.and_then(|file| file_methods::write(o, file, flags & 1 != 0)).into_c()
}

/// A line of a file by its method `readline`: a new reference to a `str` or `bytes`, or NULL with an error set. With a
/// negative `n` the end of the line is left out, and EOFError is raised at the end of the file. A positive `n` is the
/// largest length, and 0 means any.
#[unsafe(no_mangle)]
pub extern "C" fn PyFile_GetLine(file: Arg, n: c_int) -> *mut PyObject {
    required(file, "PyFile_GetLine").and_then(|file| file_methods::line(file, n)).into_c()
}

/// Writes a text in UTF-8 to a file by its method `write`: 0, or -1 with an error set. Does nothing but return -1 if an
/// error is set already.
#[unsafe(no_mangle)]
pub extern "C" fn PyFile_WriteString(text: Text, file: Arg) -> c_int {
    const NAME: &str = "PyFile_WriteString";
    if error::occurred() {
        return -1;
    }
    let file = file.ok_or_else(|| raise!(SystemError, "null file for PyFile_WriteString"));
    let write = |file| {
        let text = str::from_utf8(required_text(text, NAME)?.to_bytes())?;
        file_methods::write(Some(text.borrow()), file, true)
    };
    file.and_then(write).into_c()
}
