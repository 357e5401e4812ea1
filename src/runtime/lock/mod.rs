//! Locks made of pthread's own mutexes and condition variables. Helgrind and TSan understand these, so they know which
//! locks a program under test holds.
//!
//! While the process has one thread, there is no other thread to exclude, and the mutexes are not locked.
//!
//! A thread that forks takes all mutexes (see `fork`), so that the values they guard are consistent in the child.

mod once;
mod signal;

pub use once::Once;
pub use signal::{Signal, in_time};

use super::fork::{self, ForkMutex, MUTEXES, Node};
use super::pthread::{Mutex, is_alone};
use core::cell::UnsafeCell;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::sync::atomic::{AtomicBool, Ordering};

/// A value that one thread at a time can access. It is made for statics: a mutex must not move.
#[derive(Debug)]
pub struct Lock<T> {
    mutex: Node<ForkMutex>,
    /// Whether the value is held without the mutex.
    held_alone: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: the mutex gives the value to one thread at a time, and all threads may use the mutex.
unsafe impl<T: Send> Sync for Lock<T> {}

/// The lock, held until this is dropped, by the thread that made it.
#[derive(Debug)]
pub struct Guard<T: 'static> {
    lock: &'static Lock<T>,
    /// Whether the mutex has to be unlocked. It has not when there was no other thread to exclude. No foreign code runs
    /// until this is dropped, so no thread has started since.
    is_locked: bool,
    _not_send: PhantomData<*const ()>,
}

impl<T> Lock<T> {
    /// A lock that no thread holds.
    pub const fn new(value: T) -> Self {
        Lock::made(value, None)
    }

    /// A lock whose value `in_child` repairs in a child, where the other threads do not exist. It is called when all
    /// locks are free, if the lock was ever held beside another thread.
    pub(super) const fn mended(value: T, in_child: fn()) -> Self {
        Lock::made(value, Some(in_child))
    }

    const fn made(value: T, in_child: Option<fn()>) -> Self {
        Lock {
            mutex: Node::new(ForkMutex { mutex: Mutex::new(), in_child }),
            held_alone: AtomicBool::new(false),
            value: UnsafeCell::new(value),
        }
    }

    /// Waits for the lock. The thread must not hold it already, and runs no foreign code until it releases it.
    pub fn hold(&'static self) -> Guard<T> {
        self.hold_often()
    }

    /// [`Lock::hold`], inlined for the fast path.
    #[inline(always)]
    pub fn hold_often(&'static self) -> Guard<T> {
        self.hold_alone_if(|| true).flatten().unwrap_or_else(|| self.held(self.lock()))
    }

    /// The lock, if this thread is the only one of the process: no mutex is needed then. `Some(None)` if it is, and has
    /// no need of the lock; `None` if there are other threads.
    #[inline(always)]
    pub fn hold_alone_if(&'static self, is_needed: impl FnOnce() -> bool) -> Option<Option<Guard<T>>> {
        is_alone().then(|| {
            is_needed().then(|| {
                self.held_alone.store(true, Ordering::Relaxed);
                self.held(false)
            })
        })
    }

    #[inline(always)]
    fn held(&'static self, is_locked: bool) -> Guard<T> {
        Guard { lock: self, is_locked, _not_send: PhantomData }
    }

    /// Locks the mutex, unless this thread forks and so holds it already: handlers of the program run during a fork.
    /// Returns whether it has to be unlocked.
    #[cold]
    fn lock(&'static self) -> bool {
        (MUTEXES.has(&self.mutex) && self.mutex.value().mutex.try_lock()) || self.wait_to_lock()
    }

    #[cold]
    #[inline(never)]
    fn wait_to_lock(&'static self) -> bool {
        if fork::has_all_locks() {
            return false;
        }
        MUTEXES.add(&self.mutex);
        self.mutex.value().mutex.lock();
        true
    }

    /// Registers the mutex, so that threads which fork take it from now on.
    pub(super) fn expect(&'static self) {
        MUTEXES.know(&self.mutex);
    }

    /// Waits for the lock until a point in time, beside other threads. A signal handler may ask for it while the
    /// interrupted thread holds the lock. The mutex is registered before: see [`Lock::expect`].
    pub(super) fn hold_until(&'static self, end: &libc::timespec) -> Option<Guard<T>> {
        let is_locked = !fork::has_all_locks();
        let has = !is_locked || self.mutex.value().mutex.lock_until(end);
        has.then(|| self.held(is_locked))
    }

    /// The lock, if no thread holds it.
    pub fn try_hold(&'static self) -> Option<Guard<T>> {
        // A signal handler may ask while the interrupted thread holds the lock.
        if self.held_alone.load(Ordering::Relaxed) {
            return None;
        }
        self.mutex.value().mutex.try_lock().then(|| self.held(true))
    }
}

impl<T> Deref for Guard<T> {
    type Target = T;
    fn deref(&self) -> &T {
        // SAFETY: the guard excludes other threads, and this borrow ends before the lock is released.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T> DerefMut for Guard<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the guard excludes other threads, and this borrow is the only one.
        unsafe { &mut *self.lock.value.get() }
    }
}

impl<T> Guard<T> {
    /// The mutex, locked.
    fn mutex(&mut self) -> &'static Mutex {
        if !self.is_locked {
            self.is_locked = self.lock.lock();
            self.lock.held_alone.store(false, Ordering::Relaxed);
        }
        &self.lock.mutex.value().mutex
    }

    /// Unlocks the mutex and ends the guard.
    #[cold]
    fn unlock(&mut self) {
        if self.is_locked {
            // SAFETY: this thread has locked it for the guard, which can't move to another thread.
            unsafe { self.lock.mutex.value().mutex.unlock() };
        }
    }
}

impl<T> Drop for Guard<T> {
    #[inline]
    fn drop(&mut self) {
        if self.is_locked {
            self.unlock();
        } else {
            self.lock.held_alone.store(false, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;
    use std::time::Duration;

    #[test]
    fn a_lock_that_is_held_is_not_had() {
        static LOCK: Lock<u32> = Lock::new(7);
        let value = || LOCK.try_hold().map(|guard| *guard);
        // The tests run in a process that has several threads from the beginning.
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
    fn a_thread_that_holds_a_lock_keeps_the_others_waiting() {
        static LOCK: Lock<()> = Lock::new(());
        static PASSED: AtomicBool = AtomicBool::new(false);
        // The tests run in a process that has several threads from the beginning.
        let passed = thread::spawn(|| {
            let guard = LOCK.hold();
            let other = thread::spawn(|| {
                let _guard = LOCK.hold();
                PASSED.store(true, Ordering::Relaxed);
            });
            // Nothing distinguishes a thread that waits from a thread that has not started, so the test passes for the
            // latter.
            thread::sleep(Duration::from_millis(50));
            let meanwhile = PASSED.load(Ordering::Relaxed);
            drop(guard);
            (meanwhile, other.join().is_ok(), PASSED.load(Ordering::Relaxed))
        });
        assert_eq!(passed.join().ok(), Some((false, true, true)));
    }
}
