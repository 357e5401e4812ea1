//! CPython's return convention in one place: how a [`Result`] becomes the value that a C function returns. Exported
//! functions and the slots of types use it.

use super::{Obj, Raised, Ref, Result};
use crate::abi::PyObject;
use core::ffi::{c_int, c_void};
use core::ptr::NonNull;

/// A result as C expects it: the value, or the value that signals a set error indicator.
pub trait IntoC {
    /// The type that the C function returns.
    type C;
    /// Converts the result. C owns a new reference that it contains.
    fn into_c(self) -> Self::C;
}

/// A new reference, or NULL.
impl IntoC for Result<Ref> {
    type C = *mut PyObject;
    #[inline(always)]
    fn into_c(self) -> *mut PyObject {
        match self {
            Ok(o) => o.into_ptr(),
            Err(Raised { .. }) => core::ptr::null_mut(),
        }
    }
}

/// A new reference, or NULL. NULL without an error means that there is no such object.
impl IntoC for Result<Option<Ref>> {
    type C = *mut PyObject;
    #[inline(always)]
    fn into_c(self) -> *mut PyObject {
        self.ok().flatten().map_or(core::ptr::null_mut(), Ref::into_ptr)
    }
}

/// A new reference, or NULL, where an error may be pending in either case.
impl IntoC for Option<Ref> {
    type C = *mut PyObject;
    #[inline(always)]
    fn into_c(self) -> *mut PyObject {
        self.map_or(core::ptr::null_mut(), Ref::into_ptr)
    }
}

/// A borrowed reference, or NULL.
impl IntoC for Result<Obj<'_>> {
    type C = *mut PyObject;
    #[inline(always)]
    fn into_c(self) -> *mut PyObject {
        match self {
            Ok(o) => o.as_ptr(),
            Err(Raised { .. }) => core::ptr::null_mut(),
        }
    }
}

/// A borrowed reference, or NULL. NULL without an error means that there is no such object.
impl IntoC for Result<Option<Obj<'_>>> {
    type C = *mut PyObject;
    #[inline(always)]
    fn into_c(self) -> *mut PyObject {
        self.ok().flatten().map_or(core::ptr::null_mut(), Obj::as_ptr)
    }
}

/// The address of an object that another object owns, or NULL.
impl IntoC for Result<*mut PyObject> {
    type C = *mut PyObject;
    #[inline(always)]
    fn into_c(self) -> *mut PyObject {
        self.unwrap_or(core::ptr::null_mut())
    }
}

/// A pointer, or NULL.
impl IntoC for Result<*mut c_void> {
    type C = *mut c_void;
    #[inline(always)]
    fn into_c(self) -> *mut c_void {
        self.unwrap_or(core::ptr::null_mut())
    }
}

/// A block of memory, or NULL without an error.
impl IntoC for Option<NonNull<c_void>> {
    type C = *mut c_void;
    #[inline(always)]
    fn into_c(self) -> *mut c_void {
        self.map_or(core::ptr::null_mut(), NonNull::as_ptr)
    }
}

/// 0, or -1.
impl IntoC for Result<()> {
    type C = c_int;
    #[inline(always)]
    fn into_c(self) -> c_int {
        match self {
            Ok(()) => 0,
            Err(Raised { .. }) => -1,
        }
    }
}

/// 1 or 0, or -1.
impl IntoC for Result<bool> {
    type C = c_int;
    #[inline(always)]
    fn into_c(self) -> c_int {
        self.map_or(-1, c_int::from)
    }
}

/// A number of C's, whose -1 may stand for an error.
pub trait Number {
    /// -1 in this type.
    const MINUS_ONE: Self;
}

impl Number for isize {
    const MINUS_ONE: Self = -1;
}
impl Number for usize {
    const MINUS_ONE: Self = Self::MAX;
}
impl Number for i32 {
    const MINUS_ONE: Self = -1;
}
impl Number for i64 {
    const MINUS_ONE: Self = -1;
}
impl Number for u64 {
    const MINUS_ONE: Self = Self::MAX;
}
impl Number for f64 {
    const MINUS_ONE: Self = -1.0;
}

/// A number that follows C's convention already: -1 where an error is set.
impl IntoC for isize {
    type C = isize;
    #[inline(always)]
    fn into_c(self) -> isize {
        self
    }
}

/// A number, or -1. -1 may also be the number, so the caller checks the error indicator.
impl<N: Number> IntoC for Result<N> {
    type C = N;
    #[inline(always)]
    fn into_c(self) -> N {
        self.unwrap_or(N::MINUS_ONE)
    }
}
