//! `tuple`: a fixed number of references, in CPython 3.14's layout. What Python's operators do with it is in
//! `protocol`.

mod protocol;

pub(super) use protocol::repr_slot;
pub use protocol::{item, write_repr};

use super::{class, items, iterator, list};
use crate::abi::*;
use crate::runtime::{Obj, Ref, Result, gc, instance, memory, raise};
use core::ffi::{c_int, c_void};
use core::ptr::NonNull;

/// `tp_basicsize`: without the items.
const TUPLE_SIZE: usize = core::mem::offset_of!(PyTupleObject, ob_item);

static_type! {
    /// The `tuple` type.
    pub PyTuple_Type as TUPLE {
        tp_name: c"tuple".as_ptr(),
        tp_basicsize: TUPLE_SIZE as Py_ssize_t,
        tp_itemsize: size_of::<*mut PyObject>() as Py_ssize_t,
        tp_dealloc: Some(dealloc_slot),
        tp_traverse: Some(traverse_slot),
        tp_repr: Some(protocol::repr_slot),
        tp_hash: Some(protocol::hash_slot),
        tp_richcompare: Some(protocol::richcompare_slot),
        tp_as_sequence: &raw mut protocol::AS_SEQUENCE,
        tp_as_mapping: &raw mut protocol::AS_MAPPING,
        tp_iter: Some(iterator::tuple_iter_slot),
        tp_methods: (&raw mut protocol::METHODS).cast(),
        tp_new: Some(protocol::new_slot),
        tp_vectorcall: Some(class::enter_slot::<class::Plain>),
        tp_flags: class::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TUPLE_SUBCLASS
            | Py_TPFLAGS_SEQUENCE | _Py_TPFLAGS_MATCH_SELF,
    }
}

/// The empty tuple: there is one, and it is immortal.
static mut EMPTY: Headed<PyTupleObject> = Headed::new(PyTupleObject {
    ob_base: PyVarObject::immortal(&raw mut PyTuple_Type, 0),
    ob_hash: -1,
    ob_item: [core::ptr::null_mut()],
});

/// The empty tuple for the fields of other static objects.
pub(super) const EMPTY_POINTER: *mut PyObject = {
    // SAFETY: only its address is taken.
    unsafe { (&raw mut EMPTY.object).cast() }
};

/// The empty tuple, as a borrowed reference.
pub fn empty() -> Obj<'static> {
    // SAFETY: the static is a complete tuple, with a collector's head before it.
    unsafe { Obj::from_static(&raw mut EMPTY.object) }
}

/// Whether the object is a `tuple` or an instance of a subclass.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_TUPLE_SUBCLASS)
}

/// A new tuple whose items are all NULL, tracked: the caller, who may be C, fills them before anybody else reads them.
pub fn blank(length: usize) -> Result<Ref> {
    let tuple = untracked(length)?;
    if length > 0 {
        gc::track(tuple.borrow());
    }
    Ok(tuple)
}

fn untracked(length: usize) -> Result<Ref> {
    if length == 0 {
        return Ok(empty().to_ref());
    }
    let o = instance::allocate(TUPLE, length)?;
    // SAFETY: a new instance with room for `length` items, which are NULL.
    unsafe {
        let fields = o.cast::<PyTupleObject>().as_ptr();
        (*fields).ob_base.ob_size = length as Py_ssize_t;
        (*fields).ob_hash = -1;
        Ok(Ref::from_ptr_unchecked(o.as_ptr()))
    }
}

