//! The dict of a type: the objects that stand there for its slots and for the rows of its C tables (CPython:
//! `type_ready_fill_dict`).

use super::object::{self, Descriptor};
use super::{getset, method, wrapper};
use crate::abi::*;
use crate::objects::class_defaults::NO_HASH;
use crate::objects::dict::Dict;
use crate::objects::{constants, dict, function, str};
use crate::runtime::{Own, Ref, Result, Type, raise};
use crate::types::methods::wrapped;
use crate::types::new_method;
use crate::types::slots::{Group, Inherit, wrappers};
use core::ffi::{CStr, c_char};

/// A new dict for a built-in type, whose other fields are complete.
pub(in crate::types) fn describe(owner: Type<'_>) -> Result<Own<PyDictObject>> {
    let attributes = dict::new()?;
    if owner.fields().tp_new.is_some() && !inherits_new(owner) {
        add_new(owner, attributes.borrow())?;
    }
    // SAFETY: the tables of a built-in type end with their last row, and live as long as the process.
    unsafe { fill(owner, attributes.borrow())? };
    Ok(attributes)
}

/// Whether a built-in type has `tp_new` from its base, so that its dict has no `__new__`. In CPython, exceptions that
/// add nothing to `BaseException`, and those of Unicode, have a `__new__` all the same.
fn inherits_new(owner: Type<'_>) -> bool {
    let same = |a: newfunc, b: newfunc| a.zip(b).is_some_and(|(a, b)| core::ptr::fn_addr_eq(a, b));
    let Some(base) = owner.base().filter(|base| same(base.fields().tp_new, owner.fields().tp_new)) else {
        return false;
    };
    let common = Exc::BaseException.class();
    let adds_nothing = same(owner.fields().tp_new, common.fields().tp_new)
        && owner.fields().tp_basicsize == base.fields().tp_basicsize
        && wrappers::rows().all(|row| row.slot.value(owner) == row.slot.value(common))
        && owner.with_name(|name| !name.to_bytes().contains(&b'.'));
    !(adds_nothing || base == Exc::UnicodeError.class())
}

/// Fills the dict of a type with its slots as methods, its methods, members and computed attributes, and its
/// documentation. A name that is there already keeps its object, except for a method with `METH_COEXIST`.
///
/// # Safety
/// The tables of the type end at a row without a name, and live as long as the type.
pub(in crate::types) unsafe fn fill(owner: Type<'_>, attributes: Dict<'_>) -> Result<()> {
    // SAFETY: the tables end as promised. Each kind of descriptor is the one of its table.
    unsafe {
        add_slots(owner, attributes)?;
        for_each_row(
            owner.fields().tp_methods,
            |row| (*row).ml_name,
            |name, row| put(attributes, name, of_method(owner, row)?, (*row).ml_flags & METH_COEXIST != 0),
        )?;
        for_each_row(
            owner.fields().tp_members,
            |row| (*row).name,
            |name, row| put(attributes, name, of_member(owner, row)?, false),
        )?;
        for_each_row(
            owner.fields().tp_getset,
            |row| (*row).name,
            |name, row| put(attributes, name, getset::new(owner, row)?, false),
        )?;
        add_doc(owner, attributes)
    }
}

/// Adds a wrapper for each name of each slot that the type has itself (CPython: `add_operators`).
fn add_slots(owner: Type<'_>, attributes: Dict<'_>) -> Result<()> {
    let built_in = owner.has_flag(_Py_TPFLAGS_STATIC_BUILTIN);
    for row in wrappers::rows() {
        let function = row.slot.value(owner);
        // The slots of a built-in type were filled at compile time, also those that it inherits.
        if function.is_null() || built_in && is_inherited(owner, row) {
            continue;
        }
        let name = str::intern(str::from_str(row.name)?)?;
        if dict::contains(attributes, name.borrow())? {
            continue;
        }
        if NO_HASH.is_some_and(|refusal| refusal as *mut core::ffi::c_void == function) {
            dict::set(attributes, name.borrow(), constants::NONE)?;
            continue;
        }
        // SAFETY: the row is the library's own, and calls the slot from which the function is.
        let wrapper = unsafe { wrapper::new(owner, row.base, function)? };
        dict::set(attributes, name.borrow(), wrapper.borrow())?;
    }
    Ok(())
}

