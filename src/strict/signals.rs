//! The handler of SIGABRT and SIGSEGV: installing it, whether it is running, and aborting without it.

use core::ffi::{c_int, c_void};
use core::ptr::{null, null_mut};
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

/// A handler of a signal, with the kernel's description of it.
pub type Handler = extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void);

/// The address of the handler that was installed.
static HANDLER: AtomicUsize = AtomicUsize::new(0);

/// Whether the process is ending: the handler runs, or the library aborts.
static ENDING: AtomicBool = AtomicBool::new(false);

/// Installs the handler for each of the two signals that still has the default action.
pub fn install(handler: Handler) {
    HANDLER.store(handler as usize, Relaxed);
    for signal in [libc::SIGABRT, libc::SIGSEGV] {
        // SAFETY: both calls get complete actions: all zeros is a valid `sigaction`, and the handler has the type that
        // SA_SIGINFO requires.
        unsafe {
            let mut action: libc::sigaction = core::mem::zeroed();
            if libc::sigaction(signal, null(), &mut action) != 0 || action.sa_sigaction != libc::SIG_DFL {
                continue;
            }
            action.sa_sigaction = handler as usize;
            // With SA_RESETHAND a second signal has the default action, as it would without the checker.
            action.sa_flags = libc::SA_SIGINFO | libc::SA_RESETHAND | libc::SA_NODEFER | libc::SA_ONSTACK;
            libc::sigaction(signal, &action, null_mut());
        }
    }
}

/// Whether the process is ending, so that its heap may be corrupt. The checker must then neither allocate nor wait.
pub fn is_ending() -> bool {
    ENDING.load(Relaxed)
}

/// Records that the process is ending. Returns whether this is the first call.
pub fn begin_ending() -> bool {
    !ENDING.swap(true, Relaxed)
}

/// Removes the handler of SIGABRT, because the library is about to abort on purpose.
pub fn remove_before_abort() {
    ENDING.store(true, Relaxed);
    // SAFETY: the first call writes a complete action. The second restores the default one, and only in place of the
    // library's.
    unsafe {
        let mut action: libc::sigaction = core::mem::zeroed();
        let is_read = libc::sigaction(libc::SIGABRT, null(), &mut action) == 0;
        if is_read && action.sa_sigaction == HANDLER.load(Relaxed) {
            libc::signal(libc::SIGABRT, libc::SIG_DFL);
        }
    }
}
