//! `list`: a growing array of references, in CPython's layout. Its type with its slots is in [`type_object`].

mod extend;
mod methods;
mod slices;
mod sort;
pub mod type_object;

pub use extend::extend;
pub use slices::assign_slice;
pub use sort::sort;

use super::index;
use super::tuple::{self, clamp};
use crate::abi::*;
use crate::protocol::sequence::inside;
use crate::runtime::{Layout, Obj, Own, Ref, Result, View, gc, instance, memory};
use core::ops::Range;
use core::ptr::NonNull;

pub use crate::runtime::known::LIST;

/// The message for an index that is outside.
const OUT_OF_RANGE: &str = "list index out of range";

/// A borrowed reference to a `list`, or to an instance of a subclass.
pub type List<'a> = View<'a, PyListObject>;

// SAFETY: a type with this flag has instances that begin as those of `list` do.
unsafe impl Layout for PyListObject {
    #[inline(always)]
    fn check(o: Obj<'_>) -> bool {
        o.has_flag(Py_TPFLAGS_LIST_SUBCLASS)
    }
}

/// Whether the object is a `list` or an instance of a subclass.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    PyListObject::check(o)
}

/// A new, empty list.
#[inline]
pub fn new() -> Result<Own<PyListObject>> {
    let list = untracked()?;
    // SAFETY: the list was just made with a collector's head.
    unsafe { gc::track_new(list.as_obj()) };
    Ok(list)
}

/// A new, empty list, which the collector does not track yet. All of its memory is written here, so it need not be zeroed first.
#[inline(always)]
fn untracked() -> Result<Own<PyListObject>> {
    let fields = || PyListObject {
        ob_base: PyVarObject { ob_base: PyObject { ob_refcnt: 1, ob_type: LIST.as_ptr() }, ob_size: 0 },
        ob_item: core::ptr::null_mut(),
        allocated: 0,
    };
    // SAFETY: these are the fields of a list, which takes part in collection. An empty list has no block.
    unsafe { Ok(Own::new_unchecked(instance::write_new::<_, true>(fields)?)) }
}

/// A new list of `length` places, all NULL. Its maker, which may be C code, fills them before other code reads them.
pub fn blank(length: usize) -> Result<Own<PyListObject>> {
    if length == 0 {
        return new();
    }
    let list = untracked()?;
    let block = memory::allocate_zeroed(length, size_of::<*mut PyObject>()).ok_or_else(memory::out_of_memory)?;
    // SAFETY: the list was just made. The block has `length` places, all NULL.
    Ok(unsafe { with_block(list, block.cast(), length) })
}

/// Gives a new list its items, and tells the collector of the list.
///
/// # Safety
/// `list` is a result of [`untracked`]. The block came from `memory` and becomes the list's; it has `length` places, each of
/// which is written.
#[inline(always)]
unsafe fn with_block(list: Own<PyListObject>, block: NonNull<Option<Ref>>, length: usize) -> Own<PyListObject> {
    // SAFETY: the list has no block that would be lost, and it has a collector's head. An `Option<Ref>` is a pointer.
    unsafe {
        let fields = list.borrow().fields();
        (*fields).ob_item = block.as_ptr().cast();
        (*fields).allocated = length as Py_ssize_t;
        (*fields).ob_base.ob_size = length as Py_ssize_t;
        gc::track_new(list.as_obj());
    }
    list
}

