//! `Include/pylifecycle.h`: initialising and finalising.

use crate::interpreter::lifecycle;
use crate::runtime::{neighbour, phase, version};
use crate::strict;
use core::ffi::{c_char, c_int, c_ulong};

/// Begins the runtime's life, with this thread holding the GIL. Does nothing when that was done already.
#[unsafe(no_mangle)]
pub extern "C" fn Py_Initialize() {
    strict::start();
    lifecycle::initialize();
}

/// `Py_Initialize`. There are no signal handlers to install, so the argument changes nothing.
#[unsafe(no_mangle)]
pub extern "C" fn Py_InitializeEx(_initsigs: c_int) {
    strict::start();
    lifecycle::initialize();
}

/// Ends the runtime's life: collects garbage, lets go of all modules, and so runs the destructors of the capsules they
/// hold, and calls the functions of `Py_AtExit`. Returns 0, or -1 when a `sys.stdout` or `sys.stderr` that a program has set
/// can't be flushed. Does nothing when the life has ended already.
#[unsafe(no_mangle)]
pub extern "C" fn Py_FinalizeEx() -> c_int {
    strict::life_ends();
    lifecycle::finalize()
}

/// `Py_FinalizeEx`, without a result.
#[unsafe(no_mangle)]
pub extern "C" fn Py_Finalize() {
    strict::life_ends();
    lifecycle::finalize();
}

/// Whether the runtime can be used: 1 from the moment the library is loaded until `Py_FinalizeEx` is called, and again
/// after another `Py_Initialize`; else 0.
#[unsafe(no_mangle)]
pub extern "C" fn Py_IsInitialized() -> c_int {
    phase::is_initialized().into()
}

/// Whether `Py_FinalizeEx` was called, and `Py_Initialize` not since then: 1 or 0.
#[unsafe(no_mangle)]
pub extern "C" fn Py_IsFinalizing() -> c_int {
    (!phase::is_initialized()).into()
}

/// The main function of `python`. There is no interpreter here: it prints that, and returns 126 for the program to end with.
///
/// It is here for a Python that this library stands before, by `LD_PRELOAD`, which would crash somewhat later.
#[unsafe(no_mangle)]
pub extern "C" fn Py_BytesMain(_argc: c_int, _argv: *mut *mut c_char) -> c_int {
    neighbour::refuse_to_run("Py_BytesMain")
}

/// Registers a function to be called at the end of `Py_FinalizeEx`, those registered last first. Returns 0, or -1, without an error,
/// when there is no room for more than the 32 registered.
///
/// # Safety
/// The function can be called then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_AtExit(function: Option<unsafe extern "C" fn()>) -> c_int {
    match function {
        Some(function) if !lifecycle::at_exit(function) => -1,
        _ => 0,
    }
}

/// Finalises, and ends the process with this status; with 120 if finalising failed.
#[unsafe(no_mangle)]
pub extern "C" fn Py_Exit(status: c_int) -> ! {
    strict::life_ends();
    lifecycle::exit(status)
}

/// The version of CPython that this is, in words: it begins with the number, before a space. A static string.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GetVersion() -> *const c_char {
    version::DESCRIPTION.as_ptr()
}

/// The platform, as in `sys.platform`: "linux". A static string.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GetPlatform() -> *const c_char {
    version::PLATFORM.as_ptr()
}

/// The version of CPython that this is, as `PY_VERSION_HEX` is made up.
#[unsafe(no_mangle)]
pub static Py_Version: c_ulong = version::HEX as c_ulong;
