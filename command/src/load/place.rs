//! Addresses as places: the file that an address is in, and the symbol.

use object::{Object, ObjectSymbol};
use std::ffi::CStr;
use std::fs;

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
    match symbol(&file, offset) {
        Some((name, 0)) => format!("{file}: {name}"),
        Some((name, inside)) => format!("{file}: {name}+{inside:#x}"),
        None => format!("{file}+{offset:#x}"),
    }
}

/// The symbol that has an address of a file, from all its symbols when the file has them, and the distance from its begin.
fn symbol(file: &str, offset: u64) -> Option<(String, u64)> {
    let bytes = fs::read(file).ok()?;
    let file = object::File::parse(bytes.as_slice()).ok()?;
    let has = |symbol: &object::Symbol<'_, '_>| {
        offset.checked_sub(symbol.address()).is_some_and(|inside| inside < symbol.size().max(1))
            && symbol.is_definition()
    };
    let found = file.symbols().find(has).or_else(|| file.dynamic_symbols().find(has))?;
    Some((found.name().ok()?.to_owned(), offset - found.address()))
}
