//! The phase of the runtime's life. Nothing needs initialising, so the first phase already counts as initialised.
//! `Py_Initialize` adds a thread that holds the GIL, as in CPython.

use core::sync::atomic::{AtomicU8, Ordering};

/// A phase of the runtime's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Phase {
    /// The library was loaded, and everything works.
    Loaded,
    /// `Py_Initialize` was called.
    Initialized,
    /// `Py_FinalizeEx` is running.
    Finalizing,
    /// `Py_FinalizeEx` has returned.
    Finalized,
}

static CURRENT: AtomicU8 = AtomicU8::new(Phase::Loaded as u8);

/// The phase of the runtime.
pub fn current() -> Phase {
    match CURRENT.load(Ordering::Acquire) {
        0 => Phase::Loaded,
        1 => Phase::Initialized,
        2 => Phase::Finalizing,
        _ => Phase::Finalized,
    }
}

/// Whether the runtime can be used.
pub fn is_initialized() -> bool {
    matches!(current(), Phase::Loaded | Phase::Initialized)
}

/// Changes the phase, unless another thread has changed it first. Returns whether it did.
pub fn change(from: Phase, to: Phase) -> bool {
    CURRENT.compare_exchange(from as u8, to as u8, Ordering::AcqRel, Ordering::Acquire).is_ok()
}
