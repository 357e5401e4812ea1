//! `type` objects: the type of types, their attribute dicts, and the look-up along the bases.
//!
//! A static type is complete at compile time but for `tp_dict`, which holds objects. `attributes` makes that dict at
//! the first look-up. A static type of an extension that was never made ready has no `tp_mro`: `mro` follows its chain of bases.

pub mod cache;
mod methods;
mod own_attributes;
pub mod type_object;

use super::descriptor::describe::describe;
pub use super::mro::of as mro;
use super::ready;
use crate::abi::*;
use crate::objects::class_lookup;
use crate::objects::dict::Dict;
use crate::objects::{dict, str};
use crate::runtime::lock::Lock;
use crate::runtime::{Layout, Obj, Own, Raised, Ref, Result, Type, View, error, gc, raise};
use core::sync::atomic::{AtomicPtr, Ordering};

/// The type's own attributes: `tp_dict`, made on first use from the type's tables.
///
/// Threads may call this at the same time without the GIL. Each may build a dict, and the first to publish its dict
/// wins. The published dict of a static type never changes, and its reference counts are immortal.
#[inline(always)]
pub fn attributes(class: Type<'_>) -> Result<Dict<'_>> {
    // SAFETY: the field is a pointer at its natural alignment, and every access to it while threads may race is here.
    let field = unsafe { AtomicPtr::from_ptr(&raw mut (*class.as_ptr()).tp_dict) };
    // SAFETY: once not NULL, tp_dict is a dict that the type keeps.
    match unsafe { Obj::from_ptr(field.load(Ordering::Acquire)).map(|dict| View::new_unchecked(dict)) } {
        Some(attributes) => Ok(attributes),
        None => build(class, field),
    }
}

/// The look-ups that rooms below make through [`class_lookup`].
static LOOKUPS: class_lookup::Lookups = class_lookup::Lookups {
    in_class: lookup,
    generic: super::attribute::find,
    optional: super::attribute::get_optional,
    set_class: super::reclass::set_class,
    alias: super::generic_alias::new,
    in_union: super::union::classes,
    proxy: super::mapping_proxy::new,
};

#[cold]
#[inline(never)]
fn build<'a>(class: Type<'a>, field: &AtomicPtr<PyObject>) -> Result<Dict<'a>> {
    class_lookup::register(&LOOKUPS);
    if class.has_flag(_Py_TPFLAGS_STATIC_BUILTIN) {
        return publish(field, describe(class)?);
    }
    // SAFETY: a type that is used and not ready is one that C has not made ready yet, as CPython does here too.
    unsafe {
        ready::ready(class)?;
        Ok(View::new_unchecked(Obj::from_ptr_unchecked(field.load(Ordering::Acquire))))
    }
}

/// Publishes a type's attributes, unless another thread was faster, and returns the published dict. Look-ups from all
/// threads use it.
#[cold]
fn publish<'a>(field: &AtomicPtr<PyObject>, built: Own<PyDictObject>) -> Result<Dict<'a>> {
    static PUBLISHING: Lock<()> = Lock::new(());
    let guard = PUBLISHING.hold();
    let mut published = field.load(Ordering::Acquire);
    if published.is_null() {
        // The dict and its values belong to no thread and are never garbage.
        gc::untrack(built.as_obj());
        dict::entries(built.borrow()).for_each(|(_, value)| {
            value.borrow().immortalize();
            gc::untrack(value.borrow());
        });
        published = built.into_ref().into_ptr();
        field.store(published, Ordering::Release);
    }
    drop(guard);
    // SAFETY: the published dict is one that the type keeps from now on.
    Ok(unsafe { View::new_unchecked(Obj::from_ptr_unchecked(published)) })
}

/// Looks a name up along the bases (CPython: `_PyType_Lookup`); `None`, without an error, when it is missing.
#[inline]
pub fn lookup(class: Type<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    // The cache knows names by their addresses, which only interned ones keep.
    if !str::as_exact(name).is_some_and(str::is_interned) {
        return search(class, name);
    }
    match cache::find(class, name) {
        Some(found) => Ok(found),
        None => search_and_keep(class, name),
    }
}

/// The look-up when the cache does not know the answer.
#[inline(never)]
fn search_and_keep(class: Type<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    let found = search(class, name)?;
    cache::keep(class, name, found.as_ref().map(Ref::borrow));
    Ok(found)
}

/// The look-up in the dict of each class in turn.
fn search(class: Type<'_>, name: Obj<'_>) -> Result<Option<Ref>> {
    let hash = dict::hash_of_key(name)?;
    for class in mro(class) {
        if let Some(found) = dict::get_hashed(attributes(class)?, name, hash)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// AttributeError: the class has no such attribute.
fn missing(class: Type<'_>, name: Obj<'_>) -> Raised {
    let raised = raise!(AttributeError, "type object '{}' has no attribute '{}'", class.name(), str::as_text(name));
    error::with_attribute(raised, class.as_obj(), name)
}

// SAFETY: an object with this flag is a type, so it begins with these fields.
unsafe impl Layout for PyTypeObject {
    fn check(o: Obj<'_>) -> bool {
        o.has_flag(Py_TPFLAGS_TYPE_SUBCLASS)
    }
}
