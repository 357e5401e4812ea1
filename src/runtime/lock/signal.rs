//! Signals: a thread waits for one while it has released a lock.

use super::Guard;
use crate::runtime::fork::{self, CONDITIONS, Node};
use crate::runtime::pthread::Condition;

/// A place where threads wait while they have released a lock. Each signal belongs to one lock.
#[derive(Debug)]
pub struct Signal(Node<Condition>);

impl Signal {
    /// A signal for which no thread waits.
    pub const fn new() -> Self {
        Signal(Node::new(Condition::new()))
    }

    /// Registers the signal, before the lock is held for the wait.
    pub fn expect(&'static self) {
        CONDITIONS.know(&self.0);
    }

    /// Wakes one of the waiting threads, if there are any. In a new child there are none, but the condition variable
    /// does not know that yet.
    pub fn wake_one(&'static self) {
        if !fork::is_new_child() {
            self.0.value().wake_one();
        }
    }

    /// Wakes all waiting threads.
    pub fn wake_all(&'static self) {
        if !fork::is_new_child() {
            self.0.value().wake_all();
        }
    }

    /// Releases the lock, waits for a wake-up, and takes the lock again. It may also return without a wake-up.
    pub fn wait<T>(&'static self, guard: &mut Guard<T>) {
        if fork::make_way() {
            return;
        }
        self.expect();
        // SAFETY: this thread has locked the mutex through the guard. Each signal of the library is used with one lock
        // only.
        unsafe { self.0.value().wait(guard.mutex()) };
    }

    /// Waits for at most this many nanoseconds, less than a second. Returns whether the time is over.
    pub fn wait_for<T>(&'static self, guard: &mut Guard<T>, nanoseconds: libc::c_long) -> bool {
        self.wait_until(guard, &in_time(nanoseconds))
    }

    /// Waits until a point in time at most. Returns whether it was reached.
    pub fn wait_until<T>(&'static self, guard: &mut Guard<T>, end: &libc::timespec) -> bool {
        if fork::make_way() {
            return true;
        }
        self.expect();
        // SAFETY: this thread has locked the mutex through the guard. Each signal of the library is used with one lock
        // only.
        unsafe { self.0.value().wait_until(guard.mutex(), end) }
    }
}

/// The point in time this many nanoseconds from now, less than a second.
pub fn in_time(nanoseconds: libc::c_long) -> libc::timespec {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // A condition variable that is initialised statically uses this clock.
    // SAFETY: clock_gettime writes to the struct given, which belongs to this function.
    unsafe { libc::clock_gettime(libc::CLOCK_REALTIME, &mut now) };
    later(now, nanoseconds)
}

/// The time this many nanoseconds later, less than a second.
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
    use crate::runtime::lock::Lock;
    use std::thread;
    use std::time::{Duration, Instant};

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
