//! The methods and attributes of ranges.

use super::{Parts, Range, RangeObject, iterator};
use crate::abi::*;
use crate::objects::int::owned;
use crate::objects::{int, slots, tuple};
use crate::protocol::compare;
use crate::protocol::iteration;
use crate::runtime::known::BOOL;
use crate::runtime::{Obj, Own, Ref, Result, raise};
use core::mem::offset_of;

pub(super) static mut METHODS: [PyMethodDef; 5] = [
    slots::method_noargs(c"__reversed__", iterator::reversed),
    slots::method_noargs(c"__reduce__", reduce),
    slots::method_o(c"count", count),
    slots::method_o(c"index", index),
    PyMethodDef::END,
];

pub(super) static mut MEMBERS: [PyMemberDef; 4] = [
    PyMemberDef::object(c"start", offset_of!(RangeObject, start)).read_only(),
    PyMemberDef::object(c"stop", offset_of!(RangeObject, stop)).read_only(),
    PyMemberDef::object(c"step", offset_of!(RangeObject, step)).read_only(),
    PyMemberDef::END,
];

/// The object as a number that is compared as numbers are; `None` for an instance of a subclass, which may compare
/// itself.
fn plain(o: Obj<'_>) -> Option<owned::OwnInt> {
    (o.is_exactly(int::INT) || o.is_exactly(BOOL)).then(|| o.downcast().map(|int| int.to_own())).flatten()
}

/// Whether an object is one of the numbers.
pub(super) fn contains(range: Range<'_>, value: Obj<'_>) -> Result<bool> {
    match plain(value) {
        Some(number) => Parts::of(range).contains(&number),
        None => Ok(search(range, value)?.0 > 0),
    }
}

/// How many of the numbers are equal to an object, and the position of the first.
fn search(range: Range<'_>, value: Obj<'_>) -> Result<(usize, Option<usize>)> {
    let (mut count, mut position, mut first) = (0, 0, None);
    iteration::each(*range, |item| {
        if compare::equal(item.borrow(), value)? {
            count += 1;
            first = first.or(Some(position));
        }
        position += 1;
        Ok(())
    })?;
    Ok((count, first))
}

fn count(range: Range<'_>, value: Obj<'_>) -> Result<Ref> {
    match plain(value) {
        Some(number) => int::from_i64(Parts::of(range).contains(&number)?.into()),
        None => int::from_u64(search(range, value)?.0 as u64),
    }
}

fn index(range: Range<'_>, value: Obj<'_>) -> Result<Ref> {
    let Some(number) = plain(value) else {
        let position = search(range, value)?.1;
        let missing = || raise!(ValueError, "sequence.index(x): x not in sequence");
        return int::from_u64(position.ok_or_else(missing)? as u64);
    };
    let parts = Parts::of(range);
    if !parts.contains(&number)? {
        return Err(raise!(ValueError, "range.index(x): x not in range"));
    }
    Ok(owned::divide(&owned::subtract(&number, &parts.start)?, &parts.step)?.0.into_ref())
}

fn reduce(range: Range<'_>) -> Result<Ref> {
    let Parts { start, stop, step, .. } = Parts::of(range);
    let parts = tuple::from_slice(&[start.as_obj(), stop.as_obj(), step.as_obj()])?;
    tuple::from_slice(&[range.class().as_obj(), parts.as_obj()]).map(Own::into_ref)
}
