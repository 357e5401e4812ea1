//! Iterators: the protocol (`tp_iter`, `tp_iternext`), and those of the built-in containers.

use super::{bytes, class, dict, exceptions, int, list, sequence, str, tuple};
use crate::abi::*;
use crate::runtime::{Obj, Ref, Result, Type, error, gc, instance, raise};
use core::cell::Cell;
use core::ffi::{c_int, c_void};
use core::ptr::NonNull;

/// An iterator over a container, by position. In cells, because what a step runs may come back to the iterator.
#[repr(C)]
struct Iterator {
    ob_base: PyObject,
    /// Where the next item is looked for.
    position: Cell<usize>,
    /// What is iterated over; NULL once it is exhausted.
    container: Cell<*mut PyObject>,
    /// How many items a dict had at the start; [`CHANGED`] once it had another number.
    length: Cell<usize>,
}

const CHANGED: usize = usize::MAX;

/// The next item of a container at or after a position, and the position after it.
type Step = fn(&Iterator, Obj<'_>) -> Result<Option<(Ref, usize)>>;

/// Advances an iterator. Once it has come to the end, it lets go of the container and stays there.
fn advance(iterator: Obj<'_>, step: Step) -> Result<Option<Ref>> {
    // SAFETY: the iterator's layout; the container is NULL or a reference the iterator owns.
    let (fields, container) = unsafe {
        let fields = &*iterator.cast::<Iterator>();
        (fields, Obj::from_ptr(fields.container.get()).map(Obj::to_ref))
    };
    let Some(container) = container else { return Ok(None) };
    match step(fields, container.borrow())? {
        Some((item, position)) => {
            fields.position.set(position);
            Ok(Some(item))
        }
        None => {
            // SAFETY: as above; nothing refers to the container through the iterator any more.
            drop(unsafe { Ref::from_ptr(fields.container.replace(core::ptr::null_mut())) });
            Ok(None)
        }
    }
}

/// A new iterator over a container.
fn new(class: Type<'_>, container: Obj<'_>) -> Result<Ref> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new instance of this layout.
    unsafe {
        let fields = o.cast::<Iterator>().as_ref();
        fields.container.set(container.to_ref().into_ptr());
        if dict::check(container) {
            fields.length.set(dict::len(container));
        }
        let iterator = Ref::from_ptr_unchecked(o.as_ptr());
        gc::track(iterator.borrow());
        Ok(iterator)
    }
}

