//! E0308: a pointer from C is not an argument as it is.
pub fn size(o: *mut pycapsule::PyObject) -> isize {
    pycapsule::PyList_Size(o)
}
