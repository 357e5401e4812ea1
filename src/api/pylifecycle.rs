//! `Include/pylifecycle.h`: initialising and finalising, and handlers of signals.

use crate::abi::PyOS_sighandler_t;
use crate::interpreter::lifecycle;
use crate::runtime::thread::PyInterpreterState;
use crate::runtime::{IntoC, neighbour, phase, signal, version};
use crate::strict;
use core::ffi::{c_char, c_int, c_ulong, c_void};

/// Initialises the runtime, with this thread holding the GIL. Does nothing when the runtime is initialised already.
#[unsafe(link_section = ".text.startup")]
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

/// Finalises the runtime: collects garbage and drops all modules, which runs the destructors of the capsules that they
/// hold. Then calls the functions of `Py_AtExit`. Returns 0, or -1 when a `sys.stdout` or `sys.stderr` that a program
/// has set can't be flushed. Does nothing when the runtime is finalised already.
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

/// The main function of `python`. There is no interpreter here, so it prints that and returns 126, the program's exit
/// status.
///
/// It exists for a Python before which this library is loaded by `LD_PRELOAD`. Without this function such a Python
/// would crash a little later.
#[unsafe(no_mangle)]
pub extern "C" fn Py_BytesMain(_argc: c_int, _argv: *mut *mut c_char) -> c_int {
    neighbour::refuse_to_run("Py_BytesMain")
}

/// Registers a function that `Py_FinalizeEx` calls at its end, those registered last first. Returns 0, or -1, without
/// an error, when 32 functions are registered already.
///
/// # Safety
/// The function can be called at that time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_AtExit(function: Option<unsafe extern "C" fn()>) -> c_int {
    match function {
        Some(function) if !lifecycle::at_exit(function) => -1,
        _ => 0,
    }
}

/// Registers a function that `Py_FinalizeEx` calls with this argument when all modules are gone, before the functions of
/// `Py_AtExit`; those registered last come first. Returns 0, or -1 with MemoryError.
///
/// # Safety
/// The function can be called with the argument at that time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_AtExit(
    _interpreter: *mut PyInterpreterState,
    function: Option<unsafe extern "C" fn(*mut c_void)>,
    data: *mut c_void,
) -> c_int {
    function.map_or(Ok(()), |function| lifecycle::call_at_end(function, data)).into_c()
}

/// Finalises, and ends the process with this status, or with 120 if finalising failed.
#[unsafe(no_mangle)]
pub extern "C" fn Py_Exit(status: c_int) -> ! {
    strict::life_ends();
    lifecycle::exit(status)
}

/// The version of CPython that the library corresponds to: a static string that begins with the number, before a space.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GetVersion() -> *const c_char {
    version::DESCRIPTION.as_ptr()
}

/// The build of the library, which is also in the text of [`Py_GetVersion`]: a static string.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GetBuildInfo() -> *const c_char {
    version::BUILD.as_ptr()
}

/// The compiler of the library, in brackets: a static string.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GetCompiler() -> *const c_char {
    c"[rustc]".as_ptr()
}

/// The copyright of the library: a static string.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GetCopyright() -> *const c_char {
    version::COPYRIGHT.as_ptr()
}

/// Whether the library checks CPython's assertions: 0.
#[unsafe(no_mangle)]
pub extern "C" fn _Py_GetBuiltWithAssert() -> c_int {
    0
}

/// The platform, as in `sys.platform`: "linux". A static string.
#[unsafe(no_mangle)]
pub extern "C" fn Py_GetPlatform() -> *const c_char {
    version::PLATFORM.as_ptr()
}

/// The version of CPython that the library corresponds to, in the form of `PY_VERSION_HEX`.
#[unsafe(no_mangle)]
pub static Py_Version: c_ulong = version::HEX as c_ulong;

/// The arguments with which the interpreter's own program was started: none, because this library is always inside another program.
/// Either pointer may be NULL.
///
/// # Safety
/// Each pointer is NULL or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetArgcArgv(argc: *mut c_int, argv: *mut *mut *mut libc::wchar_t) {
    // SAFETY: each place is NULL or can be written.
    unsafe {
        if let Some(argc) = argc.as_mut() {
            *argc = 0;
        }
        if let Some(argv) = argv.as_mut() {
            *argv = core::ptr::null_mut();
        }
    }
}

/// The handler of a signal, or `SIG_ERR` for a number that no signal has.
#[unsafe(no_mangle)]
pub extern "C" fn PyOS_getsig(sig: c_int) -> PyOS_sighandler_t {
    signal::handler(sig)
}

/// Sets the handler of a signal, which runs on the alternative stack if the program has set one. Returns the old handler, or `SIG_ERR` for a
/// number that no signal has.
///
/// # Safety
/// The handler is `SIG_DFL`, `SIG_IGN` or a function that may run when the signal comes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_setsig(sig: c_int, handler: PyOS_sighandler_t) -> PyOS_sighandler_t {
    // SAFETY: the caller's handler may run.
    unsafe { signal::set_handler(sig, handler) }
}
