//! `slice`: three objects, and the positions in a sequence that they name. Its type is in [`type_object`].

mod long;
mod strict;
pub mod type_object;

pub use long::long_indices;
pub use strict::strict_positions;

use super::index;
use crate::abi::*;
use crate::protocol::number;
use crate::runtime::known::NONE;
use crate::runtime::{Field, Layout, Obj, Own, Ref, Result, View, gc, instance, raise};

pub use crate::runtime::known::SLICE;

/// A borrowed reference to a `slice`, which has no subclasses.
pub type Slice<'a> = View<'a, PySliceObject>;

// SAFETY: instances of `slice` have this layout, and no other class is derived from it.
unsafe impl Layout for PySliceObject {
    #[inline]
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(SLICE)
    }
}

/// A new `slice`; a missing part is `None`.
pub fn new(start: Option<Obj<'_>>, stop: Option<Obj<'_>>, step: Option<Obj<'_>>) -> Result<Own<PySliceObject>> {
    let own = |part: Option<Obj<'_>>| part.unwrap_or(NONE).to_ref().into_ptr();
    let fields = || PySliceObject {
        ob_base: PyObject { ob_refcnt: 1, ob_type: SLICE.as_ptr() },
        start: own(start),
        stop: own(stop),
        step: own(step),
    };
    // SAFETY: these are the fields of a slice, which takes part in collection, with a reference for each part.
    let slice: Own<PySliceObject> = unsafe { Own::new_unchecked(instance::write_new::<_, true>(fields)?) };
    gc::track(slice.as_obj());
    Ok(slice)
}

/// Start, stop and step, as new references.
pub fn parts(slice: Slice<'_>) -> [Ref; 3] {
    let fields = slice.fields();
    // SAFETY: the fields belong to a live slice, and never change.
    let places = unsafe { [&raw mut (*fields).start, &raw mut (*fields).stop, &raw mut (*fields).step] };
    // SAFETY: each is an owned reference.
    places.map(|place| unsafe { Field::at(place) }.get().unwrap_or_else(|| NONE.to_ref()))
}

/// A slice in numbers, before the length of a sequence is known (CPython: `PySlice_Unpack`).
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Where it begins; a negative number counts from the end.
    pub start: isize,
    /// Where it ends, exclusively.
    pub stop: isize,
    /// The distance of its items; not 0.
    pub step: isize,
}

/// The positions in a sequence that a slice names.
#[derive(Debug, Clone, Copy)]
pub struct Positions {
    /// The first.
    pub start: isize,
    /// The bound, exclusively.
    pub stop: isize,
    /// The distance of two.
    pub step: isize,
    /// The number of positions.
    pub count: usize,
}

/// A part of a slice that is not None as a size, cut to the nearest.
pub fn part(o: Obj<'_>) -> Result<isize> {
    if !number::is_index(o) {
        return Err(not_an_index());
    }
    index::as_ssize_t(o, None)
}

fn not_an_index() -> crate::runtime::Raised {
    raise!(TypeError, "slice indices must be integers or None or have an __index__ method")
}

impl Bounds {
    /// The numbers of a slice: those that reach to the ends of any sequence for `None`. ValueError for a step of 0.
    pub fn of(slice: Slice<'_>) -> Result<Self> {
        let [start, stop, step] = parts(slice);
        let number = |o: &Ref, default: isize| if o.borrow().is(NONE) { Ok(default) } else { part(o.borrow()) };
        // The opposite of the step exists too.
        let step = number(&step, 1)?.max(-isize::MAX);
        if step == 0 {
            return Err(no_step());
        }
        let (first, last) = if step < 0 { (isize::MAX, isize::MIN) } else { (0, isize::MAX) };
        Ok(Bounds { start: number(&start, first)?, stop: number(&stop, last)?, step })
    }

    /// The positions in a sequence of a length (CPython: `PySlice_AdjustIndices`).
    pub fn within(self, length: isize) -> Positions {
        let Bounds { start, stop, step } = self;
        let (least, most) = if step < 0 { (-1, length.wrapping_sub(1)) } else { (0, length) };
        let bound = |at: isize| {
            let at = if at < 0 { at.wrapping_add(length) } else { at };
            if at < 0 {
                least
            } else if at >= length {
                most
            } else {
                at
            }
        };
        let (start, stop) = (bound(start), bound(stop));
        let distance = if step < 0 { start.wrapping_sub(stop) } else { stop.wrapping_sub(start) };
        let count = if distance > 0 { (distance - 1) as usize / step.unsigned_abs() + 1 } else { 0 };
        Positions { start, stop, step, count }
    }
}

fn no_step() -> crate::runtime::Raised {
    raise!(ValueError, "slice step cannot be zero")
}

impl Positions {
    /// The positions of a slice in a sequence, whose length is asked for after code of the program may have run.
    pub fn of(slice: Slice<'_>, length: impl FnOnce() -> usize) -> Result<Self> {
        Ok(Bounds::of(slice)?.within(length() as isize))
    }

    /// The positions, in their order.
    pub fn iter(self) -> impl ExactSizeIterator<Item = usize> {
        (0..self.count).map(move |at| (self.start + at as isize * self.step) as usize)
    }

    /// The positions as a range, if each is beside the next.
    pub fn as_range(self) -> Option<core::ops::Range<usize>> {
        (self.step == 1).then(|| self.start as usize..self.start as usize + self.count)
    }
}
