//! The types of specs and loaders: what a module tells of how it was imported, in CPython's types and attributes.
//!
//! In CPython these are classes of Python code: `tp_name` is the name alone, and the class's dict says the module.

use super::constants::NONE;
use super::{class_defaults, namespace, object, str};
use crate::abi::*;
use crate::runtime::{Obj, Ref, Result, Type};

/// The module of a class whose `tp_name` does not say it.
pub fn home(class: Type<'_>) -> Option<&'static str> {
    const IMPORTLIB: &str = "_frozen_importlib";
    const EXTERNAL: &str = "_frozen_importlib_external";
    let homes =
        [(SPEC, IMPORTLIB), (BUILT_IN_LOADER, IMPORTLIB), (EXTENSION_LOADER, EXTERNAL), (NAMESPACE_LOADER, EXTERNAL)];
    homes.into_iter().find(|(own, _)| *own == class).map(|(_, module)| module)
}

/// The attribute of a spec with the folders in which a package's submodules are.
pub const SEARCH: &str = "submodule_search_locations";

/// Declares a type that C sees only in its instances.
macro_rules! private_type {
    ($(#[$doc:meta])* $handle:ident = $name:literal { $($field:ident: $value:expr,)* ..$defaults:expr }) => {
        $(#[$doc])*
        pub const $handle: Type<'static> = {
            static mut TYPE: PyTypeObject = PyTypeObject { tp_name: $name.as_ptr(), $($field: $value,)* ..$defaults };
            // SAFETY: the static is a complete type object.
            unsafe { Type::from_ptr_unchecked(&raw mut TYPE) }
        };
    };
}

private_type! {
    /// The loader of modules that are built into the program: the class itself, which has no instances.
    BUILT_IN_LOADER = c"BuiltinImporter" {
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        ..class_defaults::DEFAULTS
    }
}
private_type! {
    /// The loaders of compiled modules: `name` and `path`.
    EXTENSION_LOADER = c"ExtensionFileLoader" { ..namespace::DEFAULTS }
}
private_type! {
    /// The loaders of packages that are a folder and nothing else: `_path`.
    NAMESPACE_LOADER = c"NamespaceLoader" { ..namespace::DEFAULTS }
}
private_type! {
    /// Specs: `name`, `loader`, `origin` and others.
    SPEC = c"ModuleSpec" {
        tp_repr: Some(repr_slot),
        tp_getset: (&raw mut GETSET).cast(),
        ..namespace::DEFAULTS
    }
}

static mut GETSET: [PyGetSetDef; 4] =
    [getset!(c"parent", parent), getset!(c"has_location", has_location), getset!(c"cached", cached), PyGetSetDef::END];

/// An attribute of a spec; None when it was deleted.
pub fn own(spec: Obj<'_>, name: &str) -> Result<Ref> {
    Ok(namespace::get(spec, name)?.unwrap_or_else(|| NONE.to_ref()))
}

/// The package a module is in; a package is in itself.
pub fn parent(spec: Obj<'_>) -> Result<Ref> {
    let name = own(spec, "name")?;
    if !own(spec, SEARCH)?.borrow().is(NONE) || !str::check(name.borrow()) {
        return Ok(name);
    }
    str::from_str(str::utf8(name.borrow())?.rsplit_once('.').map_or("", |(package, _)| package))
}

/// Whether the module of a spec has a file.
pub fn has_location(spec: Obj<'_>) -> Result<Ref> {
    own(spec, "_set_fileattr")
}

fn cached(spec: Obj<'_>) -> Result<Ref> {
    own(spec, "_cached")
}

/// `ModuleSpec(name='pack', loader=<…>, origin='/…/__init__.so', submodule_search_locations=['/…'])`
fn repr(spec: Obj<'_>) -> Result<Ref> {
    let mut text = str::Builder::new();
    text.push_str("ModuleSpec(name=")?;
    text.push_object(object::repr(own(spec, "name")?.borrow())?.borrow())?;
    text.push_str(", loader=")?;
    text.push_object(object::repr(own(spec, "loader")?.borrow())?.borrow())?;
    for name in ["origin", SEARCH] {
        let value = own(spec, name)?;
        if !value.borrow().is(NONE) {
            text.push_format(format_args!(", {name}="))?;
            text.push_object(object::repr(value.borrow())?.borrow())?;
        }
    }
    text.push_str(")")?;
    text.finish()
}
slot!(repr_slot(spec) -> *mut PyObject = repr);
