//! The capsule type: its object of CPython's 64 bytes, and its slots.

use super::{Capsule, Name};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::{class_defaults, class_order, str};
use crate::runtime::memory::{self, Lossy};
use crate::runtime::{IntoC, Obj, Ref, Result, Type, events, gc, known};
use core::ffi::{c_int, c_void};

/// The capsule type. It can be neither called nor subclassed. Its hash and its equality are by identity.
#[unsafe(no_mangle)]
pub static mut PyCapsule_Type: PyTypeObject = PyTypeObject {
    tp_name: c"PyCapsule".as_ptr(),
    tp_basicsize: size_of::<PyCapsule>() as Py_ssize_t,
    tp_dealloc: Some(dealloc_slot),
    tp_repr: Some(repr_slot),
    tp_traverse: Some(traverse_slot),
    tp_clear: Some(clear_slot),
    tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_doc: c"A C pointer with a name, handed from one extension module to another.".as_ptr(),
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::COLLECTED
};

static mut ORDER: Classes<2> = class_order::classes([known::CAPSULE.as_ptr(), known::OBJECT.as_ptr()]);

/// The type object, as a borrowed reference.
// SAFETY: the static is a complete type object, and lives forever.
pub const CAPSULE: Type<'static> = unsafe { Type::from_ptr_unchecked(&raw mut PyCapsule_Type) };

/// The size of the collector's head, which precedes a capsule.
const HEAD: usize = size_of::<PyGC_Head>();

/// A new capsule. The collector does not track it until `set_traverse`.
///
/// # Safety
/// `destructor` may be called with the capsule when its last reference goes.
#[inline(never)]
pub(super) unsafe fn allocate(pointer: *mut c_void, name: Name, destructor: PyCapsule_Destructor) -> Result<Ref> {
    let block = memory::allocate_often(HEAD + size_of::<PyCapsule>()).ok_or_else(memory::out_of_memory)?;
    // SAFETY: the block has room for the collector's head and the capsule, and both are written whole.
    unsafe {
        block.cast::<PyGC_Head>().write(PyGC_Head { next: core::ptr::null_mut(), prev: core::ptr::null_mut() });
        let o = block.byte_add(HEAD).cast::<PyCapsule>().as_ptr();
        o.write(PyCapsule {
            ob_base: PyObject { ob_refcnt: 1, ob_type: CAPSULE.as_ptr() },
            pointer,
            name: name.as_ptr(),
            context: core::ptr::null_mut(),
            destructor,
            traverse_func: None,
            clear_func: None,
        });
        Ok(Ref::from_ptr_unchecked(o.cast()))
    }
}

/// `tp_dealloc`. The destructor is called with the capsule at count 0, and the error indicator is not saved around the
/// call.
unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    if events::watched()
        && let Some(listener) = events::listener()
    {
        // SAFETY: `tp_dealloc` is called once, with a whole capsule whose last reference is gone.
        return unsafe { destroy_watched(o, listener) };
    }
    // SAFETY: `tp_dealloc` is called once, with a whole capsule whose last reference is gone. The capsule is not used
    // after `release`.
    unsafe {
        end(o);
        release(o);
    }
}

/// Destroys a capsule while a listener watches. The listener may keep the capsule alive, or its memory from being
/// freed.
///
/// # Safety
/// `o` is a whole capsule whose last reference is gone. It is not used after this call.
#[cold]
#[inline(never)]
unsafe fn destroy_watched(o: *mut PyObject, listener: &events::Listener) {
    // SAFETY: the listener's functions are for capsules that are being destroyed, as this one is. `release` is called
    // after the destructor, and only if the listener does not keep the memory.
    unsafe {
        if (listener.destruction_begins)(o) {
            end(o);
            if !(listener.destruction_ends)(o) {
                release(o);
            }
        }
    }
}

/// Calls the destructor.
///
/// # Safety
/// `o` is a whole capsule without references.
#[inline(always)]
unsafe fn end(o: *mut PyObject) {
    // SAFETY: `o` has a capsule's layout. The destructor was given for this call, with this capsule. It can't free the
    // capsule, so `o` is whole afterwards.
    unsafe {
        forget(o.cast());
        if let Some(destructor) = (*o.cast::<PyCapsule>()).destructor {
            destructor(o);
            // The destructor may have called `_PyCapsule_SetTraverse`, so the capsule may be tracked again.
            forget(o.cast());
        }
    }
}

/// Frees the memory of a capsule that was destroyed.
///
/// # Safety
/// `o` is a capsule whose destructor is done, and it is not used after this call.
#[inline(always)]
pub unsafe fn release(o: *mut PyObject) {
    // SAFETY: every capsule comes from `allocate`, so its block begins with the head before it.
    unsafe { memory::free(o.byte_sub(HEAD).cast()) }
}

/// Stops tracking a capsule. Only one with a traverse callback is tracked.
///
/// # Safety
/// `o` is a whole capsule.
#[inline(always)]
unsafe fn forget(o: *mut PyCapsule) {
    // SAFETY: `o` points to a whole capsule, and its head precedes it.
    unsafe {
        if (*o).traverse_func.is_some() {
            gc::untrack(Obj::from_ptr_unchecked(o.cast()));
        }
    }
}

/// `<capsule object "NAME" at 0x…>`; for a capsule without a name NULL, without quotes, stands in its place.
fn repr(o: Obj<'_>) -> Result<Ref> {
    // SAFETY: `tp_repr` is called with a live capsule. Its name was NULL or NUL-terminated when the capsule got it, and
    // must stay so for as long as the capsule has it.
    let name = unsafe { Name::from_ptr((*o.cast::<PyCapsule>()).name) };
    // SAFETY: no other code runs while the text is written, so that the capsule keeps the name.
    match unsafe { name.text() } {
        Some(name) => str::format(format_args!("<capsule object \"{}\" at {:p}>", Lossy(name.to_bytes()), o.as_ptr())),
        None => str::format(format_args!("<capsule object NULL at {:p}>", o.as_ptr())),
    }
}

unsafe extern "C" fn repr_slot(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: `tp_repr` is called with a live object, not NULL.
    repr(unsafe { Obj::from_ptr_unchecked(o) }).into_c()
}

unsafe extern "C" fn traverse_slot(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    // SAFETY: the collector calls `tp_traverse` with a live capsule. The caller of `_PyCapsule_SetTraverse` promised
    // that the callback follows the rules of this slot.
    unsafe { (*o.cast::<PyCapsule>()).traverse_func.map_or(0, |traverse| traverse(o, visit, argument)) }
}

unsafe extern "C" fn clear_slot(o: *mut PyObject) -> c_int {
    // SAFETY: the collector calls `tp_clear` with a live capsule. The caller of `_PyCapsule_SetTraverse` promised that
    // the callback follows the rules of this slot.
    unsafe { (*o.cast::<PyCapsule>()).clear_func.map_or(0, |clear| clear(o)) }
}

const _: () = assert!(size_of::<Capsule>() == 64);
