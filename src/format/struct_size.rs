//! The formats of the module `struct`, as far as the size of an item needs them (CPython: `PyBuffer_SizeFromFormat`, which
//! imports the module).

use crate::objects::exceptions;
use crate::objects::str::{self, Handler};
use crate::runtime::Result;
use crate::types::exception_class;
use core::ffi::CStr;

/// Why a format has no size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It has a character that is no item.
    Character,
    /// It ends with a number.
    Count,
    /// The size is more than `PY_SSIZE_T_MAX`.
    Size,
}

impl Fault {
    const fn message(self) -> &'static str {
        match self {
            Fault::Character => "bad char in struct format",
            Fault::Count => "repeat count given without format specifier",
            Fault::Size => "total struct size too long",
        }
    }
}

/// The size of an item of a format; `struct.error` for a format that is not one.
pub fn struct_size(format: &CStr) -> Result<isize> {
    let text = str::from_utf8(format.to_bytes())?;
    if let Some(text) = text.borrow().downcast() {
        str::encode(text, "ascii", Handler::named(None))?;
    }
    size(format.to_bytes()).map_or_else(|fault| Err(raise(fault)?), Ok)
}

/// Raises the exception of the module `struct`.
#[cold]
fn raise(fault: Fault) -> Result<crate::runtime::Raised> {
    let class = exception_class::new(b"struct.error", None, None, None)?;
    Ok(exceptions::raise_text(class.borrow(), fault.message().as_bytes()))
}

/// The size of an item, with the padding before each part that its alignment needs.
pub fn size(format: &[u8]) -> Result<isize, Fault> {
    let (native, mut rest) = match format {
        [b'@', rest @ ..] => (true, rest),
        [b'<' | b'>' | b'=' | b'!', rest @ ..] => (false, rest),
        _ => (true, format),
    };
    let mut total = 0usize;
    while let [first, after @ ..] = rest {
        rest = after;
        if first.is_ascii_whitespace() || *first == 0x0b {
            continue;
        }
        let (mut code, mut count) = (*first, 1);
        if code.is_ascii_digit() {
            count = usize::from(code - b'0');
            loop {
                let [next, after @ ..] = rest else { return Err(Fault::Count) };
                (code, rest) = (*next, after);
                if !code.is_ascii_digit() {
                    break;
                }
                count = fitting(count.checked_mul(10).and_then(|count| count.checked_add(usize::from(code - b'0'))))?;
            }
        }
        let (size, alignment) = part(code, native).ok_or(Fault::Character)?;
        let padded = total.checked_next_multiple_of(alignment);
        total = fitting(size.checked_mul(count).zip(padded).and_then(|(size, padded)| padded.checked_add(size)))?;
    }
    Ok(total as isize)
}

/// A number that fits into a `Py_ssize_t`.
fn fitting(number: Option<usize>) -> Result<usize, Fault> {
    number.filter(|&number| isize::try_from(number).is_ok()).ok_or(Fault::Size)
}

/// The size and the alignment of one part.
fn part(code: u8, native: bool) -> Option<(usize, usize)> {
    let size = match code {
        b'x' | b'b' | b'B' | b'c' | b's' | b'p' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' if !native => 4,
        b'l' | b'L' | b'q' | b'Q' | b'd' | b'F' => 8,
        b'n' | b'N' | b'P' if native => 8,
        b'D' => 16,
        _ => return None,
    };
    let alignment = match code {
        _ if !native => 1,
        b'F' | b'D' => size / 2,
        _ => size,
    };
    Some((size, alignment))
}
