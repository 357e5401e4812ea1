//! The extension module `meter`, compiled from C, for the test in `tests/`.

use pycapsule::PyObject;

unsafe extern "C" {
    /// The module's init function.
    pub fn PyInit_meter() -> *mut PyObject;
}
