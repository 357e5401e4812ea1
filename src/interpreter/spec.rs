//! A module's spec, and the attributes of the module that repeat it. They tell a program how the module was imported.
//! The library itself only passes the spec to the create slots of modules.

use crate::abi::{Exc, PyListObject, PyModuleObject};
use crate::objects::constants::{self, NONE, TRUE};
use crate::objects::importlib::{BUILT_IN_LOADER, NAMESPACE_LOADER, SEARCH, SPEC, has_location, own, parent};
use crate::objects::namespace::{Namespace, NamespaceObject};
use crate::objects::{dict, exceptions, list, module, namespace, str};
use crate::runtime::{Obj, Own, Ref, Result, error};
use crate::types::attribute;

const UNDER_WAY: &str = "_uninitialized_submodules";

/// A new spec of a module.
pub fn new(
    name: Obj<'_>,
    loader: Obj<'_>,
    origin: Obj<'_>,
    search: Obj<'_>,
    has_location: bool,
) -> Result<Own<NamespaceObject>> {
    namespace::new(
        SPEC,
        &[
            ("name", name),
            ("loader", loader),
            ("origin", origin),
            ("loader_state", NONE),
            (SEARCH, search),
            (UNDER_WAY, *list::new()?.borrow()),
            ("_set_fileattr", constants::bool(has_location)),
            ("_cached", NONE),
        ],
    )
}

/// Sets the attributes that describe a module's import, unless the module has them (CPython: `_init_module_attrs`). An
/// object whose attributes can't be set does not change.
pub fn describe(module: Obj<'_>, spec: Namespace<'_>) -> Result<()> {
    set_missing(module, "__name__", &own(spec, "name")?)?;
    set_missing(module, "__loader__", &own(spec, "loader")?)?;
    set_missing(module, "__package__", &parent(spec)?)?;
    tolerate(attribute::set_str(module, "__spec__", *spec))?;
    if own(spec, "loader")?.borrow().is_exactly(NAMESPACE_LOADER) {
        tolerate(attribute::set_str(module, "__file__", NONE))?;
    }
    let search = own(spec, SEARCH)?;
    if !search.borrow().is(NONE) {
        set_missing(module, "__path__", &search)?;
    }
    match has_location(spec)?.borrow().is(TRUE) {
        true => set_missing(module, "__file__", &own(spec, "origin")?),
        false => Ok(()),
    }
}

/// Records in a spec whether its module is being imported, for the error about an attribute that the module does not
/// have yet.
pub fn set_initializing(spec: Obj<'_>, initializing: bool) -> Result<()> {
    attribute::set_str(spec, "_initializing", constants::bool(initializing))
}

/// The list of the submodules that are being imported, in the spec of a package; `None` for a package without one.
pub fn under_way(package: Obj<'_>) -> Result<Option<Own<PyListObject>>> {
    let Some(spec) = attribute::find_str(package, "__spec__")? else { return Ok(None) };
    Ok(attribute::find_str(spec.borrow(), UNDER_WAY)?.and_then(|list| list.downcast().ok()))
}

fn set_missing(module: Obj<'_>, name: &str, value: &Ref) -> Result<()> {
    match attribute::find_str(module, name)? {
        Some(there) if !there.borrow().is(NONE) => Ok(()),
        _ => tolerate(attribute::set_str(module, name, value.borrow())),
    }
}

/// Drops an AttributeError, because an object whose attributes can't be set is allowed.
pub fn tolerate(done: Result<()>) -> Result<()> {
    match done {
        Err(_) if exceptions::pending_is(Exc::AttributeError) => {
            error::clear();
            Ok(())
        }
        done => done,
    }
}

/// A new module that always exists, as an import of a built-in module would make it.
pub(super) fn built_in_module(name: &str, doc: &str) -> Result<Own<PyModuleObject>> {
    let name = str::from_str(name)?;
    let module = module::new(name.borrow())?;
    let origin = str::from_str("built-in")?;
    let spec = new(name.borrow(), BUILT_IN_LOADER.as_obj(), origin.borrow(), NONE, false)?;
    dict::set_str(module::attributes(module.borrow()), "__doc__", str::from_str(doc)?.borrow())?;
    describe(module.as_obj(), spec.borrow())?;
    Ok(module)
}
