//! `Include/cpython/pyctype.h`: the classes and cases of ASCII characters, independent of the locale.

use core::ffi::{c_uchar, c_uint};

const LOWER: c_uint = 0x01;
const UPPER: c_uint = 0x02;
const DIGIT: c_uint = 0x04;
const SPACE: c_uint = 0x08;
const HEXADECIMAL: c_uint = 0x10;

const fn class_of(byte: u8) -> c_uint {
    let class = match byte {
        b'a'..=b'z' => LOWER,
        b'A'..=b'Z' => UPPER,
        b'0'..=b'9' => DIGIT,
        b'\t'..=b'\r' | b' ' => SPACE,
        _ => 0,
    };
    if byte.is_ascii_hexdigit() { class | HEXADECIMAL } else { class }
}

/// The classes of each byte, as bits, for the macros of `pyctype.h`.
#[unsafe(no_mangle)]
pub static _Py_ctype_table: [c_uint; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = class_of(byte as u8);
        byte += 1;
    }
    table
};

/// Each byte, as a lower-case letter if it is an ASCII letter.
#[unsafe(no_mangle)]
pub static _Py_ctype_tolower: [c_uchar; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).to_ascii_lowercase();
        byte += 1;
    }
    table
};

/// Each byte, as an upper-case letter if it is an ASCII letter.
#[unsafe(no_mangle)]
pub static _Py_ctype_toupper: [c_uchar; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).to_ascii_uppercase();
        byte += 1;
    }
    table
};
