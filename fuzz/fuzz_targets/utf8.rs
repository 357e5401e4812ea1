//! Bytes of any kind as UTF-8: valid UTF-8 comes back unchanged.  Other bytes are an error, or with an error handler a string.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pycapsule::*;
use std::ffi::c_char;
use std::slice;

fuzz_target!(|bytes: &[u8]| {
    let (text, length) = (bytes.as_ptr().cast::<c_char>(), bytes.len() as isize);
    // SAFETY: the bytes are as many as is said, and the UTF-8 form belongs to the string, which lives longer.
    unsafe {
        let made = PyUnicode_FromStringAndSize(text, length);
        assert_eq!(made.is_null(), str::from_utf8(bytes).is_err());
        if made.is_null() {
            assert!(!PyErr_Occurred().is_null());
            PyErr_Clear();
        } else {
            let mut size = 0;
            let utf8 = PyUnicode_AsUTF8AndSize(Obj::from_ptr(made), Out::from_ptr(&mut size));
            assert_eq!(slice::from_raw_parts(utf8.cast::<u8>(), size as usize), bytes);
            Py_DecRef(Ref::from_ptr(made));
        }
        for handler in [c"replace", c"ignore", c"surrogateescape", c"backslashreplace"] {
            let made = PyUnicode_DecodeUTF8(text, length, Text::new(handler));
            assert_eq!(made.is_null(), !PyErr_Occurred().is_null());
            PyErr_Clear();
            if !made.is_null() {
                Py_DecRef(Ref::from_ptr(made));
            }
        }
    }
});
