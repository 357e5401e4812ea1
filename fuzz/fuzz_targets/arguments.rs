//! Any format of `PyArg_ParseTuple` and `Py_BuildValue`: the parsed value agrees with itself, and the functions succeed or set an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pycapsule::format::arguments::{Format, Items, Unit};
use pycapsule::*;
use std::ffi::{CString, c_char};
use std::ptr::null_mut;

unsafe extern "C" {
    fn PyArg_ParseTuple(args: *mut PyObject, format: *const c_char, ...) -> i32;
    fn PyArg_ParseTupleAndKeywords(
        args: *mut PyObject,
        keywords: *mut PyObject,
        format: *const c_char,
        names: *const *const c_char,
        ...
    ) -> i32;
    fn Py_BuildValue(format: *const c_char, ...) -> *mut PyObject;
}

/// A place that suits each unit, also as the address of a string.
#[repr(C, align(16))]
struct Place([u8; 128]);

/// Walks the units as the library does: each step goes on, and the numbers agree with the text.
fn walk(format: &Format<'_>) {
    assert!(format.least <= format.most && format.most <= format.text().len());
    let mut rest = format.units();
    while !rest.rest().is_empty() {
        let before = rest.rest();
        let unit = Unit::parse(&mut rest);
        let taken = before.len() - rest.rest().len();
        assert!((1..=3).contains(&taken) && unit.places() <= 3);
        if unit == Unit::Items {
            assert!(Items::count(rest.rest()).count <= rest.rest().len());
        }
    }
}

fn outcome_is_clear(succeeded: bool) {
    assert_eq!(succeeded, PyErr_Occurred().is_null());
    PyErr_Clear();
}

fuzz_target!(|input: &[u8]| {
    let text = input.split(|byte| *byte == 0).next().unwrap_or_default();
    let Ok(format) = Format::parse(text) else { return };
    walk(&format);
    // The functions get a place for each unit. Types, functions and encodings are not places, and a buffer would have to be
    // released.
    let needs_more =
        text.windows(2).any(|pair| matches!(pair, b"O!" | b"O&" | b"es" | b"et" | b"S&" | b"N&") || pair[1] == b'*');
    if needs_more || text.len() > 16 {
        return;
    }
    let text = CString::new(text).unwrap_or_default();
    let mut places: Vec<Place> = (0..32).map(|_| Place([0; 128])).collect();
    let p: Vec<*mut Place> = places.iter_mut().map(std::ptr::from_mut).collect();
    let none = Py_GetConstantBorrowed(0);
    // SAFETY: each unit that is left takes one or two places, each of which is large enough for every unit. None is an object,
    // whose bytes are also a string, and is never destroyed.
    unsafe {
        let inner = Py_BuildValue(c"(is[d]y)".as_ptr(), 7, c"text".as_ptr(), 2.5, c"bytes".as_ptr());
        let args = Py_BuildValue(c"(Oisdz)".as_ptr(), inner, 1000, c"a".as_ptr(), 0.5, null_mut::<c_char>());
        let keywords = Py_BuildValue(c"{sOsi}".as_ptr(), c"b".as_ptr(), inner, c"c".as_ptr(), 3);
        for count in 0..=5 {
            let part = PyTuple_GetSlice(Obj::from_ptr(args), 0, count);
            outcome_is_clear(
                PyArg_ParseTuple(
                    part,
                    text.as_ptr(),
                    p[0],
                    p[1],
                    p[2],
                    p[3],
                    p[4],
                    p[5],
                    p[6],
                    p[7],
                    p[8],
                    p[9],
                    p[10],
                    p[11],
                    p[12],
                    p[13],
                    p[14],
                    p[15],
                    p[16],
                    p[17],
                    p[18],
                    p[19],
                    p[20],
                    p[21],
                    p[22],
                    p[23],
                    p[24],
                    p[25],
                    p[26],
                    p[27],
                    p[28],
                    p[29],
                    p[30],
                    p[31],
                ) != 0,
            );
            for names in [
                [c"a".as_ptr(), c"b".as_ptr(), c"c".as_ptr(), std::ptr::null()],
                [c"".as_ptr(), c"b".as_ptr(), std::ptr::null(), std::ptr::null()],
            ] {
                outcome_is_clear(
                    PyArg_ParseTupleAndKeywords(
                        part,
                        keywords,
                        text.as_ptr(),
                        names.as_ptr(),
                        p[0],
                        p[1],
                        p[2],
                        p[3],
                        p[4],
                        p[5],
                        p[6],
                        p[7],
                        p[8],
                        p[9],
                        p[10],
                        p[11],
                        p[12],
                        p[13],
                        p[14],
                        p[15],
                        p[16],
                        p[17],
                        p[18],
                        p[19],
                        p[20],
                        p[21],
                        p[22],
                        p[23],
                        p[24],
                        p[25],
                        p[26],
                        p[27],
                        p[28],
                        p[29],
                        p[30],
                        p[31],
                    ) != 0,
                );
            }
            Py_DecRef(Ref::from_ptr(part));
        }
        // The address of an object is no length, and its bytes are no string of `wchar_t`.
        if !text.as_bytes().iter().any(|byte| b"#u".contains(byte)) {
            let made = Py_BuildValue(
                text.as_ptr(),
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
            );
            outcome_is_clear(!made.is_null());
            Py_DecRef(Ref::from_ptr(made));
        }
        for o in [inner, args, keywords] {
            Py_DecRef(Ref::from_ptr(o));
        }
    }
});
