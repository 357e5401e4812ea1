//! The operators of one operand.

use super::convert;
use crate::abi::{PyNumberMethods, unaryfunc};
use crate::protocol::suite;
use crate::runtime::{Obj, Ref, Result, raise};

fn apply(o: Obj<'_>, slot: fn(&PyNumberMethods) -> unaryfunc, method: &'static str, sign: &str) -> Result<Ref> {
    let answer = convert(o, suite::number(o).and_then(slot), method)?;
    answer.ok_or_else(|| raise!(TypeError, "bad operand type for {sign}: '{}'", o.class().name()))
}

/// `-o`
pub fn negative(o: Obj<'_>) -> Result<Ref> {
    apply(o, |suite| suite.nb_negative, "__neg__", "unary -")
}

/// `+o`
pub fn positive(o: Obj<'_>) -> Result<Ref> {
    apply(o, |suite| suite.nb_positive, "__pos__", "unary +")
}

/// `~o`
pub fn invert(o: Obj<'_>) -> Result<Ref> {
    apply(o, |suite| suite.nb_invert, "__invert__", "unary ~")
}

/// `abs(o)`
pub fn absolute(o: Obj<'_>) -> Result<Ref> {
    apply(o, |suite| suite.nb_absolute, "__abs__", "abs()")
}
