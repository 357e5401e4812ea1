//! Locks made of pthread's own mutexes and condition variables: Helgrind and TSan follow those, so that they can tell
//! what a program under test has locked, and they are ready without being initialised.
//!
//! While the process has one thread there is nothing to lock out, and the mutexes are left alone.
//!
//! A thread that forks takes all mutexes for that (see `fork`), so that what they guard is whole in the child.

use super::fork::{self, List, Node};
use core::cell::UnsafeCell;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::sync::atomic::{AtomicBool, AtomicU8, Ordering};

unsafe extern "C" {
    /// See `csrc/threads.c`.
    static pycapsule_single_threaded: *const u8;
}

/// Whether this thread is the only one of the process. Others can only come to be by what it does itself, and then this
/// is no longer so when they do.
#[inline]
pub(super) fn is_alone() -> bool {
    // SAFETY: NULL, or a byte of the C library's, which is there for good and may be read by any thread.
    unsafe {
        let told = pycapsule_single_threaded.cast_mut();
        !told.is_null() && AtomicU8::from_ptr(told).load(Ordering::Relaxed) != 0
    }
}

/// A mutex of pthread's. It must not move.
#[derive(Debug)]
struct Mutex(UnsafeCell<libc::pthread_mutex_t>);

// SAFETY: mutexes are there to be used by several threads.
unsafe impl Sync for Mutex {}

impl Mutex {
    fn lock(&'static self) {
        // SAFETY: an initialised mutex, at its place for good.
        unsafe { libc::pthread_mutex_lock(self.0.get()) };
    }

    fn try_lock(&'static self) -> bool {
        // SAFETY: as in `lock`.
        unsafe { libc::pthread_mutex_trylock(self.0.get()) == 0 }
    }

    /// # Safety
    /// This thread has locked it.
    unsafe fn unlock(&'static self) {
        // SAFETY: as in `lock`; the caller's promise.
        unsafe { libc::pthread_mutex_unlock(self.0.get()) };
    }
}

/// Those that were locked while there was more than one thread.
static MUTEXES: List<Mutex> = List::new();

/// Locks all mutexes, or none. The registry is locked.
pub(super) fn try_lock_all() -> bool {
    for (count, mutex) in MUTEXES.iter().enumerate() {
        if !mutex.try_lock() {
            // SAFETY: these were locked before this one.
            MUTEXES.iter().take(count).for_each(|mutex| unsafe { mutex.unlock() });
            return false;
        }
    }
    true
}

/// Unlocks all mutexes.
///
/// # Safety
/// This thread has locked them all.
pub(super) unsafe fn unlock_all() {
    // SAFETY: the caller's promise.
    MUTEXES.iter().for_each(|mutex| unsafe { mutex.unlock() });
}

/// Makes all mutexes anew.
///
/// # Safety
/// There is no other thread.
pub(super) unsafe fn renew_all() {
    // SAFETY: the caller's promise.
    MUTEXES.iter().for_each(|mutex| unsafe { mutex.0.get().write(libc::PTHREAD_MUTEX_INITIALIZER) });
}

/// A value that one thread at a time can reach. It is made for statics: a mutex must not move.
#[derive(Debug)]
pub struct Lock<T> {
    mutex: Node<Mutex>,
    /// Whether the value is held without the mutex.
    held_alone: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: the mutex hands the value to one thread at a time, and may itself be used by all.
unsafe impl<T: Send> Sync for Lock<T> {}

/// The lock, held until this is dropped. It must be dropped on the thread that made it.
#[derive(Debug)]
pub struct Guard<T: 'static> {
    lock: &'static Lock<T>,
    /// Whether the mutex has to be unlocked: not when there was no other thread to lock out. No foreign code runs until
    /// this is dropped, so none has come since.
    is_locked: bool,
    _not_send: PhantomData<*const ()>,
}

impl<T> Lock<T> {
    /// A lock that nobody holds.
    pub const fn new(value: T) -> Self {
        Lock {
            mutex: Node::new(Mutex(UnsafeCell::new(libc::PTHREAD_MUTEX_INITIALIZER))),
            held_alone: AtomicBool::new(false),
            value: UnsafeCell::new(value),
        }
    }

