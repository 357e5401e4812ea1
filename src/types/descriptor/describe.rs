//! The dict of a type: the objects that stand there for the rows of its C tables and for its slots (CPython:
//! `type_ready_fill_dict`).

use super::{Descriptor, GETSET_DESCRIPTOR, MEMBER_DESCRIPTOR, METHOD_DESCRIPTOR};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::{class_defaults, constants, dict, str};
use crate::runtime::{Own, Ref, Result, Type, instance};
use core::ffi::{CStr, c_char};

/// The dict of a built-in type, which is complete but for it: a new reference.
pub(in crate::types) fn describe(owner: Type<'_>) -> Result<Own<PyDictObject>> {
    let attributes = dict::new()?;
    // SAFETY: the tables of a built-in type end with their last row, and live as long as the process.
    unsafe { fill(owner, attributes.borrow())? };
    // A type whose `tp_hash` refuses has `__hash__` None in its dict, as an unhashable class written in Python has.
    let refuses = owner.fields().tp_hash.zip(class_defaults::NO_HASH);
    if refuses.is_some_and(|(own, refusal)| core::ptr::fn_addr_eq(own, refusal)) {
        dict::set_str(attributes.borrow(), "__hash__", constants::NONE)?;
    }
    Ok(attributes)
}

/// Fills the dict of a type with its methods, members and computed attributes, and its documentation. A name that is there
/// already keeps its object, except for a method with `METH_COEXIST`.
///
/// # Safety
/// The tables of the type end at a row without a name, and live as long as the type.
pub(in crate::types) unsafe fn fill(owner: Type<'_>, attributes: Dict<'_>) -> Result<()> {
    // SAFETY: the tables end as promised. Each kind of descriptor is the one of its table.
    unsafe {
        for_each_row(
            owner.fields().tp_methods,
            |row| (*row).ml_name,
            |name, row| {
                let method = new(owner, METHOD_DESCRIPTOR, name, row)?;
                put(attributes, name, method, (*row).ml_flags & METH_COEXIST != 0)
            },
        )?;
        for_each_row(
            owner.fields().tp_members,
            |row| (*row).name,
            |name, row| put(attributes, name, new(owner, MEMBER_DESCRIPTOR, name, row)?, false),
        )?;
        for_each_row(
            owner.fields().tp_getset,
            |row| (*row).name,
            |name, row| put(attributes, name, new(owner, GETSET_DESCRIPTOR, name, row)?, false),
        )?;
        add_doc(attributes, owner.fields().tp_doc)
    }
}

/// `__new__` of a type with a `tp_new` of its own, unless the dict has it already.
pub(in crate::types) fn add_new(_owner: Type<'_>, _attributes: Dict<'_>) -> Result<()> {
    Ok(())
}

/// Puts an object into the dict, if the name is free, or if it replaces the object there.
fn put(attributes: Dict<'_>, name: &CStr, value: Ref, replaces: bool) -> Result<()> {
    let name = str::intern(str::from_utf8(name.to_bytes())?)?;
    match replaces {
        true => dict::set(attributes, name.borrow(), value.borrow()),
        false => dict::set_default(attributes, name.borrow(), value.borrow()).map(drop),
    }
}

/// Puts the documentation of a type into its dict, or None when there is none.
///
/// # Safety
/// `doc` is NULL or NUL-terminated.
unsafe fn add_doc(attributes: Dict<'_>, doc: *const c_char) -> Result<()> {
    if dict::get_str(attributes, "__doc__")?.is_some() {
        return Ok(());
    }
    if doc.is_null() {
        return dict::set_str(attributes, "__doc__", constants::NONE);
    }
    // SAFETY: `doc` is not NULL here, and is NUL-terminated, as promised.
    let text = str::from_utf8(unsafe { CStr::from_ptr(doc) }.to_bytes())?;
    dict::set_str(attributes, "__doc__", text.borrow())
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

/// A new descriptor of a row.
///
/// # Safety
/// `kind` is the type of descriptors with such a row, and the row lives as long as `owner`.
unsafe fn new<Row>(owner: Type<'_>, kind: Type<'_>, name: &CStr, row: *mut Row) -> Result<Ref> {
    let name = str::intern(str::from_utf8(name.to_bytes())?)?;
    let o = instance::allocate(kind, 0)?;
    // SAFETY: an instance of `kind` has this layout. The type owns it, and so outlives it.
    unsafe {
        let fields = o.cast::<Descriptor<Row>>().as_ptr();
        (*fields).d_type = owner.as_ptr();
        (*fields).d_name = name.into_ptr();
        (*fields).row = row;
        Ok(Ref::from_ptr_unchecked(o.as_ptr()))
    }
}
