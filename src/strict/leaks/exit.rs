//! Capsules that are left at exit, and a failure that was not checked until then.
//!
//! A capsule that is still reachable is not a leak, as for LeakSanitizer (see `reach`). If a function of the program
//! called `exit`, its variables and its callers' count too. The search runs twice: when the process begins to end, and
//! after all exit functions have run. A capsule that was reachable, or destroyed, at either time is not a leak.

use super::left::Left;
use super::reach::{Reachable, Registers};
use crate::runtime::fork::{self, Node};
use crate::runtime::lock::Lock;
use crate::runtime::memory;
use crate::runtime::memory::aside::{Aside, Notes, note};
use crate::runtime::options;
use crate::runtime::process;
use crate::strict::dlpack_arrow;
use crate::strict::memory::addresses::Addresses;
use crate::strict::notes::record::Record;
use crate::strict::notes::threads::Failure;
use crate::strict::notes::{self, Book};
use crate::strict::pending::Mark;
use crate::strict::report::finding::{Finding, Role};
use crate::strict::report::kinds::Kind;
use crate::strict::report::{self, Then};
use crate::strict::stack::{loaded, place};
use crate::strict::switch;
use crate::strict::trace;
use core::ffi::{c_int, c_void};
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering::Relaxed};

/// The process that searches for leaks at its end, and the number of the first capsule for which it is responsible: all
/// capsules in the process that switched the checker on, those made since the fork in a child of it.
static PROCESS: AtomicI32 = AtomicI32::new(0);
static FIRST: AtomicU64 = AtomicU64::new(0);

/// Sets up the search at exit, in this process and its children.
pub fn prepare() {
    static IN_CHILD: Node<fn()> = Node::new(begin_in_child);
    PROCESS.store(process::id(), Relaxed);
    call_at_beginning_of_end();
    // Without memory for this, children do not search for leaks.
    fork::tell_child(&IN_CHILD);
}

/// The child's part of a fork. Its parent is responsible for the capsules that were made before, and for a failure that
/// was not checked.
fn begin_in_child() {
    FIRST.store(notes::next_number(), Relaxed);
    PROCESS.store(process::id(), Relaxed);
    if let Some(thread) = notes::open().known_thread() {
        thread.failure = None;
    }
}

/// The live capsules for which this process is responsible.
fn answered_for(book: &Book) -> impl Iterator<Item = &Record> {
    let first = FIRST.load(Relaxed);
    book.live().filter(move |record| record.number >= first)
}

/// The numbers of the capsules that were reachable when the process began to end. Afterwards the variables of the
/// program are destroyed, and capsules in containers are no longer reachable.
static HELD: Lock<Addresses> = Lock::new(Addresses::new());
/// Whether the program's exit status signals a failure.
static HAS_FAILED: AtomicBool = AtomicBool::new(false);
/// Whether the reachable capsules could not be determined.
static IS_HIDDEN: AtomicBool = AtomicBool::new(false);

/// Registers the first search again when the capsule of this number was made. Exit functions are called in reverse
/// order, so the search then precedes the destruction of variables that exist now. This is done for each of the first
/// capsules, and seldom for later ones.
pub fn look_before_variables_end(number: u64) {
    const EACH: u64 = 64;
    if number <= EACH || number.is_power_of_two() {
        call_at_beginning_of_end();
    }
}

/// Registers the first search as an exit function. Without memory for that, the search is too late for capsules in
/// containers.
#[cfg(target_env = "gnu")]
fn call_at_beginning_of_end() {
    unsafe extern "C" {
        /// glibc's `atexit` for functions that get the exit status.
        fn on_exit(function: extern "C" fn(c_int, *mut c_void), argument: *mut c_void) -> c_int;
    }
    extern "C" fn at_beginning_of_end(status: c_int, _: *mut c_void) {
        let here = Registers::now();
        HAS_FAILED.store(status != 0, Relaxed);
        note_held(&here);
    }
    // SAFETY: the function has no preconditions, and the library is never unloaded (`-z nodelete`).
    unsafe { on_exit(at_beginning_of_end, core::ptr::null_mut()) };
}

/// Registers the first search as an exit function, with a C library that does not pass the exit status.
#[cfg(not(target_env = "gnu"))]
fn call_at_beginning_of_end() {
    extern "C" fn at_beginning_of_end() {
        let here = Registers::now();
        note_held(&here);
    }
    // SAFETY: the function has no preconditions, and the library is never unloaded (`-z nodelete`).
    unsafe { libc::atexit(at_beginning_of_end) };
}

/// Records which capsules are reachable; only the first call does.
#[inline(never)]
fn note_held(here: &Registers) {
    static DONE: AtomicBool = AtomicBool::new(false);
    if DONE.swap(true, Relaxed) || !is_looked_for() || answered_for(&notes::open()).next().is_none() {
        return;
    }
    let Some(reachable) = Reachable::find((!has_returned()).then_some(here)) else {
        IS_HIDDEN.store(true, Relaxed);
        return;
    };
    let mut held = HELD.hold();
    for record in answered_for(&notes::open()).filter(|record| reachable.contains(record.capsule)) {
        held.add(record.number as usize);
    }
}

