//! The rules of capsules: which calls are legal, when names match, and in which state a destructor finds its capsule.
//!
//! A capsule carries a pointer through code that does not know its type. The capsule's name identifies the type. The
//! name is kept as the pointer that was given: it is never copied and never freed here.

mod error;
mod import;
mod object;

pub use error::{CapsuleError, Entry};
pub use import::import;
pub use object::{CAPSULE, PyCapsule_Type, release};

use crate::abi::{PyCapsule, PyCapsule_Destructor, inquiry, traverseproc};
use crate::runtime::{IntoC, Obj, Raised, Ref, Result, events, gc};
use core::cell::Cell;
use core::ffi::{CStr, c_char, c_void};

/// A legal capsule: an object of exactly the capsule type, with a pointer that is not NULL.
#[derive(Debug)]
#[repr(transparent)]
pub struct Capsule(Fields);

/// [`PyCapsule`] with fields that a shared borrow may change, because a destructor may change the capsule that it is
/// called with.
#[derive(Debug)]
#[repr(C)]
struct Fields {
    head: [usize; 2],
    pointer: Cell<*mut c_void>,
    name: Cell<*const c_char>,
    context: Cell<*mut c_void>,
    destructor: Cell<PyCapsule_Destructor>,
    traverse: Cell<traverseproc>,
    clear: Cell<inquiry>,
}

const _: () = assert!(size_of::<Fields>() == size_of::<PyCapsule>());

/// A name from C: NULL, or a NUL-terminated string. It is only compared and returned. As the type of a C parameter it
/// is a `const char *`.
#[derive(Debug, Clone, Copy)]
#[repr(transparent)]
pub struct Name(*const c_char);

impl Name {
    /// A name that lives for ever.
    pub const fn new(name: &'static CStr) -> Self {
        Name(name.as_ptr())
    }

    /// Takes a name from C.
    ///
    /// # Safety
    /// `name` is NULL, or NUL-terminated and readable for as long as a capsule has it or a copy of the result is
    /// compared.
    pub const unsafe fn from_ptr(name: *const c_char) -> Self {
        Name(name)
    }

    /// The pointer that was given.
    pub const fn as_ptr(self) -> *const c_char {
        self.0
    }

    /// The characters, unless the name is NULL.
    ///
    /// # Safety
    /// The name stays readable for `'a`.
    #[inline(always)]
    pub unsafe fn text<'a>(self) -> Option<&'a CStr> {
        // SAFETY: `from_ptr`, or the C caller of an exported function, has given a name that is NULL or NUL-terminated.
        // It is not NULL here, and stays readable for 'a by the condition of this function.
        (!self.0.is_null()).then(|| unsafe { CStr::from_ptr(self.0) })
    }

    /// The rule for names: both are NULL, or neither is and the bytes are equal. NULL and "" differ.
    #[inline(always)]
    pub fn matches(self, other: Name) -> bool {
        if self.0 == other.0 {
            return true;
        }
        // SAFETY: neither is NULL here, and a name that is not NULL is NUL-terminated and readable.
        !self.0.is_null() && !other.0.is_null() && unsafe { libc::strcmp(self.0, other.0) == 0 }
    }

    /// [`Name::matches`] for callers that expect other names too, as `PyCapsule_IsValid` does. Names that differ mostly
    /// do so in the first byte, which takes no call to see.
    #[inline(always)]
    pub fn matches_early(self, other: Name) -> bool {
        if self.0 == other.0 {
            return true;
        }
        // SAFETY: neither is NULL where a byte is read, and a name that is not NULL has at least one.
        !self.0.is_null() && !other.0.is_null() && unsafe { *self.0 == *other.0 } && self.matches(other)
    }
}

/// The same pointer that was given, or NULL.
impl IntoC for Result<Name> {
    type C = *const c_char;
    #[inline]
    fn into_c(self) -> *const c_char {
        self.map_or(core::ptr::null(), Name::as_ptr)
    }
}

/// A destructor, or NULL.
impl IntoC for Result<PyCapsule_Destructor> {
    type C = PyCapsule_Destructor;
    #[inline]
    fn into_c(self) -> PyCapsule_Destructor {
        self.unwrap_or(None)
    }
}

/// Makes a capsule (CPython: `PyCapsule_New`): a new reference, or ValueError for a NULL pointer, or MemoryError.
///
/// # Safety
/// `destructor` may be called with the capsule when its last reference goes.
#[inline(always)]
pub unsafe fn new(pointer: *mut c_void, name: Name, destructor: PyCapsule_Destructor) -> Result<Ref> {
    if pointer.is_null() {
        return Err(Raised::from(CapsuleError::NewNullPointer));
    }
    // SAFETY: both functions ask for the same: the destructor is for a capsule with this pointer and name.
    unsafe { object::allocate(pointer, name, destructor) }
}

