//! `float`: a C `double`. Its repr is the shortest decimal that reads back as the same value.

mod decimal;

use super::int::{self, magnitude};
use super::{arguments, class_call, class_defaults, literal, number, object, str};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::runtime::memory::Text;
use crate::runtime::{Obj, Raised, Ref, Result, Type, instance, raise};
use core::ffi::c_int;
use core::fmt;
use decimal::Digits;

static_type! {
    /// The `float` type.
    pub PyFloat_Type as FLOAT {
        tp_name: c"float".as_ptr(),
        tp_basicsize: size_of::<PyFloatObject>() as Py_ssize_t,
        tp_repr: Some(repr_slot),
        tp_hash: Some(hash_slot),
        tp_richcompare: Some(richcompare_slot),
        tp_as_number: &raw mut AS_NUMBER,
        tp_new: Some(new_slot),
        tp_vectorcall: Some(class_call::enter_slot::<class_call::Plain>),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    }
}

static mut AS_NUMBER: PyNumberMethods = PyNumberMethods {
    nb_bool: Some(truth_slot),
    nb_int: Some(int_slot),
    nb_float: Some(exact_slot),
    ..PyNumberMethods::BLANK
};

/// Whether the object is a `float` or an instance of a subclass.
pub fn check(o: Obj<'_>) -> bool {
    o.is_exactly(FLOAT) || o.is_a(FLOAT)
}

/// A new `float`.
pub fn from_f64(value: f64) -> Result<Ref> {
    build(FLOAT, value)
}

/// A new object of `float` or a subclass.
fn build(class: Type<'_>, value: f64) -> Result<Ref> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new instance of this layout.
    unsafe {
        (*o.cast::<PyFloatObject>().as_ptr()).ob_fval = value;
        Ok(Ref::from_ptr_unchecked(o.as_ptr()))
    }
}

/// The value. `o` is a `float`.
pub fn value(o: Obj<'_>) -> f64 {
    debug_assert!(check(o));
    // SAFETY: a float has this layout.
    unsafe { (*o.cast::<PyFloatObject>()).ob_fval }
}

fn exact(o: Obj<'_>) -> Result<Ref> {
    if o.is_exactly(FLOAT) { Ok(o.to_ref()) } else { from_f64(value(o)) }
}
slot!(exact_slot(o) -> *mut PyObject = exact);

fn to_int(o: Obj<'_>) -> Result<Ref> {
    int::from_f64(value(o))
}
slot!(int_slot(o) -> *mut PyObject = to_int);

fn truth(o: Obj<'_>) -> Result<bool> {
    Ok(value(o) != 0.0)
}
slot!(truth_slot(o) -> c_int = truth);

/// The value modulo 2**61 - 1, as for an equal `int`; infinities have numbers of their own, and a NaN its identity.
fn hash(o: Obj<'_>) -> Result<isize> {
    const INFINITY: u64 = 314_159;
    let value = value(o);
    if value.is_nan() {
        return Ok(object::hash_of_pointer(o.as_ptr().cast()));
    }
    if value.is_infinite() {
        return Ok(int::finish_hash(value < 0.0, INFINITY));
    }
    let (mantissa, exponent) = magnitude::parts(value);
    // Dividing by two is turning the other way round.
    Ok(int::finish_hash(value < 0.0, magnitude::hash_rotate(mantissa, exponent.rem_euclid(61) as u32)))
}
slot!(hash_slot(o) -> Py_hash_t = hash);

fn compare(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let left = value(a);
    let order = if check(b) {
        Some(left.partial_cmp(&value(b)))
    } else if int::check(b) {
        Some(int::view(b).order_f64(left).map(core::cmp::Ordering::reverse))
    } else {
        None
    };
    Ok(object::answer(op, order).to_ref())
}
slot!(richcompare_slot(a, b; op: c_int) -> *mut PyObject = compare);

/// Shows a float as CPython's `repr` does: fixed notation for exponents from -4 to 15, else scientific.
#[derive(Debug)]
pub struct Repr(pub f64);

impl fmt::Display for Repr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_nan() {
            return f.write_str("nan");
        }
        if self.0.is_sign_negative() {
            f.write_str("-")?;
        }
        if self.0.is_infinite() {
            return f.write_str("inf");
        }
        let shortest = Digits::shortest(self.0.abs());
        let ((first, rest), exponent) = (shortest.parts(), shortest.exponent);
        /// As many as there can be in a row.
        const ZEROS: &str = "0000000000000000";
        let zeros = |count: usize| ZEROS.get(..count).unwrap_or(ZEROS);
        let parts = match usize::try_from(exponent) {
            Ok(whole @ 0..16) => match rest.split_at_checked(whole) {
                Some((whole, fraction)) if !fraction.is_empty() => [first, whole, ".", fraction],
                _ => [first, rest, zeros(whole - rest.len()), ".0"],
            },
            Err(_) if exponent >= -4 => ["0.", zeros(exponent.unsigned_abs() as usize - 1), first, rest],
            _ => {
                let point = if rest.is_empty() { "" } else { "." };
                [first, point, rest, ""]
            }
        };
        parts.iter().try_for_each(|part| f.write_str(part))?;
        if (-4..16).contains(&exponent) { Ok(()) } else { write!(f, "e{exponent:+03}") }
    }
}

fn repr(o: Obj<'_>) -> Result<Ref> {
    str::format(format_args!("{}", Repr(value(o))))
}
slot!(repr_slot(o) -> *mut PyObject = repr);

/// Reads a literal, as `float()` does.
fn parse(text: &[u8]) -> Result<Option<f64>> {
    let text = literal::trim(text);
    let digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_digit);
    // Underscores stand alone, between digits.
    let lone = |at: usize| digit(at.checked_sub(1)) && digit(at.checked_add(1));
    if !text.iter().enumerate().all(|(at, &byte)| byte != b'_' || lone(at)) {
        return Ok(None);
    }
    let mut plain = Text::new();
    for part in text.split(|&byte| byte == b'_') {
        let Ok(part) = core::str::from_utf8(part) else { return Ok(None) };
        plain.push_str(part)?;
    }
    decimal::parse(plain.as_str())
}

fn invalid(o: Obj<'_>) -> Raised {
    match object::repr(o) {
        Ok(shown) => raise!(ValueError, "could not convert string to float: {}", str::as_text(shown.borrow())),
        Err(raised) => raised,
    }
}

/// The float that a `str` says.
pub fn parse_str(s: Obj<'_>) -> Result<Ref> {
    from_f64(parse(&literal::to_ascii(s)?)?.ok_or_else(|| invalid(s))?)
}

/// The float that the bytes of an object say.
pub fn parse_bytes(o: Obj<'_>, bytes: &[u8]) -> Result<Ref> {
    from_f64(parse(bytes)?.ok_or_else(|| invalid(o))?)
}

/// A C `double`, from a `float` or what becomes one through `__float__` or `__index__`.
pub fn as_f64(o: Obj<'_>) -> Result<f64> {
    if check(o) {
        return Ok(value(o));
    }
    number::to_float(o)?
        .map(|number| value(number.borrow()))
        .ok_or_else(|| raise!(TypeError, "must be real number, not {}", o.class().name()))
}

/// `float()` and `float(number or text)`.
fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    if class == FLOAT {
        arguments::no_keywords("float", keywords)?;
    }
    let number = match arguments::at_most_one("float", args)? {
        Some(o) => number::exact_float(o)?,
        None => return build(class, 0.0),
    };
    if class == FLOAT { Ok(number) } else { build(class, value(number.borrow())) }
}
new_slot!(new_slot = new);
