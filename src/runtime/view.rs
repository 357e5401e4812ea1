//! Typed references: a [`View`] is a borrowed reference to an object whose layout was checked once, and an [`Own`] a
//! new reference to one that was just made. A function that needs a dict takes a `View` of a dict, so no safe function
//! can misread another object's memory.
//!
//! ```text
//! let dict: Option<Dict<'_>> = o.downcast();      // type Dict<'a> = View<'a, PyDictObject>
//! ```

use super::convention::IntoC;
use super::reference::{Field, Obj, Ref, Type};
use super::{Raised, Result};
use crate::abi::PyObject;
use core::marker::PhantomData;
use core::ops::Deref;

/// A layout in C with which the objects of a type, and of types derived from it, begin.
///
/// # Safety
/// [`Layout::check`] answers true only for objects that begin with a whole `Self`.
pub unsafe trait Layout: 'static {
    /// Whether an object has this layout (CPython: `PyDict_Check` and the like).
    fn check(o: Obj<'_>) -> bool;
}

/// A layout whose fields can be held by reference while other code runs.
///
/// # Safety
/// Each field after the head of the object is a cell, or never changes while the object lives.
pub unsafe trait Cells: Layout {}

// SAFETY: every object begins with an object head.
unsafe impl Layout for PyObject {
    #[inline(always)]
    fn check(_: Obj<'_>) -> bool {
        true
    }
}

/// A borrowed reference to a live object that begins with an `L`.
#[repr(transparent)]
pub struct View<'a, L>(Obj<'a>, PhantomData<fn() -> L>);

/// A new reference to an object that begins with an `L`; dropping it drops the reference.
#[repr(transparent)]
pub struct Own<L>(Ref, PhantomData<fn() -> L>);

impl<'a> Obj<'a> {
    /// The object with a certain layout, if it has it.
    #[inline(always)]
    pub fn downcast<L: Layout>(self) -> Option<View<'a, L>> {
        if L::check(self) { Some(View(self, PhantomData)) } else { None }
    }

    /// The object with a certain layout, if its type is exactly this one.
    #[inline(always)]
    pub fn downcast_exactly<L: Layout>(self, class: Type<'_>) -> Option<View<'a, L>> {
        if self.is_exactly(class) { self.downcast() } else { None }
    }
}

impl<'a> Obj<'a> {
    /// The object as a view of the head with which every object begins.
    #[inline(always)]
    pub const fn as_view(self) -> View<'a, PyObject> {
        View(self, PhantomData)
    }
}

impl Ref {
    /// The object with a certain layout, if it has it; otherwise the reference unchanged.
    pub fn downcast<L: Layout>(self) -> Result<Own<L>, Ref> {
        if L::check(self.borrow()) { Ok(Own(self, PhantomData)) } else { Err(self) }
    }
}

impl Field {
    /// The object in the field as a new reference, if it has a certain layout.
    #[inline]
    pub fn get_as<L: Layout>(&self) -> Option<Own<L>> {
        self.get().and_then(|o| o.downcast().ok())
    }
}

impl<'a, L> View<'a, L> {
    /// Makes a view without a check.
    ///
    /// # Safety
    /// The object begins with a whole `L`.
    #[inline(always)]
    pub const unsafe fn new_unchecked(o: Obj<'a>) -> Self {
        View(o, PhantomData)
    }

    /// The object as one of any type.
    #[inline(always)]
    pub const fn as_obj(self) -> Obj<'a> {
        self.0
    }

    /// The fields, which C code may change at any time: they are read and written through this pointer only.
    #[inline(always)]
    pub const fn fields(self) -> *mut L {
        self.0.cast()
    }

    /// The fields of a layout all of which may be held by reference.
    #[inline(always)]
    pub fn cells(self) -> &'a L
    where
        L: Cells,
    {
        // SAFETY: the view is of an object that begins with the layout and lives as long as the view. The layout
        // promises that other code writes only to cells.
        unsafe { &*self.fields() }
    }

    /// A new reference.
    #[inline(always)]
    pub fn to_own(self) -> Own<L> {
        Own(self.0.to_ref(), PhantomData)
    }
}

impl<L> Clone for View<'_, L> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<L> Copy for View<'_, L> {}

impl<L> core::fmt::Debug for View<'_, L> {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(out)
    }
}

impl<'a, L> Deref for View<'a, L> {
    type Target = Obj<'a>;
    #[inline(always)]
    fn deref(&self) -> &Obj<'a> {
        &self.0
    }
}

impl<L> Own<L> {
    /// Makes an owned reference without a check.
    ///
    /// # Safety
    /// The object begins with a whole `L`.
    #[inline(always)]
    pub unsafe fn new_unchecked(o: Ref) -> Self {
        Own(o, PhantomData)
    }

    /// Borrows the reference; the layout stays known.
    #[inline(always)]
    pub fn borrow(&self) -> View<'_, L> {
        View(self.0.borrow(), PhantomData)
    }

    /// Borrows the reference, as one to an object of any type.
    #[inline(always)]
    pub fn as_obj(&self) -> Obj<'_> {
        self.0.borrow()
    }

    /// The same reference, to an object of any type.
    #[inline(always)]
    pub fn into_ref(self) -> Ref {
        self.0
    }
}

impl<L> Clone for Own<L> {
    fn clone(&self) -> Self {
        self.borrow().to_own()
    }
}

impl<L> core::fmt::Debug for Own<L> {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(out)
    }
}

impl<L> From<Own<L>> for Ref {
    #[inline(always)]
    fn from(own: Own<L>) -> Ref {
        own.0
    }
}

/// A new reference, or NULL.
impl<L> IntoC for Result<Own<L>> {
    type C = *mut PyObject;
    #[inline(always)]
    fn into_c(self) -> *mut PyObject {
        match self {
            Ok(own) => own.0.into_ptr(),
            Err(Raised { .. }) => core::ptr::null_mut(),
        }
    }
}
