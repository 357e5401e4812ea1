//! The buffers of objects, as the units of bytes need them.

use crate::abi::{Py_buffer, PyBufferProcs};
use crate::objects::bytes;
use crate::runtime::{Obj, Result, error, raise};
use core::ffi::c_void;
use core::ptr::NonNull;

const PyBUF_SIMPLE: core::ffi::c_int = 0;
const PyBUF_WRITABLE: core::ffi::c_int = 1;

/// The slots for buffers of an object's class.
fn slots(o: Obj<'_>) -> Option<&PyBufferProcs> {
    // SAFETY: tp_as_buffer is NULL or a whole suite that lives as long as the type, which the object keeps alive.
    unsafe { o.class().fields().tp_as_buffer.as_ref() }
}

/// Whether the object's buffers have to be released, so that their memory may change when they are.
pub(super) fn has_release(o: Obj<'_>) -> bool {
    slots(o).is_some_and(|slots| slots.bf_releasebuffer.is_some())
}

/// Fills a view of an object's buffer.
///
/// # Safety
/// `view` can be written, and stays where it is until [`release`].
pub(super) unsafe fn get(o: Obj<'_>, view: NonNull<Py_buffer>, is_written: bool) -> Result<()> {
    let flags = if is_written { PyBUF_WRITABLE } else { PyBUF_SIMPLE };
    if let Some(slot) = slots(o).and_then(|slots| slots.bf_getbuffer) {
        // SAFETY: the slot belongs to the type of `o`, and the view can be written.
        return match unsafe { slot(o.as_ptr(), view.as_ptr(), flags) } {
            0 => Ok(()),
            _ => Err(error::fetched_from_c("bf_getbuffer")),
        };
    }
    match o.downcast() {
        Some(_) if is_written => Err(raise!(BufferError, "Object is not writable.")),
        Some(bytes) => {
            // SAFETY: the view can be written, and the object's bytes are its own.
            unsafe { fill(view, Some(o), Some(bytes::as_slice(bytes))) };
            Ok(())
        }
        None => Err(raise!(TypeError, "a bytes-like object is required, not '{}'", o.class().name())),
    }
}

/// Fills a view of bytes that are not written, which an object owns; of NULL without bytes.
///
/// # Safety
/// `view` can be written. The object keeps the bytes.
pub(super) unsafe fn fill(view: NonNull<Py_buffer>, owner: Option<Obj<'_>>, bytes: Option<&[u8]>) {
    let filled = Py_buffer {
        buf: bytes.map_or(core::ptr::null(), <[u8]>::as_ptr).cast_mut().cast::<c_void>(),
        obj: owner.map_or(core::ptr::null_mut(), |owner| owner.to_ref().into_ptr()),
        len: bytes.map_or(0, <[u8]>::len) as isize,
        itemsize: 1,
        readonly: 1,
        ndim: 1,
        format: core::ptr::null_mut(),
        shape: core::ptr::null_mut(),
        strides: core::ptr::null_mut(),
        suboffsets: core::ptr::null_mut(),
        internal: core::ptr::null_mut(),
    };
    // SAFETY: the view can be written, by this function's condition.
    unsafe { view.write(filled) };
}

/// Releases a view.
///
/// # Safety
/// `view` was filled by [`get`] or [`fill`].
pub(super) unsafe fn release(view: NonNull<Py_buffer>) {
    // SAFETY: a filled view has NULL or a reference of its own, which is dropped when its class has released the buffer.
    unsafe {
        let place = &raw mut (*view.as_ptr()).obj;
        let Some(owner) = crate::runtime::Ref::from_ptr(place.read()) else { return };
        if let Some(slot) = slots(owner.borrow()).and_then(|slots| slots.bf_releasebuffer) {
            slot(owner.as_ptr(), view.as_ptr());
        }
        place.write(core::ptr::null_mut());
    }
}
