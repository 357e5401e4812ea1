//! The modules behind a path: a file, those of a wheel, or those of a folder.

use anyhow::{Context, Error, Result, bail};
use std::fs;
use std::io::Read;
use std::path::Path;

/// The largest file of a wheel that is read. A larger one is taken for a damaged or hostile archive.
const LARGEST: u64 = 1 << 30;

/// A file that may be a module.
pub struct File {
    /// Its path; in a wheel `WHEEL:PATH`.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Calls `each` with the modules behind a path, in the order of their names.
///
/// A file is taken as it is; of a wheel or a folder, the shared libraries with an init function are taken. The entries of a folder that
/// can't be read are added to `unread`.
pub fn modules(path: &Path, each: &mut impl FnMut(File) -> Result<()>, unread: &mut Vec<Error>) -> Result<()> {
    let kind = fs::metadata(path).with_context(|| path.display().to_string())?;
    let before = &mut 0;
    let mut counted = |file: File| {
        *before += 1;
        each(file).with_context(|| path.display().to_string())
    };
    if kind.is_dir() {
        in_folder(path, &mut counted, unread);
    } else if is_wheel(path) {
        in_wheel(path, &mut counted)?;
    } else {
        let bytes = read(path)?;
        counted(File { name: path.display().to_string(), bytes })?;
    }
    if *before == 0 && unread.is_empty() {
        bail!("{}: there is no compiled module for Linux in it", path.display());
    }
    Ok(())
}

fn is_wheel(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "whl" || ending == "zip")
}

/// Reads a regular file: a device or a pipe may have no end.
fn read(path: &Path) -> Result<Vec<u8>> {
    let read = || -> Result<Vec<u8>> {
        let kind = fs::metadata(path)?;
        if !kind.is_file() {
            bail!("it is no regular file");
        }
        if kind.len() > LARGEST {
            bail!("it has more than {LARGEST} bytes");
        }
        Ok(fs::read(path)?)
    };
    read().with_context(|| path.display().to_string())
}

fn in_folder(folder: &Path, each: &mut impl FnMut(File) -> Result<()>, unread: &mut Vec<Error>) {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let mut entries = match entries.with_context(|| folder.display().to_string()) {
        Ok(entries) => entries,
        Err(error) => return unread.push(error),
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // A link to a folder may lead back to where it stands.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            in_folder(&path, each, unread);
        } else if is_wheel(&path) {
            unread.extend(in_wheel(&path, each).err());
        } else if is_library(&path.to_string_lossy()) {
            unread.extend(in_file(&path, each).err());
        }
    }
}

fn in_file(path: &Path, each: &mut impl FnMut(File) -> Result<()>) -> Result<()> {
    let bytes = read(path)?;
    if super::elf::has_init_function(&bytes) { each(File { name: path.display().to_string(), bytes }) } else { Ok(()) }
}

fn is_library(name: &str) -> bool {
    name.ends_with(".so")
}

fn in_wheel(wheel: &Path, each: &mut impl FnMut(File) -> Result<()>) -> Result<()> {
    let shown = wheel.display();
    if !fs::metadata(wheel).with_context(|| shown.to_string())?.is_file() {
        bail!("{shown}: it is no regular file");
    }
    let file = fs::File::open(wheel).with_context(|| shown.to_string())?;
    let mut archive = zip::ZipArchive::new(file)
        .with_context(|| format!("{shown}: it has the name of a wheel, but is no zip archive"))?;
    let names = archive.file_names().filter(|name| name.as_ref().is_ok_and(|name| is_library(name)));
    let mut names = names.map(|name| Ok(name?.into_owned())).collect::<Result<Vec<String>>>()?;
    names.sort();
    for name in names {
        let entry = archive.by_name(&name).with_context(|| format!("{shown}:{name}"))?;
        let mut bytes = Vec::new();
        let read = entry.take(LARGEST + 1).read_to_end(&mut bytes).with_context(|| format!("{shown}:{name}"))?;
        if read as u64 > LARGEST {
            bail!("{shown}:{name}: it has more than {LARGEST} bytes");
        }
        if super::elf::has_init_function(&bytes) {
            each(File { name: format!("{shown}:{name}"), bytes })?;
        }
    }
    Ok(())
}
