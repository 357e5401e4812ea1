//! Fatal errors: they write the program's mistake to standard error, in CPython's words, and raise SIGABRT. Nothing
//! here allocates memory or takes a lock that the thread may hold.

use super::lossy::Lossy;
use super::phase::{self, Phase};
use super::stderr::Stderr;
use super::thread::{State, attached, own};
use core::ffi::CStr;
use core::fmt::{self, Write};
use core::sync::atomic::{AtomicBool, Ordering};

/// The steps that need objects, for a thread that holds the GIL. A room above passes them in.
#[derive(Debug)]
pub struct Files {
    /// Prints the pending error, if there is one.
    pub show_pending: fn(),
    /// Flushes `sys.stdout` and `sys.stderr` as the program has set them.
    pub flush: fn(),
}

/// Ends the process. `function` is the name of the function that found the error, if it is known.
pub fn end(function: Option<Lossy<'_>>, message: fmt::Arguments<'_>, files: Files) -> ! {
    static ENDING: AtomicBool = AtomicBool::new(false);
    if !ENDING.swap(true, Ordering::Relaxed) {
        // Write errors are ignored: there is nowhere to report them.
        let _ = describe(&mut Stderr, function, message, &files);
    }
    // SAFETY: abort takes no arguments and may be called at any time.
    unsafe { libc::abort() }
}

/// Ends the process, for a room that can't print the pending error.
pub fn error(function: &'static str, message: fmt::Arguments<'_>) -> ! {
    end(Some(Lossy(function.as_bytes())), message, Files { show_pending: || {}, flush: || {} })
}

/// The fatal error of a thread that has released the GIL and calls a function that needs a thread state.
pub fn no_thread_state(function: &'static str) -> ! {
    error(
        function,
        format_args!(
            "the function must be called with the GIL held, after Python initialization and before Python finalization, \
             but the GIL is released (the current Python thread state is NULL)"
        ),
    )
}

fn describe(out: &mut Stderr, function: Option<Lossy<'_>>, message: fmt::Arguments<'_>, files: &Files) -> fmt::Result {
    write!(out, "Fatal Python error: ")?;
    if let Some(function) = function {
        write!(out, "{function}: ")?;
    }
    writeln!(out, "{message}")?;
    let own = own();
    match phase::current() {
        Phase::Loaded | Phase::Initialized => writeln!(out, "Python runtime state: initialized")?,
        Phase::Finalizing | Phase::Finalized => {
            let state = own.map_or(core::ptr::null_mut(), State::as_ptr);
            writeln!(out, "Python runtime state: finalizing (tstate=0x{:016x})", state.addr())?;
        }
    }
    if attached().is_some() {
        (files.show_pending)();
    }
    if own.is_some() {
        // SAFETY: pthread_self only reads the thread's own register.
        let thread = unsafe { libc::pthread_self() };
        let mut name = [0; 16];
        // SAFETY: the buffer has 16 bytes; a thread's name has at most 15 bytes and a NUL.
        unsafe { libc::prctl(libc::PR_GET_NAME, name.as_mut_ptr()) };
        let name = CStr::from_bytes_until_nul(&name).unwrap_or_default().to_bytes();
        let (open, close) = if name.is_empty() { ("", "") } else { (" [", "]") };
        let name = Lossy(name);
        writeln!(
            out,
            "\nCurrent thread 0x{thread:016x}{open}{name}{close} (most recent call first):\n  <no Python frame>"
        )?;
    }
    if attached().is_some() {
        (files.flush)();
    }
    Ok(())
}
