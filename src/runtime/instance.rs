//! The memory of one object: its head, its items, and the collector's head before it where the type asks for one.

use super::reference::{Type, incref};
use super::{Result, memory};
use crate::abi::*;
use core::ptr::NonNull;

/// Allocates an instance with room for `items` items, all zeroed, count 1, not tracked by the collector.
///
/// The memory is `tp_basicsize + items * tp_itemsize` bytes, rounded up to whole words; a heap type gains a reference.
pub fn allocate(class: Type<'_>, items: usize) -> Result<NonNull<PyObject>> {
    let fields = class.fields();
    let size = (fields.tp_itemsize as usize)
        .checked_mul(items)
        .and_then(|bytes| bytes.checked_add(fields.tp_basicsize as usize))
        .and_then(|bytes| bytes.checked_next_multiple_of(size_of::<usize>()));
    let Some(size) = size else { return Err(memory::out_of_memory()) };
    allocate_sized(class, size)
}

/// Allocates `size` zeroed bytes as an instance, whatever the type says of sizes.
pub fn allocate_sized(class: Type<'_>, size: usize) -> Result<NonNull<PyObject>> {
    let head = gc_head_size(class);
    let total = size.checked_add(head).ok_or_else(memory::out_of_memory)?;
    let block = memory::allocate_zeroed(1, total).ok_or_else(memory::out_of_memory)?;
    // SAFETY: the block has room for the collector's head and `size` bytes, which hold at least an object head.
    unsafe {
        let o = block.byte_add(head).cast::<PyObject>();
        initialize(o, class);
        Ok(o)
    }
}

/// Room for an object of a built-in class whose instances have `size` bytes, behind a collector's head if `COLLECTED`. That
/// head is written, and nothing else: the caller writes the rest whole.
#[inline(always)]
pub fn reserve<const COLLECTED: bool>(size: usize) -> Result<NonNull<PyObject>> {
    let head = if COLLECTED { size_of::<PyGC_Head>() } else { 0 };
    let total = size.checked_add(head).ok_or_else(memory::out_of_memory)?;
    let block = memory::allocate_often(total).ok_or_else(memory::out_of_memory)?;
    // SAFETY: the block has room for the head, where there is one, and `size` bytes after it.
    unsafe {
        if COLLECTED {
            block.cast::<PyGC_Head>().write(PyGC_Head { next: core::ptr::null_mut(), prev: core::ptr::null_mut() });
        }
        Ok(block.byte_add(head).cast())
    }
}

/// Writes the head of a new object: count 1 and its type, which gains a reference if it is a heap type.
///
/// # Safety
/// `o` has room for an object head.
#[inline]
pub unsafe fn initialize(o: NonNull<PyObject>, class: Type<'_>) {
    // SAFETY: the caller's promise; the type is live.
    unsafe {
        o.write(PyObject { ob_refcnt: 1, ob_type: class.as_ptr() });
        if class.has_flag(Py_TPFLAGS_HEAPTYPE) {
            incref(NonNull::new_unchecked(class.as_obj().as_ptr()));
        }
    }
}

/// Frees an instance's memory, and gives back the reference it held to a heap type.
///
/// # Safety
/// `o` came from this module, is not tracked, and nothing refers to it.
#[inline]
pub unsafe fn free(o: NonNull<PyObject>) {
    // SAFETY: the caller's promise.
    unsafe { free_often(o) }
}

/// The same, for what is freed often: in the caller, without a call.
///
/// # Safety
/// As for [`free`].
#[inline(always)]
pub unsafe fn free_often(o: NonNull<PyObject>) {
    // SAFETY: the type is alive until the object's reference to it is given back.
    unsafe {
        if Type::from_ptr_unchecked((*o.as_ptr()).ob_type).has_flag(Py_TPFLAGS_HEAPTYPE) {
            free_of_heap_type(o);
        } else {
            free_memory(o);
        }
    }
}

/// # Safety
/// As for [`free`].
#[cold]
unsafe fn free_of_heap_type(o: NonNull<PyObject>) {
    // SAFETY: the type is alive until the object's reference to it is given back, last.
    unsafe {
        let class = NonNull::new_unchecked((*o.as_ptr()).ob_type.cast());
        free_memory(o);
        super::reference::decref(class);
    }
}

/// Frees an instance's memory alone.
///
/// # Safety
/// As for [`free`]; the reference to a heap type is the caller's now.
#[inline]
pub unsafe fn free_memory(o: NonNull<PyObject>) {
    // SAFETY: the object is whole; its block begins with the collector's head, if its type asks for one.
    unsafe {
        let class = Type::from_ptr_unchecked((*o.as_ptr()).ob_type);
        memory::free(o.byte_sub(gc_head_size(class)).as_ptr().cast());
    }
}

/// Bytes before the object: the collector's head, for types that take part in collection.
#[inline]
fn gc_head_size(class: Type<'_>) -> usize {
    if class.has_flag(Py_TPFLAGS_HAVE_GC) { size_of::<PyGC_Head>() } else { 0 }
}
