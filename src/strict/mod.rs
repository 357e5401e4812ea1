//! The checker: it watches a program's calls, records where each capsule comes from, and reports mistakes.
//! `PYCAPSULE_OPTIONS=strict=1` switches it on. It changes no behaviour: each call returns and raises the same as in
//! CPython.
//!
//! This file contains the entry points and the order of the steps; the parts do not depend on it. The C face passes
//! every capsule call to [`observe`] while calls are watched, and [`crate::runtime::events`] announces the end of a
//! capsule. Each part uses only those after it:
//!
//! - `leaks`: which capsules are left at exit or since a checkpoint; `crash`: fatal signals that a capsule causes
//! - `rules`: the checks before and after each call, and around a destructor
//! - `report`: findings, and how they are written
//! - `trace`: the events that are written to a file of their own
//! - `notes`: a record for each capsule and for each thread
//! - `stack`: where calls come from; `memory`: reading memory that may be unmapped
//!
//! The rules read open notes and return findings. These are reported after the notes are closed again. While the notes
//! are open, no foreign code runs and the loader is not called, because either may take locks that wait for the
//! library's.

mod call;
mod crash;
mod dlpack_arrow;
mod leaks;
mod memory;
mod notes;
mod pending;
mod report;
mod rules;
mod signals;
mod stack;
mod switch;
mod trace;

pub use call::{Argument, Call, Outcome, Seen};
pub use report::kinds::{Kind, Severity};
pub use report::set_callback;
pub use rules::null_answer::Look;

use crate::abi::{PyCapsule, PyObject};
use crate::capsule::CAPSULE;
use crate::runtime::events::{self, Listener};
use crate::runtime::lock::Lock;
use crate::runtime::memory::aside;
use crate::runtime::{Result, neighbour, options};
use core::ffi::c_int;
use core::fmt;
use core::sync::atomic::{AtomicBool, Ordering};
use memory::{freed, readable, tools};
use notes::record::Life;
use report::Then;
use report::finding::Findings;
use rules::now::Now;
use rules::{calls, destruction, null_answer};
use stack::place::Place;
use stack::{place, symbols};

static LISTENER: Listener = Listener { destruction_begins, destruction_ends, result_with_error };

/// Reads the options, once, and sets the checker up. Ends the program if the options are invalid.
pub fn start() {
    if switch::flags().is_none() {
        read_options();
    }
}

/// Out of line, because it needs a lot of stack. Its static is in `.data`, where the dynamic loader has written each page already: a page of
/// zeros would be one more that each process touches.
#[unsafe(link_section = ".text.startup")]
#[cold]
#[inline(never)]
fn read_options() {
    #[unsafe(link_section = ".data")]
    static STARTING: Lock<()> = Lock::new(());
    neighbour::refuse_instead(CAPSULE.as_ptr().cast_const().cast());
    let options = options::get();
    report::prepare();
    let _guard = STARTING.hold();
    if switch::flags().is_none() {
        let flag = |flag, is_set| if is_set { flag } else { 0 };
        let traces_to_file = !options.trace_path.is_empty();
        if traces_to_file {
            trace::prepare();
        }
        set(flag(switch::STRICT, options.strict)
            | flag(switch::TRACE, options.trace)
            | flag(switch::FILE, traces_to_file));
    }
}

/// Sets the switch, and starts or stops listening.
#[unsafe(link_section = ".text.startup")]
fn set(flags: u8) {
    #[unsafe(link_section = ".data")]
    static IS_READY: AtomicBool = AtomicBool::new(false);
    if flags & switch::STRICT != 0 && !IS_READY.swap(true, Ordering::AcqRel) {
        prepare();
    }
    switch::set(flags);
    // The end of a capsule that has a record has to be recorded too, even if the checker is off by then.
    let listens = flags != 0 || IS_READY.load(Ordering::Acquire);
    events::listen(listens.then_some(&LISTENER));
}

