//! fork: what threads share is whole in the child, where only the thread that forked goes on.
//!
//! Handlers of `pthread_atfork` see to it, from the moment that something is there for which they are needed: a lock that
//! was locked beside other threads, or a thread state. Before the fork they take the GIL and all locks, so that no other
//! thread is in the midst of a change. In the child the locks are let go, what threads have waited at is made anew, and
//! then each room forgets the threads that are gone.
//!
//! Neither is waited for without end. The GIL may be held by a thread that waits for the one that forks, and a lock by the
//! thread itself, when it forks in a signal handler.

use super::local::{Zeroed, local};
use super::lock::{self, Lock};
use super::{fatal, gc, thread};
use core::cell::{Cell, UnsafeCell};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicUsize, Ordering};

/// A value that has to be dealt with when the process forks, and the next one of its list.
#[derive(Debug)]
pub struct Node<T: 'static> {
    value: T,
    listed: AtomicBool,
    next: AtomicPtr<Node<T>>,
}

impl<T: 'static> Node<T> {
    /// A value that stands in no list yet.
    pub const fn new(value: T) -> Self {
        Node { value, listed: AtomicBool::new(false), next: AtomicPtr::new(null_mut()) }
    }

    /// The value.
    #[inline(always)]
    pub const fn value(&self) -> &T {
        &self.value
    }
}

/// The values of a kind that are in use, the latest first. None ever leaves it.
#[derive(Debug)]
pub struct List<T: 'static>(AtomicPtr<Node<T>>);

impl<T: 'static> List<T> {
    /// An empty list.
    #[expect(clippy::new_without_default, reason = "for statics, which a default can't make")]
    pub const fn new() -> Self {
        List(AtomicPtr::new(null_mut()))
    }

    /// Whether a value is in the list.
    #[inline(always)]
    pub fn has(&'static self, node: &'static Node<T>) -> bool {
        node.listed.load(Ordering::Relaxed)
    }

    /// Sees to it that a value is in the list, before it is used.
    pub fn know(&'static self, node: &'static Node<T>) {
        if !self.has(node) {
            self.add(node);
        }
    }

    /// Puts a value into the list, if it is not there.
    #[cold]
    pub fn add(&'static self, node: &'static Node<T>) {
        let _registry = REGISTRY.lock();
        // Without memory for handlers the next use tries again.
        if watch() && !self.has(node) {
            node.next.store(self.0.load(Ordering::Relaxed), Ordering::Relaxed);
            self.0.store((&raw const *node).cast_mut(), Ordering::Relaxed);
            // Not a store, which Helgrind would take for a race with the look in `has`.
            node.listed.swap(true, Ordering::Relaxed);
        }
    }

    /// The values. The registry is locked, or no other thread is there.
    pub fn iter(&'static self) -> impl Iterator<Item = &'static T> {
        let mut next = self.0.load(Ordering::Relaxed);
        core::iter::from_fn(move || {
            // SAFETY: NULL, or a node of the list, which is a static.
            let node = unsafe { next.as_ref() }?;
            next = node.next.load(Ordering::Relaxed);
            Some(&node.value)
        })
    }
}

/// What guards the lists, which no list has.
struct Registry(UnsafeCell<libc::pthread_mutex_t>);

// SAFETY: mutexes are there to be used by several threads.
unsafe impl Sync for Registry {}

static REGISTRY: Registry = Registry(UnsafeCell::new(libc::PTHREAD_MUTEX_INITIALIZER));

/// The registry, locked until this is dropped.
struct RegistryGuard {
    is_locked: bool,
}

impl Registry {
    /// Locks it, unless this thread has it already since it forks.
    fn lock(&'static self) -> RegistryGuard {
        let is_locked = !has_all_locks();
        if is_locked {
            // SAFETY: an initialised mutex, at its place for good.
            unsafe { libc::pthread_mutex_lock(self.0.get()) };
        }
        RegistryGuard { is_locked }
    }

