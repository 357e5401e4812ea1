//! The operators `+` and `*` of sequences, whose slots are those of the sequence suite.

use crate::abi::ssizeargfunc;
use crate::protocol::suite;
use crate::runtime::{Obj, Ref, Result, error};

/// Both objects joined by the left one's slot; `None` if it has none. The slot in place is taken for the form in place.
pub fn concat(a: Obj<'_>, b: Obj<'_>, in_place: bool) -> Result<Option<Ref>> {
    let Some(suite) = suite::sequence(a) else { return Ok(None) };
    let changing = if in_place { suite.sq_inplace_concat } else { None };
    let Some(slot) = changing.or(suite.sq_concat) else { return Ok(None) };
    // SAFETY: the slot belongs to the type of `a`, and takes any object beside it.
    let joined = unsafe { Ref::from_ptr(slot(a.as_ptr(), b.as_ptr())) };
    joined.map(Some).ok_or_else(|| error::fetched_from_c("__add__"))
}

/// A sequence that can be repeated.
#[derive(Debug)]
pub struct Repeatable<'a> {
    sequence: Obj<'a>,
    slot: unsafe extern "C" fn(*mut crate::abi::PyObject, isize) -> *mut crate::abi::PyObject,
}

impl<'a> Repeatable<'a> {
    /// The object, if it has the slot; the slot in place is taken for the form in place.
    pub fn of(o: Obj<'a>, in_place: bool) -> Option<Self> {
        let suite = suite::sequence(o)?;
        let changing: ssizeargfunc = if in_place { suite.sq_inplace_repeat } else { None };
        changing.or(suite.sq_repeat).map(|slot| Repeatable { sequence: o, slot })
    }

    /// The sequence, so many times.
    pub fn repeat(&self, times: isize) -> Result<Ref> {
        // SAFETY: the slot belongs to the type of the object, and takes any number.
        let repeated = unsafe { Ref::from_ptr((self.slot)(self.sequence.as_ptr(), times)) };
        repeated.ok_or_else(|| error::fetched_from_c("__mul__"))
    }
}
