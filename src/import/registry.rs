//! The registry: the dicts of all modules, of `sys` and of `builtins`. They are made on first use.

use super::obstacle::{self, End};
use super::{builtins, sys};
use crate::abi::PyObject;
use crate::objects::{dict, module, str, tuple};
use crate::runtime::{Obj, Ref, Result, fatal, raise, thread};
use core::ffi::CStr;
use core::sync::atomic::{AtomicPtr, Ordering};

/// A tuple of the three dicts, or NULL while there is no registry: one pointer, so that they come and go together.
static ROOT: AtomicPtr<PyObject> = AtomicPtr::new(core::ptr::null_mut());

/// Which dict.
#[derive(Clone, Copy)]
#[repr(usize)]
enum Dict {
    Modules,
    Sys,
    Builtins,
}

#[inline]
fn get_dict(which: Dict) -> Result<Ref> {
    // SAFETY: NULL or a tuple that ROOT holds a reference to.
    let root = match unsafe { Obj::from_ptr(ROOT.load(Ordering::Acquire)) } {
        Some(root) => root.to_ref(),
        None => make()?,
    };
    let dict = tuple::items(root.borrow()).get(which as usize).map(|dict| dict.to_ref());
    dict.ok_or_else(|| raise!(SystemError, "the registry of modules is not whole"))
}

/// The dict of all modules by name: `sys.modules`. RuntimeError when it has gone.
#[inline]
pub fn modules() -> Result<Ref> {
    obstacle::check_modules()?;
    get_dict(Dict::Modules)
}

/// The same, where its end is a fatal error (CPython: `PyImport_GetModuleDict`).
pub fn modules_or_end() -> Result<Ref> {
    if obstacle::modules_are_gone() {
        fatal::error("get_modules_dict", format_args!("interpreter has no modules dictionary"));
    }
    modules()
}

/// The dict of the module `sys`.
pub fn sys_dict() -> Result<Ref> {
    get_dict(Dict::Sys)
}

/// The dict of the module `builtins` (CPython: `PyEval_GetBuiltins`).
pub fn builtins_dict() -> Result<Ref> {
    get_dict(Dict::Builtins)
}

/// What a module holds that is there from the start, and can't be loaded.
pub(super) fn contents_of(name: &str) -> Result<Option<Ref>> {
    match name {
        "sys" => sys_dict().map(Some),
        "builtins" => builtins_dict().map(Some),
        _ => Ok(None),
    }
}

/// Makes the registry, with the modules that are always there. When several threads do, the first one's stays.
#[cold]
fn make() -> Result<Ref> {
    let modules = dict::new()?;
    let sys = sys::make(modules.borrow())?;
    let builtins = builtins::make()?;
    let main = builtins::make_main(builtins.borrow())?;
    for (name, module) in [("sys", &sys), ("builtins", &builtins), ("__main__", &main)] {
        dict::set_str(modules.borrow(), name, module.borrow())?;
    }
    let [sys, builtins] = [&sys, &builtins].map(|module| module::attributes(module.borrow()));
    let root = tuple::from_slice(&[modules.borrow(), sys, builtins])?;
    let made = root.clone().into_ptr();
    match ROOT.compare_exchange(core::ptr::null_mut(), made, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => Ok(root),
        Err(first) => {
            // SAFETY: the reference that was not given away; and a tuple that ROOT holds, which is not NULL.
            unsafe {
                drop(Ref::from_ptr(made));
                Ok(Obj::from_ptr_unchecked(first).to_ref())
            }
        }
    }
}

/// Whether there is a registry: `Py_FinalizeEx` has nothing to empty when nothing was ever imported.
pub fn exists() -> bool {
    !ROOT.load(Ordering::Acquire).is_null()
}

/// Ends the dict of all modules, with what was imported while they went. `sys` and `builtins` stay.
pub fn end_modules() {
    obstacle::come_to(End::Reached);
    if exists()
        && let Ok(modules) = get_dict(Dict::Modules)
    {
        dict::clear(modules.borrow());
    }
}

/// Lets go of the registry. Whoever asks for it after that gets a new one.
pub fn release() {
    // SAFETY: NULL or the tuple whose reference ROOT held until now.
    drop(unsafe { Ref::from_ptr(ROOT.swap(core::ptr::null_mut(), Ordering::AcqRel)) });
}

/// Whatever stands in `sys.modules` under a name; nothing is no error.
#[inline(always)]
pub fn get(name: &str) -> Result<Option<Ref>> {
    match peek(str::Name::new(name)) {
        None => get_uncommon(name),
        found => Ok(found),
    }
}

/// What stands in `sys.modules` under a name that is ASCII, if there is a registry.
#[inline(always)]
fn peek(name: str::Name<'_>) -> Option<Ref> {
    // SAFETY: NULL or a tuple that ROOT holds a reference to, which nothing that runs here lets go of.
    let root = unsafe { Obj::from_ptr(ROOT.load(Ordering::Acquire)) }?;
    dict::get_name(*tuple::items(root).get(Dict::Modules as usize)?, name)
}

/// The same as [`get`], in the ways that may run code or need memory.
#[cold]
fn get_uncommon(name: &str) -> Result<Option<Ref>> {
    if name.is_ascii() && exists() {
        return obstacle::check_modules().map(|()| None);
    }
    dict::get_str(modules()?.borrow(), name)
}

/// Puts a module into `sys.modules`.
pub fn set(name: Obj<'_>, module: Obj<'_>) -> Result<()> {
    dict::set(modules()?.borrow(), name, module)
}

/// Takes a module out of `sys.modules`, if it is there, and gives it.
pub fn remove(name: Obj<'_>) -> Result<Option<Ref>> {
    dict::remove(modules()?.borrow(), name)
}

/// The module of a name, which is made, empty, if there is none (CPython: `PyImport_AddModuleObject`).
pub fn add(name: Obj<'_>) -> Result<Ref> {
    thread::with_gil(|| {
        let modules = modules()?;
        if let Some(module) = dict::get(modules.borrow(), name)?.filter(|module| module::check(module.borrow())) {
            return Ok(module);
        }
        let module = module::new(name)?;
        dict::set(modules.borrow(), name, module.borrow())?;
        Ok(module)
    })?
}

/// The same, with the name in UTF-8 (CPython: `PyImport_AddModuleRef`).
pub fn add_named(name: &CStr) -> Result<Ref> {
    add(str::from_utf8(name.to_bytes())?.borrow())
}
