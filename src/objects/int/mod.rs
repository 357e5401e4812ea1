//! `int`: whole numbers of any size in CPython's layout, a sign and digits of 30 bits. Those from -5 to 256 are
//! shared, immortal objects, one each.

mod convert;
pub mod magnitude;
mod text;

pub use convert::*;
pub use text::{parse, parse_bytes, parse_str};

use super::arguments::Signature;
use super::shelf::Shelf;
use super::{arguments, bytes, class_call, class_defaults, constants, number, object, str};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::runtime::local::local;
use crate::runtime::{Obj, Ref, Result, Type, instance, raise};
use core::cell::Cell;
use core::cmp::Ordering;
use core::ffi::c_int;

/// `tp_basicsize`: without the digits.
pub(super) const INT_SIZE: Py_ssize_t = core::mem::offset_of!(PyLongObject, long_value.ob_digit) as Py_ssize_t;

static_type! {
    /// The `int` type.
    pub PyLong_Type as INT {
        tp_name: c"int".as_ptr(),
        tp_basicsize: INT_SIZE,
        tp_itemsize: size_of::<u32>() as Py_ssize_t,
        tp_repr: Some(repr_slot),
        tp_hash: Some(hash_slot),
        tp_richcompare: Some(richcompare_slot),
        tp_as_number: &raw mut AS_NUMBER,
        tp_new: Some(new_slot),
        tp_vectorcall: Some(class_call::enter_slot::<Call>),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LONG_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
    }
}

/// The number protocol of `int`, which `bool` shares.
pub(super) static mut AS_NUMBER: PyNumberMethods = PyNumberMethods {
    nb_bool: Some(truth_slot),
    nb_int: Some(exact_slot),
    nb_float: Some(float_slot),
    nb_index: Some(exact_slot),
    ..PyNumberMethods::BLANK
};

const SMALLEST: i64 = -5;
const SMALL_COUNT: usize = 262;

/// Bits of `lv_tag`: the number of digits is above them.
mod tag {
    pub const ZERO: usize = 1;
    pub const NEGATIVE: usize = 2;
    pub const SIGN: usize = 3;
    pub const SMALL: usize = 4;
    pub const COUNT_SHIFT: u32 = 3;
}

/// The tag of a number with `count` digits, none of them superfluous.
const fn tag_of(negative: bool, count: usize) -> usize {
    let sign = if count == 0 {
        tag::ZERO
    } else if negative {
        tag::NEGATIVE
    } else {
        0
    };
    count << tag::COUNT_SHIFT | sign
}

/// The shared ints, from -5 to 256.
// SAFETY: an int is an object.
static SMALL: Shelf<PyLongObject, SMALL_COUNT> = unsafe { Shelf::new() };

local! {
    static SMALL_KNOWN: Cell<bool> = "pycapsule_small_ints_known";
}

fn make_small(index: usize) -> PyLongObject {
    let value = index as i64 + SMALLEST;
    PyLongObject {
        ob_base: PyObject::immortal(&raw mut PyLong_Type),
        long_value: _PyLongValue {
            lv_tag: tag_of(value < 0, (value != 0).into()) | tag::SMALL,
            ob_digit: [value.unsigned_abs() as u32],
        },
    }
}

/// The shared int with this value, if there is one.
pub fn small(value: i64) -> Option<Obj<'static>> {
    let index = usize::try_from(value.checked_sub(SMALLEST)?).ok().filter(|&index| index < SMALL_COUNT)?;
    Some(SMALL.get(index, &SMALL_KNOWN, make_small))
}

/// 0 and 1, as borrowed references.
pub fn bit(value: bool) -> Obj<'static> {
    small(value.into()).unwrap_or(constants::FALSE)
}

/// Whether the object is an `int` or an instance of a subclass: `True`, say.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_LONG_SUBCLASS)
}

/// A number as it lies in its object.
#[derive(Debug, Clone, Copy)]
pub struct Number<'a> {
    /// Whether it is below zero.
    pub negative: bool,
    /// The magnitude, trimmed.
    pub digits: &'a [u32],
}