/// Whether this process searches for leaks.
fn is_looked_for() -> bool {
    PROCESS.load(Relaxed) == process::id() && switch::is_on() && options::get().leak_check
}

/// The loader calls this at exit, after the program and every object that uses the library have been finalised.
#[used]
#[unsafe(link_section = ".fini_array")]
static AT_EXIT: extern "C" fn() = at_exit;

extern "C" fn at_exit() {
    // Words that earlier calls have left below this frame are not searched.
    let here = Registers::now();
    end(&here);
}

#[inline(never)]
fn end(here: &Registers) {
    if is_looked_for() {
        unlooked();
        check(here);
    }
    report::sum_up();
    if switch::traces_to_file() {
        trace::process_ends();
    }
    if report::errors() > 0 {
        // SAFETY: `fflush(NULL)` flushes all streams, as `exit` would next; neither call has preconditions.
        unsafe {
            libc::fflush(core::ptr::null_mut());
            libc::_exit(options::get().exitcode)
        }
    }
}

/// The failure whose error was still set when `Py_FinalizeEx` was called, which clears it.
static AT_FINALIZE: Lock<Option<Failure>> = Lock::new(None);

/// Records a failure that was not checked before `Py_FinalizeEx`. It is reported at exit, when the exit status is
/// known.
pub fn note_unlooked() {
    let error = Mark::now();
    let failure = notes::open().known_thread().and_then(|thread| thread.unlooked(error));
    if failure.is_some() {
        *AT_FINALIZE.hold() = failure;
    }
}

/// Reports a failure that was not checked until the end. A program that ends with an exit status other than 0 has
/// checked it: it compared a result with NULL, failed because of that, and left the error set.
fn unlooked() {
    if HAS_FAILED.load(Relaxed) {
        return;
    }
    let error = Mark::now();
    let failure = notes::open().known_thread().and_then(|thread| thread.unlooked(error));
    let Some(failure) = failure.or_else(|| AT_FINALIZE.hold().take()) else { return };
    let sentence = format_args!("{}, and the program did not look before the end", failure.in_words());
    let finding = Finding::new(Kind::UncheckedFailure, sentence).at(Role::Failed, failure.place);
    report::tell(&finding, Then::GoOn);
}

/// Reports the capsules that are left at exit.
fn check(here: &Registers) {
    let is_lost = |record: &&Record| !HELD.hold().contains(record.number as usize);
    if IS_HIDDEN.load(Relaxed) || !answered_for(&notes::open()).any(|record| is_lost(&record)) {
        return;
    }
    let Some(lost) = lost((!has_returned()).then_some(here)) else { return };
    let mut left = Left::new();
    for record in answered_for(&notes::open()).filter(|record| lost.contains(record.capsule)) {
        let is_tensor = dlpack_arrow::is_tensor(record.name.text()) && record.contents.is_owed(record.pointer());
        left.add(if is_tensor { Kind::DlpackUnconsumed } else { Kind::Leak }, record);
    }
    left.tell();
}

/// The capsules that are reachable neither from the program nor from another capsule that is left; `None` if that can't
/// be determined.
fn lost(caller: Option<&Registers>) -> Option<Addresses> {
    let reachable = Reachable::find(caller)?;
    let mut lost: Notes<(u64, usize)> = Notes::new_in(Aside);
    let is_held = |record: &&Record| reachable.contains(record.capsule) || HELD.hold().contains(record.number as usize);
    for record in answered_for(&notes::open()).filter(|record| !is_held(record)) {
        note(&mut lost, (record.number, record.capsule))?;
    }
    lost.sort_unstable();
    let mut capsules = Notes::new_in(Aside);
    capsules.try_reserve_exact(lost.len()).ok()?;
    memory::fill(&mut capsules, lost.iter().map(|(_, capsule)| *capsule));
    let mut addresses = Addresses::new();
    for capsule in &reachable.not_held_by_others(&capsules)? {
        addresses.add(*capsule);
    }
    Some(addresses)
}

/// Whether `main` has returned, or the last thread's function. Then the C library calls `exit`, and `_start` is the
/// program's only function above that. `false` also if the stack can't be read.
fn has_returned() -> bool {
    /// The largest offset in `_start` of the call of the C library.
    const START: usize = 128;
    // SAFETY: `getauxval` accepts any number, and returns 0 for an unknown one.
    let start = unsafe { libc::getauxval(libc::AT_ENTRY) } as usize;
    let is_start = |address: usize| (start..start.saturating_add(START)).contains(&address);
    let is_system = |address: usize| {
        let mut is_system = false;
        loaded::each_object(&mut |object| {
            is_system |= object.contains(address) && loaded::is_system_file(object.path::<256>().as_bytes());
        });
        is_system
    };
    let mut callers = [core::ptr::null_mut(); place::TAKEN];
    let callers = place::callers(&mut callers).iter().map(|address| address.addr());
    // The library's own functions come first, if it is linked into the program.
    let mut callers = callers.skip_while(|caller| !is_system(*caller)).peekable();
    let seen_system = callers.peek().is_some();
    let mut left = callers.skip_while(|caller| is_system(*caller));
    seen_system && left.next().is_none_or(is_start) && left.next().is_none()
}
