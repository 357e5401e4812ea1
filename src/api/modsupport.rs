//! `Include/modsupport.h`: making modules from definitions, and adding to them.

use super::{argument, c_string};
use crate::abi::{PyMethodDef, PyModuleDef, PyObject, PyTypeObject};
use crate::import::warnings;
use crate::objects::module::{self, build};
use crate::objects::object::null_argument;
use crate::objects::{class, int, str};
use crate::runtime::{IntoC, Obj, Ref, Result, Type};
use core::ffi::{c_char, c_int, c_long};

/// A definition that C passed; NULL, where CPython would crash, is SystemError.
fn definition_argument(definition: *mut PyModuleDef, function: &'static str) -> Result<*mut PyModuleDef> {
    if definition.is_null() { Err(null_argument(function)) } else { Ok(definition) }
}

/// A new module from a definition without slots: a new reference, or NULL with an error set.
///
/// `module_api_version` is the version the caller was compiled for; another than there is gives a RuntimeWarning.
///
/// # Safety
/// `definition` is NULL, or a valid definition that lives for good.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_Create2(definition: *mut PyModuleDef, module_api_version: c_int) -> *mut PyObject {
    // SAFETY: the caller's promise.
    definition_argument(definition, "PyModule_Create2")
        .and_then(|definition| unsafe {
            build::create(definition, |name| warnings::check_api_version(name, module_api_version))
        })
        .into_c()
}

/// A new module from a definition and a spec, of which it takes the name: a new reference, or NULL with an error set.
/// Create slots are run, exec slots are not.
///
/// # Safety
/// `definition` is NULL, or a valid definition that lives for good; `spec` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_FromDefAndSpec2(
    definition: *mut PyModuleDef,
    spec: *mut PyObject,
    module_api_version: c_int,
) -> *mut PyObject {
    const NAME: &str = "PyModule_FromDefAndSpec2";
    // SAFETY: the caller's promise.
    definition_argument(definition, NAME)
        .and_then(|definition| unsafe {
            let admit = |name: &[u8]| warnings::check_api_version(name, module_api_version);
            build::from_spec(definition, argument(spec, NAME)?, admit)
        })
        .into_c()
}

/// Makes a module's state, if it has none, and runs the exec slots of a definition: 0, or -1 with an error set.
///
/// # Safety
/// `definition` is NULL, or a valid definition that lives for good; `module` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_ExecDef(module: *mut PyObject, definition: *mut PyModuleDef) -> c_int {
    const NAME: &str = "PyModule_ExecDef";
    // SAFETY: the caller's promise.
    definition_argument(definition, NAME)
        .and_then(|definition| unsafe { build::execute(module::require(argument(module, NAME)?)?, definition) })
        .into_c()
}

/// Adds a table of functions to a module: 0, or -1 with an error set.
///
/// # Safety
/// `module` is NULL or a live object; `functions` is NULL or a table that ends at a NULL name, and lives for good.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddFunctions(module: *mut PyObject, functions: *mut PyMethodDef) -> c_int {
    const NAME: &str = "PyModule_AddFunctions";
    // SAFETY: the caller's promise.
    unsafe {
        argument(module, NAME)
            .and_then(module::require)
            .and_then(|module| {
                if functions.is_null() {
                    return Err(null_argument(NAME));
                }
                module::add_functions(module, functions, module::name(module)?.borrow())
            })
            .into_c()
    }
}

/// Sets the `__doc__` of a module, or of any object, to a text in UTF-8: 0, or -1 with an error set.
///
/// # Safety
/// `module` is NULL or a live object; `doc` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_SetDocString(module: *mut PyObject, doc: *const c_char) -> c_int {
    const NAME: &str = "PyModule_SetDocString";
    // SAFETY: the caller's promise.
    unsafe { argument(module, NAME).and_then(|module| module::set_doc(module, c_string(doc, NAME)?)).into_c() }
}

/// Adds an object to a module.
///
/// # Safety
/// `module` is NULL or a live object; `name` is NULL or NUL-terminated.
unsafe fn add(
    module: *mut PyObject,
    name: *const c_char,
    value: Option<Obj<'_>>,
    function: &'static str,
) -> Result<()> {
    // SAFETY: the caller's promise.
    unsafe { module::add(argument(module, function)?, c_string(name, function)?, value) }
}

/// Adds an object to a module, which takes a reference of its own: 0, or -1 with an error set.
///
/// NULL for the value stands for an error that is set already, and stays.
///
/// # Safety
/// `module` and `value` are NULL or live objects; `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddObjectRef(
    module: *mut PyObject,
    name: *const c_char,
    value: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { add(module, name, Obj::from_ptr(value), "PyModule_AddObjectRef").into_c() }
}

/// The same, and takes over the caller's reference to the value, also when it fails.
///
/// # Safety
/// As for [`PyModule_AddObjectRef`], and the caller owns a reference to the value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_Add(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let value = Ref::from_ptr(value);
        add(module, name, value.as_ref().map(Ref::borrow), "PyModule_Add").into_c()
    }
}

/// The same, and takes over the caller's reference to the value, but only when it succeeds.
///
/// # Safety
/// As for [`PyModule_Add`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddObject(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's promise.
    unsafe {
        let added = add(module, name, Obj::from_ptr(value), "PyModule_AddObject");
        if added.is_ok() {
            drop(Ref::from_ptr(value));
        }
        added.into_c()
    }
}

/// Adds an object that was made for this, or passes on the error of making it.
///
/// # Safety
/// As for [`add`].
unsafe fn add_made(
    module: *mut PyObject,
    name: *const c_char,
    value: Result<Ref>,
    function: &'static str,
) -> Result<()> {
    // SAFETY: the caller's promise. Without a value the error that is set is told, unless the module is none.
    unsafe { add(module, name, value.as_ref().ok().map(Ref::borrow), function) }
}

/// Adds an `int` to a module: 0, or -1 with an error set.
///
/// # Safety
/// `module` is NULL or a live object; `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddIntConstant(module: *mut PyObject, name: *const c_char, value: c_long) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { add_made(module, name, int::from_i64(value), "PyModule_AddIntConstant").into_c() }
}

/// Adds a `str` from a text in UTF-8 to a module: 0, or -1 with an error set.
///
/// # Safety
/// `module` is NULL or a live object; `name` and `value` are NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddStringConstant(
    module: *mut PyObject,
    name: *const c_char,
    value: *const c_char,
) -> c_int {
    const NAME: &str = "PyModule_AddStringConstant";
    // SAFETY: the caller's promise.
    unsafe {
        let value = c_string(value, NAME).and_then(|value| str::from_utf8(value.to_bytes()));
        add_made(module, name, value, NAME).into_c()
    }
}

/// Adds a type to a module, under its name without what stands before the last dot: 0, or -1 with an error set.
///
/// # Safety
/// `module` is NULL or a live object; `class` is NULL or a type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddType(module: *mut PyObject, class: *mut PyTypeObject) -> c_int {
    const NAME: &str = "PyModule_AddType";
    // SAFETY: the caller's promise. The short name is the end of a NUL-terminated name.
    unsafe {
        argument(class.cast(), NAME)
            .and_then(|class_object| {
                class::complete_head(class);
                let class = Type::from_ptr_unchecked(class);
                module::add(argument(module, NAME)?, class.short_c_name(), Some(class_object))
            })
            .into_c()
    }
}
