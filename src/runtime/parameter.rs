//! Types for the parameters of exported functions. C's promise about a pointer is in the type, so a function whose
//! parameters all have such types is safe. Each is one pointer wide; cbindgen writes it as the C type that it
//! represents.

use super::definition::{Definition, Methods};
use super::memory::Block;
use super::reference::{Field, Obj, Ref, Type};
use super::thread::{PyInterpreterState, State};
use crate::abi::{Py_hash_t, Py_ssize_t, PyCompilerFlags, PyMonitoringState, PyObject, PyObjectArenaAllocator};
use core::cell::Cell;
use core::ffi::{CStr, c_char, c_int, c_void};
use core::marker::PhantomData;
use core::ptr::NonNull;

/// `PyObject *`: NULL, or an object that is live for the length of the call.
pub type Arg<'a> = Option<Obj<'a>>;

/// `PyObject *`: NULL, or a reference that the function takes over (CPython: it *steals* the reference).
pub type Given = Option<Ref>;

/// `PyTypeObject *`: NULL, or a type that is live for the length of the call.
pub type TypeArg<'a> = Option<Type<'a>>;

/// `PyObject **`: NULL, or the caller's variable with NULL or a reference, which the function may replace.
pub type Place<'a> = Option<&'a Field>;

/// `void *`: NULL, or an object, which C need not cast.
pub type Untyped<'a> = Option<Obj<'a>>;

/// `Py_ssize_t *`: NULL, or a position that the function reads and advances.
pub type Position<'a> = Option<&'a Cell<Py_ssize_t>>;

/// `int *`: NULL, or a number that the function reads and writes.
pub type IntPlace<'a> = Option<&'a Cell<c_int>>;

/// `const PyLongObject *`: NULL, or an object that should be an int.
pub type LongArg<'a> = Option<Obj<'a>>;

/// `PyLongObject *`: NULL, or an object that should be an int.
pub type LongRef<'a> = Option<Obj<'a>>;

/// `PyFrameObject *`: NULL, or an object that should be a frame.
pub type FrameArg<'a> = Option<Obj<'a>>;

/// `PyCodeObject *`: NULL, or an object that should be a code object.
pub type CodeArg<'a> = Option<Obj<'a>>;

/// `PyMonitoringState *`: NULL, or the state of an event, which lives for the length of the call.
pub type MonitoringArg<'a> = Option<&'a PyMonitoringState>;

/// `PyGenObject *`: NULL, or an object that should be a generator.
pub type GeneratorArg<'a> = Option<Obj<'a>>;

/// `void *`: NULL, or a block from this library's `malloc` that the function takes over.
pub type GivenBlock = Option<Block>;

/// `PyThreadState *`: NULL, or a thread state that is deleted neither during the call nor while it is the current one.
pub type ThreadStateArg = Option<State>;

/// `PyInterpreterState *`: NULL, or the interpreter.
pub type InterpreterArg<'a> = Option<&'a PyInterpreterState>;

/// `PyModuleDef *`: NULL, or a definition that is valid as long as the process lives.
pub type DefinitionArg = Option<Definition>;

/// `PyMethodDef *`: NULL, or a table of functions that is valid as long as the process lives.
pub type MethodsArg = Option<Methods>;

/// `const char *`: NULL, or a NUL-terminated string that is readable for the length of the call.
#[derive(Debug, Clone, Copy)]
#[repr(transparent)]
pub struct Text<'a>(*const c_char, PhantomData<&'a CStr>);

/// A place for a result: NULL, or memory that can be written for the length of the call. It need not hold a value yet.
#[derive(Debug)]
#[repr(transparent)]
pub struct Out<'a, T>(Option<NonNull<T>>, PhantomData<&'a T>);

/// `PyObject **`: a place for a reference.
pub type OutObject<'a> = Out<'a, *mut PyObject>;

/// `char **`: a place for the address of characters that C may write.
pub type OutChars<'a> = Out<'a, *mut c_char>;

/// `void **`: a place for an address.
pub type OutPointer<'a> = Out<'a, *mut c_void>;

