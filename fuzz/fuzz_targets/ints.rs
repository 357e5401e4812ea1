//! Two ints of any size: their sum, product, quotient, shifts, bits and texts satisfy the laws of arithmetic. CPython's results are
//! compared in `c_tests/int_arithmetic.c`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pycapsule::*;
use std::ffi::{c_int, c_uchar};

/// An owned object of a result that is no error.
struct Int(*mut PyObject);

impl Int {
    fn of(made: *mut PyObject) -> Self {
        assert!(!made.is_null());
        Int(made)
    }

    fn arg(&self) -> Arg<'_> {
        // SAFETY: the object lives as long as the reference that this value owns.
        unsafe { Obj::from_ptr(self.0) }
    }
}

impl Drop for Int {
    fn drop(&mut self) {
        // SAFETY: this value owns the reference.
        unsafe { Py_DecRef(Ref::from_ptr(self.0)) }
    }
}

type Binary = extern "C" fn(Arg, Arg) -> *mut PyObject;

fn apply(operator: Binary, a: &Int, b: &Int) -> Int {
    Int::of(operator(a.arg(), b.arg()))
}

fn compare(a: &Int, b: &Int, op: c_int) -> bool {
    PyObject_RichCompareBool(a.arg(), b.arg(), op) == 1
}

fn equal(a: &Int, b: &Int) -> bool {
    compare(a, b, Py_EQ)
}

fuzz_target!(|input: (&[u8], &[u8], u16)| {
    let (first, second, count) = input;
    let int = |bytes: &[u8]| {
        // SAFETY: the bytes are as many as is said.
        Int::of(unsafe { _PyLong_FromByteArray(bytes.as_ptr().cast::<c_uchar>(), bytes.len(), 1, 1) })
    };
    let (a, b, count) = (int(first), int(second), Int::of(PyLong_FromUInt32(count.into())));

    assert!(equal(&apply(PyNumber_Subtract, &apply(PyNumber_Add, &a, &b), &b), &a));
    assert!(equal(&apply(PyNumber_Xor, &apply(PyNumber_Xor, &a, &b), &b), &a));
    let both = apply(PyNumber_Add, &apply(PyNumber_And, &a, &b), &apply(PyNumber_Or, &a, &b));
    assert!(equal(&both, &apply(PyNumber_Add, &a, &b)));
    assert!(equal(&apply(PyNumber_Rshift, &apply(PyNumber_Lshift, &a, &count), &count), &a));
    assert!(equal(&Int::of(PyNumber_Invert(Int::of(PyNumber_Invert(a.arg())).arg())), &a));

    // (a + b)² = a² + 2ab + b²
    let sum = apply(PyNumber_Add, &a, &b);
    let product = apply(PyNumber_Multiply, &a, &b);
    let squares = apply(PyNumber_Add, &apply(PyNumber_Multiply, &a, &a), &apply(PyNumber_Multiply, &b, &b));
    let expanded = apply(PyNumber_Add, &squares, &apply(PyNumber_Add, &product, &product));
    assert!(equal(&apply(PyNumber_Multiply, &sum, &sum), &expanded));

    let zero = Int::of(PyLong_FromLong(0));
    if !equal(&b, &zero) {
        let (quotient, rest) = (apply(PyNumber_FloorDivide, &a, &b), apply(PyNumber_Remainder, &a, &b));
        assert!(equal(&apply(PyNumber_Add, &apply(PyNumber_Multiply, &quotient, &b), &rest), &a));
        let (low, high) = if compare(&b, &zero, Py_GT) { (&zero, &b) } else { (&b, &zero) };
        let inside = if compare(&b, &zero, Py_GT) {
            compare(&rest, low, Py_GE) && compare(&rest, high, Py_LT)
        } else {
            compare(&rest, low, Py_GT) && compare(&rest, high, Py_LE)
        };
        assert!(inside);
        assert!(equal(&apply(PyNumber_FloorDivide, &product, &b), &a));
    }
    let text = Int::of(PyNumber_ToBase(a.arg(), 16));
    assert!(equal(&Int::of(PyLong_FromUnicodeObject(text.arg(), 0)), &a));
    assert!(PyErr_Occurred().is_null());
});
