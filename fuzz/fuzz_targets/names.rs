//! Capsules under any two names: they match when both are the same bytes, and the repr shows either.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pycapsule::*;
use std::ffi::CString;

/// The bytes up to the first NUL, which is what C sees of them.
fn c_string(bytes: &[u8]) -> CString {
    CString::new(bytes.split(|byte| *byte == 0).next().unwrap_or_default()).unwrap_or_default()
}

fuzz_target!(|names: (&[u8], &[u8])| {
    let (own, asked) = (c_string(names.0), c_string(names.1));
    let pointer = (&raw const own).cast_mut().cast();
    // SAFETY: both names outlive the capsule, and the pointer is never followed.
    unsafe {
        let (own_name, asked_name) = (Name::from_ptr(own.as_ptr()), Name::from_ptr(asked.as_ptr()));
        let made = PyCapsule_New(pointer, own_name, None);
        let capsule = Obj::from_ptr(made);
        assert_eq!(PyCapsule_GetName(capsule), own.as_ptr());
        let same = own == asked;
        assert_eq!(PyCapsule_IsValid(capsule, asked_name) != 0, same);
        assert_eq!(PyCapsule_GetPointer(capsule, asked_name) == pointer, same);
        PyErr_Clear();
        assert_eq!(PyCapsule_SetName(capsule, asked_name), 0);
        assert_eq!(PyCapsule_GetPointer(capsule, asked_name), pointer);
        let repr = PyObject_Repr(capsule);
        assert!(!repr.is_null());
        Py_DecRef(Ref::from_ptr(repr));
        Py_DecRef(Ref::from_ptr(made));
    }
});
