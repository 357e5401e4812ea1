//! `date`.

use super::calendar::{self, Date, IsoProblem};
use super::objects::*;
use super::span::{Clock, Span};
use super::{DATE, DATETIME, ISO_DATE, local, text};
use crate::kit::class::Comparison;
use crate::kit::{Builtin, Call, Obj, Ref, Result, Value, raise};
use pyo3_ffi as ffi;

/// The first of no months: a default that is never used, since the argument is not optional.
const UNSET: Value<'static> = Value::Int(0);

pub fn new(call: Call<'_>) -> Result<Ref> {
    if let Some([year_high, year_low, month @ 1..=12, day]) = pickled(&call) {
        let year = i32::from(*year_high) << 8 | i32::from(*year_low);
        return new_date(call.this, Date { year, month: (*month).into(), day: (*day).into() });
    }
    let parts = call.parse(c"iii", [c"year", c"month", c"day"], [UNSET; 3])?;
    let [year, month, day] = parts.map(Value::int);
    new_date(call.this, check_date(Date { year, month, day })?)
}

/// The bytes that a pickled object gives to its constructor as the first argument.
pub fn pickled<'a, const N: usize>(call: &Call<'a>) -> Option<&'a [u8; N]> {
    call.positional().items().first()?.as_bytes()?.try_into().ok()
}

/// A date of a class; one that is derived from `date` makes it by its own constructor.
pub fn make(class: Obj<'_>, date: Date) -> Result<Ref> {
    if DATE.is(class) {
        return new_date(class, check_date(date)?);
    }
    constructed(class, &[date.year, date.month, date.day], &[])
}

/// The date of an object that is one.
fn date(object: Obj<'_>) -> Date {
    date_of(object).unwrap_or(Date { year: 1, month: 1, day: 1 })
}

pub fn from_ordinal(call: Call<'_>) -> Result<Ref> {
    let [ordinal] = call.parse(c"i:fromordinal", [c""], [UNSET])?;
    match ordinal.int() {
        ..1 => Err(value_error(format_args!("ordinal must be >= 1"))),
        ordinal => make(call.this, Date::from_ordinal(ordinal)),
    }
}

pub fn from_iso_calendar(call: Call<'_>) -> Result<Ref> {
    let parts = call.parse(c"iii:fromisocalendar", [c"year", c"week", c"day"], [UNSET; 3])?;
    let [year, week, weekday] = parts.map(Value::int);
    match calendar::ordinal_of_iso(year, week, weekday) {
        Ok(ordinal) => make(call.this, Date::from_ordinal(ordinal)),
        Err(IsoProblem::Year) => Err(value_error(format_args!("Year is out of range: {year}"))),
        Err(IsoProblem::Week) => Err(value_error(format_args!("Invalid week: {week}"))),
        Err(IsoProblem::Weekday) => Err(value_error(format_args!("Invalid weekday: {weekday} (range is [1, 7])"))),
    }
}

/// ValueError for a text that is read neither as a date nor as a time.
pub fn bad_text(argument: Obj<'_>) -> crate::kit::Raised {
    match argument.repr() {
        Ok(repr) => value_error(format_args!("Invalid isoformat string: {repr}")),
        Err(raised) => raised,
    }
}

pub fn from_iso_format(class: Obj<'_>, argument: Obj<'_>) -> Result<Ref> {
    if !argument.is_text() {
        return Err(type_error(format_args!("fromisoformat: argument must be str")));
    }
    match text::read_date(argument.to_text()?.as_bytes()) {
        Ok(date) => make(class, date),
        Err(text::Problem::Year(year)) => Err(value_error(format_args!("Year is out of range: {year}"))),
        Err(text::Problem::Form) => Err(bad_text(argument)),
    }
}

pub fn from_timestamp(class: Obj<'_>, timestamp: Obj<'_>) -> Result<Ref> {
    let (seconds, _) = local::timestamp(timestamp)?;
    make(class, local::time(seconds)?.date)
}

pub fn today(class: Obj<'_>) -> Result<Ref> {
    make(class, local::time(local::now()?.0)?.date)
}

pub fn year(object: Obj<'_>) -> Result<Ref> {
    Ref::int(date(object).year.into())
}

pub fn month(object: Obj<'_>) -> Result<Ref> {
    Ref::int(date(object).month.into())
}

pub fn day(object: Obj<'_>) -> Result<Ref> {
    Ref::int(date(object).day.into())
}

pub fn iso_format(object: Obj<'_>) -> Result<Ref> {
    Ref::text(&text::date(date(object)))
}

/// `str()`, which is the method `isoformat` of the object's class.
pub fn to_text(object: Obj<'_>) -> Result<Ref> {
    object.call_method(c"isoformat")
}

pub fn ctime(object: Obj<'_>) -> Result<Ref> {
    Ref::text(&text::ctime(date(object), clock_of(object).unwrap_or(Clock::MIDNIGHT)))
}

pub fn to_ordinal(object: Obj<'_>) -> Result<Ref> {
    Ref::int(date(object).ordinal().into())
}

pub fn weekday(object: Obj<'_>) -> Result<Ref> {
    Ref::int(date(object).weekday().into())
}

