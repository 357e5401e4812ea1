//! The `complex` type: the slots of a `complex`, and the call that makes one.

use super::methods::exact;
use super::{COMPLEX, Complex, ComplexView, Operand, arithmetic, build, converted, methods, operand, text, value};
use crate::abi::*;
use crate::objects::arguments::Signature;
use crate::objects::class_order::Classes;
use crate::objects::dict::{self, Dict};
use crate::objects::float::type_object::hash_of;
use crate::objects::int;
use crate::objects::tuple::{self, Tuple};
use crate::objects::{class_defaults, class_name, class_order, convert, slots, str};
use crate::protocol::number;
use crate::runtime::known::{self, NOT_IMPLEMENTED};
use crate::runtime::{Obj, Ref, Result, Type};
use core::ffi::c_int;

/// The `complex` type.
#[unsafe(no_mangle)]
pub static mut PyComplex_Type: PyTypeObject = PyTypeObject {
    tp_name: c"complex".as_ptr(),
    tp_basicsize: size_of::<PyComplexObject>() as Py_ssize_t,
    tp_repr: slots::unary(text::repr),
    tp_as_number: &raw mut AS_NUMBER,
    tp_hash: slots::unary(hash),
    tp_richcompare: slots::compare(compare),
    tp_methods: (&raw mut methods::METHODS).cast(),
    tp_members: (&raw mut methods::MEMBERS).cast(),
    tp_new: slots::new(new),
    tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_BASETYPE,
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::DEFAULTS
};

static mut ORDER: Classes<2> = class_order::classes([known::COMPLEX.as_ptr(), known::OBJECT.as_ptr()]);

static mut AS_NUMBER: PyNumberMethods = PyNumberMethods {
    nb_add: slots::operator(arithmetic::add),
    nb_subtract: slots::operator(arithmetic::subtract),
    nb_multiply: slots::operator(arithmetic::multiply),
    nb_power: slots::power(arithmetic::power_slot),
    nb_negative: slots::unary(arithmetic::negate),
    nb_positive: slots::unary(exact),
    nb_absolute: slots::unary(arithmetic::absolute_slot),
    nb_bool: slots::unary(truth),
    nb_true_divide: slots::operator(arithmetic::divide),
    ..PyNumberMethods::BLANK
};

fn truth(complex: ComplexView<'_>) -> Result<bool> {
    let Complex { real, imag } = value(complex);
    Ok(real != 0.0 || imag != 0.0)
}

/// The hash of the parts: that of the real number for an imaginary part of zero.
fn hash(complex: ComplexView<'_>) -> Result<isize> {
    const IMAGINARY: isize = 1_000_003;
    let Complex { real, imag } = value(complex);
    let hash = hash_of(*complex, real).wrapping_add(hash_of(*complex, imag).wrapping_mul(IMAGINARY));
    Ok(if hash == -1 { -2 } else { hash })
}

/// Complex numbers are equal or not, but have no order.
fn compare(a: ComplexView<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    if op != Py_EQ && op != Py_NE {
        return Ok(NOT_IMPLEMENTED.to_ref());
    }
    let a = value(a);
    let is_equal = match b.downcast() {
        Some(b) => a.imag == 0.0 && int::number(b).order_f64(a.real).is_some_and(|order| order.is_eq()),
        None => match operand(b)? {
            None => return Ok(NOT_IMPLEMENTED.to_ref()),
            Some(Operand::Real(b)) => a.imag == 0.0 && a.real == b,
            Some(Operand::Complex(b)) => a == b,
        },
    };
    Ok(known::bool(is_equal == (op == Py_EQ)).to_ref())
}

/// `complex()`, `complex(text)`, `complex(number)`, and `complex(real, imag)`.
fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    const SIGNATURE: Signature<2> = Signature { function: "complex", names: ["real", "imag"], required: 0 };
    if let [only] = *tuple::items(args)
        && keywords.is_none_or(|keywords| dict::len(keywords) == 0)
    {
        return of_one(class, only);
    }
    let [real, imag] = SIGNATURE.parse(tuple::items(args), keywords)?;
    // Both parts are accepted before one of them is converted.
    let real = real.as_ref().map(|part| accept(part.borrow(), "real")).transpose()?;
    let imag = imag.as_ref().map(|part| accept(part.borrow(), "imag")).transpose()?;
    let real = real.map(Part::read).transpose()?;
    let imag = imag.map(Part::read).transpose()?;
    // Each part may be complex itself: the result is real + imag * 1j. A real part adds no zero, which would change a
    // sign.
    let mut whole = Complex { real: 0.0, imag: 0.0 };
    match real {
        Some(Operand::Real(real)) => whole.real = real,
        Some(Operand::Complex(real)) => whole = real,
        None => {}
    }
    match (imag, real) {
        (Some(Operand::Real(imag)), Some(Operand::Complex(_))) => whole.imag += imag,
        (Some(Operand::Real(imag)), _) => whole.imag = imag,
        (Some(Operand::Complex(imag)), Some(Operand::Complex(_))) => {
            whole = Complex { real: whole.real - imag.imag, imag: imag.real + whole.imag };
        }
        (Some(Operand::Complex(imag)), _) => whole = Complex { real: whole.real - imag.imag, imag: imag.real },
        (None, _) => {}
    }
    build(class, whole)
}

/// `complex(o)` for text or a number.
fn of_one(class: Type<'_>, o: Obj<'_>) -> Result<Ref> {
    if o.is_exactly(COMPLEX) && class == COMPLEX {
        return Ok(o.to_ref());
    }
    if let Some(s) = o.downcast() {
        return build(class, text::parse_str(s)?);
    }
    match number_of(o, true)?.map(Part::read).transpose()? {
        Some(Operand::Real(real)) => build(class, Complex { real, imag: 0.0 }),
        Some(Operand::Complex(whole)) => build(class, whole),
        None => Err(class_name::type_error_with_class("complex() argument must be a string or a number, not ", o)),
    }
}

/// A number that is complex, or is still to be converted.
enum Part<'a> {
    Complex(Complex),
    Real(Obj<'a>),
}

impl Part<'_> {
    fn read(self) -> Result<Operand> {
        match self {
            Part::Complex(complex) => Ok(Operand::Complex(complex)),
            Part::Real(o) => convert::as_f64(o).map(Operand::Real),
        }
    }
}

/// A number of any kind; `None` for an object that is not one. `__complex__` is called where it is allowed.
fn number_of(o: Obj<'_>, may_convert: bool) -> Result<Option<Part<'_>>> {
    if let Some(complex) = o.downcast() {
        return Ok(Some(Part::Complex(value(complex))));
    }
    if may_convert && let Some(complex) = converted(o)? {
        return Ok(Some(Part::Complex(value(complex.borrow()))));
    }
    Ok(number::is_real(o).then_some(Part::Real(o)))
}

/// A part given beside another, or by its name: a number, but no text. Only the real part is converted by
/// `__complex__`.
fn accept<'a>(o: Obj<'a>, name: &str) -> Result<Part<'a>> {
    let part = if str::check(o) { None } else { number_of(o, name == "real")? };
    part.ok_or_else(|| {
        class_name::type_error_with_class(format_args!("complex() argument '{name}' must be a real number, not "), o)
    })
}
