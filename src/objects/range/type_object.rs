//! The `range` type: its slots, and the call that makes one.

use super::{Parts, Range, RangeObject, item, iterator, methods, new as make, select};
use crate::abi::*;
use crate::objects::class_order::{self, Classes};
use crate::objects::dict::Dict;
use crate::objects::int::owned::{self, OwnInt};
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{arguments, class_call, class_defaults, constants, int, str};
use crate::protocol::{hash, number, text};
use crate::runtime::known::{self, NOT_IMPLEMENTED};
use crate::runtime::{Obj, Ref, Result, Type, raise};
use core::ffi::c_int;
use core::mem::offset_of;

/// The `range` type.
#[unsafe(no_mangle)]
pub static mut PyRange_Type: PyTypeObject = PyTypeObject {
    tp_name: c"range".as_ptr(),
    tp_basicsize: size_of::<RangeObject>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<RangeObject>(),
    tp_repr: slots::unary(repr),
    tp_as_number: &raw mut AS_NUMBER,
    tp_as_sequence: &raw mut AS_SEQUENCE,
    tp_as_mapping: &raw mut AS_MAPPING,
    tp_hash: slots::unary(hash_of),
    tp_richcompare: slots::compare(compare),
    tp_iter: slots::unary(iterator::of),
    tp_methods: (&raw mut methods::METHODS).cast(),
    tp_members: (&raw mut methods::MEMBERS).cast(),
    tp_new: slots::new(new),
    tp_vectorcall: Some(class_call::enter_slot::<class_call::Plain>),
    tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_SEQUENCE,
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::DEFAULTS
};

static mut ORDER: Classes<2> = class_order::classes([known::RANGE.as_ptr(), known::OBJECT.as_ptr()]);

// SAFETY: a range owns its ints.
unsafe impl Owner for RangeObject {
    const FIELDS: &'static [usize] = &[
        offset_of!(RangeObject, start),
        offset_of!(RangeObject, stop),
        offset_of!(RangeObject, step),
        offset_of!(RangeObject, length),
    ];
}

static mut AS_NUMBER: PyNumberMethods = PyNumberMethods { nb_bool: slots::unary(truth), ..PyNumberMethods::BLANK };

static mut AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slots::unary(length),
    sq_item: slots::indexed(|range: Range<'_>, position| item(range, owned::of(position as i64)?)),
    sq_contains: slots::binary(methods::contains),
    ..PySequenceMethods::BLANK
};

static mut AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(length),
    mp_subscript: slots::binary(subscript),
    ..PyMappingMethods::BLANK
};

fn truth(range: Range<'_>) -> Result<bool> {
    Ok(owned::sign(&Parts::of(range).length) != 0)
}

/// The number of items; OverflowError when it is larger than any index.
fn length(range: Range<'_>) -> Result<isize> {
    int::as_ssize_t(Parts::of(range).length.as_obj())
}

fn subscript(range: Range<'_>, key: Obj<'_>) -> Result<Ref> {
    if number::is_index(key) {
        return item(range, owned::index(key)?);
    }
    match key.downcast() {
        Some(key) => select(range, key),
        None => Err(raise!(TypeError, "range indices must be integers or slices, not {}", key.class().name())),
    }
}

fn repr(range: Range<'_>) -> Result<Ref> {
    let Parts { start, stop, step, .. } = Parts::of(range);
    let has_step = int::compact(step.borrow()) != Some(1);
    let [start, stop, step] = [text::repr(start.as_obj())?, text::repr(stop.as_obj())?, text::repr(step.as_obj())?];
    let [start, stop, step] = [&start, &stop, &step].map(|part| str::as_text(part.borrow()));
    match has_step {
        true => str::format(format_args!("range({start}, {stop}, {step})")),
        false => str::format(format_args!("range({start}, {stop})")),
    }
}

/// The length, and as many other parts as two ranges of this length must have in common to be equal.
fn essence(parts: &Parts) -> [Option<&OwnInt>; 3] {
    match int::compact(parts.length.borrow()) {
        Some(0) => [Some(&parts.length), None, None],
        Some(1) => [Some(&parts.length), Some(&parts.start), None],
        _ => [Some(&parts.length), Some(&parts.start), Some(&parts.step)],
    }
}

/// Two ranges are equal if they name the same numbers.
fn compare(a: Range<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let (Some(other), Py_EQ | Py_NE) = (b.downcast(), op) else { return Ok(NOT_IMPLEMENTED.to_ref()) };
    let (first, second) = (Parts::of(a), Parts::of(other));
    let same = |(a, b): (Option<&OwnInt>, Option<&OwnInt>)| match (a, b) {
        (Some(a), Some(b)) => int::equal(a.borrow(), b.borrow()),
        (a, b) => a.is_none() == b.is_none(),
    };
    let is_equal = essence(&first).into_iter().zip(essence(&second)).all(same);
    Ok(known::bool(is_equal == (op == Py_EQ)).to_ref())
}

fn hash_of(range: Range<'_>) -> Result<isize> {
    let parts = Parts::of(range);
    let essence = essence(&parts).map(|part| part.map_or(constants::NONE, |part| part.as_obj()));
    hash::hash(tuple::from_slice(&essence)?.as_obj())
}

/// `range(stop)`, and `range(start, stop, step)`.
fn new(_: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    arguments::no_keywords("range", keywords)?;
    arguments::between("range", tuple::len(args), 1, 3)?;
    match *tuple::items(args) {
        [start, stop] => make(owned::index(start)?, owned::index(stop)?, owned::of(1)?),
        [start, stop, step, ..] => make(owned::index(start)?, owned::index(stop)?, owned::index(step)?),
        [stop] => make(owned::of(0)?, owned::index(stop)?, owned::of(1)?),
        [] => make(owned::of(0)?, owned::of(0)?, owned::of(1)?),
    }
}
