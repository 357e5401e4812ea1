//! Modules for another version or platform of Python, which lie where a module was looked for and can't be loaded.

use super::{finder, listing, name};
use crate::interpreter::path::Path;
use crate::interpreter::{registry, sys};
use crate::protocol::iteration;
use crate::runtime::{Obj, Ref, Result, error};
use crate::types::attribute;

/// Endings of compiled modules on any platform.
const COMPILED: [&[u8]; 3] = [b".so", b".pyd", b".dylib"];

/// The file of such a module of a name, if there is one. An error on the way is as if there were none, because another
/// error is about to be raised.
#[cold]
pub fn beside(name: &str) -> Option<Path> {
    let found = look_for(name);
    found.unwrap_or_else(|_| {
        error::clear();
        None
    })
}

fn look_for(name: &str) -> Result<Option<Path>> {
    let (package, last) = name::split(name);
    if last.is_empty() || last.contains('/') {
        return Ok(None);
    }
    let Some(search) = search(package)? else { return Ok(None) };
    let mut found = None;
    iteration::each(search.borrow(), |entry| {
        if found.is_none() {
            found = in_folder(entry.borrow(), last.as_bytes())?;
        }
        Ok(())
    })?;
    Ok(found)
}

/// The folders in which a module of a package is looked for, or one of no package.
fn search(package: Option<&str>) -> Result<Option<Ref>> {
    let Some(package) = package else { return sys::get("path") };
    match registry::get(package)? {
        Some(package) => attribute::find_str(package.borrow(), "__path__"),
        None => Ok(None),
    }
}

fn in_folder(entry: Obj<'_>, last: &[u8]) -> Result<Option<Path>> {
    let Some(folder) = Path::of_entry(entry)? else { return Ok(None) };
    let is_other_build = |file: &[u8]| {
        let Some(ending) = file.strip_prefix(last) else { return false };
        ending.starts_with(b".") && COMPILED.iter().any(|end| ending.ends_with(end)) && !finder::loads(ending)
    };
    let Some(file) = listing::first(&folder, is_other_build)? else { return Ok(None) };
    folder.join(&file).map(Some)
}
