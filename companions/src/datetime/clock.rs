//! `time`.

use super::date::{bad_text, pickled};
use super::objects::*;
use super::span::Clock;
use super::text::{self, Precision};
use super::{TIME, zone};
use crate::kit::class::Comparison;
use crate::kit::{Call, Obj, Ref, Result, Value};
use core::ffi::CStr;

/// The names of the parameters of the constructor and of `replace`.
pub const NAMES: [&CStr; 6] = [c"hour", c"minute", c"second", c"microsecond", c"tzinfo", c"fold"];

/// The bit of a pickled object's bytes in which its fold is.
const FOLD_BIT: u8 = 0x80;

pub fn new(call: Call<'_>) -> Result<Ref> {
    if let Some([hour, minute, second, a, b, c]) = pickled(&call)
        && hour & !FOLD_BIT < 24
    {
        let micro = i32::from_be_bytes([0, *a, *b, *c]);
        let (minute, second) = ((*minute).into(), (*second).into());
        let clock = Clock { hour: (hour & !FOLD_BIT).into(), minute, second, micro };
        return new_time(call.this, clock, pickled_zone(&call)?, (hour >> 7).into());
    }
    let defaults = [0, 0, 0, 0].map(Value::Int);
    let (clock, zone, fold) = parse(&call, c"|iiiiO$i", defaults, Value::Object(None), Value::Int(0))?;
    new_time(call.this, check_clock(clock, fold)?, check_zone(zone)?, fold)
}

/// The zone that a pickled object gives to its constructor as the second argument.
pub fn pickled_zone<'a>(call: &Call<'a>) -> Result<Option<Obj<'a>>> {
    let zone = call.positional().items().get(1).copied();
    match zone {
        Some(other) if !other.is_none() && !super::TZINFO.has(other) => {
            Err(type_error(format_args!("bad tzinfo state arg")))
        }
        zone => Ok(zone.filter(|zone| !zone.is_none())),
    }
}

fn parse<'a>(
    call: &Call<'a>,
    format: &'static CStr,
    clock: [Value<'a>; 4],
    zone: Value<'a>,
    fold: Value<'a>,
) -> Result<(Clock, Option<Obj<'a>>, i32)> {
    let [hour, minute, second, micro] = clock;
    let values = call.parse(format, NAMES, [hour, minute, second, micro, zone, fold])?;
    let [hour, minute, second, micro, zone, fold] = values;
    let clock = Clock { hour: hour.int(), minute: minute.int(), second: second.int(), micro: micro.int() };
    Ok((clock, zone.object(), fold.int()))
}

/// The numbers of a time as default values.
pub fn values(clock: Clock) -> [Value<'static>; 4] {
    [clock.hour, clock.minute, clock.second, clock.micro].map(Value::Int)
}

/// The time of an object that has one.
pub fn clock(object: Obj<'_>) -> Clock {
    clock_of(object).unwrap_or(Clock::MIDNIGHT)
}

/// A time of a class; one that is derived from `time` makes it by its own constructor.
fn make(class: Obj<'_>, clock: Clock, zone: Option<Obj<'_>>, fold: i32) -> Result<Ref> {
    check_clock(clock, fold)?;
    if TIME.is(class) {
        return new_time(class, clock, zone, fold);
    }
    let Clock { hour, minute, second, micro } = clock;
    let made = constructed(class, &[hour, minute, second, micro], &[zone.unwrap_or(Obj::none())])?;
    set_fold(made.obj(), fold);
    Ok(made)
}

/// Whether a time that was read is midnight at the end of a day: ValueError for one after it.
pub fn ends_day(clock: Clock) -> Result<bool> {
    match clock {
        Clock { hour: 24, minute: 0, second: 0, micro: 0 } => Ok(true),
        Clock { hour: 24, .. } => {
            Err(value_error(format_args!("minute, second, and microsecond must be 0 when hour is 24")))
        }
        _ => Ok(false),
    }
}

pub fn from_iso_format(class: Obj<'_>, argument: Obj<'_>) -> Result<Ref> {
    if !argument.is_text() {
        return Err(type_error(format_args!("fromisoformat: argument must be str")));
    }
    let words = argument.to_text()?;
    let words = words.strip_prefix('T').unwrap_or(&words);
    let Ok(read) = text::read_time(words.as_bytes()) else { return Err(bad_text(argument)) };
    let mut clock = read.clock;
    if ends_day(clock)? {
        clock.hour = 0;
    }
    let zone = read.offset.map(zone::fixed).transpose()?;
    make(class, clock, zone.as_ref().map(Ref::obj), 0)
}

pub fn hour(object: Obj<'_>) -> Result<Ref> {
    Ref::int(clock(object).hour.into())
}

pub fn minute(object: Obj<'_>) -> Result<Ref> {
    Ref::int(clock(object).minute.into())
}

pub fn second(object: Obj<'_>) -> Result<Ref> {
    Ref::int(clock(object).second.into())
}

pub fn microsecond(object: Obj<'_>) -> Result<Ref> {
    Ref::int(clock(object).micro.into())
}

pub fn tzinfo(object: Obj<'_>) -> Result<Ref> {
    Ok(zone_of(object).map_or_else(Ref::none, Obj::to_ref))
}

