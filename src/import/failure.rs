//! The ways in which an import fails, and their errors.

use super::name::{quoted, split};
use super::other_builds;
use crate::abi::Exc;
use crate::interpreter::path::Path;
use crate::interpreter::registry;
use crate::objects::exceptions::{self, raise_import_error};
use crate::objects::{dict, str};
use crate::runtime::{Obj, Raised, Ref, Result, raise};
use crate::types::attribute;

/// The reason why a module is not imported, with the name of the missing module.
pub enum Failure<'name> {
    /// The module does not exist.
    Nowhere(&'name str),
    /// The name is that of a submodule of a module that is not a package.
    NotInPackage(&'name str),
    /// `sys.modules` has None under its name.
    Halted(&'name str),
    /// An error is set, about this module or about a module that it imports.
    Raised(Raised),
}

impl From<Raised> for Failure<'_> {
    fn from(raised: Raised) -> Self {
        Failure::Raised(raised)
    }
}

impl From<Failure<'_>> for Raised {
    fn from(failure: Failure<'_>) -> Self {
        failure.raise().unwrap_or_else(|raised| raised)
    }
}

impl Failure<'_> {
    /// Sets the error, in CPython's words.
    fn raise(self) -> Result<Raised> {
        let (name, message) = match self {
            Failure::Raised(raised) => return Ok(raised),
            Failure::Nowhere(name) => {
                let shown = quoted(name)?;
                let shown = str::as_text(shown.borrow());
                let message = match other_builds::beside(name) {
                    Some(file) => str::format(format_args!(
                        "No module named {shown}; {file} is for another version or platform of Python"
                    ))?,
                    None => str::format(format_args!("No module named {shown}"))?,
                };
                (name, message)
            }
            Failure::NotInPackage(name) => {
                let (shown, package) = (quoted(name)?, quoted(split(name).0.unwrap_or_default())?);
                let [shown, package] = [&shown, &package].map(|text| str::as_text(text.borrow()));
                let message = str::format(format_args!("No module named {shown}; {package} is not a package"))?;
                let package = registry::get(split(name).0.unwrap_or_default())?;
                return not_in_package(message.borrow(), str::from_str(name)?.borrow(), package);
            }
            Failure::Halted(name) => (name, str::format(format_args!("import of {name} halted; None in sys.modules"))?),
        };
        let name = str::from_str(name)?;
        Ok(raise_import_error(Exc::ModuleNotFoundError, message.borrow(), name.borrow(), None))
    }
}

/// ModuleNotFoundError about a submodule of a module that is not a package. Its context is the AttributeError for
/// `__path__`, which is not shown.
pub fn not_in_package(message: Obj<'_>, name: Obj<'_>, package: Option<Ref>) -> Result<Raised> {
    let no_path = package.and_then(|package| attribute::get_str(package.borrow(), "__path__").err());
    let context = no_path.and_then(|_| exceptions::fetch());
    let raised = raise_import_error(Exc::ModuleNotFoundError, message, name, None);
    let (Some(context), Some(exception)) = (context, exceptions::fetch()) else { return Ok(raised) };
    if let Some(exception) = exception.borrow().downcast() {
        exceptions::raise_from(exception, None);
        exception.cells().context.set(Some(context));
    }
    Ok(exceptions::restore(exception))
}

/// KeyError: a module that has to be in `sys.modules` is missing.
pub fn missing_key(name: &str) -> Raised {
    match str::from_str(name) {
        Ok(name) => dict::missing(name.borrow()),
        Err(raised) => raised,
    }
}

/// ValueError: a name is empty, or missing.
pub fn empty_name() -> Raised {
    raise!(ValueError, "Empty module name")
}

/// ImportError: the module exists, but only in Python.
pub fn only_source(name: &str, file: &Path) -> Raised {
    let raise = || {
        let shown = quoted(name)?;
        let message = str::format(format_args!(
            "cannot import {}: only compiled modules are loaded, and {file} is Python source",
            str::as_text(shown.borrow())
        ))?;
        let (name, file) = (str::from_str(name)?, file.to_object()?);
        Ok(raise_import_error(Exc::ImportError, message.borrow(), name.borrow(), Some(file.borrow())))
    };
    raise().unwrap_or_else(|raised| raised)
}
