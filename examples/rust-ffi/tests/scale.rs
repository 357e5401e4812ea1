//! The module is imported and used as a Python program and as another extension would, in an interpreter of its own for each test. In strict
//! mode a capsule that is left at the end of a test fails it.

use std::ffi::{CStr, c_long};
use std::ptr;
use std::sync::{Mutex, Once, PoisonError};
use std::thread;

// The library: its functions are those that pyo3-ffi declares.
use pycapsule::{pycapsule_checkpoint, pycapsule_leaked_since, pycapsule_strict};
use pyo3_ffi::*;
use rust_ffi::{PyInit_scale, ScaleApi};

/// An interpreter of its own for a test, also for one that fails; the tests take turns.
struct Interpreter(u64);

impl Interpreter {
    fn start() -> Self {
        static ONCE: Once = Once::new();
        // SAFETY: the name is static, and PyInit_scale is the module's init function.
        ONCE.call_once(|| unsafe { assert_eq!(PyImport_AppendInittab(c"scale".as_ptr(), Some(PyInit_scale)), 0) });
        pycapsule_strict(1);
        let checkpoint = pycapsule_checkpoint();
        // SAFETY: no other thread uses an interpreter.
        unsafe { Py_InitializeEx(0) };
        Self(checkpoint)
    }
}

impl Drop for Interpreter {
    fn drop(&mut self) {
        // SAFETY: this thread began it.
        assert_eq!(unsafe { Py_FinalizeEx() }, 0);
        let leaked = pycapsule_leaked_since(self.0);
        assert!(leaked == 0 || thread::panicking(), "capsules are left");
    }
}

/// Runs a test with the module.
fn with_module(test: unsafe fn(*mut PyObject)) {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let _interpreter = Interpreter::start();
    // SAFETY: this thread alone uses the interpreter, and drops the module once.
    unsafe {
        let module = PyImport_ImportModule(c"scale".as_ptr());
        assert!(!module.is_null());
        test(module);
        Py_DECREF(module);
    }
}

/// Takes the error that is set, as text.
unsafe fn error() -> String {
    // SAFETY: an error is set, and its text is copied before it goes.
    unsafe {
        let error = PyErr_GetRaisedException();
        let text = PyObject_Str(error);
        let copy = CStr::from_ptr(PyUnicode_AsUTF8AndSize(text, ptr::null_mut())).to_str().expect("UTF-8").into();
        Py_DECREF(text);
        Py_DECREF(error);
        copy
    }
}

#[test]
fn arguments_are_parsed() {
    unsafe fn test(module: *mut PyObject) {
        // SAFETY: each reference is dropped once.
        unsafe {
            let scale = PyObject_GetAttrString(module, c"scale".as_ptr());
            let (args, kwargs, factor) =
                (Py_BuildValue(c"(l)".as_ptr(), 14 as c_long), PyDict_New(), PyLong_FromLong(3));
            assert_eq!(PyDict_SetItemString(kwargs, c"factor".as_ptr(), factor), 0);
            let product = PyObject_Call(scale, args, kwargs);
            assert_eq!(PyLong_AsLong(product), 42);
            let text = Py_BuildValue(c"(s)".as_ptr(), c"two".as_ptr());
            assert!(PyObject_Call(scale, text, ptr::null_mut()).is_null());
            assert_eq!(error(), "'str' object cannot be interpreted as an integer");
            for object in [scale, args, kwargs, factor, product, text] {
                Py_DECREF(object);
            }
        }
    }
    with_module(test);
}

#[test]
fn the_c_api_is_in_a_capsule() {
    unsafe fn test(_module: *mut PyObject) {
        let mut product = 0;
        // SAFETY: the capsule of this name has a ScaleApi.
        unsafe {
            let api = PyCapsule_Import(c"scale._C_API".as_ptr(), 0).cast::<ScaleApi>().as_ref().expect("a C API");
            assert_eq!((api.scale)(6, 7, &raw mut product), 0);
            assert_eq!(product, 42);
            assert_eq!((api.scale)(c_long::MAX, 2, &raw mut product), -1);
            assert_eq!(error(), "the product is too large");
        }
    }
    with_module(test);
}
