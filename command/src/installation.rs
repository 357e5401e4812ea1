//! Where the files of the library are: in the build of its repository, or where it is installed.

use anyhow::{Context, Result, anyhow};
use std::env;
use std::path::PathBuf;

/// The folder that has this command's `bin`.
pub fn prefix() -> Result<PathBuf> {
    let command = env::current_exe().context("the file of this command")?;
    let prefix = command.parent().and_then(|bin| bin.parent());
    prefix.map(PathBuf::from).ok_or_else(|| anyhow!("{} is in no folder bin", command.display()))
}

/// The shared library: the variable `PYCAPSULE_LIBRARY`, or the file in the folder `lib` of the prefix.
pub fn library() -> Result<PathBuf> {
    if let Some(path) = env::var_os("PYCAPSULE_LIBRARY") {
        return Ok(path.into());
    }
    let library = prefix()?.join("lib/libpycapsule.so");
    if library.exists() {
        return Ok(library);
    }
    Err(anyhow!("the library is not at {}: install it there, or name its file in PYCAPSULE_LIBRARY", library.display()))
}

/// The folder of `Python.h`: `include/pycapsule` of the prefix, or `include` of the repository whose `build` is the prefix.
pub fn headers() -> Result<PathBuf> {
    let prefix = prefix()?;
    let installed = prefix.join("include/pycapsule");
    let places = [Some(installed.clone()), prefix.parent().map(|repository| repository.join("include"))];
    let found = places.into_iter().flatten().find(|folder| folder.join("Python.h").exists());
    found.ok_or_else(|| anyhow!("there is no Python.h in {}: install the library there", installed.display()))
}
