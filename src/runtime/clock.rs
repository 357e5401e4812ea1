//! The clocks of the system.

/// A clock.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The time since some moment, which is never set back.
    Monotonic,
    /// The time since 1970.
    Calendar,
}

/// Nanoseconds per second.
pub const SECOND: i64 = 1_000_000_000;

/// The time of a clock in nanoseconds; `None` if the system does not tell it, with the reason in `errno`.
pub fn now(clock: Clock) -> Option<i64> {
    let clock = match clock {
        Clock::Monotonic => libc::CLOCK_MONOTONIC,
        Clock::Calendar => libc::CLOCK_REALTIME,
    };
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the place is there, and is of the function's type.
    let answer = unsafe { libc::clock_gettime(clock, &raw mut time) };
    (answer == 0).then(|| time.tv_sec.saturating_mul(SECOND).saturating_add(time.tv_nsec))
}
