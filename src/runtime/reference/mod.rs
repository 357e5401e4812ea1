//! References: [`Obj`] is a *borrowed* reference, [`Ref`] an owned one (CPython: a *new* or *strong* one), and [`Type`]
//! a borrowed reference to a type. All code below the API layer passes these, never raw pointers.

mod class;
mod field;

pub use class::Type;
pub use field::Field;

use crate::abi::*;
use core::ffi::c_ulong;
use core::marker::PhantomData;
use core::ptr::NonNull;

/// A borrowed reference to a live object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Obj<'a>(NonNull<PyObject>, PhantomData<&'a PyObject>);

/// An owned reference; dropping it drops the reference.
#[derive(Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Ref(NonNull<PyObject>);

/// Whether a count is that of an immortal object: its sign bit is set (CPython: `_Py_IsImmortal`).
const fn is_immortal(refcnt: u32) -> bool {
    (refcnt as i32) < 0
}

/// The address of an object's count, which is the low half of the word. C counts in that half, so Rust does too:
/// loading the whole word just after C has stored half of it would wait for that store (a store forwarding stall).
#[inline(always)]
const fn count(o: NonNull<PyObject>) -> *mut u32 {
    const { assert!(cfg!(target_endian = "little"), "the low half of a word is the first") };
    o.as_ptr().cast()
}

/// Adds a reference, as the inline `Py_INCREF` of 3.14 does. Code compiled with headers from before 3.12 counts
/// immortal objects too. If the count of an immortal object fell below its initial value, it is counted up until it is
/// there again.
///
/// # Safety
/// `o` is a live object.
#[inline(always)]
pub unsafe fn incref(o: NonNull<PyObject>) {
    // SAFETY: a live object has a count. Only threads that hold the GIL share an object, so no other thread writes it
    // now.
    unsafe {
        let refcnt = count(o).read();
        if refcnt < IMMORTAL_REFCNT as u32 {
            count(o).write(refcnt + 1);
        }
    }
}

/// Drops a reference, and destroys the object when that was the last.
///
/// # Safety
/// `o` is a live object, and the caller owns the reference.
#[inline(always)]
pub unsafe fn decref(o: NonNull<PyObject>) {
    // SAFETY: a live object has a count, which no other thread writes now, since only threads that hold the GIL share
    // an object. At zero the last reference is gone, so `dealloc` may be called.
    unsafe {
        let refcnt = count(o).read();
        if !is_immortal(refcnt) {
            count(o).write(refcnt.wrapping_sub(1));
            if refcnt == 1 {
                dealloc(o);
            }
        }
    }
}

/// Destroys an object: calls its type's `tp_dealloc` (CPython: `_Py_Dealloc`).
///
/// # Safety
/// `o`'s count is zero, or no code uses the object any more.
#[inline(never)]
unsafe fn dealloc(o: NonNull<PyObject>) {
    // SAFETY: both functions have the same condition: no reference to the object is left.
    unsafe { dealloc_often(o) }
}

/// [`dealloc`], inlined for the fast path: `_Py_Dealloc`, which every program calls.
///
/// # Safety
/// `o`'s count is zero, or no code uses the object any more.
#[inline(always)]
pub(crate) unsafe fn dealloc_often(o: NonNull<PyObject>) {
    // SAFETY: the object and its type are still whole, and every type has a tp_dealloc.
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
    /// Borrows a pointer from C; `None` for NULL.
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

    /// Borrows a pointer from C that is never NULL, such as the first argument of a slot.
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

    /// The pointer as one to a larger layout, for code that has checked the type.
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

    /// Whether the type is this one or derived from it.
    pub fn is_a(self, class: Type<'_>) -> bool {
        self.class().is_subtype(class)
    }

    /// Whether the type has a flag, usually one of the `Py_TPFLAGS_*_SUBCLASS`.
    #[inline]
    pub fn has_flag(self, flag: c_ulong) -> bool {
        self.class().has_flag(flag)
    }

    /// Whether both are the same object.
    #[inline]
    pub fn is(self, other: Obj<'_>) -> bool {
        self.0 == other.0
    }

    /// A new reference.
    #[inline]
    pub fn to_ref(self) -> Ref {
        // SAFETY: borrowed references are to live objects.
        unsafe { incref(self.0) };
        Ref(self.0)
    }

    /// The number of references (CPython: `Py_REFCNT`).
    pub fn refcnt(self) -> u32 {
        // SAFETY: an `Obj` borrows a live object, which has a count.
        unsafe { count(self.0).read() }
    }

    /// Sets the number of references, unless the object is immortal (CPython: `Py_SET_REFCNT`).
    ///
    /// # Safety
    /// Exactly `refcnt` references are dropped from now on.
    pub unsafe fn set_refcnt(self, refcnt: u32) {
        if !self.is_immortal() {
            // SAFETY: an `Obj` borrows a live object, which has a count. The flags in the high half stay.
            unsafe { count(self.0).write(refcnt) };
        }
    }

    /// Whether the object is immortal.
    pub fn is_immortal(self) -> bool {
        is_immortal(self.refcnt())
    }

    /// Makes the object immortal: it is never destroyed, and threads may share it without the GIL. No other thread
    /// counts its references meanwhile.
    pub fn immortalize(self) {
        if !self.is_immortal() {
            // SAFETY: an `Obj` borrows a live object, which has a count.
            unsafe { (*self.0.as_ptr()).ob_refcnt = IMMORTAL_REFCNT };
        }
    }

    /// The object as a type, if it is one.
    pub fn as_type(self) -> Option<Type<'a>> {
        self.has_flag(Py_TPFLAGS_TYPE_SUBCLASS).then(|| Type(self.0.cast(), PhantomData))
    }
}

impl Ref {
    /// Takes over a new reference from C; `None` for NULL.
    ///
    /// # Safety
    /// `o` is NULL or a live object, and the caller gives away one reference to it.
    #[inline]
    pub unsafe fn from_ptr(o: *mut PyObject) -> Option<Self> {
        NonNull::new(o).map(Ref)
    }

    /// Takes over a new reference from C that is never NULL.
    ///
    /// # Safety
    /// `o` is a live object, and the caller gives away one reference to it.
    #[inline]
    pub unsafe fn from_ptr_unchecked(o: *mut PyObject) -> Self {
        // SAFETY: `o` is an object, so it is not NULL.
        Ref(unsafe { NonNull::new_unchecked(o) })
    }

    /// Borrows the reference.
    #[inline]
    pub fn borrow(&self) -> Obj<'_> {
        Obj(self.0, PhantomData)
    }

    /// Borrows each of some references.
    pub const fn borrow_all(refs: &[Ref]) -> &[Obj<'_>] {
        // SAFETY: both types are one pointer to an object that is not NULL, and the borrows last no longer than the
        // references.
        unsafe { core::slice::from_raw_parts(refs.as_ptr().cast(), refs.len()) }
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
