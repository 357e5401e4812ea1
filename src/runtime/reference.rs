//! References: [`Obj`] is a *borrowed* reference, [`Ref`] one that is owned (CPython: a *new* or *strong* one), and
//! [`Type`] a borrowed reference to a type. Everything above the API layer passes these, never raw pointers.

use crate::abi::*;
use core::cell::Cell;
use core::ffi::{CStr, c_ulong};
use core::marker::PhantomData;
use core::ptr::NonNull;

/// A borrowed reference to a live object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Obj<'a>(NonNull<PyObject>, PhantomData<&'a PyObject>);

/// An owned reference; dropping it gives the reference back.
#[derive(Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Ref(NonNull<PyObject>);

/// A borrowed reference to a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Type<'a>(NonNull<PyTypeObject>, PhantomData<&'a PyTypeObject>);

/// Whether a count word is an immortal object's: the sign bit of its low half (CPython: `_Py_IsImmortal`).
const fn is_immortal(refcnt: u64) -> bool {
    (refcnt as u32 as i32) < 0
}

/// Adds a reference, as the inline `Py_INCREF` of 3.14 does: code compiled with headers from before 3.12 counts immortal
/// objects too, and an immortal whose count fell below where it started is counted up until it is there again.
///
/// # Safety
/// `o` is a live object.
#[inline]
pub unsafe fn incref(o: NonNull<PyObject>) {
    // SAFETY: live by the caller's promise; the count is a plain word that the GIL, or being unshared, protects.
    unsafe {
        let refcnt = (*o.as_ptr()).ob_refcnt;
        if (refcnt as u32) < IMMORTAL_REFCNT as u32 {
            (*o.as_ptr()).ob_refcnt = refcnt + 1;
        }
    }
}

/// Takes a reference away, and destroys the object when that was the last.
///
/// # Safety
/// `o` is a live object, and the caller owns the reference.
#[inline]
pub unsafe fn decref(o: NonNull<PyObject>) {
    // SAFETY: as in `incref`; at zero nobody else refers to the object, which is what `dealloc` asks for.
    unsafe {
        let refcnt = (*o.as_ptr()).ob_refcnt;
        if !is_immortal(refcnt) {
            (*o.as_ptr()).ob_refcnt = refcnt - 1;
            if (refcnt - 1) as u32 == 0 {
                dealloc(o);
            }
        }
    }
}

/// Destroys an object: calls its type's `tp_dealloc` (CPython: `_Py_Dealloc`).
///
/// # Safety
/// As for [`dealloc_often`].
#[inline(never)]
unsafe fn dealloc(o: NonNull<PyObject>) {
    // SAFETY: the caller's promise.
    unsafe { dealloc_often(o) }
}

/// The same in its caller's place, for the one that every program calls.
///
/// # Safety
/// `o`'s count is zero, or the caller knows that the object is not used any more.
#[inline(always)]
pub(crate) unsafe fn dealloc_often(o: NonNull<PyObject>) {
    // SAFETY: the object and its type are still whole; every type of ours has a tp_dealloc.
    unsafe {
        let ty = (*o.as_ptr()).ob_type;
        if (*ty).tp_flags & Py_TPFLAGS_HAVE_GC != 0 {
            super::trash::destroy(o);
        } else if let Some(tp_dealloc) = (*ty).tp_dealloc {
            tp_dealloc(o.as_ptr());
        }
    }
}

impl<'a> Obj<'a> {
    /// Borrows what C handed over; `None` for NULL.
    ///
    /// # Safety
    /// `o` is NULL or a live object that stays alive for `'a`.
    #[inline]
    pub const unsafe fn from_ptr(o: *mut PyObject) -> Option<Self> {
        match NonNull::new(o) {
            Some(o) => Some(Obj(o, PhantomData)),
            None => None,
        }
    }

    /// The same, where NULL can't be: the first argument of a slot, say.
    ///
    /// # Safety
    /// `o` is a live object that stays alive for `'a`.
    #[inline]
    pub const unsafe fn from_ptr_unchecked(o: *mut PyObject) -> Self {
        // SAFETY: a live object is not NULL.
        Obj(unsafe { NonNull::new_unchecked(o) }, PhantomData)
    }