impl Number<'_> {
    /// The value, if it fits.
    pub fn to_i64(self) -> Option<i64> {
        let magnitude = magnitude::to_u64(self.digits)?;
        if self.negative { 0i64.checked_sub_unsigned(magnitude) } else { i64::try_from(magnitude).ok() }
    }

    /// -1, 0 or 1.
    pub fn signum(self) -> c_int {
        match self.digits {
            [] => 0,
            _ if self.negative => -1,
            _ => 1,
        }
    }

    fn order(self, other: Number<'_>) -> Ordering {
        self.signum().cmp(&other.signum()).then_with(|| {
            let order = magnitude::order(self.digits, other.digits);
            if self.negative { order.reverse() } else { order }
        })
    }

    /// The order of a number and a float, exactly; `None` for NaN.
    pub fn order_f64(self, value: f64) -> Option<Ordering> {
        if value.is_nan() {
            return None;
        }
        let sign: c_int = if value == 0.0 { 0 } else { value.signum() as c_int };
        let magnitudes = || {
            if value.is_infinite() {
                return Ordering::Less;
            }
            let whole = magnitude::Whole::of(value);
            let tie = if whole.fraction { Ordering::Less } else { Ordering::Equal };
            magnitude::order(self.digits, whole.digits()).then(tie)
        };
        let order = self.signum().cmp(&sign);
        Some(order.then_with(|| if self.negative { magnitudes().reverse() } else { magnitudes() }))
    }
}

