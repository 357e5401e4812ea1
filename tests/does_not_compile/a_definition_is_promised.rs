//! E0133: to believe that a module's definition is valid for good is unsafe.
pub fn make(definition: *mut pycapsule::PyModuleDef) -> *mut pycapsule::PyObject {
    pycapsule::PyModule_Create2(pycapsule::Definition::from_ptr(definition), 1013)
}
