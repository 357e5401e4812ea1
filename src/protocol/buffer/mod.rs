//! The buffer protocol: the memory of an object, as its type's `bf_getbuffer` describes it (CPython:
//! `PyObject_GetBuffer` and `PyBuffer_*`).
//!
//! A filled `Py_buffer` may point into itself, so it is filled where it stays, and is not moved before it is released.

mod copy;
mod form;

pub use copy::{copy_data, copy_items, from_contiguous, to_contiguous};
pub use form::{Dimension, Form, Order, dimensions, fill_strides, step};

use super::suite::{self, is_trusted};
use crate::abi::*;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::refusal::bad_argument;
use crate::runtime::{IntoC, Obj, Raised, Ref, Result, error, raise};
use core::ffi::{c_int, c_void};
use core::ptr::NonNull;

/// Whether the object has a buffer (CPython: `PyObject_CheckBuffer`).
pub fn check(o: Obj<'_>) -> bool {
    suite::buffer(o).is_some_and(|suite| suite.bf_getbuffer.is_some())
}

/// Whether the object's buffers have to be released, so that their memory may change when they are.
pub fn has_release(o: Obj<'_>) -> bool {
    suite::buffer(o).is_some_and(|suite| suite.bf_releasebuffer.is_some())
}

/// Fills `view` with the buffer of an object. TypeError for an object without one; BufferError when its memory does not
/// have the requested form.
///
/// # Safety
/// `view` can be written, and stays where it is until [`release`]; or it is NULL, which the slot refuses.
pub unsafe fn get(o: Obj<'_>, view: *mut Py_buffer, flags: c_int) -> Result<()> {
    let Some(slot) = requested(o, flags)? else { return Err(no_buffer(o)) };
    // SAFETY: the slot belongs to the type of `o`, and may write to the struct.
    match unsafe { slot(o.as_ptr(), view, flags) } {
        0 => Ok(()),
        _ => Err(error::fetched_from_c("bf_getbuffer")),
    }
}

/// Works as [`get`], for a function for C: the fast path is a tail call (see `suite::is_trusted`).
///
/// # Safety
/// As for [`get`].
#[inline(always)]
pub unsafe fn get_as_c(o: Obj<'_>, view: *mut Py_buffer, flags: c_int) -> c_int {
    match suite::buffer(o).and_then(|suite| suite.bf_getbuffer) {
        // SAFETY: the slot belongs to the type of `o`, and may write to the struct.
        Some(slot) if !is_kind_of_view(flags) && is_trusted(o) => unsafe { slot(o.as_ptr(), view, flags) },
        // SAFETY: this function's condition is that of the other one.
        _ => unsafe { checked_get(o, view, flags) },
    }
}

/// The buffer of an object of any type. Out of line, since the steps after the call of the slot would keep [`get_as_c`]
/// from a tail call.
///
/// # Safety
/// As for [`get`].
#[inline(never)]
unsafe fn checked_get(o: Obj<'_>, view: *mut Py_buffer, flags: c_int) -> c_int {
    // SAFETY: this function's condition is that of the other one.
    unsafe { get(o, view, flags) }.into_c()
}

/// `bf_getbuffer`, if the type has one; SystemError for flags that request nothing.
fn requested(
    o: Obj<'_>,
    flags: c_int,
) -> Result<Option<unsafe extern "C" fn(*mut PyObject, *mut Py_buffer, c_int) -> c_int>> {
    if is_kind_of_view(flags) {
        return Err(bad_argument("PyObject_GetBuffer"));
    }
    Ok(suite::buffer(o).and_then(|suite| suite.bf_getbuffer))
}

/// Whether the flags are a kind of memoryview, which a caller has taken for a request.
#[inline(always)]
const fn is_kind_of_view(flags: c_int) -> bool {
    flags == PyBUF_READ || flags == PyBUF_WRITE
}

#[cold]
#[inline(never)]
fn no_buffer(o: Obj<'_>) -> Raised {
    raise!(TypeError, "a bytes-like object is required, not '{}'", o.class().name())
}

/// BufferError: a buffer is to be filled at NULL.
#[cold]
#[inline(never)]
pub fn no_view() -> Raised {
    raise!(BufferError, "PyBuffer_FillInfo: view==NULL argument is obsolete")
}

/// Gives a buffer back, and drops its reference to the object (CPython: `PyBuffer_Release`). A buffer of no object
/// stays as it is.
///
/// # Safety
/// `view` was filled by [`get`] or [`fill`], or has no object.
#[inline(always)]
pub unsafe fn release(view: NonNull<Py_buffer>) {
    // SAFETY: a filled buffer has NULL or an object whose reference it owns, and which the slot is for.
    unsafe {
        let Some(o) = Ref::from_ptr((*view.as_ptr()).obj) else { return };
        if let Some(slot) = suite::buffer(o.borrow()).and_then(|suite| suite.bf_releasebuffer) {
            slot(o.as_ptr(), view.as_ptr());
        }
        (*view.as_ptr()).obj = core::ptr::null_mut();
    }
}

/// Memory that an object exports as bytes in a row.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// The first byte.
    pub start: *mut c_void,
    /// The number of bytes.
    pub length: Py_ssize_t,
    /// 1 when the memory must not be written to, as C states it.
    pub readonly: c_int,
}

