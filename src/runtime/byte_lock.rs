//! Locks of one byte, which C may have anywhere, and which any thread may unlock (CPython: `PyMutex` and
//! `PyThread_type_lock`). The header's inline functions lock and unlock one that no thread waits for by themselves.

use super::lock::{Lock, Signal};
use core::sync::atomic::{AtomicU8, Ordering};

/// A lock. Zero means unlocked.
#[repr(transparent)]
#[derive(Debug)]
pub struct ByteLock(AtomicU8);

/// The lock is held.
const LOCKED: u8 = 1;
/// A thread waits for the lock.
const AWAITED: u8 = 2;

/// The threads that wait for a lock hold this one while they look at theirs.
static WAITERS: Lock<()> = Lock::new(());
static FREED: Signal = Signal::new();

/// The time that a thread waits for a lock.
#[derive(Debug, Clone, Copy)]
pub enum Patience {
    /// No time.
    None,
    /// Until a point in time.
    Until(libc::timespec),
    /// As long as it takes.
    Endless,
}

impl ByteLock {
    /// A lock at an address.
    ///
    /// # Safety
    /// The byte can be read and written for `'a`, and is accessed as a lock only.
    pub const unsafe fn at<'a>(address: *mut u8) -> &'a Self {
        // SAFETY: the byte lives for 'a, and an atomic byte has the layout of one.
        unsafe { &*address.cast() }
    }

    /// Whether a thread holds it.
    pub fn is_locked(&self) -> bool {
        self.0.load(Ordering::Acquire) & LOCKED != 0
    }

    /// Exchanges the state, unless it has changed.
    fn change(&self, from: u8, to: u8) -> bool {
        self.0.compare_exchange(from, to, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// Takes it if no thread holds it.
    #[inline]
    pub fn try_lock(&self) -> bool {
        let bits = self.0.load(Ordering::Relaxed);
        bits & LOCKED == 0 && self.change(bits, bits | LOCKED)
    }

    /// Takes it, and waits for it. Returns whether it was had in time.
    #[inline]
    pub fn lock(&self, patience: Patience) -> bool {
        self.try_lock() || (!matches!(patience, Patience::None) && self.wait(patience))
    }

    #[cold]
    fn wait(&self, patience: Patience) -> bool {
        let mut guard = WAITERS.hold();
        loop {
            let bits = self.0.load(Ordering::Relaxed);
            if bits & LOCKED == 0 {
                if self.change(bits, bits | LOCKED) {
                    return true;
                }
            } else if self.change(bits, bits | AWAITED) {
                match patience {
                    Patience::Until(end) if FREED.wait_until(&mut guard, &end) => return self.try_lock(),
                    Patience::Until(_) => {}
                    Patience::Endless | Patience::None => FREED.wait(&mut guard),
                }
            }
        }
    }

    /// Frees it. Returns whether a thread held it.
    pub fn unlock(&self) -> bool {
        loop {
            match self.0.load(Ordering::Relaxed) {
                bits if bits & LOCKED == 0 => return false,
                LOCKED if self.change(LOCKED, 0) => return true,
                LOCKED => {}
                _ => {
                    let _guard = WAITERS.hold();
                    self.0.store(0, Ordering::Release);
                    FREED.wake_all();
                    return true;
                }
            }
        }
    }
}

/// The point in time a number of microseconds from now.
pub fn in_microseconds(microseconds: i64) -> libc::timespec {
    const SECOND: i64 = 1_000_000;
    let mut time = super::lock::in_time((microseconds % SECOND) * 1000);
    time.tv_sec = time.tv_sec.saturating_add(microseconds / SECOND);
    time
}
