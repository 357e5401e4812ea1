//! E0133: to believe that a pointer is one to a string is unsafe.
pub fn import(name: *const core::ffi::c_char) -> *mut pycapsule::PyObject {
    pycapsule::PyImport_ImportModule(pycapsule::Text::from_ptr(name))
}
