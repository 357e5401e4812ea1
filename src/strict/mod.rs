//! The checker: it watches the calls of a program, notes where each capsule comes from, and reports what is wrong with it.
//! `PYCAPSULE_OPTIONS=strict=1` switches it on. It changes no behaviour: what a call returns and raises stays CPython's.
//!
//! The C face hands every capsule call to [`observe`] while somebody wants to know, and the end of a capsule arrives
//! through [`crate::runtime::events`]. What is known is in `notes`; the rules are in `rules` and `destruction`, and give
//! findings, which `report` tells once the notes are closed again: no foreign code runs, and the loader is not asked,
//! while they are open.

mod addresses;
mod blocks;
mod call;
mod cfi;
mod crash;
mod depot;
mod destruction;
mod finding;
mod frames;
mod freed;
mod json;
mod kinds;
mod leaks;
mod left;
mod maps;
mod names;
mod notes;
mod objects;
mod pending;
mod place;
mod protocol;
mod reach;
mod readable;
mod records;
mod report;
mod rules;
mod suppress;
mod symbols;
mod tools;

pub use call::{Argument, Call, Outcome, Seen};
pub use kinds::{Kind, Severity};
pub use leaks::{checkpoint, leaked_since, live_count, visit_live};
pub use report::set_callback;

use crate::abi::PyObject;
use crate::capsule::CAPSULE;
use crate::runtime::events::{self, Listener};
use crate::runtime::line;
use crate::runtime::lock::Lock;
use crate::runtime::memory::aside;
use crate::runtime::options;
use crate::runtime::{Result, error, neighbour, stack};
use core::fmt;
use core::sync::atomic::{AtomicU8, Ordering};
use finding::{Finding, Findings, Role};
use notes::{Life, NullAnswer};
use place::Place;
use report::Then;
use rules::Now;

/// What is wanted: nothing has been read yet, or these flags.
static WANTED: AtomicU8 = AtomicU8::new(UNREAD);
const UNREAD: u8 = 1 << 7;
const STRICT: u8 = 1 << 0;
const TRACE: u8 = 1 << 1;

static LISTENER: Listener = Listener { destruction_begins, destruction_ends, result_with_error };

/// Reads the options, once, and gets ready; ends the program when they make no sense.
pub fn start() {
    if WANTED.load(Ordering::Acquire) & UNREAD != 0 {
        read_options();
    }
}

/// A function of its own, since it takes a lot of stack.
#[cold]
#[inline(never)]
fn read_options() {
    static STARTING: Lock<()> = Lock::new(());
    neighbour::refuse_instead(CAPSULE.as_ptr().cast_const().cast());
    let options = options::get();
    report::prepare();
    let _guard = STARTING.hold();
    if WANTED.load(Ordering::Acquire) & UNREAD != 0 {
        let wanted = if options.strict { STRICT } else { 0 } | if options.trace { TRACE } else { 0 };
        want(wanted);
    }
}

/// Begins to watch, or ends it.
fn want(wanted: u8) {
    static READY: AtomicU8 = AtomicU8::new(0);
    if wanted & STRICT != 0 && READY.swap(1, Ordering::AcqRel) == 0 {
        stack::keep(NEEDED);
        report::reserve();
        aside::prepare();
        Findings::prepare();
        tools::prepare();
        readable::prepare();
        freed::prepare();
        symbols::prepare();
        place::prepare();
        crash::prepare();
        leaks::prepare();
        notes::prepare();
    }
    WANTED.store(wanted, Ordering::Release);
    // Of capsules that were noted, the end has to be noted too.
    let listens = wanted != 0 || READY.load(Ordering::Acquire) != 0;
    events::listen(listens.then_some(&LISTENER), CAPSULE);
}

/// Switches the checker on or off for what comes, and says whether it was on.
pub fn switch(on: bool) -> bool {
    start();
    let before = WANTED.load(Ordering::Acquire);
    let was_on = before & STRICT != 0;
    if was_on != on {
        want(before ^ STRICT);
    }
    was_on
}

/// The stack that the checker needs: a trace of callers that are new takes 13 KiB, a report 24, and the handler of a
/// program's for reports may want some more.
const NEEDED: usize = 32 * 1024;

/// What is looked at before the runtime's life ends.
pub fn life_ends() {
    if looks() {
        leaks::note_unlooked();
    }
}

/// Whether the checker is on, and has room on the stack for a look. What it can't look at it treats as if it was off.
fn looks() -> bool {
    is_on() && stack::has_room(NEEDED)
}

/// Whether the checker is on.
pub fn is_on() -> bool {
    start();
    WANTED.load(Ordering::Acquire) & STRICT != 0
}

