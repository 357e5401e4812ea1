//! pthread's mutexes and condition variables, as statics: they must not move, and they are ready without being
//! initialised.

use core::cell::UnsafeCell;
use core::ptr::null;
use core::sync::atomic::{AtomicU8, Ordering};

unsafe extern "C" {
    /// See `csrc/threads.c`.
    static pycapsule_single_threaded: *const u8;
}

/// Whether this thread is the only one of the process. Only this thread could start another, and the flag is cleared
/// before that one runs.
#[inline]
pub(super) fn is_alone() -> bool {
    // SAFETY: `csrc/threads.c` makes this NULL, or the address of the C library's own flag. The flag is a byte that
    // stays mapped, and the C library writes it only while no other thread runs.
    unsafe {
        let told = pycapsule_single_threaded.cast_mut();
        !told.is_null() && AtomicU8::from_ptr(told).load(Ordering::Relaxed) != 0
    }
}

/// A mutex.
#[derive(Debug)]
pub(super) struct Mutex(UnsafeCell<libc::pthread_mutex_t>);

// SAFETY: several threads may call pthread's functions on one mutex at the same time, and nothing else accesses it.
unsafe impl Sync for Mutex {}

impl Mutex {
    pub const fn new() -> Self {
        Mutex(UnsafeCell::new(libc::PTHREAD_MUTEX_INITIALIZER))
    }

    #[inline]
    pub fn lock(&'static self) {
        // SAFETY: a static holds the mutex, initialised by `new`, so it never moves or is freed.
        unsafe { libc::pthread_mutex_lock(self.0.get()) };
    }

    #[inline]
    pub fn try_lock(&'static self) -> bool {
        // SAFETY: a static holds the mutex, initialised by `new`, so it never moves or is freed.
        unsafe { libc::pthread_mutex_trylock(self.0.get()) == 0 }
    }

    /// Locks it, unless that takes until a point in time. Returns whether it is locked.
    pub fn lock_until(&'static self, end: &libc::timespec) -> bool {
        // SAFETY: a static holds the mutex, initialised by `new`, so it never moves or is freed.
        unsafe { libc::pthread_mutex_timedlock(self.0.get(), end) == 0 }
    }

    /// # Safety
    /// This thread has locked it.
    #[inline]
    pub unsafe fn unlock(&'static self) {
        // SAFETY: a static holds the mutex, and this thread, which has locked it, is the one that may unlock it.
        unsafe { libc::pthread_mutex_unlock(self.0.get()) };
    }

    /// Reinitialises it, unlocked.
    ///
    /// # Safety
    /// There is no other thread.
    pub unsafe fn renew(&'static self) {
        // SAFETY: there is no other thread that could be using the overwritten mutex.
        unsafe { self.0.get().write(libc::PTHREAD_MUTEX_INITIALIZER) };
    }
}

/// A condition variable, which uses the real-time clock.
#[derive(Debug)]
pub(super) struct Condition(UnsafeCell<libc::pthread_cond_t>);

// SAFETY: several threads may call pthread's functions on one condition variable at the same time, and nothing else
// accesses it.
unsafe impl Sync for Condition {}

impl Condition {
    pub const fn new() -> Self {
        Condition(UnsafeCell::new(libc::PTHREAD_COND_INITIALIZER))
    }

    pub fn wake_one(&'static self) {
        // SAFETY: a static holds the condition variable, initialised by `new`, so it never moves or is freed.
        unsafe { libc::pthread_cond_signal(self.0.get()) };
    }

    pub fn wake_all(&'static self) {
        // SAFETY: a static holds the condition variable, initialised by `new`, so it never moves or is freed.
        unsafe { libc::pthread_cond_broadcast(self.0.get()) };
    }

    /// Releases the mutex, waits for a wake-up, and locks the mutex again.
    ///
    /// # Safety
    /// This thread has locked the mutex. All threads that wait here at the same time use this mutex.
    pub unsafe fn wait(&'static self, mutex: &'static Mutex) {
        // SAFETY: both are statics, and this thread has locked the mutex, as pthread requires.
        unsafe { libc::pthread_cond_wait(self.0.get(), mutex.0.get()) };
    }

    /// Waits as [`Condition::wait`] does, but until a point in time at most. Returns whether that was reached.
    ///
    /// # Safety
    /// This thread has locked the mutex. All threads that wait here at the same time use this mutex.
    pub unsafe fn wait_until(&'static self, mutex: &'static Mutex, end: &libc::timespec) -> bool {
        // SAFETY: both are statics, and this thread has locked the mutex, as pthread requires.
        unsafe { libc::pthread_cond_timedwait(self.0.get(), mutex.0.get(), end) == libc::ETIMEDOUT }
    }

    /// Reinitialises it: it counts the waiting threads, which do not exist after a fork.
    ///
    /// # Safety
    /// There is no other thread.
    pub unsafe fn renew(&'static self) {
        // SAFETY: no thread waits there, because this one is the only one. Of the C library's two ways to initialise,
        // Helgrind understands this one.
        unsafe { libc::pthread_cond_init(self.0.get(), null()) };
    }
}
