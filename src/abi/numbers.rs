//! Layouts and numbers of `Include/cpython/longintrepr.h`, `longobject.h`, `complexobject.h`, `sliceobject.h` and
//! `pystrtod.h`.

use super::object::*;
use core::ffi::{c_int, c_void};

/// `Include/cpython/complexobject.h`: a complex number as C passes it (16 bytes).
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Py_complex {
    /// The real part.
    pub real: f64,
    /// The imaginary part.
    pub imag: f64,
}

/// `Include/cpython/complexobject.h` (32 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PyComplexObject {
    /// The object head.
    pub ob_base: PyObject,
    /// The value.
    pub cval: Py_complex,
}

/// `Include/sliceobject.h` (40 bytes).
#[repr(C)]
#[derive(Debug)]
pub struct PySliceObject {
    /// The object head.
    pub ob_base: PyObject,
    /// Where the slice begins; never NULL.
    pub start: *mut PyObject,
    /// Where it ends; never NULL.
    pub stop: *mut PyObject,
    /// The distance of its items; never NULL.
    pub step: *mut PyObject,
}

/// `Include/cpython/longintrepr.h`: how ints store their digits.
#[repr(C)]
#[derive(Debug)]
pub struct PyLongLayout {
    /// Bits in a digit.
    pub bits_per_digit: u8,
    /// Bytes of a digit.
    pub digit_size: u8,
    /// -1 when the least significant digit is the first.
    pub digits_order: i8,
    /// -1 when the low byte of a digit is the first.
    pub digit_endianness: i8,
}

/// `Include/cpython/longintrepr.h`: the value or the digits of an int.
#[repr(C)]
#[derive(Debug)]
pub struct PyLongExport {
    /// The value, if `digits` is NULL.
    pub value: i64,
    /// Whether a number with digits is below zero.
    pub negative: u8,
    /// The number of digits.
    pub ndigits: Py_ssize_t,
    /// The digits, or NULL.
    pub digits: *const c_void,
    /// The int that has the digits, for `PyLong_FreeExport`.
    pub _reserved: usize,
}

/// `Include/cpython/longintrepr.h`: an int under construction. Opaque.
#[repr(C)]
#[derive(Debug)]
pub struct PyLongWriter {
    _opaque: PyObject,
}

/// `PyLong_AsNativeBytes`: the order of this machine, and a buffer that may be unsigned.
pub const Py_ASNATIVEBYTES_DEFAULTS: c_int = -1;
/// `PyLong_AsNativeBytes`: the highest byte first.
pub const Py_ASNATIVEBYTES_BIG_ENDIAN: c_int = 0;
/// `PyLong_AsNativeBytes`: the lowest byte first.
pub const Py_ASNATIVEBYTES_LITTLE_ENDIAN: c_int = 1;
/// `PyLong_AsNativeBytes`: the order of this machine.
pub const Py_ASNATIVEBYTES_NATIVE_ENDIAN: c_int = 3;
/// `PyLong_AsNativeBytes`: a buffer without a bit for the sign.
pub const Py_ASNATIVEBYTES_UNSIGNED_BUFFER: c_int = 4;
/// `PyLong_AsNativeBytes`: a negative number is an error.
pub const Py_ASNATIVEBYTES_REJECT_NEGATIVE: c_int = 8;
/// `PyLong_AsNativeBytes`: an object with `__index__` is converted.
pub const Py_ASNATIVEBYTES_ALLOW_INDEX: c_int = 16;

/// `PyOS_double_to_string`: a sign also before a positive number.
pub const Py_DTSF_SIGN: c_int = 1;
/// `PyOS_double_to_string`: `.0` after a whole number.
pub const Py_DTSF_ADD_DOT_0: c_int = 2;
/// `PyOS_double_to_string`: a point also without digits after it, and zeros at the end in the notation `g`.
pub const Py_DTSF_ALT: c_int = 4;
/// `PyOS_double_to_string`: a negative number that is rounded to zero has no sign.
pub const Py_DTSF_NO_NEG_0: c_int = 8;
/// `PyOS_double_to_string`: the number is finite.
pub const Py_DTST_FINITE: c_int = 0;
/// `PyOS_double_to_string`: the number is an infinity.
pub const Py_DTST_INFINITE: c_int = 1;
/// `PyOS_double_to_string`: the number is NaN.
pub const Py_DTST_NAN: c_int = 2;