    /// Waits for the lock. The thread does not hold it already, and runs no foreign code until it lets go of it.
    pub fn hold(&'static self) -> Guard<T> {
        self.hold_often()
    }

    /// The same, for what is done often: in the caller, without a call.
    #[inline(always)]
    pub fn hold_often(&'static self) -> Guard<T> {
        let is_locked = if is_alone() {
            self.held_alone.store(true, Ordering::Relaxed);
            false
        } else {
            self.lock()
        };
        Guard { lock: self, is_locked, _not_send: PhantomData }
    }

    /// Locks the mutex, unless this thread has it already since it forks: a handler of the program's runs in the midst of
    /// that. Says whether it has to be unlocked.
    #[cold]
    fn lock(&'static self) -> bool {
        (MUTEXES.has(&self.mutex) && self.mutex.value().try_lock()) || self.wait_to_lock()
    }

    #[cold]
    #[inline(never)]
    fn wait_to_lock(&'static self) -> bool {
        if fork::has_all_locks() {
            return false;
        }
        MUTEXES.add(&self.mutex);
        self.mutex.value().lock();
        true
    }

    /// Waits for the lock until a point in time, beside other threads: a handler of a signal may ask while the thread that it
    /// interrupts holds the lock.
    pub(super) fn hold_until(&'static self, end: &libc::timespec) -> Option<Guard<T>> {
        let is_locked = !fork::has_all_locks();
        // SAFETY: an initialised mutex, at its place for good.
        let has = !is_locked || unsafe { libc::pthread_mutex_timedlock(self.mutex.value().0.get(), end) } == 0;
        has.then_some(Guard { lock: self, is_locked, _not_send: PhantomData })
    }

    /// # Safety
    /// This thread has locked the mutex.
    #[cold]
    unsafe fn unlock(&'static self) {
        // SAFETY: the caller's promise.
        unsafe { self.mutex.value().unlock() };
    }

    /// A copy of the value.
    ///
    /// # Safety
    /// This thread has locked all mutexes, or holds this lock.
    pub(super) unsafe fn look(&'static self) -> T
    where
        T: Copy,
    {
        // SAFETY: no other thread writes, as the caller promises.
        unsafe { *self.value.get() }
    }

    /// The lock, if nobody holds it.
    pub fn try_hold(&'static self) -> Option<Guard<T>> {
        // A signal's handler may ask while the thread that it interrupts holds the lock.
        if self.held_alone.load(Ordering::Relaxed) {
            return None;
        }
        let taken = self.mutex.value().try_lock();
        taken.then_some(Guard { lock: self, is_locked: true, _not_send: PhantomData })
    }
}

impl<T> Deref for Guard<T> {
    type Target = T;
    fn deref(&self) -> &T {
        // SAFETY: the lock is held, and the borrow ends before it is let go.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T> DerefMut for Guard<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the lock is held, and this borrow of the guard is the only one.
        unsafe { &mut *self.lock.value.get() }
    }
}

impl<T> Guard<T> {
    /// The mutex, locked.
    fn mutex(&mut self) -> *mut libc::pthread_mutex_t {
        if !self.is_locked {
            self.is_locked = self.lock.lock();
            self.lock.held_alone.store(false, Ordering::Relaxed);
        }
        self.lock.mutex.value().0.get()
    }
}

impl<T> Drop for Guard<T> {
    #[inline]
    fn drop(&mut self) {
        if self.is_locked {
            // SAFETY: it was locked when the guard was made, by this thread.
            unsafe { self.lock.unlock() };
        } else {
            self.lock.held_alone.store(false, Ordering::Relaxed);
        }
    }
}

/// A value that is made when it is first asked for.
#[derive(Debug)]
pub struct Once<T> {
    kept: AtomicBool,
    keeping: Lock<()>,
    value: UnsafeCell<Option<T>>,
}

// SAFETY: the value is written once, by the thread that holds the lock, and from then on only read, by all.
unsafe impl<T: Send + Sync> Sync for Once<T> {}

impl<T> Once<T> {
    /// One that nobody has asked for.
    #[expect(clippy::new_without_default, reason = "for statics, which a default can't make")]
    pub const fn new() -> Self {
        Once { kept: AtomicBool::new(false), keeping: Lock::new(()), value: UnsafeCell::new(None) }
    }

