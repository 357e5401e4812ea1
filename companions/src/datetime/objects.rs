//! The objects of the module: their layouts, which are CPython's, their making, and the values that they hold.

use super::calendar::{Date, YEARS, days_in_month};
use super::span::{Clock, MAX_DAYS, Span};
use super::{DATE, DATETIME, DELTA, TIME, TIMEZONE, TZINFO};
use crate::kit::{Builtin, Obj, Raised, Ref, Result, raise};
use core::fmt;
use core::ptr::null_mut;
use pyo3_ffi::{self as ffi, PyObject, PyTypeObject};
use pyo3_ffi::{PyDateTime_Date, PyDateTime_DateTime, PyDateTime_Delta, PyDateTime_Time};

/// A `timezone`.
#[repr(C)]
pub struct TimeZone {
    head: PyObject,
    offset: *mut PyObject,
    name: *mut PyObject,
}

/// ValueError with this text.
pub fn value_error(text: fmt::Arguments<'_>) -> Raised {
    raise(Builtin::ValueError.obj(), text)
}

/// TypeError with this text.
pub fn type_error(text: fmt::Arguments<'_>) -> Raised {
    raise(Builtin::TypeError.obj(), text)
}

/// ValueError for a date that the calendar does not have.
pub fn check_date(date: Date) -> Result<Date> {
    let Date { year, month, day } = date;
    if !YEARS.contains(&year) {
        return Err(value_error(format_args!("year must be in 1..9999, not {year}")));
    }
    if !(1..=12).contains(&month) {
        return Err(value_error(format_args!("month must be in 1..12, not {month}")));
    }
    let last = days_in_month(year, month);
    if !(1..=last).contains(&day) {
        let text = format_args!("day {day} must be in range 1..{last} for month {month} in year {year}");
        return Err(value_error(text));
    }
    Ok(date)
}

/// ValueError for a time that no day has.
pub fn check_clock(clock: Clock, fold: i32) -> Result<Clock> {
    let parts = [
        ("hour", clock.hour, 23),
        ("minute", clock.minute, 59),
        ("second", clock.second, 59),
        ("microsecond", clock.micro, 999_999),
    ];
    for (name, part, most) in parts {
        if !(0..=most).contains(&part) {
            return Err(value_error(format_args!("{name} must be in 0..{most}, not {part}")));
        }
    }
    if fold != 0 && fold != 1 {
        return Err(value_error(format_args!("fold must be either 0 or 1, not {fold}")));
    }
    Ok(clock)
}

/// The object of an argument `tzinfo`: `None` for None, TypeError for an object that is no `tzinfo`.
pub fn check_zone(zone: Option<Obj<'_>>) -> Result<Option<Obj<'_>>> {
    match zone {
        None => Ok(None),
        Some(zone) if zone.is_none() => Ok(None),
        Some(zone) if TZINFO.has(zone) => Ok(Some(zone)),
        Some(other) => {
            let class = other.class_name();
            Err(type_error(format_args!("tzinfo argument must be None or of a tzinfo subclass, not type '{class}'")))
        }
    }
}

/// A new object of a class that has this layout.
fn allocate<T>(class: Obj<'_>) -> Result<(Ref, *mut T)> {
    // SAFETY: a class of this module or one derived from it: it has an allocator, whose objects have the layout's size at least.
    unsafe {
        let class: *mut PyTypeObject = class.as_ptr().cast();
        let alloc = (*class).tp_alloc.expect("each type that is ready has an allocator");
        let object = Ref::from_new(alloc(class, 0))?;
        let place = object.as_ptr().cast();
        Ok((object, place))
    }
}

/// A zone for the field of an object: a reference of its own, or None as CPython has it.
fn zone_field(zone: Option<Obj<'_>>) -> *mut PyObject {
    zone.map_or_else(Ref::none, Obj::to_ref).into_ptr()
}

fn date_bytes(date: Date) -> [u8; 4] {
    [(date.year >> 8) as u8, date.year as u8, date.month as u8, date.day as u8]
}

fn clock_bytes(clock: Clock) -> [u8; 6] {
    let [_, a, b, c] = clock.micro.to_be_bytes();
    [clock.hour as u8, clock.minute as u8, clock.second as u8, a, b, c]
}

/// An object that a derived class makes by its own constructor, of these numbers and what follows them.
pub fn constructed(class: Obj<'_>, numbers: &[i32], others: &[Obj<'_>]) -> Result<Ref> {
    let numbers = numbers.iter().map(|number| Ref::int((*number).into())).collect::<Result<Vec<Ref>>>()?;
    let arguments: Vec<Obj<'_>> = numbers.iter().map(Ref::obj).chain(others.iter().copied()).collect();
    class.call(&Ref::tuple(&arguments)?)
}

