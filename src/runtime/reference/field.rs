//! Fields of objects that own references.

use super::{Obj, Ref};
use crate::abi::PyObject;
use core::cell::Cell;

/// A field of an object in C's layout: NULL, or a reference that the object owns.
#[derive(Debug)]
#[repr(transparent)]
pub struct Field(Cell<*mut PyObject>);

impl Field {
    /// A field that is NULL.
    pub const fn null() -> Self {
        Field(Cell::new(core::ptr::null_mut()))
    }

    /// A field that owns a reference.
    #[inline]
    pub fn owning(value: Ref) -> Self {
        Field(Cell::new(value.into_ptr()))
    }

    /// The field at an address.
    ///
    /// # Safety
    /// `field` is a field of an object that lives for `'a`, and holds NULL or an owned reference.
    #[inline]
    pub unsafe fn at<'a>(field: *mut *mut PyObject) -> &'a Self {
        // SAFETY: the field lives for 'a. A cell has the layout of its value, and allows that C writes to it too.
        unsafe { &*field.cast() }
    }

    /// Whether it is NULL.
    #[inline]
    pub fn is_null(&self) -> bool {
        self.0.get().is_null()
    }

    /// The pointer in the field, which still owns the reference.
    #[inline]
    pub fn as_ptr(&self) -> *mut PyObject {
        self.0.get()
    }

    /// The object in the field, as a new reference, because any code that runs meanwhile can drop the field's own.
    #[inline]
    pub fn get(&self) -> Option<Ref> {
        // SAFETY: a field holds NULL, or a reference that keeps its object alive.
        unsafe { Obj::from_ptr(self.0.get()) }.map(Obj::to_ref)
    }

    /// Stores another reference, or NULL, and returns the previous one.
    #[inline]
    pub fn replace(&self, value: Option<Ref>) -> Option<Ref> {
        // SAFETY: the field owned its previous reference, and no longer does.
        unsafe { Ref::from_ptr(self.0.replace(value.map_or(core::ptr::null_mut(), Ref::into_ptr))) }
    }

    /// Stores another reference, or NULL. The previous reference is dropped after the new one is stored.
    #[inline]
    pub fn set(&self, value: Option<Ref>) {
        drop(self.replace(value));
    }
}
