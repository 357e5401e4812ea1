//! `Include/pycapsule.h`: the capsule API. The rules are in [`crate::capsule`]; [`crate::strict`] watches the calls when it
//! is asked to.

use crate::abi::{PyCapsule_Destructor, PyObject, inquiry, traverseproc};
use crate::capsule::{self, Capsule, CapsuleError, Entry, Name};
use crate::runtime::{IntoC, Obj, Raised, Result, events};
use crate::strict::{self, Argument, Call};
use core::ffi::{c_char, c_int, c_void};

/// Asks something of a capsule that the legality rule lets through.
///
/// # Safety
/// `capsule` is NULL or a live object.
#[inline]
unsafe fn ask<T>(
    capsule: *mut PyObject,
    entry: Entry,
    question: impl FnOnce(&Capsule) -> Result<T, CapsuleError<'_>>,
) -> Result<T> {
    // SAFETY: the caller's promise.
    let o = unsafe { Obj::from_ptr(capsule) };
    put(Capsule::borrow(o, entry)?, question)
}

/// Puts a question to a capsule.
#[inline(always)]
fn put<T>(capsule: &Capsule, question: impl FnOnce(&Capsule) -> Result<T, CapsuleError<'_>>) -> Result<T> {
    match question(capsule) {
        Ok(answer) => Ok(answer),
        Err(error) => Err(Raised::from(error)),
    }
}

/// The body of a function that the checker may watch: what it does, and the call as the checker sees it. That is a
/// function of its own with the same parameters, so that a call nobody watches has nothing to keep for it.
macro_rules! watchable {
    (($($parameter:ident: $type:ty),+) -> $result:ty; $call:expr; $body:expr) => {{
        #[cold]
        #[inline(never)]
        unsafe extern "C" fn watched($($parameter: $type),+) -> $result {
            // SAFETY: the promise made to the exported function.
            unsafe { strict::observe($call, || $body).into_c() }
        }
        if events::watched() {
            // SAFETY: the caller's promise.
            return unsafe { watched($($parameter),+) };
        }
        // SAFETY: the caller's promise.
        unsafe { $body }.into_c()
    }};
}

/// The body of a function that asks something of a capsule, or sets something: which one it is, what it is given besides,
/// and the question. Of a capsule that nobody watches it is asked at once, if the condition is met that may come before it;
/// the rest is left to a function of its own with the same parameters, so that the good call has nothing to keep for it.
macro_rules! ask {
    ($entry:ident($capsule:ident: *mut PyObject $(, $parameter:ident: $type:ty)*) -> $result:ty $(, if $condition:expr)?;
     $argument:expr; $question:expr) => {{
        #[cold]
        #[inline(never)]
        unsafe extern "C" fn carefully($capsule: *mut PyObject $(, $parameter: $type)*) -> $result {
            // SAFETY: the promise made to the exported function.
            unsafe {
                let call = Call::Ask { entry: Entry::$entry, capsule: $capsule, argument: $argument };
                strict::observe(call, || ask($capsule, Entry::$entry, $question)).into_c()
            }
        }
        // SAFETY: the caller's promise.
        unsafe {
            match Obj::from_ptr($capsule).and_then(Capsule::unwatched) {
                Some(capsule) $(if $condition)? => put(capsule, $question).into_c(),
                _ => carefully($capsule $(, $parameter)*),
            }
        }
    }};
}

/// Makes a capsule that carries `pointer` under `name`.
///
/// Returns a new reference, or NULL with ValueError when `pointer` is NULL, with MemoryError when there is no memory.
/// `name` may be NULL. It is not copied: it must stay as it is for as long as the capsule has it. `destructor` may be
/// NULL; it is called with the capsule when the last reference goes.
///
/// # Safety
/// `name` is NULL or a NUL-terminated string that outlives its use by the capsule.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_New(
    pointer: *mut c_void,
    name: *const c_char,
    destructor: PyCapsule_Destructor,
) -> *mut PyObject {
    watchable! {
        (pointer: *mut c_void, name: *const c_char, destructor: PyCapsule_Destructor) -> *mut PyObject;
        Call::New { pointer, name: Name::from_ptr(name), destructor };
        capsule::new(pointer, Name::from_ptr(name), destructor)
    }
}

/// Gives the pointer of a capsule that has this name.
///
/// Returns NULL with ValueError when `capsule` is not a capsule or has another name. Names match when both are NULL or
/// both hold the same bytes.
///
/// # Safety
/// `capsule` is NULL or a live object; `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_GetPointer(capsule: *mut PyObject, name: *const c_char) -> *mut c_void {
    ask! {
        GetPointer(capsule: *mut PyObject, name: *const c_char) -> *mut c_void;
        Argument::Name(Name::from_ptr(name)); |capsule| capsule.pointer(Name::from_ptr(name))
    }
}

/// Gives the name of a capsule: the very pointer that was given, which may be NULL.
///
/// Returns NULL with ValueError when `capsule` is not a capsule.
///
/// # Safety
/// `capsule` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_GetName(capsule: *mut PyObject) -> *const c_char {
    ask! {
        GetName(capsule: *mut PyObject) -> *const c_char;
        Argument::None; |capsule| Ok(capsule.name())
    }
}