pub fn fold(object: Obj<'_>) -> Result<Ref> {
    Ref::int(fold_of(object).into())
}

/// The precision of an argument `timespec`, the `number`-th of `isoformat`.
pub fn precision(argument: Option<Obj<'_>>, number: i32) -> Result<Precision> {
    let Some(argument) = argument else { return Ok(Precision::Auto) };
    if !argument.is_text() {
        let class = argument.class_name();
        return Err(type_error(format_args!("isoformat() argument {number} must be str, not {class}")));
    }
    Precision::named(&argument.to_text()?).ok_or_else(|| value_error(format_args!("Unknown timespec value")))
}

pub fn iso_format(call: Call<'_>) -> Result<Ref> {
    let [timespec] = call.bind(c"|O:isoformat", [c"timespec"])?;
    let words = text::clock(clock(call.this), precision(timespec, 1)?);
    let ahead = zone::offset(zone_of(call.this), Obj::none())?;
    Ref::text(&(words + &ahead.map(text::offset).unwrap_or_default()))
}

pub fn utc_offset(object: Obj<'_>) -> Result<Ref> {
    zone::answer(zone_of(object), c"utcoffset", Obj::none())
}

pub fn dst(object: Obj<'_>) -> Result<Ref> {
    zone::answer(zone_of(object), c"dst", Obj::none())
}

pub fn tz_name(object: Obj<'_>) -> Result<Ref> {
    zone::name(zone_of(object), Obj::none())
}

pub fn replace(call: Call<'_>) -> Result<Ref> {
    let this = call.this;
    let (own, fold) = (values(clock(this)), Value::Int(fold_of(this)));
    let (clock, zone, fold) = parse(&call, c"|iiiiO$i:replace", own, Value::Object(zone_of(this)), fold)?;
    check_clock(clock, fold)?;
    make(this.class(), clock, check_zone(zone)?, fold)
}

pub fn repr(object: Obj<'_>) -> Result<Ref> {
    let Clock { hour, minute, second, micro } = clock(object);
    let numbers = match (second, micro) {
        (0, 0) => format!("{hour}, {minute}"),
        (_, 0) => format!("{hour}, {minute}, {second}"),
        _ => format!("{hour}, {minute}, {second}, {micro}"),
    };
    let zone = match zone_of(object) {
        None => String::new(),
        Some(zone) => format!(", tzinfo={}", zone.repr()?),
    };
    let fold = if fold_of(object) == 1 { ", fold=1" } else { "" };
    Ref::text(&format!("{}({numbers}{zone}{fold})", object.class_name()))
}

pub fn hash(object: Obj<'_>) -> Result<isize> {
    cached_hash(object, || match zone::offset(zone_of(object), Obj::none())? {
        None => Ref::bytes(&state_of(object))?.obj().hash(),
        Some(ahead) => {
            let micros = i128::from(clock(object).to_micros()) - ahead.to_micros();
            super::delta::of_micros(micros)?.obj().hash()
        }
    })
}

pub fn compare(left: Obj<'_>, right: Obj<'_>, comparison: Comparison) -> Result<Ref> {
    let Some((left_clock, right_clock)) = clock_of(left).zip(clock_of(right)) else {
        return Ok(Ref::not_implemented());
    };
    if !TIME.has(right) {
        return Ok(Ref::not_implemented());
    }
    let (left_zone, right_zone) = (zone_of(left), zone_of(right));
    if left_zone.map(Obj::as_ptr) == right_zone.map(Obj::as_ptr) {
        return comparison.answer(left_clock.cmp(&right_clock));
    }
    match (zone::offset(left_zone, Obj::none())?, zone::offset(right_zone, Obj::none())?) {
        (left, right) if left == right => comparison.answer(left_clock.cmp(&right_clock)),
        (Some(left), Some(right)) => {
            let left = i128::from(left_clock.to_micros()) - left.to_micros();
            let right = i128::from(right_clock.to_micros()) - right.to_micros();
            comparison.answer(left.cmp(&right))
        }
        _ if comparison.is_equality() => comparison.answer(core::cmp::Ordering::Less),
        _ => Err(type_error(format_args!("can't compare offset-naive and offset-aware times"))),
    }
}

/// The arguments that make the object again: its bytes, and its zone.
pub fn state(object: Obj<'_>, with_fold: bool, hour_at: usize) -> Result<Ref> {
    let mut bytes = state_of(object);
    if with_fold && fold_of(object) == 1 {
        // The byte of the hour, or of a datetime's month, has room for it.
        bytes[hour_at] |= FOLD_BIT;
    }
    let bytes = Ref::bytes(&bytes)?;
    match zone_of(object) {
        None => Ref::tuple(&[bytes.obj()]),
        Some(zone) => Ref::tuple(&[bytes.obj(), zone]),
    }
}

pub fn reduce_ex(object: Obj<'_>, protocol: Obj<'_>) -> Result<Ref> {
    let with_fold = protocol.to_c_int()? > 3;
    Ref::tuple(&[object.class(), state(object, with_fold, 0)?.obj()])
}

pub fn reduce(object: Obj<'_>) -> Result<Ref> {
    Ref::tuple(&[object.class(), state(object, false, 0)?.obj()])
}
