//! `datetime`.

use super::calendar::Date;
use super::clock::{self, clock};
use super::date::{bad_text, days_after, pickled};
use super::objects::*;
use super::span::{Clock, Span};
use super::text::{self, Problem};
use super::{DATE, DATETIME, TIME, delta, local, zone};
use crate::kit::class::Comparison;
use crate::kit::{Call, Obj, Raised, Ref, Result, Value};
use core::cmp::Ordering;
use core::ffi::CStr;

const DAY_MICROS: i128 = 86_400_000_000;

/// The names of the parameters of the constructor and of `replace`.
const NAMES: [&CStr; 9] =
    [c"year", c"month", c"day", c"hour", c"minute", c"second", c"microsecond", c"tzinfo", c"fold"];

pub fn new(call: Call<'_>) -> Result<Ref> {
    if let Some([year_high, year_low, month, day, hour, minute, second, a, b, c]) = pickled(&call)
        && matches!(month & 0x7f, 1..=12)
    {
        let year = i32::from(*year_high) << 8 | i32::from(*year_low);
        let date = Date { year, month: (month & 0x7f).into(), day: (*day).into() };
        let micro = i32::from_be_bytes([0, *a, *b, *c]);
        let clock = Clock { hour: (*hour).into(), minute: (*minute).into(), second: (*second).into(), micro };
        return new_datetime(call.this, date, clock, clock::pickled_zone(&call)?, (month >> 7).into());
    }
    let zero = Value::Int(0);
    let (date, clock, zone, fold) = parse(&call, c"iii|iiiiO$i", [zero; 3], [zero; 4], Value::Object(None), zero)?;
    let (date, clock) = (check_date(date)?, check_clock(clock, fold)?);
    new_datetime(call.this, date, clock, check_zone(zone)?, fold)
}

type Parts<'a> = (Date, Clock, Option<Obj<'a>>, i32);

fn parse<'a>(
    call: &Call<'a>,
    format: &'static CStr,
    date: [Value<'a>; 3],
    clock: [Value<'a>; 4],
    zone: Value<'a>,
    fold: Value<'a>,
) -> Result<Parts<'a>> {
    let ([year, month, day], [hour, minute, second, micro]) = (date, clock);
    let defaults = [year, month, day, hour, minute, second, micro, zone, fold];
    let [year, month, day, hour, minute, second, micro, zone, fold] = call.parse(format, NAMES, defaults)?;
    let date = Date { year: year.int(), month: month.int(), day: day.int() };
    let clock = Clock { hour: hour.int(), minute: minute.int(), second: second.int(), micro: micro.int() };
    Ok((date, clock, zone.object(), fold.int()))
}

/// A datetime of a class; one that is derived from `datetime` makes it by its own constructor.
pub fn make(class: Obj<'_>, date: Date, clock: Clock, zone: Option<Obj<'_>>, fold: i32) -> Result<Ref> {
    check_date(date)?;
    check_clock(clock, fold)?;
    if DATETIME.is(class) {
        return new_datetime(class, date, clock, zone, fold);
    }
    let numbers = [date.year, date.month, date.day, clock.hour, clock.minute, clock.second, clock.micro];
    let made = constructed(class, &numbers, &[zone.unwrap_or(Obj::none())])?;
    set_fold(made.obj(), fold);
    Ok(made)
}

fn date(object: Obj<'_>) -> Date {
    date_of(object).unwrap_or(Date { year: 1, month: 1, day: 1 })
}

/// The time since the begin of year 1, in microseconds and without regard to the zone.
fn micros(object: Obj<'_>) -> i128 {
    i128::from(date(object).ordinal()) * DAY_MICROS + i128::from(clock(object).to_micros())
}

/// The date and time so many microseconds after the begin of year 1: OverflowError for one that is none.
fn of_micros(micros: i128) -> Result<(Date, Clock)> {
    let days = i64::try_from(micros.div_euclid(DAY_MICROS)).unwrap_or(i64::MAX);
    let date = days_after(Date { year: 1, month: 1, day: 1 }, days.saturating_sub(1))?;
    Ok((date, Clock::from_micros(micros.rem_euclid(DAY_MICROS) as i64)))
}

/// A datetime at a moment since 1970, in the zone, or in local time.
fn at(class: Obj<'_>, seconds: i64, micro: i32, zone: Option<Obj<'_>>) -> Result<Ref> {
    let time = if zone.is_some() { local::utc(seconds)? } else { local::time(seconds)? };
    check_date(time.date)?;
    let folded = zone.is_none() && local::is_folded(seconds, time.date, time.clock)?;
    let made = make(class, time.date, Clock { micro, ..time.clock }, zone, folded.into())?;
    match zone {
        None => Ok(made),
        Some(zone) => zone.call_method_one(c"fromutc", made.obj()),
    }
}

