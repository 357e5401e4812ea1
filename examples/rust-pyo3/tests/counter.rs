//! The module `counter`, tested without Python.

use std::sync::Once;

// The library, which has the functions that PyO3 calls.
use pycapsule::{pycapsule_checkpoint, pycapsule_leaked_since, pycapsule_strict};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyCFunction, PyCapsule, PyDict, PyList, PyTuple};
use rust_pyo3::{CounterApi, counter};

/// Runs a test with the module imported. A capsule that it leaves fails it: of a test that runs alone, as each thread makes its own.
fn with_module(test: impl FnOnce(Bound<'_, PyModule>)) {
    static START: Once = Once::new();
    START.call_once(|| {
        pycapsule_strict(1);
        // The library counts as initialised from the start; PyO3 wants to name its modules before that.
        // SAFETY: there are no objects yet.
        unsafe { pyo3::ffi::Py_FinalizeEx() };
        pyo3::append_to_inittab!(counter);
        Python::initialize();
    });
    Python::attach(|py| {
        let module = py.import("counter").expect("the module is imported");
        let checkpoint = pycapsule_checkpoint();
        test(module);
        assert_eq!(pycapsule_leaked_since(checkpoint), 0, "capsules are left");
    });
}

#[test]
fn a_class_has_attributes_and_methods() {
    with_module(|module| {
        let py = module.py();
        let counter = module.getattr("Counter").unwrap().call1(("steps", 40)).unwrap();
        counter.setattr("name", "stairs").unwrap();
        let times = [("times", 3)].into_py_dict(py).unwrap();
        assert_eq!(counter.call_method("add", (2,), Some(&times)).unwrap().extract::<i64>().unwrap(), 46);
        assert_eq!(counter.repr().unwrap().to_string(), "Counter(stairs, 46)");
    });
}

#[test]
fn errors_come_with_their_text() {
    with_module(|module| {
        let py = module.py();
        let counter = module.getattr("Counter").unwrap();
        let error = counter.call1((5,)).unwrap_err();
        assert!(error.is_instance_of::<PyTypeError>(py));
        assert_eq!(error.to_string(), "TypeError: 'int' object is not an instance of 'str'");
        let error = counter.call1(("steps",)).unwrap().call_method1("add", (-1,)).unwrap_err();
        assert!(error.is_instance_of::<PyValueError>(py));
    });
}

#[test]
fn capsules_are_exchanged() {
    with_module(|module| {
        // SAFETY: the capsule of this name has a CounterApi.
        let api = unsafe { PyCapsule::import::<CounterApi>(module.py(), c"counter._C_API") }.unwrap();
        assert_eq!(api.limit, 1000);
    });
}

#[test]
fn values_closures_and_threads() {
    with_module(|module| {
        let py = module.py();
        let list = PyList::new(py, [3, 1, 2]).unwrap();
        list.sort().unwrap();
        assert_eq!(list.extract::<Vec<i32>>().unwrap(), [1, 2, 3]);
        let count = |args: &Bound<'_, PyTuple>, _: Option<&Bound<'_, PyDict>>| args.len();
        let function = PyCFunction::new_closure(py, None, None, count).unwrap();
        assert_eq!(function.call1((1, 2)).unwrap().extract::<usize>().unwrap(), 2);
        py.detach(|| {
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| Python::attach(|py| PyDict::new(py).set_item(1, 2).unwrap()));
                }
            })
        });
    });
}
