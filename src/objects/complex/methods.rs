//! The methods and attributes of complex numbers.

use super::{COMPLEX, Complex, ComplexView, from_parts, value};
use crate::abi::*;
use crate::objects::{float, slots, tuple};
use crate::runtime::{Own, Ref, Result};

pub(super) static mut METHODS: [PyMethodDef; 4] = [
    slots::method_noargs(c"conjugate", conjugate),
    slots::method_noargs(c"__complex__", exact),
    slots::method_noargs(c"__getnewargs__", new_arguments),
    PyMethodDef::END,
];

pub(super) static mut MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef { kind: Py_T_DOUBLE, ..PyMemberDef::object(c"real", REAL).read_only() },
    PyMemberDef { kind: Py_T_DOUBLE, ..PyMemberDef::object(c"imag", IMAGINARY).read_only() },
    PyMemberDef::END,
];

const REAL: usize = core::mem::offset_of!(PyComplexObject, cval.real);
const IMAGINARY: usize = core::mem::offset_of!(PyComplexObject, cval.imag);

fn conjugate(complex: ComplexView<'_>) -> Result<Ref> {
    let Complex { real, imag } = value(complex);
    from_parts(Complex { real, imag: -imag }).map(Own::into_ref)
}

/// The same value as exactly a `complex`.
pub(super) fn exact(complex: ComplexView<'_>) -> Result<Ref> {
    if complex.is_exactly(COMPLEX) { Ok(complex.to_ref()) } else { from_parts(value(complex)).map(Own::into_ref) }
}

fn new_arguments(complex: ComplexView<'_>) -> Result<Ref> {
    let Complex { real, imag } = value(complex);
    tuple::from_slice(&[float::from_f64(real)?.as_obj(), float::from_f64(imag)?.as_obj()]).map(Own::into_ref)
}
