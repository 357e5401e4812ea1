//! The static types of the module: their slots, methods and attributes.

use super::objects::{TimeZone, end_datetime, end_time, end_timezone};
use super::{clock, date, delta, stamp, zone};
use crate::kit::class::{Class, EMPTY, Getters, LAST_GETTER, Members, NO_NUMBERS, Numbers, getter, slot};
use crate::kit::{Functions, function, method_none, method_one, of_class};
use core::mem::offset_of;
use pyo3_ffi::{self as ffi, PyMemberDef, PyMethodDef, PyNumberMethods, PyTypeObject};
use pyo3_ffi::{PyDateTime_Date, PyDateTime_DateTime, PyDateTime_Delta, PyDateTime_TZInfo, PyDateTime_Time};

const FLAGS: core::ffi::c_ulong = ffi::Py_TPFLAGS_DEFAULT | ffi::Py_TPFLAGS_IMMUTABLETYPE;
const BASE: core::ffi::c_ulong = FLAGS | ffi::Py_TPFLAGS_BASETYPE;

/// `timedelta`.
pub static DELTA: Class = Class::new(PyTypeObject {
    tp_name: c"datetime.timedelta".as_ptr(),
    tp_basicsize: size_of::<PyDateTime_Delta>() as isize,
    tp_flags: BASE,
    tp_doc: c"A duration: the difference of two dates or times.".as_ptr(),
    tp_new: slot::new(delta::new),
    tp_repr: slot::unary(delta::repr),
    tp_str: slot::unary(delta::text),
    tp_hash: slot::hash(delta::hash),
    tp_richcompare: slot::compare(delta::compare),
    tp_as_number: DELTA_NUMBERS.as_ptr(),
    tp_methods: DELTA_METHODS.as_ptr(),
    tp_members: DELTA_MEMBERS.as_ptr(),
    ..EMPTY
});

static DELTA_NUMBERS: Numbers = Numbers::new(PyNumberMethods {
    nb_add: slot::binary(delta::plus),
    nb_subtract: slot::binary(delta::minus),
    nb_multiply: slot::binary(delta::times),
    nb_remainder: slot::binary(delta::remainder),
    nb_divmod: slot::binary(delta::divmod),
    nb_negative: slot::unary(delta::negative),
    nb_positive: slot::unary(delta::positive),
    nb_absolute: slot::unary(delta::absolute),
    nb_bool: slot::truth(delta::truth),
    nb_floor_divide: slot::binary(delta::floor_over),
    nb_true_divide: slot::binary(delta::over),
    ..NO_NUMBERS
});

static DELTA_METHODS: Functions<3> = Functions::new([
    method_none(c"total_seconds", delta::total_seconds, c"total_seconds($self, /)\n--\n\nThe duration in seconds."),
    method_none(c"__reduce__", delta::reduce, c"__reduce__() -> (cls, state)"),
    PyMethodDef::zeroed(),
]);

const fn int_member(name: &'static core::ffi::CStr, offset: usize, doc: &'static core::ffi::CStr) -> PyMemberDef {
    PyMemberDef {
        name: name.as_ptr(),
        type_code: ffi::Py_T_INT,
        offset: offset as isize,
        flags: ffi::Py_READONLY,
        doc: doc.as_ptr(),
    }
}

#[rustfmt::skip]
static DELTA_MEMBERS: Members<4> = Members::new([
    int_member(c"days", offset_of!(PyDateTime_Delta, days), c"The number of days."),
    int_member(c"seconds", offset_of!(PyDateTime_Delta, seconds), c"The number of seconds, 0 to 86,399."),
    int_member(c"microseconds", offset_of!(PyDateTime_Delta, microseconds), c"The number of microseconds, 0 to 999,999."),
    PyMemberDef { name: core::ptr::null(), type_code: 0, offset: 0, flags: 0, doc: core::ptr::null() },
]);

/// `date`.
pub static DATE: Class = Class::new(PyTypeObject {
    tp_name: c"datetime.date".as_ptr(),
    tp_basicsize: size_of::<PyDateTime_Date>() as isize,
    tp_flags: BASE,
    tp_doc: c"date(year, month, day) --> a date".as_ptr(),
    tp_new: slot::new(date::new),
    tp_repr: slot::unary(date::repr),
    tp_str: slot::unary(date::to_text),
    tp_hash: slot::hash(date::hash),
    tp_richcompare: slot::compare(date::compare),
    tp_as_number: DATE_NUMBERS.as_ptr(),
    tp_methods: DATE_METHODS.as_ptr(),
    tp_getset: DATE_GETTERS.as_ptr(),
    ..EMPTY
});

