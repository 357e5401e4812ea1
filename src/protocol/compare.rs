//! The six comparisons, numbered like CPython's `Py_LT` to `Py_GE`.

use super::truth::truth;
use crate::abi::*;
use crate::runtime::{Obj, Raised, Ref, Result, error, known, raise, stack};
use core::cmp::Ordering;
use core::ffi::c_int;

/// The answer of the first operand's type; `None` when that type can't compare the two.
#[inline(always)]
fn answer_of(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<Option<Ref>> {
    let Some(slot) = a.class().fields().tp_richcompare else { return Ok(None) };
    // SAFETY: the slot belongs to the type of `a`, and takes any object beside it.
    let answer =
        unsafe { Ref::from_ptr(slot(a.as_ptr(), b.as_ptr(), op)) }.ok_or_else(|| error::fetched_from_c("__eq__"))?;
    Ok((!answer.borrow().is(known::NOT_IMPLEMENTED)).then_some(answer))
}

/// One of the six comparisons: a new reference to the object that a type answers with.
///
/// The right operand's type is asked first when it is a proper subtype. Otherwise the left is asked, then the right.
/// When neither answers, `==` and `!=` compare identities, and an order is a TypeError.
pub fn compare(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    stack::enter(" in comparison")?;
    const SWAPPED: [c_int; 6] = [Py_GT, Py_GE, Py_EQ, Py_NE, Py_LT, Py_LE];
    let Some(&swapped) = usize::try_from(op).ok().and_then(|op| SWAPPED.get(op)) else {
        return Err(raise!(SystemError, "bad internal call"));
    };
    // Most objects that are compared are of one type.
    let right_first = a.class() != b.class() && b.class().is_subtype(a.class());
    if right_first && let Some(answer) = answer_of(b, a, swapped)? {
        return Ok(answer);
    }
    if let Some(answer) = answer_of(a, b, op)? {
        return Ok(answer);
    }
    if !right_first && let Some(answer) = answer_of(b, a, swapped)? {
        return Ok(answer);
    }
    match op {
        Py_EQ => Ok(known::bool(a.is(b)).to_ref()),
        Py_NE => Ok(known::bool(!a.is(b)).to_ref()),
        _ => Err(no_order(a, b, op)),
    }
}

#[cold]
#[inline(never)]
fn no_order(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Raised {
    const SIGNS: [&str; 6] = ["<", "<=", "==", "!=", ">", ">="];
    let (sign, a, b) = (SIGNS[op as usize], a.class().name(), b.class().name());
    raise!(TypeError, "'{sign}' not supported between instances of '{a}' and '{b}'")
}

/// One of the six comparisons as a truth value. An object is equal to itself: its type is not asked.
#[inline]
pub fn compare_as_bool(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<bool> {
    if a.is(b) && matches!(op, Py_EQ | Py_NE) {
        return Ok(op == Py_EQ);
    }
    truth_of_comparison(a, b, op)
}

/// The answer of the types of two objects, as a truth value. Out of line, so that two references to one object need no
/// stack frame.
#[inline(never)]
fn truth_of_comparison(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<bool> {
    let answer = compare(a, b, op)?;
    truth(answer.borrow())
}

/// `a == b` as a truth value. An object is equal to itself: its type is not asked.
#[inline]
pub fn equal(a: Obj<'_>, b: Obj<'_>) -> Result<bool> {
    compare_as_bool(a, b, Py_EQ)
}

/// The answer of a comparison that found this order. It is `NotImplemented` when the types can't be compared (`None`).
/// Between values without an order (`Some(None)`: NaN) only `!=` holds.
pub fn answer(op: c_int, order: Option<Option<Ordering>>) -> Obj<'static> {
    let Some(order) = order else { return known::NOT_IMPLEMENTED };
    known::bool(match op {
        Py_EQ => order == Some(Ordering::Equal),
        Py_NE => order != Some(Ordering::Equal),
        Py_LT => order.is_some_and(Ordering::is_lt),
        Py_LE => order.is_some_and(Ordering::is_le),
        Py_GT => order.is_some_and(Ordering::is_gt),
        _ => order.is_some_and(Ordering::is_ge),
    })
}
