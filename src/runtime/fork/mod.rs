//! fork: the state that threads share is consistent in the child, where only the thread that forked continues.
//!
//! Handlers of `pthread_atfork` ensure this. They are registered as soon as there is something to protect: a lock that
//! was locked beside other threads, or a thread state. Before the fork they take the GIL and all locks, so that no
//! other thread is in the middle of a change. In the child they release the locks, reinitialise the condition
//! variables, and then call each room's function that forgets the other threads.
//!
//! Neither the GIL nor a lock is waited for without end. A thread that waits for the forking thread may hold the GIL,
//! and the forking thread itself may hold a lock if it forks in a signal handler.
//!
//! This folder is below the locks and the threads, which enter their parts in its registry: the mutexes and condition
//! variables through `MUTEXES` and `CONDITIONS`, the GIL through `guard_gil`, and anything else through [`tell_child`].
//! The handlers are in this file.

mod registry;

pub(super) use registry::{CONDITIONS, ForkMutex, Gil, MUTEXES, guard_gil};
pub use registry::{List, Node, tell_child};

use super::local::{Zeroed, local};
use super::process;
use super::pthread::is_alone;
use core::cell::Cell;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicI32, AtomicUsize, Ordering};
use registry::{IN_CHILD, REGISTRY, Registry, gil};

/// The number of threads that are doing work which a fork must not interrupt, and for which no lock may be held.
static BUSY: AtomicUsize = AtomicUsize::new(0);

/// Does some work for which the forks of other threads wait, for a limited time.
pub fn put_off<T>(work: impl FnOnce() -> T) -> T {
    let count = |by: isize| {
        let _registry = (!is_alone()).then(|| {
            let registry = Registry::lock();
            registry.watch();
            registry
        });
        BUSY.store(BUSY.load(Ordering::Relaxed).wrapping_add_signed(by), Ordering::Relaxed);
        FORKING.with(|forking| forking.busy.set(forking.busy.get().wrapping_add_signed(by)));
    };
    count(1);
    let done = work();
    count(-1);
    done
}

/// The progress of a thread's forks.
struct Forking {
    /// Whether the thread has taken all locks for a fork.
    locks: Cell<bool>,
    /// Whether it has taken the GIL for a fork.
    gil: Cell<bool>,
    /// Whether it has begun a fork, and neither the parent's nor the child's handler has run yet.
    begun: Cell<bool>,
    /// The number of forks that it has begun in signal handlers, during a fork for which it has taken all locks.
    inner: Cell<usize>,
    /// The number of pieces of work that it is doing and for which the forks of other threads wait.
    busy: Cell<usize>,
}

// SAFETY: the fields are booleans and numbers in cells; zero bytes are false and 0.
unsafe impl Zeroed for Forking {}

local! {
    static FORKING: Forking = "pycapsule_forking";
}

/// Whether this thread has taken all locks, to fork.
pub(super) fn has_all_locks() -> bool {
    FORKING.with(|forking| forking.locks.get())
}

/// Whether this thread has taken the GIL, to fork. If so, the caller owns it from now on.
pub(super) fn hand_over_gil() -> bool {
    FORKING.with(|forking| forking.gil.take())
}

/// The process that the handlers know. A process with another number is a child that was made without them.
static PROCESS: AtomicI32 = AtomicI32::new(0);

/// The number of attempts to take the locks, with a pause after each.
const ATTEMPTS: usize = 5_000;
/// The number of attempts in a signal handler that interrupts a wait for the GIL. There the thread that holds a lock
/// may be waiting for that handler to end.
const FEW_ATTEMPTS: usize = 50;
const PAUSE: libc::timespec = libc::timespec { tv_sec: 0, tv_nsec: 200_000 };

fn pause() {
    // SAFETY: nanosleep reads the constant and writes nothing; a signal may end it early.
    unsafe { libc::nanosleep(&PAUSE, null_mut()) };
}

/// Locks all mutexes, or none.
fn try_lock_all(_: &Registry) -> bool {
    for (count, known) in MUTEXES.iter().enumerate() {
        if !known.mutex.try_lock() {
            // SAFETY: the loop has locked the mutexes before this one.
            MUTEXES.iter().take(count).for_each(|known| unsafe { known.mutex.unlock() });
            return false;
        }
    }
    true
}

/// Unlocks all mutexes.
///
/// # Safety
/// This thread has locked them all, and the registry, so no other mutex has come into the list since.
unsafe fn unlock_all() {
    // SAFETY: the list is the one whose mutexes this thread has locked.
    MUTEXES.iter().for_each(|known| unsafe { known.mutex.unlock() });
}

