//! References to objects, and the error indicator as a type.

use core::ffi::{CStr, c_char, c_int, c_long};
use core::fmt;
use core::marker::PhantomData;
use core::ptr::NonNull;
use pyo3_ffi as ffi;
use pyo3_ffi::PyObject;

unsafe extern "C" {
    // pyo3-ffi does not declare them for every version.
    fn PyLong_AsInt(object: *mut PyObject) -> c_int;
    fn PyObject_GetOptionalAttrString(object: *mut PyObject, name: *const c_char, result: *mut *mut PyObject) -> c_int;
}

/// The proof that the error indicator is set. Only a failed call of the C API and [`raise`] make one.
#[derive(Debug)]
pub struct Raised(());

/// The result of a step that sets the error indicator when it fails.
pub type Result<T> = core::result::Result<T, Raised>;

impl Raised {
    /// Takes the error back: the error indicator is clear again.
    pub fn forget(self) {
        // SAFETY: the caller of the module holds the GIL.
        unsafe { ffi::PyErr_Clear() };
    }

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
    /// `OverflowError`.
    OverflowError,
    /// `ZeroDivisionError`.
    ZeroDivisionError,
    /// `NotImplementedError`.
    NotImplementedError,
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
                Builtin::OverflowError => ffi::PyExc_OverflowError,
                Builtin::ZeroDivisionError => ffi::PyExc_ZeroDivisionError,
                Builtin::NotImplementedError => ffi::PyExc_NotImplementedError,
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
    pub(crate) unsafe fn from_ptr(pointer: *mut PyObject) -> Option<Obj<'a>> {
        NonNull::new(pointer).map(|object| Obj(object, PhantomData))
    }

    /// None.
    pub fn none() -> Obj<'static> {
        // SAFETY: None is an object that lives for ever.
        unsafe { Obj::from_ptr(ffi::Py_None()) }.expect("a static")
    }

    /// The object for a call of the C API.
    pub fn as_ptr(self) -> *mut PyObject {
        self.0.as_ptr()
    }

    /// A reference that owns the object.
    pub fn to_ref(self) -> Ref {
        // SAFETY: the object is alive, and `Ref` gives the reference back.
        unsafe { ffi::Py_INCREF(self.as_ptr()) };
        Ref(self.0)
    }

    /// The value of a number as a float: TypeError for an object that has none, OverflowError for an int that is too large.
    pub fn to_f64(self) -> Result<f64> {
        // SAFETY: an object, and the GIL is held.
        match unsafe { ffi::PyFloat_AsDouble(self.as_ptr()) } {
            -1.0 if pending() => Err(Raised(())),
            number => Ok(number),
        }
    }

    /// Whether the object's class is `float` itself.
    pub fn is_exact_float(self) -> bool {
        // SAFETY: an object.
        unsafe { ffi::PyFloat_CheckExact(self.as_ptr()) != 0 }
    }

    /// Whether the object is an `int`, or of a class derived from it.
    pub fn is_int(self) -> bool {
        // SAFETY: an object.
        unsafe { ffi::PyLong_Check(self.as_ptr()) != 0 }
    }

    /// Whether the object's class is `int` itself.
    pub fn is_exact_int(self) -> bool {
        // SAFETY: an object.
        unsafe { ffi::PyLong_CheckExact(self.as_ptr()) != 0 }
    }

    /// Whether the object is None.
    pub fn is_none(self) -> bool {
        self.as_ptr() == Obj::none().as_ptr()
    }

    /// The object's value as an `int`, by `__index__`: TypeError for an object without it.
    pub fn to_index(self) -> Result<Ref> {
        // SAFETY: an object; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyNumber_Index(self.as_ptr())) }
    }

    /// The result of calling the method that the object's class has under this name; `None` when it has none.
    pub fn call_special(self, name: &CStr) -> Result<Option<Ref>> {
        // SAFETY: the class of an object is an object. The call gives a new reference, or none and perhaps an error.
        let method = unsafe {
            let mut method = core::ptr::null_mut();
            let class = ffi::Py_TYPE(self.as_ptr()).cast();
            match PyObject_GetOptionalAttrString(class, name.as_ptr(), &mut method) {
                -1 => return Err(Raised::pending()),
                0 => return Ok(None),
                _ => Ref::from_new(method)?,
            }
        };
        // SAFETY: two objects; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyObject_CallOneArg(method.as_ptr(), self.as_ptr())) }.map(Some)
    }

    /// The name of the object's class, as its definition has it.
    pub fn class_name(self) -> String {
        // SAFETY: each type has a name that ends with NUL.
        unsafe { CStr::from_ptr((*ffi::Py_TYPE(self.as_ptr())).tp_name) }.to_string_lossy().into_owned()
    }

    /// The product of two objects.
    pub fn times(self, other: Obj<'_>) -> Result<Ref> {
        // SAFETY: two objects; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyNumber_Multiply(self.as_ptr(), other.as_ptr())) }
    }

    /// The sum of two objects.
    pub fn plus(self, other: Obj<'_>) -> Result<Ref> {
        // SAFETY: two objects; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyNumber_Add(self.as_ptr(), other.as_ptr())) }
    }

    /// The true quotient of two objects.
    pub fn over(self, other: Obj<'_>) -> Result<Ref> {
        // SAFETY: two objects; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyNumber_TrueDivide(self.as_ptr(), other.as_ptr())) }
    }

    /// An iterator over the object: TypeError for one that can't be iterated.
    pub fn iterate(self) -> Result<Items> {
        // SAFETY: an object; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyObject_GetIter(self.as_ptr())) }.map(Items)
    }

    /// The result of a method that takes no arguments.
    pub fn call_method(self, name: &CStr) -> Result<Ref> {
        // SAFETY: an object, and names that end with NUL; new references come back.
        unsafe {
            let name = Ref::from_new(ffi::PyUnicode_FromString(name.as_ptr()))?;
            Ref::from_new(ffi::PyObject_CallMethodNoArgs(self.as_ptr(), name.as_ptr()))
        }
    }

    /// The result of a method of one argument.
    pub fn call_method_one(self, name: &CStr, argument: Obj<'_>) -> Result<Ref> {
        // SAFETY: two objects, and a name that ends with NUL; new references come back.
        unsafe {
            let name = Ref::from_new(ffi::PyUnicode_FromString(name.as_ptr()))?;
            Ref::from_new(ffi::PyObject_CallMethodOneArg(self.as_ptr(), name.as_ptr(), argument.as_ptr()))
        }
    }

    /// The result of calling the object with the items of a tuple.
    pub fn call(self, arguments: &Ref) -> Result<Ref> {
        // SAFETY: an object and a tuple; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyObject_CallObject(self.as_ptr(), arguments.as_ptr())) }
    }

    /// The hash of the object.
    pub fn hash(self) -> Result<isize> {
        // SAFETY: an object.
        match unsafe { ffi::PyObject_Hash(self.as_ptr()) } {
            -1 => Err(Raised::pending()),
            hash => Ok(hash),
        }
    }

    /// The object's class.
    pub fn class(self) -> Obj<'a> {
        // SAFETY: the class of an object is an object, which lives as long.
        unsafe { Obj::from_ptr(ffi::Py_TYPE(self.as_ptr()).cast()) }.expect("each object has a class")
    }

    /// The text of a `str`: TypeError for another object.
    pub fn to_text(self) -> Result<String> {
        let mut length = 0;
        // SAFETY: an object; the text belongs to it.
        unsafe {
            let bytes = ffi::PyUnicode_AsUTF8AndSize(self.as_ptr(), &mut length);
            if bytes.is_null() {
                return Err(Raised::pending());
            }
            Ok(String::from_utf8_lossy(core::slice::from_raw_parts(bytes.cast(), length as usize)).into_owned())
        }
    }

    /// Whether the object is a `str`, or of a class derived from it.
    pub fn is_text(self) -> bool {
        // SAFETY: an object.
        unsafe { ffi::PyUnicode_Check(self.as_ptr()) != 0 }
    }

    /// Whether the object is a `float`, or of a class derived from it.
    pub fn is_float(self) -> bool {
        // SAFETY: an object.
        unsafe { ffi::PyFloat_Check(self.as_ptr()) != 0 }
    }

    /// The bytes of a `bytes` object; `None` for another.
    pub fn as_bytes(self) -> Option<&'a [u8]> {
        // SAFETY: an object; the bytes of a `bytes` do not move, and live as long as it does.
        unsafe {
            if ffi::PyBytes_Check(self.as_ptr()) == 0 {
                return None;
            }
            let length = ffi::PyBytes_Size(self.as_ptr()) as usize;
            Some(core::slice::from_raw_parts(ffi::PyBytes_AsString(self.as_ptr()).cast(), length))
        }
    }

    /// The items of a tuple; of another object none.
    pub fn items(self) -> Vec<Obj<'a>> {
        // SAFETY: a tuple keeps its items as long as it lives.
        unsafe {
            if ffi::PyTuple_Check(self.as_ptr()) == 0 {
                return Vec::new();
            }
            let item = |i| Obj::from_ptr(ffi::PyTuple_GetItem(self.as_ptr(), i));
            (0..ffi::PyTuple_Size(self.as_ptr())).filter_map(item).collect()
        }
    }

    /// The text of the object's `str()`.
    pub fn text(self) -> Result<String> {
        // SAFETY: an object; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyObject_Str(self.as_ptr()))? }.obj().to_text()
    }

    /// The text of the object's repr, with a replacement for what UTF-8 can't express.
    pub fn repr(self) -> Result<String> {
        // SAFETY: an object; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyObject_Repr(self.as_ptr()))? }.obj().to_text()
    }
}

