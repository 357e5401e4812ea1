//! The language of `PyBytes_FromFormat`, which is a smaller one: widths and flags are read and ignored, and from a
//! conversion that it does not have on, the format stands as it is.

use super::arguments::Arguments;
use super::pieces::{self, Cursor, MAX_DIGITS, digits};
use crate::abi::va_list;
use crate::objects::{bytes, object};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Ref, Result, raise};
use core::ffi::{CStr, c_char, c_int};
use core::slice;

/// A `bytes` made from a format and its arguments (CPython: `PyBytes_FromFormatV`). The list itself stays as it is.
///
/// # Safety
/// `list` is a `va_list` that C passed, with the arguments that the format asks for.
pub unsafe fn bytes_from_va_list(format: &CStr, list: va_list) -> Result<Ref> {
    let mut text = Array::new_in(Malloc);
    // SAFETY: the caller's promise.
    unsafe { Arguments::copied(list, |arguments| build(&mut text, Cursor::new(format), arguments)) }?;
    bytes::from_slice(&text)
}

/// # Safety
/// The arguments are those that the format asks for.
unsafe fn build(text: &mut Array<u8>, mut rest: Cursor<'_>, arguments: &mut Arguments) -> Result<()> {
    loop {
        memory::extend(text, rest.take_while(|byte| byte != b'%'))?;
        let from_percent = rest.rest();
        if !rest.take(b'%') {
            return Ok(());
        }
        rest.take_while(|byte| byte.is_ascii_digit());
        let digits = if rest.take(b'.') { rest.take_while(|byte| byte.is_ascii_digit()) } else { &[] };
        let precision =
            digits.iter().fold(0usize, |number, digit| number.saturating_mul(10).saturating_add((digit - b'0').into()));
        rest.take_while(|byte| byte != b'%' && !byte.is_ascii_alphabetic());
        let long = matches!(rest.rest(), [b'l' | b'z', b'd' | b'u', ..]);
        if long {
            rest.next();
        }
        // SAFETY: the caller's promise.
        if !unsafe { convert(text, rest.next(), long, precision, arguments) }? {
            return memory::extend(text, from_percent);
        }
    }
}

/// Appends what a conversion says; false for one that does not exist.
///
/// # Safety
/// The next argument is what the conversion stands for.
unsafe fn convert(
    text: &mut Array<u8>,
    kind: Option<u8>,
    long: bool,
    precision: usize,
    arguments: &mut Arguments,
) -> Result<bool> {
    let mut buffer = [0; MAX_DIGITS];
    // SAFETY: the caller's promise; each arm reads the argument that its letter stands for.
    unsafe {
        match kind {
            Some(b'%') => memory::extend(text, b"%")?,
            Some(b'c') => match u8::try_from(arguments.next::<c_int>()) {
                Ok(byte) => memory::extend(text, &[byte])?,
                Err(_) => {
                    const MESSAGE: &str = "PyBytes_FromFormatV(): %c format expects an integer in range [0; 255]";
                    return Err(raise!(OverflowError, "{MESSAGE}"));
                }
            },
            Some(b'd' | b'i') => {
                let value = if long { arguments.next() } else { i64::from(arguments.next::<c_int>()) };
                memory::extend(text, if value < 0 { b"-" } else { b"" })?;
                memory::extend(text, digits(value.unsigned_abs(), b'd', &mut buffer))?;
            }
            Some(kind @ (b'u' | b'x')) => {
                let value = if long { arguments.next::<i64>() } else { arguments.next::<c_int>() as u32 as i64 };
                memory::extend(text, digits(value as u64, kind, &mut buffer))?;
            }
            Some(b's') => {
                let pointer: *const c_char = arguments.next::<*mut core::ffi::c_void>().cast();
                if pointer.is_null() {
                    return Err(object::null_argument("PyBytes_FromFormat"));
                }
                let length = libc::strnlen(pointer, if precision == 0 { usize::MAX } else { precision });
                memory::extend(text, slice::from_raw_parts(pointer.cast(), length))?;
            }
            Some(b'p') => {
                for byte in pieces::pointer(arguments.next(), &mut buffer) {
                    memory::extend(text, &[byte])?;
                }
            }
            _ => return Ok(false),
        }
    }
    Ok(true)
}