    /// Borrows a static object.
    ///
    /// # Safety
    /// `o` points to an initialised static whose layout begins with an object head.
    pub const unsafe fn from_static<T>(o: *mut T) -> Obj<'static> {
        // SAFETY: statics are never NULL.
        Obj(unsafe { NonNull::new_unchecked(o.cast()) }, PhantomData)
    }

    /// The pointer for C, still borrowed.
    #[inline]
    pub const fn as_ptr(self) -> *mut PyObject {
        self.0.as_ptr()
    }

    /// The pointer as one to a larger layout, for the code that has checked the type.
    #[inline]
    pub const fn cast<T>(self) -> *mut T {
        self.0.as_ptr().cast()
    }

    /// The object's type.
    #[inline]
    pub fn class(self) -> Type<'a> {
        // SAFETY: a live object has a live type, which it keeps alive.
        unsafe { Type(NonNull::new_unchecked((*self.0.as_ptr()).ob_type), PhantomData) }
    }

    /// Whether the type is exactly this one.
    #[inline]
    pub fn is_exactly(self, class: Type<'_>) -> bool {
        self.class().as_ptr() == class.as_ptr()
    }

    /// Whether the type is this one or made from it.
    pub fn is_a(self, class: Type<'_>) -> bool {
        self.class().is_subtype(class)
    }

    /// Whether the type has a flag (one of the `Py_TPFLAGS_*_SUBCLASS`, mostly).
    #[inline]
    pub fn has_flag(self, flag: c_ulong) -> bool {
        self.class().has_flag(flag)
    }

    /// Whether both are the same object.
    #[inline]
    pub fn is(self, other: Obj<'_>) -> bool {
        self.0 == other.0
    }

    /// A reference of one's own.
    #[inline]
    pub fn to_ref(self) -> Ref {
        // SAFETY: borrowed references are to live objects.
        unsafe { incref(self.0) };
        Ref(self.0)
    }

    /// The number of references (CPython: `Py_REFCNT`).
    pub fn refcnt(self) -> u32 {
        // SAFETY: live.
        unsafe { (*self.0.as_ptr()).ob_refcnt as u32 }
    }

    /// Sets the number of references, unless the object is immortal (CPython: `Py_SET_REFCNT`).
    ///
    /// # Safety
    /// Who gives references back afterwards gives back that many.
    pub unsafe fn set_refcnt(self, refcnt: u32) {
        if !self.is_immortal() {
            // SAFETY: live; the flags in the high half stay.
            unsafe {
                let word = (*self.0.as_ptr()).ob_refcnt;
                (*self.0.as_ptr()).ob_refcnt = word & !u64::from(u32::MAX) | u64::from(refcnt);
            }
        }
    }

    /// Whether counting leaves the object alone.
    pub fn is_immortal(self) -> bool {
        // SAFETY: live.
        is_immortal(unsafe { (*self.0.as_ptr()).ob_refcnt })
    }

    /// Makes counting leave the object alone from now on: it is never destroyed, and threads may share it without the GIL.
    /// Nobody else counts its references meanwhile.
    pub fn immortalize(self) {
        if !self.is_immortal() {
            // SAFETY: live.
            unsafe { (*self.0.as_ptr()).ob_refcnt = IMMORTAL_REFCNT };
        }
    }

    /// As a type, if it is one.
    pub fn as_type(self) -> Option<Type<'a>> {
        self.has_flag(Py_TPFLAGS_TYPE_SUBCLASS).then(|| Type(self.0.cast(), PhantomData))
    }
}

impl Ref {
    /// Takes over a new reference; `None` for NULL.
    ///
    /// # Safety
    /// `o` is NULL or a live object, and the caller owns one reference to it, which is handed over.
    #[inline]
    pub unsafe fn from_ptr(o: *mut PyObject) -> Option<Self> {
        NonNull::new(o).map(Ref)
    }

    /// The same, where NULL can't be.
    ///
    /// # Safety
    /// As for [`Ref::from_ptr`], and `o` is not NULL.
    #[inline]
    pub unsafe fn from_ptr_unchecked(o: *mut PyObject) -> Self {
        // SAFETY: not NULL by the caller's promise.
        Ref(unsafe { NonNull::new_unchecked(o) })
    }

    /// Borrows.
    #[inline]
    pub fn borrow(&self) -> Obj<'_> {
        Obj(self.0, PhantomData)
    }

    /// Hands the reference to C, which owns it from then on.
    #[inline]
    pub fn into_ptr(self) -> *mut PyObject {
        core::mem::ManuallyDrop::new(self).0.as_ptr()
    }

    /// The pointer, still owned here.
    #[inline]
    pub fn as_ptr(&self) -> *mut PyObject {
        self.0.as_ptr()
    }
}

impl Clone for Ref {
    fn clone(&self) -> Self {
        self.borrow().to_ref()
    }
}

