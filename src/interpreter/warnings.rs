//! Warnings without Python code: filtered by CPython's defaults and written to standard error, each text once.
//! `sys.__warningregistry__` has the texts that were shown.

use super::{console, registry};
use crate::abi::PyDictObject;
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::exceptions::display::Shown;
use crate::objects::{call, constants, dict, int, str, tuple};
use crate::protocol::{compare, text, truth};
use crate::runtime::{Obj, Own, Result, raise};
use crate::types::attribute;
use core::ffi::c_int;

/// The categories that the default filters hide.
const HIDDEN: [Exc; 4] =
    [Exc::DeprecationWarning, Exc::PendingDeprecationWarning, Exc::ImportWarning, Exc::ResourceWarning];

/// Issues a warning (CPython: `PyErr_WarnEx`); without a category it is a RuntimeWarning.
///
/// There are no frames, so the place is that of `sys`, whatever the stack level is.
pub fn issue(category: Option<Obj<'_>>, text: Obj<'_>) -> Result<()> {
    let category = category.unwrap_or(Exc::RuntimeWarning.class().as_obj());
    let shown_before = shown_before()?;
    // The category may refuse the text, as any class may refuse its arguments.
    drop(call::call(category, tuple::from_slice(&[text])?.borrow(), None)?);
    let key = tuple::from_slice(&[text, category, int::from_i64(0)?.borrow()])?;
    if let Some(before) = &shown_before
        && already(before.borrow(), *key.borrow())?
    {
        return Ok(());
    }
    let Some(class) = category.as_type() else {
        return Err(raise!(TypeError, "issubclass() arg 1 must be a class"));
    };
    if HIDDEN.iter().any(|hidden| class.is_subtype(hidden.class())) {
        return Ok(());
    }
    if let Some(before) = &shown_before {
        dict::set(before.borrow(), *key.borrow(), constants::TRUE)?;
    }
    let name = attribute::get(category, str::intern(str::from_str("__name__")?)?.borrow())?;
    let (name, text) = (Shown::of(text::to_str(name.borrow()), ""), Shown::of(text::to_str(text), ""));
    console::warn(format_args!("<sys>:0: {name}: {text}\n"))
}

/// Warns of a module that was compiled for another version of the API.
pub fn check_api_version(module: &[u8], version: c_int) -> Result<()> {
    const LONGEST: usize = 100;
    if version == PYTHON_API_VERSION || version == PYTHON_ABI_VERSION {
        return Ok(());
    }
    let shown = match module.get(..LONGEST) {
        Some(start) => str::from_utf8_replaced(start, true)?,
        None => str::from_utf8_replaced(module, false)?,
    };
    let shown = str::as_text(shown.borrow());
    let text = str::format(format_args!(
        "Python C API version mismatch for module {shown}: This Python has API version {PYTHON_API_VERSION}, \
         module {shown} has version {version}."
    ))?;
    issue(None, text.borrow())
}

/// The dict of the warnings that were shown; `None` when a program has set it to None.
fn shown_before() -> Result<Option<Own<PyDictObject>>> {
    const NAME: &str = "__warningregistry__";
    let attributes = registry::sys_dict()?;
    match dict::get_str(attributes.borrow(), NAME)? {
        Some(before) if before.borrow().is(constants::NONE) => Ok(None),
        Some(before) => match before.downcast() {
            Ok(before) => Ok(Some(before)),
            Err(_) => Err(raise!(TypeError, "'registry' must be a dict or None")),
        },
        None => {
            let before = dict::new()?;
            dict::set_str(attributes.borrow(), NAME, before.as_obj())?;
            Ok(Some(before))
        }
    }
}

/// Whether a warning was shown. Texts that were shown under another version of the filters do not count. The version
/// here never changes.
fn already(before: Dict<'_>, key: Obj<'_>) -> Result<bool> {
    let version = int::from_i64(0)?;
    match dict::get_str(before, "version")? {
        Some(own) if compare::equal(own.borrow(), version.borrow())? => {
            dict::get(before, key)?.map_or(Ok(false), |shown| truth::truth(shown.borrow()))
        }
        _ => {
            dict::clear(before);
            dict::set_str(before, "version", version.borrow())?;
            Ok(false)
        }
    }
}
