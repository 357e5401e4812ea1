//! The attributes of a descriptor, its name, class and documentation, and its repr.

use super::{Descriptor, parts};
use crate::abi::*;
use crate::objects::{class_name, constants, function, slots, str};
use crate::runtime::{Ref, Result, View};
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

/// The row of the descriptor.
fn row<'a, Row>(descriptor: View<'a, Descriptor<()>>) -> &'a Row {
    // SAFETY: the functions of a descriptor type's table are called on descriptors of that type, whose rows live as long as
    // the class they describe.
    unsafe { &*(*descriptor.cast::<Descriptor<Row>>()).row }
}

/// `__qualname__`: the class's qualified name, a dot, and the name.
fn qualname(descriptor: View<'_, Descriptor<()>>) -> Result<Ref> {
    let (owner, name) = parts(*descriptor);
    let owner = class_name::qualname(owner)?;
    str::format(format_args!("{}.{}", str::as_text(owner.borrow()), str::as_text(name)))
}

/// A C text as a new reference to a `str`; None for NULL.
fn text(doc: *const c_char) -> Result<Ref> {
    if doc.is_null() {
        return Ok(constants::NONE.to_ref());
    }
    // SAFETY: the documentation in a row is NUL-terminated, and lives as long as the row.
    str::from_utf8(unsafe { CStr::from_ptr(doc) }.to_bytes())
}

fn getset_doc(descriptor: View<'_, Descriptor<()>>) -> Result<Ref> {
    text(row::<PyGetSetDef>(descriptor).doc)
}

fn member_doc(descriptor: View<'_, Descriptor<()>>) -> Result<Ref> {
    text(row::<PyMemberDef>(descriptor).doc)
}

fn method_doc(descriptor: View<'_, Descriptor<()>>) -> Result<Ref> {
    function::documentation(row(descriptor))
}

fn method_signature(descriptor: View<'_, Descriptor<()>>) -> Result<Ref> {
    function::signature(row(descriptor))
}

/// `<KIND 'NAME' of 'CLASS' objects>`
fn repr(descriptor: View<'_, Descriptor<()>>, kind: &str) -> Result<Ref> {
    let (owner, name) = parts(*descriptor);
    str::format(format_args!("<{kind} '{}' of '{}' objects>", str::as_text(name), owner.name()))
}

pub(super) fn getset_repr(descriptor: View<'_, Descriptor<()>>) -> Result<Ref> {
    repr(descriptor, "attribute")
}

pub(super) fn member_repr(descriptor: View<'_, Descriptor<()>>) -> Result<Ref> {
    repr(descriptor, "member")
}

pub(super) fn method_repr(descriptor: View<'_, Descriptor<()>>) -> Result<Ref> {
    repr(descriptor, "method")
}
