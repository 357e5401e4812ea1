//! `int`: whole numbers of any size in CPython's layout, a sign and digits of 30 bits. Those from -5 to 256 are shared,
//! immortal objects. The types `int` and `bool` are in [`type_object`] and [`mod@bool`].

pub mod arithmetic;
pub mod bits;
pub mod bool;
pub mod bytes;
pub mod c_text;
mod convert;
pub mod division;
pub mod fresh;
pub mod magnitude;
mod methods;
mod native;
pub mod owned;
pub mod power;
mod text;
pub mod type_object;

pub use convert::{
    as_c_int, as_f64, as_i64, as_i64_and_overflow, as_long_long, as_mask, as_pointer, as_signed, as_size_t, as_ssize_t,
    as_u64, as_unsigned, as_unsigned_long, from_f64,
};
pub use native::{as_native_bytes, fill_bytes, require, require_as};
pub use text::{Base, decimal, in_base, parse, parse_bytes, parse_c, parse_str, push_decimal, require_base};

use super::static_cache::StaticCache;
use crate::abi::*;
use crate::runtime::known::FALSE;
use crate::runtime::local::local;
use crate::runtime::{Layout, Obj, Own, Ref, Result, Type, View, instance, raise};
use core::cell::Cell;
use core::cmp::Ordering;
use core::ffi::c_int;

pub use crate::runtime::known::INT;

/// `tp_basicsize`: without the digits.
const INT_SIZE: Py_ssize_t = core::mem::offset_of!(PyLongObject, long_value.ob_digit) as Py_ssize_t;

const SMALLEST: i64 = -5;
const SMALL_COUNT: usize = 262;

/// The bits of `lv_tag`. The number of digits is above them.
mod tag {
    pub const ZERO: usize = 1;
    pub const NEGATIVE: usize = 2;
    pub const SIGN: usize = 3;
    pub const SMALL: usize = 4;
    pub const COUNT_SHIFT: u32 = 3;
}

/// The tag of a number with `count` digits, without leading zeros.
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
// SAFETY: an int begins with an object head, which is immortal in each shared int.
static SMALL: StaticCache<PyLongObject, SMALL_COUNT> = unsafe { StaticCache::new() };

local! {
    static SMALL_KNOWN: Cell<bool> = "pycapsule_small_ints_known";
}

fn make_small(index: usize) -> PyLongObject {
    let value = index as i64 + SMALLEST;
    PyLongObject {
        ob_base: PyObject::immortal(INT.as_ptr()),
        long_value: _PyLongValue {
            lv_tag: tag_of(value < 0, (value != 0).into()) | tag::SMALL,
            ob_digit: [value.unsigned_abs() as u32],
        },
    }
}

/// The shared int with this value, if there is one.
#[inline(always)]
pub fn small(value: i64) -> Option<Obj<'static>> {
    // A number below the smallest one becomes a large one.
    let index = value.wrapping_sub(SMALLEST) as usize;
    (index < SMALL_COUNT).then(|| SMALL.get(index, &SMALL_KNOWN, make_small))
}

/// 0 and 1, as borrowed references.
pub fn bit(value: bool) -> Obj<'static> {
    small(value.into()).unwrap_or(FALSE)
}

/// Whether the object is an `int` or an instance of a subclass, such as `True`.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    PyLongObject::check(o)
}

/// A borrowed reference to an `int`, or to an instance of a subclass.
pub type Int<'a> = View<'a, PyLongObject>;

// SAFETY: a type with this flag has instances that begin as those of `int` do.
unsafe impl Layout for PyLongObject {
    #[inline(always)]
    fn check(o: Obj<'_>) -> bool {
        o.has_flag(Py_TPFLAGS_LONG_SUBCLASS)
    }
}

/// A number in the form in which its object stores it.
#[derive(Debug, Clone, Copy)]
pub struct Number<'a> {
    /// Whether it is less than zero.
    pub negative: bool,
    /// The magnitude, trimmed.
    pub digits: &'a [u32],
}

impl Number<'_> {
    /// The number with the other sign.
    pub fn negated(self) -> Self {
        Number { negative: !self.negative && !self.digits.is_empty(), ..self }
    }

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

    /// The order of two numbers.
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

