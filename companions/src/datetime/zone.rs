//! `tzinfo` and `timezone`, and the questions to a zone.

use super::objects::*;
use super::span::Span;
use super::{DATETIME, DELTA, delta, stamp, text, utc};
use crate::kit::class::Comparison;
use crate::kit::{Builtin, Call, Obj, Ref, Result, raise};
use core::ffi::CStr;

/// Whether an offset is shorter than a day.
fn is_offset(span: Span) -> bool {
    const DAY: u128 = 86_400_000_000;
    span.to_micros().unsigned_abs() < DAY
}

/// The words about an offset of a day and more.
const LIMITS: &str = "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24)";

/// The answer of a zone's method `utcoffset` or `dst`; `None` for no zone and for None.
pub fn ask(zone: Option<Obj<'_>>, method: &CStr, of: Obj<'_>) -> Result<Option<Ref>> {
    let Some(zone) = zone else { return Ok(None) };
    let answer = zone.call_method_one(method, of)?;
    if answer.obj().is_none() {
        return Ok(None);
    }
    let Some(span) = span_of(answer.obj()) else {
        let (method, class) = (method.to_string_lossy(), answer.obj().class_name());
        let text = format_args!("tzinfo.{method}() must return None or a timedelta, not '{class}'");
        return Err(type_error(text));
    };
    if !is_offset(span) {
        return Err(value_error(format_args!("{LIMITS}.")));
    }
    Ok(Some(answer))
}

/// How far a zone is ahead of UTC, at a datetime or for None.
pub fn offset(zone: Option<Obj<'_>>, of: Obj<'_>) -> Result<Option<Span>> {
    Ok(ask(zone, c"utcoffset", of)?.and_then(|answer| span_of(answer.obj())))
}

/// The answer of a zone's method, as an object that may be None.
pub fn answer(zone: Option<Obj<'_>>, method: &CStr, of: Obj<'_>) -> Result<Ref> {
    Ok(ask(zone, method, of)?.unwrap_or_else(Ref::none))
}

/// The name that a zone gives itself, or None.
pub fn name(zone: Option<Obj<'_>>, of: Obj<'_>) -> Result<Ref> {
    let Some(zone) = zone else { return Ok(Ref::none()) };
    let name = zone.call_method_one(c"tzname", of)?;
    if name.obj().is_none() || name.obj().is_text() {
        return Ok(name);
    }
    let class = name.obj().class_name();
    Err(type_error(format_args!("tzinfo.tzname() must return None or a string, not '{class}'")))
}

/// NotImplementedError for a method that a class derived from `tzinfo` has to have.
pub fn missing(method: &str) -> Result<Ref> {
    let text = format_args!("a tzinfo subclass must implement {method}()");
    Err(raise(Builtin::NotImplementedError.obj(), text))
}

/// `tzinfo.fromutc`: a datetime of this zone, whose numbers are those of UTC, with the zone's own.
pub fn from_utc(zone: Obj<'_>, of: Obj<'_>) -> Result<Ref> {
    check_from_utc(zone, of, "fromutc: argument must be a datetime")?;
    let needed = |answer: Option<Ref>, method: &str| {
        answer.ok_or_else(|| value_error(format_args!("fromutc: non-None {method}() result required")))
    };
    let ahead = needed(ask(Some(zone), c"utcoffset", of)?, "utcoffset")?;
    let summer = needed(ask(Some(zone), c"dst", of)?, "dst")?;
    let standard = delta::minus(ahead.obj(), summer.obj())?;
    let result = stamp::plus(of, standard.obj())?;
    match ask(zone_of(result.obj()), c"dst", result.obj())? {
        None => Err(value_error(format_args!("fromutc: tz.dst() gave inconsistent results; cannot convert"))),
        Some(summer) if delta::truth(summer.obj()) => stamp::plus(result.obj(), summer.obj()),
        Some(_) => Ok(result),
    }
}

fn check_from_utc(zone: Obj<'_>, of: Obj<'_>, words: &str) -> Result<()> {
    if !DATETIME.has(of) {
        return Err(type_error(format_args!("{words}")));
    }
    match zone_of(of) {
        Some(own) if own.as_ptr() == zone.as_ptr() => Ok(()),
        _ => Err(value_error(format_args!("fromutc: dt.tzinfo is not self"))),
    }
}

