//! `Include/import.h`: importing modules, and the table of those that are built in.

use super::{argument, c_string};
use crate::abi::{_inittab, Exc, PyObject};
use crate::import::{self, inittab, registry, warnings};
use crate::objects::{attribute, str};
use crate::runtime::{IntoC, Obj, Ref, Result, fatal};
use core::ffi::{c_char, c_int};

/// A new reference as a borrowed one to what `sys.modules` or another holder keeps.
fn lent(held: Result<Ref>) -> *mut PyObject {
    held.map_or(core::ptr::null_mut(), |held| held.as_ptr())
}

/// Imports a module by its full name in UTF-8: a new reference, or NULL with an error set, which is ModuleNotFoundError
/// when there is no such module. With an error pending it fails with that error, as in CPython.
///
/// # Safety
/// `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportModule(name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { c_string(name, "PyImport_ImportModule") }.and_then(import::import_c_str).into_c()
}

/// Imports a module by its full name, a `str`: a new reference, or NULL with an error set, which is TypeError for another
/// object.
///
/// # Safety
/// `name` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_Import(name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { argument(name, "PyImport_Import") }.and_then(import::import_object).into_c()
}

/// Imports a module and gives one of its attributes: a new reference, or NULL with an error set. Both names are `str`.
///
/// # Safety
/// Both are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportModuleAttr(mod_name: *mut PyObject, attr_name: *mut PyObject) -> *mut PyObject {
    const NAME: &str = "PyImport_ImportModuleAttr";
    // SAFETY: the caller's promise.
    unsafe { argument(mod_name, NAME).and_then(|module| import_attribute(module, argument(attr_name, NAME)?)).into_c() }
}

/// The same, with both names in UTF-8.
///
/// # Safety
/// Both are NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportModuleAttrString(
    mod_name: *const c_char,
    attr_name: *const c_char,
) -> *mut PyObject {
    const NAME: &str = "PyImport_ImportModuleAttrString";
    let names = || -> Result<(Ref, Ref)> {
        // SAFETY: the caller's promise.
        let (module, attribute) = unsafe { (c_string(mod_name, NAME)?, c_string(attr_name, NAME)?) };
        Ok((str::from_utf8(module.to_bytes())?, str::from_utf8(attribute.to_bytes())?))
    };
    names().and_then(|(module, attribute)| import_attribute(module.borrow(), attribute.borrow())).into_c()
}

fn import_attribute(module: Obj<'_>, name: Obj<'_>) -> Result<Ref> {
    attribute::get(import::import_object(module)?.borrow(), name)
}

/// Imports a module as Python's `import` statement does: a new reference, or NULL with an error set. `name` is a `str`;
/// `level` is 0 for a full name, or how many packages to go up from within the one that the dict `globals` tells of.
/// `fromlist` may have names that are wanted from the module; without any, the result is the first package of the name.
/// `locals` means nothing.
///
/// # Safety
/// All are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportModuleLevelObject(
    name: *mut PyObject,
    globals: *mut PyObject,
    locals: *mut PyObject,
    fromlist: *mut PyObject,
    level: c_int,
) -> *mut PyObject {
    let _ = locals;
    // SAFETY: the caller's promise.
    let (name, globals, wanted) = unsafe { (Obj::from_ptr(name), Obj::from_ptr(globals), Obj::from_ptr(fromlist)) };
    name.ok_or_else(import::empty_name).and_then(|name| import::import_level(name, globals, wanted, level)).into_c()
}

/// The same, with the name in UTF-8.
///
/// # Safety
/// `name` is NULL or NUL-terminated, the others are NULL or live objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportModuleLevel(
    name: *const c_char,
    globals: *mut PyObject,
    locals: *mut PyObject,
    fromlist: *mut PyObject,
    level: c_int,
) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe {
        c_string(name, "PyImport_ImportModuleLevel")
            .and_then(|name| str::from_utf8(name.to_bytes()))
            .map_or(core::ptr::null_mut(), |name| {
                PyImport_ImportModuleLevelObject(name.as_ptr(), globals, locals, fromlist, level)
            })
    }
}

