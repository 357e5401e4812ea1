//! An import in steps: the module is looked up. If it is missing, it is found, made, run and put into `sys.modules`.

use super::extension::{self, Extension};
use super::failure::{Failure, empty_name, missing_key, only_source};
use super::finder::{self, Search};
use super::found::Found;
use super::loader::{self, InitName};
use super::name::split;
use super::{other_builds, stand_ins};
use crate::interpreter::import_lock::{self, Others};
use crate::interpreter::{end, registry, spec};
use crate::objects::constants::NONE;
use crate::objects::{dict, exceptions, list, module, str};
use crate::protocol::text;
use crate::runtime::log::{self, Topic};
use crate::runtime::memory::Text;
use crate::runtime::{Obj, Own, Ref, Result, error, options, stack};
use crate::types::attribute;
use core::ffi::CStr;

/// The module of a full name, after the first package of that name. CPython's `__import__` returns the first package,
/// and so imports it even if the module exists already.
pub fn find_or_load_with_top(name: &str) -> Result<Ref, Failure<'_>> {
    let module = find_or_load(name)?;
    let Some(dot) = name.bytes().position(|byte| byte == b'.') else { return Ok(module) };
    find_or_load(name.get(..dot).unwrap_or_default())?;
    Ok(registry::get(name)?.ok_or_else(|| missing_key(name))?)
}

/// The module of a full name, which is loaded if it is missing.
pub fn find_or_load(name: &str) -> Result<Ref, Failure<'_>> {
    if name.is_empty() {
        return Err(empty_name().into());
    }
    loop {
        match registry::get(name)? {
            // The import may have failed during the wait, so the module is looked up again.
            Some(module) if !module.borrow().is(NONE) => {
                if import_lock::wait_for(name)? == Others::None {
                    if stand_ins::exist() {
                        stand_ins::complete(name, module.borrow())?;
                    }
                    return Ok(module);
                }
            }
            found => {
                end::check_importer()?;
                return if found.is_none() && is_outside(name) { Err(Failure::NotInPackage(name)) } else { load(name) };
            }
        }
    }
}

/// Whether the name before the last dot is that of a plain module without `__path__`. The full search would fail too;
/// it runs only when verbose mode must print its steps.
#[cold]
fn is_outside(name: &str) -> bool {
    const PATH: str::HashedName<'_> = str::HashedName::new("__path__");
    const GETATTR: str::HashedName<'_> = str::HashedName::new("__getattr__");
    if options::get().verbose || stand_ins::name_module(name) {
        return false;
    }
    let Some(Ok(Some(package))) = split(name).0.map(registry::get) else { return false };
    package.borrow().downcast_exactly(module::MODULE).is_some_and(|package| {
        let has = |attribute| dict::get_name(module::attributes(package), attribute).is_some();
        !has(PATH) && !has(GETATTR)
    })
}

#[cold]
fn load(name: &str) -> Result<Ref, Failure<'_>> {
    stack::enter(" while importing a module")?;
    let _guard = import_lock::begin(name)?;
    match registry::get(name)? {
        // Another thread was faster.
        Some(module) if !module.borrow().is(NONE) => return Ok(module),
        Some(_) => {
            tell(name, format_args!("None stands in sys.modules"));
            return Err(Failure::Halted(name));
        }
        None => tell(name, format_args!("not in sys.modules")),
    }
    let (package, last) = split(name);
    let Some(package) = package else { return find_and_make(name, None) };
    if registry::get(package)?.is_none() {
        find_or_load_with_top(package)?;
    }
    // The package may have imported it.
    if let Some(module) = registry::get(name)? {
        return Ok(module);
    }
    let parent = registry::get(package)?.ok_or_else(|| missing_key(package))?;
    let search = attribute::find_str(parent.borrow(), "__path__")?;
    if search.is_none() {
        tell(name, format_args!("{package} has no __path__"));
    }
    let under_way = spec::under_way(parent.borrow())?;
    if let Some(list) = &under_way {
        list::append(list.borrow(), str::from_str(last)?.borrow())?;
    }
    let made = match &search {
        // None stands for `sys.path`, as in CPython.
        Some(search) => find_and_make(name, Some(search.borrow()).filter(|search| !search.is(NONE))),
        None => stand_in(name, Failure::NotInPackage(name)),
    };
    if let Some(list) = under_way.as_ref().map(Own::borrow) {
        drop(list::take(list, list::len(list).saturating_sub(1)));
    }
    let module = made?;
    let parent = registry::get(package)?.ok_or_else(|| missing_key(package))?;
    spec::tolerate(attribute::set_str(parent.borrow(), last, module.borrow()))?;
    Ok(module)
}