/// A date of this class, which is `date` or derived from it and from no other class here.
pub fn new_date(class: Obj<'_>, date: Date) -> Result<Ref> {
    let (object, place) = allocate::<PyDateTime_Date>(class)?;
    // SAFETY: the object is new, and has this layout.
    unsafe {
        (*place).hashcode = -1;
        (*place).data = date_bytes(date);
    }
    Ok(object)
}

/// A time of this class, which is `time` or derived from it.
pub fn new_time(class: Obj<'_>, clock: Clock, zone: Option<Obj<'_>>, fold: i32) -> Result<Ref> {
    let (object, place) = allocate::<PyDateTime_Time>(class)?;
    // SAFETY: the object is new, and has this layout.
    unsafe {
        (*place).hashcode = -1;
        (*place).hastzinfo = zone.is_some().into();
        (*place).data = clock_bytes(clock);
        (*place).fold = fold as u8;
        (*place).tzinfo = zone_field(zone);
    }
    Ok(object)
}

/// A date and time of this class, which is `datetime` or derived from it.
pub fn new_datetime(class: Obj<'_>, date: Date, clock: Clock, zone: Option<Obj<'_>>, fold: i32) -> Result<Ref> {
    let (object, place) = allocate::<PyDateTime_DateTime>(class)?;
    let ([a, b, c, d], [e, f, g, h, i, j]) = (date_bytes(date), clock_bytes(clock));
    // SAFETY: the object is new, and has this layout.
    unsafe {
        (*place).hashcode = -1;
        (*place).hastzinfo = zone.is_some().into();
        (*place).data = [a, b, c, d, e, f, g, h, i, j];
        (*place).fold = fold as u8;
        (*place).tzinfo = zone_field(zone);
    }
    Ok(object)
}

/// A duration of this class, which is `timedelta` or derived from it: OverflowError for too many days.
pub fn new_delta(class: Obj<'_>, span: Span) -> Result<Ref> {
    if i64::from(span.days).abs() > MAX_DAYS {
        return Err(too_many_days(span.days));
    }
    let (object, place) = allocate::<PyDateTime_Delta>(class)?;
    // SAFETY: the object is new, and has this layout.
    unsafe {
        (*place).hashcode = -1;
        (*place).days = span.days;
        (*place).seconds = span.seconds;
        (*place).microseconds = span.micros;
    }
    Ok(object)
}

/// OverflowError for a duration of so many days.
pub fn too_many_days(days: i32) -> Raised {
    raise(Builtin::OverflowError.obj(), format_args!("days={days}; must have magnitude <= {MAX_DAYS}"))
}

/// A new `timedelta`.
pub fn delta(span: Span) -> Result<Ref> {
    new_delta(DELTA.obj(), span)
}

/// A new `timezone` with this offset and perhaps a name, neither of which is checked.
pub fn new_timezone(offset: Obj<'_>, name: Option<Obj<'_>>) -> Result<Ref> {
    let (object, place) = allocate::<TimeZone>(TIMEZONE.obj())?;
    // SAFETY: the object is new, and has this layout.
    unsafe {
        (*place).offset = offset.to_ref().into_ptr();
        (*place).name = name.map_or(null_mut(), |name| name.to_ref().into_ptr());
    }
    Ok(object)
}

/// The date of a `date` or `datetime`.
pub fn date_of(object: Obj<'_>) -> Option<Date> {
    DATE.has(object).then(|| {
        // SAFETY: a date has this layout, and a datetime begins with it.
        let [high, low, month, day] = unsafe { (*object.as_ptr().cast::<PyDateTime_Date>()).data };
        Date { year: i32::from(high) << 8 | i32::from(low), month: month.into(), day: day.into() }
    })
}

/// The time of a `time` or `datetime`.
pub fn clock_of(object: Obj<'_>) -> Option<Clock> {
    let [hour, minute, second, a, b, c] = if TIME.has(object) {
        // SAFETY: a time has this layout.
        unsafe { (*object.as_ptr().cast::<PyDateTime_Time>()).data }
    } else if DATETIME.has(object) {
        // SAFETY: a datetime has this layout.
        let [_, _, _, _, bytes @ ..] = unsafe { (*object.as_ptr().cast::<PyDateTime_DateTime>()).data };
        bytes
    } else {
        return None;
    };
    let micro = i32::from_be_bytes([0, a, b, c]);
    Some(Clock { hour: hour.into(), minute: minute.into(), second: second.into(), micro })
}

