//! `tuple`: a fixed number of references, in CPython 3.14's layout. What Python's operators do with it is in
//! `protocol`.

mod protocol;

pub use protocol::{item, write_repr};

use super::iterator::{self, Steps};
use super::list::{self, List};
use super::slots::{self, Owner};
use super::{class_call, class_defaults, items};
use crate::abi::*;
use crate::runtime::{Layout, Obj, Own, Ref, Result, View, gc, instance, memory, raise};
use core::ffi::c_int;

/// `tp_basicsize`: without the items.
const TUPLE_SIZE: usize = core::mem::offset_of!(PyTupleObject, ob_item);

static_type! {
    /// The `tuple` type.
    pub PyTuple_Type as TUPLE {
        tp_name: c"tuple".as_ptr(),
        tp_basicsize: TUPLE_SIZE as Py_ssize_t,
        tp_itemsize: size_of::<*mut PyObject>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<PyTupleObject>(),
        tp_traverse: slots::traverse::<PyTupleObject>(),
        tp_repr: slots::unary(protocol::repr),
        tp_hash: slots::unary(protocol::hash),
        tp_richcompare: slots::compare(protocol::compare),
        tp_as_sequence: &raw mut protocol::AS_SEQUENCE,
        tp_as_mapping: &raw mut protocol::AS_MAPPING,
        tp_iter: slots::unary(iter),
        tp_methods: (&raw mut protocol::METHODS).cast(),
        tp_new: slots::new(protocol::new),
        tp_vectorcall: Some(class_call::enter_slot::<class_call::Plain>),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TUPLE_SUBCLASS
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
    o.has_flag(Py_TPFLAGS_TUPLE_SUBCLASS)
}

/// A new tuple whose items are all NULL, tracked: the caller, who may be C, fills them before anybody else reads them.
pub fn blank(length: usize) -> Result<Own<PyTupleObject>> {
    let tuple = untracked(length)?;
    if length > 0 {
        gc::track(tuple.as_obj());
    }
    Ok(tuple)
}

fn untracked(length: usize) -> Result<Own<PyTupleObject>> {
    if length == 0 {
        return Ok(empty().to_own());
    }
    let o = instance::allocate(TUPLE, length)?;
    // SAFETY: a new instance with room for `length` items, which are NULL.
    unsafe {
        let fields = o.cast::<PyTupleObject>().as_ptr();
        (*fields).ob_base.ob_size = length as Py_ssize_t;
        (*fields).ob_hash = -1;
        Ok(Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr())))
    }
}

/// A new tuple of new references to these objects.
pub fn from_slice(items: &[Obj<'_>]) -> Result<Own<PyTupleObject>> {
    if items.is_empty() {
        return Ok(empty().to_own());
    }
    let (tuple, slots) = reserve(items.len())?;
    for (i, item) in items.iter().enumerate() {
        // SAFETY: there are as many slots.
        unsafe { slots.add(i).write(item.to_ref().into_ptr()) };
    }
    if !items.iter().all(|item| is_plain(*item)) {
        gc::track_new(tuple.as_obj());
    }
    Ok(tuple)
}

/// A new tuple of one object.
#[inline]
pub fn of_one(item: Ref) -> Result<Own<PyTupleObject>> {
    let (tuple, slot) = reserve(1)?;
    let is_plain = is_plain(item.borrow());
    // SAFETY: there is one slot.
    unsafe { slot.write(item.into_ptr()) };
    if !is_plain {
        gc::track_new(tuple.as_obj());
    }
    Ok(tuple)
}

/// A new tuple whose items are not there yet, not tracked, and where they are to be written.
#[inline(always)]
fn reserve(length: usize) -> Result<(Own<PyTupleObject>, *mut *mut PyObject)> {
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
        Ok((Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr())), (&raw mut (*fields).ob_item).cast()))
    }
}

/// Whether an item can't make its tuple part of a cycle.
#[inline(always)]
fn is_plain(item: Obj<'_>) -> bool {
    !gc::is_gc(item) || (item.is_exactly(TUPLE) && !gc::is_tracked(item))
}

/// A new tuple of the items of a list.
pub fn from_list(list: List<'_>) -> Result<Own<PyTupleObject>> {
    // Nothing that runs here can change the list, but a place in it may be empty.
    let length = (0..list::len(list)).take_while(|&i| list::peek(list, i).is_some()).count();
    let tuple = untracked(length)?;
    for (i, item) in list::items(list).take(length).enumerate() {
        // SAFETY: there are as many slots, all NULL.
        unsafe { places(tuple.borrow()).add(i).write(item.into_ptr()) };
    }
    if !is_atomic(tuple.borrow()) {
        gc::track(tuple.as_obj());
    }
    Ok(tuple)
}

/// Whether no item can be part of a cycle, so that the collector need not know the tuple.
pub fn is_atomic(tuple: Tuple<'_>) -> bool {
    (0..len(tuple)).all(|i| peek(tuple, i).is_none_or(is_plain))
}

