//! The memory of one object: its head, its items, and the collector's head before it if the type requires one.

use super::reference::{Obj, Type, incref};
use super::{IntoC, Ref, Result, error, gc, known, memory};
use crate::abi::*;
use core::ptr::NonNull;

/// Allocates an instance with room for `items` items. All bytes are zero, the count is 1, and the collector does not
/// track it.
///
/// The memory is `tp_basicsize + items * tp_itemsize` bytes, rounded up to whole words; a heap type gains a reference.
/// A class that is not built in has its memory from its own `tp_alloc`.
pub fn allocate(class: Type<'_>, items: usize) -> Result<NonNull<PyObject>> {
    if !class.has_flag(_Py_TPFLAGS_STATIC_BUILTIN)
        && let Some(tp_alloc) = class.fields().tp_alloc
        && !known::OBJECT.fields().tp_alloc.is_some_and(|common| core::ptr::fn_addr_eq(tp_alloc, common))
    {
        return allocate_by_slot(class, tp_alloc, items);
    }
    allocate_here(class, items)
}

/// The signature of `tp_alloc`.
type Allocate = unsafe extern "C" fn(*mut PyTypeObject, Py_ssize_t) -> *mut PyObject;

/// Allocates an instance by a `tp_alloc` of C's.
#[cold]
fn allocate_by_slot(class: Type<'_>, tp_alloc: Allocate, items: usize) -> Result<NonNull<PyObject>> {
    let items = Py_ssize_t::try_from(items).map_err(|_| memory::out_of_memory())?;
    // SAFETY: the slot belongs to the class, and returns NULL or a new object of the class, whose fields after the head
    // are zero.
    unsafe {
        let o = NonNull::new(tp_alloc(class.as_ptr(), items)).ok_or_else(|| error::fetched_from_c("tp_alloc"))?;
        // The collector must not traverse the object before the caller has written its fields.
        gc::untrack(Obj::from_ptr_unchecked(o.as_ptr()));
        Ok(o)
    }
}

/// An instance all of whose fields are zero, tracked if its type takes part in collection, with room for one item more
/// (CPython: `PyType_GenericAlloc`, which is the `tp_alloc` of most types).
pub fn allocate_tracked(class: Type<'_>, items: Py_ssize_t) -> Result<Ref> {
    let o = allocate_untracked(class, items)?;
    gc::track(o.borrow());
    Ok(o)
}

/// `tp_alloc` of `dict`, whose `tp_new` tells the collector of the instance: [`allocate_tracked`] without that step.
///
/// # Safety
/// `class` is a type.
pub unsafe extern "C" fn alloc_untracked_slot(class: *mut PyTypeObject, items: Py_ssize_t) -> *mut PyObject {
    // SAFETY: C calls the slot with a type, which is whole.
    allocate_untracked(unsafe { Type::from_ptr_unchecked(class) }, items).into_c()
}

fn allocate_untracked(class: Type<'_>, items: Py_ssize_t) -> Result<Ref> {
    let count = usize::try_from(items).unwrap_or(0);
    let o = allocate_here(class, count.saturating_add(1))?;
    // SAFETY: the object is new, and this is the only reference to it. The instances of a class with items count them
    // in the head.
    unsafe {
        if class.fields().tp_itemsize != 0 {
            (*o.cast::<PyVarObject>().as_ptr()).ob_size = items;
        }
        Ok(Ref::from_ptr_unchecked(o.as_ptr()))
    }
}

/// A new instance by the `tp_alloc` of its class, which may be C's own (CPython: `PyType_GenericNew`).
pub fn by_slot(class: Type<'_>) -> Result<Ref> {
    let Some(tp_alloc) = class.fields().tp_alloc else { return allocate_tracked(class, 0) };
    // SAFETY: the slot belongs to the class, and returns NULL or a new object of the class.
    unsafe { Ref::from_ptr(tp_alloc(class.as_ptr(), 0)) }.ok_or_else(|| error::fetched_from_c("tp_alloc"))
}

