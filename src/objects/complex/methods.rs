//! The methods and attributes of complex numbers.

use super::{COMPLEX, Complex, ComplexView, from_parts, of, value};
use crate::abi::*;
use crate::objects::{call, float, formatting, slots, tuple};
use crate::runtime::{Obj, Own, Ref, Result, View};

pub(super) static mut METHODS: [PyMethodDef; 6] = [
    slots::method_o(c"from_number", from_number).of_class(c"The complex number that a number is."),
    slots::method_o(c"__format__", |complex: ComplexView<'_>, spec| formatting::format_complex(*complex, spec)),
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

/// An instance of a class from a number, which is no text (a class method).
fn from_number(class: View<'_, PyObject>, o: Obj<'_>) -> Result<Ref> {
    let is_complex = class.is(COMPLEX.as_obj());
    if is_complex && o.is_exactly(COMPLEX) {
        return Ok(o.to_ref());
    }
    let made = from_parts(of(o)?)?.into_ref();
    if is_complex { Ok(made) } else { call::vectorcall(*class, &[made.borrow()], None) }
}

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
