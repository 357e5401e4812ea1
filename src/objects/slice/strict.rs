//! The positions of a slice by the old rules.

use super::{Slice, parts};
use crate::abi::PyLongObject;
use crate::objects::int;
use crate::runtime::Ref;
use crate::runtime::known::NONE;

/// The old form of [`super::Positions::of`], which takes only ints and refuses bounds that are outside (CPython:
/// `PySlice_GetIndices`). `None` when it refuses; an error may be pending then.
pub fn strict_positions(slice: Slice<'_>, length: isize) -> Option<[isize; 3]> {
    let [start, stop, step] = parts(slice);
    let number = |o: &Ref| o.borrow().downcast::<PyLongObject>().map(|int| int::as_ssize_t(*int).unwrap_or(-1));
    let part = |o: &Ref, default: isize| if o.borrow().is(NONE) { Some(default) } else { number(o) };
    let step = part(&step, 1)?;
    let bound = |o: &Ref, default: isize| match o.borrow().is(NONE) {
        true => Some(default),
        false => number(o).map(|at| if at < 0 { at.wrapping_add(length) } else { at }),
    };
    let start = bound(&start, if step < 0 { length.wrapping_sub(1) } else { 0 })?;
    let stop = bound(&stop, if step < 0 { -1 } else { length })?;
    (stop <= length && start < length && step != 0).then_some([start, stop, step])
}
