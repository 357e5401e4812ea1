//! Any format of `PyUnicode_FromFormat`, with arguments that suit each conversion in some way: a string or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pycapsule::*;
use std::ffi::{CString, c_char};

unsafe extern "C" {
    fn PyUnicode_FromFormat(format: *const c_char, ...) -> *mut PyObject;
    fn PyBytes_FromFormat(format: *const c_char, ...) -> *mut PyObject;
}

/// Widths and precisions of more than three digits only take time and memory.
fn is_modest(format: &[u8]) -> bool {
    !format.windows(4).any(|digits| digits.iter().all(u8::is_ascii_digit))
}

fuzz_target!(|format: &[u8]| {
    let format = format.split(|byte| *byte == 0).next().unwrap_or_default();
    // An address is a number, an object and a C string at once for every conversion but the `*`, which takes an int.
    if !is_modest(format) || format.contains(&b'*') || format.iter().filter(|byte| **byte == b'%').count() > 8 {
        return;
    }
    // `%s` and `%V` read the object's own bytes as a string, which ends within it: its count is followed by zeros.
    let format = CString::new(format).unwrap_or_default();
    // SAFETY: eight arguments for eight conversions, each an object, of which any conversion may be made; the longest
    // conversion takes two.
    unsafe {
        let o = PyUnicode_FromString(Text::new(c"an object"));
        let wide = format.as_bytes().windows(2).any(|pair| pair == b"ls" || pair == b"lV");
        if !wide {
            for make in [PyUnicode_FromFormat, PyBytes_FromFormat] {
                let made = make(format.as_ptr(), o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o);
                assert_eq!(made.is_null(), !PyErr_Occurred().is_null());
                PyErr_Clear();
                if !made.is_null() {
                    Py_DecRef(Ref::from_ptr(made));
                }
            }
        }
        Py_DecRef(Ref::from_ptr(o));
    }
});
