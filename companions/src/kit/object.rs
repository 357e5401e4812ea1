//! References to objects, and the error indicator as a type.

use core::ffi::{CStr, c_long};
use core::fmt;
use core::marker::PhantomData;
use core::ptr::NonNull;
use pyo3_ffi as ffi;
use pyo3_ffi::PyObject;

unsafe extern "C" {
    // pyo3-ffi does not declare it.
    fn PyLong_AsInt(object: *mut PyObject) -> core::ffi::c_int;
}

/// The proof that the error indicator is set. Only a failed call of the C API and [`raise`] make one.
#[derive(Debug)]
pub struct Raised(());

/// The result of a step that sets the error indicator when it fails.
pub type Result<T> = core::result::Result<T, Raised>;

impl Raised {
    /// The error that a call of the C API has just set. When it reported a failure and set none, SystemError is set.
    pub(super) fn pending() -> Raised {
        // SAFETY: the caller of the module holds the GIL, which is all that the two functions need.
        unsafe {
            if ffi::PyErr_Occurred().is_null() {
                ffi::PyErr_SetString(ffi::PyExc_SystemError, c"error return without exception set".as_ptr());
            }
        }
        Raised(())
    }
}

/// Sets an exception of the class, with this text as its only argument.
pub fn raise(class: Obj<'_>, text: impl fmt::Display) -> Raised {
    match Ref::text(&text.to_string()) {
        // SAFETY: both are objects, and the call takes no reference.
        Ok(text) => unsafe { ffi::PyErr_SetObject(class.as_ptr(), text.as_ptr()) },
        Err(raised) => return raised,
    }
    Raised(())
}

/// An exception class that every interpreter has.
#[derive(Clone, Copy)]
pub enum Builtin {
    /// `Exception`.
    Exception,
    /// `TypeError`.
    TypeError,
    /// `ValueError`.
    ValueError,
    /// `MemoryError`.
    MemoryError,
}

impl Builtin {
    /// The class.
    pub fn obj(self) -> Obj<'static> {
        // SAFETY: the interpreter's pointers to its exception classes, which live as long as it does and are never NULL.
        let class = unsafe {
            match self {
                Builtin::Exception => ffi::PyExc_Exception,
                Builtin::TypeError => ffi::PyExc_TypeError,
                Builtin::ValueError => ffi::PyExc_ValueError,
                Builtin::MemoryError => ffi::PyExc_MemoryError,
            }
        };
        Obj(NonNull::new(class).expect("a class of the interpreter"), PhantomData)
    }
}

/// A borrowed reference: the object lives for `'a`.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Obj<'a>(NonNull<PyObject>, PhantomData<&'a PyObject>);

/// An owned reference, which is dropped at its end.
pub struct Ref(NonNull<PyObject>);

impl<'a> Obj<'a> {
    /// The object at a pointer that C gave; `None` for NULL.
    ///
    /// # Safety
    ///
    /// The pointer is NULL or an object that lives for `'a`.
    pub(super) unsafe fn from_ptr(pointer: *mut PyObject) -> Option<Obj<'a>> {
        NonNull::new(pointer).map(|object| Obj(object, PhantomData))
    }

    /// The object for a call of the C API.
    pub fn as_ptr(self) -> *mut PyObject {
        self.0.as_ptr()
    }

    /// The object as a C int. OverflowError for one that does not fit.
    pub fn to_c_int(self) -> Result<i32> {
        // SAFETY: an object, and the GIL is held.
        match unsafe { PyLong_AsInt(self.as_ptr()) } {
            -1 if pending() => Err(Raised(())),
            number => Ok(number),
        }
    }

    /// The object as a size or an index: TypeError for an object without `__index__`, OverflowError for one that does not fit.
    pub fn to_size(self) -> Result<isize> {
        // SAFETY: an object, and the GIL is held.
        match unsafe { ffi::PyNumber_AsSsize_t(self.as_ptr(), ffi::PyExc_OverflowError) } {
            -1 if pending() => Err(Raised(())),
            number => Ok(number),
        }
    }

    /// The lowest 32 bits of an int, of any size and sign.
    pub fn to_u32_wrapping(self) -> Result<u32> {
        // SAFETY: an object, and the GIL is held.
        match unsafe { ffi::PyLong_AsUnsignedLongMask(self.as_ptr()) } {
            u if u as i64 == -1 && pending() => Err(Raised(())),
            number => Ok(number as u32),
        }
    }
}

fn pending() -> bool {
    // SAFETY: the caller of the module holds the GIL.
    !unsafe { ffi::PyErr_Occurred() }.is_null()
}

impl Ref {
    /// The new reference that a call of the C API returned; NULL means that it set an error.
    ///
    /// # Safety
    ///
    /// The pointer is a new reference, or NULL with the error indicator set.
    pub(super) unsafe fn from_new(pointer: *mut PyObject) -> Result<Ref> {
        NonNull::new(pointer).map(Ref).ok_or_else(Raised::pending)
    }

    /// The object, borrowed.
    pub fn obj(&self) -> Obj<'_> {
        Obj(self.0, PhantomData)
    }

    /// The object for a call of the C API, borrowed.
    pub fn as_ptr(&self) -> *mut PyObject {
        self.0.as_ptr()
    }

    /// The reference itself, for C.
    pub fn into_ptr(self) -> *mut PyObject {
        let pointer = self.as_ptr();
        core::mem::forget(self);
        pointer
    }

    /// A `str`.
    pub fn text(text: &str) -> Result<Ref> {
        // SAFETY: the bytes are read within their length; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as isize)) }
    }

    /// A `bytes`.
    pub fn bytes(bytes: &[u8]) -> Result<Ref> {
        // SAFETY: the bytes are read within their length; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyBytes_FromStringAndSize(bytes.as_ptr().cast(), bytes.len() as isize)) }
    }

    /// An `int`.
    pub fn int(number: c_long) -> Result<Ref> {
        // SAFETY: the GIL is held; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyLong_FromLong(number)) }
    }

    /// A new class derived from `base`, whose name is given with its module's, as `zlib.error`.
    pub fn exception(name: &CStr, base: Obj<'_>) -> Result<Ref> {
        // SAFETY: the name ends with NUL, `base` is an object; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyErr_NewException(name.as_ptr(), base.as_ptr(), core::ptr::null_mut())) }
    }
}

impl Drop for Ref {
    fn drop(&mut self) {
        // SAFETY: the reference is owned, and used no more.
        unsafe { ffi::Py_DECREF(self.0.as_ptr()) };
    }
}