pub fn now(call: Call<'_>) -> Result<Ref> {
    let [zone] = call.bind(c"|O:now", [c"tz"])?;
    let zone = check_zone(zone)?;
    let (seconds, micro) = local::now()?;
    at(call.this, seconds, micro, zone)
}

fn utc_at(class: Obj<'_>, (seconds, micro): (i64, i32)) -> Result<Ref> {
    let time = local::utc(seconds)?;
    make(class, time.date, Clock { micro, ..time.clock }, None, 0)
}

pub fn utc_now(class: Obj<'_>) -> Result<Ref> {
    utc_at(class, local::now()?)
}

pub fn from_timestamp(call: Call<'_>) -> Result<Ref> {
    let [timestamp, zone] = call.bind(c"O|O:fromtimestamp", [c"timestamp", c"tz"])?;
    let zone = check_zone(zone)?;
    let (seconds, micro) = local::timestamp(timestamp.expect("an argument that is not optional"))?;
    at(call.this, seconds, micro, zone)
}

pub fn utc_from_timestamp(class: Obj<'_>, timestamp: Obj<'_>) -> Result<Ref> {
    utc_at(class, local::timestamp(timestamp)?)
}

pub fn combine(call: Call<'_>) -> Result<Ref> {
    let [day, time, zone] = call.bind(c"OO|O:combine", [c"date", c"time", c"tzinfo"])?;
    let wrong = |number: i32, class: &str, argument: Obj<'_>| {
        let other = argument.class_name();
        type_error(format_args!("combine() argument {number} must be datetime.{class}, not {other}"))
    };
    let (day, time) = (day.expect("given"), time.expect("given"));
    if !DATE.has(day) {
        return Err(wrong(1, "date", day));
    }
    if !TIME.has(time) {
        return Err(wrong(2, "time", time));
    }
    let zone = match zone {
        None => zone_of(time),
        Some(zone) => check_zone(Some(zone))?,
    };
    make(call.this, date(day), clock(time), zone, fold_of(time))
}

pub fn from_iso_format(class: Obj<'_>, argument: Obj<'_>) -> Result<Ref> {
    if !argument.is_text() {
        return Err(type_error(format_args!("fromisoformat: argument must be str")));
    }
    let words = argument.to_text()?;
    let words = words.as_bytes();
    let bad = |problem| match problem {
        Problem::Year(year) => value_error(format_args!("Year is out of range: {year}")),
        Problem::Form => bad_text(argument),
    };
    if words.len() < 7 {
        return Err(bad(Problem::Form));
    }
    let end = text::date_end(words).min(words.len());
    let mut day = text::read_date(&words[..end]).map_err(bad)?;
    let (mut time, mut ahead) = (Clock::MIDNIGHT, None);
    if words.len() > end {
        let begin = end + text::separator_length(words[end]);
        let rest = words.get(begin..).filter(|rest| !rest.is_empty()).ok_or_else(|| bad(Problem::Form))?;
        let read = text::read_time(rest).map_err(bad)?;
        (time, ahead) = (read.clock, read.offset);
    }
    if time.hour == 24 {
        // CPython looks only for a day that is too late: after day 0 comes the first.
        let Date { year, month, day: number } = day;
        check_date(Date { year, month, day: number.max(1) })?;
    }
    if clock::ends_day(time)? {
        (day, time) = (Date::from_ordinal(day.ordinal() + 1), Clock::MIDNIGHT);
    }
    let zone = ahead.map(zone::fixed).transpose()?;
    make(class, day, time, zone.as_ref().map(Ref::obj), 0)
}

pub fn iso_format(call: Call<'_>) -> Result<Ref> {
    let [separator, timespec] = call.bind(c"|OO:isoformat", [c"sep", c"timespec"])?;
    let separator = match separator {
        None => "T".to_string(),
        Some(separator) if separator.is_text() => separator.to_text()?,
        Some(other) => {
            let class = other.class_name();
            return Err(type_error(format_args!("isoformat() argument 1 must be a unicode character, not {class}")));
        }
    };
    let count = separator.chars().count();
    if count != 1 {
        let text = format_args!("isoformat() argument 1 must be a unicode character, not a string of length {count}");
        return Err(type_error(text));
    }
    Ref::text(&iso_text(call.this, &separator, clock::precision(timespec, 2)?)?)
}

