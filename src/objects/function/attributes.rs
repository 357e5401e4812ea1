//! What can be read off a C function: its names, its documentation, and the signature hidden in that.

use super::{bound_to, definition, name};
use crate::abi::*;
use crate::objects::{constants, module, str};
use crate::runtime::{Obj, Ref, Result, raise};
use crate::types::attribute;
use core::ffi::CStr;
use core::mem::offset_of;

pub(super) static mut MEMBERS: [PyMemberDef; 2] = [
    PyMemberDef {
        name: c"__module__".as_ptr(),
        kind: _Py_T_OBJECT,
        offset: offset_of!(PyCFunctionObject, m_module) as Py_ssize_t,
        flags: 0,
        doc: core::ptr::null(),
    },
    PyMemberDef::END,
];

pub(super) static mut GETSETS: [PyGetSetDef; 6] = [
    getset!(c"__doc__", own_documentation),
    getset!(c"__name__", plain_name),
    getset!(c"__qualname__", qualified_name),
    getset!(c"__self__", this),
    getset!(c"__text_signature__", own_signature),
    PyGetSetDef::END,
];

fn plain_name(function: Obj<'_>) -> Result<Ref> {
    str::format(format_args!("{}", name(definition(function))))
}

/// The name, after the class's when the function is bound to an instance or a class.
fn qualified_name(function: Obj<'_>) -> Result<Ref> {
    let Some(this) = bound_to(function).filter(|this| !this.is_a(module::MODULE)) else {
        return plain_name(function);
    };
    let class = this.as_type().unwrap_or(this.class());
    let qualname = attribute::get(class.as_obj(), str::from_str("__qualname__")?.borrow())?;
    if !str::check(qualname.borrow()) {
        return Err(raise!(TypeError, "<method>.__class__.__qualname__ is not a unicode object"));
    }
    str::format(format_args!("{}.{}", str::as_text(qualname.borrow()), name(definition(function))))
}

/// What the function is bound to; None when nothing.
fn this(function: Obj<'_>) -> Result<Ref> {
    Ok(bound_to(function).unwrap_or(constants::NONE).to_ref())
}

/// The text in a definition: `(signature, documentation)`. A signature is what stands between the function's name and
/// the line `--`, which a blank line follows.
fn split_doc(definition: &PyMethodDef) -> Option<(Option<&[u8]>, &[u8])> {
    const END: &[u8] = b")\n--\n\n";
    if definition.ml_doc.is_null() {
        return None;
    }
    // SAFETY: both are NUL-terminated strings that C keeps.
    let (doc, name) =
        unsafe { (CStr::from_ptr(definition.ml_doc).to_bytes(), CStr::from_ptr(definition.ml_name).to_bytes()) };
    // The name in the text is the last part of a dotted one.
    let name = name.rsplit(|byte| *byte == b'.').next().unwrap_or(name);
    let signature = doc.strip_prefix(name).filter(|rest| rest.starts_with(b"("));
    let end = signature.and_then(|rest| {
        let paragraph = rest.windows(2).position(|pair| pair == b"\n\n").map_or(rest.len(), |at| at + 2);
        rest[..paragraph].windows(END.len()).position(|window| window == END)
    });
    Some(match (signature, end) {
        (Some(rest), Some(end)) => (Some(&rest[..=end]), &rest[end + END.len()..]),
        _ => (None, doc),
    })
}

/// The documentation without the signature; None when there is none.
pub fn documentation(definition: &PyMethodDef) -> Result<Ref> {
    match split_doc(definition) {
        Some((_, doc)) if !doc.is_empty() => str::from_utf8(doc),
        _ => Ok(constants::NONE.to_ref()),
    }
}

/// The signature. When the documentation has none, the one that the convention has, which for most is None.
pub fn signature(definition: &PyMethodDef) -> Result<Ref> {
    if let Some((Some(signature), _)) = split_doc(definition) {
        return str::from_utf8(signature);
    }
    let flags = definition.ml_flags;
    let (first, alone) = match flags {
        _ if flags & METH_STATIC != 0 => ("", ""),
        _ if flags & METH_CLASS != 0 => ("$type, ", "$type, /"),
        _ => ("$self, ", "$self, /"),
    };
    match flags & (METH_NOARGS | METH_O | METH_VARARGS | METH_FASTCALL) {
        METH_NOARGS => str::format(format_args!("({alone})")),
        METH_O => str::format(format_args!("({first}object, /)")),
        _ => Ok(constants::NONE.to_ref()),
    }
}

fn own_documentation(function: Obj<'_>) -> Result<Ref> {
    documentation(definition(function))
}

fn own_signature(function: Obj<'_>) -> Result<Ref> {
    signature(definition(function))
}
