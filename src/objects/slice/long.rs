//! The positions that a slice names in a sequence of any length, as ints.

use super::{Slice, no_step, not_an_index, parts};
use crate::objects::int::owned::{self, OwnInt};
use crate::protocol::number;
use crate::runtime::known::NONE;
use crate::runtime::{Ref, Result};

/// Start, stop and step in a sequence of a length (CPython: `_PySlice_GetLongIndices`). ValueError for a step of 0.
pub fn long_indices(slice: Slice<'_>, length: &OwnInt) -> Result<[OwnInt; 3]> {
    let [start, stop, step] = parts(slice);
    let part = |o: &Ref| if number::is_index(o.borrow()) { owned::index(o.borrow()) } else { Err(not_an_index()) };
    let step = if step.borrow().is(NONE) { owned::of(1)? } else { part(&step)? };
    let (least, most) = match owned::sign(&step) {
        0 => return Err(no_step()),
        ..0 => (owned::of(-1)?, owned::subtract(length, &owned::of(1)?)?),
        _ => (owned::of(0)?, length.clone()),
    };
    let bound = |o: &Ref, default: &OwnInt| -> Result<OwnInt> {
        if o.borrow().is(NONE) {
            return Ok(default.clone());
        }
        let given = part(o)?;
        let at = if owned::sign(&given) < 0 { owned::add(&given, length)? } else { given };
        Ok(if owned::is_less(&at, &least) {
            least.clone()
        } else if owned::is_less(&most, &at) {
            most.clone()
        } else {
            at
        })
    };
    let (first, last) = if owned::sign(&step) < 0 { (&most, &least) } else { (&least, &most) };
    Ok([bound(&start, first)?, bound(&stop, last)?, step])
}