fn iso_text(object: Obj<'_>, separator: &str, precision: text::Precision) -> Result<String> {
    let words = text::date(date(object)) + separator + &text::clock(clock(object), precision);
    Ok(words + &offset(object)?.map(text::offset).unwrap_or_default())
}

/// `str()`, which is the method `isoformat` of the object's class, with a blank between.
pub fn to_text(object: Obj<'_>) -> Result<Ref> {
    object.call_method_one(c"isoformat", Ref::text(" ")?.obj())
}

/// How far the zone of a datetime is ahead of UTC.
fn offset(object: Obj<'_>) -> Result<Option<Span>> {
    zone::offset(zone_of(object), object)
}

pub fn utc_offset(object: Obj<'_>) -> Result<Ref> {
    zone::answer(zone_of(object), c"utcoffset", object)
}

pub fn dst(object: Obj<'_>) -> Result<Ref> {
    zone::answer(zone_of(object), c"dst", object)
}

pub fn tz_name(object: Obj<'_>) -> Result<Ref> {
    zone::name(zone_of(object), object)
}

pub fn only_date(object: Obj<'_>) -> Result<Ref> {
    new_date(DATE.obj(), date(object))
}

pub fn only_time(object: Obj<'_>) -> Result<Ref> {
    new_time(TIME.obj(), clock(object), None, fold_of(object))
}

pub fn time_and_zone(object: Obj<'_>) -> Result<Ref> {
    new_time(TIME.obj(), clock(object), zone_of(object), fold_of(object))
}

pub fn timestamp(object: Obj<'_>) -> Result<Ref> {
    if zone_of(object).is_some()
        && let Some(ahead) = offset(object)?
    {
        let epoch = i128::from(Date { year: 1970, month: 1, day: 1 }.ordinal()) * DAY_MICROS;
        let since = delta::of_micros(micros(object) - ahead.to_micros() - epoch)?;
        return delta::total_seconds(since.obj());
    }
    let seconds = local::seconds_of(date(object), clock(object), fold_of(object))?;
    Ref::float(seconds as f64 + f64::from(clock(object).micro) / 1e6)
}

/// The local zone at the moment of a datetime of local time.
fn local_zone(object: Obj<'_>) -> Result<Ref> {
    let seconds = local::seconds_of(date(object), clock(object), fold_of(object))?;
    local::zone(&local::time(seconds)?)
}

pub fn as_timezone(call: Call<'_>) -> Result<Ref> {
    let [zone] = call.bind(c"|O:astimezone", [c"tz"])?;
    let wanted = check_zone(zone)?;
    let this = call.this;
    let own = match zone_of(this) {
        Some(own) => own.to_ref(),
        None => local_zone(this)?,
    };
    if wanted.is_some_and(|wanted| wanted.as_ptr() == own.as_ptr()) {
        return Ok(this.to_ref());
    }
    let ahead = match zone::offset(Some(own.obj()), this)? {
        Some(ahead) => ahead,
        // A zone that does not know its offset is taken for local time.
        None => zone::offset(Some(local_zone(this)?.obj()), this)?.unwrap_or(Span::ZERO),
    };
    let (day, time) = of_micros(micros(this) - ahead.to_micros())?;
    let wanted = match wanted {
        Some(wanted) => wanted.to_ref(),
        None => local::zone(&local::time(local::utc_seconds(day, time))?)?,
    };
    let moment = make(this.class(), day, time, Some(wanted.obj()), 0)?;
    wanted.obj().call_method_one(c"fromutc", moment.obj())
}

pub fn replace(call: Call<'_>) -> Result<Ref> {
    let this = call.this;
    let Date { year, month, day } = date(this);
    let own = [year, month, day].map(Value::Int);
    let (zone, fold) = (Value::Object(zone_of(this)), Value::Int(fold_of(this)));
    let (date, clock, zone, fold) = parse(&call, c"|iiiiiiiO$i:replace", own, clock::values(clock(this)), zone, fold)?;
    make(this.class(), date, clock, check_zone(zone)?, fold)
}