/// A new list of new references to these objects.
pub fn from_slice(items: &[Obj<'_>]) -> Result<Own<PyListObject>> {
    // SAFETY: `Obj` is a pointer that is not NULL, so `Option<Obj>` has the same layout.
    of_places(unsafe { core::slice::from_raw_parts(items.as_ptr().cast(), items.len()) })
}

/// A new list of new references to the objects in these places, of which some may be empty.
fn of_places(items: &[Option<Obj<'_>>]) -> Result<Own<PyListObject>> {
    if items.is_empty() {
        return new();
    }
    let list = untracked()?;
    let block = memory::allocate(size_of_val(items)).ok_or_else(memory::out_of_memory)?.cast::<Option<Ref>>();
    // SAFETY: the list was just made. The block has as many places as there are items, and all are written.
    unsafe {
        for (i, item) in items.iter().enumerate() {
            block.add(i).write(item.map(Obj::to_ref));
        }
        Ok(with_block(list, block, items.len()))
    }
}

/// The number of items.
#[inline]
pub fn len(list: List<'_>) -> usize {
    // SAFETY: a view's fields can be read.
    unsafe { (*list.fields()).ob_base.ob_size as usize }
}

/// The address of the items. They move when the list grows.
fn places(list: List<'_>) -> *mut *mut PyObject {
    // SAFETY: a view's fields can be read.
    unsafe { (*list.fields()).ob_item }
}

/// The content of a place, still owned by the list: NULL outside, and for a place that was never filled.
#[inline(always)]
fn place(list: List<'_>, index: usize) -> *mut PyObject {
    // SAFETY: the index is inside, and a list has as many places as its length states.
    if index < len(list) { unsafe { *places(list).add(index) } } else { core::ptr::null_mut() }
}

/// The address of an item, for C to borrow: the item lives for as long as the list keeps it, which no type can say. NULL for
/// a place that was never filled; IndexError outside.
#[inline]
pub fn item_address(list: List<'_>, index: isize) -> Result<*mut PyObject> {
    match inside(index, len(list)) {
        Some(index) => Ok(place(list, index)),
        None => Err(index::out_of_range(OUT_OF_RANGE)),
    }
}

/// The item at an index from the start; IndexError outside.
#[inline]
pub fn item(list: List<'_>, index: isize) -> Result<Ref> {
    inside(index, len(list)).and_then(|index| get(list, index)).ok_or_else(|| index::out_of_range(OUT_OF_RANGE))
}

/// An item, as a new reference; `None` outside, and for a place that was never filled.
#[inline]
pub fn get(list: List<'_>, index: usize) -> Option<Ref> {
    // SAFETY: a place holds NULL or a reference of the list's, and no code runs before there is a new reference.
    unsafe { Obj::from_ptr(place(list, index)) }.map(Obj::to_ref)
}

/// The items one after the other, as new references. The list may change meanwhile: each step reads it again.
pub fn items(list: List<'_>) -> impl Iterator<Item = Ref> + '_ {
    (0..).map_while(move |index| get(list, index))
}

/// The items as they are now, borrowed; `None` for a place that was never filled. Unlike [`items`] this counts no reference.
///
/// # Safety
/// While the items are borrowed, no code runs that could change the list.
#[inline]
pub unsafe fn items_now(list: List<'_>) -> &[Option<Obj<'_>>] {
    match len(list) {
        // A list that never had items has no block.
        0 => &[],
        // SAFETY: the list has this many places, each NULL or a reference, as an `Option<Obj>` is. They stay as they are by this
        // function's condition.
        length => unsafe { core::slice::from_raw_parts(places(list).cast(), length) },
    }
}

/// Makes room for some more items. A list without a block gets places for them, and for one more if their number is odd.
fn reserve_pairs(list: List<'_>, more: usize) -> Result<()> {
    // SAFETY: a view's fields can be read.
    match unsafe { (*list.fields()).ob_item.is_null() } {
        true => set_room(list, more.saturating_add(1) & !1).ok_or_else(memory::out_of_memory),
        false => reserve(list, len(list).saturating_add(more)),
    }
}

/// A new, empty list with room for exactly `length` items.
fn with_room(length: usize) -> Result<Own<PyListObject>> {
    let list = new()?;
    set_room(list.borrow(), length).ok_or_else(memory::out_of_memory)?;
    Ok(list)
}

/// Gives a list a block of `room` places, at least as many as its items; `None` without memory for it. A list with no places has no
/// block.
fn set_room(list: List<'_>, room: usize) -> Option<()> {
    let size = room.checked_mul(size_of::<*mut PyObject>()).filter(|size| isize::try_from(*size).is_ok())?;
    let fields = list.fields();
    // SAFETY: the block is the list's own, and its contents move with it.
    unsafe {
        if room == 0 {
            memory::free((*fields).ob_item.cast());
            (*fields).ob_item = core::ptr::null_mut();
        } else {
            (*fields).ob_item = memory::reallocate((*fields).ob_item.cast(), size)?.as_ptr().cast();
        }
        (*fields).allocated = room as Py_ssize_t;
    }
    Some(())
}

/// Gives memory back if more than half of the places are empty, as CPython does it: a block of up to 32 places stays as it is, and so
/// does one when there is no memory for a smaller one.
#[inline]
fn give_back(list: List<'_>) {
    // SAFETY: a view's fields can be read.
    let (length, room) = (len(list), unsafe { (*list.fields()).allocated as usize });
    if room > 32 && length < room / 2 {
        let _ = set_room(list, if length == 0 { 0 } else { generous(length) });
    }
}

/// A number of places for a list that grows or shrinks to a length: an eighth more, rounded up to groups of four.
const fn generous(length: usize) -> usize {
    (length + (length >> 3) + 6) & !3
}

/// Makes room for `length` items, and some more, in CPython's steps.
fn reserve(list: List<'_>, length: usize) -> Result<()> {
    let fields = list.fields();
    // SAFETY: a view's fields can be read.
    let (current, room) = unsafe { ((*fields).ob_base.ob_size as usize, (*fields).allocated as usize) };
    if length <= room {
        return Ok(());
    }
    if length > isize::MAX as usize / size_of::<*mut PyObject>() {
        return Err(memory::out_of_memory());
    }
    // A large step gets no more than it needs, rounded up to groups of four.
    let generous = generous(length);
    let room = if length - current > generous - length { (length + 3) & !3 } else { generous };
    set_room(list, room).ok_or_else(memory::out_of_memory)
}

/// Appends an item.
#[inline]
pub fn append(list: List<'_>, item: Obj<'_>) -> Result<()> {
    /// Out of line, so that the fast path stays short.
    #[cold]
    #[inline(never)]
    fn append_slowly(list: List<'_>, item: Obj<'_>) -> Result<()> {
        grow_and_append(list, item)
    }
    if append_if_room(list, item) { Ok(()) } else { append_slowly(list, item) }
}

/// Appends an item if the list has room for it; false if it has none.
#[inline(always)]
pub fn append_if_room(list: List<'_>, item: Obj<'_>) -> bool {
    let fields = list.fields();
    // SAFETY: a view's fields can be read. If there is room for one more, it is after the last.
    unsafe {
        let length = (*fields).ob_base.ob_size;
        if length >= (*fields).allocated {
            return false;
        }
        places(list).add(length as usize).write(item.to_ref().into_ptr());
        (*fields).ob_base.ob_size = length + 1;
    }
    true
}

/// Makes room for one more item, and appends it: [`append`] for a list that has no room.
#[inline(always)]
pub fn grow_and_append(list: List<'_>, item: Obj<'_>) -> Result<()> {
    reserve(list, len(list) + 1)?;
    append_if_room(list, item);
    Ok(())
}

/// Inserts an item before the one at an index, which is at most the length.
pub fn insert(list: List<'_>, index: usize, item: Obj<'_>) -> Result<()> {
    let length = len(list);
    let index = index.min(length);
    reserve(list, length + 1)?;
    // SAFETY: there is room for one more; the items from the index on move up by one.
    unsafe {
        let place = places(list).add(index);
        place.copy_to(place.add(1), length - index);
        place.write(item.to_ref().into_ptr());
        (*list.fields()).ob_base.ob_size = length as Py_ssize_t + 1;
    }
    Ok(())
}

/// Inserts an item before the one at an index. A negative index counts from the end, and an index outside is clamped.
pub fn insert_at(list: List<'_>, index: isize, item: Obj<'_>) -> Result<()> {
    let from_end = || len(list).saturating_sub(index.unsigned_abs());
    insert(list, usize::try_from(index).unwrap_or_else(|_| from_end()), item)
}

/// Replaces an item, and drops the old one; IndexError outside. Without an item the place is NULL.
#[inline]
pub fn set(list: List<'_>, index: isize, item: Option<Ref>) -> Result<()> {
    let Some(index) = inside(index, len(list)) else {
        return Err(index::out_of_range("list assignment index out of range"));
    };
    let new = item.map_or(core::ptr::null_mut(), Ref::into_ptr);
    // SAFETY: the index is inside. The old reference was the list's, and is dropped after the new one is in its place.
    drop(unsafe { Ref::from_ptr(places(list).add(index).replace(new)) });
    Ok(())
}

/// A new list of the items in a range, which is clamped to the list.
pub fn slice(list: List<'_>, range: Range<usize>) -> Result<Own<PyListObject>> {
    let range = clamp(range, len(list));
    // SAFETY: counting references and allocating memory run no code of the program.
    of_places(unsafe { items_now(list) }.get(range).unwrap_or_default())
}

/// A new tuple of the items of a list, up to a place that was never filled.
pub fn to_tuple(list: List<'_>) -> Result<Own<PyTupleObject>> {
    // SAFETY: counting references and allocating memory run no code of the program.
    tuple::from_filled(unsafe { items_now(list) })
}

/// Removes an item and returns it, without needing memory; `None` outside, and for a place that was never filled.
pub fn take(list: List<'_>, index: usize) -> Option<Ref> {
    let last = len(list).checked_sub(1).filter(|&last| index <= last)?;
    // SAFETY: the index is inside. The items after it move down by one, and its reference is returned.
    unsafe {
        let place = places(list).add(index);
        let item = place.read();
        place.copy_from(place.add(1), last - index);
        (*list.fields()).ob_base.ob_size = last as Py_ssize_t;
        give_back(list);
        Ref::from_ptr(item)
    }
}

/// Replaces the items of a range, which is clamped to the list, by others.
///
/// The removed items are dropped last, since that can run code that reads the list.
pub fn splice(list: List<'_>, range: Range<usize>, new: &[Obj<'_>]) -> Result<()> {
    let range = clamp(range, len(list));
    let removed = slice(list, range.clone())?;
    let (length, kept) = (len(list), len(list) - range.len());
    reserve(list, kept + new.len())?;
    // SAFETY: there is room for the remaining and the new items. `removed` has its own reference to each removed item,
    // so dropping the list's references destroys nothing yet.
    unsafe {
        let place = places(list).add(range.start);
        for i in 0..range.len() {
            drop(Ref::from_ptr(place.add(i).read()));
        }
        place.add(range.len()).copy_to(place.add(new.len()), length - range.end);
        for (i, item) in new.iter().enumerate() {
            place.add(i).write(item.to_ref().into_ptr());
        }
        (*list.fields()).ob_base.ob_size = (kept + new.len()) as Py_ssize_t;
    }
    match kept + new.len() {
        0 => clear(list),
        _ => give_back(list),
    }
    drop(removed);
    Ok(())
}

/// Reverses the order of the items.
pub fn reverse(list: List<'_>) {
    let length = len(list);
    for i in 0..length / 2 {
        // SAFETY: both places are inside.
        unsafe { places(list).add(i).swap(places(list).add(length - 1 - i)) };
    }
}

/// Deletes all items.
pub fn clear(list: List<'_>) {
    let fields = list.fields();
    // SAFETY: the block is taken out of the list before the items are dropped, so code that this runs sees an empty
    // list.
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
