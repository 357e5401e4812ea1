//! Raising ImportError with the name and path of a module that was not found, or can't be imported.

use super::indicator::{instantiate, raise_object};
use super::layout::{Import, expect};
use crate::abi::Exc;
use crate::objects::{call, class_check, constants, dict, tuple};
use crate::runtime::{Obj, Raised, Result, raise};

/// Raises ImportError or ModuleNotFoundError for a module, whose file may be known (CPython:
/// `PyErr_SetImportErrorSubclass`).
pub fn raise_import_error(class: Exc, message: Obj<'_>, name: Obj<'_>, path: Option<Obj<'_>>) -> Raised {
    let class = class.class().as_obj();
    let make = || {
        let exception = instantiate(class, Some(message))?;
        let fields = expect::<Import>(exception.borrow())?.cells();
        fields.name.set(Some(name.to_ref()));
        fields.path.set(path.map(Obj::to_ref));
        Ok(exception)
    };
    match make() {
        Ok(exception) => raise_object(class, Some(exception.borrow())),
        Err(raised) => raised,
    }
}

/// Calls a class derived from ImportError with a message, and with the module's name and path as keywords, and raises
/// the result. TypeError for any other class, or without a message.
pub fn raise_import_error_of(
    class: Obj<'_>,
    message: Option<Obj<'_>>,
    name: Option<Obj<'_>>,
    path: Option<Obj<'_>>,
) -> Result<Raised> {
    if !class_check::is_subclass(class, Exc::ImportError.class().as_obj())? {
        return Err(raise!(TypeError, "expected a subclass of ImportError"));
    }
    let message = message.ok_or_else(|| raise!(TypeError, "expected a message argument"))?;
    let keywords = dict::new()?;
    dict::set_str(keywords.borrow(), "name", name.unwrap_or(constants::NONE))?;
    dict::set_str(keywords.borrow(), "path", path.unwrap_or(constants::NONE))?;
    let exception = call::call(class, tuple::from_slice(&[message])?.borrow(), Some(keywords.borrow()))?;
    Ok(raise_object(exception.borrow().class().as_obj(), Some(exception.borrow())))
}