/// A new tuple of new references to these objects.
pub fn from_slice(items: &[Obj<'_>]) -> Result<Ref> {
    if items.is_empty() {
        return Ok(empty().to_ref());
    }
    let (tuple, slots) = reserve(items.len())?;
    for (i, item) in items.iter().enumerate() {
        // SAFETY: there are as many slots.
        unsafe { slots.add(i).write(item.to_ref().into_ptr()) };
    }
    if !items.iter().all(|item| is_plain(*item)) {
        gc::track_new(tuple.borrow());
    }
    Ok(tuple)
}

/// A new tuple of one object.
#[inline]
pub fn of_one(item: Ref) -> Result<Ref> {
    let (tuple, slot) = reserve(1)?;
    let is_plain = is_plain(item.borrow());
    // SAFETY: there is one slot.
    unsafe { slot.write(item.into_ptr()) };
    if !is_plain {
        gc::track_new(tuple.borrow());
    }
    Ok(tuple)
}

/// A new tuple whose items are not there yet, not tracked, and where they are to be written.
#[inline(always)]
fn reserve(length: usize) -> Result<(Ref, *mut *mut PyObject)> {
    let size = length.checked_mul(size_of::<*mut PyObject>()).and_then(|size| size.checked_add(TUPLE_SIZE));
    let o = instance::reserve::<true>(size.ok_or_else(memory::out_of_memory)?)?;
    // SAFETY: there is room for the head and so many items, and all of the head is written.
    unsafe {
        let fields = o.cast::<PyTupleObject>().as_ptr();
        (&raw mut (*fields).ob_base).write(PyVarObject {
            ob_base: PyObject { ob_refcnt: 1, ob_type: TUPLE.as_ptr() },
            ob_size: length as Py_ssize_t,
        });
        (&raw mut (*fields).ob_hash).write(-1);
        Ok((Ref::from_ptr_unchecked(o.as_ptr()), (&raw mut (*fields).ob_item).cast()))
    }
}

/// Whether an item can't make its tuple part of a cycle.
#[inline(always)]
fn is_plain(item: Obj<'_>) -> bool {
    !gc::is_gc(item) || (item.is_exactly(TUPLE) && !gc::is_tracked(item))
}

/// A new tuple of the items of a list.
pub fn from_list(list: Obj<'_>) -> Result<Ref> {
    // Nothing that runs here can change the list, but a place in it may be empty.
    let length = (0..list::len(list)).take_while(|&i| list::peek(list, i).is_some()).count();
    let tuple = untracked(length)?;
    for (i, item) in list::items(list).take(length).enumerate() {
        // SAFETY: there are as many slots, all NULL.
        unsafe { slots(tuple.borrow()).add(i).write(item.into_ptr()) };
    }
    if !is_atomic(tuple.borrow()) {
        gc::track(tuple.borrow());
    }
    Ok(tuple)
}

/// Whether no item can be part of a cycle, so that the collector need not know the tuple.
pub fn is_atomic(tuple: Obj<'_>) -> bool {
    (0..len(tuple)).all(|i| peek(tuple, i).is_none_or(is_plain))
}

/// Where the items lie.
pub(crate) fn slots(tuple: Obj<'_>) -> *mut *mut PyObject {
    // SAFETY: only the address of a field of a live tuple is taken.
    unsafe { (&raw mut (*tuple.cast::<PyTupleObject>()).ob_item).cast() }
}

/// The number of items. `tuple` is a tuple.
#[inline]
pub fn len(tuple: Obj<'_>) -> usize {
    debug_assert!(check(tuple));
    // SAFETY: a tuple has this layout.
    unsafe { (*tuple.cast::<PyTupleObject>()).ob_base.ob_size as usize }
}

/// The items, borrowed. `tuple` is a tuple that is filled.
pub fn items(tuple: Obj<'_>) -> &[Obj<'_>] {
    // SAFETY: a filled tuple has `len` references that are not NULL, and `Obj` is a pointer that is not NULL.
    unsafe { core::slice::from_raw_parts(slots(tuple).cast(), len(tuple)) }
}

/// An item, borrowed; `None` outside, and for one that was never filled. `tuple` is a tuple.
pub fn peek(tuple: Obj<'_>, index: usize) -> Option<Obj<'_>> {
    // SAFETY: the index is inside; a place holds NULL or a reference of the tuple's.
    (index < len(tuple)).then(|| unsafe { Obj::from_ptr(*slots(tuple).add(index)) }).flatten()
}

/// An item, as a new reference; `None` outside, and for one that was never filled. `tuple` is a tuple.
pub fn get(tuple: Obj<'_>, index: usize) -> Option<Ref> {
    peek(tuple, index).map(Obj::to_ref)
}

/// An item, borrowed, which may not be there yet; IndexError outside. `tuple` is a tuple.
pub fn item_borrowed(tuple: Obj<'_>, index: isize) -> Result<Option<Obj<'_>>> {
    match usize::try_from(index) {
        Ok(index) if index < len(tuple) => Ok(peek(tuple, index)),
        _ => Err(protocol::out_of_range()),
    }
}

/// A tuple that nobody else has, made longer by empty places, or shorter.
pub fn resize(tuple: Ref, length: usize) -> Result<Ref> {
    let old = tuple.borrow();
    if len(old) == length {
        return Ok(tuple);
    }
    let new = blank(length)?;
    for i in 0..len(old).min(length) {
        // SAFETY: inside of both; the reference moves from the one to the other.
        unsafe { slots(new.borrow()).add(i).write(slots(old).add(i).replace(core::ptr::null_mut())) };
    }
    Ok(new)
}

/// Fills a place of a tuple that nobody else has seen, and drops what was there; IndexError outside. `tuple` is a tuple.
pub fn set(tuple: Obj<'_>, index: isize, item: Option<Ref>) -> Result<()> {
    let Some(index) = usize::try_from(index).ok().filter(|&index| index < len(tuple)) else {
        return Err(raise!(IndexError, "tuple assignment index out of range"));
    };
    let new = item.map_or(core::ptr::null_mut(), Ref::into_ptr);
    // SAFETY: the index is inside; the old reference was the tuple's, and is dropped once the new one is in its place.
    drop(unsafe { Ref::from_ptr(slots(tuple).add(index).replace(new)) });
    Ok(())
}

/// The items in a range, which is cut to the tuple: the tuple itself when that is all. `tuple` is a tuple.
pub fn slice(tuple: Obj<'_>, range: core::ops::Range<usize>) -> Result<Ref> {
    let range = items::clamp(range, len(tuple));
    if range.len() == len(tuple) && tuple.is_exactly(TUPLE) {
        return Ok(tuple.to_ref());
    }
    let part = blank(range.len())?;
    for (to, from) in range.enumerate() {
        let item = get(tuple, from).map_or(core::ptr::null_mut(), Ref::into_ptr);
        // SAFETY: `blank` made as many places, all NULL.
        unsafe { slots(part.borrow()).add(to).write(item) };
    }
    Ok(part)
}

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract: a tuple nobody refers to any more; a slot may still be NULL if filling it failed.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        gc::untrack(this);
        for i in (0..len(this)).rev() {
            drop(Ref::from_ptr(slots(this).add(i).read()));
        }
        instance::free_often(NonNull::new_unchecked(o));
    }
}

unsafe extern "C" fn traverse_slot(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    // SAFETY: the slot's contract: a live tuple.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        for i in 0..len(this) {
            visit!(visit, argument, slots(this).add(i).read());
        }
    }
    0
}