static DATE_NUMBERS: Numbers = Numbers::new(PyNumberMethods {
    nb_add: slot::binary(date::plus),
    nb_subtract: slot::binary(date::minus),
    ..NO_NUMBERS
});

static DATE_GETTERS: Getters<4> = Getters::new([
    getter(c"year", date::year, c"1 to 9999."),
    getter(c"month", date::month, c"1 to 12."),
    getter(c"day", date::day, c"1 to 31."),
    LAST_GETTER,
]);

#[rustfmt::skip]
static DATE_METHODS: Functions<16> = Functions::new([
    of_class(method_one(c"fromtimestamp", date::from_timestamp, c"fromtimestamp($type, timestamp, /)\n--\n\nThe local date at so many seconds since 1970.")),
    of_class(method_none(c"today", date::today, c"today($type, /)\n--\n\nThe local date now.")),
    of_class(function(c"fromordinal", date::from_ordinal, c"The date of this number, where 1 is the first day of year 1.")),
    of_class(method_one(c"fromisoformat", date::from_iso_format, c"fromisoformat($type, object, /)\n--\n\nThe date of a text in a form of ISO 8601.")),
    of_class(function(c"fromisocalendar", date::from_iso_calendar, c"The date of ISO 8601's year, week and weekday.")),
    method_none(c"ctime", date::ctime, c"ctime($self, /)\n--\n\nThe date in the form of C's ctime."),
    method_none(c"isocalendar", date::iso_calendar, c"isocalendar($self, /)\n--\n\nYear, week and weekday by ISO 8601."),
    method_none(c"isoformat", date::iso_format, c"isoformat($self, /)\n--\n\nThe date as YYYY-MM-DD."),
    method_none(c"isoweekday", date::iso_weekday, c"isoweekday($self, /)\n--\n\n1 for Monday to 7 for Sunday."),
    method_none(c"toordinal", date::to_ordinal, c"toordinal($self, /)\n--\n\nThe number of the day, where 1 is the first day of year 1."),
    method_none(c"weekday", date::weekday, c"weekday($self, /)\n--\n\n0 for Monday to 6 for Sunday."),
    function(c"replace", date::replace, c"replace($self, /, year=unchanged, month=unchanged, day=unchanged)\n--\n\nThe date with other parts."),
    function(c"__replace__", date::replace, c"__replace__($self, /, year=unchanged, month=unchanged, day=unchanged)\n--\n\nThe same as replace()."),
    method_one(c"__format__", date::format, c"Formats self with strftime."),
    method_none(c"__reduce__", date::reduce, c"__reduce__() -> (cls, state)"),
    PyMethodDef::zeroed(),
]);

/// The result of `date.isocalendar`, a tuple with names.
pub static ISO_DATE: Class = Class::new(PyTypeObject {
    tp_name: c"datetime.IsoCalendarDate".as_ptr(),
    tp_flags: FLAGS,
    tp_doc: c"Year, week and weekday by ISO 8601.".as_ptr(),
    tp_base: &raw mut ffi::PyTuple_Type,
    tp_repr: slot::unary(date::iso_repr),
    tp_methods: ISO_METHODS.as_ptr(),
    tp_getset: ISO_GETTERS.as_ptr(),
    ..EMPTY
});

static ISO_METHODS: Functions<2> = Functions::new([
    method_none(c"__reduce__", date::iso_reduce, c"__reduce__() -> (cls, state)"),
    PyMethodDef::zeroed(),
]);

static ISO_GETTERS: Getters<4> = Getters::new([
    getter(c"year", |object| date::iso_part(object, 0), c"The year."),
    getter(c"week", |object| date::iso_part(object, 1), c"1 to 53."),
    getter(c"weekday", |object| date::iso_part(object, 2), c"1 for Monday to 7 for Sunday."),
    LAST_GETTER,
]);

/// `tzinfo`.
pub static TZINFO: Class = Class::new(PyTypeObject {
    tp_name: c"datetime.tzinfo".as_ptr(),
    tp_basicsize: size_of::<PyDateTime_TZInfo>() as isize,
    tp_flags: BASE,
    tp_doc: c"The base of classes of zones.".as_ptr(),
    tp_new: Some(ffi::PyType_GenericNew),
    tp_methods: TZINFO_METHODS.as_ptr(),
    ..EMPTY
});