/// Gives the destructor of a capsule, which may be NULL.
///
/// Returns NULL with ValueError when `capsule` is not a capsule.
///
/// # Safety
/// `capsule` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_GetDestructor(capsule: *mut PyObject) -> PyCapsule_Destructor {
    ask! {
        GetDestructor(capsule: *mut PyObject) -> PyCapsule_Destructor;
        Argument::None; |capsule| Ok(capsule.destructor())
    }
}

/// Gives the context of a capsule, which may be NULL.
///
/// Returns NULL with ValueError when `capsule` is not a capsule.
///
/// # Safety
/// `capsule` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_GetContext(capsule: *mut PyObject) -> *mut c_void {
    ask! {
        GetContext(capsule: *mut PyObject) -> *mut c_void;
        Argument::None; |capsule| Ok(capsule.context())
    }
}

/// Whether `capsule` is a capsule with this name: 1 or 0. Never sets an error.
///
/// # Safety
/// `capsule` is NULL or a live object; `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_IsValid(capsule: *mut PyObject, name: *const c_char) -> c_int {
    #[cold]
    #[inline(never)]
    unsafe extern "C" fn carefully(capsule: *mut PyObject, name: *const c_char) -> c_int {
        // SAFETY: the promise made to the exported function.
        let (o, name) = unsafe { (Obj::from_ptr(capsule), Name::from_ptr(name)) };
        strict::observe(Call::IsValid { capsule, name }, || Ok(Capsule::is_valid(o, name))).into_c()
    }
    // SAFETY: the caller's promise.
    unsafe {
        match Obj::from_ptr(capsule).and_then(Capsule::unwatched) {
            Some(capsule) => capsule.name().matches(Name::from_ptr(name)).into(),
            None => carefully(capsule, name),
        }
    }
}

/// Replaces the pointer of a capsule: 0, or -1 with ValueError when `capsule` is not a capsule or `pointer` is NULL.
///
/// # Safety
/// `capsule` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_SetPointer(capsule: *mut PyObject, pointer: *mut c_void) -> c_int {
    ask! {
        SetPointer(capsule: *mut PyObject, pointer: *mut c_void) -> c_int, if !pointer.is_null();
        Argument::Pointer(pointer); |capsule| capsule.set_pointer(pointer)
    }
}

/// Replaces the destructor of a capsule, by NULL for none: 0, or -1 with ValueError when `capsule` is not a capsule.
///
/// # Safety
/// `capsule` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_SetDestructor(capsule: *mut PyObject, destructor: PyCapsule_Destructor) -> c_int {
    ask! {
        SetDestructor(capsule: *mut PyObject, destructor: PyCapsule_Destructor) -> c_int;
        Argument::Destructor(destructor); |capsule| capsule.set_destructor(destructor)
    }
}

/// Replaces the name of a capsule: 0, or -1 with ValueError when `capsule` is not a capsule.
///
/// The new name is not copied, and the old one not freed.
///
/// # Safety
/// `capsule` is NULL or a live object; `name` is as for [`PyCapsule_New`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_SetName(capsule: *mut PyObject, name: *const c_char) -> c_int {
    ask! {
        SetName(capsule: *mut PyObject, name: *const c_char) -> c_int;
        Argument::Name(Name::from_ptr(name)); |capsule| capsule.set_name(Name::from_ptr(name))
    }
}

/// Replaces the context of a capsule: 0, or -1 with ValueError when `capsule` is not a capsule.
///
/// # Safety
/// `capsule` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_SetContext(capsule: *mut PyObject, context: *mut c_void) -> c_int {
    ask! {
        SetContext(capsule: *mut PyObject, context: *mut c_void) -> c_int;
        Argument::Pointer(context); |capsule| capsule.set_context(context)
    }
}

/// Lets the garbage collector look into what a capsule's pointer refers to, and starts tracking the capsule.
///
/// Returns 0, or -1 with ValueError when `capsule` is not a capsule or a callback is NULL. CPython:
/// `Include/internal/pycore_capsule.h`.
///
/// # Safety
/// `capsule` is NULL or a live object; the callbacks follow the rules of `tp_traverse` and `tp_clear`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCapsule_SetTraverse(
    capsule: *mut PyObject,
    traverse_func: traverseproc,
    clear_func: inquiry,
) -> c_int {
    ask! {
        SetTraverse(capsule: *mut PyObject, traverse_func: traverseproc, clear_func: inquiry) -> c_int;
        Argument::None; |capsule| capsule.set_traverse(traverse_func, clear_func)
    }
}

/// Gives the pointer of the capsule with this name, `"package.module.attribute"`: the first part is imported, the others
/// are attributes, or else submodules.
///
/// Returns NULL with ImportError when a module can't be imported, AttributeError when something is missing or is not a
/// capsule of exactly this name, ValueError when `name` is NULL. The pointer is borrowed from the capsule. `no_block` means
/// nothing.
///
/// # Safety
/// `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_Import(name: *const c_char, no_block: c_int) -> *mut c_void {
    let _ = no_block;
    watchable! {
        (name: *const c_char) -> *mut c_void;
        Call::Import(Name::from_ptr(name));
        capsule::import(Name::from_ptr(name))
    }
}
