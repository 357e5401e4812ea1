//! Addresses as places: the file that an address is in, and the symbol.

use crate::trace::symbols::Files;
use std::ffi::CStr;

/// The place of an address: `FILE: SYMBOL+OFFSET`, `FILE+OFFSET`, or that it is in no file.
pub fn of(address: usize) -> String {
    // SAFETY: all fields may be zero, and the call only writes them.
    let mut info: libc::Dl_info = unsafe { std::mem::zeroed() };
    // SAFETY: any address may be asked for.
    if unsafe { libc::dladdr(address as *const _, &mut info) } == 0 || info.dli_fname.is_null() {
        return "memory of no file".into();
    }
    // SAFETY: the loader's name of a loaded file stays until the file is unloaded.
    let file = unsafe { CStr::from_ptr(info.dli_fname) }.to_string_lossy();
    let offset = address.wrapping_sub(info.dli_fbase as usize) as u64;
    match Files::default().symbol(&file, offset) {
        Some((name, 0)) => format!("{file}: {name}"),
        Some((name, inside)) => format!("{file}: {name}+{inside:#x}"),
        None => format!("{file}+{offset:#x}"),
    }
}