/// The items of an iterator.
pub struct Items(Ref);

impl Iterator for Items {
    type Item = Result<Ref>;

    fn next(&mut self) -> Option<Result<Ref>> {
        // SAFETY: an iterator. The call gives a new reference, or NULL at the end and with an error.
        let item = unsafe { ffi::PyIter_Next(self.0.as_ptr()) };
        match NonNull::new(item) {
            Some(item) => Some(Ok(Ref(item))),
            None if pending() => Some(Err(Raised(()))),
            None => None,
        }
    }
}

impl Obj<'_> {
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
    pub(crate) unsafe fn from_new(pointer: *mut PyObject) -> Result<Ref> {
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

    /// A `float`.
    pub fn float(number: f64) -> Result<Ref> {
        // SAFETY: the GIL is held; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyFloat_FromDouble(number)) }
    }

    /// The `int` at which a float is cut: ValueError and OverflowError for a float that is not finite.
    pub fn int_of_float(number: f64) -> Result<Ref> {
        // SAFETY: the GIL is held; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyLong_FromDouble(number)) }
    }

    /// A `bool`.
    pub fn bool(value: bool) -> Result<Ref> {
        // SAFETY: the GIL is held; a new reference comes back.
        unsafe { Ref::from_new(ffi::PyBool_FromLong(value.into())) }
    }

    /// A `tuple` of these items.
    pub fn tuple(items: &[Obj<'_>]) -> Result<Ref> {
        // SAFETY: a new tuple has room for so many items, and takes a reference to each.
        unsafe {
            let tuple = Ref::from_new(ffi::PyTuple_New(items.len() as isize))?;
            for (i, item) in items.iter().enumerate() {
                ffi::PyTuple_SetItem(tuple.as_ptr(), i as isize, item.to_ref().into_ptr());
            }
            Ok(tuple)
        }
    }

    /// None.
    pub fn none() -> Ref {
        Obj::none().to_ref()
    }

    /// NotImplemented, by which an operator says that it does not know the other object.
    pub fn not_implemented() -> Ref {
        // SAFETY: NotImplemented is an object that lives for ever.
        unsafe { Obj::from_ptr(ffi::Py_NotImplemented()) }.expect("a static").to_ref()
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
