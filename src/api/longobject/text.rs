//! Ints from text.

use super::number;
use crate::abi::PyObject;
use crate::objects::int;
use crate::runtime::refusal::{bad_argument, null_argument};
use crate::runtime::{Arg, IntoC, OutChars, Ref, Result, Text};
use core::ffi::{c_int, c_long, c_ulong};

/// The `int` in a text, by the rules of `int(text, base)`: a new reference, or NULL with ValueError, SystemError for
/// NULL. `*end` becomes the address of the first character that is not part of the number.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromString(text: Text, end: OutChars, base: c_int) -> *mut PyObject {
    let parse = || -> Result<Ref> {
        int::require_base(base)?;
        let bytes = text.get().ok_or_else(|| null_argument("PyLong_FromString"))?.to_bytes();
        let (parsed, length) = int::parse_c(bytes, base)?;
        end.set(text.as_ptr().wrapping_add(length).cast_mut());
        parsed
    };
    parse().into_c()
}

/// The `int` in a `str`, by the rules of `int(text, base)`: a new reference, or NULL with ValueError, SystemError for
/// anything but a `str`.
#[unsafe(no_mangle)]
pub extern "C" fn PyLong_FromUnicodeObject(text: Arg, base: c_int) -> *mut PyObject {
    const FUNCTION: &str = "PyLong_FromUnicodeObject";
    let text = number(text, FUNCTION).and_then(|text| text.downcast().ok_or_else(|| bad_argument(FUNCTION)));
    text.and_then(|text| int::parse_str(text, int::require_base(base)?)).into_c()
}

/// The number at the start of a text, and the address after it.
fn read(text: Text, end: OutChars, base: c_int, read: fn(&[u8], c_int) -> (u64, usize)) -> u64 {
    let bytes = text.get().unwrap_or_default().to_bytes();
    let (value, length) = read(bytes, base);
    end.set(text.as_ptr().wrapping_add(length).cast_mut());
    value
}

/// The number at the start of a text, without sign and after blanks, in a base from 2 to 36, or 0 for the base of its
/// prefix. `*end` becomes the address after it. A number that is too large is `ULONG_MAX`, and `errno` becomes
/// `ERANGE`. 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_strtoul(text: Text, end: OutChars, base: c_int) -> c_ulong {
    read(text, end, base, int::c_text::unsigned)
}

/// The number at the start of a text, which may have a sign. A number that is too large or too small is the nearest
/// `long`, and `errno` becomes `ERANGE`. See [`PyOS_strtoul`].
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_strtol(text: Text, end: OutChars, base: c_int) -> c_long {
    read(text, end, base, int::c_text::signed) as c_long
}
