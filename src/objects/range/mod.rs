//! `range`: start, stop and step, ints of any size, and how many numbers they name. Its type is in [`type_object`].

pub mod iterator;
mod methods;
pub mod type_object;

use super::int::{
    self,
    owned::{self, OwnInt},
};
use super::slice::{Slice, long_indices};
use crate::abi::*;
use crate::objects::index;
use crate::runtime::known::RANGE;
use crate::runtime::{Field, Layout, Obj, Own, Ref, Result, View, instance, raise};

/// `Objects/rangeobject.c`: opaque in CPython's headers.
#[repr(C)]
#[derive(Debug)]
pub struct RangeObject {
    ob_base: PyObject,
    start: *mut PyObject,
    stop: *mut PyObject,
    step: *mut PyObject,
    length: *mut PyObject,
}

/// A borrowed reference to a `range`, which has no subclasses.
pub type Range<'a> = View<'a, RangeObject>;

// SAFETY: instances of `range` have this layout, and no other class is derived from it.
unsafe impl Layout for RangeObject {
    #[inline]
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(RANGE)
    }
}

/// The ints of a range, as new references.
struct Parts {
    start: OwnInt,
    stop: OwnInt,
    step: OwnInt,
    length: OwnInt,
}

impl Parts {
    fn of(range: Range<'_>) -> Self {
        let fields = range.fields();
        // SAFETY: the fields belong to a live range and never change. Each is an owned reference to an int, which `new`
        // has put there.
        let part = |place: *mut *mut PyObject| unsafe {
            Own::new_unchecked(Field::at(place).get().unwrap_or_else(|| int::bit(false).to_ref()))
        };
        // SAFETY: only the addresses of fields of a live range are taken.
        unsafe {
            Parts {
                start: part(&raw mut (*fields).start),
                stop: part(&raw mut (*fields).stop),
                step: part(&raw mut (*fields).step),
                length: part(&raw mut (*fields).length),
            }
        }
    }

    /// The number at a position, which may be outside.
    fn at(&self, position: &OwnInt) -> Result<OwnInt> {
        owned::add(&self.start, &owned::multiply(position, &self.step)?)
    }

    /// Whether a number is in the range.
    fn contains(&self, number: &OwnInt) -> Result<bool> {
        let inside = match owned::sign(&self.step) > 0 {
            true => !owned::is_less(number, &self.start) && owned::is_less(number, &self.stop),
            false => !owned::is_less(&self.start, number) && owned::is_less(&self.stop, number),
        };
        Ok(inside && owned::sign(&owned::divide(&owned::subtract(number, &self.start)?, &self.step)?.1) == 0)
    }
}

/// Start, stop, step and length of a range whose numbers are all machine words.
fn words(range: Range<'_>) -> Option<[i64; 4]> {
    // SAFETY: the fields belong to a live range and never change. Each is an int, which `new` has put there.
    let parts = unsafe {
        let fields = range.fields();
        [(*fields).start, (*fields).stop, (*fields).step, (*fields).length].map(|part| Obj::from_ptr(part))
    };
    let word = |part: Option<Obj<'_>>| int::number(part?.downcast()?).to_i64();
    let [start, stop, step, length] = parts;
    Some([word(start)?, word(stop)?, word(step)?, word(length)?])
}

/// How many numbers a range has.
fn length_of(start: &OwnInt, stop: &OwnInt, step: &OwnInt) -> Result<OwnInt> {
    let word = |part: &OwnInt| int::word(int::number(part.borrow()));
    if let (Some(start), Some(stop), Some(step)) = (word(start), word(stop), word(step)) {
        let distance = if step > 0 { stop - start } else { start - stop };
        return owned::of(if distance > 0 { (distance - 1) / step.abs() + 1 } else { 0 });
    }
    let negated;
    let (low, high, step) = if owned::sign(step) > 0 {
        (start, stop, step)
    } else {
        negated = owned::negative(step)?;
        (stop, start, &negated)
    };
    if !owned::is_less(low, high) {
        return owned::of(0);
    }
    let one = owned::of(1)?;
    let last = owned::subtract(&owned::subtract(high, low)?, &one)?;
    owned::add(&owned::divide(&last, step)?.0, &one)
}

/// A new range; ValueError for a step of 0.
fn new(start: OwnInt, stop: OwnInt, step: OwnInt) -> Result<Ref> {
    if owned::sign(&step) == 0 {
        return Err(raise!(ValueError, "range() arg 3 must not be zero"));
    }
    let length = length_of(&start, &stop, &step)?;
    let pointer = |part: OwnInt| part.into_ref().into_ptr();
    let fields = || RangeObject {
        ob_base: PyObject { ob_refcnt: 1, ob_type: RANGE.as_ptr() },
        start: pointer(start),
        stop: pointer(stop),
        step: pointer(step),
        length: pointer(length),
    };
    // SAFETY: these are the fields of a range, which takes no part in collection, with a reference for each part.
    unsafe { instance::write_new::<_, false>(fields) }
}

/// The number at a position; a negative position counts from the end. IndexError outside.
fn item(range: Range<'_>, position: OwnInt) -> Result<Ref> {
    let parts = Parts::of(range);
    let position = if owned::sign(&position) < 0 { owned::add(&position, &parts.length)? } else { position };
    if owned::sign(&position) < 0 || !owned::is_less(&position, &parts.length) {
        return Err(index::out_of_range("range object index out of range"));
    }
    parts.at(&position).map(Own::into_ref)
}

/// The range of the numbers that a slice names.
fn select(range: Range<'_>, key: Slice<'_>) -> Result<Ref> {
    let parts = Parts::of(range);
    let [start, stop, step] = long_indices(key, &parts.length)?;
    new(parts.at(&start)?, parts.at(&stop)?, owned::multiply(&step, &parts.step)?)
}
