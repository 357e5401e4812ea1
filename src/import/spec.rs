//! What a module tells of how it was imported: its spec and loader, made of what was found, and the attributes that say the
//! same. Nothing here reads them again, but for the create slots of modules, which are given the spec.

use super::finder::Found;
use super::path::Path;
use crate::abi::Exc;
use crate::objects::constants::{self, NONE, TRUE};
use crate::objects::importlib::{
    BUILT_IN_LOADER, EXTENSION_LOADER, NAMESPACE_LOADER, SEARCH, SPEC, has_location, own, parent,
};
use crate::objects::{attribute, dict, exceptions, list, module, namespace, str};
use crate::runtime::memory;
use crate::runtime::{Obj, Ref, Result, error};

const UNDER_WAY: &str = "_uninitialized_submodules";

/// A dotted name as its package, if it is in one, and the rest.
pub fn split(name: &str) -> (Option<&str>, &str) {
    let dot = memory::find_last_byte(name.as_bytes(), b'.');
    let (package, last) = match dot.and_then(|dot| name.split_at_checked(dot)) {
        Some((package, last)) => (package, last.get(1..).unwrap_or_default()),
        None => return (None, name),
    };
    ((!package.is_empty()).then_some(package), last)
}

/// The spec of a module that was found.
pub fn new(name: Obj<'_>, found: &Found) -> Result<Ref> {
    let none = || NONE.to_ref();
    let (loader, origin, search) = match found {
        Found::AlwaysThere(_) | Found::BuiltIn(_) => {
            (BUILT_IN_LOADER.as_obj().to_ref(), str::from_str("built-in")?, none())
        }
        Found::Compiled { file, folder } => {
            let file = file.to_object()?;
            let loader = namespace::new(EXTENSION_LOADER, &[("name", name), ("path", file.borrow())])?;
            (loader, file, folder.as_ref().map_or(Ok(none()), list_of)?)
        }
        Found::Source { file, folder } => (none(), file.to_object()?, list_of(folder)?),
        Found::Folders(folders) => {
            (namespace::new(NAMESPACE_LOADER, &[("_path", folders.borrow())])?, none(), folders.clone())
        }
    };
    let has_location = matches!(found, Found::Compiled { .. } | Found::Source { .. });
    with(name, loader.borrow(), origin.borrow(), search.borrow(), has_location)
}

fn with(name: Obj<'_>, loader: Obj<'_>, origin: Obj<'_>, search: Obj<'_>, has_location: bool) -> Result<Ref> {
    namespace::new(
        SPEC,
        &[
            ("name", name),
            ("loader", loader),
            ("origin", origin),
            ("loader_state", NONE),
            (SEARCH, search),
            (UNDER_WAY, list::new()?.borrow()),
            ("_set_fileattr", constants::bool(has_location)),
            ("_cached", NONE),
        ],
    )
}

fn list_of(folder: &Path) -> Result<Ref> {
    list::from_slice(&[folder.to_object()?.borrow()])
}

/// Sets the attributes that tell how a module was imported, those it does not have yet (CPython: `_init_module_attrs`).
/// An object that takes no attributes is left as it is.
pub fn describe(module: Obj<'_>, spec: Obj<'_>) -> Result<()> {
    set_missing(module, "__name__", &own(spec, "name")?)?;
    set_missing(module, "__loader__", &own(spec, "loader")?)?;
    set_missing(module, "__package__", &parent(spec)?)?;
    tolerate(attribute::set_str(module, "__spec__", spec))?;
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

/// Notes in a spec whether its module is being imported, for the error that says what the module does not have yet.
pub fn set_initializing(spec: Obj<'_>, initializing: bool) -> Result<()> {
    attribute::set_str(spec, "_initializing", constants::bool(initializing))
}

/// The list of the submodules that are being imported, in the spec of a package; `None` for a package without one.
pub fn under_way(package: Obj<'_>) -> Result<Option<Ref>> {
    let Some(spec) = attribute::find_str(package, "__spec__")? else { return Ok(None) };
    Ok(attribute::find_str(spec.borrow(), UNDER_WAY)?.filter(|list| list::check(list.borrow())))
}

fn set_missing(module: Obj<'_>, name: &str, value: &Ref) -> Result<()> {
    match attribute::find_str(module, name)? {
        Some(there) if !there.borrow().is(NONE) => Ok(()),
        _ => tolerate(attribute::set_str(module, name, value.borrow())),
    }
}

/// An AttributeError is no obstacle.
pub fn tolerate(done: Result<()>) -> Result<()> {
    match done {
        Err(_) if exceptions::pending_is(Exc::AttributeError) => {
            error::clear();
            Ok(())
        }
        done => done,
    }
}

/// A new module that is always there, as an import of a built-in module would make it.
pub(super) fn built_in_module(name: &str, doc: &str) -> Result<Ref> {
    let name = str::from_str(name)?;
    let module = module::new(name.borrow())?;
    let origin = str::from_str("built-in")?;
    let spec = with(name.borrow(), BUILT_IN_LOADER.as_obj(), origin.borrow(), NONE, false)?;
    dict::set_str(module::attributes(module.borrow()), "__doc__", str::from_str(doc)?.borrow())?;
    describe(module.borrow(), spec.borrow())?;
    Ok(module)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_name_is_split_at_its_last_dot() {
        assert_eq!(split("module"), (None, "module"));
        assert_eq!(split("pack.age.module"), (Some("pack.age"), "module"));
        assert_eq!(split("pack."), (Some("pack"), ""));
        assert_eq!(split(".module"), (None, "module"));
        assert_eq!(split(""), (None, ""));
    }
}