/// Sets each part up, the first time that the checker is switched on.
fn prepare() {
    switch::reserve_stack();
    report::reserve();
    aside::prepare();
    Findings::prepare();
    tools::prepare();
    readable::prepare();
    freed::prepare();
    symbols::prepare();
    place::prepare();
    crash::prepare();
    leaks::exit::prepare();
    notes::prepare();
}

/// Switches the checker on or off from now on. Returns whether it was on.
pub fn switch(on: bool) -> bool {
    start();
    let flags = switch::flags().unwrap_or_default();
    let was_on = flags & switch::STRICT != 0;
    if was_on != on {
        set(flags ^ switch::STRICT);
    }
    was_on
}

/// Whether the checker is on.
pub fn is_on() -> bool {
    start();
    switch::is_on()
}

/// Whether the checker is on and has room on the stack to work. Without room, it behaves as if it were off.
fn looks() -> bool {
    is_on() && switch::has_room()
}

/// Checks this thread's pending error before the runtime's life ends.
pub fn life_ends() {
    if looks() {
        leaks::exit::note_unlooked();
    }
}

/// The number of live capsules; `None` while the checker is off.
pub fn live_count() -> Option<usize> {
    is_on().then(leaks::live::count)
}

/// Calls `visit` with each live capsule, in the order in which they were made, until it returns a number other than 0.
/// Returns that number, or 0.
pub fn visit_live(visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
    if is_on_for("pycapsule_visit_live") { leaks::live::visit(visit) } else { 0 }
}

/// A number for [`leaked_since`].
pub fn checkpoint() -> u64 {
    start();
    notes::next_number()
}

/// The number of live capsules that were made since a checkpoint. Each is reported as a leak, once.
pub fn leaked_since(checkpoint: u64) -> usize {
    if is_on_for("pycapsule_leaked_since") { leaks::live::report_since(checkpoint) } else { 0 }
}

/// Whether the checker is on. If not, a warning says that a function has no information: a test suite that runs without
/// the checker must not look as if it had been checked.
fn is_on_for(function: &str) -> bool {
    let is_on = is_on();
    if !is_on {
        report::say_off(function);
    }
    is_on
}

fn tell(findings: &Findings) {
    for finding in findings.iter() {
        report::tell(finding, Then::Halt);
    }
}

/// Makes a call, and checks it before and after.
pub fn observe<T: Outcome>(call: Call, body: impl FnOnce() -> Result<T>) -> Result<T> {
    let now = before(&call);
    let result = body();
    after(&call, result.as_ref().ok().map(Outcome::seen), now.as_ref());
    result
}

/// Checks a call before it is made. Returns the present state, or `None` while the checker is off. This and the next
/// four functions are out of line, so that findings use no stack while the call is made or the state is read.
#[inline(never)]
fn before(call: &Call) -> Option<Now> {
    if !looks() {
        return None;
    }
    let now = Now::find_out();
    look(call, &now);
    Some(now)
}

#[inline(never)]
fn look(call: &Call, now: &Now) {
    let findings = calls::before(&mut notes::open(), call, now);
    tell(&findings);
}

/// Checks a call after it was made.
#[inline(never)]
fn after(call: &Call, outcome: Option<Seen>, now: Option<&Now>) {
    let findings = match (now, call, outcome) {
        (None, call, _) => {
            if let Some(capsule) = call.capsule() {
                calls::done_unseen(&mut notes::open(), capsule.addr());
            }
            Findings::default()
        }
        (Some(now), _, None) => calls::failed(&mut notes::open(), call, now),
        (Some(now), Call::New { name, .. }, Some(Seen::Pointer(capsule))) => {
            let record = calls::new_record(capsule.expose_provenance(), *name, now);
            let number = notes::open().add(record);
            leaks::exit::look_before_variables_end(number);
            Findings::default()
        }
        (Some(_), Call::IsValid { capsule, .. }, Some(Seen::Truth(true))) => {
            calls::is_valid(&mut notes::open(), capsule.addr());
            Findings::default()
        }
        (Some(now), _, Some(seen)) => calls::done(&mut notes::open(), call, seen, now),
    };
    tell(&findings);
    if switch::traces_to_file() {
        trace::call(call, outcome, now.map_or_else(Place::here, |now| now.place));
    }
    if switch::traces() {
        match outcome {
            Some(seen) => report::trace(format_args!("{call} = {seen}")),
            None => report::trace(format_args!("{call} failed: {}", pending::describe())),
        }
    }
}

