//! fork: all that threads share is whole in the child, where only the thread that forked goes on.
//!
//! Handlers of `pthread_atfork` see to it. They are registered as soon as there is something to protect: a lock that
//! was locked beside other threads, or a thread state. Before the fork they take the GIL and all locks, so that no other
//! thread is in the midst of a change. In the child they let the locks go, make the condition variables anew, and then have
//! each room forget the threads that are gone.
//!
//! Neither the GIL nor a lock is waited for without end. The GIL may be held by a thread that waits for the one that forks,
//! and a lock by the thread itself, when it forks in a signal handler.
//!
//! This file stands below the locks and the threads. They hand in what has to be done for them: the mutexes and condition
//! variables come by `MUTEXES` and `CONDITIONS`, the GIL by `guard_gil`, and anything else by [`tell_child`].

use super::local::{Zeroed, local};
use super::process;
use super::pthread::{Condition, Mutex, is_alone};
use core::cell::Cell;
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

/// The values of a kind that are in use, the latest first. No value ever leaves its list.
#[derive(Debug)]
pub struct List<T: 'static>(AtomicPtr<Node<T>>);

impl<T: 'static> List<T> {
    const fn new() -> Self {
        List(AtomicPtr::new(null_mut()))
    }

    /// Whether a value is in the list.
    #[inline(always)]
    pub(super) fn has(&'static self, node: &'static Node<T>) -> bool {
        node.listed.load(Ordering::Relaxed)
    }

    /// Sees to it that a value is in the list, before it is used.
    pub(super) fn know(&'static self, node: &'static Node<T>) {
        if !self.has(node) {
            self.add(node);
        }
    }

    /// Puts a value into the list, if it is not there.
    #[cold]
    pub(super) fn add(&'static self, node: &'static Node<T>) {
        let registry = Registry::lock();
        // Without memory for handlers the next use tries again.
        if registry.watch() && !self.has(node) {
            node.next.store(self.0.load(Ordering::Relaxed), Ordering::Relaxed);
            self.0.store((&raw const *node).cast_mut(), Ordering::Relaxed);
            // Not a store, which Helgrind would take for a race with the look in `has`.
            node.listed.swap(true, Ordering::Relaxed);
        }
    }

    /// The values. The registry is locked, or no other thread is there.
    fn iter(&'static self) -> impl Iterator<Item = &'static T> {
        let mut next = self.0.load(Ordering::Relaxed);
        core::iter::from_fn(move || {
            // SAFETY: `add` is the only one that writes these pointers, and it takes nodes that are statics.
            let node = unsafe { next.as_ref() }?;
            next = node.next.load(Ordering::Relaxed);
            Some(&node.value)
        })
    }
}

/// A mutex that is taken for forks.
#[derive(Debug)]
pub(super) struct ForkMutex {
    pub mutex: Mutex,
    /// Mends in the child what the mutex guards; no mutex is locked then.
    pub in_child: Option<fn()>,
}

/// The mutexes that were locked while there was more than one thread.
pub(super) static MUTEXES: List<ForkMutex> = List::new();
/// The condition variables that threads have waited at.
pub(super) static CONDITIONS: List<Condition> = List::new();
/// Functions for the child, called when its locks are free.
static IN_CHILD: List<fn()> = List::new();

/// Has a function called in each child, when its locks are free.
pub fn tell_child(function: &'static Node<fn()>) {
    IN_CHILD.know(function);
}

/// The functions by which forks deal with the GIL.
#[derive(Debug)]
pub(super) struct Gil {
    /// Takes the GIL, if this thread does not hold it and no other one keeps it; says whether it was taken.
    pub take: fn() -> bool,
    /// Gives it back.
    pub give: fn(),
    /// Whether this thread is in the midst of a wait for it: a signal handler may fork there.
    pub is_awaited: fn() -> bool,
    /// Goes on in a child, where the other threads are gone.
    pub go_on_in_child: fn(),
}

static GIL: AtomicPtr<Gil> = AtomicPtr::new(null_mut());

/// Has forks deal with the GIL from now on. Called before any thread takes it.
pub(super) fn guard_gil(functions: &'static Gil) {
    if gil().is_none() {
        let registry = Registry::lock();
        if registry.watch() {
            // Not a store, which Helgrind would take for a race with the look in `gil`.
            GIL.swap((&raw const *functions).cast_mut(), Ordering::Release);
        }
    }
}

fn gil() -> Option<&'static Gil> {
    // SAFETY: NULL, or a static that `guard_gil` was given.
    unsafe { GIL.load(Ordering::Acquire).as_ref() }
}

/// The lock of the lists, of the GIL's functions and of [`BUSY`]. It stands in no list itself.
static REGISTRY: Mutex = Mutex::new();

/// The registry, locked until this is dropped.
struct Registry {
    /// Whether this has locked the mutex: not when this thread has it already since it forks.
    is_locked: bool,
}

impl Registry {
    fn lock() -> Self {
        let is_locked = !has_all_locks();
        if is_locked {
            REGISTRY.lock();
        }
        Registry { is_locked }
    }

    fn try_lock() -> Option<Self> {
        REGISTRY.try_lock().then_some(Registry { is_locked: true })
    }