pub fn repr(object: Obj<'_>) -> Result<Ref> {
    let Date { year, month, day } = date(object);
    let Clock { hour, minute, second, micro } = clock(object);
    let mut numbers = format!("{year}, {month}, {day}, {hour}, {minute}");
    if second != 0 || micro != 0 {
        numbers += &format!(", {second}");
    }
    if micro != 0 {
        numbers += &format!(", {micro}");
    }
    let fold = if fold_of(object) == 1 { ", fold=1" } else { "" };
    let zone = match zone_of(object) {
        None => String::new(),
        Some(zone) => format!(", tzinfo={}", zone.repr()?),
    };
    Ref::text(&format!("{}({numbers}{fold}{zone})", object.class_name()))
}

/// A datetime as it is, or with the fold 0.
fn unfolded(object: Obj<'_>) -> Result<Ref> {
    if fold_of(object) == 0 {
        return Ok(object.to_ref());
    }
    new_datetime(DATETIME.obj(), date(object), clock(object), zone_of(object), 0)
}

pub fn hash(object: Obj<'_>) -> Result<isize> {
    cached_hash(object, || match offset(unfolded(object)?.obj())? {
        None => Ref::bytes(&state_of(object))?.obj().hash(),
        Some(ahead) => delta::of_micros(micros(object) - ahead.to_micros())?.obj().hash(),
    })
}

/// Whether the offset of a datetime depends on its fold, so that it equals none of another zone.
fn is_ambiguous(object: Obj<'_>, ahead: Option<Span>) -> Result<bool> {
    let (date, clock, zone) = (date(object), clock(object), zone_of(object));
    let other = new_datetime(DATETIME.obj(), date, clock, zone, 1 - fold_of(object))?;
    Ok(zone::offset(zone, other.obj())? != ahead)
}

pub fn compare(left: Obj<'_>, right: Obj<'_>, comparison: Comparison) -> Result<Ref> {
    if !DATETIME.has(left) || !DATETIME.has(right) {
        return Ok(Ref::not_implemented());
    }
    let order = micros(left).cmp(&micros(right));
    if zone_of(left).map(Obj::as_ptr) == zone_of(right).map(Obj::as_ptr) {
        return comparison.answer(order);
    }
    let (ahead_left, ahead_right) = (offset(left)?, offset(right)?);
    let order = match (ahead_left, ahead_right) {
        (a, b) if a == b => order,
        (Some(a), Some(b)) => (micros(left) - a.to_micros()).cmp(&(micros(right) - b.to_micros())),
        _ if comparison.is_equality() => return comparison.answer(Ordering::Less),
        _ => return Err(mixed("compare")),
    };
    let is_exception = comparison.is_equality()
        && order.is_eq()
        && (is_ambiguous(left, ahead_left)? || is_ambiguous(right, ahead_right)?);
    comparison.answer(if is_exception { Ordering::Less } else { order })
}

fn mixed(what: &str) -> Raised {
    type_error(format_args!("can't {what} offset-naive and offset-aware datetimes"))
}

fn shifted(object: Obj<'_>, by: i128) -> Result<Ref> {
    let (date, clock) = of_micros(micros(object) + by)?;
    make(object.class(), date, clock, zone_of(object), 0)
}

pub fn plus(left: Obj<'_>, right: Obj<'_>) -> Result<Ref> {
    match (DATETIME.has(left), span_of(right), span_of(left), DATETIME.has(right)) {
        (true, Some(span), ..) => shifted(left, span.to_micros()),
        (.., Some(span), true) => shifted(right, span.to_micros()),
        _ => Ok(Ref::not_implemented()),
    }
}

pub fn minus(left: Obj<'_>, right: Obj<'_>) -> Result<Ref> {
    if !DATETIME.has(left) {
        return Ok(Ref::not_implemented());
    }
    if let Some(span) = span_of(right) {
        return shifted(left, -span.to_micros());
    }
    if !DATETIME.has(right) {
        return Ok(Ref::not_implemented());
    }
    let difference = micros(left) - micros(right);
    if zone_of(left).map(Obj::as_ptr) == zone_of(right).map(Obj::as_ptr) {
        return delta::of_micros(difference);
    }
    match (offset(left)?, offset(right)?) {
        (None, None) => delta::of_micros(difference),
        (Some(a), Some(b)) => delta::of_micros(difference - a.to_micros() + b.to_micros()),
        _ => Err(mixed("subtract")),
    }
}

pub fn reduce_ex(object: Obj<'_>, protocol: Obj<'_>) -> Result<Ref> {
    let with_fold = protocol.to_c_int()? > 3;
    Ref::tuple(&[object.class(), clock::state(object, with_fold, 2)?.obj()])
}

pub fn reduce(object: Obj<'_>) -> Result<Ref> {
    Ref::tuple(&[object.class(), clock::state(object, false, 2)?.obj()])
}