impl Capsule {
    /// The legality rule: `o` is exactly a capsule and holds a pointer. `entry` is the function that the error's
    /// message names.
    #[inline]
    pub fn borrow(o: Option<Obj<'_>>, entry: Entry) -> Result<&Capsule, CapsuleError<'_>> {
        o.and_then(Self::legal).ok_or(CapsuleError::Invalid(entry))
    }

    /// The capsule, if the object is a legal capsule.
    #[inline(always)]
    fn legal(o: Obj<'_>) -> Option<&Capsule> {
        // SAFETY: the object's class was just compared with the class of capsules.
        if o.is_exactly(CAPSULE) { unsafe { Self::with_pointer(o) } } else { None }
    }

    /// The capsule, if the object is a legal capsule and no listener watches capsules.
    #[inline(always)]
    pub fn unwatched(o: Obj<'_>) -> Option<&Capsule> {
        // SAFETY: `is_unwatched` has compared the object's class with the class of capsules.
        if events::is_unwatched(o) { unsafe { Self::with_pointer(o) } } else { None }
    }

    /// The capsule, if it holds a pointer.
    ///
    /// # Safety
    /// The object is exactly a capsule.
    #[inline(always)]
    unsafe fn with_pointer(o: Obj<'_>) -> Option<&Capsule> {
        // SAFETY: `allocate` made every object of exactly this class, as a whole `PyCapsule`, and it lives as long as
        // `o` is borrowed. The fields are cells, so C code may change them through the API meanwhile.
        let capsule = unsafe { &*o.cast::<Capsule>() };
        (!capsule.0.pointer.get().is_null()).then_some(capsule)
    }

    /// Whether the object is a legal capsule with this name (CPython: `PyCapsule_IsValid`). Sets no error.
    #[inline(always)]
    pub fn is_valid(o: Option<Obj<'_>>, name: Name) -> bool {
        o.and_then(Self::legal).is_some_and(|capsule| capsule.name().matches(name))
    }

    /// The pointer, if this is the capsule's name.
    #[inline(always)]
    pub fn pointer(&self, name: Name) -> Result<*mut c_void, CapsuleError<'_>> {
        if self.name().matches(name) { Ok(self.0.pointer.get()) } else { Err(CapsuleError::WrongName) }
    }

    /// The name: the same pointer that was given.
    #[inline]
    pub fn name(&self) -> Name {
        Name(self.0.name.get())
    }

    /// The context, or NULL.
    #[inline]
    pub fn context(&self) -> *mut c_void {
        self.0.context.get()
    }

    /// The destructor, if there is one.
    #[inline]
    pub fn destructor(&self) -> PyCapsule_Destructor {
        self.0.destructor.get()
    }

    /// Replaces the pointer; an error for NULL.
    pub fn set_pointer(&self, pointer: *mut c_void) -> Result<(), CapsuleError<'_>> {
        if pointer.is_null() {
            return Err(CapsuleError::SetNullPointer);
        }
        self.0.pointer.set(pointer);
        Ok(())
    }

    /// Replaces the name. The old one is not freed.
    #[inline]
    pub fn set_name(&self, name: Name) -> Result<(), CapsuleError<'_>> {
        self.0.name.set(name.0);
        Ok(())
    }

    /// Replaces the context.
    #[inline]
    pub fn set_context(&self, context: *mut c_void) -> Result<(), CapsuleError<'_>> {
        self.0.context.set(context);
        Ok(())
    }

    /// Replaces the destructor.
    ///
    /// # Safety
    /// `destructor` may be called with the capsule when its last reference goes.
    #[inline]
    pub unsafe fn set_destructor(&self, destructor: PyCapsule_Destructor) -> Result<(), CapsuleError<'_>> {
        self.0.destructor.set(destructor);
        Ok(())
    }

    /// Sets the callbacks by which the collector visits the objects that the pointer refers to, and starts tracking the
    /// capsule.
    ///
    /// # Safety
    /// The callbacks follow the rules of `tp_traverse` and `tp_clear`, for this capsule.
    pub unsafe fn set_traverse(&self, traverse: traverseproc, clear: inquiry) -> Result<(), CapsuleError<'_>> {
        if traverse.is_none() || clear.is_none() {
            return Err(CapsuleError::NullCallback);
        }
        self.0.traverse.set(traverse);
        self.0.clear.set(clear);
        // SAFETY: `self` is the layout of a live capsule, whose head comes first.
        gc::track(unsafe { Obj::from_ptr_unchecked((&raw const *self).cast_mut().cast()) });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Name;
    use core::ffi::CStr;
    use core::ptr::null;
    use std::prelude::rust_2024::*;

    #[test]
    fn names_match_when_both_are_null_or_have_the_same_bytes() {
        // SAFETY: each pointer is NULL or a literal's.
        let name = |text: Option<&'static CStr>| unsafe { Name::from_ptr(text.map_or(null(), CStr::as_ptr)) };
        let copy = c"a.b".to_owned();
        // SAFETY: the copy is NUL-terminated, and lives until the test's end.
        let elsewhere = unsafe { Name::from_ptr(copy.as_ptr()) };
        assert!(elsewhere.matches(name(Some(c"a.b"))));
        let all = [None, Some(c""), Some(c"a"), Some(c"a.b"), Some(c"A.b"), Some(c"\xff")];
        for (i, one) in all.into_iter().enumerate() {
            for (j, other) in all.into_iter().enumerate() {
                assert_eq!(name(one).matches(name(other)), i == j, "{one:?} and {other:?}");
                assert_eq!(name(one).matches_early(name(other)), i == j, "{one:?} and {other:?}");
            }
        }
    }
}
