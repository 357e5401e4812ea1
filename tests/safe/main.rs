//! On one thread, or with the GIL, safe functions can't misread memory: each takes objects of every kind here, most of
//! them wrong, and answers or raises.
//! This crate forbids unsafe code, so that a mistake in it is a defect of the library.
#![forbid(unsafe_code)]
#![expect(clippy::unit_arg, reason = "every call in a table has one form")]

mod c_face;
mod coverage;
mod objects;
mod rooms;

use objects::Pick;
use pycapsule::runtime::known::NONE;
use pycapsule::{PyErr_Clear, PyGC_Collect, PySys_SetObject, Text};

/// Calls each function of a table with each choice of objects. Reports of errors have nowhere to go.
fn call_all(calls: &[fn(&Pick)]) {
    assert_eq!(PySys_SetObject(Text::new(c"stderr"), Some(NONE)), 0);
    for call in calls {
        for start in 0..objects::KINDS {
            for step in 0..objects::KINDS {
                call(&Pick::new(start, step));
                PyErr_Clear();
            }
        }
    }
    PyGC_Collect();
}

/// A result of which the test only sees that it came.
fn ignore<T>(_: T) {}

#[test]
fn functions_of_the_c_face_take_any_object() {
    call_all(c_face::CALLS);
}

#[test]
fn functions_of_the_rooms_take_any_object() {
    call_all(rooms::CALLS);
}
