//! `Include/complexobject.h`: complex numbers.

use super::required;
use crate::abi::PyObject;
use crate::objects::complex::{self, Complex, arithmetic};
use crate::runtime::{Arg, IntoC, errno};
use arithmetic::Failure;
use core::ffi::c_double;

/// A new `complex`: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyComplex_FromCComplex(value: Complex) -> *mut PyObject {
    complex::from_parts(value).into_c()
}

/// A new `complex`: a new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PyComplex_FromDoubles(real: c_double, imag: c_double) -> *mut PyObject {
    complex::from_parts(Complex { real, imag }).into_c()
}

/// The real part of a complex or real number. -1.0 with TypeError for another object, SystemError for NULL. -1.0 may
/// also be the value: check `PyErr_Occurred`.
#[unsafe(no_mangle)]
pub extern "C" fn PyComplex_RealAsDouble(o: Arg) -> c_double {
    required(o, "PyComplex_RealAsDouble").and_then(complex::real_part).into_c()
}

/// The imaginary part of a complex number; 0.0 for a real one. See [`PyComplex_RealAsDouble`].
#[unsafe(no_mangle)]
pub extern "C" fn PyComplex_ImagAsDouble(o: Arg) -> c_double {
    required(o, "PyComplex_ImagAsDouble").and_then(complex::imaginary_part).into_c()
}

/// The value of a complex or real number. The real part is -1.0 on failure, with TypeError for another object,
/// SystemError for NULL. It may also be the value: check `PyErr_Occurred`.
#[unsafe(no_mangle)]
pub extern "C" fn PyComplex_AsCComplex(o: Arg) -> Complex {
    let value = required(o, "PyComplex_AsCComplex").and_then(complex::of);
    value.unwrap_or(Complex { real: -1.0, imag: 0.0 })
}

/// `a + b`
#[unsafe(no_mangle)]
pub extern "C" fn _Py_c_sum(a: Complex, b: Complex) -> Complex {
    arithmetic::sum(a, b)
}

/// `a - b`
#[unsafe(no_mangle)]
pub extern "C" fn _Py_c_diff(a: Complex, b: Complex) -> Complex {
    arithmetic::difference(a, b)
}

/// `-a`
#[unsafe(no_mangle)]
pub extern "C" fn _Py_c_neg(a: Complex) -> Complex {
    arithmetic::negative(a)
}

/// `a * b`
#[unsafe(no_mangle)]
pub extern "C" fn _Py_c_prod(a: Complex, b: Complex) -> Complex {
    arithmetic::product(a, b)
}

/// Sets `errno` to `EDOM` for an operation without a result, which is zero then.
fn or_zero(result: core::result::Result<Complex, Failure>) -> Complex {
    result.unwrap_or_else(|_| {
        errno::set(libc::EDOM);
        Complex { real: 0.0, imag: 0.0 }
    })
}

/// `a / b`; zero, and `errno` is `EDOM`, for a division by zero.
#[unsafe(no_mangle)]
pub extern "C" fn _Py_c_quot(a: Complex, b: Complex) -> Complex {
    or_zero(arithmetic::quotient(a, b))
}

/// `a ** b`; zero, and `errno` is `EDOM`, for a negative or complex power of zero.
#[unsafe(no_mangle)]
pub extern "C" fn _Py_c_pow(a: Complex, b: Complex) -> Complex {
    or_zero(arithmetic::power_of(a, b))
}

/// The absolute value. `errno` becomes `ERANGE` when it is too large, and else 0.
#[unsafe(no_mangle)]
pub extern "C" fn _Py_c_abs(a: Complex) -> c_double {
    let length = arithmetic::absolute(a);
    errno::set(if length.is_ok() { 0 } else { libc::ERANGE });
    length.unwrap_or(c_double::INFINITY)
}