/// The number in an `int`. `o` is one.
pub fn view(o: Obj<'_>) -> Number<'_> {
    debug_assert!(check(o));
    let fields = o.cast::<PyLongObject>();
    // SAFETY: an int has this layout, and as many digits as its tag says, which never change.
    unsafe {
        let tag = (*fields).long_value.lv_tag;
        let digits = (&raw const (*fields).long_value.ob_digit).cast();
        Number {
            negative: tag & tag::SIGN == tag::NEGATIVE,
            digits: core::slice::from_raw_parts(digits, tag >> tag::COUNT_SHIFT),
        }
    }
}

/// The value of an `int` of one digit or none (CPython: `PyUnstable_Long_CompactValue`). `o` is one.
pub fn compact(o: Obj<'_>) -> Option<isize> {
    let Number { negative, digits } = view(o);
    match digits {
        [] => Some(0),
        [digit] => Some(if negative { -(*digit as isize) } else { *digit as isize }),
        _ => None,
    }
}

/// A new reference to the `int` with this sign and magnitude, which need not be trimmed.
pub fn from_digits(negative: bool, digits: &[u32]) -> Result<Ref> {
    let digits = magnitude::trim(digits);
    let number = Number { negative, digits };
    match number.to_i64().and_then(small) {
        Some(shared) => Ok(shared.to_ref()),
        None => build(INT, number),
    }
}

/// A new object of `int` or a subclass.
fn build(class: Type<'_>, number: Number<'_>) -> Result<Ref> {
    let count = number.digits.len();
    // Zero has a digit too, for those who read it without looking at the tag.
    let o = instance::allocate(class, count.max(1))?;
    // SAFETY: a new instance with room for the digits.
    unsafe {
        let fields = o.cast::<PyLongObject>().as_ptr();
        (*fields).long_value.lv_tag = tag_of(number.negative, count);
        let digits = (&raw mut (*fields).long_value.ob_digit).cast::<u32>();
        digits.copy_from_nonoverlapping(number.digits.as_ptr(), count);
        Ok(Ref::from_ptr_unchecked(o.as_ptr()))
    }
}

/// A new reference to the `int` with this value.
pub fn from_i64(value: i64) -> Result<Ref> {
    match small(value) {
        Some(shared) => Ok(shared.to_ref()),
        None => from_digits(value < 0, &magnitude::from_u64(value.unsigned_abs())),
    }
}

/// A new reference to the `int` with this value.
pub fn from_u64(value: u64) -> Result<Ref> {
    from_digits(false, &magnitude::from_u64(value))
}

/// A number's value as exactly an `int`: itself if it is that. `o` is an `int` or an instance of a subclass.
pub fn exact(o: Obj<'_>) -> Result<Ref> {
    if o.is_exactly(INT) {
        return Ok(o.to_ref());
    }
    let number = view(o);
    from_digits(number.negative, number.digits)
}
slot!(exact_slot(o) -> *mut PyObject = exact);

/// The nearest float; OverflowError when there is none. `o` is an `int`.
pub fn to_f64(o: Obj<'_>) -> Result<f64> {
    let number = view(o);
    match magnitude::to_f64(number.digits) {
        Some(value) => Ok(if number.negative { -value } else { value }),
        None => Err(raise!(OverflowError, "int too large to convert to float")),
    }
}

fn to_float(o: Obj<'_>) -> Result<Ref> {
    super::float::from_f64(to_f64(o)?)
}
slot!(float_slot(o) -> *mut PyObject = to_float);

fn truth(o: Obj<'_>) -> Result<bool> {
    Ok(!view(o).digits.is_empty())
}
slot!(truth_slot(o) -> c_int = truth);

/// The hash of a number that is modulo 2**61 - 1 this magnitude: equal numbers of all types have equal hashes.
pub(super) fn finish_hash(negative: bool, magnitude: u64) -> isize {
    let hash = if negative { -(magnitude as isize) } else { magnitude as isize };
    if hash == -1 { -2 } else { hash }
}

fn hash(o: Obj<'_>) -> Result<isize> {
    let number = view(o);
    Ok(finish_hash(number.negative, magnitude::hash(number.digits)))
}
slot!(pub(super) hash_slot(o) -> Py_hash_t = hash);

fn repr(o: Obj<'_>) -> Result<Ref> {
    text::decimal(view(o))
}
slot!(repr_slot(o) -> *mut PyObject = repr);

/// Whether two are the same number. Both are an `int`.
pub fn equal(a: Obj<'_>, b: Obj<'_>) -> bool {
    view(a).order(view(b)).is_eq()
}

fn compare(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let order = (check(a) && check(b)).then(|| Some(view(a).order(view(b))));
    Ok(object::answer(op, order).to_ref())
}
slot!(pub(super) richcompare_slot(a, b; op: c_int) -> *mut PyObject = compare);

/// A call without names has words of its own for too many arguments.
enum Call {}

impl class_call::Entry for Call {
    fn check(positional: &[Obj<'_>], names: Option<usize>) -> Result<()> {
        if names.is_none() { arguments::between("int", positional.len(), 0, 2) } else { Ok(()) }
    }
}

/// `int()`, `int(number)`, and `int(text, base)`, where the base may also be given by its name.
fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    const SIGNATURE: Signature<2> = Signature { function: "int", names: ["", "base"], required: 0 };
    let [value, base] = SIGNATURE.parse(args, keywords)?;
    let number = match (value, base) {
        (None, None) => bit(false).to_ref(),
        (None, Some(_)) => return Err(raise!(TypeError, "int() missing string argument")),
        (Some(value), None) => number::to_int(value.borrow())?,
        (Some(text), Some(base)) => from_text(text.borrow(), base.borrow())?,
    };
    if class == INT { Ok(number) } else { build(class, view(number.borrow())) }
}
new_slot!(new_slot = new);

fn from_text(text: Obj<'_>, base: Obj<'_>) -> Result<Ref> {
    let base = match u32::try_from(number::as_ssize_t(base, None)?) {
        Ok(base @ (0 | 2..=36)) => base,
        _ => return Err(raise!(ValueError, "int() base must be >= 2 and <= 36, or 0")),
    };
    if str::check(text) {
        return parse_str(text, base);
    }
    if bytes::check(text) {
        return parse_bytes(text, bytes::as_slice(text), base);
    }
    Err(raise!(TypeError, "int() can't convert non-string with explicit base"))
}