/// `PyImport_ImportModule`, after a DeprecationWarning: importing never blocks on a lock that it could do without.
///
/// # Safety
/// `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ImportModuleNoBlock(name: *const c_char) -> *mut PyObject {
    let warned = || -> Result<()> {
        let text = str::from_str(
            "PyImport_ImportModuleNoBlock() is deprecated and scheduled for removal in Python 3.15. \
             Use PyImport_ImportModule() instead.",
        )?;
        warnings::issue(Some(Exc::DeprecationWarning.class().as_obj()), text.borrow())
    };
    match warned() {
        // SAFETY: the caller's promise.
        Ok(()) => unsafe { PyImport_ImportModule(name) },
        Err(_) => core::ptr::null_mut(),
    }
}

/// The dict of all modules by name, `sys.modules`: a borrowed reference, or NULL with MemoryError. A fatal error when the
/// modules have gone, at the end of `Py_FinalizeEx` and after it.
#[unsafe(no_mangle)]
pub extern "C" fn PyImport_GetModuleDict() -> *mut PyObject {
    lent(registry::modules_or_end())
}

/// What is in `sys.modules` under a name: a new reference, or NULL, without an error when there is nothing. It waits until
/// another thread has finished importing the module.
///
/// # Safety
/// `name` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_GetModule(name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { argument(name, "PyImport_GetModule") }.and_then(import::get).into_c()
}

/// The module of this name in `sys.modules`, which is made, empty, if there is none: a new reference, or NULL with an
/// error set. Nothing is imported.
///
/// # Safety
/// `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_AddModuleRef(name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's promise.
    unsafe { c_string(name, "PyImport_AddModuleRef") }.and_then(registry::add_named).into_c()
}

/// The same as a borrowed reference.
///
/// # Safety
/// `name` is NULL or NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_AddModule(name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's promise.
    lent(unsafe { c_string(name, "PyImport_AddModule") }.and_then(registry::add_named))
}

/// The same as a borrowed reference, with the name as an object.
///
/// # Safety
/// `name` is NULL or a live object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_AddModuleObject(name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's promise.
    lent(unsafe { argument(name, "PyImport_AddModuleObject") }.and_then(registry::add))
}

/// Adds a module to those that are built into the program: 0, or -1, without an error, when there is no memory. The name
/// is not copied. A fatal error once `Py_Initialize` was called.
///
/// # Safety
/// `name` is NUL-terminated and stays as it is; `initfunc` is a module's `PyInit_` function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_AppendInittab(
    name: *const c_char,
    initfunc: Option<unsafe extern "C" fn() -> *mut PyObject>,
) -> c_int {
    const NAME: &str = "PyImport_AppendInittab";
    // SAFETY: the caller's promise.
    unsafe { extend(NAME, core::iter::once(_inittab { name, initfunc })) }
}

/// Adds a table of modules, which ends at a NULL name; otherwise like `PyImport_AppendInittab`.
///
/// # Safety
/// `newtab` is such a table, and its names stay as they are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyImport_ExtendInittab(newtab: *mut _inittab) -> c_int {
    const NAME: &str = "PyImport_ExtendInittab";
    // SAFETY: the caller's promise: a row without a name ends the table, before which the walk stops.
    unsafe {
        let rows = core::iter::successors(newtab.as_ref(), |row| (&raw const **row).add(1).as_ref());
        extend(NAME, rows.copied())
    }
}

/// # Safety
/// The names of the rows, up to the first NULL, are NUL-terminated and stay as they are.
unsafe fn extend(function: &'static str, rows: impl Iterator<Item = _inittab> + Clone) -> c_int {
    if inittab::is_closed() {
        fatal::error(function, format_args!("{function}() may not be called after Py_Initialize()"));
    }
    // SAFETY: the caller's promise.
    if unsafe { inittab::extend(rows.take_while(|row| !row.name.is_null())) } { 0 } else { -1 }
}
