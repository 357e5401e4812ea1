//! `complex`: two C `double`s. Its type is in [`type_object`].

pub mod arithmetic;
mod methods;
mod text;
pub mod type_object;

pub use crate::abi::Py_complex as Complex;
pub use arithmetic::power;

use super::{convert, float, int, special};
use crate::abi::*;
use crate::runtime::{Layout, Obj, Own, Ref, Result, Type, View, instance, raise};

pub use crate::runtime::known::COMPLEX;

/// A borrowed reference to a `complex`, or to an instance of a subclass.
pub type ComplexView<'a> = View<'a, PyComplexObject>;

// SAFETY: instances of `complex`, and of types derived from it, begin with this layout.
unsafe impl Layout for PyComplexObject {
    #[inline]
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(COMPLEX) || o.is_a(COMPLEX)
    }
}

/// A new `complex`.
pub fn from_parts(value: Complex) -> Result<Own<PyComplexObject>> {
    let ob_base = PyObject { ob_refcnt: 1, ob_type: COMPLEX.as_ptr() };
    // SAFETY: these are the fields of a complex number, which takes no part in collection.
    unsafe { Ok(Own::new_unchecked(instance::write_new::<_, false>(|| PyComplexObject { ob_base, cval: value })?)) }
}

/// A new object of `complex` or a subclass.
fn build(class: Type<'_>, value: Complex) -> Result<Ref> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: the new instance has this layout.
    unsafe {
        (*o.cast::<PyComplexObject>().as_ptr()).cval = value;
        Ok(Ref::from_ptr_unchecked(o.as_ptr()))
    }
}

/// The value.
pub fn value(complex: ComplexView<'_>) -> Complex {
    // SAFETY: the field belongs to a live complex number, and never changes.
    unsafe { (*complex.fields()).cval }
}

/// The answer of `__complex__`, a `complex` or an instance of a subclass; `None` for an object without that method.
fn converted(o: Obj<'_>) -> Result<Option<Own<PyComplexObject>>> {
    let Some(answer) = special::call(o, "__complex__", &[])? else { return Ok(None) };
    let refuse =
        |made: Ref| raise!(TypeError, "__complex__ returned non-complex (type {})", made.borrow().class().name());
    answer.downcast().map(Some).map_err(refuse)
}

/// The value of a complex number, of an object that `__complex__` converts, or of a real number (CPython:
/// `PyComplex_AsCComplex`).
pub fn of(o: Obj<'_>) -> Result<Complex> {
    if let Some(complex) = o.downcast() {
        return Ok(value(complex));
    }
    match converted(o)? {
        Some(complex) => Ok(value(complex.borrow())),
        None => Ok(Complex { real: convert::as_f64(o)?, imag: 0.0 }),
    }
}

/// The real part, also of a real number (CPython: `PyComplex_RealAsDouble`).
pub fn real_part(o: Obj<'_>) -> Result<f64> {
    part(o, |value| value.real, convert::as_f64)
}

/// The imaginary part; 0 for a real number (CPython: `PyComplex_ImagAsDouble`).
pub fn imaginary_part(o: Obj<'_>) -> Result<f64> {
    // A real number is converted, and refused if it cannot be.
    part(o, |value| value.imag, |o| convert::as_f64(o).map(|_| 0.0))
}

fn part(o: Obj<'_>, of: fn(Complex) -> f64, of_real: fn(Obj<'_>) -> Result<f64>) -> Result<f64> {
    if let Some(complex) = o.downcast() {
        return Ok(of(value(complex)));
    }
    match converted(o)? {
        Some(complex) => Ok(of(value(complex.borrow()))),
        None => of_real(o),
    }
}

/// The value of an operand: a real number, or a complex one. `None` for an object of another type.
fn operand(o: Obj<'_>) -> Result<Option<Operand>> {
    if let Some(complex) = o.downcast() {
        return Ok(Some(Operand::Complex(value(complex))));
    }
    Ok(match o.downcast::<PyLongObject>() {
        Some(number) => Some(Operand::Real(int::to_f64(number)?)),
        None => o.downcast().map(|number| Operand::Real(float::value(number))),
    })
}

/// An operand of an operator. A real number is no complex number with an imaginary part of zero: zeros have a sign.
#[derive(Clone, Copy)]
enum Operand {
    Real(f64),
    Complex(Complex),
}
