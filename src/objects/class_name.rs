//! The names of a class: its own, its module's, and both together.

use super::dict::{self, Dict};
use super::str;
use crate::abi::{_Py_TPFLAGS_STATIC_BUILTIN, Py_TPFLAGS_HEAPTYPE};
use crate::runtime::{Obj, Raised, Ref, Result, Type, raise};
use core::ffi::CStr;
use core::fmt::Display;

/// The name after the module's and a separator (CPython: `PyType_GetFullyQualifiedName`). For a static class it is the
/// whole of `tp_name`. For a class made at run time it is `__qualname__`, after `__module__` unless that is `builtins`,
/// `__main__` or not a `str`.
pub fn fully_qualified(class: Type<'_>, separator: char) -> Result<Ref> {
    if !class.has_flag(Py_TPFLAGS_HEAPTYPE) {
        return of_static(class, separator);
    }
    let name = qualname(class)?;
    let module = module(class)?;
    match Some(module.borrow()).filter(|module| str::check(*module)) {
        Some(module) if !str::is(module, "builtins") && !str::is(module, "__main__") => {
            let mut text = str::Builder::new();
            text.push_object(module)?;
            text.push(separator.into())?;
            text.push_object(name.borrow())?;
            text.finish()
        }
        _ => Ok(name),
    }
}

/// TypeError with the full name of an object's class after the text.
#[cold]
pub fn type_error_with_class(text: impl Display, o: Obj<'_>) -> Raised {
    match fully_qualified(o.class(), '.') {
        Ok(name) => raise!(TypeError, "{text}{}", str::as_text(name.borrow())),
        Err(raised) => raised,
    }
}

/// A `tp_name` as its module, if it names one, and the rest.
fn split(name: &CStr) -> (Option<&[u8]>, &[u8]) {
    let name = name.to_bytes();
    match name.iter().rposition(|&byte| byte == b'.') {
        Some(dot) => (name.get(..dot), name.get(dot + 1..).unwrap_or_default()),
        None => (None, name),
    }
}

/// `__name__`.
pub fn name(class: Type<'_>) -> Result<Ref> {
    match class.heap_names().and_then(|(name, _)| name.get()) {
        Some(name) => Ok(name),
        None => class.with_name(|name| str::from_utf8(split(name).1)),
    }
}

/// `__qualname__`: the name, unless it was set to another value.
pub fn qualname(class: Type<'_>) -> Result<Ref> {
    match class.heap_names().and_then(|(_, qualname)| qualname.get()) {
        Some(qualname) => Ok(qualname),
        None => name(class),
    }
}

/// `__module__`: the value in the dict of a class made at run time; for a static class, the part of `tp_name` before
/// the name.
pub fn module(class: Type<'_>) -> Result<Ref> {
    if class.has_flag(Py_TPFLAGS_HEAPTYPE) {
        let module = attributes(class).map_or(Ok(None), |attributes| dict::get_str(attributes, "__module__"))?;
        return module.ok_or_else(|| raise!(AttributeError, "__module__"));
    }
    let home = home(class).map(core::primitive::str::as_bytes);
    class.with_name(|name| str::from_utf8(home.or(split(name).0).unwrap_or(b"builtins")))
}

/// The module of a built-in class whose `tp_name` does not contain it, although the module is not `builtins`.
pub fn home(class: Type<'_>) -> Option<&'static str> {
    const IMPORTLIB: &str = "_frozen_importlib";
    const EXTERNAL: &str = "_frozen_importlib_external";
    const HOMES: [(&CStr, &str); 4] = [
        (c"ModuleSpec", IMPORTLIB),
        (c"BuiltinImporter", IMPORTLIB),
        (c"ExtensionFileLoader", EXTERNAL),
        (c"NamespaceLoader", EXTERNAL),
    ];
    if !class.has_flag(_Py_TPFLAGS_STATIC_BUILTIN) {
        return None;
    }
    class.with_name(|own| HOMES.into_iter().find(|(name, _)| *name == own)).map(|(_, module)| module)
}

/// The name of a static class, after its module, if it has one, and a separator. If `tp_name` contains the module, the
/// separator is a dot.
pub fn of_static(class: Type<'_>, separator: char) -> Result<Ref> {
    match home(class) {
        Some(module) => str::format(format_args!("{module}{separator}{}", class.name())),
        None => class.with_name(|name| str::from_utf8(name.to_bytes())),
    }
}

/// The name by which a class is shown: `MODULE.QUALNAME`, or `tp_name` when the module is `builtins` or is not a
/// `str`.
pub fn shown(class: Type<'_>) -> Result<Ref> {
    if !class.has_flag(Py_TPFLAGS_HEAPTYPE) {
        return of_static(class, '.');
    }
    let module = attributes(class).map_or(Ok(None), |attributes| dict::get_str(attributes, "__module__"))?;
    match module.filter(|module| str::check(module.borrow()) && !str::is(module.borrow(), "builtins")) {
        Some(module) => {
            let mut text = str::Builder::new();
            text.push_object(module.borrow())?;
            text.push_str(".")?;
            text.push_object(qualname(class)?.borrow())?;
            text.finish()
        }
        None => class.with_name(|name| str::from_utf8(name.to_bytes())),
    }
}

/// The dict of a class made at run time; `None` before the class is ready.
fn attributes(class: Type<'_>) -> Option<Dict<'_>> {
    // SAFETY: `tp_dict` is NULL, or a reference that the class keeps.
    unsafe { Obj::from_ptr((*class.as_ptr()).tp_dict) }?.downcast()
}
