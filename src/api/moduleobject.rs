//! `Include/moduleobject.h`: module objects, and the definitions they are made from.

use super::{required, required_text};
use crate::abi::{PyModuleDef, PyObject};
use crate::objects::module::{self, Module, build};
use crate::objects::str;
use crate::runtime::refusal::bad_argument;
use crate::runtime::refusal::null_argument;
use crate::runtime::{Arg, Definition, DefinitionArg, IntoC, Obj, Ref, Result, Text};
use core::ffi::{c_char, c_void};

/// Borrows an argument that must be a module: TypeError for another object.
fn module_argument<'a>(o: Arg<'a>, function: &'static str) -> Result<Module<'a>> {
    module::require(required(o, function)?)
}

/// The UTF-8 form of a `str` that the module's dict keeps alive, or NULL.
fn utf8_of(text: Result<Ref>) -> *const c_char {
    let pointer = text.and_then(|text| str::utf8(str::require(text.borrow())?).map(|utf8| utf8.as_ptr().cast()));
    pointer.unwrap_or(core::ptr::null())
}

/// A new, empty module: a new reference, or NULL with an error set. `name` is a `str`.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_NewObject(name: Arg) -> *mut PyObject {
    required(name, "PyModule_NewObject").and_then(module::new).into_c()
}

/// A new, empty module of a name in UTF-8: a new reference, or NULL with UnicodeDecodeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_New(name: Text) -> *mut PyObject {
    required_text(name, "PyModule_New").and_then(|name| module::new(str::from_utf8(name.to_bytes())?.borrow())).into_c()
}

/// A module's dict: a borrowed reference, or NULL with SystemError for another object.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_GetDict(module: Arg) -> *mut PyObject {
    required(module, "PyModule_GetDict")
        .and_then(|o| o.downcast().ok_or_else(|| bad_argument("PyModule_GetDict")))
        .map(|module| *module::attributes(module))
        .into_c()
}

/// A module's `__name__`: a new reference to a `str`, or NULL with SystemError when `__name__` is missing or is not a
/// `str`, TypeError for an object that is not a module.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_GetNameObject(module: Arg) -> *mut PyObject {
    module_argument(module, "PyModule_GetNameObject").and_then(module::name).into_c()
}

/// A module's name in UTF-8, or NULL with the errors of [`PyModule_GetNameObject`]. The text is valid until `__name__`
/// changes.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_GetName(module: Arg) -> *const c_char {
    let name = module_argument(module, "PyModule_GetName").and_then(module::name);
    utf8_of(name)
}

/// A module's `__file__`: a new reference to a `str`, or NULL with SystemError when `__file__` is missing or is not a
/// `str`, TypeError for an object that is not a module.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_GetFilenameObject(module: Arg) -> *mut PyObject {
    module_argument(module, "PyModule_GetFilenameObject").and_then(module::filename).into_c()
}

/// A module's `__file__` in UTF-8, or NULL with the errors of [`PyModule_GetFilenameObject`]. The text is valid until
/// `__file__` changes.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_GetFilename(module: Arg) -> *const c_char {
    let file = module_argument(module, "PyModule_GetFilename").and_then(module::filename);
    utf8_of(file)
}

/// The definition that a module was made from, or NULL when it was made without one; NULL with TypeError for an object
/// that is not a module.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_GetDef(module: Arg) -> *mut PyModuleDef {
    module_argument(module, "PyModule_GetDef")
        .ok()
        .and_then(module::definition)
        .map_or(core::ptr::null_mut(), Definition::as_ptr)
}

/// A module's state, or NULL when it has none; NULL with TypeError for an object that is not a module.
#[unsafe(no_mangle)]
pub extern "C" fn PyModule_GetState(module: Arg) -> *mut c_void {
    module_argument(module, "PyModule_GetState").map(module::state).into_c()
}

/// Makes a definition an object, so that a `PyInit_` function can return it: the definition, as a borrowed reference.
#[unsafe(no_mangle)]
pub extern "C" fn PyModuleDef_Init(definition: DefinitionArg) -> *mut PyObject {
    let Some(definition) = definition else {
        return Result::<Obj<'_>>::Err(null_argument("PyModuleDef_Init")).into_c();
    };
    build::initialize(definition);
    definition.as_ptr().cast()
}