#[rustfmt::skip]
static TZINFO_METHODS: Functions<5> = Functions::new([
    method_one(c"tzname", |_, _| zone::missing("tzname"), c"tzname($self, object, /)\n--\n\nThe name of the zone at a datetime."),
    method_one(c"utcoffset", |_, _| zone::missing("utcoffset"), c"utcoffset($self, object, /)\n--\n\nHow far the zone is ahead of UTC at a datetime."),
    method_one(c"dst", |_, _| zone::missing("dst"), c"dst($self, object, /)\n--\n\nHow far summer time is ahead of the zone's own at a datetime."),
    method_one(c"fromutc", zone::from_utc, c"fromutc($self, object, /)\n--\n\nA datetime of UTC in this zone."),
    PyMethodDef::zeroed(),
]);

/// `timezone`.
pub static TIMEZONE: Class = Class::new(PyTypeObject {
    tp_name: c"datetime.timezone".as_ptr(),
    tp_basicsize: size_of::<TimeZone>() as isize,
    tp_flags: FLAGS,
    tp_doc: c"A zone that is always as far from UTC.".as_ptr(),
    tp_base: TZINFO.as_ptr(),
    tp_new: slot::new(zone::new),
    tp_dealloc: Some(end_timezone),
    tp_repr: slot::unary(zone::repr),
    tp_str: slot::unary(zone::to_text),
    tp_hash: slot::hash(zone::hash),
    tp_richcompare: slot::compare(zone::compare),
    tp_methods: TIMEZONE_METHODS.as_ptr(),
    ..EMPTY
});

#[rustfmt::skip]
static TIMEZONE_METHODS: Functions<6> = Functions::new([
    method_one(c"tzname", zone::tz_name, c"tzname($self, object, /)\n--\n\nThe name that was given, or else UTC and the offset."),
    method_one(c"utcoffset", zone::utc_offset, c"utcoffset($self, object, /)\n--\n\nThe offset."),
    method_one(c"dst", zone::dst, c"dst($self, object, /)\n--\n\nNone."),
    method_one(c"fromutc", zone::timezone_from_utc, c"fromutc($self, object, /)\n--\n\nA datetime of UTC in this zone."),
    method_none(c"__getinitargs__", zone::init_args, c"The arguments that make the zone again."),
    PyMethodDef::zeroed(),
]);

/// `time`.
pub static TIME: Class = Class::new(PyTypeObject {
    tp_name: c"datetime.time".as_ptr(),
    tp_basicsize: size_of::<PyDateTime_Time>() as isize,
    tp_flags: BASE,
    tp_doc: c"time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time of the day".as_ptr(),
    tp_new: slot::new(clock::new),
    tp_dealloc: Some(end_time),
    tp_repr: slot::unary(clock::repr),
    tp_str: slot::unary(date::to_text),
    tp_hash: slot::hash(clock::hash),
    tp_richcompare: slot::compare(clock::compare),
    tp_methods: TIME_METHODS.as_ptr(),
    tp_getset: CLOCK_GETTERS.as_ptr(),
    ..EMPTY
});

/// The attributes of a time and of a datetime.
static CLOCK_GETTERS: Getters<7> = Getters::new([
    getter(c"hour", clock::hour, c"0 to 23."),
    getter(c"minute", clock::minute, c"0 to 59."),
    getter(c"second", clock::second, c"0 to 59."),
    getter(c"microsecond", clock::microsecond, c"0 to 999,999."),
    getter(c"tzinfo", clock::tzinfo, c"The zone, or None."),
    getter(c"fold", clock::fold, c"1 for the second of two times that a clock shows alike, else 0."),
    LAST_GETTER,
]);

#[rustfmt::skip]
static TIME_METHODS: Functions<11> = Functions::new([
    of_class(method_one(c"fromisoformat", clock::from_iso_format, c"fromisoformat($type, object, /)\n--\n\nThe time of a text in a form of ISO 8601.")),
    function(c"isoformat", clock::iso_format, c"The time as HH:MM:SS.ffffff, with the zone's offset."),
    method_one(c"__format__", date::format, c"Formats self with strftime."),
    method_none(c"utcoffset", clock::utc_offset, c"utcoffset($self, /)\n--\n\nHow far the zone is ahead of UTC, or None."),
    method_none(c"tzname", clock::tz_name, c"tzname($self, /)\n--\n\nThe zone's name, or None."),
    method_none(c"dst", clock::dst, c"dst($self, /)\n--\n\nHow far summer time is ahead, or None."),
    function(c"replace", clock::replace, c"replace($self, /, hour=unchanged, minute=unchanged, second=unchanged,\n        microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)\n--\n\nThe time with other parts."),
    function(c"__replace__", clock::replace, c"__replace__($self, /, hour=unchanged, minute=unchanged, second=unchanged,\n            microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)\n--\n\nThe same as replace()."),
    method_one(c"__reduce_ex__", clock::reduce_ex, c"__reduce_ex__(proto) -> (cls, state)"),
    method_none(c"__reduce__", clock::reduce, c"__reduce__() -> (cls, state)"),
    PyMethodDef::zeroed(),
]);

