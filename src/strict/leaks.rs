//! Capsules that are left: at exit, or since a checkpoint.
//!
//! At exit, a capsule that something still leads to is no leak, as for LeakSanitizer (see `reach`). Where `exit` was called
//! by a function of the program, its variables and its callers' count too. It is looked twice: when the process begins to
//! end, and when all that runs then is done; what was held or is gone by one of the two is no leak.

use super::addresses::Addresses;
use super::finding::Finding;
use super::frames;
use super::kinds::Kind;
use super::left::Left;
use super::notes::{self, Book, Failure, Record};
use super::pending::Mark;
use super::place;
use super::protocol;
use super::reach::{Reachable, Registers};
use super::report::{self, Then};
use super::rules::pointer_of;
use crate::abi::PyObject;
use crate::runtime::fork::{self, Node};
use crate::runtime::lock::Lock;
use crate::runtime::log::process;
use crate::runtime::memory;
use crate::runtime::memory::aside::{Aside, Notes, note};
use crate::runtime::options;
use crate::runtime::stderr::Report;
use core::ffi::{c_int, c_void};
use core::fmt::Write;
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, Ordering::Relaxed};

/// The process that looks for leaks at its end, and from which capsule on: the one that switched the checker on for all of
/// them, a child of it for those that were made since it was forked.
static PROCESS: AtomicI32 = AtomicI32::new(0);
static FIRST: AtomicU64 = AtomicU64::new(0);

/// Notes who looks for leaks at exit.
pub fn prepare() {
    static IN_CHILD: Node<fn()> = Node::new(begin_in_child);
    PROCESS.store(process(), Relaxed);
    call_at_beginning_of_end();
    // Where there is no memory for it, children do not look for leaks.
    fork::tell_child(&IN_CHILD);
}

/// What a child does first: capsules made before are its parent's to answer for, and so is a failure that was not looked at.
fn begin_in_child() {
    FIRST.store(notes::next_number(), Relaxed);
    PROCESS.store(process(), Relaxed);
    if let Some(thread) = notes::open().known_thread() {
        thread.failure = None;
    }
}

/// The capsules that live and that this process answers for.
fn answered_for(book: &Book) -> impl Iterator<Item = &Record> {
    let first = FIRST.load(Relaxed);
    book.live().filter(move |record| record.number >= first)
}

/// The numbers of the capsules that something led to when the process began to end: after that its variables are destroyed,
/// and what was in a container leads nowhere.
static HELD: Lock<Addresses> = Lock::new(Addresses::new());
/// Whether the program says by its exit status that something has failed.
static HAS_FAILED: AtomicBool = AtomicBool::new(false);
/// Whether it could not be found out what is held.
static IS_HIDDEN: AtomicBool = AtomicBool::new(false);

/// Has it looked what is held before variables are destroyed that are there when the capsule of this number is: what is
/// registered last is called first. That is done for each of the first capsules, and seldom for later ones.
pub fn look_before_variables_end(number: u64) {
    const EACH: u64 = 64;
    if number <= EACH || number.is_power_of_two() {
        call_at_beginning_of_end();
    }
}

/// Has the C library call a function at the beginning of the end. Without memory for it, what is in containers is looked for
/// too late.
#[cfg(target_env = "gnu")]
fn call_at_beginning_of_end() {
    unsafe extern "C" {
        /// glibc's: as `atexit`, but the function is given the exit status.
        fn on_exit(function: extern "C" fn(c_int, *mut c_void), argument: *mut c_void) -> c_int;
    }
    extern "C" fn at_beginning_of_end(status: c_int, _: *mut c_void) {
        let here = Registers::now();
        HAS_FAILED.store(status != 0, Relaxed);
        note_held(&here);
    }
    // SAFETY: the function can be called at any time, and the library is never unloaded.
    unsafe { on_exit(at_beginning_of_end, core::ptr::null_mut()) };
}

/// The same with another C library, which does not tell the exit status.
#[cfg(not(target_env = "gnu"))]
fn call_at_beginning_of_end() {
    extern "C" fn at_beginning_of_end() {
        let here = Registers::now();
        note_held(&here);
    }
    // SAFETY: the function can be called at any time, and the library is never unloaded.
    unsafe { libc::atexit(at_beginning_of_end) };
}

/// Notes what is held, the first time.
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

/// Whether this process looks for leaks.
fn is_looked_for() -> bool {
    PROCESS.load(Relaxed) == process() && super::is_on() && options::get().leak_check
}

/// Called by the loader at exit, when the program and all that use the library have been finalised.
#[used]
#[unsafe(link_section = ".fini_array")]
static AT_EXIT: extern "C" fn() = at_exit;

extern "C" fn at_exit() {
    // What functions below this one leave on the stack holds nothing.
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
    if report::errors() > 0 {
        // SAFETY: ends the process as `exit` is about to, after what that does to streams.
        unsafe {
            libc::fflush(core::ptr::null_mut());
            libc::_exit(options::get().exitcode)
        }
    }
}

/// A failure whose error was still set when `Py_FinalizeEx` was called, which clears it.
static AT_FINALIZE: Lock<Option<Failure>> = Lock::new(None);

/// Notes a failure that was not looked at until `Py_FinalizeEx`. It is told of at exit, when the exit status is known.
pub fn note_unlooked() {
    let error = Mark::now();
    let failure = notes::open().known_thread().and_then(|thread| thread.unlooked(error));
    if failure.is_some() {
        *AT_FINALIZE.hold() = failure;
    }
}

