//! Locks made of pthread's own mutexes and condition variables: Helgrind and TSan follow those, so that they can tell
//! which locks a program under test holds.
//!
//! While the process has one thread there is nothing to lock out, and the mutexes are left alone.
//!
//! A thread that forks takes all mutexes for that (see `fork`), so that the values they guard are whole in the child.

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

/// A value that one thread at a time can reach. It is made for statics: a mutex must not move.
#[derive(Debug)]
pub struct Lock<T> {
    mutex: Node<ForkMutex>,
    /// Whether the value is held without the mutex.
    held_alone: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: the mutex hands the value to one thread at a time, and may itself be used by all.
unsafe impl<T: Send> Sync for Lock<T> {}

/// The lock, held until this is dropped, on the thread that made it.
#[derive(Debug)]
pub struct Guard<T: 'static> {
    lock: &'static Lock<T>,
    /// Whether the mutex has to be unlocked: not when there was no other thread to lock out. No foreign code runs until
    /// this is dropped, so none has come since.
    is_locked: bool,
    _not_send: PhantomData<*const ()>,
}

impl<T> Lock<T> {
    /// A lock that no thread holds.
    pub const fn new(value: T) -> Self {
        Lock::made(value, None)
    }

    /// A lock whose value a function mends in a child, where the other threads are gone. It is called if the lock was ever
    /// held beside another thread, when all locks are free.
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

    /// Waits for the lock. The thread does not hold it already, and runs no foreign code until it lets go of it.
    pub fn hold(&'static self) -> Guard<T> {
        self.hold_often()
    }

    /// [`Lock::hold`], inlined for the fast path.
    #[inline(always)]
    pub fn hold_often(&'static self) -> Guard<T> {
        let is_locked = if is_alone() {
            self.held_alone.store(true, Ordering::Relaxed);
            false
        } else {
            self.lock()
        };
        self.held(is_locked)
    }

    #[inline(always)]
    fn held(&'static self, is_locked: bool) -> Guard<T> {
        Guard { lock: self, is_locked, _not_send: PhantomData }
    }

    /// Locks the mutex, unless this thread has it already since it forks: a handler of the program's runs in the midst of
    /// that. Says whether it has to be unlocked.
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

    /// Waits for the lock until a point in time, beside other threads: a handler of a signal may ask while the thread that it
    /// interrupts holds the lock.
    pub(super) fn hold_until(&'static self, end: &libc::timespec) -> Option<Guard<T>> {
        let is_locked = !fork::has_all_locks();
        let has = !is_locked || self.mutex.value().mutex.lock_until(end);
        has.then(|| self.held(is_locked))
    }

    /// The lock, if no thread holds it.
    pub fn try_hold(&'static self) -> Option<Guard<T>> {
        // A signal's handler may ask while the thread that it interrupts holds the lock.
        if self.held_alone.load(Ordering::Relaxed) {
            return None;
        }
        self.mutex.value().mutex.try_lock().then(|| self.held(true))
    }
}

impl<T> Deref for Guard<T> {
    type Target = T;
    fn deref(&self) -> &T {
        // SAFETY: the guard keeps other threads out, and this borrow of it ends before the lock is let go.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T> DerefMut for Guard<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the guard keeps other threads out, and this borrow of it is the only one.
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

    /// Unlocks the mutex, for the last time.
    #[cold]
    fn unlock(&mut self) {
        if self.is_locked {
            // SAFETY: this thread has locked it for the guard, which can't go to another thread.
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
    fn a_thread_that_holds_a_lock_keeps_the_others_waiting() {
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
}
