//! `Include/pystrtod.h`: floats from text and as text, which depend on no locale.

use crate::objects::{exceptions, float, str};
use crate::runtime::memory::Block;
use crate::runtime::refusal::null_argument;
use crate::runtime::{Arg, IntoC, OutChars, OutInt, Raised, Result, Text, memory};
use core::ffi::{c_char, c_double, c_int, c_void};

/// The number at the start of `text`, without blanks before it. `*end` becomes the address of the first character after
/// it; if `end` is NULL, the text must be nothing but a number.
///
/// -1.0 with ValueError when there is no number. A number that is too large raises `too_large`, or is an infinity if
/// that is NULL. -1.0 may also be the value: check `PyErr_Occurred`.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_string_to_double(text: Text, end: OutChars, too_large: Arg) -> c_double {
    let read = || -> Result<c_double> {
        let whole = text.get().ok_or_else(|| null_argument("PyOS_string_to_double"))?;
        end.set(whole.as_ptr().cast_mut());
        let (value, length) = float::parse_c(whole, !end.is_null())?;
        end.set(whole.as_ptr().wrapping_add(length).cast_mut());
        match (value, too_large) {
            (Err(_), Some(class)) => {
                let shown = memory::Lossy(whole.to_bytes().get(..200).unwrap_or(whole.to_bytes()));
                let message = str::format(format_args!("value too large to convert to float: '{shown}'"))?;
                Err(exceptions::raise_object(class, Some(message.borrow())))
            }
            (Ok(value) | Err(value), _) => Ok(value),
        }
    };
    read().into_c()
}

/// The number as text: `code` is `e`, `f`, `g`, `E`, `F` or `G` as for `printf`, or `r` for the shortest text that
/// reads back as the same number, with precision 0. `flags` are `Py_DTSF_SIGN` (1), `Py_DTSF_ADD_DOT_0` (2),
/// `Py_DTSF_ALT` (4) and `Py_DTSF_NO_NEG_0` (8). `*kind` becomes 0 for a finite number, 1 for an infinity, 2 for NaN.
///
/// The text is a block for `PyMem_Free`, or NULL with MemoryError, SystemError for another code.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_double_to_string(
    value: c_double,
    code: c_char,
    precision: c_int,
    flags: c_int,
    kind: OutInt,
) -> *mut c_char {
    let write = || -> Result<*mut c_void> {
        let text = float::format::format(value, code as u8, precision, flags)?;
        let block = Block::resize(None, text.len() + 1).map_err(|_| -> Raised { memory::out_of_memory() })?;
        let place = block.into_ptr();
        // SAFETY: the new block has room for the text and a NUL.
        unsafe {
            place.cast::<u8>().copy_from_nonoverlapping(text.as_ptr(), text.len());
            place.cast::<u8>().add(text.len()).write(0);
        }
        kind.set(if value.is_nan() { 2 } else { value.is_infinite().into() });
        Ok(place)
    };
    write().into_c().cast()
}
