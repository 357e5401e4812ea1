//! Calculations with ints that are known to be ints, as objects: for types that are made of ints of any size.

use super::{arithmetic, division, from_i64, number};
use crate::abi::PyLongObject;
use crate::runtime::{Own, Ref, Result, refusal};

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
    number(a.borrow()).signum()
}

/// Whether `a < b`.
pub fn is_less(a: &OwnInt, b: &OwnInt) -> bool {
    super::order(a.borrow(), b.borrow()).is_lt()
}

/// An int of its own with the value of another, which may be an instance of a subclass.
pub fn copy(int: super::Int<'_>) -> Result<OwnInt> {
    made(super::copy(int))
}
