//! The bytes of an object that has a buffer.

use super::object::{Obj, Raised, Result};
use core::mem::MaybeUninit;
use core::ops::Deref;
use pyo3_ffi as ffi;
use pyo3_ffi::Py_buffer;

/// The contiguous bytes of an object, locked until this value is dropped.
pub struct Buffer(Box<Py_buffer>);

impl Buffer {
    /// Asks an object for its bytes: TypeError when it has none, BufferError when they are not contiguous.
    pub fn of(object: Obj<'_>) -> Result<Buffer> {
        let mut view = Box::<Py_buffer>::new_uninit();
        // SAFETY: the call fills the view, or fails and leaves it.
        if unsafe { ffi::PyObject_GetBuffer(object.as_ptr(), MaybeUninit::as_mut_ptr(&mut view), ffi::PyBUF_SIMPLE) }
            < 0
        {
            return Err(Raised::pending());
        }
        // SAFETY: the call succeeded.
        Ok(Buffer(unsafe { view.assume_init() }))
    }

    /// The bytes of an argument that [`Call::bind`](super::Call::bind) or [`Call::unpack`](super::Call::unpack) has checked to be there.
    pub fn required(argument: Option<Obj<'_>>) -> Result<Buffer> {
        Buffer::of(argument.expect("an argument that is not optional"))
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        if self.0.len == 0 {
            return &[];
        }
        // SAFETY: the exporter keeps so many bytes in place until the release. The modules run no foreign code while they read them.
        unsafe { core::slice::from_raw_parts(self.0.buf.cast(), self.0.len as usize) }
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: the view was filled by PyObject_GetBuffer, and is released once.
        unsafe { ffi::PyBuffer_Release(&mut *self.0) };
    }
}