macro_rules! iterator_type {
    ($(#[$doc:meta])* $exported:ident $symbol:ident as $handle:ident = $name:literal, $slots:ident: $step:path) => {
        static_type! {
            $(#[$doc])*
            $exported $symbol as $handle {
                tp_name: $name.as_ptr(),
                tp_basicsize: size_of::<Iterator>() as Py_ssize_t,
                tp_dealloc: Some(dealloc_slot),
                tp_traverse: Some(traverse_slot),
                tp_iter: Some(itself_slot),
                tp_iternext: Some($slots::next_slot),
                tp_flags: class::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
            }
        }
        /// The slots of this type.
        mod $slots {
            use super::*;
            fn next(iterator: Obj<'_>) -> Result<Option<Ref>> {
                advance(iterator, $step)
            }
            slot!(pub(super) next_slot(iterator) -> *mut PyObject = next);
        }
    };
}
iterator_type! {
    /// Iterators over what has only `sq_item`.
    pub PySeqIter_Type as SEQUENCE_ITERATOR = c"iterator", over_sequence: sequence_step
}
iterator_type! {
    /// Iterators over lists.
    pub PyListIter_Type as LIST_ITERATOR = c"list_iterator", over_list: list_step
}
iterator_type! {
    /// Iterators over tuples.
    pub PyTupleIter_Type as TUPLE_ITERATOR = c"tuple_iterator", over_tuple: tuple_step
}
iterator_type! {
    /// Iterators over the keys of dicts.
    pub PyDictIterKey_Type as DICT_KEY_ITERATOR = c"dict_keyiterator", over_keys: key_step
}
iterator_type! {
    /// Iterators over the values of dicts.
    pub PyDictIterValue_Type as DICT_VALUE_ITERATOR = c"dict_valueiterator", over_values: value_step
}
iterator_type! {
    /// Iterators over the items of dicts.
    pub PyDictIterItem_Type as DICT_ITEM_ITERATOR = c"dict_itemiterator", over_items: item_step
}

iterator_type! {
    /// Iterators over the characters of strings in ASCII.
    static ASCII_ITERATOR_TYPE as ASCII_ITERATOR = c"str_ascii_iterator", over_ascii: str_step
}
iterator_type! {
    /// Iterators over the characters of other strings.
    pub PyUnicodeIter_Type as STR_ITERATOR = c"str_iterator", over_str: str_step
}
iterator_type! {
    /// Iterators over the bytes of `bytes`.
    pub PyBytesIter_Type as BYTES_ITERATOR = c"bytes_iterator", over_bytes: bytes_step
}

fn of_list(list: Obj<'_>) -> Result<Ref> {
    new(LIST_ITERATOR, list)
}
slot!(pub(super) list_iter_slot(list) -> *mut PyObject = of_list);

fn of_tuple(tuple: Obj<'_>) -> Result<Ref> {
    new(TUPLE_ITERATOR, tuple)
}
slot!(pub(super) tuple_iter_slot(tuple) -> *mut PyObject = of_tuple);

/// A new iterator over the keys of a dict.
pub(super) fn of_dict(dict: Obj<'_>) -> Result<Ref> {
    new(DICT_KEY_ITERATOR, dict)
}
slot!(pub(super) dict_iter_slot(dict) -> *mut PyObject = of_dict);

/// A new iterator over the values of a dict.
pub(super) fn of_dict_values(dict: Obj<'_>) -> Result<Ref> {
    new(DICT_VALUE_ITERATOR, dict)
}

/// A new iterator over the items of a dict.
pub(super) fn of_dict_items(dict: Obj<'_>) -> Result<Ref> {
    new(DICT_ITEM_ITERATOR, dict)
}

fn of_str(s: Obj<'_>) -> Result<Ref> {
    let ascii = matches!(str::points(s), str::Points::Ascii(_));
    new(if ascii { ASCII_ITERATOR } else { STR_ITERATOR }, s)
}
slot!(pub(super) str_iter_slot(s) -> *mut PyObject = of_str);

fn of_bytes(bytes: Obj<'_>) -> Result<Ref> {
    new(BYTES_ITERATOR, bytes)
}
slot!(pub(super) bytes_iter_slot(bytes) -> *mut PyObject = of_bytes);

fn sequence_step(at: &Iterator, container: Obj<'_>) -> Result<Option<(Ref, usize)>> {
    let Ok(index) = isize::try_from(at.position.get()) else {
        return Err(raise!(OverflowError, "iter index too large"));
    };
    match sequence::item(container, index) {
        Ok(item) => Ok(Some((item, at.position.get() + 1))),
        Err(_) if exceptions::pending_is(Exc::IndexError) || exceptions::pending_is(Exc::StopIteration) => {
            error::clear();
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

fn list_step(at: &Iterator, list: Obj<'_>) -> Result<Option<(Ref, usize)>> {
    Ok(list::get(list, at.position.get()).map(|item| (item, at.position.get() + 1)))
}

fn tuple_step(at: &Iterator, tuple: Obj<'_>) -> Result<Option<(Ref, usize)>> {
    Ok(tuple::get(tuple, at.position.get()).map(|item| (item, at.position.get() + 1)))
}

fn str_step(at: &Iterator, s: Obj<'_>) -> Result<Option<(Ref, usize)>> {
    let Some(point) = str::points(s).get(at.position.get()) else { return Ok(None) };
    Ok(Some((str::from_code_points(core::iter::once(point))?, at.position.get() + 1)))
}

fn bytes_step(at: &Iterator, bytes: Obj<'_>) -> Result<Option<(Ref, usize)>> {
    let Some(&byte) = bytes::as_slice(bytes).get(at.position.get()) else { return Ok(None) };
    Ok(Some((int::from_i64(byte.into())?, at.position.get() + 1)))
}

/// The item of a dict that is next: key, value, and the position after it.
fn dict_step(at: &Iterator, dict: Obj<'_>) -> Result<Option<(Ref, Ref, usize)>> {
    if dict::len(dict) != at.length.get() {
        at.length.set(CHANGED);
        return Err(raise!(RuntimeError, "dictionary changed size during iteration"));
    }
    Ok(dict::next(dict, at.position.get()).map(|(key, value, after)| (key.to_ref(), value.to_ref(), after)))
}

fn key_step(at: &Iterator, dict: Obj<'_>) -> Result<Option<(Ref, usize)>> {
    Ok(dict_step(at, dict)?.map(|(key, _, after)| (key, after)))
}

fn value_step(at: &Iterator, dict: Obj<'_>) -> Result<Option<(Ref, usize)>> {
    Ok(dict_step(at, dict)?.map(|(_, value, after)| (value, after)))
}

fn item_step(at: &Iterator, dict: Obj<'_>) -> Result<Option<(Ref, usize)>> {
    let Some((key, value, after)) = dict_step(at, dict)? else { return Ok(None) };
    Ok(Some((tuple::from_slice(&[key.borrow(), value.borrow()])?, after)))
}

/// `tp_iter` of every iterator: itself (CPython: `PyObject_SelfIter`).
pub fn itself(iterator: Obj<'_>) -> Result<Ref> {
    Ok(iterator.to_ref())
}
slot!(itself_slot(iterator) -> *mut PyObject = itself);

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract: an iterator nobody refers to any more.
    unsafe {
        gc::untrack(Obj::from_ptr_unchecked(o));
        drop(Ref::from_ptr((*o.cast::<Iterator>()).container.get()));
        instance::free(NonNull::new_unchecked(o));
    }
}

unsafe extern "C" fn traverse_slot(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    // SAFETY: the slot's contract: a live iterator.
    unsafe {
        visit!(visit, argument, (*o.cast::<Iterator>()).container.get());
    }
    0
}

/// An iterator over an object; TypeError when it is not iterable (CPython: `PyObject_GetIter`).
pub fn of(o: Obj<'_>) -> Result<Ref> {
    let Some(slot) = o.class().fields().tp_iter else {
        return match sequence::check(o) {
            true => new(SEQUENCE_ITERATOR, o),
            false => Err(raise!(TypeError, "'{}' object is not iterable", o.class().name())),
        };
    };
    // SAFETY: a slot of the object's own type.
    let iterator = unsafe { Ref::from_ptr(slot(o.as_ptr())) }.ok_or_else(|| error::fetched_from_c("__iter__"))?;
    if check(iterator.borrow()) {
        return Ok(iterator);
    }
    let (class, made) = (o.class(), iterator.borrow().class());
    Err(raise!(TypeError, "{}.__iter__() must return an iterator, not {}", class.name(), made.name()))
}

/// Whether the object is an iterator.
pub fn check(o: Obj<'_>) -> bool {
    o.class().fields().tp_iternext.is_some()
}

/// The next item of an iterator; `None` at the end. TypeError for what is no iterator.
pub fn next(iterator: Obj<'_>) -> Result<Option<Ref>> {
    let Some(slot) = iterator.class().fields().tp_iternext else {
        let class = iterator.class();
        // In CPython a class that is made at run time has a slot here, which refuses.
        return Err(match class.has_flag(Py_TPFLAGS_HEAPTYPE) {
            true => raise!(TypeError, "'{}' object is not iterable", class.name()),
            false => raise!(TypeError, "expected an iterator, got '{}'", class.name()),
        });
    };
    // SAFETY: a slot of the iterator's own type. At the end it may, but need not, raise StopIteration.
    match unsafe { Ref::from_ptr(slot(iterator.as_ptr())) } {
        Some(item) => Ok(Some(item)),
        None if !error::occurred() => Ok(None),
        None if exceptions::pending_is(Exc::StopIteration) => {
            error::clear();
            Ok(None)
        }
        None => Err(error::fetched_from_c("__next__")),
    }
}

/// Hands the items of an iterable to a function, until it fails.
pub fn each(iterable: Obj<'_>, mut work: impl FnMut(Ref) -> Result<()>) -> Result<()> {
    let iterator = of(iterable)?;
    while let Some(item) = next(iterator.borrow())? {
        work(item)?;
    }
    Ok(())
}
