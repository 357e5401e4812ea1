//! `Include/sliceobject.h`: slices.

use super::typed;
use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::slice::{self, Bounds};
use crate::runtime::{Arg, IntoC, OutSize, Position};
use core::ffi::c_int;

/// A slice of these parts; NULL is None. A new reference, or NULL with MemoryError.
#[unsafe(no_mangle)]
pub extern "C" fn PySlice_New(start: Arg, stop: Arg, step: Arg) -> *mut PyObject {
    slice::new(start, stop, step).into_c()
}

/// The parts of a slice as numbers, before the length of a sequence is known: 0, or -1 with TypeError for a part
/// without `__index__`, ValueError for a step of 0, SystemError for anything but a slice.
#[unsafe(no_mangle)]
pub extern "C" fn PySlice_Unpack(o: Arg, start: OutSize, stop: OutSize, step: OutSize) -> c_int {
    let bounds = typed(o, "PySlice_Unpack").and_then(Bounds::of);
    let stored = bounds.map(|bounds| {
        start.set(bounds.start);
        stop.set(bounds.stop);
        step.set(bounds.step);
    });
    stored.into_c()
}

/// Changes the numbers of [`PySlice_Unpack`] to positions in a sequence of a length, and returns how many positions
/// there are. Nothing is changed for a step of 0, or for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PySlice_AdjustIndices(
    length: Py_ssize_t,
    start: Position,
    stop: Position,
    step: Py_ssize_t,
) -> Py_ssize_t {
    let (Some(start), Some(stop), 1..) = (start, stop, step.unsigned_abs()) else { return 0 };
    let positions = Bounds { start: start.get(), stop: stop.get(), step }.within(length);
    start.set(positions.start);
    stop.set(positions.stop);
    positions.count as Py_ssize_t
}

/// The positions of a slice in a sequence of a length, and their number. See [`PySlice_Unpack`].
#[unsafe(no_mangle)]
pub extern "C" fn PySlice_GetIndicesEx(
    o: Arg,
    length: Py_ssize_t,
    start: OutSize,
    stop: OutSize,
    step: OutSize,
    count: OutSize,
) -> c_int {
    let positions = typed(o, "PySlice_GetIndicesEx").and_then(Bounds::of).map(|bounds| bounds.within(length));
    let stored = positions.map(|positions| {
        start.set(positions.start);
        stop.set(positions.stop);
        step.set(positions.step);
        count.set(positions.count as Py_ssize_t);
    });
    stored.into_c()
}

/// The positions of a slice of ints whose bounds are inside a sequence: 0, or -1, often without an error. Prefer
/// [`PySlice_GetIndicesEx`].
#[unsafe(no_mangle)]
pub extern "C" fn PySlice_GetIndices(
    o: Arg,
    length: Py_ssize_t,
    start: OutSize,
    stop: OutSize,
    step: OutSize,
) -> c_int {
    let Ok(slice) = typed(o, "PySlice_GetIndices") else { return -1 };
    let Some([first, bound, distance]) = slice::strict_positions(slice, length) else { return -1 };
    start.set(first);
    stop.set(bound);
    step.set(distance);
    0
}
