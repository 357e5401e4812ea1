//! Values that are made on first use.

use super::Lock;
use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicBool, Ordering};

/// A value that is made on first use.
#[derive(Debug)]
pub struct Once<T> {
    kept: AtomicBool,
    keeping: Lock<()>,
    value: UnsafeCell<Option<T>>,
}

// SAFETY: the value is written once, by the thread that holds the lock. From then on all threads only read it.
unsafe impl<T: Send + Sync> Sync for Once<T> {}

impl<T> Once<T> {
    /// A value that is not made yet.
    pub const fn new() -> Self {
        Once { kept: AtomicBool::new(false), keeping: Lock::new(()), value: UnsafeCell::new(None) }
    }

    /// The value, if it has been made.
    pub fn get(&'static self) -> Option<&'static T> {
        if !self.kept.load(Ordering::Acquire) {
            return None;
        }
        // SAFETY: `kept` is set after the value was written, and no code writes it again.
        unsafe { (*self.value.get()).as_ref() }
    }

    /// The value. No lock is held while it is made, so several threads may each make one. The first is kept.
    pub fn get_or_init(&'static self, make: impl FnOnce() -> T) -> &'static T {
        if !self.kept.load(Ordering::Acquire) {
            let value = make();
            let _keeping = self.keeping.hold();
            if !self.kept.load(Ordering::Relaxed) {
                // SAFETY: the lock excludes other writers, and readers wait for `kept`.
                unsafe { *self.value.get() = Some(value) };
                self.kept.store(true, Ordering::Release);
            }
        }
        // SAFETY: `kept` was seen set, by the load or under the lock, so there is a value, which no code writes again.
        unsafe { (*self.value.get()).as_ref().unwrap_unchecked() }
    }
}
