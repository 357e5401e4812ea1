//! `list`: a growing array of references, in CPython's layout. Here is the array; what Python's operators do with it is
//! in `protocol`.

mod methods;
mod protocol;

pub(super) use protocol::repr_slot;
pub use protocol::{item, write_repr};

use super::{class, items, iterator, sequence, tuple};
use crate::abi::*;
use crate::runtime::{Obj, Ref, Result, gc, instance, memory, raise};
use core::ffi::{c_int, c_void};
use core::ops::Range;
use core::ptr::NonNull;

static_type! {
    /// The `list` type.
    pub PyList_Type as LIST {
        tp_name: c"list".as_ptr(),
        tp_basicsize: size_of::<PyListObject>() as Py_ssize_t,
        tp_dealloc: Some(dealloc_slot),
        tp_traverse: Some(traverse_slot),
        tp_clear: Some(clear_slot),
        tp_hash: class::NO_HASH,
        tp_repr: Some(protocol::repr_slot),
        tp_richcompare: Some(protocol::richcompare_slot),
        tp_as_sequence: &raw mut protocol::AS_SEQUENCE,
        tp_as_mapping: &raw mut protocol::AS_MAPPING,
        tp_iter: Some(iterator::list_iter_slot),
        tp_methods: (&raw mut methods::METHODS).cast(),
        tp_new: Some(protocol::new_slot),
        tp_vectorcall: Some(class::enter_slot::<class::Plain>),
        tp_init: Some(protocol::init_slot),
        tp_flags: class::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LIST_SUBCLASS
            | Py_TPFLAGS_SEQUENCE | _Py_TPFLAGS_MATCH_SELF,
    }
}

/// Whether the object is a `list` or an instance of a subclass.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_LIST_SUBCLASS)
}

/// The fields. `list` is a list.
fn fields(list: Obj<'_>) -> *mut PyListObject {
    debug_assert!(check(list));
    list.cast()
}

/// A new, empty list.
pub fn new() -> Result<Ref> {
    blank(0)
}

/// A new list of `length` places, all NULL: the caller, who may be C, fills them before anybody else looks.
pub fn blank(length: usize) -> Result<Ref> {
    let list = instance::allocate(LIST, 0)?;
    // SAFETY: a new instance; all zero is an empty list.
    let list = unsafe { Ref::from_ptr_unchecked(list.as_ptr()) };
    if length > 0 {
        let block = memory::allocate_zeroed(length, size_of::<*mut PyObject>()).ok_or_else(memory::out_of_memory)?;
        // SAFETY: the list takes the block over.
        unsafe {
            let fields = fields(list.borrow());
            (*fields).ob_item = block.as_ptr().cast();
            (*fields).allocated = length as Py_ssize_t;
            (*fields).ob_base.ob_size = length as Py_ssize_t;
        }
    }
    gc::track(list.borrow());
    Ok(list)
}

