//! E0133: to believe that a pointer is one to a live object is unsafe.
pub fn size(o: *mut pycapsule::PyObject) -> isize {
    pycapsule::PyList_Size(pycapsule::Obj::from_ptr(o))
}
