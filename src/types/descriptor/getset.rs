//! Attributes that a pair of C functions computes.

use super::{DescriptorOf, Row, attributes, refuse, row_for, type_of};
use crate::abi::*;
use crate::objects::slots;
use crate::runtime::{Obj, Ref, Result, Type, error};

static_type! {
    /// Attributes computed by a pair of C functions.
    pub PyGetSetDescr_Type as GETSET_DESCRIPTOR = PyTypeObject {
        tp_descr_set: slots::assign(set),
        ..type_of::<PyGetSetDef>(c"getset_descriptor", (&raw mut attributes::GETSET_GETSETS).cast())
    }
}

impl Row for PyGetSetDef {
    type Layout = super::Descriptor<Self>;
    const KIND: Type<'static> = GETSET_DESCRIPTOR;
    const SHOWN: &'static str = "attribute";

    fn get(descriptor: DescriptorOf<'_, Self>, o: Option<Obj<'_>>, _: Option<Obj<'_>>) -> Result<Ref> {
        let Some(o) = o else { return Ok(descriptor.to_ref()) };
        let row = row_for(descriptor, o)?;
        let get = row.get.ok_or_else(|| refuse(descriptor, "readable"))?;
        // SAFETY: the row is of the table of the object's class, which asks for such an object and the row's own closure.
        unsafe { Ref::from_ptr(get(o.as_ptr(), row.closure)) }.ok_or_else(|| error::fetched_from_c("__get__"))
    }
}

fn set(descriptor: DescriptorOf<'_, PyGetSetDef>, o: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let row = row_for(descriptor, o)?;
    let set = row.set.ok_or_else(|| refuse(descriptor, "writable"))?;
    let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: the row is of the table of the object's class, which asks for such an object and the row's own closure; a NULL
    // value deletes.
    match unsafe { set(o.as_ptr(), value, row.closure) } {
        0 => Ok(()),
        _ => Err(error::fetched_from_c("__set__")),
    }
}