/// `const void **`: a place for the address of memory that C must not write to.
pub type OutReadOnly<'a> = Out<'a, *const c_void>;

/// `int *`: a place for a number.
pub type OutInt<'a> = Out<'a, c_int>;

/// `int32_t *`: a place for a number.
pub type OutInt32<'a> = Out<'a, i32>;

/// `uint32_t *`: a place for a number.
pub type OutUInt32<'a> = Out<'a, u32>;

/// `int64_t *`: a place for a number.
pub type OutInt64<'a> = Out<'a, i64>;

/// `uint64_t *`: a place for a number.
pub type OutUInt64<'a> = Out<'a, u64>;

/// `Py_ssize_t *`: a place for a length or a position.
pub type OutSize<'a> = Out<'a, Py_ssize_t>;

/// `Py_hash_t *`: a place for a hash.
pub type OutHash<'a> = Out<'a, Py_hash_t>;

/// `PyObjectArenaAllocator *`: a place for the functions for arenas.
pub type OutArena<'a> = Out<'a, PyObjectArenaAllocator>;

/// `PyObjectArenaAllocator *`: functions for arenas, or NULL.
pub type ArenaArg = *mut PyObjectArenaAllocator;

/// `PyCompilerFlags *`: flags for a compiler of Python, which are never read.
pub type FlagsArg = *mut PyCompilerFlags;

/// `const char **`: a place for a string.
pub type OutText<'a> = Out<'a, *const c_char>;

impl<'a> Text<'a> {
    /// A string from Rust.
    pub const fn new(text: &'a CStr) -> Self {
        Text(text.as_ptr(), PhantomData)
    }

    /// A string from C.
    ///
    /// # Safety
    /// `text` is NULL, or NUL-terminated and readable for `'a`.
    pub const unsafe fn from_ptr(text: *const c_char) -> Self {
        Text(text, PhantomData)
    }

    /// NULL.
    pub const fn null() -> Self {
        Text(core::ptr::null(), PhantomData)
    }

    /// The pointer from C.
    pub const fn as_ptr(self) -> *const c_char {
        self.0
    }

    /// The characters, unless the pointer is NULL.
    #[inline]
    pub fn get(self) -> Option<&'a CStr> {
        // SAFETY: C promises that a pointer that is not NULL is to a NUL-terminated string that lives for the length of
        // the call, which is 'a.
        (!self.0.is_null()).then(|| unsafe { CStr::from_ptr(self.0) })
    }
}

impl<T> Out<'_, T> {
    /// The place at an address.
    ///
    /// # Safety
    /// `place` is NULL, or can be written for the length of the call.
    pub const unsafe fn from_ptr(place: *mut T) -> Self {
        Out(NonNull::new(place), PhantomData)
    }

    /// No place: the result is not wanted.
    pub const fn null() -> Self {
        Out(None, PhantomData)
    }

    /// Whether C does not want the result.
    #[inline]
    pub const fn is_null(&self) -> bool {
        self.0.is_none()
    }

    /// Writes the result, if C wants it.
    #[inline]
    pub fn set(&self, value: T) {
        if let Some(place) = self.0 {
            // SAFETY: C promises that a place that is not NULL can be written during the call. Its old value is not
            // dropped, because it may hold no value yet.
            unsafe { place.write(value) };
        }
    }
}

impl<T: Copy> Out<'_, T> {
    /// The value in the place.
    ///
    /// # Safety
    /// C has stored a value there.
    pub unsafe fn get(&self) -> Option<T> {
        // SAFETY: the place can be read as it can be written, and holds a value, as this function's caller promises.
        self.0.map(|place| unsafe { place.read() })
    }
}

impl OutObject<'_> {
    /// Stores a new reference, or NULL for none; drops the reference when C does not want the result.
    #[inline]
    pub fn hand_out(&self, found: Option<Ref>) {
        match self.0 {
            Some(_) => self.set(found.map_or(core::ptr::null_mut(), Ref::into_ptr)),
            None => drop(found),
        }
    }
}
