//! `Include/pycapsule.h`: the capsule API. The rules are in [`crate::capsule`]; [`crate::strict`] checks the calls when
//! it is on.

use crate::abi::{PyCapsule_Destructor, PyObject, inquiry, traverseproc};
use crate::capsule::{self, Capsule, CapsuleError, Entry, Name};
use crate::runtime::placement::begin_at_cache_line;
use crate::runtime::{Arg, IntoC, Obj, Raised, Result, events};
use crate::strict::{self, Argument, Call, Outcome};
use core::ffi::{c_char, c_int, c_void};
use core::ptr::null_mut;

/// The body of a getter or setter: the function, its two arguments, and the operation on a legal capsule.
///
/// If strict mode is off and the capsule is legal, the operation runs inline. Every other case goes to
/// [`access_slowly`], which is out of line, so that the fast path saves no registers.
#[inline(always)]
fn access<V, T>(
    entry: Entry,
    capsule: Arg<'_>,
    value: V,
    operation: impl Fn(&Capsule, V) -> Result<T, CapsuleError<'_>>,
) -> <Result<T> as IntoC>::C
where
    V: Copy + Into<Argument>,
    T: Outcome,
    Result<T>: IntoC,
{
    match capsule.and_then(Capsule::unwatched) {
        Some(capsule) => operation(capsule, value).map_err(Raised::from).into_c(),
        None => {
            begin_at_cache_line();
            access_slowly(capsule, value, entry, operation)
        }
    }
}

/// The cases of [`access`] that are not on the fast path: the legality rule is applied, and the checker sees the call.
/// The arguments of the exported function come first, so that they are in their registers already.
#[cold]
#[inline(never)]
fn access_slowly<V, T>(
    capsule: Arg<'_>,
    value: V,
    entry: Entry,
    operation: impl Fn(&Capsule, V) -> Result<T, CapsuleError<'_>>,
) -> <Result<T> as IntoC>::C
where
    V: Copy + Into<Argument>,
    T: Outcome,
    Result<T>: IntoC,
{
    let call = Call::Access { entry, capsule: address(capsule), argument: value.into() };
    strict::observe(call, || Ok(operation(Capsule::borrow(capsule, entry)?, value)?)).into_c()
}

/// The address of an argument, for the checker, which does not follow it.
fn address(o: Arg<'_>) -> *mut PyObject {
    o.map_or(null_mut(), Obj::as_ptr)
}

/// Makes a capsule that carries `pointer` under `name`.
///
/// Returns a new reference, or NULL with ValueError when `pointer` is NULL, with MemoryError when there is no memory.
/// `name` may be NULL. It is not copied, so it must not be changed or freed while the capsule has it. `destructor` may
/// be NULL; it is called with the capsule when the last reference goes.
///
/// # Safety
/// `destructor` is NULL or may be called with the capsule when its last reference goes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_New(
    pointer: *mut c_void,
    name: Name,
    destructor: PyCapsule_Destructor,
) -> *mut PyObject {
    #[cold]
    #[inline(never)]
    unsafe fn new_slowly(pointer: *mut c_void, name: Name, destructor: PyCapsule_Destructor) -> *mut PyObject {
        // SAFETY: the caller of the exported function allows the capsule to call the destructor.
        let new = || unsafe { capsule::new(pointer, name, destructor) };
        strict::observe(Call::New { pointer, name, destructor }, new).into_c()
    }
    // SAFETY: the caller allows the new capsule to call the destructor.
    unsafe {
        if events::watched() {
            return new_slowly(pointer, name, destructor);
        }
        capsule::new(pointer, name, destructor).into_c()
    }
}

/// Gives the pointer of a capsule that has this name.
///
/// Returns NULL with ValueError when `capsule` is not a capsule or has another name. Names match when both are NULL or
/// both hold the same bytes.
#[unsafe(no_mangle)]
pub extern "C" fn PyCapsule_GetPointer(capsule: Arg, name: Name) -> *mut c_void {
    access(Entry::GetPointer, capsule, name, |capsule, name| capsule.pointer(name))
}

/// Gives the name of a capsule: the same pointer that was set, which may be NULL.
///
/// Returns NULL with ValueError when `capsule` is not a capsule.
#[unsafe(no_mangle)]
pub extern "C" fn PyCapsule_GetName(capsule: Arg) -> *const c_char {
    access(Entry::GetName, capsule, (), |capsule, ()| Ok(capsule.name()))
}

