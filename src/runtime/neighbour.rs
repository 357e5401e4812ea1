//! Another CPython in the process. If its symbols are used in place of this library's, or the reverse, nothing can
//! work, because objects of one are passed to functions of the other. The process then ends with a line that explains
//! it, instead of a crash.
//!
//! A libpython that is only loaded, because a module was linked with it, does no harm: each symbol is found here first.

use super::stderr::Stderr;
use core::ffi::{CStr, c_int, c_void};
use core::fmt::Write;
use core::sync::atomic::AtomicBool;

/// The exit status that a shell uses for a program that it has found and can't run.
const CANNOT_RUN: c_int = 126;
/// More than the distance of any two objects of the library, and less than the distance to another library.
const NEAR: usize = 512 << 10;

/// A static of this library, of which only the address is used.
static HERE: AtomicBool = AtomicBool::new(false);

/// Ends the process when another CPython's `symbol` was used in place of this library's, which exports it. That happens
/// when the library is loaded into a running Python.
#[unsafe(link_section = ".text.startup")]
pub fn refuse_instead(symbol: *const c_void) {
    // It is also far away in a program that has a copy of an exported object.
    if symbol.addr().abs_diff((&raw const HERE).addr()) < NEAR {
        return;
    }
    let other = find(libc::RTLD_DEFAULT, c"_PyRuntime");
    if !other.is_null() && file_of(symbol) == file_of(other) {
        say("this process has a CPython already, whose symbols are found first: load the library with RTLD_DEEPBIND");
        // SAFETY: the process ends at once, because the other CPython's state must not be touched.
        unsafe { libc::_exit(CANNOT_RUN) };
    }
}

/// The end of a function that runs Python. The call may have been meant for a libpython before which this library is
/// loaded.
pub fn refuse_to_run(function: &str) -> c_int {
    let why = if find(libc::RTLD_NEXT, c"_PyRuntime").is_null() {
        "there is no Python interpreter in it"
    } else {
        "it stands before libpython in a program that runs Python, which can't work: see LD_PRELOAD"
    };
    say(format_args!("{function}: {why}"));
    CANNOT_RUN
}

fn say(text: impl core::fmt::Display) {
    // Write errors are ignored: there is nowhere to report them.
    let _ = writeln!(Stderr, "pycapsule: {text}");
}

fn find(where_: *mut c_void, name: &CStr) -> *const c_void {
    // SAFETY: dlsym reads the name, which ends with NUL.
    unsafe { libc::dlsym(where_, name.as_ptr()) }
}

/// The start of the program or library that contains an address; `None` when none does.
fn file_of(address: *const c_void) -> Option<*mut c_void> {
    let mut info = core::mem::MaybeUninit::<libc::Dl_info>::zeroed();
    // SAFETY: dladdr reads no memory at the address, and writes to the struct, for which zero bytes are valid.
    let info = unsafe { (libc::dladdr(address, info.as_mut_ptr()) != 0).then(|| info.assume_init()) };
    info.map(|info| info.dli_fbase)
}
