//! Text that an object's type makes of it: `repr` and `str`.

use crate::abi::{Py_TPFLAGS_UNICODE_SUBCLASS, reprfunc};
use crate::runtime::{Obj, Ref, Result, error, known, raise, stack};

/// The text that a slot makes; TypeError when the result is not a `str`.
fn text_of(o: Obj<'_>, slot: reprfunc, method: &'static str) -> Result<Ref> {
    // SAFETY: the slot belongs to the type of `o`, or to `object`, whose slot takes an object of any type.
    let text = slot
        .and_then(|slot| unsafe { Ref::from_ptr(slot(o.as_ptr())) })
        .ok_or_else(|| error::fetched_from_c(method))?;
    if text.borrow().has_flag(Py_TPFLAGS_UNICODE_SUBCLASS) {
        return Ok(text);
    }
    Err(raise!(TypeError, "{method} returned non-string (type {})", text.borrow().class().name()))
}

/// `repr(o)` as a new reference to a `str`. A type without `tp_repr` uses that of `object`.
pub fn repr(o: Obj<'_>) -> Result<Ref> {
    stack::enter(" while getting the repr of an object")?;
    match o.class().fields().tp_repr {
        None => text_of(o, known::OBJECT.fields().tp_repr, "__repr__"),
        slot => text_of(o, slot, "__repr__"),
    }
}

/// `str(o)` as a new reference to a `str`. A type without `tp_str` gives the repr.
pub fn to_str(o: Obj<'_>) -> Result<Ref> {
    if o.is_exactly(known::STR) {
        return Ok(o.to_ref());
    }
    stack::enter(" while getting the str of an object")?;
    match o.class().fields().tp_str {
        None => repr(o),
        slot => text_of(o, slot, "__str__"),
    }
}
