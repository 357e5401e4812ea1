//! The beginning and the end of the runtime's life: what `Py_Initialize` and `Py_FinalizeEx` do.

use crate::runtime::phase::{self, Phase};
use core::ffi::c_int;
use core::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A function that `Py_AtExit` was given.
pub type ExitFunction = unsafe extern "C" fn();

/// The functions for the end; there is room for as many as in CPython.
struct ExitFunctions {
    functions: [Option<ExitFunction>; 32],
    count: usize,
}

static EXIT_FUNCTIONS: Mutex<ExitFunctions> = Mutex::new(ExitFunctions { functions: [None; 32], count: 0 });

fn exit_functions() -> MutexGuard<'static, ExitFunctions> {
    EXIT_FUNCTIONS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has a function called when everything else has been finalised; `false` when there is no room for it.
pub fn at_exit(function: ExitFunction) -> bool {
    let mut table = exit_functions();
    let next = table.count;
    let Some(place) = table.functions.get_mut(next) else { return false };
    *place = Some(function);
    table.count += 1;
    true
}

/// Calls the functions of [`at_exit`], the last one first, also those that come in meanwhile.
fn call_exit_functions() {
    loop {
        let mut table = exit_functions();
        let Some(last) = table.count.checked_sub(1) else { return };
        table.count = last;
        let function = table.functions.get_mut(last).and_then(mem::take);
        drop(table);
        if let Some(function) = function {
            // SAFETY: `Py_AtExit` was given it to be called now.
            unsafe { function() };
        }
    }
}

/// Begins a life. Does nothing when one is going on.
pub fn initialize() {
    let _ = phase::change(Phase::Loaded, Phase::Initialized) || phase::change(Phase::Finalized, Phase::Initialized);
}

/// Ends the runtime's life, and gives 0. Does nothing when it has ended.
pub fn finalize() -> c_int {
    if !phase::change(Phase::Initialized, Phase::Finalizing) && !phase::change(Phase::Loaded, Phase::Finalizing) {
        return 0;
    }
    call_exit_functions();
    phase::change(Phase::Finalizing, Phase::Finalized);
    0
}
