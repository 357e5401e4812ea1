//! The types of specs and loaders, by which a module records how it was imported, with CPython's names and attributes.
//!
//! In CPython these are classes of Python code: `tp_name` is only the name, and the class's dict contains the module.
//! Here `class_name` has a table of the modules.

use super::namespace::{self, Namespace};
use super::{class_defaults, slots, str};
use crate::abi::*;
use crate::protocol::text;
use crate::runtime::known::NONE;
use crate::runtime::{Ref, Result};
use core::ffi::CStr;

/// The attribute of a spec with the directories in which a package's submodules are.
pub const SEARCH: &str = "submodule_search_locations";

/// A type with this name and these fields.
const fn named(name: &'static CStr, fields: PyTypeObject) -> PyTypeObject {
    PyTypeObject { tp_name: name.as_ptr(), ..fields }
}

static_type! {
    /// The loader of built-in modules: the class itself, which has no instances.
    static BUILT_IN_LOADER_TYPE as BUILT_IN_LOADER = PyTypeObject {
        tp_name: c"BuiltinImporter".as_ptr(),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        ..class_defaults::DEFAULTS
    }
}
static_type! {
    /// The loaders of compiled modules: `name` and `path`.
    static EXTENSION_LOADER_TYPE as EXTENSION_LOADER = named(c"ExtensionFileLoader", namespace::DEFAULTS)
}
static_type! {
    /// The loaders of packages that are only a directory: `_path`.
    static NAMESPACE_LOADER_TYPE as NAMESPACE_LOADER = named(c"NamespaceLoader", namespace::DEFAULTS)
}
static_type! {
    /// Specs: `name`, `loader`, `origin` and others.
    static SPEC_TYPE as SPEC = PyTypeObject {
        tp_repr: slots::unary(repr),
        tp_getset: (&raw mut GETSET).cast(),
        ..named(c"ModuleSpec", namespace::DEFAULTS)
    }
}

static mut GETSET: [PyGetSetDef; 4] = [
    slots::getter(c"parent", parent),
    slots::getter(c"has_location", has_location),
    slots::getter(c"cached", cached),
    PyGetSetDef::END,
];

/// An attribute of a spec; None when it was deleted.
pub fn own(spec: Namespace<'_>, name: &str) -> Result<Ref> {
    Ok(namespace::get(spec, name)?.unwrap_or_else(|| NONE.to_ref()))
}

/// The package that contains a module; a package contains itself.
pub fn parent(spec: Namespace<'_>) -> Result<Ref> {
    let name = own(spec, "name")?;
    let (true, Some(text)) = (own(spec, SEARCH)?.borrow().is(NONE), name.borrow().downcast()) else {
        return Ok(name);
    };
    str::from_str(str::utf8(text)?.rsplit_once('.').map_or("", |(package, _)| package))
}

/// Whether the module of a spec has a file.
pub fn has_location(spec: Namespace<'_>) -> Result<Ref> {
    own(spec, "_set_fileattr")
}

fn cached(spec: Namespace<'_>) -> Result<Ref> {
    own(spec, "_cached")
}

/// `ModuleSpec(name='pack', loader=<…>, origin='/…/__init__.so', submodule_search_locations=['/…'])`
fn repr(spec: Namespace<'_>) -> Result<Ref> {
    let mut text = str::Builder::new();
    text.push_str("ModuleSpec(name=")?;
    text.push_object(text::repr(own(spec, "name")?.borrow())?.borrow())?;
    text.push_str(", loader=")?;
    text.push_object(text::repr(own(spec, "loader")?.borrow())?.borrow())?;
    for name in ["origin", SEARCH] {
        let value = own(spec, name)?;
        if !value.borrow().is(NONE) {
            text.push_format(format_args!(", {name}="))?;
            text.push_object(text::repr(value.borrow())?.borrow())?;
        }
    }
    text.push_str(")")?;
    text.finish()
}
