//! The clock of the system and its local time, by the C library.

use super::calendar::Date;
use super::objects::{type_error, value_error};
use super::span::{Clock, DAY};
use crate::kit::{Builtin, Obj, Raised, Ref, Result, raise};

/// The ordinal of 1 January 1970.
const EPOCH: i64 = 719_163;
/// The most seconds by which clocks are set forth or back at once.
const MAX_FOLD: i64 = 24 * 3600;

/// A local time, and how it differs from UTC.
pub struct LocalTime {
    /// The date.
    pub date: Date,
    /// The time of the day, without a fraction.
    pub clock: Clock,
    /// How many seconds it is ahead of UTC.
    pub ahead: i64,
    /// The name of the zone.
    pub name: String,
}

fn out_of_range() -> Raised {
    raise(Builtin::OverflowError.obj(), "timestamp out of range for platform time_t")
}

/// The time now, in seconds since 1970 and microseconds.
pub fn now() -> Result<(i64, i32)> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the call writes to the struct.
    match unsafe { libc::clock_gettime(libc::CLOCK_REALTIME, &mut time) } {
        0 => Ok((time.tv_sec, (time.tv_nsec / 1000) as i32)),
        _ => Err(out_of_range()),
    }
}

/// The local time at so many seconds since 1970.
pub fn time(seconds: i64) -> Result<LocalTime> {
    broken(seconds, |seconds, parts| {
        // SAFETY: the call reads the number and writes to the struct.
        unsafe { libc::localtime_r(seconds, parts) }
    })
}

/// UTC at so many seconds since 1970.
pub fn utc(seconds: i64) -> Result<LocalTime> {
    broken(seconds, |seconds, parts| {
        // SAFETY: the call reads the number and writes to the struct.
        unsafe { libc::gmtime_r(seconds, parts) }
    })
}

fn broken(seconds: i64, ask: impl Fn(&i64, &mut libc::tm) -> *mut libc::tm) -> Result<LocalTime> {
    // SAFETY: each field is a number or a pointer that may be NULL.
    let mut parts: libc::tm = unsafe { core::mem::zeroed() };
    if ask(&seconds, &mut parts).is_null() {
        return Err(out_of_range());
    }
    let name = if parts.tm_zone.is_null() {
        String::new()
    } else {
        // SAFETY: the C library's name of the zone, which ends with NUL.
        unsafe { core::ffi::CStr::from_ptr(parts.tm_zone) }.to_string_lossy().into_owned()
    };
    Ok(LocalTime {
        date: Date { year: parts.tm_year.saturating_add(1900), month: parts.tm_mon + 1, day: parts.tm_mday },
        clock: Clock { hour: parts.tm_hour, minute: parts.tm_min, second: parts.tm_sec.min(59), micro: 0 },
        ahead: parts.tm_gmtoff,
        name,
    })
}

/// The seconds since 1970 of a date and time of UTC.
pub fn utc_seconds(date: Date, clock: Clock) -> i64 {
    (i64::from(date.ordinal()) - EPOCH) * DAY + clock.to_micros() / 1_000_000
}

/// The local time at so many seconds since 1970, in the same form: as if it were UTC.
fn local_seconds(seconds: i64) -> Result<i64> {
    let time = time(seconds)?;
    if !(1..=9999).contains(&time.date.year) {
        let year = time.date.year;
        return Err(value_error(format_args!("year {year} is out of range")));
    }
    Ok(utc_seconds(time.date, time.clock))
}

/// The seconds since 1970 of a local time; `fold` chooses between the two moments that a clock set back shows alike.
pub fn seconds_of(date: Date, clock: Clock, fold: i32) -> Result<i64> {
    let wanted = utc_seconds(date, clock);
    let ahead = local_seconds(wanted)? - wanted;
    let first = wanted - ahead;
    let shown = local_seconds(first)?;
    let other_ahead = if shown == wanted {
        // The moment is found, and there may be another a fold away.
        let other = if fold == 1 { first + MAX_FOLD } else { first - MAX_FOLD };
        let other_ahead = local_seconds(other)? - other;
        if other_ahead == ahead {
            return Ok(first);
        }
        other_ahead
    } else {
        shown - first
    };
    let second = wanted - other_ahead;
    if local_seconds(second)? == wanted {
        return Ok(second);
    }
    if shown == wanted {
        return Ok(first);
    }
    // No clock shows this time: it lies in the gap of a clock set forth.
    Ok(if fold == 1 { first.min(second) } else { first.max(second) })
}

/// Whether a local time is the second of two moments that look alike.
pub fn is_folded(seconds: i64, date: Date, clock: Clock) -> Result<bool> {
    let shown = utc_seconds(date, clock);
    let earlier = local_seconds(seconds - MAX_FOLD)?;
    let transition = shown - earlier - MAX_FOLD;
    if transition >= 0 {
        return Ok(false);
    }
    Ok(local_seconds(seconds + transition)? == shown)
}

/// The seconds and microseconds of a timestamp, a float or an int, rounded to the even microsecond.
pub fn timestamp(timestamp: Obj<'_>) -> Result<(i64, i32)> {
    if !timestamp.is_float() {
        let index = timestamp.to_index().map_err(|raised| {
            raised.forget();
            let class = timestamp.class_name();
            type_error(format_args!("argument must be int or float, not {class}"))
        })?;
        let seconds = i64::try_from(index.obj().to_bigint()?).map_err(|_| out_of_range())?;
        return Ok((seconds, 0));
    }
    let number = timestamp.to_f64()?;
    if number.is_nan() {
        return Err(value_error(format_args!("Invalid value NaN (not a number)")));
    }
    let (mut seconds, mut micros) = (number.trunc(), (number.fract() * 1e6).round_ties_even());
    if micros >= 1e6 {
        micros -= 1e6;
        seconds += 1.0;
    } else if micros < 0.0 {
        micros += 1e6;
        seconds -= 1.0;
    }
    // The float after the greatest number of 64 bits is 2^63.
    if !(-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&seconds) {
        return Err(out_of_range());
    }
    Ok((seconds as i64, micros as i32))
}

/// The zone of a local time, as a `timezone` with the C library's name.
pub fn zone(time: &LocalTime) -> Result<Ref> {
    let ahead = super::delta::of_micros(i128::from(time.ahead) * 1_000_000)?;
    super::objects::new_timezone(ahead.obj(), Some(Ref::text(&time.name)?.obj()))
}