/// Takes the registry and all locks, if no thread holds any of them, and none does work for which a fork waits.
fn try_take_all() -> bool {
    let Some(registry) = Registry::try_lock() else { return false };
    if !try_lock_all(&registry) {
        return false;
    }
    if BUSY.load(Ordering::Relaxed) != FORKING.with(|forking| forking.busy.get()) {
        // SAFETY: this thread has locked them just now, and the registry before.
        unsafe { unlock_all() };
        return false;
    }
    core::mem::forget(registry);
    true
}

/// Takes the GIL and all locks, if that does not take too long.
fn take_all(gil: Option<&Gil>) {
    let has_gil = gil.is_some_and(|gil| (gil.take)());
    let is_awaited = gil.is_some_and(|gil| (gil.is_awaited)());
    let mut locks = try_take_all();
    for _ in 1..if is_awaited { FEW_ATTEMPTS } else { ATTEMPTS } {
        if locks {
            break;
        }
        pause();
        locks = try_take_all();
    }
    FORKING.with(|forking| {
        forking.gil.set(has_gil);
        forking.locks.set(locks);
    });
}

extern "C" fn prepare() {
    let is_inner = FORKING.with(|forking| {
        forking.begun.set(true);
        let is_inner = forking.locks.get();
        forking.inner.update(|inner| inner + usize::from(is_inner));
        is_inner
    });
    if is_inner || is_alone() {
        return;
    }
    let known = gil();
    take_all(known);
    // Another thread may have made the first thread state meanwhile, and have taken the GIL.
    if known.is_none() && gil().is_some() {
        let_go();
        take_all(gil());
    }
}

/// Releases the locks that [`prepare`] has taken. Returns whether it had taken them.
fn let_go() -> bool {
    let locks = FORKING.with(|forking| forking.locks.take());
    if locks {
        // SAFETY: `locks` was true, so this thread has locked them all, and the registry.
        unsafe { unlock_all() };
        drop(Registry { is_locked: true });
    }
    locks
}

extern "C" fn in_parent() {
    let is_inner = FORKING.with(|forking| {
        forking.begun.set(false);
        forking.inner.get().checked_sub(1).map(|inner| forking.inner.set(inner)).is_some()
    });
    if is_inner {
        return;
    }
    let_go();
    if hand_over_gil()
        && let Some(gil) = gil()
    {
        (gil.give)();
    }
}

/// Repairs the state in a child, unless that was done already.
pub(super) extern "C" fn in_child() {
    // A handler of the program may have done it before. The process number may equal the parent's, because it is 1 in
    // each PID namespace.
    let begun = FORKING.with(|forking| {
        forking.inner.set(0);
        forking.begun.take()
    });
    let me = process::id();
    if PROCESS.swap(me, Ordering::Relaxed) != me || begun {
        go_on_in_child();
    }
}

/// Releases the locks for a moment when this thread has all of them, for a handler of the program that waits for
/// another thread. Then takes all locks again. Returns whether this thread had them.
pub(super) fn make_way() -> bool {
    let had = let_go();
    if had {
        pause();
        while !try_take_all() {
            pause();
        }
        FORKING.with(|forking| forking.locks.set(true));
    }
    had
}

/// Repairs the state that threads share, if this is a child in which a handler of the program runs before the library's
/// own and waits for a thread that does not exist there. Returns whether it is.
pub(super) fn is_new_child() -> bool {
    let is_new = FORKING.with(|forking| forking.begun.get()) && PROCESS.load(Ordering::Relaxed) != process::id();
    if is_new {
        in_child();
    }
    is_new
}

/// Repairs the state that threads share, in a child where only this thread continues.
fn go_on_in_child() {
    hand_over_gil();
    if !let_go() {
        // SAFETY: after fork this is the only thread in the child. A value that another thread was changing stays
        // unchanged.
        unsafe {
            REGISTRY.renew();
            MUTEXES.iter().for_each(|known| known.mutex.renew());
        }
    }
    BUSY.store(FORKING.with(|forking| forking.busy.get()), Ordering::Relaxed);
    // SAFETY: after fork this is the only thread in the child.
    CONDITIONS.iter().for_each(|condition| unsafe { condition.renew() });
    if let Some(gil) = gil() {
        (gil.go_on_in_child)();
    }
    MUTEXES.iter().filter_map(|known| known.in_child).for_each(|mend| mend());
    IN_CHILD.iter().for_each(|function| function());
}
