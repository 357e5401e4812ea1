//! Whether a program uses the library, as far as its file says.

use object::{Object, ObjectSection, ObjectSymbol};
use std::env;
use std::ffi::{CStr, OsStr};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names of the library's file, and of those that `make install-shim` gives it.
const NAMES: [&[u8]; 2] = [b"libpycapsule", b"libpython3"];

/// Whether a program surely doesn't use the library: it is an ELF file that neither is linked with the library, directly or by other
/// libraries, nor has its functions inside, nor names it, as it would to open it itself.
pub fn is_without_library(program: &OsStr) -> bool {
    let Some(path) = find(program) else { return false };
    let Ok(bytes) = fs::read(&path) else { return false };
    let Ok(file) = object::File::parse(bytes.as_slice()) else { return false };
    let has_functions = file.symbols().chain(file.dynamic_symbols()).any(|symbol| symbol.name() == Ok("PyCapsule_New"));
    if has_functions || has_name(&bytes) || env::var_os("LD_PRELOAD").is_some() {
        return false;
    }
    // The program's loader lists the libraries, and does not run the program. A program without a loader has all in its file.
    let Some(loader) = file.section_by_name(".interp").and_then(|section| section.data().ok()) else { return true };
    let Ok(loader) = CStr::from_bytes_until_nul(loader) else { return false };
    let listed = Command::new(OsStr::from_bytes(loader.to_bytes())).arg("--list").arg(&path).output();
    listed.is_ok_and(|listed| listed.status.success() && !has_name(&listed.stdout))
}

fn has_name(bytes: &[u8]) -> bool {
    NAMES.iter().any(|name| bytes.windows(name.len()).any(|part| part == *name))
}

/// The program's file, as the shell finds it.
fn find(program: &OsStr) -> Option<PathBuf> {
    if program.to_string_lossy().contains('/') {
        return Some(PathBuf::from(program));
    }
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(Path::new(program))).find(|path| path.is_file())
}
