//! `tuple`: a fixed number of references, in CPython 3.14's layout. Its type with its slots and methods is in
//! [`type_object`].

pub mod type_object;

use super::index;
use crate::abi::*;
use crate::objects::slice::Positions;
use crate::protocol::sequence::inside;
use crate::runtime::{Layout, Obj, Own, Ref, Result, Type, View, gc, instance, memory};
use core::ops::Range;

pub use crate::runtime::known::TUPLE;

/// The message for an index that is outside.
const OUT_OF_RANGE: &str = "tuple index out of range";

/// `tp_basicsize`: without the items.
const TUPLE_SIZE: usize = core::mem::offset_of!(PyTupleObject, ob_item);

/// The empty tuple, of which only one exists. It is immortal.
static mut EMPTY: Headed<PyTupleObject> = Headed::new(PyTupleObject {
    ob_base: PyVarObject::immortal(TUPLE.as_ptr(), 0),
    ob_hash: -1,
    ob_item: [core::ptr::null_mut()],
});

/// The empty tuple for the fields of other static objects.
pub(super) const EMPTY_POINTER: *mut PyObject = {
    // SAFETY: only its address is taken.
    unsafe { (&raw mut EMPTY.object).cast() }
};

/// The empty tuple, as a borrowed reference.
pub fn empty() -> Tuple<'static> {
    // SAFETY: the static is a complete tuple, with a collector's head before it.
    unsafe { View::new_unchecked(Obj::from_static(&raw mut EMPTY.object)) }
}

/// A borrowed reference to a `tuple`, or to an instance of a subclass.
pub type Tuple<'a> = View<'a, PyTupleObject>;

// SAFETY: a type with this flag has instances that begin as those of `tuple` do.
unsafe impl Layout for PyTupleObject {
    #[inline(always)]
    fn check(o: Obj<'_>) -> bool {
        o.has_flag(Py_TPFLAGS_TUPLE_SUBCLASS)
    }
}

/// Whether the object is a `tuple` or an instance of a subclass.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    PyTupleObject::check(o)
}

/// A new tuple whose items are all NULL, tracked by the collector.
///
/// # Safety
/// The caller, which may be C code, fills each place before it passes the tuple to other code: a filled tuple never
/// changes.
pub unsafe fn blank(length: usize) -> Result<Own<PyTupleObject>> {
    if length == 0 {
        return Ok(empty().to_own());
    }
    // SAFETY: all items are written before the collector sees the tuple, which has a collector's head.
    unsafe {
        let (tuple, items) = reserve(length)?;
        items.write_bytes(0, length);
        gc::track_new(tuple.as_obj());
        Ok(tuple)
    }
}

/// A new object of `tuple` or a subclass whose items are all NULL, which the collector does not track yet.
fn instantiate(class: Type<'_>, length: usize) -> Result<Own<PyTupleObject>> {
    let o = instance::allocate(class, length)?;
    // SAFETY: the new instance has room for `length` items, which are NULL.
    unsafe {
        let fields = o.cast::<PyTupleObject>().as_ptr();
        (*fields).ob_base.ob_size = length as Py_ssize_t;
        (*fields).ob_hash = -1;
        Ok(Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr())))
    }
}

