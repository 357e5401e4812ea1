//! The number protocol, as far as the objects' own slots answer (CPython: `PyNumber_*`). `objects::operators` adds the
//! cases in which an operator makes an object itself.

mod operator;
mod power;
mod sequences;
mod unary;

pub use operator::{
    ADD, AND, DIVMOD, FLOOR_DIVIDE, LSHIFT, MATRIX_MULTIPLY, MULTIPLY, OR, Operator, REMAINDER, RSHIFT, SUBTRACT,
    TRUE_DIVIDE, XOR,
};
pub use power::{power, power_in_place};
pub use sequences::{Repeatable, concat};
pub use unary::{absolute, invert, negative, positive};

use super::suite;
use crate::abi::*;
use crate::runtime::{Obj, Own, Ref, Result, error, known, raise};

/// The object that a conversion slot gives; `None` without the slot.
fn convert(o: Obj<'_>, slot: unaryfunc, method: &'static str) -> Result<Option<Ref>> {
    let Some(slot) = slot else { return Ok(None) };
    // SAFETY: the slot belongs to the type of `o`, which is alive.
    unsafe { Ref::from_ptr(slot(o.as_ptr())) }.map(Some).ok_or_else(|| error::fetched_from_c(method))
}

fn require_int(result: Ref, method: &'static str) -> Result<Own<PyLongObject>> {
    let not_int =
        |result: Ref| raise!(TypeError, "{method} returned non-int (type {})", result.borrow().class().name());
    result.downcast().map_err(not_int)
}

/// Whether the object can be used as an index (CPython: `PyIndex_Check`).
pub fn is_index(o: Obj<'_>) -> bool {
    suite::number(o).is_some_and(|suite| suite.nb_index.is_some())
}

/// Whether the object is a number (CPython: `PyNumber_Check`).
pub fn check(o: Obj<'_>) -> bool {
    let has_slot =
        |suite: &PyNumberMethods| suite.nb_index.is_some() || suite.nb_int.is_some() || suite.nb_float.is_some();
    suite::number(o).is_some_and(|suite| has_slot(suite) || o.is_a(known::COMPLEX))
}

/// Whether a float can be made of the object by `__float__` or `__index__`.
pub fn is_real(o: Obj<'_>) -> bool {
    suite::number(o).is_some_and(|suite| suite.nb_index.is_some() || suite.nb_float.is_some())
}

/// The object as an `int` or an instance of a subclass, without loss: itself, or the answer of `__index__`.
pub fn index(o: Obj<'_>) -> Result<Own<PyLongObject>> {
    if let Some(int) = o.downcast() {
        return Ok(int.to_own());
    }
    match convert(o, suite::number(o).and_then(|suite| suite.nb_index), "__index__")? {
        Some(result) => require_int(result, "__index__"),
        None => Err(raise!(TypeError, "'{}' object cannot be interpreted as an integer", o.class().name())),
    }
}

/// The answer of `__int__`, an `int` or an instance of a subclass; `None` for an object without that method.
pub fn int(o: Obj<'_>) -> Result<Option<Own<PyLongObject>>> {
    let converted = convert(o, suite::number(o).and_then(|suite| suite.nb_int), "__int__")?;
    converted.map(|result| require_int(result, "__int__")).transpose()
}

/// The answer of `__float__`, a `float` or an instance of a subclass; `None` for an object without that method.
pub fn float(o: Obj<'_>) -> Result<Option<Own<PyFloatObject>>> {
    let converted = convert(o, suite::number(o).and_then(|suite| suite.nb_float), "__float__")?;
    let not_float = |result: Ref| {
        let (class, result) = (o.class(), result.borrow().class());
        raise!(TypeError, "{}.__float__ returned non-float (type {})", class.name(), result.name())
    };
    converted.map(|result| result.downcast().map_err(not_float)).transpose()
}
