//! E0308: a pointer is not freed as it is.
pub fn free(pointer: *mut core::ffi::c_void) {
    pycapsule::PyMem_Free(pointer);
}
