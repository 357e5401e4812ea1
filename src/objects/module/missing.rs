//! The error for a missing attribute of a module. While the module is being imported it may get the attribute later,
//! and then the message says so.

use super::{Module, attributes, current_name};
use crate::objects::attributes::find_str;
use crate::objects::{dict, str};
use crate::protocol::{iteration, truth};
use crate::runtime::known::NONE;
use crate::runtime::{Obj, Raised, Ref, Result, error, raise};

/// AttributeError with the module's name (CPython: `_Py_module_getattro_impl`).
pub(super) fn missing(module: Module<'_>, name: Obj<'_>) -> Result<Raised> {
    let shown = str::as_text(name);
    let Some(own) = current_name(module) else {
        let raised = raise!(AttributeError, "module has no attribute '{shown}'");
        return Ok(error::with_attribute(raised, *module, name));
    };
    const SPEC: str::HashedName<'_> = str::HashedName::new("__spec__");
    let spec = dict::get_name(attributes(module), SPEC).filter(|spec| !spec.borrow().is(NONE));
    let spec = spec.as_ref().map(Ref::borrow);
    let Some(unfinished) = spec.map_or(Ok(None), |spec| unfinished(spec, name))? else {
        let Some(file) = spec.map_or(Ok(None), not_run)? else {
            return Ok(error::raise_no_attribute(*module, name, Some(own)));
        };
        let (own, file) = (str::as_text(own.borrow()), str::as_text(file.borrow()));
        let raised = raise!(AttributeError, "module '{own}' has no attribute '{shown}'; {file} was not run");
        return Ok(error::with_attribute(raised, *module, name));
    };
    let own = str::as_text(own.borrow());
    let raised = match unfinished {
        Unfinished::Module(None) => raise!(
            AttributeError,
            "partially initialized module '{own}' has no attribute '{shown}' (most likely due to a circular import)"
        ),
        Unfinished::Module(Some(file)) => raise!(
            AttributeError,
            "partially initialized module '{own}' from '{}' has no attribute '{shown}' \
             (most likely due to a circular import)",
            str::as_text(file.borrow())
        ),
        Unfinished::Submodule => raise!(
            AttributeError,
            "cannot access submodule '{shown}' of module '{own}' (most likely due to a circular import)"
        ),
    };
    Ok(error::with_attribute(raised, *module, name))
}

/// The part of a module whose import is not finished.
enum Unfinished {
    /// The module itself, with its file if that is known.
    Module(Option<Ref>),
    /// The submodule of the name in question.
    Submodule,
}

fn unfinished(spec: Obj<'_>, name: Obj<'_>) -> Result<Option<Unfinished>> {
    if is_set(spec, "_initializing")? {
        let origin = match is_set(spec, "has_location")? {
            true => find_str(spec, "origin")?.filter(|origin| str::check(origin.borrow())),
            false => None,
        };
        return Ok(Some(Unfinished::Module(origin)));
    }
    match find_str(spec, "_uninitialized_submodules")? {
        Some(submodules) if iteration::contains(submodules.borrow(), name)? => Ok(Some(Unfinished::Submodule)),
        _ => Ok(None),
    }
}

/// The file of a package that is Python source: it has a file, and no loader that could run it.
fn not_run(spec: Obj<'_>) -> Result<Option<Ref>> {
    let has_loader = find_str(spec, "loader")?.is_some_and(|loader| !loader.borrow().is(NONE));
    if has_loader || !is_set(spec, "has_location")? {
        return Ok(None);
    }
    Ok(find_str(spec, "origin")?.filter(|origin| str::check(origin.borrow())))
}

fn is_set(spec: Obj<'_>, name: &str) -> Result<bool> {
    find_str(spec, name)?.map_or(Ok(false), |value| truth::truth(value.borrow()))
}
