//! Functions that stand in for Python functions.

use super::dict::Dict;
use super::namespace::{self, Namespace};
use super::tuple::Tuple;
use super::{slots, str};
use crate::abi::*;
use crate::runtime::{Own, Ref, Result, raise};

static_type! {
    /// The type of functions that stand in.
    static STAND_IN_FUNCTION as STAND_IN = PyTypeObject {
        tp_name: c"pycapsule.stand_in".as_ptr(),
        tp_repr: slots::unary(repr),
        tp_call: slots::call(call),
        ..namespace::DEFAULTS
    }
}

/// The attribute with the function's line.
const PLACE: &str = "__stand_in__";

/// The attribute with the result.
const RESULT: &str = "result";

/// A new function, with its full name, its line, and its result if there is one.
pub fn new(module: &str, name: &str, place: &str, result: Option<Ref>) -> Result<Ref> {
    let [module, name, place] = [str::from_str(module)?, str::from_str(name)?, str::from_str(place)?];
    let mut attributes = [
        ("__module__", module.borrow()),
        ("__name__", name.borrow()),
        ("__qualname__", name.borrow()),
        (PLACE, place.borrow()),
        (PLACE, place.borrow()),
    ];
    if let Some(result) = &result {
        attributes[4] = (RESULT, result.borrow());
    }
    namespace::new(STAND_IN, &attributes).map(Own::into_ref)
}

fn text(this: Namespace<'_>, attribute: &str) -> Result<Ref> {
    match namespace::get(this, attribute)? {
        Some(text) if str::check(text.borrow()) => Ok(text),
        _ => str::from_str("?"),
    }
}

/// The result; NotImplementedError that names the function and its line without one.
fn call(this: Namespace<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Option<Ref> {
    result(this).ok()
}

fn result(this: Namespace<'_>) -> Result<Ref> {
    if let Some(result) = namespace::get(this, RESULT)? {
        return Ok(result);
    }
    let (module, name, place) = (text(this, "__module__")?, text(this, "__name__")?, text(this, PLACE)?);
    let [module, name, place] = [&module, &name, &place].map(|text| str::as_text(text.borrow()));
    Err(raise!(NotImplementedError, "{module}.{name}() is a stand-in without a result ({place})"))
}

/// `<stand-in MODULE.NAME (PLACE)>`
fn repr(this: Namespace<'_>) -> Result<Ref> {
    let (module, name, place) = (text(this, "__module__")?, text(this, "__name__")?, text(this, PLACE)?);
    let [module, name, place] = [&module, &name, &place].map(|text| str::as_text(text.borrow()));
    str::format(format_args!("<stand-in {module}.{name} ({place})>"))
}
