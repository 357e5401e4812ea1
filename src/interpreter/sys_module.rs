//! The initial module `sys`: the objects that an import needs, and those that C gets by name.

use super::path::Path;
use super::{companions, console, default_hooks, inittab, spec, standard_output};
use crate::abi::{PYTHON_API_VERSION, PyModuleObject};
use crate::objects::{dict, int, list, module, str, tuple};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Own, Ref, Result, environment, version};

/// A new module `sys`, which has the dict of all modules.
pub(super) fn make(modules: Obj<'_>) -> Result<Own<PyModuleObject>> {
    let module = spec::built_in_module("sys", "What the runtime tells of itself.")?;
    let attributes = module::attributes(module.borrow());
    let set = |name, value: Ref| dict::set_str(attributes, name, value.borrow());
    set("modules", modules.to_ref())?;
    set("path", initial_path()?)?;
    set("builtin_module_names", inittab::names()?)?;
    set("version", str::from_utf8(version::DESCRIPTION.to_bytes())?)?;
    set("version_info", version_info()?)?;
    set("hexversion", int::from_i64(version::HEX.into())?)?;
    set("api_version", int::from_i64(PYTHON_API_VERSION.into())?)?;
    set("maxsize", int::from_i64(i64::MAX)?)?;
    set("maxunicode", int::from_i64(char::MAX as i64)?)?;
    set("byteorder", str::from_str(if cfg!(target_endian = "little") { "little" } else { "big" })?)?;
    set("platform", str::from_utf8(version::PLATFORM.to_bytes())?)?;
    set("abiflags", str::from_str("")?)?;
    set("argv", list::from_slice(&[str::from_str("")?.borrow()])?.into_ref())?;
    set("warnoptions", list::new()?.into_ref())?;
    let output = standard_output::stream()?;
    set("__stdout__", output.clone())?;
    set("stdout", output)?;
    let stderr = console::stream()?;
    set("__stderr__", stderr.clone())?;
    set("stderr", stderr)?;
    default_hooks::add_to(module.borrow())?;
    Ok(module)
}

/// Major, minor, micro, release level and serial.
fn version_info() -> Result<Ref> {
    let [major, minor, micro] = version::NUMBERS;
    let [major, minor, micro, serial] =
        [int::from_i64(major)?, int::from_i64(minor)?, int::from_i64(micro)?, int::from_i64(0)?];
    let level = str::from_str("final")?;
    tuple::from_slice(&[major.borrow(), minor.borrow(), micro.borrow(), level.borrow(), serial.borrow()])
        .map(Own::into_ref)
}

/// The initial `sys.path`: the directories of PYTHONPATH, absolute and without duplicates (none for a program that has more rights than
/// its caller), and the folder of companion modules.
fn initial_path() -> Result<Ref> {
    let path = list::new()?;
    let value = environment::get(c"PYTHONPATH").unwrap_or_default();
    let mut seen: Array<Path> = Array::new_in(Malloc);
    for entry in value.split(|byte| *byte == b':').filter(|_| !value.is_empty()) {
        let folder = Path::absolute(entry)?.normalized()?;
        if !seen.contains(&folder) {
            list::append(path.borrow(), folder.to_object()?.borrow())?;
            memory::push(&mut seen, folder)?;
        }
    }
    if let Some(folder) = companions::folder()? {
        list::append(path.borrow(), folder.to_object()?.borrow())?;
    }
    Ok(path.into_ref())
}
