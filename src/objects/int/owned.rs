//! Calculations with ints that are known to be ints, as objects: for types that are made of ints of any size.

use super::{INT, arithmetic, division, from_i64, number as value};
use crate::abi::PyLongObject;
use crate::protocol::number;
use crate::runtime::{Obj, Own, Ref, Result, refusal};

/// A new reference to an int.
pub type OwnInt = Own<PyLongObject>;

/// A result as one that is known to be an int.
fn made(result: Result<Ref>) -> Result<OwnInt> {
    result?.downcast().map_err(|_| refusal::null_error())
}

/// The int with this value.
pub fn of(value: i64) -> Result<OwnInt> {
    made(from_i64(value))
}

/// `a + b`
pub fn add(a: &OwnInt, b: &OwnInt) -> Result<OwnInt> {
    made(arithmetic::add(a.borrow(), b.borrow()))
}

/// `a - b`
pub fn subtract(a: &OwnInt, b: &OwnInt) -> Result<OwnInt> {
    made(arithmetic::subtract(a.borrow(), b.borrow()))
}

/// `a * b`
pub fn multiply(a: &OwnInt, b: &OwnInt) -> Result<OwnInt> {
    made(arithmetic::multiply(a.borrow(), b.borrow()))
}

/// `-a`
pub fn negative(a: &OwnInt) -> Result<OwnInt> {
    made(arithmetic::negative(a.borrow()))
}

/// `a // b` and `a % b`
pub fn divide(a: &OwnInt, b: &OwnInt) -> Result<(OwnInt, OwnInt)> {
    let (quotient, remainder) = division::floor_and_remainder(a.borrow(), b.borrow())?;
    Ok((made(Ok(quotient))?, made(Ok(remainder))?))
}

/// -1, 0 or 1.
pub fn sign(a: &OwnInt) -> i32 {
    value(a.borrow()).signum()
}

/// Whether `a < b`.
pub fn is_less(a: &OwnInt, b: &OwnInt) -> bool {
    super::order(a.borrow(), b.borrow()).is_lt()
}

/// An object with `__index__` as exactly an int (CPython: `PyNumber_Index`).
pub fn index(o: Obj<'_>) -> Result<OwnInt> {
    let int = number::index(o)?;
    if int.as_obj().is_exactly(INT) { Ok(int) } else { made(super::copy(int.borrow())) }
}
