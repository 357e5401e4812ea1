//! The end of the modules, in CPython's order, so that the destructors of their capsules also run in that order.
//!
//! Modules without other references go first, in the order of `sys.modules`. The remaining ones are emptied, the
//! youngest first, because the contents of a module may refer to older modules and use them. `sys` and `builtins` go
//! last.

use super::end::{self, End};
use super::{builtins, by_definition, garbage, registry, remembered, root};
use crate::objects::codecs;
use crate::objects::dict::Dict;
use crate::objects::module::{self, Module, Weak};
use crate::objects::{constants::NONE, dict, str};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Own, Ref, Result, error};

/// The objects of `sys` for finding modules in directories. They are dropped first.
const OF_FOLDERS: [&str; 2] = ["path_importer_cache", "path_hooks"];

/// The objects of `sys` that belong to the program or to its last error. They are dropped before any module.
const OF_PROGRAM: [&str; 10] = [
    "path",
    "argv",
    "ps1",
    "ps2",
    "last_exc",
    "last_type",
    "last_value",
    "last_traceback",
    "__interactivehook__",
    "meta_path",
];

/// The files of `sys` that a program may have replaced, each with the name of the initial one.
const FILES_OF_SYS: [(&str, &str); 3] = [("stdin", "__stdin__"), ("stdout", "__stdout__"), ("stderr", "__stderr__")];

/// Drops all modules. `sys` and `builtins` are empty afterwards, and stay until [`root::release`].
pub(super) fn release_modules() {
    end::enter(End::Near);
    // Without memory for the dicts there was none for modules either.
    if root::exists()
        && let (Ok(modules), Ok(sys), Ok(builtins)) =
            (registry::modules(), registry::sys_dict(), registry::builtins_dict())
    {
        let [modules, sys, builtins] = [&modules, &sys, &builtins].map(Own::borrow);
        OF_FOLDERS.iter().for_each(|name| forget(sys, name));
        forget(builtins, "_");
        OF_PROGRAM.iter().for_each(|name| forget(sys, name));
        FILES_OF_SYS.iter().for_each(|(name, first)| restore(sys, name, first));
        let held = remove_modules(modules);
        dict::clear(modules);
        restore_builtins(builtins);
        garbage::collect_at_end();
        for module in held.iter().rev().filter_map(Weak::get) {
            let attributes = module::attributes(module.borrow());
            if !attributes.is(*sys) && !attributes.is(*builtins) {
                empty(attributes);
            }
        }
        release(held);
        end::enter(End::WithoutImporter);
        empty(sys);
        empty(builtins);
    }
    by_definition::clear();
    registry::end_modules();
    remembered::forget_all();
    codecs::forget_all();
    garbage::collect_at_end();
}

/// Sets a name in a dict to None, even if it was missing.
fn forget(dict: Dict<'_>, name: &str) {
    settle(dict::set_str(dict, name, NONE));
}

/// Restores the initial file, or None without one.
fn restore(sys: Dict<'_>, name: &str, first: &str) {
    settle((|| {
        if dict::get_str(sys, name)?.is_none() {
            return Ok(());
        }
        let first = dict::get_str(sys, first)?;
        dict::set_str(sys, name, first.as_ref().map_or(NONE, Ref::borrow))
    })());
}

/// Continues after a step that may have failed for lack of memory. The objects that it should have dropped stay, and
/// the error is dropped, because no caller is left to handle it.
fn settle(step: Result<()>) {
    if step.is_err() {
        error::clear();
    }
}

/// Removes the modules from `sys.modules`, one after the other, and returns those to which there are other references.
fn remove_modules(modules: Dict<'_>) -> Array<Weak> {
    let mut held = Array::new_in(Malloc);
    settle(memory::reserve(&mut held, dict::len(modules)));
    for (name, value) in dict::entries(modules) {
        if let Some(module) = value.borrow().downcast() {
            watch(&mut held, module);
            drop(value);
            settle(dict::set(modules, name.borrow(), NONE));
        }
    }
    held
}

/// Adds a module to the array, if there is room without moving it.
fn watch(held: &mut Array<Weak>, module: Module<'_>) {
    if held.len() < held.capacity() {
        memory::fill(held, [Weak::new()]);
        if let Some(place) = held.last() {
            // SAFETY: the place does not move while the array does not grow, and is released before it is freed.
            unsafe { module::watch(module, place) };
        }
    }
}

/// Releases the places of the modules in the array.
fn release(held: Array<Weak>) {
    held.iter().for_each(module::unwatch);
}

/// Restores the initial contents of `builtins`, and drops additions.
fn restore_builtins(builtins: Dict<'_>) {
    settle((|| {
        let start = builtins::make()?;
        let before = dict::copy(builtins)?;
        dict::clear(builtins);
        dict::update(builtins, *module::attributes(start.borrow()))?;
        drop(before);
        Ok(())
    })());
}

/// Sets all names in a module's dict to None: first those with one underscore in front, then the others except
/// `__builtins__` (CPython: `_PyModule_ClearDict`).
fn empty(attributes: Dict<'_>) {
    let is_private = |name: Obj<'_>| {
        let points = name.downcast().map(str::points);
        points.is_some_and(|points| points.get(0) == Some('_'.into()) && points.get(1) != Some('_'.into()))
    };
    let is_other = |name: Obj<'_>| !str::is(name, "__builtins__");
    let passes: [&dyn Fn(Obj<'_>) -> bool; 2] = [&is_private, &is_other];
    for applies in passes {
        for (name, value) in dict::entries(attributes) {
            if !value.borrow().is(NONE) && str::check(name.borrow()) && applies(name.borrow()) {
                drop(value);
                settle(dict::set(attributes, name.borrow(), NONE));
            }
        }
    }
}
