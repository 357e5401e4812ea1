//! The capsule `datetime.datetime_CAPI`: the table of types and functions that the macros of `datetime.h` use.

use super::calendar::Date;
use super::objects::*;
use super::span::{Clock, MAX_DAYS, Span};
use super::{DATE, DATETIME, DELTA, TIME, TZINFO, date, stamp, utc, zone};
use crate::kit::{Call, Module, Obj, Raised, Ref, Result, to_c};
use core::cell::UnsafeCell;
use core::ffi::c_int;
use core::ptr::null_mut;
use pyo3_ffi::{self as ffi, PyDateTime_CAPI, PyObject, PyTypeObject};

/// The table, which is filled once, when the module is made.
struct Table(UnsafeCell<PyDateTime_CAPI>);

// SAFETY: the table is written under the GIL before a program can have its address, and never again.
unsafe impl Sync for Table {}

static TABLE: Table = Table(UnsafeCell::new(PyDateTime_CAPI {
    DateType: DATE.as_ptr(),
    DateTimeType: DATETIME.as_ptr(),
    TimeType: TIME.as_ptr(),
    DeltaType: DELTA.as_ptr(),
    TZInfoType: TZINFO.as_ptr(),
    TimeZone_UTC: null_mut(),
    Date_FromDate: date_from_date,
    DateTime_FromDateAndTime: datetime_from_date_and_time,
    Time_FromTime: time_from_time,
    Delta_FromDelta: delta_from_delta,
    TimeZone_FromTimeZone: timezone_from_timezone,
    DateTime_FromTimestamp: datetime_from_timestamp,
    Date_FromTimestamp: date_from_timestamp,
    DateTime_FromDateAndTimeAndFold: datetime_from_date_and_time_and_fold,
    Time_FromTimeAndFold: time_from_time_and_fold,
}));

/// Fills the table and puts its capsule into the module.
pub fn add(module: &Module<'_>) -> Result<()> {
    // SAFETY: the module is being made, under the GIL.
    unsafe { (*TABLE.0.get()).TimeZone_UTC = utc()?.as_ptr() };
    // SAFETY: the table and the name are static; a new reference comes back.
    let capsule = unsafe {
        Ref::from_new(ffi::PyCapsule_New(TABLE.0.get().cast(), ffi::PyDateTime_CAPSULE_NAME.as_ptr(), None))?
    };
    module.add(c"datetime_CAPI", &capsule)
}

/// A class or an object that a program gives to a function of the table.
///
/// # Safety
///
/// It is one that lives during the call.
unsafe fn given<'a, T>(object: *mut T) -> Obj<'a> {
    // SAFETY: as the caller promises.
    unsafe { Obj::from_ptr(object.cast()) }.expect("an object and not NULL, as CPython wants it")
}

unsafe extern "C" fn date_from_date(year: c_int, month: c_int, day: c_int, class: *mut PyTypeObject) -> *mut PyObject {
    // SAFETY: the program gives a class, as the macro does.
    let class = unsafe { given(class) };
    to_c(check_date(Date { year, month, day }).and_then(|date| new_date(class, date)))
}

unsafe extern "C" fn datetime_from_date_and_time_and_fold(
    year: c_int,
    month: c_int,
    day: c_int,
    hour: c_int,
    minute: c_int,
    second: c_int,
    micro: c_int,
    zone: *mut PyObject,
    fold: c_int,
    class: *mut PyTypeObject,
) -> *mut PyObject {
    // SAFETY: the program gives a zone or None, and a class, as the macro does.
    let (zone, class) = unsafe { (given(zone), given(class)) };
    let make = || {
        let date = check_date(Date { year, month, day })?;
        let clock = check_clock(Clock { hour, minute, second, micro }, fold)?;
        new_datetime(class, date, clock, check_zone(Some(zone))?, fold)
    };
    to_c(make())
}

unsafe extern "C" fn datetime_from_date_and_time(
    year: c_int,
    month: c_int,
    day: c_int,
    hour: c_int,
    minute: c_int,
    second: c_int,
    micro: c_int,
    zone: *mut PyObject,
    class: *mut PyTypeObject,
) -> *mut PyObject {
    // SAFETY: the arguments are those of the other function.
    unsafe { datetime_from_date_and_time_and_fold(year, month, day, hour, minute, second, micro, zone, 0, class) }
}

unsafe extern "C" fn time_from_time_and_fold(
    hour: c_int,
    minute: c_int,
    second: c_int,
    micro: c_int,
    zone: *mut PyObject,
    fold: c_int,
    class: *mut PyTypeObject,
) -> *mut PyObject {
    // SAFETY: the program gives a zone or None, and a class, as the macro does.
    let (zone, class) = unsafe { (given(zone), given(class)) };
    let make = || {
        let clock = check_clock(Clock { hour, minute, second, micro }, fold)?;
        new_time(class, clock, check_zone(Some(zone))?, fold)
    };
    to_c(make())
}

unsafe extern "C" fn time_from_time(
    hour: c_int,
    minute: c_int,
    second: c_int,
    micro: c_int,
    zone: *mut PyObject,
    class: *mut PyTypeObject,
) -> *mut PyObject {
    // SAFETY: the arguments are those of the other function.
    unsafe { time_from_time_and_fold(hour, minute, second, micro, zone, 0, class) }
}

unsafe extern "C" fn delta_from_delta(
    days: c_int,
    seconds: c_int,
    micros: c_int,
    normalize: c_int,
    class: *mut PyTypeObject,
) -> *mut PyObject {
    // SAFETY: the program gives a class, as the macro does.
    let class = unsafe { given(class) };
    let make = || {
        if normalize == 0 {
            return new_delta(class, Span { days, seconds, micros });
        }
        let total = (i128::from(days) * 86_400 + i128::from(seconds)) * 1_000_000 + i128::from(micros);
        match Span::from_micros(total) {
            Ok(span) => new_delta(class, span),
            Err(days) => Err(too_many_days(i32::try_from(days).unwrap_or(MAX_DAYS as i32 + 1))),
        }
    };
    to_c(make())
}

unsafe extern "C" fn timezone_from_timezone(offset: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the program gives an offset, and a name or NULL.
    let (offset, name) = unsafe { (given(offset), Obj::from_ptr(name)) };
    if !DELTA.has(offset) {
        let class = offset.class_name();
        let text = format_args!("timezone() argument 1 must be datetime.timedelta, not {class}");
        let Raised { .. } = type_error(text);
        return null_mut();
    }
    to_c(zone::make(offset, name))
}

unsafe extern "C" fn datetime_from_timestamp(
    class: *mut PyTypeObject,
    positional: *mut PyObject,
    keywords: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the program gives a class, a tuple, and a dict or NULL.
    let call = unsafe { Call::new(given(class), given(positional), Obj::from_ptr(keywords)) };
    to_c(stamp::from_timestamp(call))
}

unsafe extern "C" fn date_from_timestamp(class: *mut PyTypeObject, positional: *mut PyObject) -> *mut PyObject {
    // SAFETY: the program gives a class and a tuple.
    let (class, positional) = unsafe { (given(class), given(positional)) };
    match positional.items()[..] {
        [timestamp] => to_c(date::from_timestamp(class, timestamp)),
        ref others => {
            let count = others.len();
            let Raised { .. } = type_error(format_args!("fromtimestamp expected 1 argument, got {count}"));
            null_mut()
        }
    }
}