fn traces() -> bool {
    WANTED.load(Ordering::Acquire) & TRACE != 0
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

/// Looks at a call before it is made; gives what holds then, while the checker is on. A function of its own, as the next is, so
/// that findings take no room on the stack while the call is made.
#[inline(never)]
fn before(call: &Call) -> Option<Now> {
    if !looks() {
        return None;
    }
    let now = Now::find_out();
    look(call, &now);
    Some(now)
}

/// Looks at a call. It is a function of its own so that the stack that it takes is not added to what `now` took.
#[inline(never)]
fn look(call: &Call, now: &Now) {
    let findings = rules::before(&mut notes::open(), call, now);
    tell(&findings);
}

/// Looks at a call after it was made.
#[inline(never)]
fn after(call: &Call, outcome: Option<Seen>, now: Option<&Now>) {
    let findings = match (now, call, outcome) {
        (None, call, _) => {
            if let Some(capsule) = call.capsule() {
                rules::done_unseen(&mut notes::open(), capsule.addr());
            }
            Findings::default()
        }
        (Some(now), _, None) => rules::failed(&mut notes::open(), call, now),
        (Some(now), Call::New { name, .. }, Some(Seen::Pointer(capsule))) => {
            let record = rules::new_record(capsule.expose_provenance(), *name, now);
            let number = notes::open().add(record);
            leaks::look_before_variables_end(number);
            Findings::default()
        }
        (Some(_), Call::IsValid { capsule, .. }, Some(Seen::Truth(true))) => {
            rules::is_as_asked(&mut notes::open(), capsule.addr());
            Findings::default()
        }
        (Some(now), _, Some(seen)) => rules::done(&mut notes::open(), call, seen, now),
    };
    tell(&findings);
    if traces() {
        match outcome {
            Some(seen) => report::trace(format_args!("{call} = {seen}")),
            None => report::trace(format_args!("{call} failed: {}", pending::describe())),
        }
    }
}

/// The listener's part before a capsule's destructor is called.
///
/// # Safety
/// The capsule is about to be destroyed.
unsafe fn destruction_begins(capsule: *mut PyObject) -> bool {
    if traces() {
        report::trace(format_args!("the destruction of {capsule:p} begins"));
    }
    let go_on = if looks() {
        let now = Now::find_out();
        look_at_end(capsule, &now)
    } else {
        notes::open().find(capsule.addr()).is_none_or(|record| record.life == Life::Live)
    };
    if !go_on && notes::open().find(capsule.addr()).is_some_and(|record| record.life == Life::Over) {
        // SAFETY: it is in quarantine. The count is what tells the next mistake from a good use.
        unsafe { (*capsule).ob_refcnt = 1 };
    }
    go_on
}

/// Looks at a capsule that is about to be destroyed; says whether that goes on. A function of its own, as `look` is.
#[inline(never)]
fn look_at_end(capsule: *mut PyObject, now: &Now) -> bool {
    let (go_on, findings) = destruction::begins(&mut notes::open(), capsule.expose_provenance(), now);
    tell(&findings);
    go_on
}

/// Looks at a capsule that is destroyed. A function of its own, as `look` is.
#[inline(never)]
fn look_after_end(capsule: *mut PyObject) {
    let findings = destruction::ends(&mut notes::open(), capsule.addr());
    tell(&findings);
}

/// The listener's part after it.
///
/// # Safety
/// The capsule's destructor is done, and its memory not freed.
unsafe fn destruction_ends(capsule: *mut PyObject) -> bool {
    if traces() {
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
            // SAFETY: it is destroyed, and was taken over.
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

/// The listener's part when a function of C gives a result with an error set; says which function.
fn result_with_error(result: fmt::Arguments<'_>) {
    if is_on() {
        let finding = rules::result_with_error(&mut notes::open(), result);
        if let Some(finding) = finding {
            report::tell(&finding, Then::Halt);
        }
    }
}

/// How somebody looks at the error indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// To learn whether there is an error, or of what class, or to clear it.
    Ask,
    /// To take or print the error that is there: the function that does.
    Take(&'static str),
}

/// Notes that somebody looks at the error indicator.
#[cold]
#[inline(never)]
pub fn looked(look: Look) {
    if !looks() {
        return;
    }
    let answer = match notes::open().thread() {
        Some(thread) => {
            thread.failure = None;
            thread.null_answer.take()
        }
        None => None,
    };
    let (Some(NullAnswer { function, capsule, place }), Look::Take(taker)) = (answer, look) else { return };
    let now = Place::here();
    // In the archive the innermost caller is the library itself.
    if error::occurred() || !place::is_apart() || !is_same_function(place, now) {
        return;
    }
    let sentence = format_args!("{function} gave NULL, which is no error here, and {taker} was called for one");
    let finding = match notes::open().find(capsule) {
        Some(record) => Finding::about(Kind::NullNotError, record, sentence),
        None => Finding::new(Kind::NullNotError, sentence),
    };
    report::tell(&finding.at(Role::Used, now), Then::Halt);
}

/// Whether two calls come from the same function.
fn is_same_function(one: Place, other: Place) -> bool {
    let caller = |place: Place| place.stack().into_iter().flatten().next().map(|frame| frame.address);
    match (caller(one), caller(other)) {
        (Some(one), Some(other)) => symbols::same_function(one, other),
        _ => false,
    }
}
