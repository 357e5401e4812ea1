//! The attributes of a descriptor, its name, class and documentation, and its repr.

use super::{Descriptor, DescriptorOf, Row, parts, row};
use crate::abi::*;
use crate::objects::{class_name, constants, function, slots, str};
use crate::runtime::{Ref, Result};
use core::ffi::{CStr, c_char};
use core::mem::offset_of;

pub(super) static mut MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef::object(c"__objclass__", offset_of!(Descriptor<()>, d_type)).read_only(),
    PyMemberDef::object(c"__name__", offset_of!(Descriptor<()>, d_name)).read_only(),
    PyMemberDef::END,
];

pub(super) static mut GETSET_GETSETS: [PyGetSetDef; 3] =
    [slots::getter(c"__doc__", getset_doc), slots::getter(c"__qualname__", qualname), PyGetSetDef::END];

pub(super) static mut MEMBER_GETSETS: [PyGetSetDef; 3] =
    [slots::getter(c"__doc__", member_doc), slots::getter(c"__qualname__", qualname), PyGetSetDef::END];

pub(super) static mut METHOD_GETSETS: [PyGetSetDef; 4] = [
    slots::getter(c"__doc__", method_doc),
    slots::getter(c"__qualname__", qualname),
    slots::getter(c"__text_signature__", method_signature),
    PyGetSetDef::END,
];

/// `__qualname__`: the class's qualified name, a dot, and the name.
fn qualname(descriptor: DescriptorOf<'_, ()>) -> Result<Ref> {
    let (owner, name) = parts(descriptor);
    let owner = class_name::qualname(owner)?;
    str::format(format_args!("{}.{}", str::as_text(owner.borrow()), str::as_text(name)))
}

/// A C text as a new reference to a `str`; None for NULL.
///
/// # Safety
/// The text is NULL, or NUL-terminated and readable.
unsafe fn text(doc: *const c_char) -> Result<Ref> {
    if doc.is_null() {
        return Ok(constants::NONE.to_ref());
    }
    // SAFETY: not NULL here, and so NUL-terminated and readable, by this function's condition.
    str::from_utf8(unsafe { CStr::from_ptr(doc) }.to_bytes())
}

fn getset_doc(descriptor: DescriptorOf<'_, PyGetSetDef>) -> Result<Ref> {
    // SAFETY: the documentation in a row is NULL or NUL-terminated, and lives as long as the row.
    unsafe { text(row(descriptor).doc) }
}

fn member_doc(descriptor: DescriptorOf<'_, PyMemberDef>) -> Result<Ref> {
    // SAFETY: the documentation in a row is NULL or NUL-terminated, and lives as long as the row.
    unsafe { text(row(descriptor).doc) }
}

fn method_doc(descriptor: DescriptorOf<'_, PyMethodDef>) -> Result<Ref> {
    function::documentation(row(descriptor))
}

fn method_signature(descriptor: DescriptorOf<'_, PyMethodDef>) -> Result<Ref> {
    function::signature(row(descriptor))
}

/// `<KIND 'NAME' of 'CLASS' objects>`
pub(super) fn repr<R: Row>(descriptor: DescriptorOf<'_, R>) -> Result<Ref> {
    let (owner, name) = parts(descriptor);
    str::format(format_args!("<{} '{}' of '{}' objects>", R::SHOWN, str::as_text(name), owner.name()))
}
