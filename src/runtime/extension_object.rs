//! The memory of objects that an extension makes by itself, before it has written their fields (CPython:
//! `PyObject_New`, `PyObject_GC_New`, `PyObject_Init` and the functions beside them).

use super::instance::{head_size, initialize, size_with};
use super::reference::{Obj, Type};
use super::{Result, gc, memory, refusal};
use crate::abi::*;
use core::ffi::c_void;
use core::ptr::NonNull;

/// Memory for an object of `size` bytes after a head of `head` bytes, which is zero. Of the object only its own head is
/// written.
fn new(class: Type<'_>, head: usize, size: usize) -> Result<NonNull<PyObject>> {
    let size = size.max(size_of::<PyObject>());
    let block = size.checked_add(head).and_then(memory::allocate).ok_or_else(memory::out_of_memory)?;
    // SAFETY: the block has room for the head, and for at least an object head after it.
    unsafe {
        block.cast::<u8>().write_bytes(0, head);
        let o = block.byte_add(head).cast::<PyObject>();
        initialize(o, class);
        Ok(o)
    }
}

/// [`new`] for a number of items, which is written too.
fn new_with(class: Type<'_>, head: usize, items: Py_ssize_t, function: &'static str) -> Result<NonNull<PyObject>> {
    let size = size_for(class, items, function)?.max(size_of::<PyVarObject>());
    let o = new(class, head, size)?;
    // SAFETY: the new object has room for the number of its items.
    unsafe { (*o.cast::<PyVarObject>().as_ptr()).ob_size = items };
    Ok(o)
}

/// The size of an instance. SystemError for a negative number of items, MemoryError for one that is too large.
fn size_for(class: Type<'_>, items: Py_ssize_t, function: &'static str) -> Result<usize> {
    let items = usize::try_from(items).map_err(|_| refusal::bad_argument(function))?;
    size_with(class, items).ok_or_else(memory::out_of_memory)
}

/// An object whose memory `PyObject_Free` frees (CPython: `_PyObject_New`). It has no collector's head.
pub fn plain(class: Type<'_>) -> Result<NonNull<PyObject>> {
    new(class, 0, class.fields().tp_basicsize as usize)
}

/// [`plain`], with items (CPython: `_PyObject_NewVar`).
pub fn plain_with_items(class: Type<'_>, items: Py_ssize_t) -> Result<NonNull<PyObject>> {
    new_with(class, 0, items, "_PyObject_NewVar")
}

/// An object after the head that its class asks for, which `PyObject_GC_Del` frees (CPython: `_PyObject_GC_New`). The
/// collector does not track it.
pub fn collected(class: Type<'_>) -> Result<NonNull<PyObject>> {
    new(class, head_size(class), class.fields().tp_basicsize as usize)
}

/// [`collected`], with items (CPython: `_PyObject_GC_NewVar`).
pub fn collected_with_items(class: Type<'_>, items: Py_ssize_t) -> Result<NonNull<PyObject>> {
    new_with(class, head_size(class), items, "_PyObject_GC_NewVar")
}

/// [`collected`], with more bytes at its end. All bytes after the object head are zero (CPython:
/// `PyUnstable_Object_GC_NewWithExtraData`).
pub fn collected_with_bytes(class: Type<'_>, extra: usize) -> Result<NonNull<PyObject>> {
    let size = (class.fields().tp_basicsize as usize).checked_add(extra).ok_or_else(memory::out_of_memory)?;
    let o = new(class, head_size(class), size)?;
    // SAFETY: the new object has `size` bytes, of which the head is written.
    unsafe { o.add(1).cast::<u8>().write_bytes(0, size.saturating_sub(size_of::<PyObject>())) };
    Ok(o)
}

/// Writes the head of an object whose memory C has: one reference and the class (CPython: `PyObject_Init`).
///
/// # Safety
/// `o` has room for an object head.
pub unsafe fn begin(o: NonNull<PyObject>, class: Type<'_>) {
    // SAFETY: there is room for the head, as promised.
    unsafe { initialize(o, class) };
}

/// [`begin`], with a number of items (CPython: `PyObject_InitVar`).
///
/// # Safety
/// `o` has room for the head of an object with items.
pub unsafe fn begin_with_items(o: NonNull<PyObject>, class: Type<'_>, items: Py_ssize_t) {
    // SAFETY: there is room for the head, as promised.
    unsafe {
        initialize(o, class);
        (*o.cast::<PyVarObject>().as_ptr()).ob_size = items;
    }
}

/// Moves an object to memory for another number of items, and returns its new address. Without memory it stays where it
/// is (CPython: `_PyObject_GC_Resize`). A tracked object is still tracked afterwards.
///
/// # Safety
/// `o` has the head that its class asks for, and one reference, which the caller gives up for the result.
pub unsafe fn resize(o: NonNull<PyObject>, items: Py_ssize_t) -> Result<NonNull<PyObject>> {
    // SAFETY: the object is whole, and lives until its memory is moved. Its class has another owner.
    let (class, was_tracked) = unsafe {
        let o = Obj::from_ptr_unchecked(o.as_ptr());
        (Type::from_ptr_unchecked(o.class().as_ptr()), gc::is_tracked(o))
    };
    let head = head_size(class);
    let size = size_for(class, items, "_PyObject_GC_Resize")?.checked_add(head).ok_or_else(memory::out_of_memory)?;
    // SAFETY: the object's block begins with its head, and came from this file. An object that may move is in no ring.
    unsafe {
        gc::untrack(Obj::from_ptr_unchecked(o.as_ptr()));
        let block = memory::reallocate(o.byte_sub(head).as_ptr().cast::<c_void>(), size);
        let moved = block.map(|block| block.byte_add(head).cast::<PyObject>());
        if let Some(moved) = moved {
            (*moved.cast::<PyVarObject>().as_ptr()).ob_size = items;
        }
        if was_tracked {
            gc::track(Obj::from_ptr_unchecked(moved.unwrap_or(o).as_ptr()));
        }
        moved.ok_or_else(memory::out_of_memory)
    }
}

/// Adds a reference unless there is none left (CPython: `PyUnstable_TryIncRef`). Returns whether there was one.
///
/// # Safety
/// `o` is an object that is alive, or is being destroyed.
pub unsafe fn try_incref(o: NonNull<PyObject>) -> bool {
    // SAFETY: the head of an object can be read until its memory is freed.
    unsafe {
        let o = Obj::from_ptr_unchecked(o.as_ptr());
        let is_alive = o.refcnt() > 0;
        if is_alive {
            o.to_ref().into_ptr();
        }
        is_alive
    }
}
