//! E0505: a reference is not given back while its object is borrowed.
pub fn dangling(reference: pycapsule::Ref) -> isize {
    let borrowed = reference.borrow();
    pycapsule::Py_DecRef(Some(reference));
    pycapsule::PyObject_Size(Some(borrowed))
}