/// Works as [`allocate`], but never calls `tp_alloc`.
#[inline(always)]
pub fn allocate_here(class: Type<'_>, items: usize) -> Result<NonNull<PyObject>> {
    let Some(size) = size_with(class, items) else { return Err(memory::out_of_memory()) };
    // SAFETY: instances of every type begin with an object head, which `tp_basicsize` counts.
    unsafe { allocate_sized(class, size) }
}

/// Allocates `size` zeroed bytes as an instance. The sizes in the type are not used.
///
/// # Safety
/// `size` is at least that of an object head.
pub unsafe fn allocate_sized(class: Type<'_>, size: usize) -> Result<NonNull<PyObject>> {
    let head = head_size(class);
    let total = size.checked_add(head).ok_or_else(memory::out_of_memory)?;
    let block = memory::allocate_zeroed(1, total).ok_or_else(memory::out_of_memory)?;
    // SAFETY: the block has room for the collector's head and `size` bytes, which hold an object head by the condition
    // of this function.
    unsafe {
        let o = block.byte_add(head).cast::<PyObject>();
        initialize(o, class);
        Ok(o)
    }
}

/// Memory for an object of `size` bytes of a built-in class, after a collector's head if `COLLECTED`. Only the
/// collector's head is written. The caller writes the whole object, so the memory need not be zeroed first.
#[inline(always)]
pub fn reserve<const COLLECTED: bool>(size: usize) -> Result<NonNull<PyObject>> {
    let head = if COLLECTED { size_of::<PyGC_Head>() } else { 0 };
    let total = size.checked_add(head).ok_or_else(memory::out_of_memory)?;
    let block = memory::allocate_often(total).ok_or_else(memory::out_of_memory)?;
    // SAFETY: the block has room for the head, if there is one, and `size` bytes after it.
    unsafe {
        if COLLECTED {
            block.cast::<PyGC_Head>().write(PyGC_Head { next: core::ptr::null_mut(), prev: core::ptr::null_mut() });
        }
        Ok(block.byte_add(head).cast())
    }
}

/// A new object of a built-in class of one size, which is written completely, so that its memory need not be zeroed
/// first. The collector does not track it. `fields` is called only if there is memory.
///
/// # Safety
/// The fields begin with an object head whose count is 1, and `COLLECTED` says whether its class takes part in
/// collection.
#[inline(always)]
pub unsafe fn write_new<L, const COLLECTED: bool>(fields: impl FnOnce() -> L) -> Result<Ref> {
    let o = reserve::<COLLECTED>(size_of::<L>())?;
    // SAFETY: `reserve` returns room for the fields. The count of 1 in their head becomes this reference.
    unsafe {
        o.cast::<L>().write(fields());
        Ok(Ref::from_ptr_unchecked(o.as_ptr()))
    }
}

/// Writes the head of a new object: count 1 and its type, which gains a reference if it is a heap type.
///
/// # Safety
/// `o` has room for an object head.
#[inline]
pub unsafe fn initialize(o: NonNull<PyObject>, class: Type<'_>) {
    // SAFETY: `o` has room for the head. A heap type is a live object, and gains a reference.
    unsafe {
        o.write(PyObject { ob_refcnt: 1, ob_type: class.as_ptr() });
        if class.has_flag(Py_TPFLAGS_HEAPTYPE) {
            incref(NonNull::new_unchecked(class.as_obj().as_ptr()));
        }
    }
}

/// Frees an instance of one of the library's own types that take no part in collection.
///
/// # Safety
/// `o` came from this module, and no reference to it is left.
#[inline(always)]
pub unsafe fn free_uncollected(o: NonNull<PyObject>) {
    // SAFETY: without a collector's head the block begins with the object, and its type is not a heap type.
    unsafe { memory::free(o.as_ptr().cast()) }
}

