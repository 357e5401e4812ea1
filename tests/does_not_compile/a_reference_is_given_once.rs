//! E0382: a reference that a function has taken over can't be used again.
pub fn twice(reference: pycapsule::Ref) {
    pycapsule::Py_DecRef(Some(reference));
    pycapsule::Py_DecRef(Some(reference));
}
