//! The size of an item by its format (CPython: `PyBuffer_SizeFromFormat`, which imports the module `struct`).

use crate::objects::exceptions;
use crate::objects::str::{self, Codec, Handler};
use crate::objects::struct_format::{Fault, size};
use crate::runtime::{Raised, Result};
use crate::types::exception_class;
use core::ffi::CStr;

/// The size of an item of a format; `struct.error` for a format that is not one.
pub fn struct_size(format: &CStr) -> Result<isize> {
    let text = str::from_utf8(format.to_bytes())?;
    if let Some(text) = text.borrow().downcast() {
        str::encode(text, Codec::Ascii, Handler::Strict)?;
    }
    size(format.to_bytes()).map_or_else(|fault| Err(raise(fault)?), Ok)
}

/// Raises the exception of the module `struct`, whose class is made for it.
#[cold]
fn raise(fault: Fault) -> Result<Raised> {
    let message = match fault {
        Fault::Character => "bad char in struct format",
        Fault::Count => "repeat count given without format specifier",
        Fault::Size => "total struct size too long",
    };
    let class = exception_class::new(b"struct.error", None, None, None)?;
    Ok(exceptions::raise_text(class.borrow(), message.as_bytes()))
}