pub fn new(call: Call<'_>) -> Result<Ref> {
    let [offset, name] = call.bind(c"O|O:timezone", [c"offset", c"name"])?;
    let offset = offset.expect("an argument that is not optional");
    if !DELTA.has(offset) {
        let class = offset.class_name();
        return Err(type_error(format_args!("timezone() argument 1 must be datetime.timedelta, not {class}")));
    }
    if let Some(name) = name.filter(|name| !name.is_text()) {
        let class = name.class_name();
        return Err(type_error(format_args!("timezone() argument 2 must be str, not {class}")));
    }
    make(offset, name)
}

/// A `timezone` with this offset, which is a `timedelta`, and name: UTC itself for no offset and no name. ValueError for an offset of a
/// day or more.
pub fn make(offset: Obj<'_>, name: Option<Obj<'_>>) -> Result<Ref> {
    let span = span_of(offset).unwrap_or(Span::ZERO);
    if span == Span::ZERO && name.is_none() {
        return Ok(utc()?.to_ref());
    }
    if !is_offset(span) {
        let repr = offset.repr()?;
        return Err(value_error(format_args!("{LIMITS}, not {repr}")));
    }
    new_timezone(offset, name)
}

/// The fixed zone of an offset that was read from a text.
pub fn fixed(offset: Span) -> Result<Ref> {
    make(super::objects::delta(offset)?.obj(), None)
}

fn parts<'a>(object: Obj<'a>) -> (Obj<'a>, Option<Obj<'a>>) {
    timezone_of(object).expect("a method of timezone")
}

fn is_utc(object: Obj<'_>) -> bool {
    utc().is_ok_and(|utc| utc.as_ptr() == object.as_ptr())
}

pub fn compare(left: Obj<'_>, right: Obj<'_>, comparison: Comparison) -> Result<Ref> {
    if !comparison.is_equality() || timezone_of(right).is_none() {
        return Ok(Ref::not_implemented());
    }
    delta::compare(parts(left).0, parts(right).0, comparison)
}

pub fn hash(object: Obj<'_>) -> Result<isize> {
    parts(object).0.hash()
}

pub fn repr(object: Obj<'_>) -> Result<Ref> {
    if is_utc(object) {
        return Ref::text("datetime.timezone.utc");
    }
    let (offset, name) = parts(object);
    let class = object.class_name();
    match name {
        None => Ref::text(&format!("{class}({})", offset.repr()?)),
        Some(name) => Ref::text(&format!("{class}({}, {})", offset.repr()?, name.repr()?)),
    }
}

pub fn to_text(object: Obj<'_>) -> Result<Ref> {
    let (offset, name) = parts(object);
    match name {
        Some(name) => Ok(name.to_ref()),
        None if is_utc(object) => Ref::text("UTC"),
        None => Ref::text(&format!("UTC{}", text::offset(span_of(offset).unwrap_or(Span::ZERO)))),
    }
}

/// TypeError for an argument that is neither a datetime nor None.
fn check_argument(argument: Obj<'_>, method: &str) -> Result<()> {
    if argument.is_none() || DATETIME.has(argument) {
        return Ok(());
    }
    let class = argument.class_name();
    Err(type_error(format_args!("{method}(dt) argument must be a datetime instance or None, not {class}")))
}

pub fn utc_offset(object: Obj<'_>, of: Obj<'_>) -> Result<Ref> {
    check_argument(of, "utcoffset")?;
    Ok(parts(object).0.to_ref())
}

pub fn dst(_object: Obj<'_>, of: Obj<'_>) -> Result<Ref> {
    check_argument(of, "dst")?;
    Ok(Ref::none())
}

pub fn tz_name(object: Obj<'_>, of: Obj<'_>) -> Result<Ref> {
    check_argument(of, "tzname")?;
    to_text(object)
}

pub fn timezone_from_utc(object: Obj<'_>, of: Obj<'_>) -> Result<Ref> {
    check_from_utc(object, of, "fromutc: argument must be a datetime instance")?;
    stamp::plus(of, parts(object).0)
}

pub fn init_args(object: Obj<'_>) -> Result<Ref> {
    let (offset, name) = parts(object);
    match name {
        None => Ref::tuple(&[offset]),
        Some(name) => Ref::tuple(&[offset, name]),
    }
}