/// A new tuple of new references to these objects. The collector tracks it unless all items are plain.
pub fn from_slice(items: &[Obj<'_>]) -> Result<Own<PyTupleObject>> {
    of_at_most(items.len(), items.iter().copied(), false)
}

/// A new tuple of new references to the objects in these places, up to the first place that is empty. The collector
/// tracks it unless all items are plain.
pub fn from_filled(places: &[Option<Obj<'_>>]) -> Result<Own<PyTupleObject>> {
    of_at_most(places.len(), places.iter().map_while(|place| *place), false)
}

/// A new tuple of new references to these objects. The collector tracks it unless it is empty: CPython allocates such a
/// tuple with `PyTuple_New`, and fills it afterwards.
pub fn tracked(items: &[Obj<'_>]) -> Result<Own<PyTupleObject>> {
    of_at_most(items.len(), items.iter().copied(), true)
}

/// A new tuple of new references to the objects of an iterator, `most` of them at most. The collector tracks it if an
/// item is not plain, or if `is_tracked` asks for that.
#[inline(always)]
fn of_at_most<'a>(
    most: usize,
    items: impl Iterator<Item = Obj<'a>>,
    mut is_tracked: bool,
) -> Result<Own<PyTupleObject>> {
    if most == 0 {
        return Ok(empty().to_own());
    }
    // SAFETY: the callers pass iterators over slices and ranges of `most` items, which yield no more. The places up to
    // the tuple's length are written before any code sees it, and it has a collector's head.
    unsafe {
        let (tuple, to) = reserve(most)?;
        // Neighbours are mostly of one class, whose flags are read once.
        let mut seen = core::ptr::null_mut();
        let mut length = 0;
        for item in items {
            to.add(length).write(item.to_ref().into_ptr());
            length += 1;
            if item.class().as_ptr() != seen {
                seen = item.class().as_ptr();
                is_tracked |= !is_plain(item);
            }
        }
        (*tuple.borrow().fields()).ob_base.ob_size = length as Py_ssize_t;
        if is_tracked {
            gc::track_new(tuple.as_obj());
        }
        Ok(tuple)
    }
}

/// A new tuple of one object.
#[inline]
pub fn of_one(item: Ref) -> Result<Own<PyTupleObject>> {
    // SAFETY: the one item is written before any code sees the tuple, which has a collector's head.
    unsafe {
        let (tuple, to) = reserve(1)?;
        let is_plain = is_plain(item.borrow());
        to.write(item.into_ptr());
        if !is_plain {
            gc::track_new(tuple.as_obj());
        }
        Ok(tuple)
    }
}

/// A new tuple of objects that a function makes one after the other; `None` as soon as the function makes none.
pub fn of_made(
    length: usize,
    mut make: impl FnMut(usize) -> Result<Option<Ref>>,
) -> Result<Option<Own<PyTupleObject>>> {
    // SAFETY: the tuple is passed on only after each of its places is written.
    let made = unsafe { blank(length) }?;
    for index in 0..length {
        let Some(item) = make(index)? else { return Ok(None) };
        // SAFETY: the new tuple has as many places, which are NULL and which no other code uses.
        unsafe { places(made.borrow()).add(index).write(item.into_ptr()) };
    }
    Ok(Some(made))
}

/// A new tuple whose items are uninitialised, and the address of its items. The collector does not track it.
///
/// # Safety
/// The caller writes all items before it passes the tuple to other code or drops it.
#[inline(always)]
unsafe fn reserve(length: usize) -> Result<(Own<PyTupleObject>, *mut *mut PyObject)> {
    let size = length.checked_mul(size_of::<*mut PyObject>()).and_then(|size| size.checked_add(TUPLE_SIZE));
    let o = instance::reserve::<true>(size.ok_or_else(memory::out_of_memory)?)?;
    // SAFETY: there is room for the head and this many items, and all of the head is written.
    unsafe {
        let fields = o.cast::<PyTupleObject>().as_ptr();
        (&raw mut (*fields).ob_base).write(PyVarObject {
            ob_base: PyObject { ob_refcnt: 1, ob_type: TUPLE.as_ptr() },
            ob_size: length as Py_ssize_t,
        });
        (&raw mut (*fields).ob_hash).write(-1);
        Ok((Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr())), (&raw mut (*fields).ob_item).cast()))
    }
}

/// Whether the collector has nothing to do with objects of the item's class. A new tuple is tracked if the class of an
/// item takes part in collection, even if that item is not tracked itself. A collection looks closer.
#[inline(always)]
fn is_plain(item: Obj<'_>) -> bool {
    !item.has_flag(Py_TPFLAGS_HAVE_GC)
}

/// The address of the items.
pub(crate) fn places(tuple: Tuple<'_>) -> *mut *mut PyObject {
    // SAFETY: only the address of a field of a live tuple is taken.
    unsafe { (&raw mut (*tuple.fields()).ob_item).cast() }
}

/// The number of items.
#[inline]
pub fn len(tuple: Tuple<'_>) -> usize {
    // SAFETY: a view's fields can be read.
    unsafe { (*tuple.fields()).ob_base.ob_size as usize }
}

/// The items, as borrowed references.
pub fn items(tuple: Tuple<'_>) -> &[Obj<'_>] {
    // SAFETY: `blank` and `set` ask their callers to fill a tuple before other code has it, and it does not change
    // afterwards. So it keeps `len` references that are not NULL for as long as it lives, and `Obj` is a pointer that
    // is not NULL.
    unsafe { core::slice::from_raw_parts(places(tuple).cast(), len(tuple)) }
}

