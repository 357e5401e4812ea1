//! Stand-ins: objects that a program asks for in place of Python source, which is never run. A file lists them.
//!
//! A module that exists keeps its own attributes: a stand-in fills only a gap. A module that exists nowhere, or only as
//! Python source, is made if a line names it.

mod make;
mod text;

pub use text::Problem;

use super::load;
use crate::interpreter::registry;
use crate::objects::list;
use crate::runtime::line::Escaped;
use crate::runtime::log::{self, Topic};
use crate::runtime::memory::aside::{Aside, Notes};
use crate::runtime::{Obj, Ref, Result, list_file, options};
use crate::types::attribute;
use allocator_api2::boxed::Box;
use core::fmt::{self, Display};
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use text::{StandIn, Value};

/// A file that was read. It lives as long as the process.
struct File {
    path: &'static [u8],
    stand_ins: Notes<StandIn<'static>>,
    /// The file that was read before.
    before: Option<&'static File>,
}

/// The file that was read last.
static LAST: AtomicPtr<File> = AtomicPtr::new(core::ptr::null_mut());

/// Whether the file of the options was read, if they name one.
static ASKED: AtomicBool = AtomicBool::new(false);

/// The name of a file and the number of a line, for messages.
struct Place<'a>(&'a File, usize);

impl Display for Place<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}, line {}", Escaped(self.0.path), self.1)
    }
}

/// Reads a file of stand-ins, which precede those of earlier files. Nothing changes if a line is wrong.
pub fn read(path: &[u8]) -> Result<(), Problem> {
    let text: &'static [u8] = Notes::leak(list_file::read(path)?);
    let stand_ins = text::parse(text)?;
    let kept = || {
        let mut copy = Notes::new_in(Aside);
        copy.try_reserve(path.len()).ok()?;
        copy.extend_from_slice(path);
        let before = LAST.load(Ordering::Acquire);
        // SAFETY: the place holds NULL, or a file that lives as long as the process.
        let before = unsafe { before.as_ref() };
        let room = Box::try_new_uninit_in(Aside).ok()?;
        Some(Box::write(room, File { path: Notes::leak(copy), stand_ins, before }))
    };
    let kept = kept().ok_or(list_file::Unread::NoMemory)?;
    LAST.store(Box::leak(kept), Ordering::Release);
    Ok(())
}

/// Whether there are stand-ins. The first call reads the file that the options name, and ends the program if a line is
/// wrong.
#[inline]
pub fn exist() -> bool {
    if !ASKED.load(Ordering::Acquire) {
        ask();
    }
    !LAST.load(Ordering::Acquire).is_null()
}

#[cold]
#[inline(never)]
fn ask() {
    let path = options::get().stand_ins;
    if !path.is_empty()
        && let Err(problem) = read(path)
    {
        options::refuse(format_args!("option \"stand_ins\": \"{}\"{problem}", Escaped(path)));
    }
    ASKED.store(true, Ordering::Release);
}

/// Every stand-in, those of the last file first.
fn all() -> impl Iterator<Item = (&'static File, &'static StandIn<'static>)> {
    let last = if exist() { LAST.load(Ordering::Acquire) } else { core::ptr::null_mut() };
    // SAFETY: the place holds NULL, or a file that lives as long as the process.
    let files = core::iter::successors(unsafe { last.as_ref() }, |file| file.before);
    files.flat_map(|file| file.stand_ins.iter().map(move |stand_in| (file, stand_in)))
}

/// The name of a module after that of a package and a dot.
fn inside<'a>(module: &'a str, package: &str) -> Option<&'a str> {
    module.strip_prefix(package)?.strip_prefix('.')
}

/// Whether a line names this module, or one inside it.
#[inline]
pub fn name_module(name: &str) -> bool {
    exist() && is_named(name)
}

#[cold]
#[inline(never)]
fn is_named(name: &str) -> bool {
    all().any(|(_, stand_in)| stand_in.module == name || inside(stand_in.module, name).is_some())
}

/// Whether a line names a module inside this one.
pub fn name_package(name: &str) -> bool {
    all().any(|(_, stand_in)| inside(stand_in.module, name).is_some())
}

/// Gives a module the attributes that it lacks and lines name. A module that can't have submodules gets those, too.
#[cold]
pub fn complete(name: &str, module: Obj<'_>) -> Result<()> {
    for (file, stand_in) in all() {
        if stand_in.module == name && stand_in.value != Value::Module {
            supply(module, file, stand_in)?;
        } else if let Some(rest) = inside(stand_in.module, name) {
            let child = rest.split('.').next().unwrap_or_default();
            if attribute::find_str(module, child)?.is_none() && !may_have_submodules(module)? {
                let full = name.len() + 1 + child.len();
                load::find_or_load(stand_in.module.get(..full).unwrap_or_default())?;
            }
        }
    }
    Ok(())
}

/// The attribute of a module that a line names, unless the module has it.
fn supply(module: Obj<'_>, file: &'static File, stand_in: &StandIn<'_>) -> Result<Ref> {
    if let Some(found) = attribute::find_str(module, stand_in.name)? {
        return Ok(found);
    }
    let place = Place(file, stand_in.line);
    let value = make::object(stand_in, &place)?;
    attribute::set_str(module, stand_in.name, value.borrow())?;
    tell(stand_in.module, format_args!("{} stands in ({place})", stand_in.name));
    Ok(value)
}

/// An attribute of a module, which may be one that is being completed.
fn attribute_of(module: &str, name: &str) -> Result<Option<Ref>> {
    let found = match registry::get(module)? {
        Some(found) => found,
        None => load::find_or_load(module)?,
    };
    let named = all().find(|(_, stand_in)| stand_in.module == module && stand_in.name == name);
    match named {
        Some((file, stand_in)) => supply(found.borrow(), file, stand_in).map(Some),
        None => attribute::find_str(found.borrow(), name),
    }
}

/// Whether an import of a submodule would search folders.
fn may_have_submodules(module: Obj<'_>) -> Result<bool> {
    let Some(search) = attribute::find_str(module, "__path__")? else { return Ok(false) };
    Ok(search.borrow().downcast().is_none_or(|search| list::len(search) > 0))
}

fn tell(name: &str, what: fmt::Arguments<'_>) {
    if options::get().verbose {
        log::say(Topic::Verbose, format_args!("import {name}: {what}"));
    }
}