    fn try_lock(&'static self) -> Option<RegistryGuard> {
        // SAFETY: as in `lock`.
        let is_locked = unsafe { libc::pthread_mutex_trylock(self.0.get()) } == 0;
        is_locked.then_some(RegistryGuard { is_locked })
    }
}

impl Drop for RegistryGuard {
    fn drop(&mut self) {
        if self.is_locked {
            // SAFETY: as in `lock`; this thread has locked it.
            unsafe { libc::pthread_mutex_unlock(REGISTRY.0.get()) };
        }
    }
}

/// Registers the handlers, once; says whether they are registered. The registry is locked.
fn watch() -> bool {
    static WATCHED: AtomicBool = AtomicBool::new(false);
    if !WATCHED.load(Ordering::Relaxed) {
        // SAFETY: the handlers stay for good, since the library is never unloaded.
        let watched = unsafe { libc::pthread_atfork(Some(prepare), Some(in_parent), Some(in_child)) } == 0;
        WATCHED.store(watched, Ordering::Relaxed);
        PROCESS.store(process(), Ordering::Relaxed);
    }
    WATCHED.load(Ordering::Relaxed)
}

/// Functions for the child, called when its locks are free.
static IN_CHILD: List<fn()> = List::new();

/// Has a function called in each child.
pub fn tell_child(function: &'static Node<fn()>) {
    IN_CHILD.know(function);
}

/// How many threads do something that a fork must not interrupt, and for which no lock may be held.
static BUSY: Lock<usize> = Lock::new(0);

/// Does some work that the forks of other threads wait for, for a while.
pub fn put_off<T>(work: impl FnOnce() -> T) -> T {
    let count = |by: isize| {
        let mut busy = BUSY.hold();
        *busy = busy.wrapping_add_signed(by);
        FORKING.with(|forking| forking.busy.set(forking.busy.get().wrapping_add_signed(by)));
    };
    count(1);
    let done = work();
    count(-1);
    done
}

/// What a thread has to do with forks.
struct Forking {
    /// Whether it has taken all locks for one.
    locks: Cell<bool>,
    /// Whether it has taken the GIL for one.
    gil: Cell<bool>,
    /// Whether it has begun one, of which neither side has been told.
    begun: Cell<bool>,
    /// How many it has begun in handlers of signals, in the midst of one for which it has taken all locks.
    inner: Cell<usize>,
    /// How much of what other threads' forks wait for it does.
    busy: Cell<usize>,
}

// SAFETY: zero bytes are false, and 0.
unsafe impl Zeroed for Forking {}

local! {
    static FORKING: Forking = "pycapsule_forking";
}

/// Whether this thread has taken all locks, to fork.
pub(super) fn has_all_locks() -> bool {
    FORKING.with(|forking| forking.locks.get())
}

/// Whether this thread has taken the GIL, to fork; then it is the caller's from now on.
pub(super) fn hand_over_gil() -> bool {
    FORKING.with(|forking| forking.gil.take())
}

/// The process that the handlers know; another one is a child that was made without them.
static PROCESS: AtomicI32 = AtomicI32::new(0);

fn process() -> libc::pid_t {
    // SAFETY: asks for a number.
    unsafe { libc::getpid() }
}

/// How long locks are waited for: this often, and so many nanoseconds each time.
const ATTEMPTS: usize = 5_000;
/// The same in a handler of a signal that interrupts a wait for the GIL: who holds a lock may wait for the end of that.
const FEW_ATTEMPTS: usize = 50;
const PAUSE: libc::timespec = libc::timespec { tv_sec: 0, tv_nsec: 200_000 };

fn pause() {
    // SAFETY: waits, or is woken by a signal.
    unsafe { libc::nanosleep(&PAUSE, null_mut()) };
}

/// Takes the registry and all locks, if nothing holds any of them, and none of what a fork waits for is going on.
fn try_take_all() -> bool {
    let Some(registry) = REGISTRY.try_lock() else { return false };
    if !lock::try_lock_all() {
        return false;
    }
    // SAFETY: all mutexes are locked, by this thread.
    unsafe {
        if BUSY.look() != FORKING.with(|forking| forking.busy.get()) {
            lock::unlock_all();
            return false;
        }
    }
    core::mem::forget(registry);
    true
}