/// A failure that was not looked at until the end. A program that ends with another exit status than 0 has looked: it compares a
/// result with NULL, says so, and leaves the error as it is.
fn unlooked() {
    if HAS_FAILED.load(Relaxed) {
        return;
    }
    let error = Mark::now();
    let failure = notes::open().known_thread().and_then(|thread| thread.unlooked(error));
    let Some(failure) = failure.or_else(|| AT_FINALIZE.hold().take()) else { return };
    let sentence = format_args!("{}, and nobody looked before the end", failure.in_words());
    let finding = Finding::new(Kind::UncheckedFailure, sentence).at(super::Role::Failed, failure.place);
    report::tell(&finding, Then::GoOn);
}

/// Reports what is left at exit.
fn check(here: &Registers) {
    let is_lost = |record: &&Record| !HELD.hold().contains(record.number as usize);
    if IS_HIDDEN.load(Relaxed) || !answered_for(&notes::open()).any(|record| is_lost(&record)) {
        return;
    }
    let Some(lost) = lost((!has_returned()).then_some(here)) else { return };
    let mut left = Left::new();
    for record in answered_for(&notes::open()).filter(|record| lost.contains(record.capsule)) {
        let is_tensor = protocol::is_tensor(record.name.text()) && record.contents.is_owed(pointer_of(record));
        left.add(if is_tensor { Kind::DlpackUnconsumed } else { Kind::Leak }, record);
    }
    left.tell();
}

/// The capsules that nothing leads to, also no other one that is left; `None` where that can't be found out.
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

/// Whether `main` has returned, or the function of a last thread: then the C library calls `exit`, and no function of the
/// program is left above it but `_start`. Where the stack is not understood, a function may be left.
fn has_returned() -> bool {
    /// How far into `_start` it calls the C library.
    const START: usize = 128;
    // SAFETY: asks for a number, which the system has given the program.
    let start = unsafe { libc::getauxval(libc::AT_ENTRY) } as usize;
    let is_start = |address: usize| (start..start.saturating_add(START)).contains(&address);
    let is_system = |address: usize| {
        let mut is_system = false;
        place::each_object(&mut |object| {
            is_system |= object.contains(address) && frames::is_system_file(object.path::<256>().as_bytes());
        });
        is_system
    };
    let mut callers = [core::ptr::null_mut(); place::TAKEN];
    let callers = place::callers(&mut callers).iter().map(|address| address.addr());
    // Our own function comes first, where it is a part of the program.
    let mut callers = callers.skip_while(|caller| !is_system(*caller)).peekable();
    let seen_system = callers.peek().is_some();
    let mut left = callers.skip_while(|caller| is_system(*caller));
    seen_system && left.next().is_none_or(is_start) && left.next().is_none()
}

/// How many capsules live; `None` while the checker is off.
pub fn live_count() -> Option<usize> {
    super::is_on().then(|| notes::open().live().count())
}

/// Shows each capsule that lives, in the order they were made, until `visit` gives something else than 0; gives that.
pub fn visit_live(visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
    if !is_on_for("pycapsule_visit_live") {
        return 0;
    }
    let mut after = 0;
    // The visitor may make and destroy capsules, so the notes are not open meanwhile.
    loop {
        let batch = live_after(after);
        let Some((last, _)) = batch.last() else { return 0 };
        after = *last;
        for (number, capsule) in &batch {
            let lives = notes::open().find(*capsule).is_some_and(|record| record.number == *number && record.is_live());
            if lives {
                match visit(core::ptr::with_exposed_provenance_mut(*capsule)) {
                    0 => {}
                    stop => return stop,
                }
            }
        }
    }
}

/// The capsules that live and were made after the one of this number, with their numbers, in order. Where there is no
/// memory for all of them, the first ones.
fn live_after(number: u64) -> Notes<(u64, usize)> {
    let book = notes::open();
    let later = || book.live().filter(|record| record.number > number).map(|record| (record.number, record.capsule));
    let mut batch = Notes::new_in(Aside);
    if batch.try_reserve_exact(later().count()).is_ok() {
        memory::fill(&mut batch, later());
        batch.sort_unstable();
    } else if let Some(first) = later().min() {
        let _ = note(&mut batch, first);
    }
    batch
}

/// A number for [`leaked_since`].
pub fn checkpoint() -> u64 {
    super::start();
    notes::next_number()
}

/// How many capsules live that were made since a checkpoint. Each is reported as a leak, once.
pub fn leaked_since(checkpoint: u64) -> usize {
    if !is_on_for("pycapsule_leaked_since") {
        return 0;
    }
    let mut left = Left::new();
    let mut count = 0;
    for record in notes::open().live().filter(|record| record.number >= checkpoint) {
        count += 1;
        left.add(Kind::Leak, record);
    }
    left.tell();
    count
}

/// Whether the checker is on. If not, says that a function has nothing to look at: a test suite that runs without the
/// checker must not pass for one that was checked.
fn is_on_for(function: &str) -> bool {
    static SAID: AtomicBool = AtomicBool::new(false);
    let is_on = super::is_on();
    if !is_on && !SAID.swap(true, Relaxed) {
        // What can't be written, is not.
        let _ = writeln!(
            Report::new(),
            "pycapsule: {function} finds nothing, for strict mode is off: call pycapsule_strict(1) first, or run with \
             PYCAPSULE_OPTIONS=strict=1"
        );
    }
    is_on
}
