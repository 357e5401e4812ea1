//! The loader: it maps a file into the process, and looks up the module's init function. Files are never unloaded,
//! because some code may still have a pointer into them.

use super::{missing_symbols, name, punycode};
use crate::abi::Exc;
use crate::interpreter::inittab::InitFunction;
use crate::interpreter::path::Path;
use crate::objects::exceptions::raise_import_error;
use crate::objects::str::{self, Handler};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Ref, Result, fork};
use core::ffi::{CStr, c_void};

const PREFIX: &[u8] = b"PyInit_";
const PUNYCODE_PREFIX: &[u8] = b"PyInitU_";

/// The name of a module's init function: a prefix, and the last part of the module's name in ASCII.
#[derive(Debug)]
pub struct InitName {
    /// The whole name, and a NUL.
    symbol: Array<u8>,
    prefix: &'static [u8],
}

impl InitName {
    /// The name that a module's init function must have.
    pub fn of(module: &str) -> Result<Self> {
        let last = name::split(module).1;
        let prefix = if last.is_ascii() { PREFIX } else { PUNYCODE_PREFIX };
        let mut symbol = Array::new_in(Malloc);
        memory::extend(&mut symbol, prefix)?;
        if last.is_ascii() {
            memory::extend(&mut symbol, last.as_bytes())?;
        } else {
            punycode::encode(last, &mut symbol)?;
        }
        for byte in symbol.iter_mut().filter(|byte| **byte == b'-') {
            *byte = b'_';
        }
        memory::push(&mut symbol, 0)?;
        Ok(InitName { symbol, prefix })
    }

    /// Whether the name is in punycode: then the module must be initialised in two phases.
    pub fn is_punycode(&self) -> bool {
        self.prefix == PUNYCODE_PREFIX
    }

    /// The name as the dynamic linker expects it.
    fn as_c_str(&self) -> &CStr {
        CStr::from_bytes_until_nul(&self.symbol).unwrap_or(c"")
    }

    /// The whole name.
    pub fn symbol(&self) -> &str {
        self.as_c_str().to_str().unwrap_or_default()
    }

    /// The name without the prefix, as it is shown in messages.
    pub fn short(&self) -> &str {
        self.symbol().get(self.prefix.len()..).unwrap_or_default()
    }
}

/// Loads a file, and returns the init function of its module. On failure ImportError, which contains the file, with the
/// dynamic linker's message or because the file has no such function.
pub fn load(module: Obj<'_>, file: &Path, init: &InitName) -> Result<InitFunction> {
    // SAFETY: both names are NUL-terminated. A module's initialisers run here, as they do in CPython.
    let function = unsafe {
        // A child that was forked during the call would find the linker's locks held, and its lists half changed.
        let library = fork::put_off(|| libc::dlopen(file.as_c_str().as_ptr(), libc::RTLD_NOW));
        if library.is_null() {
            let reason = missing_symbols::complete(last_reason()?, file)?;
            let short = str::from_str(init.short())?;
            return Err(raise_import_error(
                Exc::ImportError,
                reason.borrow(),
                short.borrow(),
                Some(file.to_object()?.borrow()),
            ));
        }
        libc::dlsym(library, init.as_c_str().as_ptr())
    };
    // SAFETY: the pointer is NULL or the module's init function: no other symbol has this name.
    if let Some(function) = unsafe { core::mem::transmute::<*mut c_void, Option<InitFunction>>(function) } {
        return Ok(function);
    }
    let message =
        str::format(format_args!("dynamic module does not define module export function ({})", init.symbol()))?;
    Err(raise_import_error(Exc::ImportError, message.borrow(), module, Some(file.to_object()?.borrow())))
}

/// The dynamic linker's reason for refusing a file.
fn last_reason() -> Result<Ref> {
    // SAFETY: the linker's text, if there is one, belongs to this thread until its next call.
    let reason = unsafe {
        let reason = libc::dlerror();
        if reason.is_null() { c"unknown dlopen() error" } else { CStr::from_ptr(reason) }
    };
    str::decode_utf8(reason.to_bytes(), Handler::SurrogateEscape)
}

#[cfg(test)]
mod tests {
    use super::InitName;
    use std::prelude::rust_2024::*;

    #[test]
    fn init_functions_are_named_after_the_last_part() {
        let symbol = |module: &str| InitName::of(module).map(|name| (name.symbol().to_owned(), name.is_punycode()));
        assert_eq!(symbol("module"), Ok(("PyInit_module".into(), false)));
        assert_eq!(symbol("pack.age.mod-ule"), Ok(("PyInit_mod_ule".into(), false)));
        assert_eq!(symbol("größe.näme"), Ok(("PyInitU_nme_qla".into(), true)));
        assert_eq!(symbol("größe.name"), Ok(("PyInit_name".into(), false)));
        assert_eq!(symbol(""), Ok(("PyInit_".into(), false)));
    }
}
