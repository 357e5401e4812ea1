//! Slices of a bytearray.

use super::{BYTEARRAY, ByteArray, Export, data, len, require_no_exports, resize, splice, with};
use crate::abi::*;
use crate::objects::byte_methods::Kind;
use crate::objects::call;
use crate::objects::slice::{Positions, Slice};
use crate::objects::str;
use crate::protocol::number;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Ref, Result, raise};

/// A new `bytearray` of the bytes that a slice names.
pub(super) fn get(o: ByteArray<'_>, key: Slice<'_>) -> Result<Ref> {
    let positions = Positions::of(key, || len(o))?;
    // SAFETY: copying runs no code of the program.
    unsafe {
        with(o, |bytes| match positions.as_range() {
            Some(range) => PyByteArrayObject::of(bytes.get(range).unwrap_or_default()),
            None => PyByteArrayObject::build(positions.count, |new| {
                let bytes = positions.iter().filter_map(|at| bytes.get(at));
                new.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
            }),
        })
    }
}

/// Replaces the bytes that a slice names by those of another object, or deletes them. A slice whose step is not 1 gets as many bytes
/// as it has, or none.
pub(super) fn assign(o: ByteArray<'_>, key: Slice<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let Some(value) = value else { return replace(o, Positions::of(key, || len(o))?, &[]) };
    let made;
    let new: ByteArray<'_> = match value.downcast().filter(|new: &ByteArray<'_>| !new.is(*o)) {
        Some(new) => new,
        None if number::check(value) || str::check(value) => {
            // The slice is asked first, as in CPython.
            Positions::of(key, || len(o))?;
            return Err(raise!(TypeError, "can assign only bytes, buffers, or iterables of ints in range(0, 256)"));
        }
        None => {
            Positions::of(key, || len(o))?;
            made = call::vectorcall(BYTEARRAY.as_obj(), &[value], None)?;
            return match made.borrow().downcast() {
                Some(new) => assign_array(o, key, new),
                None => Ok(()),
            };
        }
    };
    assign_array(o, key, new)
}

/// Replaces the bytes that a slice names by those of another `bytearray`.
fn assign_array(o: ByteArray<'_>, key: Slice<'_>, new: ByteArray<'_>) -> Result<()> {
    let positions = Positions::of(key, || len(o))?;
    let _kept = Export::of(new);
    // SAFETY: replacing bytes runs no code of the program.
    unsafe { with(new, |new| replace(o, positions, new)) }
}

/// Replaces the bytes at some positions, which are inside the object, by others, which are not the object's own.
fn replace(o: ByteArray<'_>, positions: Positions, new: &[u8]) -> Result<()> {
    if let Some(range) = positions.as_range() {
        // SAFETY: the range is inside the object.
        return unsafe { splice(o, range, new) };
    }
    if new.is_empty() {
        return delete(o, positions);
    }
    if new.len() != positions.count {
        let (given, count) = (new.len(), positions.count);
        return Err(raise!(ValueError, "attempt to assign bytes of size {given} to extended slice of size {count}"));
    }
    for (at, byte) in positions.iter().zip(new) {
        // SAFETY: the positions are inside the object.
        unsafe { data(o).add(at).write(*byte) };
    }
    Ok(())
}

/// Deletes the bytes at some positions, whose distance is not 1.
fn delete(o: ByteArray<'_>, positions: Positions) -> Result<()> {
    require_no_exports(o)?;
    let mut kept: Array<u8> = Array::new_in(Malloc);
    memory::reserve(&mut kept, len(o))?;
    let (first, distance) = match positions.step {
        ..0 => (positions.start + positions.step * (positions.count as isize - 1), -positions.step),
        step => (positions.start, step),
    };
    let is_deleted = |at: usize| {
        let from_first = at as isize - first;
        from_first >= 0 && from_first % distance == 0 && ((from_first / distance) as usize) < positions.count
    };
    // SAFETY: copying runs no code of the program.
    unsafe {
        with(o, |bytes| {
            let left = bytes.iter().enumerate().filter(|(at, _)| !is_deleted(*at));
            memory::fill(&mut kept, left.map(|(_, byte)| *byte));
            bytes.iter_mut().zip(&kept).for_each(|(place, byte)| *place = *byte);
        });
    }
    resize(o, kept.len())
}
