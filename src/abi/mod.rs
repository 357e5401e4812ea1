//! What C sees: `repr(C)` layouts, flags and constants of CPython 3.14 (64-bit, GIL build). No behaviour.
//!
//! Each layout names the CPython header it must agree with; the layout test compares every size and offset with
//! the real `Python.h`.

mod checker;
pub(crate) mod exceptions;
mod layouts;
mod methods;
mod object;

pub use checker::{pycapsule_report, pycapsule_report_callback};
pub use exceptions::{
    Exc, PyAttributeErrorObject, PyBaseExceptionGroupObject, PyBaseExceptionObject, PyImportErrorObject,
    PyNameErrorObject, PyOSErrorObject, PyStopIterationObject, PySyntaxErrorObject, PySystemExitObject,
    PyUnicodeErrorObject,
};
pub use layouts::*;
pub use methods::*;
pub use object::*;
