//! Another CPython in the process. Where it answers for symbols of this library, or this library for its own, nothing can
//! work: objects of one get into functions of the other. Then the process ends, with a line that says so, before it crashes.
//!
//! A libpython that is merely there, since a module was linked with it, does no harm: each symbol is found here first.

use super::stderr::Stderr;
use core::ffi::{CStr, c_int, c_void};
use core::fmt::Write;
use core::sync::atomic::AtomicBool;

/// The exit status, which is a shell's for a program that it has found and can't run.
const CANNOT_RUN: c_int = 126;
/// Further than any two objects of the library lie apart, and nearer than another library's can.
const NEAR: usize = 512 << 10;

/// A static of this library, for its address.
static HERE: AtomicBool = AtomicBool::new(false);

/// Ends the process when another CPython's `symbol` was taken for this library's, which exports it: as when it was loaded
/// into a running Python.
pub fn refuse_instead(symbol: *const c_void) {
    // It is far also in a program that has a copy of what the library exports.
    if symbol.addr().abs_diff((&raw const HERE).addr()) < NEAR {
        return;
    }
    let other = find(libc::RTLD_DEFAULT, c"_PyRuntime");
    if !other.is_null() && file_of(symbol) == file_of(other) {
        say("this process has a CPython already, whose symbols are found first: load the library with RTLD_DEEPBIND");
        // SAFETY: ends the process at once: the other CPython's state is not to be touched.
        unsafe { libc::_exit(CANNOT_RUN) };
    }
}

/// A function that runs Python was called. It can have been meant for a libpython that this library stands before.
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

/// The start of the program or library that an address is in; `None` when it is in none.
fn file_of(address: *const c_void) -> Option<*mut c_void> {
    let mut info = core::mem::MaybeUninit::<libc::Dl_info>::zeroed();
    // SAFETY: dladdr reads no memory at the address, and writes to the struct, of which zeroes are a value.
    let info = unsafe { (libc::dladdr(address, info.as_mut_ptr()) != 0).then(|| info.assume_init()) };
    info.map(|info| info.dli_fbase)
}
