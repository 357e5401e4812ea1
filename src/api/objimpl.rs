//! `Include/objimpl.h`: the memory of objects, and the garbage collector.

use super::pymem::resized;
use crate::abi::{Py_ssize_t, PyObject, PyVarObject, gcvisitobjects_t};
use crate::interpreter::garbage;
use crate::runtime::refusal::null_argument;
use crate::runtime::{
    ArenaArg, Arg, GivenBlock, IntoC, OutArena, Result, Type, TypeArg, Untyped, extension_object, fatal, gc, instance,
    memory,
};
use core::ffi::{c_int, c_void};
use core::ptr::{NonNull, null_mut};

/// `size` bytes, or one for a size of 0; NULL, without an error, when there is no memory or `size` is above
/// `PY_SSIZE_T_MAX`. The caller frees them with `PyObject_Free`.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Malloc(size: usize) -> *mut c_void {
    memory::allocate(size).into_c()
}

/// `count` times `size` zeroed bytes; NULL, without an error, when there is no memory or the product is above
/// `PY_SSIZE_T_MAX`. The caller frees them with `PyObject_Free`.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Calloc(count: usize, size: usize) -> *mut c_void {
    memory::allocate_zeroed(count, size).into_c()
}

/// Changes a block's size, and returns its new address; NULL, without an error and with the block unchanged, when there
/// is no memory. A NULL block makes it `PyObject_Malloc`.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Realloc(old: GivenBlock, size: usize) -> *mut c_void {
    resized(old, size)
}

/// Frees a block. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_Free(old: GivenBlock) {
    drop(old);
}

/// The class of a new object. NULL is a SystemError that names the function.
fn class_of<'a>(class: TypeArg<'a>, function: &'static str) -> Result<Type<'a>> {
    class.ok_or_else(|| null_argument(function))
}

/// A new object for C, or NULL.
fn made<T>(o: Result<NonNull<PyObject>>) -> *mut T {
    o.map_or(null_mut(), |o| o.as_ptr().cast())
}

/// A new object of a type whose instances take no part in collection: a new reference, or NULL with MemoryError, SystemError for
/// NULL. Only its head is written: one reference and the type, which gains one if it is a heap type. `PyObject_Free` frees the
/// memory.
#[unsafe(no_mangle)]
pub extern "C" fn _PyObject_New(class: TypeArg) -> *mut PyObject {
    made(class_of(class, "_PyObject_New").and_then(extension_object::plain))
}

/// [`_PyObject_New`] with room for items, whose number is written too. A negative number is a SystemError.
#[unsafe(no_mangle)]
pub extern "C" fn _PyObject_NewVar(class: TypeArg, items: Py_ssize_t) -> *mut PyVarObject {
    made(class_of(class, "_PyObject_NewVar").and_then(|class| extension_object::plain_with_items(class, items)))
}

/// A new object of a type whose instances take part in collection, after the collector's head, and the pointers that managed
/// dicts and weak references take: a new reference, or NULL with MemoryError, SystemError for NULL. Of the object itself only the
/// head is written. The collector does not track it. `PyObject_GC_Del` frees the memory.
#[unsafe(no_mangle)]
pub extern "C" fn _PyObject_GC_New(class: TypeArg) -> *mut PyObject {
    made(class_of(class, "_PyObject_GC_New").and_then(extension_object::collected))
}

/// [`_PyObject_GC_New`] with room for items, whose number is written too. A negative number is a SystemError.
#[unsafe(no_mangle)]
pub extern "C" fn _PyObject_GC_NewVar(class: TypeArg, items: Py_ssize_t) -> *mut PyVarObject {
    made(class_of(class, "_PyObject_GC_NewVar").and_then(|class| extension_object::collected_with_items(class, items)))
}

/// [`_PyObject_GC_New`] with more bytes at the end of the object. All bytes after the head of the object are zero.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnstable_Object_GC_NewWithExtraData(class: TypeArg, extra_size: usize) -> *mut PyObject {
    const NAME: &str = "PyUnstable_Object_GC_NewWithExtraData";
    made(class_of(class, NAME).and_then(|class| extension_object::collected_with_bytes(class, extra_size)))
}

/// Moves an object of `_PyObject_GC_NewVar` to memory for another number of items, and returns its new address. NULL, with
/// MemoryError and the object as before, when there is no memory; NULL with SystemError for NULL or a negative number.
///
/// # Safety
/// `o` is NULL, or has only the caller's reference, which the result replaces.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GC_Resize(o: *mut PyVarObject, items: Py_ssize_t) -> *mut PyVarObject {
    let o = NonNull::new(o.cast()).ok_or_else(|| null_argument("_PyObject_GC_Resize"));
    // SAFETY: the caller gives up the only reference to the object for the result.
    made(o.and_then(|o| unsafe { extension_object::resize(o, items) }))
}

/// Makes memory an object: one reference and the type, which gains one if it is a heap type. Returns `o`; NULL with MemoryError
/// for NULL, so that the result of an allocation can be passed; NULL with SystemError for a NULL type.
///
/// # Safety
/// `o` is NULL, or has room for an instance of the type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Init(o: *mut PyObject, class: TypeArg) -> *mut PyObject {
    made(NonNull::new(o).ok_or_else(memory::out_of_memory).and_then(|o| {
        // SAFETY: the memory has room for an instance, which begins with an object head.
        unsafe { extension_object::begin(o, class_of(class, "PyObject_Init")?) };
        Ok(o)
    }))
}