    /// The value, if there is one yet.
    pub fn get(&'static self) -> Option<&'static T> {
        if !self.kept.load(Ordering::Acquire) {
            return None;
        }
        // SAFETY: there is a value, as the load has seen, and it stays as it is for good.
        unsafe { (*self.value.get()).as_ref() }
    }

    /// The value. No lock is held while it is made, so several threads may each make one, of which the first is kept.
    pub fn get_or_init(&'static self, make: impl FnOnce() -> T) -> &'static T {
        if !self.kept.load(Ordering::Acquire) {
            let value = make();
            let _keeping = self.keeping.hold();
            if !self.kept.load(Ordering::Relaxed) {
                // SAFETY: the lock is held, and nobody reads before it is said that there is a value.
                unsafe { *self.value.get() = Some(value) };
                self.kept.store(true, Ordering::Release);
            }
        }
        // SAFETY: there is a value, as the load or the lock has seen, and it stays as it is for good.
        unsafe { (*self.value.get()).as_ref().unwrap_unchecked() }
    }
}

/// A condition variable of pthread's. It must not move.
#[derive(Debug)]
struct Condition(UnsafeCell<libc::pthread_cond_t>);

// SAFETY: condition variables are there to be used by several threads.
unsafe impl Sync for Condition {}

/// Those that were waited at.
static CONDITIONS: List<Condition> = List::new();

/// Makes what threads have waited at anew: it counts those that wait, which are not there any more.
///
/// # Safety
/// There is no other thread.
pub(super) unsafe fn renew_signals() {
    // SAFETY: the caller's promise: none is waited at. That of the C library's initialisers which Helgrind follows.
    CONDITIONS.iter().for_each(|condition| unsafe {
        libc::pthread_cond_init(condition.0.get(), core::ptr::null());
    });
}

/// What threads wait for while they let go of a lock.
#[derive(Debug)]
pub struct Signal(Node<Condition>);

impl Signal {
    /// A signal that nobody waits for.
    #[expect(clippy::new_without_default, reason = "for statics, which a default can't make")]
    pub const fn new() -> Self {
        Signal(Node::new(Condition(UnsafeCell::new(libc::PTHREAD_COND_INITIALIZER))))
    }

    /// Gets ready to be waited at, before the lock is held that is let go meanwhile.
    pub fn expect(&'static self) {
        CONDITIONS.know(&self.0);
    }

    fn condition(&'static self) -> *mut libc::pthread_cond_t {
        self.0.value().0.get()
    }

    /// Wakes one of the threads that wait, if any do. In a new child none does, which the condition does not know yet.
    pub fn wake_one(&'static self) {
        if !fork::is_new_child() {
            // SAFETY: an initialised condition variable, at its place for good.
            unsafe { libc::pthread_cond_signal(self.condition()) };
        }
    }

    /// Wakes all threads that wait.
    pub fn wake_all(&'static self) {
        if !fork::is_new_child() {
            // SAFETY: as in `wake_one`.
            unsafe { libc::pthread_cond_broadcast(self.condition()) };
        }
    }

    /// Lets go of the lock, waits to be woken, and holds the lock again; may also return for no reason.
    pub fn wait<T>(&'static self, guard: &mut Guard<T>) {
        if fork::make_way() {
            return;
        }
        CONDITIONS.know(&self.0);
        // SAFETY: as in `wake_one`; this thread has locked the mutex.
        unsafe { libc::pthread_cond_wait(self.condition(), guard.mutex()) };
    }

    /// The same, for no longer than so many nanoseconds, which are less than a second; says whether they were over.
    pub fn wait_for<T>(&'static self, guard: &mut Guard<T>, nanoseconds: libc::c_long) -> bool {
        self.wait_until(guard, &in_time(nanoseconds))
    }

    /// The same, until a point in time.
    pub fn wait_until<T>(&'static self, guard: &mut Guard<T>, end: &libc::timespec) -> bool {
        if fork::make_way() {
            return true;
        }
        CONDITIONS.know(&self.0);
        // SAFETY: as in `wait`.
        unsafe { libc::pthread_cond_timedwait(self.condition(), guard.mutex(), end) == libc::ETIMEDOUT }
    }
}

/// The point in time so many nanoseconds from now, which are less than a second.
pub fn in_time(nanoseconds: libc::c_long) -> libc::timespec {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: writes to the place given. A statically initialised condition variable goes by this clock.
    unsafe { libc::clock_gettime(libc::CLOCK_REALTIME, &mut now) };
    later(now, nanoseconds)
}

/// The time so many nanoseconds later, which are less than a second.
fn later(mut time: libc::timespec, nanoseconds: libc::c_long) -> libc::timespec {
    const SECOND: libc::c_long = 1_000_000_000;
    time.tv_nsec += nanoseconds;
    time.tv_sec += time.tv_nsec / SECOND;
    time.tv_nsec %= SECOND;
    time
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;
    use std::time::{Duration, Instant};

    #[test]
    fn a_lock_that_is_held_is_not_had() {
        static LOCK: Lock<u32> = Lock::new(7);
        let value = || LOCK.try_hold().map(|guard| *guard);
        // In a process that has more than one thread from the beginning.
        let tried = thread::spawn(move || {
            let before = value();
            let guard = LOCK.hold();
            let meanwhile = thread::spawn(value).join().ok();
            drop(guard);
            (before, meanwhile, value())
        });
        assert_eq!(tried.join().ok(), Some((Some(7), Some(None), Some(7))));
    }

    #[test]
    fn who_holds_a_lock_keeps_the_others_waiting() {
        static LOCK: Lock<()> = Lock::new(());
        static PASSED: AtomicBool = AtomicBool::new(false);
        // In a process that has more than one thread from the beginning.
        let passed = thread::spawn(|| {
            let guard = LOCK.hold();
            let other = thread::spawn(|| {
                let _guard = LOCK.hold();
                PASSED.store(true, Ordering::Relaxed);
            });
            // Nothing tells a thread that waits from one that is late, which would pass.
            thread::sleep(Duration::from_millis(50));
            let meanwhile = PASSED.load(Ordering::Relaxed);
            drop(guard);
            (meanwhile, other.join().is_ok(), PASSED.load(Ordering::Relaxed))
        });
        assert_eq!(passed.join().ok(), Some((false, true, true)));
    }

    #[test]
    fn nanoseconds_are_carried_into_seconds() {
        let later = |tv_sec, tv_nsec, nanoseconds| {
            let later = later(libc::timespec { tv_sec, tv_nsec }, nanoseconds);
            (later.tv_sec, later.tv_nsec)
        };
        assert_eq!(later(7, 100, 50), (7, 150));
        assert_eq!(later(7, 999_999_999, 1), (8, 0));
        assert_eq!(later(7, 999_999_999, 999_999_999), (8, 999_999_998));
    }

    #[test]
    fn a_wait_is_over_when_its_time_is() {
        static LOCK: Lock<()> = Lock::new(());
        static NEVER: Signal = Signal::new();
        const SHORT: libc::c_long = 20_000_000;
        let begin = Instant::now();
        let mut guard = LOCK.hold();
        while !NEVER.wait_for(&mut guard, SHORT) {}
        assert!(begin.elapsed() >= Duration::from_nanos(SHORT as u64 - 1_000_000));
    }

    #[test]
    fn a_signal_ends_a_wait() {
        static WAITS: Lock<bool> = Lock::new(false);
        static DONE: Signal = Signal::new();
        let waiter = thread::spawn(|| {
            let mut waits = WAITS.hold();
            *waits = true;
            DONE.wait_for(&mut waits, 999_000_000)
        });
        while !*WAITS.hold() {
            thread::yield_now();
        }
        DONE.wake_one();
        assert_eq!(waiter.join().ok(), Some(false));
    }
}
