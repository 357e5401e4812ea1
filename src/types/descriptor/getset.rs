//! Attributes that a pair of C functions computes.

use super::attributes::{self, type_of};
use super::object::{self, Descriptor, DescriptorOf, Row, refuse, row, row_for};
use crate::abi::*;
use crate::objects::slots;
use crate::runtime::{Obj, Own, Ref, Result, Type, error};
use core::ffi::CStr;

static_type! {
    /// Attributes computed by a pair of C functions.
    pub PyGetSetDescr_Type as GETSET_DESCRIPTOR = PyTypeObject {
        tp_descr_set: slots::assign(set),
        ..type_of::<PyGetSetDef>(c"getset_descriptor", (&raw mut GETSETS).cast())
    }
}

static mut GETSETS: [PyGetSetDef; 3] =
    [slots::getter(c"__doc__", doc), slots::getter(c"__qualname__", attributes::qualname), PyGetSetDef::END];

fn doc(descriptor: DescriptorOf<'_, PyGetSetDef>) -> Result<Ref> {
    // SAFETY: the documentation in a row is NULL or NUL-terminated, and lives as long as the row.
    unsafe { attributes::text(row(descriptor).doc) }
}

impl Row for PyGetSetDef {
    type Layout = Descriptor<Self>;
    const KIND: Type<'static> = GETSET_DESCRIPTOR;
    const SHOWN: &'static str = "attribute";

    fn get(descriptor: DescriptorOf<'_, Self>, o: Option<Obj<'_>>, _: Option<Obj<'_>>) -> Result<Ref> {
        let Some(o) = o else { return Ok(descriptor.to_ref()) };
        let row = row_for(descriptor, o)?;
        let get = row.get.ok_or_else(|| refuse(descriptor, "readable"))?;
        // SAFETY: the row is of the table of the object's class, which asks for such an object and the row's own
        // closure.
        unsafe { Ref::from_ptr(get(o.as_ptr(), row.closure)) }.ok_or_else(|| error::fetched_from_c("__get__"))
    }
}

fn set(descriptor: DescriptorOf<'_, PyGetSetDef>, o: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let row = row_for(descriptor, o)?;
    let set = row.set.ok_or_else(|| refuse(descriptor, "writable"))?;
    let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: the row is of the table of the object's class, which asks for such an object and the row's own closure; a
    // NULL value deletes.
    match unsafe { set(o.as_ptr(), value, row.closure) } {
        0 => Ok(()),
        _ => Err(error::fetched_from_c("__set__")),
    }
}

/// The descriptor of a computed attribute (CPython: `PyDescr_NewGetSet`).
///
/// # Safety
/// The row lives as long as the class, and its name is NUL-terminated.
pub unsafe fn new(owner: Type<'_>, row: *mut PyGetSetDef) -> Result<Ref> {
    // SAFETY: the row is one of the class's table, whose names end with a NUL, and stays for as long as the descriptor.
    unsafe { object::new(owner, CStr::from_ptr((*row).name), row).map(Own::into_ref) }
}
