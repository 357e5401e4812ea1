//! Imports of any dotted name: the one capsule that exists is found under its name, and any other name is an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pycapsule::*;
use std::ffi::CString;

fuzz_target!(|name: &[u8]| {
    let name = CString::new(name.split(|byte| *byte == 0).next().unwrap_or_default()).unwrap_or_default();
    // SAFETY: a name that outlives the calls.
    unsafe {
        // None of the modules that exist from the start has a capsule.
        assert!(PyCapsule_Import(Name::from_ptr(name.as_ptr()), 0).is_null());
        assert!(!PyErr_Occurred().is_null());
        PyErr_Clear();
        let module = PyImport_ImportModule(Text::new(&name));
        assert_eq!(module.is_null(), !PyErr_Occurred().is_null());
        PyErr_Clear();
        drop(Ref::from_ptr(module));
    }
});
