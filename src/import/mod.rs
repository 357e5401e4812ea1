//! Modules: the registry (`sys.modules`), the finder (`sys.path`), the loader (`dlopen`, `PyInit_`), and `sys` itself.
//! Here is what puts them together: an import by name.

mod builtins;
pub mod by_definition;
pub mod console;
mod extension;
mod finder;
pub mod garbage;
pub mod hooks;
pub mod inittab;
mod level;
pub mod lifecycle;
mod listing;
mod loader;
mod lock;
pub mod obstacle;
mod path;
mod punycode;
pub mod registry;
mod spec;
pub mod sys;
mod teardown;
pub mod warnings;

pub use level::import_level;

use crate::abi::Exc;
use crate::objects::constants::NONE;
use crate::objects::exceptions::{self, raise_import_error};
use crate::objects::{attribute, dict, list, module, object, str};
use crate::runtime::log::{self, Topic};
use crate::runtime::memory::Text;
use crate::runtime::{Obj, Raised, Ref, Result, error, options, raise, stack, thread};
use core::ffi::CStr;
use extension::Extension;
use finder::{Found, Search};
use loader::InitName;
use lock::Others;

/// Why a module is not imported; which module is said by its name.
enum Failure<'name> {
    /// There is no such module.
    Nowhere(&'name str),
    /// What should be its package is none.
    NotInPackage(&'name str),
    /// None stands in its place in `sys.modules`.
    Halted(&'name str),
    /// An error is set, about this module or about what it needs.
    Raised(Raised),
}

impl From<Raised> for Failure<'_> {
    fn from(raised: Raised) -> Self {
        Failure::Raised(raised)
    }
}

impl From<Failure<'_>> for Raised {
    fn from(failure: Failure<'_>) -> Self {
        failure.raise().unwrap_or_else(|raised| raised)
    }
}

impl Failure<'_> {
    /// Sets the error, in CPython's words.
    fn raise(self) -> Result<Raised> {
        let (name, message) = match self {
            Failure::Raised(raised) => return Ok(raised),
            Failure::Nowhere(name) => {
                let shown = quoted(name)?;
                (name, str::format(format_args!("No module named {}", str::as_text(shown.borrow())))?)
            }
            Failure::NotInPackage(name) => {
                let (shown, package) = (quoted(name)?, quoted(spec::split(name).0.unwrap_or_default())?);
                let [shown, package] = [&shown, &package].map(|text| str::as_text(text.borrow()));
                let message = str::format(format_args!("No module named {shown}; {package} is not a package"))?;
                let package = registry::get(spec::split(name).0.unwrap_or_default())?;
                return not_in_package(message.borrow(), str::from_str(name)?.borrow(), package);
            }
            Failure::Halted(name) => (name, str::format(format_args!("import of {name} halted; None in sys.modules"))?),
        };
        let name = str::from_str(name)?;
        Ok(raise_import_error(Exc::ModuleNotFoundError, message.borrow(), name.borrow(), None))
    }
}

/// ModuleNotFoundError about a module whose package is none. Its context is the AttributeError that says so, which is not
/// shown.
fn not_in_package(message: Obj<'_>, name: Obj<'_>, package: Option<Ref>) -> Result<Raised> {
    let no_path = package.and_then(|package| attribute::get_str(package.borrow(), "__path__").err());
    let context = no_path.and_then(|_| exceptions::fetch());
    let raised = raise_import_error(Exc::ModuleNotFoundError, message, name, None);
    let (Some(context), Some(exception)) = (context, exceptions::fetch()) else { return Ok(raised) };
    exceptions::raise_from(exception.borrow(), None);
    exceptions::context(exception.borrow()).set(Some(context));
    Ok(exceptions::restore(exception))
}

/// A name as Python quotes it.
fn quoted(name: &str) -> Result<Ref> {
    object::repr(str::from_str(name)?.borrow())
}

/// Prints a line about an import, if that is asked for.
fn tell(name: &str, what: core::fmt::Arguments<'_>) {
    if options::get().verbose {
        log::say(Topic::Verbose, format_args!("import {name}: {what}"));
    }
}

/// Imports a module by its full name, in a thread that holds the GIL.
fn import(name: &str) -> Result<Ref> {
    obstacle::check()?;
    Ok(find_or_load_with_top(name)?)
}

/// The module of a full name, after the first package of it: CPython's `__import__` gives that package, and so imports
/// it, though the module may be there already.
fn find_or_load_with_top(name: &str) -> Result<Ref, Failure<'_>> {
    let module = find_or_load(name)?;
    let Some(dot) = name.bytes().position(|byte| byte == b'.') else { return Ok(module) };
    find_or_load(name.get(..dot).unwrap_or_default())?;
    Ok(registry::get(name)?.ok_or_else(|| missing_key(name))?)
}

