//! The operators `+` and `*`, which numbers and sequences have (CPython: `PyNumber_Add`, `PyNumber_Multiply` and their
//! forms in place). The others are in `protocol::number`.

use super::index;
use crate::abi::Exc;
use crate::protocol::number::{self, ADD, MULTIPLY, Repeatable};
use crate::protocol::sequence;
use crate::runtime::{Obj, Ref, Result, raise};

/// `a + b`: of numbers, or of a sequence on the left that can be joined.
#[inline]
pub fn add(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    match ADD.answer(a, b)? {
        Some(sum) => Ok(sum),
        None => join(a, b, false),
    }
}

/// `a += b`
#[inline]
pub fn add_in_place(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    match ADD.answer_in_place(a, b)? {
        Some(sum) => Ok(sum),
        None => join(a, b, true),
    }
}

#[inline(never)]
fn join(a: Obj<'_>, b: Obj<'_>, in_place: bool) -> Result<Ref> {
    number::concat(a, b, in_place)?.ok_or_else(|| ADD.refuse(a, b, in_place))
}

/// `a * b`: of numbers, or of a sequence and a number of times.
#[inline]
pub fn multiply(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    match MULTIPLY.answer(a, b)? {
        Some(product) => Ok(product),
        None => repeat(a, b, false),
    }
}

/// `a *= b`
#[inline]
pub fn multiply_in_place(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    match MULTIPLY.answer_in_place(a, b)? {
        Some(product) => Ok(product),
        None => repeat(a, b, true),
    }
}

/// A sequence repeated. In place, the right operand is not asked if the left one is a sequence of any kind.
#[inline(never)]
fn repeat(a: Obj<'_>, b: Obj<'_>, in_place: bool) -> Result<Ref> {
    let right = || Repeatable::of(b, false).filter(|_| !in_place || !sequence::has_suite(a));
    let left = Repeatable::of(a, in_place).map(|sequence| (sequence, b));
    let Some((sequence, times)) = left.or_else(|| right().map(|sequence| (sequence, a))) else {
        return Err(MULTIPLY.refuse(a, b, in_place));
    };
    if !number::is_index(times) {
        return Err(raise!(TypeError, "can't multiply sequence by non-int of type '{}'", times.class().name()));
    }
    sequence.repeat(index::as_ssize_t(times, Some(Exc::OverflowError))?)
}
