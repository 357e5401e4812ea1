//! E0133: to believe that a table of functions ends is unsafe.
pub fn add(module: pycapsule::Arg, table: *mut pycapsule::PyMethodDef) -> i32 {
    pycapsule::PyModule_AddFunctions(module, pycapsule::Methods::from_ptr(table))
}
