//! Values that are made when they are first asked for.

use super::Lock;
use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicBool, Ordering};

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
    /// A value that is not made yet.
    #[expect(clippy::new_without_default, reason = "for statics, which a default can't make")]
    pub const fn new() -> Self {
        Once { kept: AtomicBool::new(false), keeping: Lock::new(()), value: UnsafeCell::new(None) }
    }

    /// The value, if there is one yet.
    pub fn get(&'static self) -> Option<&'static T> {
        if !self.kept.load(Ordering::Acquire) {
            return None;
        }
        // SAFETY: `kept` is set after the value was written, and no one writes it again.
        unsafe { (*self.value.get()).as_ref() }
    }

    /// The value. No lock is held while it is made, so several threads may each make one: the first is kept.
    pub fn get_or_init(&'static self, make: impl FnOnce() -> T) -> &'static T {
        if !self.kept.load(Ordering::Acquire) {
            let value = make();
            let _keeping = self.keeping.hold();
            if !self.kept.load(Ordering::Relaxed) {
                // SAFETY: the lock keeps other writers out, and readers wait for `kept`.
                unsafe { *self.value.get() = Some(value) };
                self.kept.store(true, Ordering::Release);
            }
        }
        // SAFETY: `kept` was seen set, by the load or under the lock, so there is a value, which no one writes again.
        unsafe { (*self.value.get()).as_ref().unwrap_unchecked() }
    }
}
