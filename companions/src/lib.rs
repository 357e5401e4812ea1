//! Modules of CPython's standard library that compiled extension modules ask for when they are initialised. They are ordinary extension
//! modules over the C API: each runs on CPython as it does on pycapsule, and is compared with the one that CPython brings.
//!
//! All are in one shared library. It is found under the name of each module, as links to one file.

mod datetime;
mod kit;
mod math;
mod zlib;

use pyo3_ffi::PyObject;

/// The init function of `zlib`.
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_zlib() -> *mut PyObject {
    zlib::MODULE.init()
}

/// The init function of `math`.
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_math() -> *mut PyObject {
    math::MODULE.init()
}

/// The init function of `datetime`.
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_datetime() -> *mut PyObject {
    datetime::MODULE.init()
}
