//! The modules `builtins` and `__main__`.

mod attributes;
mod common;
mod functions;
mod imports;
mod numbers;
mod output;
mod refused;
mod sum;
mod text;

use super::spec;
use crate::abi::{Exc, PyModuleObject};
use crate::objects::constants::{ELLIPSIS, FALSE, NONE, NOT_IMPLEMENTED, TRUE};
use crate::objects::derived_iterators::{enumerate, filter, map, zip};
use crate::objects::importlib::BUILT_IN_LOADER;
use crate::objects::reversed::REVERSED;
use crate::objects::{bytes, constants, dict, exceptions, float, int, list, module, str, tuple};
use crate::runtime::{Obj, Own, Result, Type, known};
use crate::types::methods::class_or_static::{CLASS_METHOD, STATIC_METHOD};
use crate::types::property::PROPERTY;
use crate::types::super_object::SUPER;
use core::ffi::CStr;

const CONSTANTS: [(&str, Obj<'static>); 6] = [
    ("None", NONE),
    ("Ellipsis", ELLIPSIS),
    ("NotImplemented", NOT_IMPLEMENTED),
    ("False", FALSE),
    ("True", TRUE),
    ("__debug__", TRUE),
];

const TYPES: &[Type<'static>] = &[
    constants::BOOL,
    known::BYTEARRAY,
    bytes::BYTES,
    CLASS_METHOD,
    known::COMPLEX,
    dict::DICT,
    enumerate::ENUMERATE,
    filter::FILTER,
    float::FLOAT,
    known::FROZENSET,
    int::INT,
    list::LIST,
    map::MAP,
    known::MEMORYVIEW,
    known::OBJECT,
    PROPERTY,
    known::RANGE,
    REVERSED,
    known::SET,
    known::SLICE,
    STATIC_METHOD,
    str::STR,
    SUPER,
    tuple::TUPLE,
    known::TYPE,
    zip::ZIP,
];

/// The name of an exception in `builtins`; `None` for the exceptions that are not there.
fn exposed_name(exception: Exc) -> Option<&'static CStr> {
    match exception {
        Exc::InterpreterError | Exc::InterpreterNotFoundError => None,
        Exc::IncompleteInputError => Some(c"_IncompleteInputError"),
        exception => Some(exception.name()),
    }
}

/// A new module `builtins`.
pub(super) fn make() -> Result<Own<PyModuleObject>> {
    let module = spec::built_in_module("builtins", "The built-in functions, types, exceptions and constants.")?;
    let attributes = module::attributes(module.borrow());
    for (name, constant) in CONSTANTS {
        dict::set_str(attributes, name, constant)?;
    }
    for class in TYPES.iter().copied() {
        let name = class.with_name(|name| str::from_utf8(name.to_bytes()))?;
        dict::set(attributes, name.borrow(), class.as_obj())?;
    }
    for exception in Exc::ALL {
        if let Some(name) = exposed_name(*exception) {
            let name = str::intern(str::from_utf8(name.to_bytes())?)?;
            dict::set(attributes, name.borrow(), exception.class().as_obj())?;
        }
    }
    functions::add_to(module.borrow())?;
    dict::set_str(attributes, "ExceptionGroup", exceptions::exception_group()?.as_obj())?;
    for alias in ["EnvironmentError", "IOError"] {
        dict::set_str(attributes, alias, Exc::OSError.class().as_obj())?;
    }
    Ok(module)
}

/// A new module `__main__`.
pub(super) fn make_main(builtins: Obj<'_>) -> Result<Own<PyModuleObject>> {
    let module = module::new(str::from_str("__main__")?.borrow())?;
    let attributes = module::attributes(module.borrow());
    dict::set_str(attributes, "__loader__", BUILT_IN_LOADER.as_obj())?;
    dict::set_str(attributes, "__builtins__", builtins)?;
    Ok(module)
}
