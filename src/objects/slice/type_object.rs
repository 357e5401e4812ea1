//! The `slice` type: its slots and methods, and the call that makes one.

use super::{Slice, long_indices, new as make, parts};
use crate::abi::*;
use crate::objects::class_order::{self, Classes};
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{arguments, class_defaults, int, str};
use crate::protocol::{compare, hash, number, text};
use crate::runtime::known::{self, NOT_IMPLEMENTED};
use crate::runtime::{Obj, Own, Ref, Result, Type, raise};
use core::ffi::c_int;
use core::mem::offset_of;

/// The `slice` type.
#[unsafe(no_mangle)]
pub static mut PySlice_Type: PyTypeObject = PyTypeObject {
    tp_name: c"slice".as_ptr(),
    tp_basicsize: size_of::<PySliceObject>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PySliceObject>(),
    tp_traverse: slots::traverse::<PySliceObject>(),
    tp_repr: slots::unary(repr),
    tp_hash: slots::unary(hash_of),
    tp_richcompare: slots::compare(compare_slices),
    tp_methods: (&raw mut METHODS).cast(),
    tp_members: (&raw mut MEMBERS).cast(),
    tp_new: slots::new(new),
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::COLLECTED
};

static mut ORDER: Classes<2> = class_order::classes([known::SLICE.as_ptr(), known::OBJECT.as_ptr()]);

// SAFETY: a slice owns its parts.
unsafe impl Owner for PySliceObject {
    const FIELDS: &'static [usize] =
        &[offset_of!(PySliceObject, start), offset_of!(PySliceObject, stop), offset_of!(PySliceObject, step)];
}

static mut MEMBERS: [PyMemberDef; 4] = [
    PyMemberDef::object(c"start", offset_of!(PySliceObject, start)).read_only(),
    PyMemberDef::object(c"stop", offset_of!(PySliceObject, stop)).read_only(),
    PyMemberDef::object(c"step", offset_of!(PySliceObject, step)).read_only(),
    PyMemberDef::END,
];

static mut METHODS: [PyMethodDef; 3] =
    [slots::method_o(c"indices", indices), slots::method_noargs(c"__reduce__", reduce), PyMethodDef::END];

/// The parts as a tuple.
fn as_tuple(slice: Slice<'_>) -> Result<Own<PyTupleObject>> {
    let parts = parts(slice);
    tuple::from_slice(Ref::borrow_all(&parts))
}

fn repr(slice: Slice<'_>) -> Result<Ref> {
    let [start, stop, step] = parts(slice);
    let (start, stop, step) = (text::repr(start.borrow())?, text::repr(stop.borrow())?, text::repr(step.borrow())?);
    let [start, stop, step] = [&start, &stop, &step].map(|part| str::as_text(part.borrow()));
    str::format(format_args!("slice({start}, {stop}, {step})"))
}

/// The order of two slices is that of the tuples of their parts. A slice is equal to itself.
fn compare_slices(a: Slice<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let Some(other) = b.downcast() else { return Ok(NOT_IMPLEMENTED.to_ref()) };
    if a.is(b) {
        return Ok(known::bool(matches!(op, Py_EQ | Py_LE | Py_GE)).to_ref());
    }
    compare::compare(as_tuple(a)?.as_obj(), as_tuple(other)?.as_obj(), op)
}

/// The hashes of the parts, mixed as those of a tuple's items are (xxHash).
fn hash_of(slice: Slice<'_>) -> Result<isize> {
    const PRIMES: [u64; 3] = [0x9e37_79b1_85eb_ca87, 0xc2b2_ae3d_27d4_eb4f, 0x27d4_eb2f_1656_67c5];
    let mut sum = PRIMES[2];
    for part in parts(slice) {
        let lane = hash::hash(part.borrow())? as u64;
        sum = sum.wrapping_add(lane.wrapping_mul(PRIMES[1])).rotate_left(31).wrapping_mul(PRIMES[0]);
    }
    Ok(if sum == u64::MAX { 1_546_275_796 } else { sum as isize })
}

/// `slice.indices(length)`: start, stop and step for a sequence of this length.
fn indices(slice: Slice<'_>, length: Obj<'_>) -> Result<Ref> {
    let length = number::index(length)?;
    if int::number(length.borrow()).negative {
        return Err(raise!(ValueError, "length should not be negative"));
    }
    let [start, stop, step] = long_indices(slice, &length)?;
    tuple::from_slice(&[start.as_obj(), stop.as_obj(), step.as_obj()]).map(Own::into_ref)
}

fn reduce(slice: Slice<'_>) -> Result<Ref> {
    let parts = as_tuple(slice)?;
    tuple::from_slice(&[slice.class().as_obj(), parts.as_obj()]).map(Own::into_ref)
}

/// `slice(stop)`, and `slice(start, stop, step)`.
fn new(_: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    arguments::no_keywords("slice", keywords)?;
    arguments::between("slice", tuple::len(args), 1, 3)?;
    let slice = match *tuple::items(args) {
        [stop] => make(None, Some(stop), None),
        [start, stop] => make(Some(start), Some(stop), None),
        [start, stop, step, ..] => make(Some(start), Some(stop), Some(step)),
        [] => make(None, None, None),
    };
    slice.map(Own::into_ref)
}
