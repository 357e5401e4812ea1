//! The fields that the types of descriptors share: the attributes of a descriptor, its name and class, and its repr.

use super::object::{Descriptor, DescriptorOf, Row, parts};
use crate::abi::*;
use crate::objects::{attributes, class_defaults, constants, slots, str};
use crate::runtime::{Field, Ref, Result, raise};
use core::ffi::{CStr, c_char};
use core::mem::offset_of;

static mut MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef::object(c"__objclass__", offset_of!(Descriptor<()>, d_type)).read_only(),
    PyMemberDef::object(c"__name__", offset_of!(Descriptor<()>, d_name)).read_only(),
    PyMemberDef::END,
];

/// The type of the descriptors of a kind of row.
pub(super) const fn type_of<R: Row>(name: &'static CStr, getsets: *mut PyGetSetDef) -> PyTypeObject {
    PyTypeObject {
        tp_name: name.as_ptr(),
        tp_basicsize: size_of::<R::Layout>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<Descriptor<()>>(),
        tp_repr: slots::unary(repr::<R>),
        tp_traverse: slots::traverse::<Descriptor<()>>(),
        tp_members: (&raw mut MEMBERS).cast(),
        tp_getset: getsets,
        tp_descr_get: slots::describe(R::get),
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        ..class_defaults::COLLECTED
    }
}

/// `__qualname__`.
pub(super) fn qualname(descriptor: DescriptorOf<'_, ()>) -> Result<Ref> {
    qualname_of(descriptor)
}

/// The class's qualified name, a dot, and the name. It is made once and kept.
pub(super) fn qualname_of<R>(descriptor: DescriptorOf<'_, R>) -> Result<Ref> {
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
pub(super) unsafe fn text(doc: *const c_char) -> Result<Ref> {
    if doc.is_null() {
        return Ok(constants::NONE.to_ref());
    }
    // SAFETY: not NULL here, and so NUL-terminated and readable, by this function's condition.
    str::from_utf8(unsafe { CStr::from_ptr(doc) }.to_bytes())
}

/// `<KIND 'NAME' of 'CLASS' objects>`
fn repr<R: Row>(descriptor: DescriptorOf<'_, R>) -> Result<Ref> {
    let (owner, name) = parts(descriptor);
    str::format(format_args!("<{} '{}' of '{}' objects>", R::SHOWN, str::as_text(name), owner.name()))
}
