//! `Include/import.h`: importing modules, and the table of built-in modules. A module that is code can't be made here.

use super::{required, required_text};
use crate::abi::{_inittab, Exc, PyObject};
use crate::format::values::null_object;
use crate::import;
use crate::interpreter::{inittab, registry, warnings};
use crate::objects::str;
use crate::runtime::refusal::{INTERPRETER, not_supported};
use crate::runtime::{Arg, IntoC, Obj, Own, Ref, Result, Text, fatal, version};
use crate::types::attribute;
use core::ffi::{c_char, c_int, c_long};

/// Returns a borrowed reference to an object that `sys.modules` or another holder keeps alive.
fn lent(held: Result<Ref>) -> *mut PyObject {
    held.map_or(core::ptr::null_mut(), |held| held.as_ptr())
}

/// Imports a module by its full name in UTF-8: a new reference, or NULL with an error set: ModuleNotFoundError when the
/// module does not exist. If an error is pending, the import fails with that error, as in CPython.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_ImportModule(name: Text) -> *mut PyObject {
    required_text(name, "PyImport_ImportModule").and_then(import::import_c_str).into_c()
}

/// Imports a module by its full name, a `str`: a new reference, or NULL with an error set: TypeError for another
/// object.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_Import(name: Arg) -> *mut PyObject {
    name.ok_or_else(null_object).and_then(import::import_object).into_c()
}

/// Imports a module and gets one of its attributes: a new reference, or NULL with an error set. Both names are `str`.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_ImportModuleAttr(mod_name: Arg, attr_name: Arg) -> *mut PyObject {
    const NAME: &str = "PyImport_ImportModuleAttr";
    let module = mod_name.ok_or_else(null_object).and_then(import::import_object);
    module.and_then(|module| attribute::get(module.borrow(), required(attr_name, NAME)?)).into_c()
}

/// Imports a module and gets one of its attributes, with both names in UTF-8: a new reference, or NULL with an error
/// set.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_ImportModuleAttrString(mod_name: Text, attr_name: Text) -> *mut PyObject {
    const NAME: &str = "PyImport_ImportModuleAttrString";
    let names = || -> Result<(Ref, Ref)> {
        let (module, attribute) = (required_text(mod_name, NAME)?, required_text(attr_name, NAME)?);
        Ok((str::from_utf8(module.to_bytes())?, str::from_utf8(attribute.to_bytes())?))
    };
    names().and_then(|(module, attribute)| import_attribute(module.borrow(), attribute.borrow())).into_c()
}

fn import_attribute(module: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    attribute::get(import::import_object(module)?.borrow(), name)
}

/// Imports a module as Python's `import` statement does: a new reference, or NULL with an error set. `name` is a `str`.
/// `level` is 0 for a full name. Otherwise the name is relative, and `level` counts the packages to go up from the
/// package that the dict `globals` names. `fromlist` may have names that are wanted from the module; without any, the
/// result is the first package of the name. `locals` is not used.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_ImportModuleLevelObject(
    name: Arg,
    globals: Arg,
    locals: Arg,
    fromlist: Arg,
    level: c_int,
) -> *mut PyObject {
    let _ = locals;
    name.ok_or_else(import::empty_name).and_then(|name| import::import_level(name, globals, fromlist, level)).into_c()
}

/// Imports a module as [`PyImport_ImportModuleLevelObject`] does, with the name in UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_ImportModuleLevel(
    name: Text,
    globals: Arg,
    locals: Arg,
    fromlist: Arg,
    level: c_int,
) -> *mut PyObject {
    let _ = locals;
    required_text(name, "PyImport_ImportModuleLevel")
        .and_then(|name| str::from_utf8(name.to_bytes()))
        .and_then(|name| import::import_level(name.borrow(), globals, fromlist, level))
        .into_c()
}

/// `PyImport_ImportModule`, after a DeprecationWarning, as in CPython.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_ImportModuleNoBlock(name: Text) -> *mut PyObject {
    let warned = || -> Result<()> {
        let text = str::from_str(
            "PyImport_ImportModuleNoBlock() is deprecated and scheduled for removal in Python 3.15. \
             Use PyImport_ImportModule() instead.",
        )?;
        warnings::issue(Some(Exc::DeprecationWarning.class().as_obj()), text.borrow())
    };
    match warned() {
        Ok(()) => PyImport_ImportModule(name),
        Err(_) => core::ptr::null_mut(),
    }
}

/// The dict of all modules by name, `sys.modules`: a borrowed reference, or NULL with MemoryError. At the end of
/// `Py_FinalizeEx` and after it, when there are no modules, the call is a fatal error.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_GetModuleDict() -> *mut PyObject {
    lent(registry::modules_or_end().map(Own::into_ref))
}

/// The object in `sys.modules` under a name: a new reference, or NULL, without an error when there is nothing. If
/// another thread is importing the module, the call waits until that is finished.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_GetModule(name: Arg) -> *mut PyObject {
    required(name, "PyImport_GetModule").and_then(import::get).into_c()
}