    /// Registers the handlers, once; says whether they are registered.
    fn watch(&self) -> bool {
        static WATCHED: AtomicBool = AtomicBool::new(false);
        if !WATCHED.load(Ordering::Relaxed) {
            // SAFETY: the handlers stay for good, since the library is never unloaded.
            let watched = unsafe { libc::pthread_atfork(Some(prepare), Some(in_parent), Some(in_child)) } == 0;
            WATCHED.store(watched, Ordering::Relaxed);
            PROCESS.store(process::id(), Ordering::Relaxed);
        }
        WATCHED.load(Ordering::Relaxed)
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        if self.is_locked {
            // SAFETY: the field says that this thread has locked it.
            unsafe { REGISTRY.unlock() };
        }
    }
}

/// How many threads do something that a fork must not interrupt, and for which no lock may be held.
static BUSY: AtomicUsize = AtomicUsize::new(0);

/// Does some work that the forks of other threads wait for, for a while.
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

/// How far a thread is with its forks.
struct Forking {
    /// Whether it has taken all locks for one.
    locks: Cell<bool>,
    /// Whether it has taken the GIL for one.
    gil: Cell<bool>,
    /// Whether it has begun one, of which neither side has been told.
    begun: Cell<bool>,
    /// How many it has begun in handlers of signals, in the midst of one for which it has taken all locks.
    inner: Cell<usize>,
    /// How many pieces of work it is doing that the forks of other threads wait for.
    busy: Cell<usize>,
}

// SAFETY: the fields are booleans and numbers in cells, for which zero bytes are false and 0.
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

/// How often the locks are tried, with a pause after each time.
const ATTEMPTS: usize = 5_000;
/// How often they are tried in a signal handler that interrupts a wait for the GIL: the thread that holds a lock may wait
/// for that handler to end.
const FEW_ATTEMPTS: usize = 50;
const PAUSE: libc::timespec = libc::timespec { tv_sec: 0, tv_nsec: 200_000 };

fn pause() {
    // SAFETY: reads the constant, and writes nothing; a signal that ends it early does no harm.
    unsafe { libc::nanosleep(&PAUSE, null_mut()) };
}

/// Locks all mutexes, or none.
fn try_lock_all(_: &Registry) -> bool {
    for (count, known) in MUTEXES.iter().enumerate() {
        if !known.mutex.try_lock() {
            // SAFETY: the loop has locked those that come before this one.
            MUTEXES.iter().take(count).for_each(|known| unsafe { known.mutex.unlock() });
            return false;
        }
    }
    true
}

/// Unlocks all mutexes.
///
/// # Safety
/// This thread has locked them all, and the registry, so that no other has come into the list since.
unsafe fn unlock_all() {
    // SAFETY: the list is the one whose mutexes this thread has locked.
    MUTEXES.iter().for_each(|known| unsafe { known.mutex.unlock() });
}

/// Takes the registry and all locks, if no thread holds any of them, and none does any of the work that a fork waits for.
fn try_take_all() -> bool {
    let Some(registry) = Registry::try_lock() else { return false };
    if !try_lock_all(&registry) {
        return false;
    }
    if BUSY.load(Ordering::Relaxed) != FORKING.with(|forking| forking.busy.get()) {
        // SAFETY: locked just now, and the registry since before.
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

/// Lets go of the locks that [`prepare`] has taken; says whether it had.
fn let_go() -> bool {
    let locks = FORKING.with(|forking| forking.locks.take());
    if locks {
        // SAFETY: `locks` was true: this thread has locked them all, and the registry.
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

/// Goes on in a child, unless that was done already.
pub(super) extern "C" fn in_child() {
    // A handler of the program's may have come before. The number may be the parent's: each is 1 in a namespace of its own.
    let begun = FORKING.with(|forking| {
        forking.inner.set(0);
        forking.begun.take()
    });
    let me = process::id();
    if PROCESS.swap(me, Ordering::Relaxed) != me || begun {
        go_on_in_child();
    }
}

/// Lets other threads go on for a moment when this one has all locks, for a handler of the program's that waits for them;
/// then takes all locks again. Says whether this thread had them.
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

/// Makes all that threads share whole, if this is a child in which a handler of the program's comes before the library's
/// own, and waits for a thread that is gone; says whether it is.
pub(super) fn is_new_child() -> bool {
    let is_new = FORKING.with(|forking| forking.begun.get()) && PROCESS.load(Ordering::Relaxed) != process::id();
    if is_new {
        in_child();
    }
    is_new
}

/// Makes all that threads share whole, in a child where this one alone goes on.
fn go_on_in_child() {
    hand_over_gil();
    if !let_go() {
        // SAFETY: fork has left this thread alone in the child. A value that another thread was changing stays as it is.
        unsafe {
            REGISTRY.renew();
            MUTEXES.iter().for_each(|known| known.mutex.renew());
        }
    }
    BUSY.store(FORKING.with(|forking| forking.busy.get()), Ordering::Relaxed);
    // SAFETY: fork has left this thread alone in the child.
    CONDITIONS.iter().for_each(|condition| unsafe { condition.renew() });
    if let Some(gil) = gil() {
        (gil.go_on_in_child)();
    }
    MUTEXES.iter().filter_map(|known| known.in_child).for_each(|mend| mend());
    IN_CHILD.iter().for_each(|function| function());
}
