//! `Include/modsupport.h`: making modules from definitions, and adding to them. Parsing arguments, making values, and
//! the functions that Argument Clinic's code calls are in files of their own.

mod clinic;
mod pyarg;
mod values;

pub use clinic::*;
pub use pyarg::*;
pub use values::*;

use super::{required, required_text};
use crate::abi::PyObject;
use crate::interpreter::warnings;
use crate::objects::module::{self, Module, build};
use crate::objects::{int, str};
use crate::runtime::refusal::null_argument;
use crate::runtime::{Arg, Definition, DefinitionArg, Given, IntoC, MethodsArg, Ref, Result, Text, TypeArg};
use crate::types::class::type_object;
use core::ffi::{c_int, c_long};

/// A definition from C. NULL, with which CPython would crash, is SystemError.
fn required_definition(definition: DefinitionArg, function: &'static str) -> Result<Definition> {
    definition.ok_or_else(|| null_argument(function))
}

/// A new module from a definition without slots: a new reference, or NULL with an error set.
///
/// `module_api_version` is the version that the caller was compiled for. RuntimeWarning if it is not the library's.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_Create2(definition: DefinitionArg, module_api_version: c_int) -> *mut PyObject {
    required_definition(definition, "PyModule_Create2")
        .and_then(|definition| build::create(definition, |name| warnings::check_api_version(name, module_api_version)))
        .into_c()
}

/// A new module from a definition and a spec, which has its name: a new reference, or NULL with an error set. Create
/// slots run, exec slots do not.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_FromDefAndSpec2(
    definition: DefinitionArg,
    spec: Arg,
    module_api_version: c_int,
) -> *mut PyObject {
    const NAME: &str = "PyModule_FromDefAndSpec2";
    required_definition(definition, NAME)
        .and_then(|definition| {
            let admit = |name: &[u8]| warnings::check_api_version(name, module_api_version);
            build::from_spec(definition, required(spec, NAME)?, admit)
        })
        .into_c()
}

/// Makes a module's state, if it has none, and runs the exec slots of a definition: 0, or -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_ExecDef(module: Arg, definition: DefinitionArg) -> c_int {
    const NAME: &str = "PyModule_ExecDef";
    required_definition(definition, NAME)
        .and_then(|definition| build::execute(module::require(required(module, NAME)?)?, definition))
        .into_c()
}

/// Adds a table of functions to a module: 0, or -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_AddFunctions(module: Arg, functions: MethodsArg) -> c_int {
    const NAME: &str = "PyModule_AddFunctions";
    let add = |module: Module<'_>| {
        let functions = functions.ok_or_else(|| null_argument(NAME))?;
        module::add_functions(*module, functions, module::name(module)?.borrow())
    };
    required(module, NAME).and_then(module::require).and_then(add).into_c()
}

/// Sets the `__doc__` of a module, or of any object, to a text in UTF-8: 0, or -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_SetDocString(module: Arg, doc: Text) -> c_int {
    const NAME: &str = "PyModule_SetDocString";
    required(module, NAME).and_then(|module| module::set_doc(module, required_text(doc, NAME)?)).into_c()
}

/// Adds an object to a module.
fn add(module: Arg, name: Text, value: Arg, function: &'static str) -> Result<()> {
    module::add(required(module, function)?, required_text(name, function)?, value)
}

/// Adds an object to a module, which takes a reference of its own: 0, or -1 with an error set.
///
/// A NULL value means that an error is set already; that error stays.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_AddObjectRef(module: Arg, name: Text, value: Arg) -> c_int {
    add(module, name, value, "PyModule_AddObjectRef").into_c()
}

/// Adds an object to a module, and steals the reference to the value, also when it fails: 0, or -1 with an error set.
/// See [`PyModule_AddObjectRef`].
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_Add(module: Arg, name: Text, value: Given) -> c_int {
    add(module, name, value.as_ref().map(Ref::borrow), "PyModule_Add").into_c()
}

/// Adds an object to a module, and steals the reference to the value, but only when it succeeds: 0, or -1 with an error
/// set. See [`PyModule_AddObjectRef`].
///
/// # Safety
/// The caller owns a reference to the value, if that is not NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddObject(module: Arg, name: Text, value: Arg) -> c_int {
    let added = add(module, name, value, "PyModule_AddObject");
    if added.is_ok() {
        // SAFETY: the caller owned a reference, and on success gives it away.
        drop(value.and_then(|value| unsafe { Ref::from_ptr(value.as_ptr()) }));
    }
    added.into_c()
}

/// Adds a new object, or fails with the error of making it. Without a value, [`module::add`] fails with the pending
/// error, unless `module` is not a module.
fn add_made(module: Arg, name: Text, value: Result<Ref>, function: &'static str) -> Result<()> {
    add(module, name, value.as_ref().ok().map(Ref::borrow), function)
}

/// Adds an `int` to a module: 0, or -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_AddIntConstant(module: Arg, name: Text, value: c_long) -> c_int {
    add_made(module, name, int::from_i64(value), "PyModule_AddIntConstant").into_c()
}

/// Adds a `str` from a text in UTF-8 to a module: 0, or -1 with an error set.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_AddStringConstant(module: Arg, name: Text, value: Text) -> c_int {
    const NAME: &str = "PyModule_AddStringConstant";
    let value = required_text(value, NAME).and_then(|value| str::from_utf8(value.to_bytes()));
    add_made(module, name, value, NAME).into_c()
}

/// Adds a type to a module, under its name after the last dot, and makes it ready first: 0, or -1 with an error set.
///
/// # Safety
/// As for `PyType_Ready`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddType(module: Arg, class: TypeArg) -> c_int {
    const NAME: &str = "PyModule_AddType";
    let class = class.ok_or_else(|| null_argument(NAME));
    // SAFETY: C promises the same as `PyType_Ready` asks for.
    class.and_then(|class| unsafe { type_object::add_to_module(class, required(module, NAME)) }).into_c()
}
