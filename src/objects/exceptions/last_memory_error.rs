//! The MemoryError that is raised when there is no memory to make one.

use crate::abi::*;
use crate::objects::tuple;
use crate::runtime::{Obj, Ref};

/// A MemoryError that exists from the start, for use when there is no memory to make another.
static mut LAST_MEMORY_ERROR: Headed<PyBaseExceptionObject> = Headed::new(PyBaseExceptionObject {
    ob_base: PyObject::immortal(Exc::MemoryError.type_pointer()),
    dict: core::ptr::null_mut(),
    args: tuple::EMPTY_POINTER,
    notes: core::ptr::null_mut(),
    traceback: core::ptr::null_mut(),
    context: core::ptr::null_mut(),
    cause: core::ptr::null_mut(),
    suppress_context: 0,
});

/// The MemoryError that exists from the start.
pub(super) fn get() -> Ref {
    // SAFETY: `Headed` puts a collector's head before the exception, whose fields are all initialised. A static lives
    // as long as the process.
    unsafe { Obj::from_static(&raw mut LAST_MEMORY_ERROR.object) }.to_ref()
}
