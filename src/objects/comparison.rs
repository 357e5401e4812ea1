//! The comparison of two objects as a truth value, for C. It is done most often by trees and sorted containers of
//! extensions.

use super::int;
use crate::abi::*;
use crate::protocol::compare;
use crate::runtime::known::INT;
use crate::runtime::{Obj, Result};
use core::cmp::Ordering;
use core::ffi::c_int;

/// One of the six comparisons as a truth value (CPython: `PyObject_RichCompareBool`).
#[inline(always)]
pub fn as_bool(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<bool> {
    // The fast path: two ints of one digit need neither their slot nor an object for its answer.
    if let (Some(a), Some(b)) = (a.downcast_exactly(INT), b.downcast_exactly(INT))
        && let (Some(a), Some(b)) = (int::compact(a), int::compact(b))
        && let Some(holds) = holds(a.cmp(&b), op)
    {
        return Ok(holds);
    }
    compare::compare_as_bool(a, b, op)
}

/// Whether a comparison that found this order holds; `None` for a number that names none.
#[inline(always)]
fn holds(order: Ordering, op: c_int) -> Option<bool> {
    // A bit for each order, from the lowest, with which the comparison of that number holds.
    const HOLDS: [u8; 6] = [0b001, 0b011, 0b010, 0b101, 0b100, 0b110];
    const { assert!(Py_LT == 0 && Py_LE == 1 && Py_EQ == 2 && Py_NE == 3 && Py_GT == 4 && Py_GE == 5) };
    let holds = HOLDS.get(usize::try_from(op).ok()?)?;
    Some(holds >> (order as i8 + 1) & 1 != 0)
}
