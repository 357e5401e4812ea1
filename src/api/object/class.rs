//! The functions of types in `Include/object.h` and `Include/cpython/object.h`.

use super::super::required;
use crate::abi::{Py_ssize_t, PyObject};
use crate::objects::class_name;
use crate::runtime::placement::begin_at_cache_line;
use crate::runtime::{Arg, IntoC, Result, Type, TypeArg, instance, refusal};
use crate::types::class::{self, cache};
use crate::types::{ready, slots};
use core::ffi::{c_int, c_uint, c_ulong, c_void};

/// An argument that has to be a type. NULL, with which CPython would crash, is a SystemError that names the function.
fn required_type<'a>(class: TypeArg<'a>, function: &'static str) -> Result<Type<'a>> {
    class.ok_or_else(|| refusal::null_argument(function))
}

/// Makes a type ready: fills in the fields that it inherits, and its dict: 0, or -1 with an error set. A type that is
/// ready stays as it is.
///
/// # Safety
/// `class` is NULL, or a type object whose fields are valid, with tables that live as long as it. No other thread uses
/// it yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_Ready(class: TypeArg) -> c_int {
    // SAFETY: C promises the same as `ready` asks for.
    required_type(class, "PyType_Ready").and_then(|class| unsafe { ready::ready(class) }).into_c()
}

/// Whether a type is another one or derived from it: 1 or 0; 0 for NULL. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_IsSubtype(class: TypeArg, base: TypeArg) -> c_int {
    let Some((class, base)) = class.zip(base) else {
        begin_at_cache_line();
        return 0;
    };
    class.is_subtype(base).into()
}

/// A type's flags; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GetFlags(class: TypeArg) -> c_ulong {
    class.map_or(0, Type::flags)
}

/// A type's `__name__`: a new reference to a `str`, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GetName(class: TypeArg) -> *mut PyObject {
    required_type(class, "PyType_GetName").and_then(class_name::name).into_c()
}

/// A type's `__qualname__`: a new reference to a `str`, or NULL with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GetQualName(class: TypeArg) -> *mut PyObject {
    required_type(class, "PyType_GetQualName").and_then(class_name::qualname).into_c()
}

/// Tells that the attributes, slots or bases of a type change, so that look-ups find the new state, also in the types
/// made from it. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_Modified(class: TypeArg) {
    if let Some(class) = class {
        cache::modified(class);
    }
}

/// Forgets the answers of earlier look-ups. Returns the last version tag that a type got.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_ClearCache() -> c_uint {
    cache::forget()
}

/// Gives a type a version tag, unless it has one: 1, or 0 when it can't have one. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyUnstable_Type_AssignVersionTag(class: TypeArg) -> c_int {
    class.and_then(cache::assign).is_some().into()
}

/// An attribute of a type, by its name, from the dicts of the type and of its bases: a borrowed reference, or NULL.
/// NULL without an error means that there is no such attribute.
#[unsafe(no_mangle)]
pub extern "C" fn _PyType_Lookup(class: TypeArg, name: Arg) -> *mut PyObject {
    const NAME: &str = "_PyType_Lookup";
    let found = required_type(class, NAME).and_then(|class| class::lookup(class, required(name, NAME)?));
    // The dict keeps the object.
    found.map(|found| found.map_or(core::ptr::null_mut(), |found| found.as_ptr())).into_c()
}

/// [`_PyType_Lookup`] with a new reference.
#[unsafe(no_mangle)]
pub extern "C" fn _PyType_LookupRef(class: TypeArg, name: Arg) -> *mut PyObject {
    const NAME: &str = "_PyType_LookupRef";
    required_type(class, NAME).and_then(|class| class::lookup(class, required(name, NAME)?)).into_c()
}

/// The value of a slot of a type, by its number in `typeslots.h`; NULL when the slot is empty, and NULL with
/// SystemError for a number that is no slot.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GetSlot(class: TypeArg, slot: c_int) -> *mut c_void {
    const NAME: &str = "PyType_GetSlot";
    required_type(class, NAME).and_then(|class| slots::get(class, slot, NAME)).into_c()
}

/// `tp_alloc` of most types: a new instance all of whose fields are zero, with room for `items` items and one more: a
/// new reference, or NULL with an error set. The collector tracks it, if its type takes part in collection.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GenericAlloc(class: TypeArg, items: Py_ssize_t) -> *mut PyObject {
    required_type(class, "PyType_GenericAlloc").and_then(|class| instance::allocate_tracked(class, items)).into_c()
}

/// `tp_new` of a type whose instances need no more than memory: a new instance by the type's `tp_alloc`, or NULL with
/// an error set. The arguments are not used.
#[unsafe(no_mangle)]
pub extern "C" fn PyType_GenericNew(class: TypeArg, _arguments: Arg, _keywords: Arg) -> *mut PyObject {
    required_type(class, "PyType_GenericNew").and_then(instance::by_slot).into_c()
}