/// The number in an `int`.
#[inline(always)]
pub fn number(int: Int<'_>) -> Number<'_> {
    let fields = int.fields();
    // SAFETY: an int has as many digits as its tag states, and they never change.
    unsafe {
        let tag = (*fields).long_value.lv_tag;
        let digits = (&raw const (*fields).long_value.ob_digit).cast();
        Number {
            negative: tag & tag::SIGN == tag::NEGATIVE,
            digits: core::slice::from_raw_parts(digits, tag >> tag::COUNT_SHIFT),
        }
    }
}

/// The value of an `int` of one digit or none (CPython: `PyUnstable_Long_CompactValue`).
#[inline(always)]
pub fn compact(int: Int<'_>) -> Option<isize> {
    let fields = int.fields();
    // SAFETY: a view's fields can be read, and an int never changes. Zero has a digit too, which is 0.
    let (tag, [digit]) = unsafe { ((*fields).long_value.lv_tag, (*fields).long_value.ob_digit) };
    // The sign is 0, 1 for zero, or 2 for a number below it.
    (tag < 2 << tag::COUNT_SHIFT).then_some((1 - (tag & tag::SIGN) as isize) * digit as isize)
}

/// The value of a number of at most two digits, so that sums of two such values fit into a word.
#[inline(always)]
pub fn word(number: Number<'_>) -> Option<i64> {
    let magnitude = match *number.digits {
        [] => 0,
        [digit] => i64::from(digit),
        [low, high] => i64::from(high) << magnitude::SHIFT | i64::from(low),
        _ => return None,
    };
    Some(if number.negative { -magnitude } else { magnitude })
}

/// A new reference to the `int` with this sign and magnitude, which need not be trimmed.
pub fn from_digits(negative: bool, digits: &[u32]) -> Result<Ref> {
    let digits = magnitude::trim(digits);
    let number = Number { negative, digits };
    match number.to_i64().and_then(small) {
        Some(shared) => Ok(shared.to_ref()),
        None => build(INT, number).map(Own::into_ref),
    }
}

/// A new `int` that is not one of the shared ones, from a machine word. All of its memory is written here, so it need not be
/// zeroed first.
#[inline(always)]
fn from_word(negative: bool, word: u64) -> Result<Ref> {
    let [low, high, highest] = magnitude::from_u64(word);
    // Room for an even number of digits, so that the digits are written two at a time.
    if word >> (2 * magnitude::SHIFT) == 0 {
        with_digits(negative, 1 + usize::from(word >> magnitude::SHIFT != 0), [low, high])
    } else {
        with_digits(negative, 3, [low, high, highest, 0])
    }
}

/// A new `int` of so many digits, with room for all of these.
#[inline(always)]
fn with_digits<const ROOM: usize>(negative: bool, count: usize, digits: [u32; ROOM]) -> Result<Ref> {
    let o = instance::reserve::<false>(INT_SIZE as usize + size_of_val(&digits))?;
    // SAFETY: there is room for the object's head, the tag and the digits, all of which are written.
    unsafe {
        let fields = o.cast::<PyLongObject>().as_ptr();
        (&raw mut (*fields).ob_base).write(PyObject { ob_refcnt: 1, ob_type: INT.as_ptr() });
        (&raw mut (*fields).long_value.lv_tag).write(tag_of(negative, count));
        (&raw mut (*fields).long_value.ob_digit).cast::<[u32; ROOM]>().write(digits);
        Ok(Ref::from_ptr_unchecked(o.as_ptr()))
    }
}

/// A new object of `int` or a subclass.
fn build(class: Type<'_>, number: Number<'_>) -> Result<Own<PyLongObject>> {
    let count = number.digits.len();
    // Zero has a digit too, because C code may read it without checking the tag.
    let o = instance::allocate(class, count.max(1))?;
    // SAFETY: the new instance has room for the digits.
    unsafe {
        let fields = o.cast::<PyLongObject>().as_ptr();
        (*fields).long_value.lv_tag = tag_of(number.negative, count);
        let digits = (&raw mut (*fields).long_value.ob_digit).cast::<u32>();
        digits.copy_from_nonoverlapping(number.digits.as_ptr(), count);
        Ok(Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr())))
    }
}

/// A new reference to the `int` with this value.
pub fn from_i64(value: i64) -> Result<Ref> {
    from_result(value)
}

/// Works as [`from_i64`]. The search for a shared int is inlined, for the fast paths of operators.
#[inline(always)]
fn from_result(value: i64) -> Result<Ref> {
    match small(value) {
        Some(shared) => Ok(shared.to_ref()),
        None => not_shared(value),
    }
}

/// A new `int` with this value, which is not one of the shared ones. Out of line, so that a shared one is found without a stack frame.
#[inline(never)]
fn not_shared(value: i64) -> Result<Ref> {
    from_word(value < 0, value.unsigned_abs())
}

/// A new reference to the `int` with this value.
pub fn from_u64(value: u64) -> Result<Ref> {
    match i64::try_from(value).ok().and_then(small) {
        Some(shared) => Ok(shared.to_ref()),
        None => from_word(false, value),
    }
}

/// A number's value as exactly an `int`: the object itself if its class is `int`.
pub fn exact(int: Int<'_>) -> Result<Ref> {
    if int.is_exactly(INT) { Ok(int.to_ref()) } else { copy(int) }
}

/// A number's value as an `int` of its own; a small one is shared.
pub fn copy(int: Int<'_>) -> Result<Ref> {
    let number = number(int);
    from_digits(number.negative, number.digits)
}

/// The nearest float; OverflowError when it would be infinite.
pub fn to_f64(int: Int<'_>) -> Result<f64> {
    if let Some(value) = compact(int) {
        return Ok(value as f64);
    }
    let number = number(int);
    match magnitude::to_f64(number.digits) {
        Some(value) => Ok(if number.negative { -value } else { value }),
        None => Err(raise!(OverflowError, "int too large to convert to float")),
    }
}

/// The hash of a number whose magnitude modulo 2**61 - 1 is this: equal numbers of all types have equal hashes.
pub(super) fn finish_hash(negative: bool, magnitude: u64) -> isize {
    let hash = if negative { -(magnitude as isize) } else { magnitude as isize };
    if hash == -1 { -2 } else { hash }
}

/// The order of two numbers.
#[inline]
pub fn order(a: Int<'_>, b: Int<'_>) -> Ordering {
    match (compact(a), compact(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => order_of_digits(a, b),
    }
}

#[inline(never)]
fn order_of_digits(a: Int<'_>, b: Int<'_>) -> Ordering {
    number(a).order(number(b))
}

/// Whether two ints are the same number.
#[inline]
pub fn equal(a: Int<'_>, b: Int<'_>) -> bool {
    order(a, b).is_eq()
}
