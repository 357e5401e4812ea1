//! The module `datetime`: CPython's types with its layouts, so that the macros of `datetime.h` work.

mod calendar;
mod capi;
mod clock;
mod date;
mod delta;
mod local;
mod objects;
mod span;
mod stamp;
mod text;
mod types;
mod zone;

use crate::kit::{Definition, Functions, Module, Obj, Ref, Result, State};
use calendar::Date;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering::Relaxed};
use pyo3_ffi::{PyMethodDef, PyObject};
use span::{Clock, Span};
use types::{DATE, DATETIME, DELTA, ISO_DATE, TIME, TIMEZONE, TZINFO};

/// The module.
pub static MODULE: Definition<DateTime> = Definition::new(c"datetime", c"Dates, times, and durations.", &FUNCTIONS);

static FUNCTIONS: Functions<1> = Functions::new([PyMethodDef::zeroed()]);

/// The module has no state: its types are static, as CPython's are.
pub struct DateTime;

/// UTC, which lives as long as the process.
static UTC: AtomicPtr<PyObject> = AtomicPtr::new(null_mut());

/// The zone UTC.
fn utc() -> Result<Obj<'static>> {
    let known = UTC.load(Relaxed);
    // SAFETY: the pointer is NULL, or an object whose reference is never given back.
    if let Some(utc) = unsafe { Obj::from_ptr(known) } {
        return Ok(utc);
    }
    let made = objects::new_timezone(objects::delta(Span::ZERO)?.obj(), None)?.into_ptr();
    UTC.store(made, Relaxed);
    // SAFETY: as before.
    Ok(unsafe { Obj::from_ptr(made) }.expect("a new object"))
}

impl State for DateTime {
    fn make(module: &Module<'_>) -> Result<Self> {
        let types = [
            (c"timedelta", &DELTA),
            (c"date", &DATE),
            (c"tzinfo", &TZINFO),
            (c"time", &TIME),
            (c"datetime", &DATETIME),
            (c"timezone", &TIMEZONE),
        ];
        ISO_DATE.ready()?;
        for (name, class) in types {
            class.ready()?;
            module.add(name, &class.obj().to_ref())?;
        }
        constants()?;
        let utc = utc()?.to_ref();
        TIMEZONE.add(c"utc", &utc)?;
        module.add(c"UTC", &utc)?;
        module.add(c"MINYEAR", &Ref::int((*calendar::YEARS.start()).into())?)?;
        module.add(c"MAXYEAR", &Ref::int((*calendar::YEARS.end()).into())?)?;
        capi::add(module)?;
        Ok(DateTime)
    }
}

/// Puts the least and the greatest values, and the smallest differences, into the types.
fn constants() -> Result<()> {
    let first = Date { year: 1, month: 1, day: 1 };
    let last = Date { year: 9999, month: 12, day: 31 };
    let end = Clock { hour: 23, minute: 59, second: 59, micro: 999_999 };
    let most = Span { days: span::MAX_DAYS as i32, seconds: 86_399, micros: 999_999 };
    let least = Span { days: -(span::MAX_DAYS as i32), ..Span::ZERO };
    let micro = objects::delta(Span { micros: 1, ..Span::ZERO })?;
    let zone = |minutes: i64| -> Result<Ref> {
        objects::new_timezone(delta::of_micros(i128::from(minutes) * 60_000_000)?.obj(), None)
    };
    let day_minutes = span::DAY / 60;
    let values = [
        (&DELTA, c"min", objects::delta(least)?),
        (&DELTA, c"max", objects::delta(most)?),
        (&DELTA, c"resolution", micro.obj().to_ref()),
        (&DATE, c"min", objects::new_date(DATE.obj(), first)?),
        (&DATE, c"max", objects::new_date(DATE.obj(), last)?),
        (&DATE, c"resolution", objects::delta(Span { days: 1, ..Span::ZERO })?),
        (&TIME, c"min", objects::new_time(TIME.obj(), Clock::MIDNIGHT, None, 0)?),
        (&TIME, c"max", objects::new_time(TIME.obj(), end, None, 0)?),
        (&TIME, c"resolution", micro.obj().to_ref()),
        (&DATETIME, c"min", objects::new_datetime(DATETIME.obj(), first, Clock::MIDNIGHT, None, 0)?),
        (&DATETIME, c"max", objects::new_datetime(DATETIME.obj(), last, end, None, 0)?),
        (&DATETIME, c"resolution", micro.obj().to_ref()),
        (&TIMEZONE, c"min", zone(1 - day_minutes)?),
        (&TIMEZONE, c"max", zone(day_minutes - 1)?),
    ];
    values.iter().try_for_each(|(class, name, value)| class.add(name, value))
}
