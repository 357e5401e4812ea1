//! The beginning and the end of the runtime's life: `Py_Initialize` and `Py_FinalizeEx`.

use super::end::{self, End};
use super::{audit, files, garbage, hooks, import_lock, root, teardown};
use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::options;
use crate::runtime::phase::{self, Phase};
use crate::runtime::thread;
use crate::runtime::{Result, error, gc};
use core::ffi::{c_int, c_void};
use core::mem;
use core::ops::ControlFlow;

/// A function that was passed to `Py_AtExit`.
pub type ExitFunction = unsafe extern "C" fn();

/// The functions for the end, with room for as many as in CPython.
struct ExitFunctions {
    functions: [Option<ExitFunction>; 32],
    count: usize,
}

static EXIT_FUNCTIONS: Lock<ExitFunctions> = Lock::new(ExitFunctions { functions: [None; 32], count: 0 });

/// Registers a function that is called after everything else was finalised; `false` when there is no room for it.
pub fn at_exit(function: ExitFunction) -> bool {
    let mut table = EXIT_FUNCTIONS.hold();
    let next = table.count;
    let Some(place) = table.functions.get_mut(next) else { return false };
    *place = Some(function);
    table.count += 1;
    true
}

/// Calls the functions of [`at_exit`], the last one first. Functions that are registered meanwhile are called too.
fn call_exit_functions() {
    loop {
        let mut table = EXIT_FUNCTIONS.hold();
        let Some(last) = table.count.checked_sub(1) else { return };
        table.count = last;
        let function = table.functions.get_mut(last).and_then(mem::take);
        drop(table);
        if let Some(function) = function {
            // SAFETY: C passed the function to `Py_AtExit` for a call without arguments at this time.
            unsafe { function() };
        }
    }
}

/// A function that was passed to `PyUnstable_AtExit`, and its argument.
struct Callback {
    function: unsafe extern "C" fn(*mut c_void),
    data: *mut c_void,
}

// SAFETY: the pointer is only passed to the function, and a function may be called from any thread.
unsafe impl Send for Callback {}

static CALLBACKS: Lock<Array<Callback>> = Lock::new(Array::new_in(Malloc));

/// Registers a function that is called when all modules are gone, while the thread still has its state. MemoryError
/// when there is no memory.
pub fn call_at_end(function: unsafe extern "C" fn(*mut c_void), data: *mut c_void) -> Result<()> {
    let mut callbacks = CALLBACKS.hold();
    let room = callbacks.try_reserve(1);
    if room.is_ok() {
        memory::fill(&mut callbacks, [Callback { function, data }]);
    }
    drop(callbacks);
    room.map_err(|_| memory::out_of_memory())
}

/// Calls the functions of [`call_at_end`], the last one first. Functions that are registered meanwhile are not called.
fn run_callbacks() {
    let callbacks = mem::replace(&mut *CALLBACKS.hold(), Array::new_in(Malloc));
    for Callback { function, data } in callbacks.iter().rev() {
        // SAFETY: C passed the function to `PyUnstable_AtExit` for a call with this argument at this time.
        unsafe { function(*data) };
    }
    CALLBACKS.hold().clear();
}

/// Begins a life of the runtime. Does nothing during a life.
#[unsafe(link_section = ".text.startup")]
pub fn initialize() {
    options::get();
    let begins_again = phase::change(Phase::Finalized, Phase::Initialized);
    if begins_again {
        // Code may have used `sys` after the end, which makes a new registry.
        root::release();
        end::enter(End::Far);
    }
    if begins_again || phase::change(Phase::Loaded, Phase::Initialized) {
        thread::begin();
        gc::set_enabled(true);
    }
}

/// Ends the runtime's life, and returns 0, or -1 when a program's own `sys.stdout` or `sys.stderr` can't be flushed.
/// Does nothing after the end.
pub fn finalize() -> c_int {
    if !thread::begin_end() {
        return 0;
    }
    import_lock::forget_others();
    if error::occurred() {
        // CPython's first step looks for the module `threading`, and reports the error of its caller.
        hooks::write_unraisable_text(format_args!("Exception ignored on threading shutdown"));
    }
    thread::delete_others();
    error::clear();
    let flushed = files::flush_all();
    garbage::collect();
    teardown::release_modules();
    thread::clear();
    audit::end();
    garbage::collect_at_end();
    root::release();
    run_callbacks();
    thread::end();
    end::enter(End::ExitFunctions);
    call_exit_functions();
    gc::untrack_all();
    end::enter(End::Reached);
    phase::change(Phase::Finalizing, Phase::Finalized);
    if flushed { 0 } else { -1 }
}

/// Finalises, and ends the process with this status, or with 120 when flushing failed (CPython: `Py_Exit`).
pub fn exit(status: c_int) -> ! {
    let status = if finalize() < 0 { 120 } else { status };
    // SAFETY: exit may be called by any thread that holds no lock of the library.
    unsafe { libc::exit(status) }
}

/// Prints the pending error and clears it (CPython: `PyErr_PrintEx`). `remember` keeps it in `sys.last_exc`. A
/// SystemExit ends the process.
pub fn print_pending(remember: bool) {
    if let ControlFlow::Break(status) = hooks::print_pending(remember) {
        exit(status);
    }
}
