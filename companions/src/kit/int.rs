//! Integers of any size.

use super::object::{Builtin, Obj, Raised, Ref, Result, raise};
use core::ffi::{c_int, c_void};
use num_bigint::BigInt;
use pyo3_ffi::PyObject;

unsafe extern "C" {
    // pyo3-ffi does not declare them for every version.
    fn PyLong_AsNativeBytes(object: *mut PyObject, buffer: *mut c_void, size: isize, flags: c_int) -> isize;
    fn PyLong_FromNativeBytes(buffer: *const c_void, size: usize, flags: c_int) -> *mut PyObject;
}

/// The flag of both functions for the least byte first.
const LITTLE_ENDIAN: c_int = 1;

impl Obj<'_> {
    /// The value of an `int`.
    pub fn to_bigint(self) -> Result<BigInt> {
        let mut bytes = Vec::<u8>::new();
        loop {
            // SAFETY: the call writes at most as many bytes as the vector has, and answers how many it needs.
            let needed = unsafe {
                let room = bytes.len() as isize;
                PyLong_AsNativeBytes(self.as_ptr(), bytes.as_mut_ptr().cast(), room, LITTLE_ENDIAN)
            };
            let Ok(needed) = usize::try_from(needed) else { return Err(Raised::pending()) };
            if needed <= bytes.len() {
                return Ok(BigInt::from_signed_bytes_le(&bytes));
            }
            bytes.try_reserve(needed).map_err(|_| raise(Builtin::MemoryError.obj(), ""))?;
            bytes.resize(needed, 0);
        }
    }
}

impl Ref {
    /// An `int` of any size.
    pub fn bigint(number: &BigInt) -> Result<Ref> {
        let bytes = number.to_signed_bytes_le();
        // SAFETY: the bytes are read within their length; a new reference comes back.
        unsafe { Ref::from_new(PyLong_FromNativeBytes(bytes.as_ptr().cast(), bytes.len(), LITTLE_ENDIAN)) }
    }
}
