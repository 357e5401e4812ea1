//! The buffers that memoryviews share: each is given back when its last memoryview is released.

use crate::abi::*;
use crate::objects::class_defaults;
use crate::objects::slots::{self, Owner};
use crate::protocol::buffer::{self, Memory};
use crate::runtime::{Layout, Obj, Own, Result, View, error, gc, instance, memory};
use core::ffi::{CStr, c_int, c_void};
use core::ptr::NonNull;

/// A borrowed reference to a shared buffer.
pub(super) type Managed<'a> = View<'a, _PyManagedBufferObject>;

static_type! {
    /// The type of shared buffers.
    static MANAGED_TYPE as MANAGED {
        tp_name: c"managedbuffer".as_ptr(),
        tp_basicsize: size_of::<_PyManagedBufferObject>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<_PyManagedBufferObject>(),
        tp_traverse: slots::traverse::<_PyManagedBufferObject>(),
        tp_clear: slots::clear::<_PyManagedBufferObject>(),
        tp_flags: class_defaults::COLLECTED.tp_flags,
        tp_free: class_defaults::COLLECTED.tp_free,
    }
}

// SAFETY: the type is declared above, with this size, and has no subclasses.
unsafe impl Layout for _PyManagedBufferObject {
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(MANAGED)
    }
}

// SAFETY: a shared buffer owns the object of its buffer, which is dropped when the buffer is given back.
unsafe impl Owner for _PyManagedBufferObject {
    fn visit(o: Managed<'_>, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        // SAFETY: a view's fields can be read.
        match unsafe { (*o.fields()).master.obj } {
            owner if owner.is_null() => 0,
            owner => visit(owner),
        }
    }

    unsafe fn empty(o: Managed<'_>) {
        give_back(o);
        // SAFETY: a format that the buffer owns came from this library's `malloc`, and is freed once.
        unsafe {
            let fields = o.fields();
            if (*fields).flags & _Py_MANAGED_BUFFER_FREE_FORMAT != 0 {
                (*fields).flags &= !_Py_MANAGED_BUFFER_FREE_FORMAT;
                memory::free((*fields).master.format.cast());
            }
        }
    }
}

/// Gives the buffer back, unless that has been done.
fn give_back(o: Managed<'_>) {
    let fields = o.fields();
    // SAFETY: a view's fields can be read and written. The buffer is as its object filled it, or has no object.
    unsafe {
        if (*fields).flags & _Py_MANAGED_BUFFER_RELEASED != 0 {
            return;
        }
        (*fields).flags |= _Py_MANAGED_BUFFER_RELEASED;
        gc::untrack(*o);
        buffer::release(NonNull::new_unchecked(&raw mut (*fields).master));
    }
}

/// One memoryview more, which is not released.
pub(super) fn add_export(o: Managed<'_>) {
    // SAFETY: a view's fields can be read and written.
    unsafe { (*o.fields()).exports += 1 };
}

/// One memoryview less: the last gives the buffer back.
pub(super) fn drop_export(o: Managed<'_>) {
    let fields = o.fields();
    // SAFETY: a view's fields can be read and written.
    let left = unsafe {
        (*fields).exports -= 1;
        (*fields).exports
    };
    if left == 0 {
        give_back(o);
    }
}

/// Gives a shared buffer a copy of a format, which may go before the buffer does.
pub(super) fn keep_format(o: Managed<'_>, format: &CStr) -> Result<()> {
    let format = format.to_bytes_with_nul();
    let copy = memory::allocate(format.len()).ok_or_else(memory::out_of_memory)?.cast::<u8>();
    // SAFETY: the block has room for the format. The buffer frees it, as the flag says.
    unsafe {
        copy.copy_from_nonoverlapping(NonNull::from(format).cast(), format.len());
        let fields = o.fields();
        (*fields).master.format = copy.as_ptr().cast();
        (*fields).flags |= _Py_MANAGED_BUFFER_FREE_FORMAT;
    }
    Ok(())
}

/// The description of the buffer.
pub(super) fn master(o: Managed<'_>) -> *const Py_buffer {
    // SAFETY: only the address is computed.
    unsafe { &raw const (*o.fields()).master }
}

/// A new shared buffer, which a function fills where it stays.
fn made(fill: impl FnOnce(NonNull<Py_buffer>) -> Result<()>) -> Result<Own<_PyManagedBufferObject>> {
    let fields = || _PyManagedBufferObject {
        ob_base: PyObject { ob_refcnt: 1, ob_type: MANAGED.as_ptr() },
        flags: 0,
        exports: 0,
        master: Py_buffer::BLANK,
    };
    // SAFETY: these are the fields of a shared buffer, which takes part in collection. A blank buffer has no object.
    let new: Own<_PyManagedBufferObject> = unsafe { Own::new_unchecked(instance::write_new::<_, true>(fields)?) };
    // SAFETY: the address is that of a field.
    fill(unsafe { NonNull::new_unchecked(&raw mut (*new.borrow().fields()).master) })?;
    gc::track(new.as_obj());
    Ok(new)
}

/// A new shared buffer of an object, with everything that the object tells about it.
pub(super) fn of(o: Obj<'_>, flags: c_int) -> Result<Own<_PyManagedBufferObject>> {
    // SAFETY: the struct stays where it is, in the shared buffer.
    made(|view| unsafe { buffer::get(o, view.as_ptr(), flags) })
}

/// A new shared buffer that this `bf_getbuffer` of an object fills.
///
/// # Safety
/// The slot takes the object.
pub(super) unsafe fn by_slot(o: Obj<'_>, slot: getbufferproc, flags: c_int) -> Result<Own<_PyManagedBufferObject>> {
    // SAFETY: the slot takes the object, as promised. The struct stays where it is, in the shared buffer.
    made(|view| match slot.map(|slot| unsafe { slot(o.as_ptr(), view.as_ptr(), flags) }) {
        Some(0) => Ok(()),
        _ => Err(error::fetched_from_c("bf_getbuffer")),
    })
}

/// A new shared buffer of memory that no object owns.
pub(super) fn of_memory(start: *mut c_void, length: isize, readonly: bool) -> Result<Own<_PyManagedBufferObject>> {
    let memory = Memory { start, length, readonly: readonly.into() };
    // SAFETY: the struct stays where it is, in the shared buffer.
    made(|view| unsafe { buffer::fill(view, None, memory, PyBUF_FULL_RO) })
}

/// A new shared buffer with the description of another, which stays its owner's.
///
/// # Safety
/// `info` is a whole buffer, whose arrays and memory last longer than the result.
pub(super) unsafe fn borrowed(info: NonNull<Py_buffer>) -> Result<Own<_PyManagedBufferObject>> {
    // SAFETY: the struct is copied without its reference to an object.
    made(|view| unsafe {
        view.copy_from(info, 1);
        (*view.as_ptr()).obj = core::ptr::null_mut();
        Ok(())
    })
}