/// A new list of new references to these objects.
pub fn from_slice(items: &[Obj<'_>]) -> Result<Ref> {
    let list = blank(items.len())?;
    for (i, item) in items.iter().enumerate() {
        // SAFETY: `blank` made as many places, all NULL.
        unsafe { slots(list.borrow()).add(i).write(item.to_ref().into_ptr()) };
    }
    Ok(list)
}

/// The number of items. `list` is a list.
#[inline]
pub fn len(list: Obj<'_>) -> usize {
    // SAFETY: a list has this layout.
    unsafe { (*fields(list)).ob_base.ob_size as usize }
}

/// Where the items lie: they move when the list grows.
fn slots(list: Obj<'_>) -> *mut *mut PyObject {
    // SAFETY: a list has this layout.
    unsafe { (*fields(list)).ob_item }
}

/// An item, borrowed; `None` outside, and for a place that was never filled. `list` is a list.
pub fn peek(list: Obj<'_>, index: usize) -> Option<Obj<'_>> {
    // SAFETY: the index is inside; a place holds NULL or a reference. The item stays for as long as the list keeps it.
    (index < len(list)).then(|| unsafe { Obj::from_ptr(*slots(list).add(index)) }).flatten()
}

/// An item, borrowed, which may not be there yet; IndexError outside. `list` is a list.
pub fn item_borrowed(list: Obj<'_>, index: isize) -> Result<Option<Obj<'_>>> {
    match usize::try_from(index) {
        Ok(index) if index < len(list) => Ok(peek(list, index)),
        _ => Err(protocol::out_of_range()),
    }
}

/// An item, as a new reference; `None` outside, and for a place that was never filled. `list` is a list.
pub fn get(list: Obj<'_>, index: usize) -> Option<Ref> {
    peek(list, index).map(Obj::to_ref)
}

/// The items one after the other, as new references. The list may change meanwhile: each step looks anew.
pub fn items(list: Obj<'_>) -> impl Iterator<Item = Ref> + '_ {
    (0..).map_while(move |index| get(list, index))
}

/// Makes room for `length` items in all, and some more for those to come, in CPython's steps.
fn reserve(list: Obj<'_>, length: usize) -> Result<()> {
    let fields = fields(list);
    // SAFETY: the block is the list's own, and what is in it moves with it.
    unsafe {
        if length <= (*fields).allocated as usize {
            return Ok(());
        }
        if length > isize::MAX as usize / size_of::<*mut PyObject>() {
            return Err(memory::out_of_memory());
        }
        // Room for an eighth more, unless the list grows by a large step; in whole groups of four.
        let current = (*fields).ob_base.ob_size as usize;
        let generous = (length + (length >> 3) + 6) & !3;
        let room = if length - current > generous - length { (length + 3) & !3 } else { generous };
        let block = memory::reallocate((*fields).ob_item.cast(), room * size_of::<*mut PyObject>());
        let block = block.ok_or_else(memory::out_of_memory)?;
        (*fields).ob_item = block.as_ptr().cast();
        (*fields).allocated = room as Py_ssize_t;
    }
    Ok(())
}

/// Adds an item at the end. `list` is a list.
pub fn append(list: Obj<'_>, item: Obj<'_>) -> Result<()> {
    insert(list, len(list), item)
}

/// Puts an item before the one at an index, which is not beyond the end. `list` is a list.
pub fn insert(list: Obj<'_>, index: usize, item: Obj<'_>) -> Result<()> {
    let length = len(list);
    let index = index.min(length);
    reserve(list, length + 1)?;
    // SAFETY: there is room for one more; the items after the index move up by one.
    unsafe {
        let place = slots(list).add(index);
        place.copy_to(place.add(1), length - index);
        place.write(item.to_ref().into_ptr());
        (*fields(list)).ob_base.ob_size = length as Py_ssize_t + 1;
    }
    Ok(())
}

/// The same, for an index that counts from the end when it is negative, and is cut to the list.
pub fn insert_at(list: Obj<'_>, index: isize, item: Obj<'_>) -> Result<()> {
    let from_end = || len(list).saturating_sub(index.unsigned_abs());
    insert(list, usize::try_from(index).unwrap_or_else(|_| from_end()), item)
}

/// Adds the items of an iterable at the end. `list` is a list, and may be the iterable.
pub fn extend(list: Obj<'_>, iterable: Obj<'_>) -> Result<()> {
    if iterable.is_exactly(LIST) || iterable.is_exactly(tuple::TUPLE) {
        // A tuple, or as many items as the list has now, in case it is the same.
        let (get, length): (items::Get, _) =
            if check(iterable) { (get, len(iterable)) } else { (tuple::get, tuple::len(iterable)) };
        return (0..length).map_while(|i| get(iterable, i)).try_for_each(|item| append(list, item.borrow()));
    }
    iterator::each(iterable, |item| append(list, item.borrow()))
}

/// Replaces an item, and drops the old one; IndexError outside. `list` is a list. No item leaves the place NULL.
pub fn set(list: Obj<'_>, index: isize, item: Option<Ref>) -> Result<()> {
    let Some(index) = usize::try_from(index).ok().filter(|&index| index < len(list)) else {
        return Err(raise!(IndexError, "list assignment index out of range"));
    };
    let new = item.map_or(core::ptr::null_mut(), Ref::into_ptr);
    // SAFETY: the index is inside; the old reference was the list's, and is dropped once the new one is in its place.
    drop(unsafe { Ref::from_ptr(slots(list).add(index).replace(new)) });
    Ok(())
}

/// A new list of the items in a range, which is cut to the list. `list` is a list.
pub fn slice(list: Obj<'_>, range: Range<usize>) -> Result<Ref> {
    let range = items::clamp(range, len(list));
    let part = blank(range.len())?;
    for (to, from) in range.enumerate() {
        let item = get(list, from).map_or(core::ptr::null_mut(), Ref::into_ptr);
        // SAFETY: `blank` made as many places, all NULL.
        unsafe { slots(part.borrow()).add(to).write(item) };
    }
    Ok(part)
}

/// Takes an item out, which needs no memory; `None` outside, and for a place that was never filled. `list` is a list.
pub fn take(list: Obj<'_>, index: usize) -> Option<Ref> {
    let last = len(list).checked_sub(1).filter(|&last| index <= last)?;
    // SAFETY: the index is inside; the items after it move down by one, and its reference is handed over.
    unsafe {
        let place = slots(list).add(index);
        let item = place.read();
        place.copy_from(place.add(1), last - index);
        (*fields(list)).ob_base.ob_size = last as Py_ssize_t;
        Ref::from_ptr(item)
    }
}

/// Puts items in the place of a range, which is cut to the list. `list` is a list, another than `new`.
///
/// What is given up is dropped last, since that can run code that looks at the list.
pub fn splice(list: Obj<'_>, range: Range<usize>, new: &[Obj<'_>]) -> Result<()> {
    let range = items::clamp(range, len(list));
    let removed = slice(list, range.clone())?;
    let (length, kept) = (len(list), len(list) - range.len());
    reserve(list, kept + new.len())?;
    // SAFETY: there is room for what stays and what is new. `removed` has a reference of its own to each item given
    // up, so that giving back the list's destroys nothing yet.
    unsafe {
        let place = slots(list).add(range.start);
        for i in 0..range.len() {
            drop(Ref::from_ptr(place.add(i).read()));
        }
        place.add(range.len()).copy_to(place.add(new.len()), length - range.end);
        for (i, item) in new.iter().enumerate() {
            place.add(i).write(item.to_ref().into_ptr());
        }
        (*fields(list)).ob_base.ob_size = (kept + new.len()) as Py_ssize_t;
    }
    drop(removed);
    Ok(())
}

/// Puts the items of an iterable in the place of a range, or nothing. `list` is a list, and may be the iterable.
pub fn assign_slice(list: Obj<'_>, range: Range<usize>, iterable: Option<Obj<'_>>) -> Result<()> {
    match iterable {
        Some(iterable) => {
            let items = sequence::fast(iterable, Some(c"can only assign an iterable"))?;
            splice(list, range, tuple::items(sequence::to_tuple(items.borrow())?.borrow()))
        }
        None => splice(list, range, &[]),
    }
}

/// Turns the order round. `list` is a list.
pub fn reverse(list: Obj<'_>) {
    let length = len(list);
    for i in 0..length / 2 {
        // SAFETY: both places are inside.
        unsafe { slots(list).add(i).swap(slots(list).add(length - 1 - i)) };
    }
}

/// Takes everything out. `list` is a list.
pub fn clear(list: Obj<'_>) {
    let fields = fields(list);
    // SAFETY: the block is taken out of the list before the items are dropped, so that what they run finds an empty one.
    unsafe {
        let block = core::mem::replace(&mut (*fields).ob_item, core::ptr::null_mut());
        let length = core::mem::replace(&mut (*fields).ob_base.ob_size, 0);
        (*fields).allocated = 0;
        for i in (0..length as usize).rev() {
            drop(Ref::from_ptr(block.add(i).read()));
        }
        memory::free(block.cast());
    }
}

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract: a list nobody refers to any more.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        gc::untrack(this);
        clear(this);
        instance::free(NonNull::new_unchecked(o));
    }
}

unsafe extern "C" fn traverse_slot(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    // SAFETY: the slot's contract: a live list, which a visitor does not change.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        for i in 0..len(this) {
            visit!(visit, argument, slots(this).add(i).read());
        }
    }
    0
}

unsafe extern "C" fn clear_slot(o: *mut PyObject) -> c_int {
    // SAFETY: the slot's contract: a live list.
    clear(unsafe { Obj::from_ptr_unchecked(o) });
    0
}
