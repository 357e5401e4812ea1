//! The registry: the dicts of all modules, of `sys` and of `builtins`. They are made on first use.

use super::end::{self, End};
use super::root::{self, Part};
use super::{builtins, sys_module};
use crate::abi::{PyDictObject, PyModuleObject, PyTupleObject};
use crate::objects::{dict, module, str, tuple};
use crate::runtime::{Obj, Own, Ref, Result, error, fatal, raise, thread};
use core::ffi::CStr;

#[inline]
fn get_dict(part: Part) -> Result<Own<PyDictObject>> {
    let root = match root::get() {
        Some(root) => root,
        None => make()?,
    };
    root::part_of(root.borrow(), part).ok_or_else(|| raise!(SystemError, "the registry of modules is not whole"))
}

/// The dict of all modules by name: `sys.modules`. RuntimeError after the end.
#[inline]
pub fn modules() -> Result<Own<PyDictObject>> {
    end::check_modules()?;
    get_dict(Part::Modules)
}

/// The dict of all modules by name (CPython: `PyImport_GetModuleDict`). After the end it is a fatal error.
pub fn modules_or_end() -> Result<Own<PyDictObject>> {
    if end::has_reached(End::Reached) {
        fatal::error("get_modules_dict", format_args!("interpreter has no modules dictionary"));
    }
    modules()
}

/// The dict of the module `sys`.
pub fn sys_dict() -> Result<Own<PyDictObject>> {
    get_dict(Part::Sys)
}

/// The dict of the module `builtins` (CPython: `PyEval_GetBuiltins`).
pub fn builtins_dict() -> Result<Own<PyDictObject>> {
    get_dict(Part::Builtins)
}

/// The contents of a module that exists from the start and can't be loaded: `sys` or `builtins`.
pub fn contents_of(name: &str) -> Result<Option<Ref>> {
    match name {
        "sys" => sys_dict().map(|dict| Some(dict.into_ref())),
        "builtins" => builtins_dict().map(|dict| Some(dict.into_ref())),
        _ => Ok(None),
    }
}

/// Makes the registry, with the modules that always exist. When several threads make it, the first one's is kept. An error that is
/// pending stays, and is not seen meanwhile.
#[cold]
fn make() -> Result<Own<PyTupleObject>> {
    let pending = error::take();
    let made = make_modules()?;
    error::put_back(pending);
    Ok(made)
}

fn make_modules() -> Result<Own<PyTupleObject>> {
    let modules = dict::new()?;
    let sys = sys_module::make(*modules.borrow())?;
    let builtins = builtins::make()?;
    let main = builtins::make_main(builtins.as_obj())?;
    for (name, module) in [("sys", &sys), ("builtins", &builtins), ("__main__", &main)] {
        dict::set_str(modules.borrow(), name, module.as_obj())?;
    }
    let [sys, builtins] = [&sys, &builtins].map(|module| module::attributes(module.borrow()));
    Ok(root::keep(tuple::from_slice(&[*modules.borrow(), *sys, *builtins])?))
}

/// Drops the dict of all modules, with modules that were imported during the teardown. `sys` and `builtins` stay.
pub fn end_modules() {
    end::enter(End::Reached);
    if let Some(modules) = root::part(Part::Modules) {
        dict::clear(modules.borrow());
    }
}

/// The object in `sys.modules` under a name, of any type; `None` when there is none.
#[inline(always)]
pub fn get(name: &str) -> Result<Option<Ref>> {
    match root::peek(str::HashedName::new(name)) {
        None => get_uncommon(name),
        found => Ok(found),
    }
}

/// The slow path of [`get`], which may run code or need memory.
#[cold]
fn get_uncommon(name: &str) -> Result<Option<Ref>> {
    if name.is_ascii() && root::exists() {
        return end::check_modules().map(|()| None);
    }
    dict::get_str(modules()?.borrow(), name)
}

/// Adds a module to `sys.modules`.
pub fn set(name: Obj<'_>, module: Obj<'_>) -> Result<()> {
    dict::set(modules()?.borrow(), name, module)
}

/// Removes a module from `sys.modules`, if it is there, and returns it.
pub fn remove(name: Obj<'_>) -> Result<Option<Ref>> {
    dict::remove(modules()?.borrow(), name)
}

/// The module of a name. If there is none, an empty module is added (CPython: `PyImport_AddModuleObject`).
pub fn add(name: Obj<'_>) -> Result<Own<PyModuleObject>> {
    thread::with_gil(|| {
        let modules = modules()?;
        if let Some(Ok(module)) = dict::get(modules.borrow(), name)?.map(Ref::downcast) {
            return Ok(module);
        }
        let module = module::new(name)?;
        dict::set(modules.borrow(), name, module.as_obj())?;
        Ok(module)
    })?
}

/// The module of a name in UTF-8, as for [`add`] (CPython: `PyImport_AddModuleRef`).
pub fn add_named(name: &CStr) -> Result<Own<PyModuleObject>> {
    add(str::from_utf8(name.to_bytes())?.borrow())
}