/// Checks a capsule that is about to be destroyed. Returns whether the destruction may continue.
#[inline(never)]
fn look_at_end(capsule: *mut PyObject, now: &Now) -> bool {
    let (go_on, findings) = destruction::begins(&mut notes::open(), capsule.expose_provenance(), now);
    tell(&findings);
    go_on
}

/// Checks a capsule whose destructor has returned.
#[inline(never)]
fn look_after_end(capsule: *mut PyObject) {
    let findings = destruction::ends(&mut notes::open(), capsule.addr());
    tell(&findings);
}

/// The listener's part before a capsule's destructor is called.
///
/// # Safety
/// The capsule is about to be destroyed.
unsafe fn destruction_begins(capsule: *mut PyObject) -> bool {
    if switch::traces() {
        report::trace(format_args!("the destruction of {capsule:p} begins"));
    }
    if switch::traces_to_file() {
        // SAFETY: the listener gets a capsule that is still whole.
        trace::destruction_begins(capsule, unsafe { (*capsule.cast::<PyCapsule>()).destructor });
    }
    let go_on = if looks() {
        let now = Now::find_out();
        look_at_end(capsule, &now)
    } else {
        notes::open().find(capsule.addr()).is_none_or(|record| record.life == Life::Live)
    };
    if !go_on && notes::open().find(capsule.addr()).is_some_and(|record| record.life == Life::Over) {
        // SAFETY: a record that is over belongs to the quarantine, which keeps the capsule's memory. With a count of 1,
        // the next surplus release arrives here again.
        unsafe { (*capsule).ob_refcnt = 1 };
    }
    go_on
}

/// The listener's part after the destructor has returned. `true` means that the quarantine keeps the capsule's memory.
///
/// # Safety
/// The capsule's destructor is done, and its memory not freed.
unsafe fn destruction_ends(capsule: *mut PyObject) -> bool {
    if switch::traces() {
        report::trace(format_args!("the destruction of {capsule:p} ends"));
    }
    if switch::traces_to_file() {
        trace::destruction_ends(capsule.addr());
    }
    if !looks() {
        let mut book = notes::open();
        if let Some(thread) = book.known_thread() {
            thread.end(capsule.addr());
        }
        book.remove(capsule.addr());
        return false;
    }
    look_after_end(capsule);
    let mut book = notes::open();
    let kept = if book.find(capsule.addr()).is_some() { book.quarantine(capsule.addr()) } else { Err(()) };
    match kept {
        Ok(evicted) => {
            // SAFETY: the destructor is done, and the quarantine has taken the memory over, so that it is not freed yet.
            unsafe { destruction::bury(capsule) };
            drop(book);
            // SAFETY: the quarantine has just given it up.
            unsafe { notes::free(evicted) };
            true
        }
        Err(()) => {
            book.remove(capsule.addr());
            false
        }
    }
}

/// The listener's part when a C function returns a result with an error set; `result` names the function.
fn result_with_error(result: fmt::Arguments<'_>) {
    if is_on() {
        let finding = calls::result_with_error(&mut notes::open(), result);
        if let Some(finding) = finding {
            report::tell(&finding, Then::Halt);
        }
    }
}

/// Records that the program reads the error indicator.
#[cold]
#[inline(never)]
pub fn looked(look: Look) {
    if looks()
        && let Some(finding) = null_answer::looked(look)
    {
        report::tell(&finding, Then::Halt);
    }
}
