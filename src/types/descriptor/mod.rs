//! Descriptors: the object in a type's dict for each row of its C tables and for each of its slots, and the protocol by
//! which an attribute found in a class becomes a value (`Include/descrobject.h`).

mod attributes;
pub(in crate::types) mod describe;
mod getset;
mod member;
mod method;
mod object;
pub mod wrapper;

pub use describe::of_member;
pub use getset::{GETSET_DESCRIPTOR, PyGetSetDescr_Type, new as of_getset};
pub use member::{MEMBER_DESCRIPTOR, PyMemberDescr_Type, read as read_member, write as write_member};
pub use method::{
    CLASS_METHOD_DESCRIPTOR, METHOD_DESCRIPTOR, PyClassMethodDescr_Type, PyMethodDescr_Type, new as of_method,
    new_for_class as of_class_method,
};
pub use wrapper::{
    METHOD_WRAPPER, PyWrapperDescr_Type, WRAPPER_DESCRIPTOR, bind as bind_wrapper, new as new_wrapper, wrapped,
};

use crate::runtime::{Obj, Ref, Result, Type, error, raise};

/// The value of an attribute found in a class, for an instance of it, or for the class itself without an instance: the
/// result of `tp_descr_get`, or the attribute itself. A new reference.
#[inline]
pub fn get(attribute: Obj<'_>, instance: Option<Obj<'_>>, owner: Type<'_>) -> Result<Ref> {
    let Some(slot) = attribute.class().fields().tp_descr_get else { return Ok(attribute.to_ref()) };
    let instance = instance.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: the slot belongs to the attribute's own type; the instance may be NULL there.
    unsafe { Ref::from_ptr(slot(attribute.as_ptr(), instance, owner.as_obj().as_ptr())) }
        .ok_or_else(|| error::fetched_from_c("__get__"))
}

/// Sets, through a data descriptor found in a class, the attribute of an instance, or deletes it when there is no
/// value.
pub fn set(attribute: Obj<'_>, instance: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    let class = attribute.class();
    let Some(slot) = class.fields().tp_descr_set else {
        return Err(raise!(AttributeError, "'{}' object has no attribute '__set__'", class.name()));
    };
    let value = value.map_or(core::ptr::null_mut(), Obj::as_ptr);
    // SAFETY: the slot belongs to the attribute's own type; a NULL value deletes.
    match unsafe { slot(attribute.as_ptr(), instance.as_ptr(), value) } {
        0 => Ok(()),
        _ => Err(error::fetched_from_c("__set__")),
    }
}

/// Whether an attribute found in a class has `tp_descr_set`. Such an attribute precedes the instance's own.
#[inline]
pub fn is_data(attribute: Obj<'_>) -> bool {
    attribute.class().fields().tp_descr_set.is_some()
}
