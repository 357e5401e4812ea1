//! Names of files: strings, bytes, and objects that give one.

use super::{bytes, special, str};
use crate::runtime::{Obj, Ref, Result, raise};
use core::ffi::{c_char, c_int};

/// Whether an object is a name itself.
fn is_name(o: Obj<'_>) -> bool {
    str::check(o) || bytes::check(o)
}

/// The name that an object is or gives: a `str` or a `bytes` (CPython: `PyOS_FSPath`).
pub fn path(o: Obj<'_>) -> Result<Ref> {
    if is_name(o) {
        return Ok(o.to_ref());
    }
    let class = o.class().name();
    let Some(path) = special::call(o, "__fspath__", &[])? else {
        return Err(raise!(TypeError, "expected str, bytes or os.PathLike object, not {class}"));
    };
    if is_name(path.borrow()) {
        return Ok(path);
    }
    let made = path.borrow().class().name();
    Err(raise!(TypeError, "expected {class}.__fspath__() to return str or bytes, not {made}"))
}

/// A name in the encoding of file names, as `bytes` without a NUL (CPython: `PyUnicode_FSConverter`).
pub fn encoded(o: Obj<'_>) -> Result<Ref> {
    let path = path(o)?;
    let encoded = match path.borrow().downcast() {
        Some(s) => str::to_utf8_escaped(s)?.into_ref(),
        None => path,
    };
    let has_nul = encoded.borrow().downcast().map(bytes::as_slice).is_some_and(|name| name.contains(&0));
    if has_nul { Err(raise!(ValueError, "embedded null byte")) } else { Ok(encoded) }
}

/// A name as a `str` without a NUL (CPython: `PyUnicode_FSDecoder`).
pub fn decoded(o: Obj<'_>) -> Result<Ref> {
    let path = path(o)?;
    let decoded = match path.borrow().downcast().map(bytes::as_slice) {
        Some(name) => str::decode_utf8(name, str::Handler::SurrogateEscape)?,
        None => str::exact(path.borrow())?,
    };
    let has_nul = decoded.borrow().downcast().is_some_and(|s| str::places::has_zero(str::points(s)));
    if has_nul { Err(raise!(ValueError, "embedded null character")) } else { Ok(decoded) }
}

/// The encoding of file names, for old programs.
#[unsafe(no_mangle)]
pub static mut Py_FileSystemDefaultEncoding: *const c_char = c"utf-8".as_ptr();

/// The handler of errors in file names, for old programs.
#[unsafe(no_mangle)]
pub static mut Py_FileSystemDefaultEncodeErrors: *const c_char = c"surrogateescape".as_ptr();

/// Whether the encoding is the library's own, for old programs.
#[unsafe(no_mangle)]
pub static mut Py_HasFileSystemDefaultEncoding: c_int = 0;

/// Whether the program runs in the mode in which all texts are UTF-8, for old programs.
#[unsafe(no_mangle)]
pub static mut Py_UTF8Mode: c_int = 0;
