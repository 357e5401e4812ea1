//! The documentation of a C function, and the signature that it contains.

use crate::abi::*;
use crate::objects::str;
use crate::runtime::known::NONE;
use crate::runtime::{Ref, Result};
use core::ffi::CStr;

/// A documentation: its signature, and the rest. The signature is the part between the function's name and the line
/// `--`, which a blank line follows.
fn split<'a>(name: &[u8], doc: &'a [u8]) -> (Option<&'a [u8]>, &'a [u8]) {
    const END: &[u8] = b")\n--\n\n";
    // The text begins with the last part of a dotted name.
    let name = name.rsplit(|byte| *byte == b'.').next().unwrap_or(name);
    let signature = doc.strip_prefix(name).filter(|rest| rest.starts_with(b"("));
    let end = signature.and_then(|rest| {
        let paragraph = rest.windows(2).position(|pair| pair == b"\n\n").map_or(rest.len(), |at| at + 2);
        rest[..paragraph].windows(END.len()).position(|window| window == END)
    });
    match (signature, end) {
        (Some(rest), Some(end)) => (Some(&rest[..=end]), &rest[end + END.len()..]),
        _ => (None, doc),
    }
}

/// The name and the text of a definition, if it has a text.
fn texts(definition: &PyMethodDef) -> Option<(&[u8], &[u8])> {
    if definition.ml_doc.is_null() {
        return None;
    }
    // SAFETY: both are NUL-terminated strings that C keeps.
    unsafe { Some((CStr::from_ptr(definition.ml_name).to_bytes(), CStr::from_ptr(definition.ml_doc).to_bytes())) }
}

/// The documentation of a definition without the signature; None without documentation.
pub fn documentation(definition: &PyMethodDef) -> Result<Ref> {
    texts(definition).map_or_else(|| Ok(NONE.to_ref()), |(name, doc)| documentation_of(name, doc))
}

/// A documentation without the signature of this name.
pub fn without_signature<'a>(name: &[u8], doc: &'a [u8]) -> &'a [u8] {
    split(name, doc).1
}

/// A documentation without the signature of this name; None for nothing.
pub fn documentation_of(name: &[u8], doc: &[u8]) -> Result<Ref> {
    match without_signature(name, doc) {
        [] => Ok(NONE.to_ref()),
        doc => str::from_utf8(doc),
    }
}

/// The signature in a documentation, if it has that of this name.
pub fn signature_of(name: &[u8], doc: &[u8]) -> Result<Option<Ref>> {
    split(name, doc).0.map(str::from_utf8).transpose()
}

/// The signature. Without one in the documentation, it is the signature of the calling convention, which for most is
/// None.
pub fn signature(definition: &PyMethodDef) -> Result<Ref> {
    if let Some((name, doc)) = texts(definition)
        && let Some(signature) = signature_of(name, doc)?
    {
        return Ok(signature);
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
        _ => Ok(NONE.to_ref()),
    }
}