/// Gives the destructor of a capsule, which may be NULL.
///
/// Returns NULL with ValueError when `capsule` is not a capsule.
#[unsafe(no_mangle)]
pub extern "C" fn PyCapsule_GetDestructor(capsule: Arg) -> PyCapsule_Destructor {
    access(Entry::GetDestructor, capsule, (), |capsule, ()| Ok(capsule.destructor()))
}

/// Gives the context of a capsule, which may be NULL.
///
/// Returns NULL with ValueError when `capsule` is not a capsule.
#[unsafe(no_mangle)]
pub extern "C" fn PyCapsule_GetContext(capsule: Arg) -> *mut c_void {
    access(Entry::GetContext, capsule, (), |capsule, ()| Ok(capsule.context()))
}

/// Whether `capsule` is a capsule with this name: 1 or 0. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyCapsule_IsValid(capsule: Arg, name: Name) -> c_int {
    #[cold]
    #[inline(never)]
    fn is_valid_slowly(capsule: Arg<'_>, name: Name) -> c_int {
        let call = Call::IsValid { capsule: address(capsule), name };
        strict::observe(call, || Ok(Capsule::is_valid(capsule, name))).into_c()
    }
    match capsule.and_then(Capsule::unwatched) {
        Some(capsule) => capsule.name().matches_early(name).into(),
        None => {
            begin_at_cache_line();
            is_valid_slowly(capsule, name)
        }
    }
}

/// Replaces the pointer of a capsule: 0, or -1 with ValueError when `capsule` is not a capsule or `pointer` is NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyCapsule_SetPointer(capsule: Arg, pointer: *mut c_void) -> c_int {
    access(Entry::SetPointer, capsule, pointer, |capsule, pointer| capsule.set_pointer(pointer))
}

/// Replaces the destructor of a capsule; NULL removes it. Returns 0, or -1 with ValueError when `capsule` is not a
/// capsule.
///
/// # Safety
/// `destructor` is NULL or may be called with the capsule when its last reference goes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_SetDestructor(capsule: Arg, destructor: PyCapsule_Destructor) -> c_int {
    access(Entry::SetDestructor, capsule, destructor, |capsule, destructor| {
        // SAFETY: the caller allows this capsule to call the destructor.
        unsafe { capsule.set_destructor(destructor) }
    })
}

/// Replaces the name of a capsule: 0, or -1 with ValueError when `capsule` is not a capsule.
///
/// The new name is not copied, so it must not be changed or freed while the capsule has it. The old name is not freed.
#[unsafe(no_mangle)]
pub extern "C" fn PyCapsule_SetName(capsule: Arg, name: Name) -> c_int {
    access(Entry::SetName, capsule, name, |capsule, name| capsule.set_name(name))
}

/// Replaces the context of a capsule: 0, or -1 with ValueError when `capsule` is not a capsule.
#[unsafe(no_mangle)]
pub extern "C" fn PyCapsule_SetContext(capsule: Arg, context: *mut c_void) -> c_int {
    access(Entry::SetContext, capsule, context, |capsule, context| capsule.set_context(context))
}

/// Lets the garbage collector visit the objects that a capsule's pointer refers to, and starts tracking the capsule.
///
/// Returns 0, or -1 with ValueError when `capsule` is not a capsule or a callback is NULL. CPython:
/// `Include/internal/pycore_capsule.h`.
///
/// # Safety
/// The callbacks follow the rules of `tp_traverse` and `tp_clear`, for this capsule.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCapsule_SetTraverse(
    capsule: Arg,
    traverse_func: traverseproc,
    clear_func: inquiry,
) -> c_int {
    access(Entry::SetTraverse, capsule, (traverse_func, clear_func), |capsule, (traverse, clear)| {
        // SAFETY: the caller promises that the callbacks follow the rules of the slots that call them.
        unsafe { capsule.set_traverse(traverse, clear) }
    })
}

/// Gives the pointer of the capsule with this name, `"package.module.attribute"`: the first part is imported, the
/// others are attributes, or else submodules.
///
/// Returns NULL with ImportError when a module can't be imported, AttributeError when a part is missing or is not a
/// capsule of exactly this name, ValueError when `name` is NULL. The pointer is borrowed from the capsule. `no_block`
/// is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn PyCapsule_Import(name: Name, no_block: c_int) -> *mut c_void {
    #[cold]
    #[inline(never)]
    fn import_slowly(name: Name) -> *mut c_void {
        strict::observe(Call::Import(name), || capsule::import(name)).into_c()
    }
    let _ = no_block;
    if events::watched() { import_slowly(name) } else { capsule::import(name).into_c() }
}