/// The zone of a `time` or `datetime` that has one.
pub fn zone_of<'a>(object: Obj<'a>) -> Option<Obj<'a>> {
    // SAFETY: a time and a datetime have these layouts. Their zone is None or an object, which they own.
    let zone = unsafe {
        if TIME.has(object) {
            Obj::from_ptr((*object.as_ptr().cast::<PyDateTime_Time>()).tzinfo)
        } else if DATETIME.has(object) {
            Obj::from_ptr((*object.as_ptr().cast::<PyDateTime_DateTime>()).tzinfo)
        } else {
            None
        }
    };
    zone.filter(|zone| !zone.is_none())
}

/// The fold of a `time` or `datetime`: 1 for the second of two times that a clock shows alike.
pub fn fold_of(object: Obj<'_>) -> i32 {
    // SAFETY: a time and a datetime have these layouts.
    unsafe {
        if TIME.has(object) {
            (*object.as_ptr().cast::<PyDateTime_Time>()).fold.into()
        } else if DATETIME.has(object) {
            (*object.as_ptr().cast::<PyDateTime_DateTime>()).fold.into()
        } else {
            0
        }
    }
}

/// The duration of a `timedelta`.
pub fn span_of(object: Obj<'_>) -> Option<Span> {
    DELTA.has(object).then(|| {
        // SAFETY: a timedelta has this layout.
        unsafe {
            let place = object.as_ptr().cast::<PyDateTime_Delta>();
            Span { days: (*place).days, seconds: (*place).seconds, micros: (*place).microseconds }
        }
    })
}

/// The offset of a `timezone`, and its name when it has one.
pub fn timezone_of<'a>(object: Obj<'a>) -> Option<(Obj<'a>, Option<Obj<'a>>)> {
    if !TIMEZONE.has(object) {
        return None;
    }
    // SAFETY: a timezone has this layout, and owns both objects.
    unsafe {
        let place = object.as_ptr().cast::<TimeZone>();
        Obj::from_ptr((*place).offset).map(|offset| (offset, Obj::from_ptr((*place).name)))
    }
}

/// The hash that the object keeps, or the one that `compute` makes, which it keeps from now on.
pub fn cached_hash(object: Obj<'_>, compute: impl FnOnce() -> Result<isize>) -> Result<isize> {
    // The hash is the first field of each object here that keeps one.
    let place = object.as_ptr().cast::<PyDateTime_Delta>();
    // SAFETY: a slot of a class here calls this, whose objects have the field.
    match unsafe { (*place).hashcode } {
        -1 => {
            let hash = compute()?;
            // SAFETY: as before.
            unsafe { (*place).hashcode = hash };
            Ok(hash)
        }
        hash => Ok(hash),
    }
}

/// The bytes of a date, time or datetime as they are pickled and hashed, without the fold.
pub fn state_of(object: Obj<'_>) -> Vec<u8> {
    let date = date_of(object).into_iter().flat_map(date_bytes);
    date.chain(clock_of(object).into_iter().flat_map(clock_bytes)).collect()
}

/// `tp_dealloc` of `time`.
pub unsafe extern "C" fn end_time(object: *mut PyObject) {
    // SAFETY: an object of this layout, at its end: its reference to the zone is dropped once.
    unsafe {
        ffi::Py_XDECREF((*object.cast::<PyDateTime_Time>()).tzinfo);
        free(object);
    }
}

/// `tp_dealloc` of `datetime`.
pub unsafe extern "C" fn end_datetime(object: *mut PyObject) {
    // SAFETY: as for a time.
    unsafe {
        ffi::Py_XDECREF((*object.cast::<PyDateTime_DateTime>()).tzinfo);
        free(object);
    }
}

/// `tp_dealloc` of `timezone`.
pub unsafe extern "C" fn end_timezone(object: *mut PyObject) {
    // SAFETY: an object of this layout, at its end: its references are dropped once.
    unsafe {
        ffi::Py_XDECREF((*object.cast::<TimeZone>()).offset);
        ffi::Py_XDECREF((*object.cast::<TimeZone>()).name);
        free(object);
    }
}

/// Gives the memory of an object back.
///
/// # Safety
///
/// The object ends, and owns nothing any more.
unsafe fn free(object: *mut PyObject) {
    // SAFETY: each type that is ready has this function, which takes the object's memory.
    unsafe {
        let free = (*ffi::Py_TYPE(object)).tp_free.expect("each type that is ready has it");
        free(object.cast());
    }
}

/// Sets the fold of a new `time` or `datetime`, which no other code has seen.
pub fn set_fold(object: Obj<'_>, fold: i32) {
    // SAFETY: a time and a datetime have these layouts.
    unsafe {
        if TIME.has(object) {
            (*object.as_ptr().cast::<PyDateTime_Time>()).fold = fold as u8;
        } else if DATETIME.has(object) {
            (*object.as_ptr().cast::<PyDateTime_DateTime>()).fold = fold as u8;
        }
    }
}
