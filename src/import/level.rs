//! Imports as Python's `import` statement makes them (CPython: `PyImport_ImportModuleLevelObject`): names relative to a
//! package, and names that are wanted from a module, which may be submodules.

use super::by_name::import_unwritable;
use super::failure::{Failure, empty_name};
use super::load::{find_or_load, find_or_load_with_top};
use super::name::{outer, quoted};
use super::obstacle;
use crate::abi::Exc;
use crate::interpreter::{end, registry, warnings};
use crate::objects::constants::NONE;
use crate::objects::dict::Dict;
use crate::objects::{dict, str};
use crate::protocol::{compare, iteration, text, truth};
use crate::runtime::memory::Text;
use crate::runtime::{Obj, Raised, Ref, Result, error, raise, thread};
use crate::types::attribute;
use core::ffi::c_int;

/// Imports a module. If names are wanted from it, the module is the result, and missing names are imported as
/// submodules. Otherwise the result is the first package of the given name.
///
/// A level above 0 counts the packages to go up, from the package of the code with these `globals`.
pub fn import_level(name: Obj<'_>, globals: Option<Obj<'_>>, wanted: Option<Obj<'_>>, level: c_int) -> Result<Ref> {
    let Some(name) = name.downcast() else {
        return Err(raise!(TypeError, "module name must be a string"));
    };
    thread::with_gil(|| {
        let full_name = full_name(name, globals, level)?;
        match (str::utf8_if_any(str::require(full_name.borrow())?)?, error::pending()) {
            (Some(text), _) => import_text(str::utf8(name)?, text, wanted, level),
            (None, Some(pending)) => Err(pending),
            (None, None) => import_unwritable(full_name.borrow()),
        }
    })?
}

/// The full name of a module: its name in the package that is `level` - 1 packages up from the one of the globals.
fn full_name(name: str::Str<'_>, globals: Option<Obj<'_>>, level: c_int) -> Result<Ref> {
    match level {
        0 => return Ok(name.to_ref()),
        1.. => {}
        _ => return Err(raise!(ValueError, "level must be >= 0")),
    }
    let mut base = package(globals)?;
    for _ in 1..level {
        base = outer(base.borrow())?
            .ok_or_else(|| raise!(ImportError, "attempted relative import beyond top-level package"))?;
    }
    if str::length(name) == 0 || str::is(base.borrow(), "") {
        return Ok(base);
    }
    str::format(format_args!("{}.{}", str::as_text(base.borrow()), str::as_text(*name)))
}

fn import_text(name: &str, full_name: &str, wanted: Option<Obj<'_>>, level: c_int) -> Result<Ref> {
    if full_name.is_empty() {
        return Err(empty_name());
    }
    end::check_modules()?;
    let pending = error::pending();
    let find = |name| match pending {
        None => Ok(find_or_load(name)?),
        Some(pending) => find_while_pending(name, pending),
    };
    let module = find(full_name)?;
    if let Some(wanted) = wanted.filter(|wanted| !wanted.is(NONE))
        && truth::truth(wanted)?
    {
        if let Some(pending) = pending {
            return Err(pending);
        }
        if attribute::find_str(module.borrow(), "__path__")?.is_some() {
            import_wanted(module.borrow(), wanted, true)?;
        }
        return Ok(module);
    }
    let Some(dot) = name.bytes().position(|byte| byte == b'.') else { return Ok(module) };
    // The full name without the parts after the first dot of the given name.
    let first = full_name.get(..full_name.len() - (name.len() - dot)).unwrap_or_default();
    if level == 0 {
        return find(first);
    }
    match registry::get(first)? {
        Some(package) => Ok(package),
        None => {
            let shown = quoted(first)?;
            Err(raise!(KeyError, "{} not in sys.modules as expected", str::as_text(shown.borrow())))
        }
    }
}

/// The module of a full name while an error is pending. A module that is missing can't be imported. One that exists is
/// returned only if it says whether its import is done.
#[cold]
fn find_while_pending(name: &str, pending: Raised) -> Result<Ref> {
    let module = registry::get(name)?.filter(|module| !module.borrow().is(NONE)).ok_or(pending)?;
    obstacle::check_pending(module.borrow(), pending)?;
    Ok(module)
}

