//! E0133: to let a capsule call a destructor is unsafe.
pub fn make(destructor: pycapsule::PyCapsule_Destructor) -> *mut pycapsule::PyObject {
    pycapsule::PyCapsule_New(core::ptr::null_mut(), pycapsule::Name::new(c"name"), destructor)
}
