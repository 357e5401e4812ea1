//! Conversions that make an object of a certain type: `int(o)`, `float(o)`, `list(o)`, `tuple(o)`.

use super::int::Base;
use super::{bytes, float, int, iterator, list, tuple};
use crate::abi::*;
use crate::protocol::iteration::{self, instead_of_type_error};
use crate::protocol::number;
use crate::runtime::{Obj, Own, Raised, Ref, Result, gc, raise};
use core::ffi::c_int;

/// The object as exactly an `int`, without loss (CPython: `PyNumber_Index`).
pub fn exact_index(o: Obj<'_>) -> Result<Ref> {
    int::exact(number::index(o)?.borrow())
}

/// The base that a number tells.
pub fn base(number: c_int) -> Result<Base> {
    match number {
        2 => Ok(Base::Binary),
        8 => Ok(Base::Octal),
        10 => Ok(Base::Decimal),
        16 => Ok(Base::Hexadecimal),
        _ => Err(raise!(SystemError, "PyNumber_ToBase: base must be 2, 8, 10 or 16")),
    }
}

/// An object with `__index__` as text in a base (CPython: `PyNumber_ToBase`).
pub fn to_base(o: Obj<'_>, number: c_int) -> Result<Ref> {
    let base = base(number)?;
    int::in_base(int::number(number::index(o)?.borrow()), base)
}

/// `int(o)` (CPython: `PyNumber_Long`).
pub fn to_int(o: Obj<'_>) -> Result<Ref> {
    if o.is_exactly(int::INT) {
        return Ok(o.to_ref());
    }
    if let Some(result) = number::int(o)? {
        return int::exact(result.borrow());
    }
    if number::is_index(o) {
        return exact_index(o);
    }
    if let Some(s) = o.downcast() {
        return int::parse_str(s, 10);
    }
    if let Some(bytes) = bytes::from_buffer(o)? {
        return int::parse_bytes(bytes::as_slice(bytes.borrow()), 10);
    }
    Err(raise!(
        TypeError,
        "int() argument must be a string, a bytes-like object or a real number, not '{}'",
        o.class().name()
    ))
}

/// The answer of `__float__`, or else that of `__index__` as a `float`; `None` for an object with neither.
pub fn to_float(o: Obj<'_>) -> Result<Option<Own<PyFloatObject>>> {
    match number::float(o)? {
        None if number::is_index(o) => float::from_f64(int::to_f64(number::index(o)?.borrow())?).map(Some),
        result => Ok(result),
    }
}

/// `float(o)` (CPython: `PyNumber_Float`).
pub fn exact_float(o: Obj<'_>) -> Result<Ref> {
    if o.is_exactly(float::FLOAT) {
        return Ok(o.to_ref());
    }
    if let Some(result) = to_float(o)? {
        if result.borrow().is_exactly(float::FLOAT) {
            return Ok(result.into_ref());
        }
        return float::from_f64(float::value(result.borrow())).map(Own::into_ref);
    }
    if let Some(float) = o.downcast() {
        return float::from_f64(float::value(float)).map(Own::into_ref);
    }
    float_from_text(o)
}

/// The float in the text of an object (CPython: `PyFloat_FromString`).
pub fn float_from_text(o: Obj<'_>) -> Result<Ref> {
    if let Some(s) = o.downcast() {
        return float::parse_str(s);
    }
    if let Some(bytes) = bytes::from_buffer(o)? {
        return float::parse_bytes(o, bytes::as_slice(bytes.borrow()));
    }
    Err(raise!(TypeError, "float() argument must be a string or a real number, not '{}'", o.class().name()))
}

/// A C `double`, from a `float` or an object with `__float__` or `__index__`.
pub fn as_f64(o: Obj<'_>) -> Result<f64> {
    if let Some(float) = o.downcast() {
        return Ok(float::value(float));
    }
    to_float(o)?
        .map(|number| float::value(number.borrow()))
        .ok_or_else(|| raise!(TypeError, "must be real number, not {}", o.class().name()))
}

/// The items of an iterable as a new list (CPython: `PySequence_List`).
pub fn to_list(iterable: Obj<'_>) -> Result<Own<PyListObject>> {
    let list = list::new()?;
    list::extend(list.borrow(), iterable)?;
    Ok(list)
}

/// The items of an iterable as a tuple; the iterable itself if it is exactly a tuple (CPython: `PySequence_Tuple`).
pub fn to_tuple(iterable: Obj<'_>) -> Result<Own<PyTupleObject>> {
    if let Some(tuple) = iterable.downcast_exactly(tuple::TUPLE) {
        return Ok(tuple.to_own());
    }
    if let Some(list) = iterable.downcast_exactly(list::LIST) {
        return list::to_tuple(list);
    }
    // Other than a list, a tuple does not ask how many items there are.
    let items = list::new()?;
    iteration::each(iterable, |item| list::append(items.borrow(), item.borrow()))?;
    let tuple = list::to_tuple(items.borrow())?;
    // CPython fills the tuple while it iterates, so the collector tracks the tuple whatever the items are.
    if tuple::len(tuple.borrow()) > 0 {
        gc::track(tuple.as_obj());
    }
    Ok(tuple)
}

/// The items of an iterable as a list or a tuple; the iterable itself if it is exactly a list or a tuple (CPython:
/// `PySequence_Fast`). For an object that is not iterable, a function may raise another TypeError.
pub fn fast(iterable: Obj<'_>, refusal: Option<&dyn Fn() -> Raised>) -> Result<Ref> {
    if iterable.is_exactly(list::LIST) || iterable.is_exactly(tuple::TUPLE) {
        return Ok(iterable.to_ref());
    }
    let iterator = iterator::of(iterable)
        .map_err(|raised| refusal.map_or(raised, |refuse| instead_of_type_error(raised, refuse)))?;
    Ok(to_list(iterator.borrow())?.into_ref())
}
