//! The formats of `PyBytes_FromFormat`, which has fewer conversions than `PyUnicode_FromFormat`. Widths and flags are
//! read and ignored. The rest of the format from an unknown conversion on is copied unchanged.

use super::cursor::Cursor;
use super::digits::{self, MAX_DIGITS, digits};
use super::va_list::Arguments;
use crate::abi::va_list;
use crate::objects::bytes::{self, NewBytes};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::refusal;
use crate::runtime::{Result, raise};
use core::ffi::CStr;

/// A new `bytes` made from a format and its arguments (CPython: `PyBytes_FromFormatV`). The caller can use `list`
/// again.
///
/// # Safety
/// `list` is a `va_list` that C passed, with the arguments that the format asks for. Each string among them is NULL, or
/// ends with a NUL, or is as long as its precision.
pub unsafe fn bytes_from_va_list(format: &CStr, list: va_list) -> Result<NewBytes> {
    let mut text = Array::new_in(Malloc);
    // Room for a few arguments, so that the text seldom has to move.
    memory::reserve(&mut text, format.count_bytes() + 64)?;
    // SAFETY: the list has what this format asks for, and `build` steps through this format.
    unsafe { Arguments::copied(list, |arguments| build(&mut text, Cursor::new(format), arguments)) }?;
    bytes::from_slice(&text)
}

/// Appends the text of a format and its arguments.
fn build(text: &mut Array<u8>, mut rest: Cursor<'_>, arguments: &mut Arguments) -> Result<()> {
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
        if !convert(text, rest.next(), long, precision, arguments)? {
            return memory::extend(text, from_percent);
        }
    }
}

/// Appends the text of a conversion, whose argument comes next. Returns false for an unknown conversion.
fn convert(
    text: &mut Array<u8>,
    kind: Option<u8>,
    long: bool,
    precision: usize,
    arguments: &mut Arguments,
) -> Result<bool> {
    let mut buffer = [0; MAX_DIGITS];
    match kind {
        Some(b'%') => memory::extend(text, b"%")?,
        Some(b'c') => match u8::try_from(arguments.int()) {
            Ok(byte) => memory::extend(text, &[byte])?,
            Err(_) => {
                const MESSAGE: &str = "PyBytes_FromFormatV(): %c format expects an integer in range [0; 255]";
                return Err(raise!(OverflowError, "{MESSAGE}"));
            }
        },
        Some(b'd' | b'i') => {
            let value = if long { arguments.int64() } else { arguments.int().into() };
            memory::extend(text, if value < 0 { b"-" } else { b"" })?;
            memory::extend(text, digits(value.unsigned_abs(), b'd', &mut buffer))?;
        }
        Some(kind @ (b'u' | b'x')) => {
            let value = if long { arguments.int64() as u64 } else { (arguments.int() as u32).into() };
            memory::extend(text, digits(value, kind, &mut buffer))?;
        }
        Some(b's') => match arguments.bytes(if precision == 0 { usize::MAX } else { precision }) {
            Some(bytes) => memory::extend(text, bytes)?,
            None => return Err(refusal::null_argument("PyBytes_FromFormat")),
        },
        Some(b'p') => {
            memory::extend(text, b"0x")?;
            memory::extend(text, digits::pointer(arguments.pointer(), &mut buffer))?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}
