//! Signals: threads wait at them while they let go of a lock.

use super::Guard;
use crate::runtime::fork::{self, CONDITIONS, Node};
use crate::runtime::pthread::Condition;

/// A place where threads wait while they let go of a lock, of which there is one for each signal.
#[derive(Debug)]
pub struct Signal(Node<Condition>);

impl Signal {
    /// A signal that no thread waits for.
    #[expect(clippy::new_without_default, reason = "for statics, which a default can't make")]
    pub const fn new() -> Self {
        Signal(Node::new(Condition::new()))
    }

    /// Gets ready to be waited at, before the lock is held that is let go meanwhile.
    pub fn expect(&'static self) {
        CONDITIONS.know(&self.0);
    }

    /// Wakes one of the threads that wait, if any do. In a new child none does, which the condition does not know yet.
    pub fn wake_one(&'static self) {
        if !fork::is_new_child() {
            self.0.value().wake_one();
        }
    }

    /// Wakes all threads that wait.
    pub fn wake_all(&'static self) {
        if !fork::is_new_child() {
            self.0.value().wake_all();
        }
    }

    /// Lets go of the lock, waits to be woken, and holds the lock again; may also return for no reason.
    pub fn wait<T>(&'static self, guard: &mut Guard<T>) {
        if fork::make_way() {
            return;
        }
        self.expect();
        // SAFETY: the guard has this thread lock the mutex. Each signal of the library is waited at with one lock.
        unsafe { self.0.value().wait(guard.mutex()) };
    }

    /// Waits no longer than so many nanoseconds, which are less than a second; says whether they were over.
    pub fn wait_for<T>(&'static self, guard: &mut Guard<T>, nanoseconds: libc::c_long) -> bool {
        self.wait_until(guard, &in_time(nanoseconds))
    }

    /// Waits until a point in time at most; says whether that was reached.
    pub fn wait_until<T>(&'static self, guard: &mut Guard<T>, end: &libc::timespec) -> bool {
        if fork::make_way() {
            return true;
        }
        self.expect();
        // SAFETY: the guard has this thread lock the mutex. Each signal of the library is waited at with one lock.
        unsafe { self.0.value().wait_until(guard.mutex(), end) }
    }
}

/// The point in time so many nanoseconds from now, which are less than a second.
pub fn in_time(nanoseconds: libc::c_long) -> libc::timespec {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // A condition variable that is initialised statically goes by this clock.
    // SAFETY: writes to the struct given, which is this function's own.
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