/// The package of the code with these globals.
fn package(globals: Option<Obj<'_>>) -> Result<Ref> {
    let nameless = || raise!(KeyError, "'__name__' not in globals");
    let globals = globals.ok_or_else(nameless)?;
    let globals: Dict<'_> = globals.downcast().ok_or_else(|| raise!(TypeError, "globals must be a dict"))?;
    let given =
        |name| -> Result<Option<Ref>> { Ok(dict::get_str(globals, name)?.filter(|value| !value.borrow().is(NONE))) };
    let (package, spec) = (given("__package__")?, given("__spec__")?);
    if let (Some(_), Some(pending)) = (&spec, error::pending()) {
        // CPython reads the parent of the spec, which is None here, and fails with the pending error.
        return Err(pending);
    }
    let package = match (package, spec) {
        (Some(package), spec) => {
            let package = require_str(package, "package")?;
            if let Some(spec) = spec {
                let parent = attribute::get_str(spec.borrow(), "parent")?;
                if !compare::equal(package.borrow(), parent.borrow())? {
                    warn(Exc::DeprecationWarning, "__package__ != __spec__.parent")?;
                }
            }
            package
        }
        (None, Some(spec)) => require_str(attribute::get_str(spec.borrow(), "parent")?, "__spec__.parent")?,
        (None, None) => {
            warn(
                Exc::ImportWarning,
                "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__",
            )?;
            let name = require_str(dict::get_str(globals, "__name__")?.ok_or_else(nameless)?, "__name__")?;
            match dict::get_str(globals, "__path__")? {
                Some(_) => name,
                None => str::from_str(
                    str::utf8(str::require(name.borrow())?)?.rsplit_once('.').map_or("", |(package, _)| package),
                )?,
            }
        }
    };
    if str::is(package.borrow(), "") {
        return Err(raise!(ImportError, "attempted relative import with no known parent package"));
    }
    Ok(package)
}

fn require_str(value: Ref, what: &str) -> Result<Ref> {
    if str::check(value.borrow()) { Ok(value) } else { Err(raise!(TypeError, "{what} must be a string")) }
}

fn warn(category: Exc, text: &str) -> Result<()> {
    warnings::issue(Some(category.class().as_obj()), str::from_str(text)?.borrow())
}

/// Imports the names that a package lacks as its submodules. A name that can't be found is not an error here: the
/// caller finds the attribute missing. `*` stands for the names that the package lists in `__all__`.
fn import_wanted(package: Obj<'_>, wanted: Obj<'_>, outermost: bool) -> Result<()> {
    iteration::each(wanted, |name| {
        let name = name.borrow();
        if !str::check(name) {
            return Err(not_str(package, name, outermost)?);
        }
        if str::is(name, "*") {
            return match attribute::find_str(package, "__all__")? {
                Some(all) if outermost => import_wanted(package, all.borrow(), false),
                _ => Ok(()),
            };
        }
        if attribute::get_optional(package, name)?.is_some() {
            return Ok(());
        }
        let Some(name) = str::utf8_if_any(str::require(name)?)? else {
            // No submodule has such a name.
            return Ok(());
        };
        let own_name = text::to_str(attribute::get_str(package, "__name__")?.borrow())?;
        let full_name = Text::format(format_args!("{}.{}", str::utf8(str::require(own_name.borrow())?)?, name))?;
        match find_or_load_with_top(full_name.as_str()) {
            Ok(_) => Ok(()),
            Err(Failure::Nowhere(missing) | Failure::NotInPackage(missing)) if missing == full_name.as_str() => Ok(()),
            Err(failure) => Err(failure.into()),
        }
    })
}

/// TypeError: a wanted name is not a `str`.
fn not_str(package: Obj<'_>, name: Obj<'_>, outermost: bool) -> Result<Raised> {
    let class = name.class().name();
    if outermost {
        return Ok(raise!(TypeError, "Item in ``from list'' must be str, not {class}"));
    }
    let package = text::to_str(attribute::get_str(package, "__name__")?.borrow())?;
    Ok(raise!(TypeError, "Item in {}.__all__ must be str, not {class}", str::as_text(package.borrow())))
}