/// The module of this name in `sys.modules`; if there is none, an empty module is added. A new reference, or NULL with
/// an error set. Nothing is imported.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_AddModuleRef(name: Text) -> *mut PyObject {
    required_text(name, "PyImport_AddModuleRef").and_then(registry::add_named).into_c()
}

/// Works as [`PyImport_AddModuleRef`], but returns a borrowed reference.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_AddModule(name: Text) -> *mut PyObject {
    lent(required_text(name, "PyImport_AddModule").and_then(registry::add_named).map(Own::into_ref))
}

/// Works as [`PyImport_AddModuleRef`], with the name as a `str`, but returns a borrowed reference.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_AddModuleObject(name: Arg) -> *mut PyObject {
    lent(required(name, "PyImport_AddModuleObject").and_then(registry::add).map(Own::into_ref))
}

/// Adds a module to those that are built into the program: 0, or -1, without an error, when there is no memory. The
/// name is not copied. After `Py_Initialize` the call is a fatal error.
///
/// # Safety
/// `name` is NUL-terminated and is not changed or freed; `initfunc` is a module's `PyInit_` function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_AppendInittab(
    name: *const c_char,
    initfunc: Option<unsafe extern "C" fn() -> *mut PyObject>,
) -> c_int {
    const NAME: &str = "PyImport_AppendInittab";
    // SAFETY: there is one row. C promises to keep its name, or the name is NULL, before which `extend` stops.
    unsafe { extend(NAME, core::iter::once(_inittab { name, initfunc })) }
}

/// Adds a table of modules, which ends at a NULL name. Otherwise it works as `PyImport_AppendInittab`.
///
/// # Safety
/// `newtab` is NULL or such a table, and its names are not changed or freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ExtendInittab(newtab: *mut _inittab) -> c_int {
    const NAME: &str = "PyImport_ExtendInittab";
    // SAFETY: C's table ends with a row without a name, and the walk stops there.
    unsafe {
        let rows = core::iter::successors(newtab.as_ref(), |row| (&raw const **row).add(1).as_ref());
        extend(NAME, rows.copied())
    }
}

/// Adds rows to the table: 0, or -1 without memory. After `Py_Initialize` the call is a fatal error.
///
/// # Safety
/// The names of the rows, up to the first NULL, are NUL-terminated and are not changed or freed.
unsafe fn extend(function: &'static str, rows: impl Iterator<Item = _inittab> + Clone) -> c_int {
    if inittab::is_closed() {
        fatal::error(function, format_args!("{function}() may not be called after Py_Initialize()"));
    }
    // SAFETY: the rows before the first NULL have a name, which the caller keeps.
    if unsafe { inittab::extend(rows.take_while(|row| !row.name.is_null())) } { 0 } else { -1 }
}

/// The number at the start of files with compiled Python code of this version of CPython. The library reads none.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_GetMagicNumber() -> c_long {
    version::MAGIC
}

/// The part of the name of such a file that tells the version, as in `sys.implementation.cache_tag`: a static string.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_GetMagicTag() -> *const c_char {
    version::CACHE_TAG.as_ptr()
}

/// Imports a frozen module, which is Python code that a program has in it. The library has none, so the answer is 0: no such module.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_ImportFrozenModuleObject(_name: Arg) -> c_int {
    0
}

/// Imports a frozen module by its name in UTF-8. See [`PyImport_ImportFrozenModuleObject`]. -1 with UnicodeDecodeError, SystemError for
/// NULL.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_ImportFrozenModule(name: Text) -> c_int {
    required_text(name, "PyImport_ImportFrozenModule")
        .and_then(|name| str::from_utf8(name.to_bytes()))
        .map_or(-1, |_| 0)
}

/// The answer to a wish to make a module of code: NULL with NotImplementedError.
fn no_code_runs(function: &'static str) -> *mut PyObject {
    Result::<Ref>::Err(not_supported(function, INTERPRETER)).into_c()
}

/// Makes a module by running its code: NULL with NotImplementedError, because there is no interpreter of Python. `sys.modules` stays as
/// it is.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_ExecCodeModule(_name: Text, _code: Arg) -> *mut PyObject {
    no_code_runs("PyImport_ExecCodeModule")
}

/// Makes a module by running its code: NULL with NotImplementedError, because there is no interpreter of Python. `sys.modules` stays as
/// it is.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_ExecCodeModuleEx(_name: Text, _code: Arg, _pathname: Text) -> *mut PyObject {
    no_code_runs("PyImport_ExecCodeModuleEx")
}

/// Makes a module by running its code: NULL with NotImplementedError, because there is no interpreter of Python. `sys.modules` stays as
/// it is.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_ExecCodeModuleWithPathnames(
    _name: Text,
    _code: Arg,
    _pathname: Text,
    _cpathname: Text,
) -> *mut PyObject {
    no_code_runs("PyImport_ExecCodeModuleWithPathnames")
}

/// Makes a module by running its code: NULL with NotImplementedError, because there is no interpreter of Python. `sys.modules` stays as
/// it is.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_ExecCodeModuleObject(
    _name: Arg,
    _code: Arg,
    _pathname: Arg,
    _cpathname: Arg,
) -> *mut PyObject {
    no_code_runs("PyImport_ExecCodeModuleObject")
}
