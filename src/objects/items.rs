//! What `tuple` and `list` have in common: repr, comparison and search over items that are asked for one at a time,
//! because looking at one can run code that changes the list.

use super::{constants, number, object, str};
use crate::abi::*;
use crate::runtime::{Obj, Ref, Result};
use core::cell::Cell;
use core::ffi::c_int;

/// How a type gives its items: as new references, `None` outside.
pub type Get = fn(Obj<'_>, usize) -> Option<Ref>;

/// An object whose repr is being made, and those around it: a list on the stack.
struct UnderWay {
    object: *mut PyObject,
    outer: *const UnderWay,
}

thread_local! {
    static UNDER_WAY: Cell<*const UnderWay> = const { Cell::new(core::ptr::null()) };
}

/// Makes the repr of a container, unless that is under way already in this thread: then it is `inside`, some dots.
pub fn repr_once(o: Obj<'_>, inside: &str, show: impl FnOnce() -> Result<Ref>) -> Result<Ref> {
    let outer = UNDER_WAY.get();
    // SAFETY: the list's elements are in frames below this one, which live until it returns.
    let mut around = core::iter::successors(unsafe { outer.as_ref() }, |frame| unsafe { frame.outer.as_ref() });
    if around.any(|frame| frame.object == o.as_ptr()) {
        return str::from_str(inside);
    }
    let frame = UnderWay { object: o.as_ptr(), outer };
    UNDER_WAY.set(&frame);
    let shown = show();
    UNDER_WAY.set(outer);
    shown
}

/// The repr of a sequence, between brackets.
pub fn repr(o: Obj<'_>, get: Get, brackets: [&str; 2], inside: &str) -> Result<Ref> {
    repr_once(o, inside, || {
        let [open, close] = brackets;
        let mut text = str::Builder::new();
        text.push_str(open)?;
        let mut index = 0;
        while let Some(item) = get(o, index) {
            if index > 0 {
                text.push_str(", ")?;
            }
            text.push_object(object::repr(item.borrow())?.borrow())?;
            index += 1;
        }
        text.push_str(close)?;
        text.finish()
    })
}

/// Compares two sequences item by item: the first that differ decide, or else the lengths.
pub fn compare(a: Obj<'_>, b: Obj<'_>, op: c_int, get: Get, len: fn(Obj<'_>) -> usize) -> Result<Ref> {
    let mut index = 0;
    while let (Some(x), Some(y)) = (get(a, index), get(b, index)) {
        if !object::equal(x.borrow(), y.borrow())? {
            return match op {
                Py_EQ => Ok(constants::FALSE.to_ref()),
                Py_NE => Ok(constants::TRUE.to_ref()),
                _ => object::compare(x.borrow(), y.borrow(), op),
            };
        }
        index += 1;
    }
    Ok(object::answer(op, Some(Some(len(a).cmp(&len(b))))).to_ref())
}

/// Whether an item is equal to an object.
pub fn contains(o: Obj<'_>, value: Obj<'_>, get: Get) -> Result<bool> {
    let mut index = 0;
    while let Some(item) = get(o, index) {
        if object::equal(item.borrow(), value)? {
            return Ok(true);
        }
        index += 1;
    }
    Ok(false)
}

/// An index as Python counts it, from the end when it is negative, as one from the start. `key` has `__index__`.
pub fn position(key: Obj<'_>, length: usize) -> Result<isize> {
    let index = number::as_ssize_t(key, Some(Exc::IndexError.class().as_obj()))?;
    Ok(if index < 0 { index + length as isize } else { index })
}