/// [`PyObject_Init`] for an object with a number of items, which is written too.
///
/// # Safety
/// `o` is NULL, or has room for an instance of the type with that many items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_InitVar(o: *mut PyVarObject, class: TypeArg, items: Py_ssize_t) -> *mut PyVarObject {
    made(NonNull::new(o.cast()).ok_or_else(memory::out_of_memory).and_then(|o| {
        // SAFETY: the memory has room for an instance, which begins with the head of an object with items.
        unsafe { extension_object::begin_with_items(o, class_of(class, "PyObject_InitVar")?, items) };
        Ok(o)
    }))
}

/// Frees an object of `_PyObject_GC_New` or a function beside it, and makes the collector forget it. Its type keeps its
/// references. NULL is fine.
///
/// # Safety
/// `o` is NULL or an object to which no reference is left.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GC_Del(o: *mut c_void) {
    if let Some(o) = NonNull::new(o.cast()) {
        // SAFETY: no reference to the object is left.
        unsafe { instance::free_collected(o) };
    }
}

/// Starts tracking an object, whose `tp_traverse` must work from now on. The process ends if the object is tracked already. Does
/// nothing for NULL, and for an object that takes no part in collection.
///
/// # Safety
/// The fields that `tp_traverse` reads are written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GC_Track(o: Untyped) {
    let Some(o) = o else { return };
    if gc::is_tracked(o) {
        fatal::error("_PyObject_AssertFailed", format_args!("object already tracked by the garbage collector"));
    }
    gc::track(o);
}

/// Whether the finalizer of an object was called: 1 or 0. It is remembered only for types whose instances take part in
/// collection. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GC_IsFinalized(o: Arg) -> c_int {
    o.is_some_and(gc::is_finalized).into()
}

/// Calls a function with each object that the collector tracks, until it returns 0. The collector is disabled meanwhile.
///
/// # Safety
/// The function is `int f(PyObject *, void *)`, and takes `arg`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_GC_VisitObjects(callback: gcvisitobjects_t, arg: *mut c_void) {
    if let Some(callback) = callback {
        // SAFETY: the function takes an object and the argument that the caller passed with it.
        gc::each_object(|o| unsafe { callback(o.as_ptr(), arg) } != 0);
    }
}

/// Collects garbage: objects in cycles to which no reference leads from outside. Returns the number of those objects; 0
/// after `PyGC_Disable`, and during a collection. Errors during the collection are written to standard error and
/// dropped; the error indicator does not change.
#[unsafe(no_mangle)]
pub extern "C" fn PyGC_Collect() -> Py_ssize_t {
    garbage::collect() as Py_ssize_t
}

/// Enables the collector. Returns 1 if it was enabled before, else 0. Collections start by themselves in `PyErr_CheckSignals`.
#[unsafe(no_mangle)]
pub extern "C" fn PyGC_Enable() -> c_int {
    gc::set_enabled(true).into()
}

/// Disables the collector, also for `PyGC_Collect`. Returns 1 if it was enabled before, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyGC_Disable() -> c_int {
    gc::set_enabled(false).into()
}

/// Whether the collector is enabled: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn PyGC_IsEnabled() -> c_int {
    gc::is_enabled().into()
}

/// Whether the collector tracks the object: 1 or 0. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GC_IsTracked(o: Arg) -> c_int {
    o.is_some_and(gc::is_tracked).into()
}

/// Whether the collector can track the object: 1 or 0. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_IS_GC(o: Arg) -> c_int {
    o.is_some_and(gc::is_gc).into()
}

/// Stops tracking an object: the first step of the `tp_dealloc` of a container. Does nothing for an object that is not
/// tracked, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GC_UnTrack(o: Untyped) {
    if let Some(o) = o {
        gc::untrack(o);
    }
}

/// Whether an object is gone, as far as memory debuggers tell by their patterns: 1 if its address, or that of its type, is one of the first
/// or last 256, or consists of the byte 0xCD, 0xDD or 0xFD, else 0. Never sets an error.
///
/// # Safety
/// `o` is one of those, or can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_IsFreed(o: *mut PyObject) -> c_int {
    let is_freed = |address: usize| {
        let patterns = [0xCD, 0xDD, 0xFD].map(|byte| usize::from_ne_bytes([byte; size_of::<usize>()]));
        address <= 0xFF || address >= usize::MAX - 0xFF || patterns.contains(&address)
    };
    // SAFETY: the address is none of a freed object, so that the caller promises that it can be read.
    c_int::from(is_freed(o.addr()) || is_freed(unsafe { (*o).ob_type }.addr()))
}

/// Stores the functions for arenas: those of the system's `mmap`, until a program sets others. NULL is fine.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_GetArenaAllocator(allocator: OutArena) {
    allocator.set(memory::arena::get());
}

/// Sets the functions for arenas, which [`PyObject_GetArenaAllocator`] hands on. The library itself makes no arenas. NULL is fine.
///
/// # Safety
/// `allocator` is NULL or can be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_SetArenaAllocator(allocator: ArenaArg) {
    // SAFETY: the pointer is NULL or to functions.
    if let Some(allocator) = unsafe { allocator.as_ref() } {
        memory::arena::set(*allocator);
    }
}
