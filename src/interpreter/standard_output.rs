//! The initial `sys.stdout`: an object that writes to C's stream `stdout`, so that its text and that of `printf` come
//! out in the order in which they were written.

use super::sys;
use crate::abi::*;
use crate::objects::class_order::{self, Classes};
use crate::objects::exceptions;
use crate::objects::slots;
use crate::objects::{arguments, bytes, class_defaults, constants, file_methods, int, str};
use crate::runtime::{Obj, Raised, Ref, Result, Type, View, errno, error, instance, known, raise};

unsafe extern "C" {
    static mut stdout: *mut libc::FILE;
}

static mut OUTPUT_TYPE: PyTypeObject = PyTypeObject {
    tp_name: c"pycapsule.StandardOutput".as_ptr(),
    tp_doc: c"The stream stdout of C.".as_ptr(),
    tp_methods: (&raw mut METHODS).cast(),
    tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::DEFAULTS
};

static mut ORDER: Classes<2> = class_order::classes([&raw mut OUTPUT_TYPE, known::OBJECT.as_ptr()]);

/// The type of the object, as a borrowed reference.
// SAFETY: the static is a complete type object.
const OUTPUT: Type<'static> = unsafe { Type::from_ptr_unchecked(&raw mut OUTPUT_TYPE) };

static mut METHODS: [PyMethodDef; 4] = [
    slots::method_o(c"write", write),
    slots::method_noargs(c"flush", flush),
    slots::method_noargs(c"fileno", |_: View<'_, PyObject>| int::from_i64(libc::STDOUT_FILENO.into())),
    PyMethodDef::END,
];

/// The object.
pub(super) fn stream() -> Result<Ref> {
    let o = instance::allocate(OUTPUT, 0)?;
    // SAFETY: the new instance consists only of its head.
    Ok(unsafe { Ref::from_ptr_unchecked(o.as_ptr()) })
}

/// Writes a text to `sys.stdout`, or to C's stream where the object there does not take it (CPython: `PySys_WriteStdout`). The error
/// indicator does not change.
pub fn say(text: &[u8]) {
    let before = error::take();
    let write = || {
        let text = str::from_utf8(text)?;
        match sys::get("stdout")? {
            Some(file) => file_methods::write(Some(text.borrow()), file.borrow(), true).map(|()| true),
            None => Ok(false),
        }
    };
    if !write().unwrap_or(false) {
        error::clear();
        // SAFETY: the stream is C's own, and the bytes live until this function returns. Write errors are ignored: there is nowhere to
        // report them.
        unsafe { libc::fwrite(text.as_ptr().cast(), 1, text.len(), stdout) };
    }
    error::put_back(before);
}

fn failed() -> Raised {
    exceptions::raise_system_error(Exc::OSError.class().as_obj(), errno::get(), None, None)
}

/// Writes a `str` in UTF-8, and returns the number of its characters. Surrogates are a UnicodeEncodeError.
fn write(_: View<'_, PyObject>, text: Obj<'_>) -> Result<Ref> {
    let Some(s) = text.downcast() else {
        return Err(raise!(TypeError, "write() argument must be str, not {}", arguments::kind(text)));
    };
    let encoded = str::to_utf8(s)?;
    let encoded = bytes::as_slice(encoded.borrow());
    // SAFETY: the stream is C's own, and the bytes live until this function returns.
    let written = unsafe { libc::fwrite(encoded.as_ptr().cast(), 1, encoded.len(), stdout) };
    if written < encoded.len() { Err(failed()) } else { int::from_i64(str::length(s) as i64) }
}

fn flush(_: View<'_, PyObject>) -> Result<Ref> {
    // SAFETY: the stream is C's own.
    match unsafe { libc::fflush(stdout) } {
        0 => Ok(constants::NONE.to_ref()),
        _ => Err(failed()),
    }
}
