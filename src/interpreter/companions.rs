//! The companion modules: `zlib` and other modules of CPython's standard library that are no part of this library. They are compiled
//! modules in the folder `pycapsule/modules` beside it.

use super::path::{Kind, Path};
use crate::runtime::{Result, options};
use core::ffi::CStr;
use core::mem::MaybeUninit;

/// The folder's place, from that of the library.
const PLACE: &[u8] = b"pycapsule/modules";

/// A static of this library, of which only the address is used.
static HERE: u8 = 0;

/// The folder of companion modules; `None` when there is none, or when the option `companions` is off.
pub fn folder() -> Result<Option<Path>> {
    if !options::get().companions {
        return Ok(None);
    }
    let Some(file) = library_file() else { return Ok(None) };
    // SAFETY: realpath reads the path, which ends with NUL, and allocates its result, or returns NULL. The result is freed once.
    let folder = unsafe {
        let real = libc::realpath(file.as_ptr(), core::ptr::null_mut());
        if real.is_null() {
            return Ok(None);
        }
        let folder = beside(CStr::from_ptr(real).to_bytes());
        libc::free(real.cast());
        folder?
    };
    Ok((folder.kind() == Kind::Folder).then_some(folder))
}

/// The folder for a library in this file.
fn beside(file: &[u8]) -> Result<Path> {
    let end = file.iter().rposition(|byte| *byte == b'/').unwrap_or(0);
    Path::absolute(file.get(..end).unwrap_or_default())?.join(PLACE)
}

/// The file of this library, or of the program that it is linked into.
fn library_file() -> Option<&'static CStr> {
    let mut info = MaybeUninit::<libc::Dl_info>::zeroed();
    // SAFETY: dladdr reads no memory at the address, and writes to the struct, for which zero bytes are valid. The name is a
    // string of the dynamic loader, which stays as long as the library is loaded.
    unsafe {
        if libc::dladdr((&raw const HERE).cast(), info.as_mut_ptr()) == 0 {
            return None;
        }
        let name = info.assume_init().dli_fname;
        (!name.is_null()).then(|| CStr::from_ptr(name))
    }
}
