//! Powers, whose third operand may be a modulus: each operand's slot may answer.

use super::operator;
use crate::abi::{PyNumberMethods, PyObject, ternaryfunc};
use crate::protocol::suite;
use crate::runtime::{Obj, Raised, Ref, Result, error, known, raise};

type Slot = unsafe extern "C" fn(*mut PyObject, *mut PyObject, *mut PyObject) -> *mut PyObject;

fn ask(slot: Slot, [a, b, c]: [Obj<'_>; 3]) -> Result<Option<Ref>> {
    // SAFETY: the slot belongs to the type of one operand, and takes all three in their order.
    let answer = unsafe { Ref::from_ptr(slot(a.as_ptr(), b.as_ptr(), c.as_ptr())) };
    let answer = answer.ok_or_else(|| error::fetched_from_c("__pow__"))?;
    Ok((!answer.borrow().is(known::NOT_IMPLEMENTED)).then_some(answer))
}

fn slot_of(o: Obj<'_>, slot: fn(&PyNumberMethods) -> ternaryfunc) -> ternaryfunc {
    suite::number(o).and_then(slot)
}

/// The answer of the operands' slots, each of which is asked once; `None` when none answers. The slot of the second
/// operand is asked first if its type is a proper subtype of the first's, and may then be asked again as that of the
/// third, as in CPython.
fn answer(operands: [Obj<'_>; 3]) -> Result<Option<Ref>> {
    let [a, b, c] = operands;
    let same = |slot: Slot, other: ternaryfunc| other.is_some_and(|other| core::ptr::fn_addr_eq(other, slot));
    let first = slot_of(a, |suite| suite.nb_power);
    let second = if a.class() == b.class() { None } else { slot_of(b, |suite| suite.nb_power) };
    let second = second.filter(|slot| !same(*slot, first));
    let second_first = first.is_some() && second.is_some() && b.class().is_subtype(a.class());
    let (order, kept) = if second_first { ([second, first], None) } else { ([first, second], second) };
    let third = slot_of(c, |suite| suite.nb_power).filter(|slot| !same(*slot, first) && !same(*slot, kept));
    for slot in order.into_iter().chain([third]).flatten() {
        if let Some(answer) = ask(slot, operands)? {
            return Ok(Some(answer));
        }
    }
    Ok(None)
}

#[cold]
fn refuse(sign: &str, [a, b, c]: [Obj<'_>; 3]) -> Raised {
    if c.is(known::NONE) {
        return operator::refuse(sign, a, b);
    }
    let [a, b, c] = [a, b, c].map(|o| o.class().name());
    raise!(TypeError, "unsupported operand type(s) for {sign}: '{a}', '{b}', '{c}'")
}

/// `pow(a, b, c)`, or `a ** b` when `c` is None (CPython: `PyNumber_Power`).
pub fn power(operands: [Obj<'_>; 3]) -> Result<Ref> {
    answer(operands)?.ok_or_else(|| refuse("** or pow()", operands))
}

/// `a **= b`: the first operand may change itself, and is the result then (CPython: `PyNumber_InPlacePower`).
pub fn power_in_place(operands: [Obj<'_>; 3]) -> Result<Ref> {
    if let Some(slot) = slot_of(operands[0], |suite| suite.nb_inplace_power)
        && let Some(answer) = ask(slot, operands)?
    {
        return Ok(answer);
    }
    answer(operands)?.ok_or_else(|| refuse("**=", operands))
}