fn find_and_make<'name>(name: &'name str, search: Option<Obj<'_>>) -> Result<Ref, Failure<'name>> {
    let made = match finder::find(name, search)? {
        Search::Found(found) => make(name, &found),
        Search::OnlySource(file) if !stand_ins::name_module(name) => Err(only_source(name, &file)),
        Search::OnlySource(_) => return stand_in(name, Failure::Nowhere(name)),
        Search::Nothing => {
            if options::get().verbose {
                tell_nothing(name);
            }
            return stand_in(name, Failure::Nowhere(name));
        }
    };
    if made.is_err() && options::get().verbose {
        tell_error(name);
    }
    Ok(made?)
}

/// Prints in verbose mode that a module was found nowhere, and names a file of it for another Python.
#[cold]
fn tell_nothing(name: &str) {
    tell(name, format_args!("found nowhere"));
    if let Some(file) = other_builds::beside(name) {
        tell(name, format_args!("{file} is for another version or platform of Python"));
    }
}

/// The module that stands in for one that can't be imported, if a line names it.
fn stand_in<'name>(name: &'name str, failure: Failure<'name>) -> Result<Ref, Failure<'name>> {
    if !stand_ins::name_module(name) {
        return Err(failure);
    }
    tell(name, format_args!("a stand-in is made"));
    Ok(make(name, &Found::StandIn { is_package: stand_ins::name_package(name) })?)
}

/// Prints the pending error in the words of verbose mode, because a caller may replace it by one that says less.
fn tell_error(name: &str) {
    let Some(exception) = exceptions::fetch() else { return };
    let class = exception.borrow().class();
    match text::to_str(exception.borrow()) {
        Ok(text) => tell(name, format_args!("failed: {}: {}", class.name(), str::as_text(text.borrow()))),
        Err(_) => tell(name, format_args!("failed: {}", class.name())),
    }
    let _ = exceptions::restore(exception);
}

/// Makes a module that was found. If that fails, it is not in `sys.modules`.
fn make(name: &str, found: &Found) -> Result<Ref> {
    let full_name = str::intern(str::from_str(name)?)?;
    let spec = found.spec(full_name.borrow())?;
    let mut module = create(name, full_name.borrow(), found, spec.as_obj())?;
    if module.borrow().is(NONE) {
        // A create slot that made no module leaves that to the import, as CPython's loaders may.
        module = module::new(full_name.borrow())?.into_ref();
    }
    let initialized = spec::describe(module.borrow(), spec.borrow())
        .and_then(|()| spec::set_initializing(spec.as_obj(), true))
        .and_then(|()| registry::set(full_name.borrow(), module.borrow()))
        .and_then(|()| extension::execute(module.borrow()))
        .and_then(|()| if stand_ins::exist() { stand_ins::complete(name, module.borrow()) } else { Ok(()) })
        .and_then(|()| spec::set_initializing(spec.as_obj(), false));
    if let Err(raised) = initialized {
        let why = error::take();
        // A failure of these steps matters less than the error that led here.
        let _ = (registry::remove(full_name.borrow()), spec::set_initializing(spec.as_obj(), false));
        error::put_back(why);
        return Err(raised);
    }
    // The module may have put another object in its place. That object becomes the last in the order of imports.
    let module = registry::remove(full_name.borrow())?.ok_or_else(|| missing_key(name))?;
    registry::set(full_name.borrow(), module.borrow())?;
    tell(name, format_args!("done"));
    Ok(module)
}

/// Creates a module, without its second phase.
fn create(name: &str, full_name: Obj<'_>, found: &Found, spec: Obj<'_>) -> Result<Ref> {
    match found {
        Found::AlwaysThere(contents) => extension::refill(full_name, contents.borrow()),
        Found::BuiltIn(init) => {
            let extension =
                Extension { name: full_name, place: name.as_bytes(), shown: name, context: None, in_two_phases: false };
            extension::create(&extension, spec, || Ok(*init))
        }
        Found::Compiled { file, .. } => {
            // CPython remembers modules by the UTF-8 form of their files, and loads no file whose name has no such
            // form.
            str::utf8(str::require(file.to_object()?.borrow())?)?;
            let init = InitName::of(name)?;
            let context = Text::format(format_args!("{name}\0"))?;
            let extension = Extension {
                name: full_name,
                place: file.as_bytes(),
                shown: init.short(),
                context: CStr::from_bytes_until_nul(context.as_str().as_bytes()).ok(),
                in_two_phases: init.is_punycode(),
            };
            extension::create(&extension, spec, || {
                tell(name, format_args!("loading {file}, to call {}", init.symbol()));
                loader::load(full_name, file, &init)
            })
        }
        Found::Source { .. } | Found::Folders(_) | Found::StandIn { .. } => module::new(full_name).map(Own::into_ref),
    }
}

/// Prints a line about an import in verbose mode.
fn tell(name: &str, what: core::fmt::Arguments<'_>) {
    if options::get().verbose {
        log::say(Topic::Verbose, format_args!("import {name}: {what}"));
    }
}
