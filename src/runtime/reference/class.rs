//! Borrowed references to types.

use super::Obj;
use crate::abi::*;
use core::ffi::c_ulong;
use core::marker::PhantomData;
use core::ptr::NonNull;

/// A borrowed reference to a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Type<'a>(pub(super) NonNull<PyTypeObject>, pub(super) PhantomData<&'a PyTypeObject>);

impl<'a> Type<'a> {
    /// Borrows a type.
    ///
    /// # Safety
    /// `class` is a live type that stays alive for `'a`.
    pub const unsafe fn from_ptr_unchecked(class: *mut PyTypeObject) -> Self {
        // SAFETY: a live type is not NULL.
        Type(unsafe { NonNull::new_unchecked(class) }, PhantomData)
    }

    /// The pointer for C.
    #[inline]
    pub const fn as_ptr(self) -> *mut PyTypeObject {
        self.0.as_ptr()
    }

    /// The type as an object.
    #[inline]
    pub const fn as_obj(self) -> Obj<'a> {
        Obj(self.0.cast(), PhantomData)
    }

    /// The fields that every type has, also one of code compiled with headers before 3.12, whose type objects are
    /// smaller.
    #[inline]
    pub fn fields(self) -> &'a TypeFields {
        // SAFETY: a `Type` borrows a live type, which begins with these fields. C writes to a type only while no other
        // code uses it.
        unsafe { self.0.cast().as_ref() }
    }

    /// Whether the type has a flag.
    #[inline]
    pub fn has_flag(self, flag: c_ulong) -> bool {
        self.flags() & flag != 0
    }

    /// `tp_flags`.
    #[inline]
    pub fn flags(self) -> c_ulong {
        // SAFETY: A `Type` borrows a live type. Only the flags are read, since the type may have an older, smaller
        // layout.
        unsafe { (*self.0.as_ptr()).tp_flags }
    }

    /// `tp_base`; `None` for `object`.
    pub fn base(self) -> Option<Type<'a>> {
        // SAFETY: a `Type` borrows a live type, which keeps its base alive.
        NonNull::new(unsafe { (*self.0.as_ptr()).tp_base }).map(|base| Type(base, PhantomData))
    }

    /// Whether this is `other` or derived from it (CPython: `PyType_IsSubtype`).
    ///
    /// Walks `tp_mro` if there is one, else the chain of `tp_base`.
    pub fn is_subtype(self, other: Type<'_>) -> bool {
        // SAFETY: a `Type` borrows a live type, which keeps its tp_mro alive: NULL, or a tuple of types.
        unsafe {
            let mro = (*self.0.as_ptr()).tp_mro.cast::<PyTupleObject>();
            if !mro.is_null() {
                let items = (&raw const (*mro).ob_item).cast::<*mut PyObject>();
                let count = (*mro).ob_base.ob_size as usize;
                return core::slice::from_raw_parts(items, count).contains(&other.0.as_ptr().cast());
            }
        }
        core::iter::successors(Some(self), |class| class.base()).any(|class| class.0 == other.0)
    }
}
