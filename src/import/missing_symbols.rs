//! All symbols that a module misses. The dynamic linker names only the first.

use super::elf::{Descriptor, Tables};
use crate::interpreter::path::Path;
use crate::objects::str;
use crate::runtime::memory::{self, Array, Malloc, Text};
use crate::runtime::{Obj, Ref, Result, file};
use core::ffi::{CStr, c_void};
use core::ops::ControlFlow;

/// The linker's reason for refusing a file, with the names of all missing symbols if there are several.
pub fn complete(reason: Ref, path: &Path) -> Result<Ref> {
    if !is_about_symbols(reason.borrow()) {
        return Ok(reason);
    }
    let Ok(descriptor) = file::open_for_reading(path.as_c_str()) else { return Ok(reason) };
    let source = Descriptor(descriptor);
    let missing = Tables::of(&source).map(|tables| names(&tables));
    // SAFETY: this function has opened the descriptor, and nothing else knows it.
    unsafe { libc::close(descriptor) };
    match missing.transpose()? {
        Some((count, names)) if count > 1 => {
            let text = str::as_text(reason.borrow());
            str::format(format_args!("{text}; {count} symbols are missing: {}", names.as_str()))
        }
        _ => Ok(reason),
    }
}

fn is_about_symbols(reason: Obj<'_>) -> bool {
    let text = reason.downcast().and_then(|reason| str::utf8_if_any(reason).ok().flatten());
    text.is_some_and(|text| text.contains("undefined symbol"))
}

/// The number and the names of the symbols that are nowhere.
fn names(tables: &Tables<'_, Descriptor>) -> Result<(usize, Text)> {
    let libraries = Libraries::of(tables)?;
    let (mut count, mut all, mut done) = (0, Text::new(), Ok(()));
    let mut symbol: Array<u8> = Array::new_in(Malloc);
    tables.each_undefined(|name| {
        symbol.clear();
        done = memory::extend(&mut symbol, name).and_then(|()| memory::push(&mut symbol, 0));
        if done.is_ok()
            && let Ok(text) = core::str::from_utf8(name)
            && let Ok(symbol) = CStr::from_bytes_with_nul(&symbol)
            && libraries.lack(symbol)
        {
            let comma = if count == 0 { "" } else { ", " };
            done = all.push_str(comma).and_then(|()| all.push_str(text));
            count += 1;
        }
        if done.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    done.map(|()| (count, all))
}

/// The libraries that a file needs, as far as they are loaded.
struct Libraries {
    handles: Array<*mut c_void>,
    /// Whether all of them are loaded. If one is not, it may have any symbol but those of Python.
    is_whole: bool,
}

impl Libraries {
    fn of(tables: &Tables<'_, Descriptor>) -> Result<Self> {
        let mut found = Libraries { handles: Array::new_in(Malloc), is_whole: true };
        let mut done = Ok(());
        let mut library: Array<u8> = Array::new_in(Malloc);
        tables.each_needed(|name| {
            library.clear();
            let named = memory::extend(&mut library, name).and_then(|()| memory::push(&mut library, 0));
            let room = named.and_then(|()| memory::reserve(&mut found.handles, 1));
            let Ok(name) = CStr::from_bytes_with_nul(&library) else { return };
            if room.is_err() {
                done = room;
                return;
            }
            // SAFETY: the name is NUL-terminated. A library that is not loaded stays so, and nothing of it runs.
            match unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_LAZY | libc::RTLD_NOLOAD) } {
                handle if handle.is_null() => found.is_whole = false,
                handle => memory::fill(&mut found.handles, [handle]),
            }
        });
        done.map(|()| found)
    }

    /// Whether no library has a symbol.
    fn lack(&self, symbol: &CStr) -> bool {
        let is_pythons = [&b"Py"[..], b"_Py"].iter().any(|start| symbol.to_bytes().starts_with(start));
        // SAFETY: the name is NUL-terminated, and each handle is of a library that is loaded.
        let is_in = |handle| unsafe { !libc::dlsym(handle, symbol.as_ptr()).is_null() };
        (is_pythons || self.is_whole) && !is_in(libc::RTLD_DEFAULT) && !self.handles.iter().any(|handle| is_in(*handle))
    }
}

impl Drop for Libraries {
    fn drop(&mut self) {
        for handle in &self.handles {
            // SAFETY: the handle came from `dlopen`, which counted it, and is not used after this.
            unsafe { libc::dlclose(*handle) };
        }
    }
}