/// An item, as a borrowed reference; `None` outside, and for a place that was never filled.
#[inline]
pub fn peek(tuple: Tuple<'_>, index: usize) -> Option<Obj<'_>> {
    // SAFETY: the index is inside. A place holds NULL or a reference, which the tuple keeps for as long as it lives:
    // only `set`, which is unsafe, changes it.
    (index < len(tuple)).then(|| unsafe { Obj::from_ptr(*places(tuple).add(index)) }).flatten()
}

/// An item, as a new reference; `None` outside, and for a place that was never filled.
#[inline]
pub fn get(tuple: Tuple<'_>, index: usize) -> Option<Ref> {
    peek(tuple, index).map(Obj::to_ref)
}

/// An item, as a borrowed reference; `None` for a place that was never filled; IndexError outside.
#[inline]
pub fn item_borrowed(tuple: Tuple<'_>, index: isize) -> Result<Option<Obj<'_>>> {
    match inside(index, len(tuple)) {
        Some(index) => Ok(peek(tuple, index)),
        None => Err(index::out_of_range(OUT_OF_RANGE)),
    }
}

/// The item at an index from the start; IndexError outside.
#[inline]
pub fn item(tuple: Tuple<'_>, index: isize) -> Result<Ref> {
    inside(index, len(tuple)).and_then(|index| get(tuple, index)).ok_or_else(|| index::out_of_range(OUT_OF_RANGE))
}

/// A tuple that only the caller has, made longer by places that are NULL, or shorter.
///
/// # Safety
/// This is the only reference to the tuple. The caller fills each new place before it passes the tuple to other code.
pub unsafe fn resize(tuple: Own<PyTupleObject>, length: usize) -> Result<Own<PyTupleObject>> {
    let old = tuple.borrow();
    if len(old) == length {
        return Ok(tuple);
    }
    // SAFETY: the old items are moved into it below; the caller fills the rest.
    let new = unsafe { blank(length) }?;
    for i in 0..len(old).min(length) {
        // SAFETY: inside of both; the reference moves from the one to the other, which no other code reads any more.
        unsafe { places(new.borrow()).add(i).write(places(old).add(i).replace(core::ptr::null_mut())) };
    }
    Ok(new)
}

/// Fills a place of a tuple, and drops the item that was there; IndexError outside.
///
/// # Safety
/// No other code has the tuple yet, and the caller uses no item that it has borrowed from it before. It leaves no place
/// NULL when it passes the tuple on.
pub unsafe fn set(tuple: Tuple<'_>, index: isize, item: Option<Ref>) -> Result<()> {
    let Some(index) = inside(index, len(tuple)) else {
        return Err(index::out_of_range("tuple assignment index out of range"));
    };
    let new = item.map_or(core::ptr::null_mut(), Ref::into_ptr);
    // SAFETY: the index is inside. The old reference was the tuple's, and is dropped after the new one is in its place.
    drop(unsafe { Ref::from_ptr(places(tuple).add(index).replace(new)) });
    Ok(())
}

/// The part of a range that is inside a length. A range that ends before it starts is empty.
pub(super) fn clamp(range: Range<usize>, length: usize) -> Range<usize> {
    let start = range.start.min(length);
    start..range.end.min(length).max(start)
}

/// The items in a range, which is clamped to the tuple; the tuple itself when it has all items.
pub fn slice(tuple: Tuple<'_>, range: Range<usize>) -> Result<Own<PyTupleObject>> {
    let range = clamp(range, len(tuple));
    if range.len() == len(tuple) && tuple.is_exactly(TUPLE) {
        return Ok(tuple.to_own());
    }
    of_at_most(range.len(), range.map_while(|index| peek(tuple, index)), false)
}

/// The items that a slice names; the tuple itself when it has all of them in their order.
fn select(tuple: Tuple<'_>, positions: Positions) -> Result<Own<PyTupleObject>> {
    match positions.as_range() {
        Some(range) => slice(tuple, range),
        None => of_at_most(positions.iter().len(), positions.iter().map_while(|at| peek(tuple, at)), false),
    }
}

/// A new tuple of the items of several tuples, concatenated.
pub(super) fn joined(parts: &[Tuple<'_>]) -> Result<Own<PyTupleObject>> {
    let length = parts.iter().try_fold(0usize, |length, part| length.checked_add(len(*part)));
    // SAFETY: each place is filled below.
    let whole = unsafe { blank(length.ok_or_else(memory::out_of_memory)?) }?;
    let all = parts.iter().flat_map(|part| (0..).map_while(|i| get(*part, i)));
    for (i, item) in all.enumerate() {
        // SAFETY: `blank` made this many places, all NULL.
        unsafe { places(whole.borrow()).add(i).write(item.into_ptr()) };
    }
    Ok(whole)
}