/// Frees only an instance's memory.
///
/// # Safety
/// `o` came from this module, is not tracked, and no reference to it is left. The caller now owns its reference to a
/// heap type.
#[inline]
pub unsafe fn free_memory(o: NonNull<PyObject>) {
    // SAFETY: the object is whole; its block begins with the collector's head, if its type requires one.
    unsafe {
        let class = Type::from_ptr_unchecked((*o.as_ptr()).ob_type);
        memory::free(o.byte_sub(head_size(class)).as_ptr().cast());
    }
}

/// Frees an instance's memory by its type's `tp_free`: the last step of `tp_dealloc`. The reference to a class made at
/// run time is dropped by the `tp_dealloc` of that class.
///
/// # Safety
/// `o` is an instance to which no reference is left, and whose fields own nothing any more.
#[inline(always)]
pub unsafe fn free_by_type(o: NonNull<PyObject>) {
    // SAFETY: no reference to the object is left, and its fields own nothing. The `tp_free` of a built-in type does the
    // same as `memory::free`, and only the collector's head can be before its instances.
    unsafe {
        let class = Type::from_ptr_unchecked((*o.as_ptr()).ob_type);
        if class.has_flag(_Py_TPFLAGS_STATIC_BUILTIN) {
            let head = if class.has_flag(Py_TPFLAGS_HAVE_GC) { size_of::<PyGC_Head>() } else { 0 };
            memory::free(o.byte_sub(head).as_ptr().cast());
        } else {
            free_by_slot(o);
        }
    }
}

/// Frees an instance of a class that is not built in.
///
/// # Safety
/// `o` is an instance to which nothing refers, and whose fields own nothing any more.
#[cold]
unsafe fn free_by_slot(o: NonNull<PyObject>) {
    // SAFETY: the type outlives the instance by the reference that the instance has, if it is a heap type.
    unsafe {
        let class = Type::from_ptr_unchecked((*o.as_ptr()).ob_type);
        match class.fields().tp_free {
            Some(tp_free) => tp_free(o.as_ptr().cast()),
            None => free_memory(o),
        }
    }
}

/// Frees an instance's memory, and makes the collector forget it (CPython: `PyObject_GC_Del`). Its reference to a heap
/// type is the caller's.
///
/// # Safety
/// `o` is an instance to which nothing refers.
pub unsafe fn free_collected(o: NonNull<PyObject>) {
    // SAFETY: the object's head is whole until its memory is freed.
    unsafe {
        gc::untrack_at_end(Obj::from_ptr_unchecked(o.as_ptr()));
        free_memory(o);
    }
}

/// The bytes before the object: the collector's head, for types that take part in collection, and before that the
/// pointers to the weak references and the dict of a type with one of these flags (CPython: `_PyType_PreHeaderSize`).
#[inline]
pub(super) fn head_size(class: Type<'_>) -> usize {
    match class.flags() & (Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_PREHEADER) {
        0 => 0,
        Py_TPFLAGS_HAVE_GC => size_of::<PyGC_Head>(),
        managed => managed_head_size(managed),
    }
}

#[cold]
fn managed_head_size(flags: core::ffi::c_ulong) -> usize {
    let collected = if flags & Py_TPFLAGS_HAVE_GC != 0 { size_of::<PyGC_Head>() } else { 0 };
    collected + size_of::<[*mut PyObject; 2]>()
}

/// The size of an instance with a number of items, in whole words; `None` when it overflows.
#[inline(always)]
pub(super) fn size_with(class: Type<'_>, items: usize) -> Option<usize> {
    let fields = class.fields();
    (fields.tp_itemsize as usize)
        .checked_mul(items)
        .and_then(|bytes| bytes.checked_add(fields.tp_basicsize as usize))
        .and_then(|bytes| bytes.checked_next_multiple_of(size_of::<usize>()))
}
