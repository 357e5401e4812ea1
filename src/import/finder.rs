//! The finder, which locates modules. It searches the table of built-in modules, then the directories of `sys.path`, or
//! for a submodule those of its package's `__path__`.

use super::found::Found;
use super::{listing, name};
use crate::abi::PyListObject;
use crate::interpreter::end::{self, End};
use crate::interpreter::path::{Kind, Path};
use crate::interpreter::{inittab, registry, sys};
use crate::objects::constants::NONE;
use crate::objects::{list, str};
use crate::protocol::iteration;
use crate::runtime::log::{self, Topic};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Own, Ref, Result, options, raise};

/// Endings of compiled modules, in order of preference.
const COMPILED: [&[u8]; 3] = [THIS_VERSION, b".abi3.so", b".so"];
#[cfg(target_arch = "x86_64")]
const THIS_VERSION: &[u8] = b".cpython-314-x86_64-linux-gnu.so";
#[cfg(target_arch = "aarch64")]
const THIS_VERSION: &[u8] = b".cpython-314-aarch64-linux-gnu.so";

/// Whether a file with this ending is a compiled module for this version and platform.
pub fn loads(ending: &[u8]) -> bool {
    COMPILED.contains(&ending)
}

/// Endings of modules that CPython would run, and that can't be run here.
const SOURCE: [&[u8]; 2] = [b".py", b".pyc"];

/// The name of a package's own module in its directory, without the ending.
const INIT: &[u8] = b"/__init__";

/// The result of a search.
#[derive(Debug)]
pub enum Search {
    /// A module.
    Found(Found),
    /// The module exists only as Python source, in this file.
    OnlySource(Path),
    /// Nothing.
    Nothing,
}

/// A search for one module, which prints its steps in verbose mode.
struct Finder<'a> {
    name: &'a str,
    last: &'a [u8],
    verbose: bool,
    /// Whether `sys.path_importer_cache` is None, as it is at the end of the modules.
    without_cache: bool,
    only_source: Option<Path>,
    /// The paths of directories without `__init__`; `None` before the first one.
    portions: Option<Own<PyListObject>>,
}

/// Finds a module. `search` is the `__path__` of its package, if it is in one.
pub fn find(name: &str, search: Option<Obj<'_>>) -> Result<Search> {
    if is_none_in_sys("meta_path")? {
        return Err(raise!(ImportError, "sys.meta_path is None, Python is likely shutting down"));
    }
    let mut finder = Finder {
        name,
        last: name::split(name).1.as_bytes(),
        verbose: options::get().verbose,
        without_cache: false,
        only_source: None,
        portions: None,
    };
    if let Some(contents) = registry::contents_of(name)? {
        return Ok(Search::Found(Found::AlwaysThere(contents)));
    }
    if let Some(init) = inittab::find(name) {
        finder.tell(format_args!("built into the program"));
        return Ok(Search::Found(Found::BuiltIn(init)));
    }
    finder.tell(format_args!("not built into the program"));
    let search = match search {
        Some(search) => search.to_ref(),
        None => sys::get("path")?.ok_or_else(|| raise!(AttributeError, "module 'sys' has no attribute 'path'"))?,
    };
    // The entries are copied, because an import may change the list.
    let mut entries: Array<Ref> = Array::new_in(Malloc);
    iteration::each(search.borrow(), |entry| memory::push(&mut entries, entry))?;
    if entries.is_empty() {
        finder.tell(format_args!("there are no folders to look in (PYTHONPATH says where sys.path begins)"));
    }
    // A name with a slash is in no directory, whatever the file system says.
    if finder.last.is_empty() || finder.last.iter().any(|byte| matches!(byte, b'/' | 0)) {
        finder.tell(format_args!("no file can have this name"));
        return Ok(Search::Nothing);
    }
    finder.without_cache = is_none_in_sys("path_importer_cache")?;
    for entry in &entries {
        if let Some(found) = finder.look_in(entry.borrow())? {
            return Ok(Search::Found(found));
        }
    }
    Ok(match (finder.only_source, finder.portions) {
        (Some(file), _) => Search::OnlySource(file),
        (None, Some(portions)) => Search::Found(Found::Folders(portions.into_ref())),
        (None, None) => Search::Nothing,
    })
}

/// Whether an object of `sys` that CPython's importer needs, and this one does not, is None since the end of the
/// modules.
fn is_none_in_sys(name: &str) -> Result<bool> {
    Ok(end::has_reached(End::Near) && sys::get(name)?.is_some_and(|value| value.borrow().is(NONE)))
}

impl Finder<'_> {
    /// Prints a line about this search in verbose mode.
    fn tell(&self, what: core::fmt::Arguments<'_>) {
        if self.verbose {
            log::say(Topic::Verbose, format_args!("import {}: {what}", self.name));
        }
    }

    /// Searches the directory that an entry names. A directory without `__init__` is added to `portions`.
    fn look_in(&mut self, entry: Obj<'_>) -> Result<Option<Found>> {
        if self.without_cache && str::check(entry) {
            return Err(raise!(TypeError, "'NoneType' object is not subscriptable"));
        }
        let Some(folder) = Path::of_entry(entry)? else {
            self.tell(format_args!("passed over an entry of type {}", entry.class().name()));
            return Ok(None);
        };
        let seen = folder.look();
        match Kind::of(&seen) {
            Kind::Folder => self.tell(format_args!("looking in {folder}")),
            kind => {
                self.tell(format_args!("passed over {folder}: {kind}"));
                return Ok(None);
            }
        }
        // In verbose mode every candidate is probed, so that each can be printed.
        if !self.verbose && seen.is_ok_and(|seen| listing::has_none(&folder, &seen, self.last)) {
            return Ok(None);
        }
        let mut path = folder.join(self.last)?;
        let stem = path.as_bytes().len();
        let is_folder = self.is(&path, Kind::Folder);
        if is_folder {
            for suffix in COMPILED {
                path.end_with(stem, &[INIT, suffix])?;
                if self.is(&path, Kind::File) {
                    return Ok(Some(Found::Compiled { folder: Some(path.beginning(stem)?), file: path }));
                }
            }
            for suffix in SOURCE {
                path.end_with(stem, &[INIT, suffix])?;
                if self.is(&path, Kind::File) {
                    self.tell(format_args!("{path} is not run, for it is not compiled"));
                    return Ok(Some(Found::Source { folder: path.beginning(stem)?, file: path }));
                }
            }
        }
        for suffix in COMPILED {
            path.end_with(stem, &[suffix])?;
            if self.is(&path, Kind::File) {
                return Ok(Some(Found::Compiled { file: path, folder: None }));
            }
        }
        for suffix in SOURCE {
            path.end_with(stem, &[suffix])?;
            if self.only_source.is_none() && self.is(&path, Kind::File) {
                self.tell(format_args!("{path} can't be loaded, for it is not compiled"));
                self.only_source = Some(path.beginning(path.as_bytes().len())?);
            }
        }
        if is_folder {
            path.end_with(stem, &[])?;
            self.tell(format_args!("{path} has no __init__: it will do if there is nothing else"));
            let portions = match self.portions.take() {
                Some(portions) => portions,
                None => list::new()?,
            };
            list::append(portions.borrow(), path.to_object()?.borrow())?;
            self.portions = Some(portions);
        }
        Ok(None)
    }

    /// Whether a path leads to an entry of this kind.
    fn is(&self, path: &Path, wanted: Kind) -> bool {
        let kind = path.kind();
        self.tell(format_args!("{path}: {kind}"));
        kind == wanted
    }
}
