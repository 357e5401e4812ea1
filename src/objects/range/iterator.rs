//! Iterators over ranges: over numbers of a machine word, and over larger ones.

use super::{Parts, Range};
use crate::abi::*;
use crate::objects::int::owned::{self, OwnInt};
use crate::objects::slots::{self, Owner};
use crate::objects::{class_defaults, int};
use crate::runtime::{Cells, Field, Layout, Obj, Own, Ref, Result, Type, View, instance};
use core::cell::Cell;
use core::mem::offset_of;

/// `Objects/rangeobject.c`: the state of an iteration over numbers of a machine word.
#[repr(C)]
#[derive(Debug)]
pub struct WordIterator {
    ob_base: PyObject,
    next: Cell<i64>,
    step: i64,
    left: Cell<i64>,
}

/// `Objects/rangeobject.c`: the state of an iteration over numbers of any size.
#[repr(C)]
#[derive(Debug)]
pub struct LongIterator {
    ob_base: PyObject,
    next: Field,
    step: Field,
    left: Field,
}

// SAFETY: only instances of the type below have this layout, and no class is derived from it.
unsafe impl Layout for WordIterator {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(RANGE_ITERATOR)
    }
}

// SAFETY: the fields are cells, or never change.
unsafe impl Cells for WordIterator {}

// SAFETY: only instances of the type below have this layout, and no class is derived from it.
unsafe impl Layout for LongIterator {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(LONG_RANGE_ITERATOR)
    }
}

// SAFETY: the fields are cells, or never change.
unsafe impl Cells for LongIterator {}

// SAFETY: the iterator owns its ints.
unsafe impl Owner for LongIterator {
    const FIELDS: &'static [usize] =
        &[offset_of!(LongIterator, next), offset_of!(LongIterator, step), offset_of!(LongIterator, left)];
}

static_type! {
    /// Iterators over ranges of machine words.
    pub PyRangeIter_Type as RANGE_ITERATOR {
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        tp_name: c"range_iterator".as_ptr(),
        tp_basicsize: size_of::<WordIterator>() as Py_ssize_t,
        tp_iter: class_defaults::ITSELF,
        tp_iternext: slots::unary(next_word),
        tp_methods: (&raw mut WORD_METHODS).cast(),
    }
}

static_type! {
    /// Iterators over other ranges.
    pub PyLongRangeIter_Type as LONG_RANGE_ITERATOR {
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        tp_name: c"longrange_iterator".as_ptr(),
        tp_basicsize: size_of::<LongIterator>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<LongIterator>(),
        tp_iter: class_defaults::ITSELF,
        tp_iternext: slots::unary(next_long),
        tp_methods: (&raw mut LONG_METHODS).cast(),
    }
}

static mut WORD_METHODS: [PyMethodDef; 2] = [slots::method_noargs(c"__length_hint__", words_left), PyMethodDef::END];
static mut LONG_METHODS: [PyMethodDef; 2] = [slots::method_noargs(c"__length_hint__", numbers_left), PyMethodDef::END];

fn next_word(iterator: View<'_, WordIterator>) -> Result<Option<Ref>> {
    let fields = iterator.cells();
    let left = fields.left.get();
    if left <= 0 {
        return Ok(None);
    }
    let value = fields.next.get();
    fields.left.set(left - 1);
    fields.next.set(value.wrapping_add(fields.step));
    int::from_i64(value).map(Some)
}

fn words_left(iterator: View<'_, WordIterator>) -> Result<Ref> {
    int::from_i64(iterator.cells().left.get())
}

/// The int in a field.
fn part(field: &Field) -> Result<OwnInt> {
    field.get_as().map_or_else(|| owned::of(0), Ok)
}

fn next_long(iterator: View<'_, LongIterator>) -> Result<Option<Ref>> {
    let fields = iterator.cells();
    let left = part(&fields.left)?;
    if owned::sign(&left) <= 0 {
        return Ok(None);
    }
    let value = part(&fields.next)?;
    let (left, next) = (owned::subtract(&left, &owned::of(1)?)?, owned::add(&value, &part(&fields.step)?)?);
    fields.left.set(Some(left.into_ref()));
    fields.next.set(Some(next.into_ref()));
    Ok(Some(value.into_ref()))
}

fn numbers_left(iterator: View<'_, LongIterator>) -> Result<Ref> {
    part(&iterator.cells().left).map(Own::into_ref)
}

fn head(class: Type<'_>) -> PyObject {
    PyObject { ob_refcnt: 1, ob_type: class.as_ptr() }
}

/// An iterator over so many machine words, from one on with a step.
fn over_words(next: i64, step: i64, left: i64) -> Result<Ref> {
    let fields = || WordIterator { ob_base: head(RANGE_ITERATOR), next: Cell::new(next), step, left: Cell::new(left) };
    // SAFETY: these are the fields of such an iterator, which takes no part in collection.
    unsafe { instance::write_new::<_, false>(fields) }
}

/// An iterator from a number on, with a step, over so many numbers. CPython's checks say whether machine words are
/// enough.
fn over([start, step, length]: [OwnInt; 3], fits: bool) -> Result<Ref> {
    if let (true, Some(next), Some(step), Some(left)) = (fits, word(&start), word(&step), word(&length)) {
        return over_words(next, step, left);
    }
    let owning = |part: OwnInt| Field::owning(part.into_ref());
    let fields = || LongIterator {
        ob_base: head(LONG_RANGE_ITERATOR),
        next: owning(start),
        step: owning(step),
        left: owning(length),
    };
    // SAFETY: these are the fields of such an iterator, which takes no part in collection, with a reference for each
    // part.
    unsafe { instance::write_new::<_, false>(fields) }
}

/// The value of an int that fits into a machine word.
fn word(number: &OwnInt) -> Option<i64> {
    int::number(number.borrow()).to_i64()
}

/// `iter(range)`
pub(super) fn of(range: Range<'_>) -> Result<Ref> {
    // The number after the last has to fit too.
    let fits = |[_, stop, step, length]: &[i64; 4]| *length == 0 || stop.checked_add(step - step.signum()).is_some();
    if let Some([start, _, step, length]) = super::words(range).filter(fits) {
        return over_words(start, step, length);
    }
    let Parts { start, step, length, .. } = Parts::of(range);
    over([start, step, length], false)
}

/// `reversed(range)`
pub(super) fn reversed(range: Range<'_>) -> Result<Ref> {
    let parts = Parts::of(range);
    let last = parts.at(&owned::subtract(&parts.length, &owned::of(1)?)?)?;
    let words = || Some([word(&parts.start)?, word(&parts.stop)?, word(&parts.step)?]);
    let fits = words().is_some_and(|[start, _, step]| start.checked_sub(step).is_some() && step != i64::MIN);
    over([last, owned::negative(&parts.step)?, parts.length], fits)
}
