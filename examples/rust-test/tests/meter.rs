//! A test of the C extension module `meter` in Rust. Each test begins with a new interpreter, and fails when a capsule is left at its end.

use std::ffi::{CStr, c_char, c_int, c_long};
use std::sync::{Mutex, Once, PoisonError};
use std::thread;

use pycapsule::*;
use rust_test::PyInit_meter;

/// As `MeterApi` in meter.h.
#[repr(C)]
struct MeterApi {
    create: unsafe extern "C" fn(*const c_char, c_long) -> *mut PyObject,
    add: unsafe extern "C" fn(*mut PyObject, c_long) -> c_int,
}

/// Owns the new reference that a call returned.
fn new(object: *mut PyObject) -> Ref {
    // SAFETY: the functions below return a new reference or NULL.
    unsafe { Ref::from_ptr(object) }.unwrap_or_else(|| {
        PyErr_Print();
        panic!("a call failed")
    })
}

fn get(object: &Ref, name: &CStr) -> Ref {
    new(PyObject_GetAttrString(Some(object.borrow()), Text::new(name)))
}

fn int(value: c_long) -> Ref {
    new(PyLong_FromLong(value))
}

fn str(value: &CStr) -> Ref {
    new(PyUnicode_FromString(Text::new(value)))
}

fn value(int: &Ref) -> c_long {
    PyLong_AsLong(Some(int.borrow()))
}

/// Takes the error that is set, as text.
fn error() -> String {
    let error = new(PyErr_GetRaisedException());
    let text = new(PyObject_Str(Some(error.borrow())));
    // SAFETY: it is the text of a str, which lives longer than the copy takes.
    unsafe { CStr::from_ptr(PyUnicode_AsUTF8(Some(text.borrow()))) }.to_str().expect("UTF-8").into()
}

/// An interpreter of its own for a test, also for one that fails; the tests take turns.
struct Interpreter(u64);

impl Interpreter {
    fn start() -> Self {
        static ONCE: Once = Once::new();
        // SAFETY: the name is static, and PyInit_meter is the module's init function.
        ONCE.call_once(|| unsafe { assert_eq!(PyImport_AppendInittab(c"meter".as_ptr(), Some(PyInit_meter)), 0) });
        pycapsule_strict(1);
        let checkpoint = pycapsule_checkpoint();
        Py_Initialize();
        Self(checkpoint)
    }
}

impl Drop for Interpreter {
    fn drop(&mut self) {
        assert_eq!(Py_FinalizeEx(), 0);
        let leaked = pycapsule_leaked_since(self.0);
        assert!(leaked == 0 || thread::panicking(), "capsules are left");
    }
}

/// Runs a test with the module.
fn with_module(test: impl FnOnce(Ref)) {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let _interpreter = Interpreter::start();
    test(new(PyImport_ImportModule(Text::new(c"meter"))));
}

#[test]
fn a_meter_has_a_name() {
    with_module(|module| {
        let meter = new(PyObject_CallOneArg(Some(get(&module, c"Meter").borrow()), Some(str(c"water").borrow())));
        assert_eq!(PyObject_SetAttrString(Some(meter.borrow()), Text::new(c"name"), Some(int(5).borrow())), -1);
        assert_eq!(error(), "the name of a meter is a str, not int");
        assert_eq!(value(&get(&meter, c"reading")), 0);
    });
}

#[test]
fn arguments_are_parsed() {
    with_module(|module| {
        let meter = new(PyObject_CallOneArg(Some(get(&module, c"Meter").borrow()), Some(str(c"gas").borrow())));
        let add = get(&meter, c"add");
        assert_eq!(value(&new(PyObject_CallOneArg(Some(add.borrow()), Some(int(6).borrow())))), 6);
        assert!(PyObject_CallOneArg(Some(add.borrow()), Some(str(c"two").borrow())).is_null());
        assert_eq!(error(), "'str' object cannot be interpreted as an integer");
    });
}

#[test]
fn the_c_api_is_in_a_capsule() {
    with_module(|_| {
        // SAFETY: the capsule of this name has a MeterApi, and the module is not unloaded.
        let api =
            unsafe { PyCapsule_Import(Name::new(c"meter._C_API"), 0).cast::<MeterApi>().as_ref() }.expect("a C API");
        // SAFETY: as meter.h says, create takes a C string and add takes an object.
        unsafe {
            let meter = new((api.create)(c"power".as_ptr(), 1));
            assert_eq!((api.add)(meter.as_ptr(), 6), 0);
            assert_eq!(value(&get(&meter, c"reading")), 7);
            assert_eq!((api.add)(int(5).as_ptr(), 1), -1);
        }
        assert_eq!(error(), "expected a meter, got int");
    });
}