impl Drop for Ref {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: a Ref owns one reference to a live object.
        unsafe { decref(self.0) }
    }
}

/// A field of an object in C's layout that owns a reference, or is NULL.
#[derive(Debug)]
#[repr(transparent)]
pub struct Field(Cell<*mut PyObject>);

impl Field {
    /// A field that holds nothing.
    pub const fn null() -> Self {
        Field(Cell::new(core::ptr::null_mut()))
    }

    /// The field at an address.
    ///
    /// # Safety
    /// `field` is a field of an object that lives for `'a`, and holds NULL or an owned reference.
    #[inline]
    pub unsafe fn at<'a>(field: *mut *mut PyObject) -> &'a Self {
        // SAFETY: the caller's promise; a cell has the layout of what it holds, and allows for others that write.
        unsafe { &*field.cast() }
    }

    /// Whether it is NULL.
    #[inline]
    pub fn is_null(&self) -> bool {
        self.0.get().is_null()
    }

    /// What it holds, still owned there.
    #[inline]
    pub fn as_ptr(&self) -> *mut PyObject {
        self.0.get()
    }

    /// What it refers to, as a new reference: what is in a field can be dropped by any code that runs meanwhile.
    #[inline]
    pub fn get(&self) -> Option<Ref> {
        // SAFETY: NULL or a live object, by the promise made to `at`.
        unsafe { Obj::from_ptr(self.0.get()) }.map(Obj::to_ref)
    }

    /// Puts another reference there, or NULL, and gives back what it held.
    #[inline]
    pub fn replace(&self, value: Option<Ref>) -> Option<Ref> {
        // SAFETY: the field owned what it held, and no longer does.
        unsafe { Ref::from_ptr(self.0.replace(value.map_or(core::ptr::null_mut(), Ref::into_ptr))) }
    }

    /// Puts another reference there, or NULL. What it held is dropped after the new one stands.
    #[inline]
    pub fn set(&self, value: Option<Ref>) {
        drop(self.replace(value));
    }
}

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

    /// The type's fields, as they are now.
    ///
    /// Code compiled with headers before 3.12 has smaller type objects, so `tp_watched` and what follows must not be
    /// read through this.
    pub fn fields(self) -> &'a PyTypeObject {
        // SAFETY: live for 'a. C may write to a type only while nobody else uses it, as in CPython.
        unsafe { &*self.0.as_ptr() }
    }

    /// `tp_name`: with the module's name for most types that are not built in.
    pub fn tp_name(self) -> &'a CStr {
        // SAFETY: every type has a NUL-terminated name that lives as long as the type.
        unsafe { CStr::from_ptr((*self.0.as_ptr()).tp_name) }
    }

    /// `tp_name` as text, for messages.
    pub fn name(self) -> super::memory::Lossy<'a> {
        super::memory::Lossy(self.tp_name().to_bytes())
    }

    /// The name without the module: what follows the last dot of `tp_name` (CPython: `_PyType_Name`).
    pub fn short_name(self) -> super::memory::Lossy<'a> {
        super::memory::Lossy(self.short_c_name().to_bytes())
    }

    /// The same, as C has it.
    pub fn short_c_name(self) -> &'a CStr {
        let name = self.tp_name();
        let start = name.to_bytes().iter().rposition(|&byte| byte == b'.').map_or(0, |dot| dot + 1);
        // SAFETY: the rest of a NUL-terminated string is one.
        unsafe { CStr::from_ptr(name.as_ptr().add(start)) }
    }

    /// Whether the type has a flag.
    #[inline]
    pub fn has_flag(self, flag: c_ulong) -> bool {
        self.flags() & flag != 0
    }

    /// `tp_flags`.
    #[inline]
    pub fn flags(self) -> c_ulong {
        // SAFETY: live; the flags are read alone, since the object may be of an older, smaller layout.
        unsafe { (*self.0.as_ptr()).tp_flags }
    }

    /// `tp_base`; only `object` has none.
    pub fn base(self) -> Option<Type<'a>> {
        // SAFETY: a type keeps its base alive.
        NonNull::new(unsafe { (*self.0.as_ptr()).tp_base }).map(|base| Type(base, PhantomData))
    }

    /// Whether this is `other` or made from it (CPython: `PyType_IsSubtype`).
    ///
    /// Walks `tp_mro` where there is one, else the chain of `tp_base`: built-in types have one base each.
    pub fn is_subtype(self, other: Type<'_>) -> bool {
        // SAFETY: live; tp_mro is NULL or a tuple of types, which the type keeps alive.
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
