//! The classes and the case of characters.

use crate::abi::Py_UCS4;
use crate::objects::str::characters as of;
use core::ffi::{c_int, c_uchar};

/// Whether an ASCII character is white space: 1 or 0 for each.
#[unsafe(no_mangle)]
pub static _Py_ascii_whitespace: [c_uchar; 128] = {
    let mut table = [0; 128];
    let mut point = 0;
    while point < 128 {
        table[point] = of::is_space(point as u32) as c_uchar;
        point += 1;
    }
    table
};

/// Whether a character is a small letter: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsLowercase(ch: Py_UCS4) -> c_int {
    of::is_lower(ch).into()
}

/// Whether a character is a capital: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsUppercase(ch: Py_UCS4) -> c_int {
    of::is_upper(ch).into()
}

/// Whether a character is a pair of letters of which only the first is a capital: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsTitlecase(ch: Py_UCS4) -> c_int {
    of::is_title(ch).into()
}

/// Whether a character is white space: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsWhitespace(ch: Py_UCS4) -> c_int {
    of::is_space(ch).into()
}

/// Whether a character ends a line: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsLinebreak(ch: Py_UCS4) -> c_int {
    of::is_line_break(ch).into()
}

/// Whether a character is a letter: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsAlpha(ch: Py_UCS4) -> c_int {
    of::is_alpha(ch).into()
}

/// Whether a character is a decimal digit: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsDecimalDigit(ch: Py_UCS4) -> c_int {
    of::decimal(ch).is_some().into()
}

/// Whether a character is a digit, as superscripts are too: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsDigit(ch: Py_UCS4) -> c_int {
    of::digit(ch).is_some().into()
}

/// Whether a character has a numeric value: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsNumeric(ch: Py_UCS4) -> c_int {
    of::is_numeric(ch).into()
}

/// Whether the repr of a string shows a character unescaped: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsPrintable(ch: Py_UCS4) -> c_int {
    of::is_printable(ch).into()
}

/// The small letter of a character, or the character.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_ToLowercase(ch: Py_UCS4) -> Py_UCS4 {
    of::simple_lower(ch)
}

/// The capital of a character, or the character.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_ToUppercase(ch: Py_UCS4) -> Py_UCS4 {
    of::simple_upper(ch)
}

/// The form of a character at the beginning of a word, or the character.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_ToTitlecase(ch: Py_UCS4) -> Py_UCS4 {
    of::simple_title(ch)
}

/// The value of a decimal digit, or -1.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_ToDecimalDigit(ch: Py_UCS4) -> c_int {
    of::decimal(ch).map_or(-1, c_int::from)
}

/// The value of a digit, or -1.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_ToDigit(ch: Py_UCS4) -> c_int {
    of::digit(ch).map_or(-1, c_int::from)
}