/// Fills `view` with bytes in a row, and a new reference to the object that has them (CPython: `PyBuffer_FillInfo`).
/// BufferError when the bytes are requested for writing, but are read-only.
///
/// # Safety
/// `view` can be written, and stays where it is until [`release`].
#[inline(always)]
pub unsafe fn fill(view: NonNull<Py_buffer>, o: Option<Obj<'_>>, memory: Memory, flags: c_int) -> Result<()> {
    if flags != PyBUF_SIMPLE {
        if is_kind_of_view(flags) {
            return Err(bad_argument("PyBuffer_FillInfo"));
        }
        if flags & PyBUF_WRITABLE != 0 && memory.readonly == 1 {
            return Err(raise!(BufferError, "Object is not writable."));
        }
    }
    let place = view.as_ptr();
    let part = |flag, address| if flags & flag == flag { address } else { core::ptr::null_mut() };
    // SAFETY: the struct can be written, and the addresses in it stay those of its fields.
    unsafe {
        place.write(Py_buffer {
            buf: memory.start,
            obj: o.map_or(core::ptr::null_mut(), |o| o.to_ref().into_ptr()),
            len: memory.length,
            itemsize: 1,
            readonly: memory.readonly,
            ndim: 1,
            format: if flags & PyBUF_FORMAT != 0 { c"B".as_ptr().cast_mut() } else { core::ptr::null_mut() },
            shape: part(PyBUF_ND, &raw mut (*place).len),
            strides: part(PyBUF_STRIDES, &raw mut (*place).itemsize),
            suboffsets: core::ptr::null_mut(),
            internal: core::ptr::null_mut(),
        });
    }
    Ok(())
}

/// A buffer that is released when the value is dropped. It is filled where it stays.
#[derive(Debug)]
struct Held(Py_buffer);

impl Drop for Held {
    fn drop(&mut self) {
        // SAFETY: the struct is as it was before it was filled, without an object, or as the slot filled it.
        unsafe { release(NonNull::from_mut(&mut self.0)) }
    }
}

/// Passes the buffer of an object to a function, and releases it afterwards.
pub fn with<T>(o: Obj<'_>, flags: c_int, work: impl FnOnce(&Form<'_>) -> Result<T>) -> Result<T> {
    let mut held = Held(Py_buffer::BLANK);
    // SAFETY: the struct is not moved before it goes at the end of this function. A buffer that was got is whole.
    unsafe {
        get(o, &raw mut held.0, flags)?;
        work(&Form::of(&held.0))
    }
}

/// Passes the bytes of an object to a function.
///
/// # Safety
/// The function runs no code of the program, which could change the bytes.
pub unsafe fn with_bytes<T>(o: Obj<'_>, work: impl FnOnce(&[u8]) -> Result<T>) -> Result<T> {
    // SAFETY: a simple buffer is `len` bytes in a row, which stay as long as the buffer. The function runs no code that
    // could change them.
    with(o, PyBUF_SIMPLE, |form| work(unsafe { form.bytes() }))
}

/// Works as [`with_bytes`]. The outer error is that of a buffer that could not be had, the inner one that of the
/// function.
///
/// # Safety
/// As for [`with_bytes`].
pub unsafe fn with_simple<T>(o: Obj<'_>, work: impl FnOnce(&[u8]) -> Result<T>) -> Result<Result<T>> {
    // SAFETY: both functions have the same condition.
    unsafe { with_bytes(o, |bytes| Ok(work(bytes))) }
}

/// Passes the bytes of two objects to a function. The outer error is that of a buffer which could not be had.
///
/// # Safety
/// As for [`with_bytes`].
pub unsafe fn with_both<T>(a: Obj<'_>, b: Obj<'_>, work: impl FnOnce(&[u8], &[u8]) -> Result<T>) -> Result<Result<T>> {
    with(a, PyBUF_SIMPLE, |a| {
        with(b, PyBUF_SIMPLE, |b| {
            // SAFETY: simple buffers are bytes in a row. They are borrowed after both were requested, and the function
            // runs no code that could change them.
            unsafe { Ok(work(a.bytes(), b.bytes())) }
        })
    })
}

/// The buffers of some objects, as bytes in a row. They are released together.
#[derive(Debug)]
pub struct Buffers(Array<Held>);

impl Buffers {
    /// Room for some buffers.
    pub fn with_room(count: usize) -> Result<Self> {
        let mut buffers: Array<Held> = Array::new_in(Malloc);
        memory::reserve(&mut buffers, count)?;
        Ok(Buffers(buffers))
    }

    /// The buffers of some objects; TypeError for an object without one.
    pub fn of(objects: &[Obj<'_>]) -> Result<Self> {
        let mut buffers = Self::with_room(objects.len())?;
        objects.iter().try_for_each(|o| buffers.add(*o))?;
        Ok(buffers)
    }

    /// Adds the buffer of an object; SystemError when there is no room.
    pub fn add(&mut self, o: Obj<'_>) -> Result<()> {
        if self.0.len() == self.0.capacity() {
            return Err(bad_argument("a list of buffers"));
        }
        // There is room, so that no buffer before is moved.
        memory::fill(&mut self.0, [Held(Py_buffer::BLANK)]);
        match self.0.last_mut() {
            // SAFETY: the struct stays where it is, in the array, which does not grow.
            Some(held) => unsafe { get(o, &raw mut held.0, PyBUF_SIMPLE) },
            None => Ok(()),
        }
    }

    /// The bytes of the buffer that was added at an index.
    ///
    /// # Safety
    /// No code of the program runs, which could change the bytes, while they are borrowed.
    pub unsafe fn bytes(&self, index: usize) -> &[u8] {
        // SAFETY: a simple buffer is bytes in a row.
        self.0.get(index).map_or(&[], |held| unsafe { Form::of(&held.0).bytes() })
    }
}
