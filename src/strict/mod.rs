//! The checker: it watches a program's calls, notes where each capsule comes from, and reports mistakes.
//! `PYCAPSULE_OPTIONS=strict=1` switches it on. It changes no behaviour: each call returns and raises as in CPython.
//!
//! This file holds the entry points and the order of the steps; the parts do not depend on it. The C face hands every capsule
//! call to [`observe`] while calls are watched, and [`crate::runtime::events`] announces the end of a capsule. Each part uses
//! only those after it:
//!
//! - `leaks`: which capsules are left at exit or since a checkpoint; `crash`: fatal signals that a capsule causes
//! - `rules`: the checks before and after each call, and around a destructor
//! - `report`: findings, and how they are written
//! - `notes`: a record for each capsule and for each thread
//! - `stack`: where calls come from; `memory`: reading memory that may be gone
//!
//! The rules look at open notes and return findings. These are reported when the notes are closed again: while the notes are
//! open, no foreign code runs and the loader is not asked, since either may take locks that wait for ours.

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

pub use call::{Argument, Call, Outcome, Seen};
pub use report::kinds::{Kind, Severity};
pub use report::set_callback;
pub use rules::null_answer::Look;

use crate::abi::PyObject;
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
use stack::{place, symbols};

static LISTENER: Listener = Listener { destruction_begins, destruction_ends, result_with_error };

/// Reads the options, once, and sets the checker up. Ends the program when the options make no sense.
pub fn start() {
    if switch::flags().is_none() {
        read_options();
    }
}

/// Out of line, since it takes a lot of stack.
#[cold]
#[inline(never)]
fn read_options() {
    static STARTING: Lock<()> = Lock::new(());
    neighbour::refuse_instead(CAPSULE.as_ptr().cast_const().cast());
    let options = options::get();
    report::prepare();
    let _guard = STARTING.hold();
    if switch::flags().is_none() {
        set(if options.strict { switch::STRICT } else { 0 } | if options.trace { switch::TRACE } else { 0 });
    }
}

/// Sets the switch, and begins or ends to listen.
fn set(flags: u8) {
    static IS_READY: AtomicBool = AtomicBool::new(false);
    if flags & switch::STRICT != 0 && !IS_READY.swap(true, Ordering::AcqRel) {
        prepare();
    }
    switch::set(flags);
    // The end of a capsule that was noted has to be noted too, even when the checker is off by then.
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

/// Whether the checker is on and has room on the stack to look. Where it has none, it does as if it were off.
fn looks() -> bool {
    is_on() && switch::has_room()
}

/// Looks at this thread's pending error before the runtime's life ends.
pub fn life_ends() {
    if looks() {
        leaks::exit::note_unlooked();
    }
}

/// How many capsules live; `None` while the checker is off.
pub fn live_count() -> Option<usize> {
    is_on().then(leaks::live::count)
}

/// Shows each capsule that lives, in the order in which they were made, until `visit` returns something else than 0. Returns
/// that, or 0.
pub fn visit_live(visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
    if is_on_for("pycapsule_visit_live") { leaks::live::visit(visit) } else { 0 }
}

/// A number for [`leaked_since`].
pub fn checkpoint() -> u64 {
    start();
    notes::next_number()
}

/// How many capsules live that were made since a checkpoint. Each is reported as a leak, once.
pub fn leaked_since(checkpoint: u64) -> usize {
    if is_on_for("pycapsule_leaked_since") { leaks::live::report_since(checkpoint) } else { 0 }
}

/// Whether the checker is on. If not, says that a function has nothing to look at: a test suite that runs without the
/// checker must not pass for one that was checked.
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

/// Makes a call, and looks at it before and after.
pub fn observe<T: Outcome>(call: Call, body: impl FnOnce() -> Result<T>) -> Result<T> {
    let now = before(&call);
    let result = body();
    after(&call, result.as_ref().ok().map(Outcome::seen), now.as_ref());
    result
}

/// Looks at a call before it is made. Returns the state of things then, or `None` while the checker is off. This and the next
/// four functions are out of line, so that findings take no room on the stack while the call is made or the state found out.
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

/// Looks at a call after it was made.
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
    if switch::traces() {
        match outcome {
            Some(seen) => report::trace(format_args!("{call} = {seen}")),
            None => report::trace(format_args!("{call} failed: {}", pending::describe())),
        }
    }
}

/// Looks at a capsule that is about to be destroyed. Returns whether that may go on.
#[inline(never)]
fn look_at_end(capsule: *mut PyObject, now: &Now) -> bool {
    let (go_on, findings) = destruction::begins(&mut notes::open(), capsule.expose_provenance(), now);
    tell(&findings);
    go_on
}

/// Looks at a capsule whose destructor has returned.
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
    let go_on = if looks() {
        let now = Now::find_out();
        look_at_end(capsule, &now)
    } else {
        notes::open().find(capsule.addr()).is_none_or(|record| record.life == Life::Live)
    };
    if !go_on && notes::open().find(capsule.addr()).is_some_and(|record| record.life == Life::Over) {
        // SAFETY: a record that is over belongs to the quarantine, which keeps the capsule's memory. A count of 1 makes the
        // next release too many arrive here again.
        unsafe { (*capsule).ob_refcnt = 1 };
    }
    go_on
}

/// The listener's part after the destructor has returned: `true` when the capsule's memory goes into the quarantine.
///
/// # Safety
/// The capsule's destructor is done, and its memory not freed.
unsafe fn destruction_ends(capsule: *mut PyObject) -> bool {
    if switch::traces() {
        report::trace(format_args!("the destruction of {capsule:p} ends"));
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
            notes::free(evicted);
            true
        }
        Err(()) => {
            book.remove(capsule.addr());
            false
        }
    }
}

/// The listener's part when a C function returns a result with an error set; `result` says which function.
fn result_with_error(result: fmt::Arguments<'_>) {
    if is_on() {
        let finding = calls::result_with_error(&mut notes::open(), result);
        if let Some(finding) = finding {
            report::tell(&finding, Then::Halt);
        }
    }
}

/// Notes that the program looks at the error indicator.
#[cold]
#[inline(never)]
pub fn looked(look: Look) {
    if looks()
        && let Some(finding) = null_answer::looked(look)
    {
        report::tell(&finding, Then::Halt);
    }
}
