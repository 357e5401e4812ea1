//! Any format of a buffer: its size, and two memoryviews of the same memory with formats and item sizes that need not fit.
#![no_main]

use core::ffi::{CStr, c_int, c_void};
use libfuzzer_sys::fuzz_target;
use pycapsule::abi::{Py_EQ, Py_buffer, PyObject};
use pycapsule::*;
use std::ffi::CString;

/// A memoryview of memory with a format.
///
/// # Safety
/// The memory and the format last longer than the view.
unsafe fn view(memory: &[u8], format: &CStr, itemsize: usize) -> *mut PyObject {
    let buffer = Py_buffer {
        buf: memory.as_ptr().cast_mut().cast::<c_void>(),
        len: (memory.len() / itemsize * itemsize) as isize,
        itemsize: itemsize as isize,
        readonly: 1,
        ndim: 1 as c_int,
        format: format.as_ptr().cast_mut(),
        ..Py_buffer::BLANK
    };
    // SAFETY: the buffer is whole, and has no arrays.
    unsafe { PyMemoryView_FromBuffer(&raw const buffer) }
}

fuzz_target!(|input: (u8, u8, &[u8], &[u8], &[u8])| {
    let (first, second, left, right, memory) = input;
    let text = |bytes: &[u8]| CString::new(bytes.split(|byte| *byte == 0).next().unwrap_or_default()).unwrap_or_default();
    let (left, right) = (text(left), text(right));
    if memory.is_empty() {
        return;
    }
    for format in [&left, &right] {
        let size = PyBuffer_SizeFromFormat(Text::new(format));
        assert_eq!(size < 0, !PyErr_Occurred().is_null());
        PyErr_Clear();
    }
    // SAFETY: the memory and the formats outlive the views, which are dropped here.
    unsafe {
        let views = [view(memory, &left, usize::from(first % 20) + 1), view(memory, &right, usize::from(second % 20) + 1)];
        let objects = views.map(|view| Obj::from_ptr(view));
        assert!(PyObject_RichCompareBool(objects[0], objects[1], Py_EQ) >= 0 || !PyErr_Occurred().is_null());
        PyErr_Clear();
        for (o, view) in objects.into_iter().zip(views) {
            let items = PySequence_List(o);
            assert_eq!(items.is_null(), !PyErr_Occurred().is_null());
            PyErr_Clear();
            for made in [items, view] {
                if !made.is_null() {
                    Py_DecRef(Ref::from_ptr(made));
                }
            }
        }
    }
});
