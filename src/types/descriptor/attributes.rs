//! The attributes of a descriptor, its name, class and documentation, and its repr.

use super::method::ClassMethodDef;
use super::wrapper::{Bound, descriptor_of};
use super::{Descriptor, DescriptorOf, Row, parts, row};
use crate::abi::*;
use crate::objects::{attributes, constants, function, slots, str};
use crate::runtime::{Field, Ref, Result, View, raise};
use crate::types::slots::wrappers;
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

pub(super) static mut CLASS_METHOD_GETSETS: [PyGetSetDef; 4] = [
    slots::getter(c"__doc__", class_method_doc),
    slots::getter(c"__qualname__", qualname),
    slots::getter(c"__text_signature__", class_method_signature),
    PyGetSetDef::END,
];

pub(super) static mut WRAPPER_GETSETS: [PyGetSetDef; 4] = [
    slots::getter(c"__doc__", wrapper_doc),
    slots::getter(c"__qualname__", qualname),
    slots::getter(c"__text_signature__", wrapper_signature),
    PyGetSetDef::END,
];

/// The attributes of a bound wrapper are those of its descriptor.
pub(super) static mut BOUND_GETSETS: [PyGetSetDef; 6] = [
    slots::getter(c"__objclass__", |o: View<'_, Bound>| Ok(parts(descriptor_of(o)).0.as_obj().to_ref())),
    slots::getter(c"__name__", |o: View<'_, Bound>| Ok(parts(descriptor_of(o)).1.to_ref())),
    slots::getter(c"__qualname__", |o: View<'_, Bound>| qualname_of(descriptor_of(o))),
    slots::getter(c"__doc__", |o: View<'_, Bound>| wrapper_doc(descriptor_of(o))),
    slots::getter(c"__text_signature__", |o: View<'_, Bound>| wrapper_signature(descriptor_of(o))),
    PyGetSetDef::END,
];

/// `__qualname__`.
fn qualname(descriptor: DescriptorOf<'_, ()>) -> Result<Ref> {
    qualname_of(descriptor)
}

/// The class's qualified name, a dot, and the name. It is kept from the first question on.
fn qualname_of<R>(descriptor: DescriptorOf<'_, R>) -> Result<Ref> {
    let fields = descriptor.cast::<Descriptor<()>>();
    // SAFETY: every descriptor begins with these fields; this one is NULL or a name that the descriptor owns.
    let kept = unsafe { Field::at(&raw mut (*fields).d_qualname) };
    if let Some(qualname) = kept.get() {
        return Ok(qualname);
    }
    let (owner, name) = parts(descriptor);
    let owner = attributes::get_str(owner.as_obj(), "__qualname__")?;
    if !str::check(owner.borrow()) {
        return Err(raise!(TypeError, "<descriptor>.__objclass__.__qualname__ is not a unicode object"));
    }
    let qualname = str::format(format_args!("{}.{}", str::as_text(owner.borrow()), str::as_text(name)))?;
    // A descriptor that is shared by threads without the GIL stays as it is.
    if !descriptor.is_immortal() {
        kept.set(Some(qualname.clone()));
    }
    Ok(qualname)
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

fn class_method_doc(descriptor: DescriptorOf<'_, ClassMethodDef>) -> Result<Ref> {
    function::documentation(&row(descriptor).0)
}

fn class_method_signature(descriptor: DescriptorOf<'_, ClassMethodDef>) -> Result<Ref> {
    function::signature(&row(descriptor).0)
}

/// The name and the documentation in a row of C's for a slot; `None` without documentation.
fn texts(base: &wrapperbase) -> Option<(&[u8], &[u8])> {
    if base.doc.is_null() {
        return None;
    }
    // SAFETY: both are NUL-terminated, and live as long as the row.
    unsafe { Some((CStr::from_ptr(base.name).to_bytes(), CStr::from_ptr(base.doc).to_bytes())) }
}

fn wrapper_doc(descriptor: DescriptorOf<'_, wrapperbase>) -> Result<Ref> {
    match (wrappers::of_base(row(descriptor)), texts(row(descriptor))) {
        (Some(own), _) => str::format(format_args!("Calls the slot {}.", own.slot.name)),
        (None, Some((name, doc))) => function::documentation_of(name, doc),
        (None, None) => Ok(constants::NONE.to_ref()),
    }
}

fn wrapper_signature(descriptor: DescriptorOf<'_, wrapperbase>) -> Result<Ref> {
    match (wrappers::of_base(row(descriptor)), texts(row(descriptor))) {
        (Some(own), _) => str::from_str(own.parameters()),
        (None, Some((name, doc))) => Ok(function::signature_of(name, doc)?.unwrap_or_else(|| constants::NONE.to_ref())),
        (None, None) => Ok(constants::NONE.to_ref()),
    }
}

/// `<KIND 'NAME' of 'CLASS' objects>`
pub(super) fn repr<R: Row>(descriptor: DescriptorOf<'_, R>) -> Result<Ref> {
    let (owner, name) = parts(descriptor);
    str::format(format_args!("<{} '{}' of '{}' objects>", R::SHOWN, str::as_text(name), owner.name()))
}
