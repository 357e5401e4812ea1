//! Questions about a class made at run time: its module, its token, its own part of an instance, the value of a slot.

use super::class::cache;
use super::heap;
use super::mro;
use super::unready::Unready;
use crate::abi::*;
use crate::objects::{class_name, module, str};
use crate::runtime::{Definition, Obj, Raised, Ref, Result, Type, raise, refusal};
use core::ffi::c_void;

/// The module for which a class was made (CPython: `PyType_GetModule`); TypeError when there is none.
pub fn module_of(class: Type<'_>) -> Result<Ref> {
    let Some(own) = class.as_obj().downcast() else {
        return Err(raise!(TypeError, "PyType_GetModule: Type '{}' is not a heap type", class.name()));
    };
    heap::module(own)
        .ok_or_else(|| raise!(TypeError, "PyType_GetModule: Type '{}' has no associated module", class.name()))
}

/// The state of the module for which a class was made (CPython: `PyType_GetModuleState`); NULL when it has none.
pub fn module_state(class: Type<'_>) -> Result<*mut c_void> {
    let found = module_of(class)?;
    found.borrow().downcast().map(module::state).ok_or_else(|| refusal::bad_argument("PyType_GetModuleState"))
}

/// The module with a definition for which a class or the nearest of its bases was made (CPython:
/// `PyType_GetModuleByDef`). TypeError when there is none.
pub fn module_by_definition(class: Type<'_>, definition: Definition) -> Result<Ref> {
    let of = |class: Type<'_>| class.as_obj().downcast().and_then(heap::module);
    let is_it = |found: &Ref| found.borrow().downcast().and_then(module::definition) == Some(definition);
    mro::of(class).filter_map(of).find(is_it).ok_or_else(|| missing_module(class))
}

#[cold]
fn missing_module(class: Type<'_>) -> Raised {
    raise!(TypeError, "PyType_GetModuleByDef: No superclass of '{}' has the given module", class.name())
}

/// The class itself or the nearest of its bases that was made with a token (CPython: `PyType_GetBaseByToken`).
pub fn base_by_token<'a>(class: Obj<'a>, token: *mut c_void) -> Result<Option<Type<'a>>> {
    if token.is_null() {
        return Err(raise!(SystemError, "PyType_GetBaseByToken called with token=NULL"));
    }
    let Some(class) = class.as_type() else {
        let shown = class_name::fully_qualified(class.class(), '.')?;
        return Err(raise!(TypeError, "expected a type, got a '{}' object", str::as_text(shown.borrow())));
    };
    Ok(mro::of(class).find(|class| class.as_obj().downcast().is_some_and(|class| heap::token(class) == token)))
}

/// Makes a class immutable (CPython: `PyType_Freeze`); TypeError when one of its bases can change.
pub fn freeze(class: Type<'_>) -> Result<()> {
    for base in mro::of(class).skip(1) {
        if !base.has_flag(Py_TPFLAGS_IMMUTABLETYPE) {
            let shown = class_name::fully_qualified(base, '.')?;
            let shown = str::as_text(shown.borrow());
            let name = class.name();
            return Err(raise!(TypeError, "Creating immutable type {name} from mutable base {shown}"));
        }
    }
    // SAFETY: only the flag changes, and C changes a type only while no other code uses it.
    unsafe { Unready::new(class) }.add_flags(Py_TPFLAGS_IMMUTABLETYPE);
    cache::modified(class);
    Ok(())
}

/// The offset of the part of an instance that a class adds to its base's.
fn own_part(class: Type<'_>) -> Py_ssize_t {
    heap::aligned(class.base().map_or(0, |base| base.fields().tp_basicsize))
}

/// The size of the part of an instance that a class adds to its base's (CPython: `PyType_GetTypeDataSize`).
pub fn own_size(class: Type<'_>) -> Py_ssize_t {
    (class.fields().tp_basicsize - own_part(class)).max(0)
}

/// The address of the part of an instance that a class adds to its base's (CPython: `PyObject_GetTypeData`).
pub fn own_data(o: Obj<'_>, class: Type<'_>) -> *mut c_void {
    o.as_ptr().wrapping_byte_offset(own_part(class)).cast()
}

/// The address of the items at the end of an instance (CPython: `PyObject_GetItemData`); TypeError when they are not
/// there.
pub fn item_data(o: Obj<'_>) -> Result<*mut c_void> {
    let class = o.class();
    if !class.has_flag(Py_TPFLAGS_ITEMS_AT_END) {
        return Err(raise!(TypeError, "type '{}' does not have Py_TPFLAGS_ITEMS_AT_END", class.name()));
    }
    Ok(o.as_ptr().wrapping_byte_offset(class.fields().tp_basicsize).cast())
}
