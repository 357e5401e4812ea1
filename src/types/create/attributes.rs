//! The names, the documentation and the dict of a new class.

use super::{Parts, take};
use crate::objects::dict::{self, Dict};
use crate::objects::str;
use crate::protocol::text;
use crate::runtime::{Ref, Result, raise};
use crate::types::heap::{self, Heap};

/// Sets the name, the qualified name and the documentation. A class whose namespace has no `__module__` gets none:
/// CPython takes it from the running Python code.
pub fn set(class: Heap<'_>, parts: &Parts<'_>) -> Result<()> {
    let name = str::utf8(parts.name)?;
    // SAFETY: the class owns the name, whose UTF-8 form lives as long as the name.
    unsafe { (*class.fields()).ht_type.tp_name = name.as_ptr().cast() };
    if name.contains('\0') {
        return Err(raise!(ValueError, "type name must not contain null characters"));
    }
    let qualname = take(parts.namespace, "__qualname__")?.unwrap_or_else(|| parts.name.to_ref());
    if !str::check(qualname.borrow()) {
        let kind = qualname.borrow().class();
        return Err(raise!(TypeError, "type __qualname__ must be a str, not {}", kind.name()));
    }
    // SAFETY: the class is new, and has no qualified name yet.
    unsafe { (*class.fields()).ht_qualname = qualname.into_ptr() };
    set_doc(class, parts.namespace)
}

/// Copies the `__doc__` of the class's dict, if it is a `str`, to `tp_doc`.
fn set_doc(class: Heap<'_>, namespace: Dict<'_>) -> Result<()> {
    let doc = dict::get_str(namespace, "__doc__")?;
    let Some(doc) = doc.as_ref().and_then(|doc| doc.borrow().downcast()) else { return Ok(()) };
    heap::set_doc(class, str::utf8(doc)?.as_bytes())
}

/// TypeError for the cells by which Python code learns of the class, because only Python's own code can make such a
/// cell.
pub fn refuse_names(namespace: Dict<'_>) -> Result<()> {
    for name in ["__classcell__", "__classdictcell__"] {
        if let Some(value) = dict::get_str(namespace, name)? {
            let shown: Ref = text::repr(value.borrow().class().as_obj())?;
            let shown = str::as_text(shown.borrow());
            return Err(raise!(TypeError, "{name} must be a nonlocal cell, not {shown:.200}"));
        }
    }
    Ok(())
}
