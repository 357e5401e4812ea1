//! The number protocol: how an object becomes an `int`, an index or a `float` (CPython: `PyNumber_*`).

use super::{bytes, constants, exceptions, float, int, str};
use crate::abi::*;
use crate::runtime::{Obj, Own, Ref, Result, error, raise};

/// The number suite of an object's type.
fn suite(o: Obj<'_>) -> Option<&PyNumberMethods> {
    // SAFETY: tp_as_number is NULL or a whole suite that lives as long as the type.
    unsafe { o.class().fields().tp_as_number.as_ref() }
}

/// The result of a conversion slot, which must be of a type.
fn convert(o: Obj<'_>, slot: unaryfunc, who: &'static str) -> Result<Option<Ref>> {
    let Some(slot) = slot else { return Ok(None) };
    // SAFETY: a slot of the object's own type.
    unsafe { Ref::from_ptr(slot(o.as_ptr())) }.map(Some).ok_or_else(|| error::fetched_from_c(who))
}

fn require_int(result: Ref, who: &'static str) -> Result<Own<PyLongObject>> {
    let not_int = |result: Ref| raise!(TypeError, "{who} returned non-int (type {})", result.borrow().class().name());
    result.downcast().map_err(not_int)
}

/// Whether the object can be used as an index (CPython: `PyIndex_Check`).
pub fn is_index(o: Obj<'_>) -> bool {
    suite(o).is_some_and(|suite| suite.nb_index.is_some())
}

/// Whether the object is a number (CPython: `PyNumber_Check`).
pub fn check(o: Obj<'_>) -> bool {
    suite(o).is_some_and(|suite| suite.nb_index.is_some() || suite.nb_int.is_some() || suite.nb_float.is_some())
}

/// The object as an `int` or an instance of a subclass, without loss: itself, or what `__index__` gives.
pub fn index(o: Obj<'_>) -> Result<Own<PyLongObject>> {
    if let Some(int) = o.downcast() {
        return Ok(int.to_own());
    }
    match convert(o, suite(o).and_then(|suite| suite.nb_index), "__index__")? {
        Some(result) => require_int(result, "__index__"),
        None => Err(raise!(TypeError, "'{}' object cannot be interpreted as an integer", o.class().name())),
    }
}

/// The object as exactly an `int`, without loss (CPython: `PyNumber_Index`).
pub fn exact_index(o: Obj<'_>) -> Result<Ref> {
    int::exact(index(o)?.borrow())
}

/// The object as a size. What does not fit is cut to the nearest that does, or raises the exception given. The number -1
/// fails with an error that was pending before: callers in CPython know a failure by the two.
pub fn as_ssize_t(o: Obj<'_>, too_large: Option<Obj<'_>>) -> Result<isize> {
    let number = index(o)?;
    let number = int::number(number.borrow());
    match (number.to_i64().and_then(|value| isize::try_from(value).ok()), too_large) {
        (Some(value), _) => error::pending().filter(|_| value == -1).map_or(Ok(value), Err),
        (None, None) => Ok(if number.negative { isize::MIN } else { isize::MAX }),
        (None, Some(class)) => {
            let text = str::format(format_args!("cannot fit '{}' into an index-sized integer", o.class().name()))?;
            Err(exceptions::raise_object(class, Some(text.borrow())))
        }
    }
}

/// `int(o)` (CPython: `PyNumber_Long`).
pub fn to_int(o: Obj<'_>) -> Result<Ref> {
    if o.is_exactly(int::INT) {
        return Ok(o.to_ref());
    }
    let converted = convert(o, suite(o).and_then(|suite| suite.nb_int), "__int__")?;
    if let Some(result) = converted {
        return int::exact(require_int(result, "__int__")?.borrow());
    }
    if is_index(o) {
        return exact_index(o);
    }
    if str::check(o) {
        return int::parse_str(o, 10);
    }
    if bytes::check(o) {
        return int::parse_bytes(o, bytes::as_slice(o), 10);
    }
    Err(raise!(
        TypeError,
        "int() argument must be a string, a bytes-like object or a real number, not '{}'",
        o.class().name()
    ))
}

/// What `__float__` or `__index__` make of an object: a `float` or an instance of a subclass.
pub fn to_float(o: Obj<'_>) -> Result<Option<Own<PyFloatObject>>> {
    let Some(result) = convert(o, suite(o).and_then(|suite| suite.nb_float), "__float__")? else {
        if !is_index(o) {
            return Ok(None);
        }
        return float::from_f64(int::to_f64(index(o)?.borrow())?).map(Some);
    };
    result.downcast().map(Some).map_err(|result| {
        let (class, result) = (o.class(), result.borrow().class());
        raise!(TypeError, "{}.__float__ returned non-float (type {})", class.name(), result.name())
    })
}

/// `float(o)` (CPython: `PyNumber_Float`).
pub fn exact_float(o: Obj<'_>) -> Result<Ref> {
    if o.is_exactly(float::FLOAT) {
        return Ok(o.to_ref());
    }
    if let Some(result) = to_float(o)? {
        return float::from_f64(float::value(result.borrow())).map(Own::into_ref);
    }
    if let Some(float) = o.downcast() {
        return float::from_f64(float::value(float)).map(Own::into_ref);
    }
    if str::check(o) {
        return float::parse_str(o);
    }
    if bytes::check(o) {
        return float::parse_bytes(o, bytes::as_slice(o));
    }
    Err(raise!(TypeError, "float() argument must be a string or a real number, not '{}'", o.class().name()))
}

/// `a + b` as far as the number suites know it: the right operand's type first when it is a proper subtype.
pub fn add(a: Obj<'_>, b: Obj<'_>) -> Result<Option<Ref>> {
    let slot = |o| suite(o).and_then(|suite| suite.nb_add);
    let ask = |slot: binaryfunc| -> Result<Option<Ref>> {
        let Some(slot) = slot else { return Ok(None) };
        // SAFETY: a slot of one operand's type takes both, in their order.
        let sum =
            unsafe { Ref::from_ptr(slot(a.as_ptr(), b.as_ptr())) }.ok_or_else(|| error::fetched_from_c("__add__"))?;
        Ok((!sum.borrow().is(constants::NOT_IMPLEMENTED)).then_some(sum))
    };
    let right_first = a.class() != b.class() && b.class().is_subtype(a.class());
    let slots = if right_first { [slot(b), slot(a)] } else { [slot(a), slot(b)] };
    for slot in slots {
        if let Some(sum) = ask(slot)? {
            return Ok(Some(sum));
        }
    }
    Ok(None)
}