/// The same in any thread, with the name as an object (CPython: `PyImport_Import`): the modules are shared by all
/// threads, so that one without the GIL takes it for as long as it imports.
pub fn import_object(name: Obj<'_>) -> Result<Ref> {
    thread::with_gil(|| {
        obstacle::check()?;
        if !str::check(name) {
            return Err(raise!(TypeError, "module name must be a string"));
        }
        match str::utf8_if_any(name)? {
            Some(text) => Ok(find_or_load_with_top(text)?),
            None => import_unwritable(name),
        }
    })?
}

/// A name with surrogates in it, which no file and no table has: only other code can have put the module there.
#[cold]
fn import_unwritable(name: Obj<'_>) -> Result<Ref> {
    let message = match dict::get(registry::modules()?.borrow(), name)? {
        Some(module) if !module.borrow().is(NONE) => return Ok(module),
        Some(_) => str::format(format_args!("import of {} halted; None in sys.modules", str::as_text(name)))?,
        None => {
            let shown = object::repr(name)?;
            let shown = str::as_text(shown.borrow());
            if let Some(package) = outer(name)? {
                let module = import_object(package.borrow())?;
                if attribute::find_str(module.borrow(), "__path__")?.is_none() {
                    let package = object::repr(package.borrow())?;
                    let package = str::as_text(package.borrow());
                    let message = str::format(format_args!("No module named {shown}; {package} is not a package"))?;
                    return Err(not_in_package(message.borrow(), name, Some(module))?);
                }
            }
            str::format(format_args!("No module named {shown}"))?
        }
    };
    Err(raise_import_error(Exc::ModuleNotFoundError, message.borrow(), name, None))
}

/// The part of a name before its last dot, if it has one.
fn outer(name: Obj<'_>) -> Result<Option<Ref>> {
    let points = str::points(name);
    let dot = (0..points.len()).rev().find(|at| points.get(*at) == Some('.'.into()));
    dot.map(|dot| str::substring(name, 0, dot as isize)).transpose()
}

/// The same, with the name in UTF-8 (CPython: `PyImport_ImportModule`).
pub fn import_c_str(name: &CStr) -> Result<Ref> {
    match name.to_str() {
        Ok(name) => thread::with_gil(|| import(name))?,
        Err(_) => import_object(str::from_utf8(name.to_bytes())?.borrow()),
    }
}

/// Imports a module that is in no package, or whose package is there; `None` when there is no such module. The caller has
/// looked for an [`obstacle`].
#[inline(always)]
pub fn import_if_found(name: &str) -> Result<Option<Ref>> {
    match find_or_load(name) {
        Ok(module) => Ok(Some(module)),
        Err(Failure::Raised(raised)) => Err(raised),
        Err(_) => Ok(None),
    }
}

/// A module that is there already, once its import is done (CPython: `PyImport_GetModule`).
pub fn get(name: Obj<'_>) -> Result<Option<Ref>> {
    thread::with_gil(|| {
        let Some(module) = dict::get(registry::modules()?.borrow(), name)? else { return Ok(None) };
        if !module.borrow().is(NONE) {
            if let Some(pending) = error::pending() {
                obstacle::check_pending(module.borrow(), pending)?;
            }
            if wait_for(name)? == Others::Gone {
                return Ok(None);
            }
        }
        Ok(Some(module))
    })?
}

/// Waits until no other thread imports a module, whatever its name is: none is imported under one that is no text.
fn wait_for(name: Obj<'_>) -> Result<Others> {
    if !str::check(name) {
        return Ok(Others::None);
    }
    str::utf8_if_any(name)?.map_or(Ok(Others::None), lock::wait_for)
}

fn missing_key(name: &str) -> Raised {
    match str::from_str(name) {
        Ok(name) => dict::missing(name.borrow()),
        Err(raised) => raised,
    }
}

/// ValueError: a name is empty, or there is none.
pub fn empty_name() -> Raised {
    raise!(ValueError, "Empty module name")
}

/// The module of a full name; if it is not there, it is loaded.
fn find_or_load(name: &str) -> Result<Ref, Failure<'_>> {
    if name.is_empty() {
        return Err(empty_name().into());
    }
    loop {
        match registry::get(name)? {
            // An import that was waited for may have failed.
            Some(module) if !module.borrow().is(NONE) => {
                if lock::wait_for(name)? == Others::None {
                    return Ok(module);
                }
            }
            found => {
                obstacle::check_importer()?;
                return if found.is_none() && is_outside(name) { Err(Failure::NotInPackage(name)) } else { load(name) };
            }
        }
    }
}