/// `datetime`.
pub static DATETIME: Class = Class::new(PyTypeObject {
    tp_name: c"datetime.datetime".as_ptr(),
    tp_basicsize: size_of::<PyDateTime_DateTime>() as isize,
    tp_flags: BASE,
    tp_doc: c"datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]]) --> a date and time"
        .as_ptr(),
    tp_base: DATE.as_ptr(),
    tp_new: slot::new(stamp::new),
    tp_dealloc: Some(end_datetime),
    tp_repr: slot::unary(stamp::repr),
    tp_str: slot::unary(stamp::to_text),
    tp_hash: slot::hash(stamp::hash),
    tp_richcompare: slot::compare(stamp::compare),
    tp_as_number: DATETIME_NUMBERS.as_ptr(),
    tp_methods: DATETIME_METHODS.as_ptr(),
    tp_getset: CLOCK_GETTERS.as_ptr(),
    ..EMPTY
});

static DATETIME_NUMBERS: Numbers = Numbers::new(PyNumberMethods {
    nb_add: slot::binary(stamp::plus),
    nb_subtract: slot::binary(stamp::minus),
    ..NO_NUMBERS
});

#[rustfmt::skip]
static DATETIME_METHODS: Functions<21> = Functions::new([
    of_class(function(c"now", stamp::now, c"now($type, /, tz=None)\n--\n\nThe date and time now, local or in a zone.")),
    of_class(method_none(c"utcnow", stamp::utc_now, c"utcnow($type, /)\n--\n\nThe date and time of UTC now.")),
    of_class(function(c"fromtimestamp", stamp::from_timestamp, c"The date and time at so many seconds since 1970, local or in a zone.")),
    of_class(method_one(c"utcfromtimestamp", stamp::utc_from_timestamp, c"The date and time of UTC at so many seconds since 1970.")),
    of_class(function(c"combine", stamp::combine, c"The date and the time of two objects, as one.")),
    of_class(method_one(c"fromisoformat", stamp::from_iso_format, c"fromisoformat($type, object, /)\n--\n\nThe date and time of a text in a form of ISO 8601.")),
    method_none(c"date", stamp::only_date, c"date($self, /)\n--\n\nThe date alone."),
    method_none(c"time", stamp::only_time, c"time($self, /)\n--\n\nThe time alone, without the zone."),
    method_none(c"timetz", stamp::time_and_zone, c"timetz($self, /)\n--\n\nThe time alone, with the zone."),
    method_none(c"ctime", date::ctime, c"ctime($self, /)\n--\n\nDate and time in the form of C's ctime."),
    method_none(c"timestamp", stamp::timestamp, c"timestamp($self, /)\n--\n\nThe seconds since 1970, as a float."),
    function(c"isoformat", stamp::iso_format, c"[sep] -> date and time as YYYY-MM-DDTHH:MM:SS.ffffff, with the zone's offset."),
    method_none(c"utcoffset", stamp::utc_offset, c"utcoffset($self, /)\n--\n\nHow far the zone is ahead of UTC, or None."),
    method_none(c"tzname", stamp::tz_name, c"tzname($self, /)\n--\n\nThe zone's name, or None."),
    method_none(c"dst", stamp::dst, c"dst($self, /)\n--\n\nHow far summer time is ahead, or None."),
    function(c"replace", stamp::replace, c"replace($self, /, year=unchanged, month=unchanged, day=unchanged,\n        hour=unchanged, minute=unchanged, second=unchanged,\n        microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)\n--\n\nDate and time with other parts."),
    function(c"__replace__", stamp::replace, c"__replace__($self, /, year=unchanged, month=unchanged, day=unchanged,\n            hour=unchanged, minute=unchanged, second=unchanged,\n            microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)\n--\n\nThe same as replace()."),
    function(c"astimezone", stamp::as_timezone, c"tz -> the same moment in another zone."),
    method_one(c"__reduce_ex__", stamp::reduce_ex, c"__reduce_ex__(proto) -> (cls, state)"),
    method_none(c"__reduce__", stamp::reduce, c"__reduce__() -> (cls, state)"),
    PyMethodDef::zeroed(),
]);