extern "C" fn prepare() {
    let is_inner = FORKING.with(|forking| {
        forking.begun.set(true);
        let is_inner = forking.locks.get();
        forking.inner.update(|inner| inner + usize::from(is_inner));
        is_inner
    });
    if is_inner || lock::is_alone() {
        return;
    }
    let gil = thread::take_for_fork();
    let mut locks = try_take_all();
    for _ in 1..if thread::waits() { FEW_ATTEMPTS } else { ATTEMPTS } {
        if locks {
            break;
        }
        pause();
        locks = try_take_all();
    }
    FORKING.with(|forking| {
        forking.gil.set(gil);
        forking.locks.set(locks);
    });
}

/// Lets go of the locks that [`prepare`] has taken; says whether it had.
fn let_go() -> bool {
    let locks = FORKING.with(|forking| forking.locks.take());
    if locks {
        // SAFETY: this thread has locked them, and has let nothing into the list since.
        unsafe { lock::unlock_all() };
        drop(RegistryGuard { is_locked: true });
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
    if hand_over_gil() {
        thread::give_after_fork();
    }
}

extern "C" fn in_child() {
    // A handler of the program's may have come before. The number may be the parent's: each is 1 in a namespace of its own.
    let begun = FORKING.with(|forking| {
        forking.inner.set(0);
        forking.begun.take()
    });
    if PROCESS.swap(process(), Ordering::Relaxed) != process() || begun {
        go_on_in_child();
    }
}

/// Lets other threads go on for a moment when this one has all locks, for a handler of the program's that waits for them;
/// then it has all locks again. Says whether it had.
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

/// Makes what threads share whole, if this is a child in which a handler of the program's comes before the library's own,
/// and waits for what is gone; says whether it is.
pub(super) fn is_new_child() -> bool {
    let is_new = FORKING.with(|forking| forking.begun.get()) && PROCESS.load(Ordering::Relaxed) != process();
    if is_new {
        in_child();
    }
    is_new
}

/// Makes what threads share whole, in a child where this one alone goes on.
fn go_on_in_child() {
    hand_over_gil();
    if !let_go() {
        // SAFETY: no other thread is there, and what one was changing stays as it is.
        unsafe {
            REGISTRY.0.get().write(libc::PTHREAD_MUTEX_INITIALIZER);
            lock::renew_all();
        }
    }
    *BUSY.hold() = FORKING.with(|forking| forking.busy.get());
    // SAFETY: there is no other thread.
    unsafe { lock::renew_signals() };
    thread::go_on_in_child();
    gc::go_on_in_child();
    IN_CHILD.iter().for_each(|function| function());
}

/// How many calls of [`before`] have not met what comes after the fork.
static BEFORE: AtomicUsize = AtomicUsize::new(0);

/// Begins a fork of a thread that holds the GIL (CPython: `PyOS_BeforeFork`).
pub fn before() {
    thread::require("PyOS_BeforeFork");
    BEFORE.fetch_add(1, Ordering::Relaxed);
}

/// Ends what [`before`] began.
fn end() {
    if BEFORE.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |count| count.checked_sub(1)).is_err() {
        // There it is the lock for imports that was never taken.
        fatal::error("PyMutex_Unlock", format_args!("unlocking mutex that is not locked"));
    }
}

/// Goes on in the parent (CPython: `PyOS_AfterFork_Parent`).
pub fn after_in_parent() {
    end();
    thread::require("PyOS_AfterFork_Parent");
}

/// Goes on in the child, also in one that was made past the handlers, and lets go of what other threads had (CPython:
/// `PyOS_AfterFork_Child`).
pub fn after_in_child(function: &'static str) {
    thread::require(function);
    in_child();
    end();
    thread::forget_others();
}