/// Where the items lie.
pub(crate) fn places(tuple: Tuple<'_>) -> *mut *mut PyObject {
    // SAFETY: only the address of a field of a live tuple is taken.
    unsafe { (&raw mut (*tuple.fields()).ob_item).cast() }
}

/// The number of items.
#[inline]
pub fn len(tuple: Tuple<'_>) -> usize {
    // SAFETY: a tuple has this layout.
    unsafe { (*tuple.fields()).ob_base.ob_size as usize }
}

/// The items, borrowed.
pub fn items(tuple: Tuple<'_>) -> &[Obj<'_>] {
    // SAFETY: a filled tuple has `len` references that are not NULL, and `Obj` is a pointer that is not NULL.
    unsafe { core::slice::from_raw_parts(places(tuple).cast(), len(tuple)) }
}

/// An item, borrowed; `None` outside, and for one that was never filled.
pub fn peek(tuple: Tuple<'_>, index: usize) -> Option<Obj<'_>> {
    // SAFETY: the index is inside; a place holds NULL or a reference of the tuple's.
    (index < len(tuple)).then(|| unsafe { Obj::from_ptr(*places(tuple).add(index)) }).flatten()
}

/// An item, as a new reference; `None` outside, and for one that was never filled.
pub fn get(tuple: Tuple<'_>, index: usize) -> Option<Ref> {
    peek(tuple, index).map(Obj::to_ref)
}

/// An item, borrowed, which may not be there yet; IndexError outside.
pub fn item_borrowed(tuple: Tuple<'_>, index: isize) -> Result<Option<Obj<'_>>> {
    match usize::try_from(index) {
        Ok(index) if index < len(tuple) => Ok(peek(tuple, index)),
        _ => Err(protocol::out_of_range()),
    }
}

/// A tuple that nobody else has, made longer by empty places, or shorter.
pub fn resize(tuple: Own<PyTupleObject>, length: usize) -> Result<Own<PyTupleObject>> {
    let old = tuple.borrow();
    if len(old) == length {
        return Ok(tuple);
    }
    let new = blank(length)?;
    for i in 0..len(old).min(length) {
        // SAFETY: inside of both; the reference moves from the one to the other.
        unsafe { places(new.borrow()).add(i).write(places(old).add(i).replace(core::ptr::null_mut())) };
    }
    Ok(new)
}

/// Fills a place of a tuple that nobody else has seen, and drops what was there; IndexError outside.
pub fn set(tuple: Tuple<'_>, index: isize, item: Option<Ref>) -> Result<()> {
    let Some(index) = usize::try_from(index).ok().filter(|&index| index < len(tuple)) else {
        return Err(raise!(IndexError, "tuple assignment index out of range"));
    };
    let new = item.map_or(core::ptr::null_mut(), Ref::into_ptr);
    // SAFETY: the index is inside; the old reference was the tuple's, and is dropped once the new one is in its place.
    drop(unsafe { Ref::from_ptr(places(tuple).add(index).replace(new)) });
    Ok(())
}

/// The items in a range, which is cut to the tuple: the tuple itself when that is all.
pub fn slice(tuple: Tuple<'_>, range: core::ops::Range<usize>) -> Result<Own<PyTupleObject>> {
    let range = items::clamp(range, len(tuple));
    if range.len() == len(tuple) && tuple.is_exactly(TUPLE) {
        return Ok(tuple.to_own());
    }
    let part = blank(range.len())?;
    for (to, from) in range.enumerate() {
        let item = get(tuple, from).map_or(core::ptr::null_mut(), Ref::into_ptr);
        // SAFETY: `blank` made as many places, all NULL.
        unsafe { places(part.borrow()).add(to).write(item) };
    }
    Ok(part)
}

// SAFETY: a tuple owns its items, and nothing besides; a place is NULL while the tuple is being filled.
unsafe impl Owner for PyTupleObject {
    fn visit(tuple: Tuple<'_>, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        for i in 0..len(tuple) {
            // SAFETY: the index is inside.
            let answer = visit(unsafe { places(tuple).add(i).read() });
            if answer != 0 {
                return answer;
            }
        }
        0
    }

    fn empty(tuple: Tuple<'_>) {
        for i in (0..len(tuple)).rev() {
            // SAFETY: the index is inside, and the tuple owned what was in the place.
            drop(unsafe { Ref::from_ptr(places(tuple).add(i).replace(core::ptr::null_mut())) });
        }
    }
}

/// The steps of iterators over tuples.
enum Items {}

static_type! {
    /// Iterators over tuples.
    pub PyTupleIter_Type as TUPLE_ITERATOR = iterator::type_of::<Items>(c"tuple_iterator")
}

impl Steps for Items {
    type Container = PyTupleObject;

    fn step(at: &iterator::Iterator, tuple: Tuple<'_>) -> Result<Option<(Ref, usize)>> {
        Ok(get(tuple, at.position.get()).map(|item| (item, at.position.get() + 1)))
    }
}

fn iter(tuple: Tuple<'_>) -> Result<Ref> {
    iterator::new::<Items>(TUPLE_ITERATOR, tuple, 0)
}
