//! The dispatchers of number slots: operators with their reflected forms, operators in place, and conversions.

use super::method::{self, Method};
use super::names::{self, at};
use crate::abi::*;
use crate::objects::slots;
use crate::protocol::{compare, truth};
use crate::runtime::{IntoC, Obj, Ref, Result, View, known, raise};
use crate::types::attribute;
use core::ffi::c_void;

/// A method without arguments that returns any object.
pub(super) fn unary<const NAME: usize>(o: View<'_, PyObject>) -> Result<Ref> {
    method::call::<NAME>(&[*o])
}

/// A method with one argument that returns any object.
pub(super) fn binary<const NAME: usize>(o: View<'_, PyObject>, other: Obj<'_>) -> Result<Ref> {
    method::call::<NAME>(&[*o, other])
}

/// A binary operator. The slot is at `OFFSET` in the number suite.
pub(super) fn operator<const NAME: usize, const REFLECTED: usize, const OFFSET: usize>(
    a: View<'_, PyObject>,
    b: Obj<'_>,
) -> Result<Ref> {
    let own = slots::binary(operator::<NAME, REFLECTED, OFFSET>).map_or(0, |slot| slot as usize);
    let dispatches = |o: Obj<'_>| slot_of(o, OFFSET) == own;
    operate::<NAME, REFLECTED>(dispatches, [*a, b], None)
}

/// The address of the function in a slot of the number suite of an object; 0 without one.
fn slot_of(o: Obj<'_>, offset: usize) -> usize {
    let suite = o.class().fields().tp_as_number;
    if suite.is_null() {
        return 0;
    }
    // SAFETY: the suite is whole, and the offset is that of a slot in it.
    unsafe { suite.byte_add(offset).cast::<*const c_void>().read() }.addr()
}

/// The answer of the left operand's method, or else of the right operand's reflected one, which precedes if its class
/// is derived from the other's and has a method of its own. `dispatches` says whether an operand's class uses this
/// dispatcher. A power passes the modulus on.
fn operate<const NAME: usize, const REFLECTED: usize>(
    dispatches: impl Fn(Obj<'_>) -> bool,
    [a, b]: [Obj<'_>; 2],
    modulus: Option<Obj<'_>>,
) -> Result<Ref> {
    let is_answer = |answer: &Ref| !answer.borrow().is(known::NOT_IMPLEMENTED);
    let mut ask_other = a.class() != b.class() && dispatches(b);
    if dispatches(a) {
        if ask_other && b.class().is_subtype(a.class()) && is_overloaded::<REFLECTED>(a, b)? {
            let answer = ask::<REFLECTED>(b, a, modulus)?;
            if is_answer(&answer) {
                return Ok(answer);
            }
            ask_other = false;
        }
        let answer = ask::<NAME>(a, b, modulus)?;
        if is_answer(&answer) || a.class() == b.class() {
            return Ok(answer);
        }
    }
    if ask_other { ask::<REFLECTED>(b, a, modulus) } else { Ok(known::NOT_IMPLEMENTED.to_ref()) }
}

/// Calls a method of an operand; `NotImplemented` without the method.
fn ask<const NAME: usize>(o: Obj<'_>, other: Obj<'_>, modulus: Option<Obj<'_>>) -> Result<Ref> {
    match (method::find::<NAME>(o)?, modulus) {
        (Some(method), Some(modulus)) => method.call(&[o, other, modulus]),
        (Some(method), None) => method.call(&[o, other]),
        (None, _) => Ok(known::NOT_IMPLEMENTED.to_ref()),
    }
}

/// Whether the class of the right operand has another method of this name than that of the left.
fn is_overloaded<const NAME: usize>(left: Obj<'_>, right: Obj<'_>) -> Result<bool> {
    let name = names::object::<NAME>()?;
    let Some(of_right) = attribute::get_optional(right.class().as_obj(), name)? else { return Ok(false) };
    match attribute::get_optional(left.class().as_obj(), name)? {
        Some(of_left) => compare::compare_as_bool(of_left.borrow(), of_right.borrow(), Py_NE),
        None => Ok(true),
    }
}

/// `nb_power`: with a modulus other than None it passes three operands.
///
/// # Safety
/// All three are live objects.
pub(super) unsafe extern "C" fn power(a: *mut PyObject, b: *mut PyObject, modulus: *mut PyObject) -> *mut PyObject {
    // SAFETY: CPython calls the slot with three objects.
    let [a, b, modulus] = unsafe { [a, b, modulus].map(|o| Obj::from_ptr_unchecked(o)) };
    let own: ternaryfunc = Some(power);
    let own = own.map_or(0, |slot| slot as usize);
    let dispatches = |o: Obj<'_>| slot_of(o, core::mem::offset_of!(PyNumberMethods, nb_power)) == own;
    let modulus = Some(modulus).filter(|modulus| !modulus.is(known::NONE));
    operate::<{ at("__pow__") }, { at("__rpow__") }>(dispatches, [a, b], modulus).into_c()
}

/// `nb_inplace_power`, whose method gets no modulus.
///
/// # Safety
/// The first two are live objects.
pub(super) unsafe extern "C" fn inplace_power(a: *mut PyObject, b: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: CPython calls the slot with objects.
    let operands = unsafe { [a, b].map(|o| Obj::from_ptr_unchecked(o)) };
    method::call::<{ at("__ipow__") }>(&operands).into_c()
}

/// `nb_bool`: `__bool__`, or else `__len__`. An object with neither is true.
pub(super) fn truth_of(o: View<'_, PyObject>) -> Result<bool> {
    let answer = |method: Method| method.call(&[*o]);
    if let Some(method) = method::find::<{ at("__bool__") }>(*o)? {
        if method.is(known::NONE) {
            return Err(raise!(TypeError, "'{}' cannot be interpreted as a boolean", o.class().name()));
        }
        let answer = answer(method)?;
        if !answer.borrow().is_exactly(known::BOOL) {
            let class = answer.borrow().class();
            return Err(raise!(TypeError, "__bool__ should return bool, returned {}", class.name()));
        }
        return truth::truth(answer.borrow());
    }
    match method::find::<{ at("__len__") }>(*o)? {
        Some(method) => truth::truth(answer(method)?.borrow()),
        None => Ok(true),
    }
}