/// Whether a built-in type has a slot from its base. Comparison and hash are inherited together.
fn is_inherited(owner: Type<'_>, row: wrappers::Row) -> bool {
    let Some(base) = owner.base() else { return false };
    let compare = |class: Type<'_>| {
        let fields = class.fields();
        (fields.tp_hash.map(|slot| slot as usize), fields.tp_richcompare.map(|slot| slot as usize))
    };
    match row.slot.inherit {
        Inherit::Group(Group::Compare) => compare(base) == compare(owner),
        _ => row.slot.value(base) == row.slot.value(owner),
    }
}

/// `__new__` of a type with a `tp_new` of its own, unless the dict has it already.
pub(in crate::types) fn add_new(owner: Type<'_>, attributes: Dict<'_>) -> Result<()> {
    if dict::get_str(attributes, "__new__")?.is_some() {
        return Ok(());
    }
    dict::set_str(attributes, "__new__", new_method::of(owner)?.borrow())
}

/// The object for a method in a type's table.
///
/// # Safety
/// The row lives as long as the type.
pub(in crate::types) unsafe fn of_method(owner: Type<'_>, row: *mut PyMethodDef) -> Result<Ref> {
    // SAFETY: the row lives as long as the type, as promised.
    unsafe {
        match (*row).ml_flags & (METH_CLASS | METH_STATIC) {
            0 => method::new(owner, row),
            METH_CLASS => method::new_for_class(owner, row),
            METH_STATIC => {
                let function = function::new(row, Some(owner.as_obj()), None, None)?;
                wrapped::new_static(function.borrow())
            }
            _ => Err(raise!(ValueError, "method cannot be both class and static")),
        }
    }
}

/// The descriptor of a member.
///
/// # Safety
/// The row lives as long as the type.
pub unsafe fn of_member(owner: Type<'_>, row: *mut PyMemberDef) -> Result<Ref> {
    // SAFETY: the row lives as long as the type, as promised, and its name is NUL-terminated.
    unsafe {
        if (*row).flags & Py_RELATIVE_OFFSET != 0 {
            return Err(raise!(SystemError, "PyDescr_NewMember used with Py_RELATIVE_OFFSET"));
        }
        object::new(owner, CStr::from_ptr((*row).name), row).map(Own::<Descriptor<PyMemberDef>>::into_ref)
    }
}

/// Puts an object into the dict, if the name is free, or if it replaces the object there.
fn put(attributes: Dict<'_>, name: &CStr, value: Ref, replaces: bool) -> Result<()> {
    // A descriptor has its name as an object already.
    let name = match value.borrow().downcast::<Descriptor<()>>() {
        Some(descriptor) => object::parts(descriptor).1.to_ref(),
        None => str::intern(str::from_utf8(name.to_bytes())?)?,
    };
    match replaces {
        true => dict::set(attributes, name.borrow(), value.borrow()),
        false => dict::set_default(attributes, name.borrow(), value.borrow()).map(drop),
    }
}

/// Puts the documentation of a type into its dict, without the signature, or None when there is none.
fn add_doc(owner: Type<'_>, attributes: Dict<'_>) -> Result<()> {
    if dict::get_str(attributes, "__doc__")?.is_some() {
        return Ok(());
    }
    match documentation(owner) {
        None => dict::set_str(attributes, "__doc__", constants::NONE),
        Some(doc) => {
            let text =
                owner.with_name(|name| str::from_utf8(function::without_signature(name.to_bytes(), doc.to_bytes())))?;
            dict::set_str(attributes, "__doc__", text.borrow())
        }
    }
}

/// The documentation of a type, with the signature.
pub(in crate::types) fn documentation<'a>(owner: Type<'a>) -> Option<&'a CStr> {
    let doc = owner.fields().tp_doc;
    // SAFETY: the documentation of a type is NULL or NUL-terminated, and lives as long as the type.
    (!doc.is_null()).then(|| unsafe { CStr::from_ptr(doc) })
}

/// Calls a function with each row of a table, up to the row without a name.
///
/// # Safety
/// `row` is NULL or the start of a table that ends with a row without a name.
unsafe fn for_each_row<Row>(
    mut row: *mut Row,
    name: impl Fn(*mut Row) -> *const c_char,
    mut each: impl FnMut(&CStr, *mut Row) -> Result<()>,
) -> Result<()> {
    // SAFETY: the table ends with a row without a name, as promised, and no row after that is read. Names are
    // NUL-terminated.
    unsafe {
        while !row.is_null() && !name(row).is_null() {
            each(CStr::from_ptr(name(row)), row)?;
            row = row.add(1);
        }
    }
    Ok(())
}