pub fn iso_weekday(object: Obj<'_>) -> Result<Ref> {
    Ref::int((date(object).weekday() + 1).into())
}

pub fn iso_calendar(object: Obj<'_>) -> Result<Ref> {
    let (year, week, weekday) = date(object).iso();
    let parts = [Ref::int(year.into())?, Ref::int(week.into())?, Ref::int(weekday.into())?];
    // SAFETY: the class is derived from tuple, whose constructor takes one iterable.
    unsafe {
        let new = ffi::PyTuple_Type.tp_new.expect("tuples can be made");
        let items = Ref::tuple(&[Ref::tuple(&parts.each_ref().map(|part| part.obj()))?.obj()])?;
        Ref::from_new(new(ISO_DATE.as_ptr(), items.as_ptr(), core::ptr::null_mut()))
    }
}

/// An item of what `isocalendar` gives.
pub fn iso_part(object: Obj<'_>, i: usize) -> Result<Ref> {
    Ok(object.items().get(i).map_or_else(Ref::none, |item| item.to_ref()))
}

pub fn iso_repr(object: Obj<'_>) -> Result<Ref> {
    let items: Vec<String> = object.items().iter().map(|item| item.text()).collect::<Result<_>>()?;
    let [year, week, weekday] = &items[..] else { return Ok(Ref::none()) };
    Ref::text(&format!("{}(year={year}, week={week}, weekday={weekday})", object.class_name()))
}

pub fn iso_reduce(object: Obj<'_>) -> Result<Ref> {
    let items = Ref::tuple(&object.items())?;
    // SAFETY: the class `tuple` is an object that lives for ever.
    let tuple = unsafe { Obj::from_ptr((&raw mut ffi::PyTuple_Type).cast()) }.expect("a static");
    Ref::tuple(&[tuple, Ref::tuple(&[items.obj()])?.obj()])
}

pub fn replace(call: Call<'_>) -> Result<Ref> {
    let Date { year, month, day } = date(call.this);
    let parts = call.parse(c"|iii:replace", [c"year", c"month", c"day"], [year, month, day].map(Value::Int))?;
    let [year, month, day] = parts.map(Value::int);
    make(call.this.class(), Date { year, month, day })
}

/// `format()`: the text without a format, else the method `strftime` of the object's class.
pub fn format(object: Obj<'_>, format: Obj<'_>) -> Result<Ref> {
    if !format.is_text() {
        let class = format.class_name();
        return Err(type_error(format_args!("__format__() argument 1 must be str, not {class}")));
    }
    if format.to_text()?.is_empty() {
        return Ref::text(&object.text()?);
    }
    object.call_method_one(c"strftime", format)
}

pub fn reduce(object: Obj<'_>) -> Result<Ref> {
    let state = Ref::tuple(&[Ref::bytes(&state_of(object))?.obj()])?;
    Ref::tuple(&[object.class(), state.obj()])
}

pub fn repr(object: Obj<'_>) -> Result<Ref> {
    let Date { year, month, day } = date(object);
    Ref::text(&format!("{}({year}, {month}, {day})", object.class_name()))
}

pub fn hash(object: Obj<'_>) -> Result<isize> {
    cached_hash(object, || Ref::bytes(&state_of(object))?.obj().hash())
}

/// The date of an object that is a date and no datetime.
fn only_date(object: Obj<'_>) -> Option<Date> {
    if DATETIME.has(object) { None } else { date_of(object) }
}

pub fn compare(left: Obj<'_>, right: Obj<'_>, comparison: Comparison) -> Result<Ref> {
    match only_date(left).zip(only_date(right)) {
        Some((left, right)) => comparison.answer(left.cmp(&right)),
        None => Ok(Ref::not_implemented()),
    }
}

/// The day so many days after another: OverflowError for one that is no date.
pub fn days_after(date: Date, days: i64) -> Result<Date> {
    let ordinal = i64::from(date.ordinal()) + days;
    if (1..=i64::from(calendar::MAX_ORDINAL)).contains(&ordinal) {
        return Ok(Date::from_ordinal(ordinal as i32));
    }
    Err(raise(Builtin::OverflowError.obj(), "date value out of range"))
}

fn shifted(object: Obj<'_>, date: Date, days: i64) -> Result<Ref> {
    make(object.class(), days_after(date, days)?)
}

pub fn plus(left: Obj<'_>, right: Obj<'_>) -> Result<Ref> {
    match (only_date(left), span_of(right), span_of(left), only_date(right)) {
        (Some(date), Some(span), ..) => shifted(left, date, span.days.into()),
        (.., Some(span), Some(date)) => shifted(right, date, span.days.into()),
        _ => Ok(Ref::not_implemented()),
    }
}

pub fn minus(left: Obj<'_>, right: Obj<'_>) -> Result<Ref> {
    let Some(date) = only_date(left) else { return Ok(Ref::not_implemented()) };
    if let Some(other) = only_date(right) {
        return delta(Span { days: date.ordinal() - other.ordinal(), ..Span::ZERO });
    }
    match span_of(right) {
        Some(span) => shifted(left, date, -i64::from(span.days)),
        None => Ok(Ref::not_implemented()),
    }
}
