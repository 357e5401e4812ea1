//! The name of a class with its module, as messages show it.

use super::dict::{self, Dict};
use super::str;
use crate::abi::{Py_TPFLAGS_HEAPTYPE, PyHeapTypeObject};
use crate::runtime::{Obj, Ref, Result, Type};

/// `tp_name` of a static class. Of one made at run time its `__qualname__`, after its `__module__` and a separator unless
/// that is `builtins`, `__main__` or no `str`.
pub fn of(class: Type<'_>, separator: char) -> Result<Ref> {
    if !class.has_flag(Py_TPFLAGS_HEAPTYPE) {
        return str::from_utf8(class.tp_name().to_bytes());
    }
    // SAFETY: a heap type has the larger layout, and a qualified name, which it keeps.
    let name = unsafe { Obj::from_ptr_unchecked((*class.as_ptr().cast::<PyHeapTypeObject>()).ht_qualname) };
    let module = attributes(class).map_or(Ok(None), |attributes| dict::get_str(attributes, "__module__"))?;
    let module = module.as_ref().map(Ref::borrow).filter(|module| str::check(*module));
    match module {
        Some(module) if !str::is(module, "builtins") && !str::is(module, "__main__") => {
            let mut text = str::Builder::new();
            text.push_object(module)?;
            text.push(separator.into())?;
            text.push_object(name)?;
            text.finish()
        }
        _ => Ok(name.to_ref()),
    }
}

/// The dict of a class made at run time, which it has from the time it is ready.
fn attributes(class: Type<'_>) -> Option<Dict<'_>> {
    // SAFETY: `tp_dict` is NULL, or a reference that the class keeps.
    unsafe { Obj::from_ptr((*class.as_ptr()).tp_dict) }?.downcast()
}
