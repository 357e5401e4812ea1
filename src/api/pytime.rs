//! `Include/cpython/pytime.h`: times in nanoseconds, of the system's clocks.

use super::PyErr_SetFromErrno;
use crate::abi::Exc;
use crate::runtime::OutInt64;
use crate::runtime::clock::{self, Clock, SECOND};
use core::ffi::{c_double, c_int};

/// Stores the time of a clock: 0; or -1 with 0 in its place, and without an error.
fn read(clock: Clock, result: OutInt64) -> c_int {
    let time = clock::now(clock);
    result.set(time.unwrap_or(0));
    if time.is_some() { 0 } else { -1 }
}

/// Works as [`read`]; if it fails, OSError is set.
fn read_or_raise(clock: Clock, result: OutInt64) -> c_int {
    let answer = read(clock, result);
    if answer < 0 {
        PyErr_SetFromErrno(Some(Exc::OSError.class().as_obj()));
    }
    answer
}

/// A time in seconds.
#[unsafe(no_mangle)]
pub extern "C" fn PyTime_AsSecondsDouble(t: i64) -> c_double {
    // Whole seconds are exact.
    if t % SECOND == 0 { (t / SECOND) as c_double } else { t as c_double / SECOND as c_double }
}

/// Stores the time of the clock that is never set back: 0, or -1 with OSError.
#[unsafe(no_mangle)]
pub extern "C" fn PyTime_Monotonic(result: OutInt64) -> c_int {
    read_or_raise(Clock::Monotonic, result)
}

/// Stores the time of the clock for short durations, which is that of [`PyTime_Monotonic`]: 0, or -1 with OSError.
#[unsafe(no_mangle)]
pub extern "C" fn PyTime_PerfCounter(result: OutInt64) -> c_int {
    read_or_raise(Clock::Monotonic, result)
}

/// Stores the time since 1970: 0, or -1 with OSError.
#[unsafe(no_mangle)]
pub extern "C" fn PyTime_Time(result: OutInt64) -> c_int {
    read_or_raise(Clock::Calendar, result)
}

/// [`PyTime_Monotonic`] for threads without the GIL: 0; or -1 with 0 at `result`, and without an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyTime_MonotonicRaw(result: OutInt64) -> c_int {
    read(Clock::Monotonic, result)
}

/// [`PyTime_PerfCounter`] for threads without the GIL: 0; or -1 with 0 at `result`, and without an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyTime_PerfCounterRaw(result: OutInt64) -> c_int {
    read(Clock::Monotonic, result)
}

/// [`PyTime_Time`] for threads without the GIL: 0; or -1 with 0 at `result`, and without an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyTime_TimeRaw(result: OutInt64) -> c_int {
    read(Clock::Calendar, result)
}