/// Whether what should be a module's package is a plain module that does not say where its submodules are: then the long
/// way comes to nothing too, but tells of itself.
#[cold]
fn is_outside(name: &str) -> bool {
    const PATH: str::Name<'_> = str::Name::new("__path__");
    const GETATTR: str::Name<'_> = str::Name::new("__getattr__");
    if options::get().verbose {
        return false;
    }
    let Some(Ok(Some(package))) = spec::split(name).0.map(registry::get) else { return false };
    let has = |attribute| dict::get_name(module::attributes(package.borrow()), attribute).is_some();
    package.borrow().is_exactly(module::MODULE) && !has(PATH) && !has(GETATTR)
}

#[cold]
fn load(name: &str) -> Result<Ref, Failure<'_>> {
    stack::enter(" while importing a module")?;
    let _guard = lock::begin(name)?;
    match registry::get(name)? {
        // Another thread was faster.
        Some(module) if !module.borrow().is(NONE) => return Ok(module),
        Some(_) => {
            tell(name, format_args!("None stands in sys.modules"));
            return Err(Failure::Halted(name));
        }
        None => tell(name, format_args!("not in sys.modules")),
    }
    let (package, last) = spec::split(name);
    let Some(package) = package else { return find_and_make(name, None) };
    if registry::get(package)?.is_none() {
        find_or_load_with_top(package)?;
    }
    // The package may have imported it.
    if let Some(module) = registry::get(name)? {
        return Ok(module);
    }
    let parent = registry::get(package)?.ok_or_else(|| missing_key(package))?;
    let Some(search) = attribute::find_str(parent.borrow(), "__path__")? else {
        tell(name, format_args!("{package} has no __path__"));
        return Err(Failure::NotInPackage(name));
    };
    let under_way = spec::under_way(parent.borrow())?;
    if let Some(list) = &under_way {
        list::append(list.borrow(), str::from_str(last)?.borrow())?;
    }
    // None stands for `sys.path`, as in CPython.
    let made = find_and_make(name, Some(search.borrow()).filter(|search| !search.is(NONE)));
    if let Some(list) = under_way.as_ref().map(Ref::borrow) {
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
        Search::OnlySource(file) => Err(only_source(name, &file)),
        Search::Nothing => {
            tell(name, format_args!("found nowhere"));
            return Err(Failure::Nowhere(name));
        }
    };
    if made.is_err() && options::get().verbose {
        tell_error(name);
    }
    Ok(made?)
}

/// Prints the pending error, which may be replaced by one that says less.
fn tell_error(name: &str) {
    let Some(exception) = exceptions::fetch() else { return };
    let class = exception.borrow().class();
    match object::to_str(exception.borrow()) {
        Ok(text) => tell(name, format_args!("failed: {}: {}", class.name(), str::as_text(text.borrow()))),
        Err(_) => tell(name, format_args!("failed: {}", class.name())),
    }
    let _ = exceptions::restore(exception);
}

/// ImportError: the module is there, but only in Python.
fn only_source(name: &str, file: &path::Path) -> Raised {
    let raise = || {
        let shown = quoted(name)?;
        let message = str::format(format_args!(
            "cannot import {}: only compiled modules are loaded, and {file} is Python source",
            str::as_text(shown.borrow())
        ))?;
        let (name, file) = (str::from_str(name)?, file.to_object()?);
        Ok(raise_import_error(Exc::ImportError, message.borrow(), name.borrow(), Some(file.borrow())))
    };
    raise().unwrap_or_else(|raised| raised)
}

/// Makes a module that was found. If that fails, it is not in `sys.modules`.
fn make(name: &str, found: &Found) -> Result<Ref> {
    let full_name = str::intern(str::from_str(name)?)?;
    let spec = spec::new(full_name.borrow(), found)?;
    let mut module = create(name, full_name.borrow(), found, spec.borrow())?;
    if module.borrow().is(NONE) {
        // A create slot that made none leaves it to the import, as CPython's loaders may.
        module = module::new(full_name.borrow())?;
    }
    let initialized = spec::describe(module.borrow(), spec.borrow())
        .and_then(|()| spec::set_initializing(spec.borrow(), true))
        .and_then(|()| registry::set(full_name.borrow(), module.borrow()))
        .and_then(|()| extension::execute(module.borrow()))
        .and_then(|()| spec::set_initializing(spec.borrow(), false));
    if let Err(raised) = initialized {
        let why = error::take();
        // What goes wrong here is less than what has.
        let _ = (registry::remove(full_name.borrow()), spec::set_initializing(spec.borrow(), false));
        error::put_back(why);
        return Err(raised);
    }
    // The module may have put another object in its place; whatever it is, it becomes the last in the order of imports.
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
            // CPython remembers modules by the UTF-8 form of their files, and loads none that has no such form.
            str::utf8(file.to_object()?.borrow())?;
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
        Found::Source { .. } | Found::Folders(_) => module::new(full_name),
    }
}
