//! The methods of objects that are files: `write`, `readline` and `flush`.

use super::{attributes, bytes, call, int, str};
use crate::abi::PyASCIIObject;
use crate::protocol::text;
use crate::runtime::{Obj, Ref, Result, raise};
use core::ffi::c_int;

/// Calls the method `write` of a file with the text of an object: its str if `plain` says so, else its repr (CPython:
/// `PyFile_WriteObject`).
pub fn write(o: Option<Obj<'_>>, file: Obj<'_>, plain: bool) -> Result<()> {
    let method = attributes::get_str(file, "write")?;
    let shown: Ref = match o {
        Some(o) if plain => text::to_str(o)?,
        Some(o) => text::repr(o)?,
        None => str::from_str("<NULL>")?,
    };
    call::vectorcall(method.borrow(), &[shown.borrow()], None).map(drop)
}

const LINE_FEED: u32 = b'\n' as u32;

/// A line of a file by its method `readline`: without an end of line if `count` is negative, when the end of the file
/// is EOFError; else at most `count` characters, or any number for 0 (CPython: `PyFile_GetLine`).
pub fn line(file: Obj<'_>, count: c_int) -> Result<Ref> {
    let method = attributes::get_str(file, "readline")?;
    let line = match count {
        1.. => call::vectorcall(method.borrow(), &[int::from_i64(count.into())?.borrow()], None)?,
        _ => call::vectorcall(method.borrow(), &[], None)?,
    };
    let end = || raise!(EOFError, "EOF when reading a line");
    let o = line.borrow();
    if let Some(text) = o.downcast::<PyASCIIObject>() {
        let length = str::length(text);
        return match str::points(text).get(length.wrapping_sub(1)) {
            None if count < 0 => Err(end()),
            Some(LINE_FEED) if count < 0 => str::substring(text, 0, length as isize - 1),
            _ => Ok(line),
        };
    }
    if let Some(bytes) = o.downcast() {
        return match bytes::as_slice(bytes) {
            [] if count < 0 => Err(end()),
            [start @ .., b'\n'] if count < 0 => bytes::from_slice(start).map(|start| start.into_ref()),
            _ => Ok(line),
        };
    }
    Err(raise!(TypeError, "object.readline() returned non-string"))
}

/// Calls the method `flush` of a file (CPython: `_PyFile_Flush`).
pub fn flush(file: Obj<'_>) -> Result<()> {
    let method = attributes::get_str(file, "flush")?;
    call::vectorcall(method.borrow(), &[], None).map(drop)
}
