//! The registry: all that forks have to handle. Other rooms enter it at their first use, and an entry is never removed.
//!
//! The first entry registers the handlers of [`super`]. The registry has a lock of its own. A thread that forks holds
//! it from before the fork until after it, so the thread unlocks exactly the mutexes that it has locked.

use super::{PROCESS, has_all_locks, in_child, in_parent, prepare};
use crate::runtime::process;
use crate::runtime::pthread::{Condition, Mutex};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

/// A value that forks have to handle, linked to the next one of its list.
#[derive(Debug)]
pub struct Node<T: 'static> {
    value: T,
    listed: AtomicBool,
    next: AtomicPtr<Node<T>>,
}

impl<T: 'static> Node<T> {
    /// A value that is in no list yet.
    pub const fn new(value: T) -> Self {
        Node { value, listed: AtomicBool::new(false), next: AtomicPtr::new(null_mut()) }
    }

    /// The value.
    #[inline(always)]
    pub const fn value(&self) -> &T {
        &self.value
    }
}

/// The values of a kind that are in use, the latest first. A value never leaves its list.
#[derive(Debug)]
pub struct List<T: 'static>(AtomicPtr<Node<T>>);

impl<T: 'static> List<T> {
    const fn new() -> Self {
        List(AtomicPtr::new(null_mut()))
    }

    /// Whether a value is in the list.
    #[inline(always)]
    pub(in crate::runtime) fn has(&'static self, node: &'static Node<T>) -> bool {
        node.listed.load(Ordering::Relaxed)
    }

    /// Ensures that a value is in the list, before it is used.
    pub(in crate::runtime) fn know(&'static self, node: &'static Node<T>) {
        if !self.has(node) {
            self.add(node);
        }
    }

    /// Adds a value to the list, if it is not there.
    #[unsafe(link_section = ".text.startup")]
    #[cold]
    pub(in crate::runtime) fn add(&'static self, node: &'static Node<T>) {
        let registry = Registry::lock();
        // Without memory for the handlers, the next use tries again.
        if registry.watch() && !self.has(node) {
            node.next.store(self.0.load(Ordering::Relaxed), Ordering::Relaxed);
            self.0.store((&raw const *node).cast_mut(), Ordering::Relaxed);
            // A swap, because Helgrind would report a store as a race with the load in `has`.
            node.listed.swap(true, Ordering::Relaxed);
        }
    }

    /// The values. The registry is locked, or there is no other thread.
    pub(super) fn iter(&'static self) -> impl Iterator<Item = &'static T> {
        let mut next = self.0.load(Ordering::Relaxed);
        core::iter::from_fn(move || {
            // SAFETY: only `add` writes these pointers, and it takes nodes that are statics.
            let node = unsafe { next.as_ref() }?;
            next = node.next.load(Ordering::Relaxed);
            Some(&node.value)
        })
    }
}

/// A mutex that is taken for forks.
#[derive(Debug)]
pub(in crate::runtime) struct ForkMutex {
    pub mutex: Mutex,
    /// Repairs, in the child, the value that the mutex guards. No mutex is locked then.
    pub in_child: Option<fn()>,
}

/// The mutexes that were locked while there was more than one thread.
pub(in crate::runtime) static MUTEXES: List<ForkMutex> = List::new();
/// The condition variables that threads have waited at.
pub(in crate::runtime) static CONDITIONS: List<Condition> = List::new();
/// Functions for the child, which are called after its locks are free.
pub(super) static IN_CHILD: List<fn()> = List::new();

/// Registers a function that each child calls after its locks are free.
pub fn tell_child(function: &'static Node<fn()>) {
    IN_CHILD.know(function);
}

/// The functions by which forks handle the GIL.
#[derive(Debug)]
pub(in crate::runtime) struct Gil {
    /// Takes the GIL, unless this thread holds it or another one keeps it. Returns whether it was taken.
    pub take: fn() -> bool,
    /// Releases the GIL.
    pub give: fn(),
    /// Whether this thread is waiting for the GIL: a signal handler may fork during the wait.
    pub is_awaited: fn() -> bool,
    /// Repairs the GIL in a child, where the other threads do not exist.
    pub go_on_in_child: fn(),
}

static GIL: AtomicPtr<Gil> = AtomicPtr::new(null_mut());

/// Registers the functions by which forks handle the GIL. Called before any thread takes it.
pub(in crate::runtime) fn guard_gil(functions: &'static Gil) {
    if gil().is_none() {
        let registry = Registry::lock();
        if registry.watch() {
            // A swap, because Helgrind would report a store as a race with the load in `gil`.
            GIL.swap((&raw const *functions).cast_mut(), Ordering::Release);
        }
    }
}

/// The functions for the GIL, if a thread state was ever made.
pub(super) fn gil() -> Option<&'static Gil> {
    // SAFETY: the pointer is NULL, or a static that was passed to `guard_gil`.
    unsafe { GIL.load(Ordering::Acquire).as_ref() }
}

/// The lock of the lists, of the GIL's functions and of the number of busy threads. It is in no list itself.
pub(super) static REGISTRY: Mutex = Mutex::new();

/// The registry, locked until this is dropped.
pub(super) struct Registry {
    /// Whether this guard has locked the mutex. It has not when this thread forks and so holds the mutex already.
    pub(super) is_locked: bool,
}

impl Registry {
    pub(super) fn lock() -> Self {
        let is_locked = !has_all_locks();
        if is_locked {
            REGISTRY.lock();
        }
        Registry { is_locked }
    }

    pub(super) fn try_lock() -> Option<Self> {
        // A guard is made only once the mutex is locked: dropping one unlocks it.
        REGISTRY.try_lock().then(|| Registry { is_locked: true })
    }

    /// Registers the handlers, once. Returns whether they are registered.
    pub(super) fn watch(&self) -> bool {
        static WATCHED: AtomicBool = AtomicBool::new(false);
        if !WATCHED.load(Ordering::Relaxed) {
            // SAFETY: the handlers exist as long as the process, since the library is never unloaded.
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
            // SAFETY: the field states that this thread has locked it.
            unsafe { REGISTRY.unlock() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_in_vain_leaves_the_registry_locked() {
        let guard = Registry::lock();
        let first_and_second = [(); 2].map(|()| Registry::try_lock().is_some());
        drop(guard);
        assert_eq!(first_and_second, [false, false]);
    }
}
