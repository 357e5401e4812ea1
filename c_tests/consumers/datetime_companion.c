/* CPython's own datetime.h over the companion module `datetime`: the macros read fields of its objects, and call the functions of its
 * capsule. */
#define _POSIX_C_SOURCE 200809L
#include "../outcome.h"

#include <datetime.h>

/* A constructor's macro, and the repr of what it makes or its error. */
static void
test_constructors(void)
{
    PyObject *hour = PyDelta_FromDSU(0, 3600, 0), *nothing = PyDelta_FromDSU(0, 0, 0),
             *name = PyUnicode_FromString("x");

    is_str(outcome(PyDate_FromDate(2026, 11, 30)), "datetime.date(2026, 11, 30)", "PyDate_FromDate makes a date");
    is_str(outcome(PyDate_FromDate(2026, 2, 29)), "ValueError: day 29 must be in range 1..28 for month 2 in year 2026",
           "PyDate_FromDate refuses a day that is not");
    is_str(outcome(PyDateTime_FromDateAndTime(1, 2, 3, 4, 5, 6, 7)), "datetime.datetime(1, 2, 3, 4, 5, 6, 7)",
           "PyDateTime_FromDateAndTime makes a datetime");
    is_str(outcome(PyDateTime_FromDateAndTimeAndFold(1, 2, 3, 4, 5, 0, 0, 1)),
           "datetime.datetime(1, 2, 3, 4, 5, fold=1)", "PyDateTime_FromDateAndTimeAndFold sets the fold");
    is_str(outcome(PyDateTime_FromDateAndTimeAndFold(1, 2, 3, 4, 5, 0, 0, 2)),
           "ValueError: fold must be either 0 or 1, not 2", "PyDateTime_FromDateAndTimeAndFold refuses another fold");
    is_str(outcome(PyTime_FromTime(23, 59, 58, 57)), "datetime.time(23, 59, 58, 57)", "PyTime_FromTime makes a time");
    is_str(outcome(PyTime_FromTime(24, 0, 0, 0)), "ValueError: hour must be in 0..23, not 24",
           "PyTime_FromTime refuses an hour that is not");
    is_str(outcome(PyTime_FromTimeAndFold(1, 0, 0, 0, 1)), "datetime.time(1, 0, fold=1)",
           "PyTime_FromTimeAndFold sets the fold");
    is_str(outcome(PyDelta_FromDSU(-1, 86401, -1)), "datetime.timedelta(microseconds=999999)",
           "PyDelta_FromDSU brings its numbers into their ranges");
    is_str(outcome(PyDelta_FromDSU(1000000000, 0, 0)),
           "OverflowError: days=1000000000; must have magnitude <= 999999999", "PyDelta_FromDSU refuses too many days");
    is_str(outcome(PyTimeZone_FromOffset(hour)), "datetime.timezone(datetime.timedelta(seconds=3600))",
           "PyTimeZone_FromOffset makes a zone");
    is_str(outcome(PyTimeZone_FromOffsetAndName(hour, name)),
           "datetime.timezone(datetime.timedelta(seconds=3600), 'x')",
           "PyTimeZone_FromOffsetAndName gives the zone its name");
    is_str(outcome(PyTimeZone_FromOffset(nothing)), "datetime.timezone.utc",
           "PyTimeZone_FromOffset gives UTC for no offset");
    Py_DECREF(name);
    Py_DECREF(nothing);
    Py_DECREF(hour);
}

static void
test_fields(void)
{
    PyObject *zone = PyDateTime_TimeZone_UTC, *stamp, *time, *date, *delta;

    stamp =
        PyDateTimeAPI->DateTime_FromDateAndTime(2026, 11, 30, 21, 20, 19, 123456, zone, PyDateTimeAPI->DateTimeType);
    is_int(PyDateTime_GET_YEAR(stamp), 2026, "PyDateTime_GET_YEAR reads the year");
    is_int(PyDateTime_GET_MONTH(stamp), 11, "PyDateTime_GET_MONTH reads the month");
    is_int(PyDateTime_GET_DAY(stamp), 30, "PyDateTime_GET_DAY reads the day");
    is_int(PyDateTime_DATE_GET_HOUR(stamp), 21, "PyDateTime_DATE_GET_HOUR reads the hour");
    is_int(PyDateTime_DATE_GET_MINUTE(stamp), 20, "PyDateTime_DATE_GET_MINUTE reads the minute");
    is_int(PyDateTime_DATE_GET_SECOND(stamp), 19, "PyDateTime_DATE_GET_SECOND reads the second");
    is_int(PyDateTime_DATE_GET_MICROSECOND(stamp), 123456, "PyDateTime_DATE_GET_MICROSECOND reads the microsecond");
    is_int(PyDateTime_DATE_GET_FOLD(stamp), 0, "PyDateTime_DATE_GET_FOLD reads the fold");
    is_ptr(PyDateTime_DATE_GET_TZINFO(stamp), zone, "PyDateTime_DATE_GET_TZINFO reads the zone");
    ok(PyDateTime_Check(stamp) && PyDateTime_CheckExact(stamp) && PyDate_Check(stamp) && !PyDate_CheckExact(stamp),
       "a datetime is a date");
    Py_DECREF(stamp);

    time = PyTime_FromTimeAndFold(1, 2, 3, 4, 1);
    is_int(PyDateTime_TIME_GET_HOUR(time), 1, "PyDateTime_TIME_GET_HOUR reads the hour");
    is_int(PyDateTime_TIME_GET_MINUTE(time), 2, "PyDateTime_TIME_GET_MINUTE reads the minute");
    is_int(PyDateTime_TIME_GET_SECOND(time), 3, "PyDateTime_TIME_GET_SECOND reads the second");
    is_int(PyDateTime_TIME_GET_MICROSECOND(time), 4, "PyDateTime_TIME_GET_MICROSECOND reads the microsecond");
    is_int(PyDateTime_TIME_GET_FOLD(time), 1, "PyDateTime_TIME_GET_FOLD reads the fold");
    is_ptr(PyDateTime_TIME_GET_TZINFO(time), Py_None, "PyDateTime_TIME_GET_TZINFO reads None for no zone");
    ok(PyTime_Check(time) && !PyDate_Check(time), "a time is no date");
    Py_DECREF(time);

    date = PyDate_FromDate(9999, 12, 31);
    is_int(PyDateTime_GET_YEAR(date), 9999, "PyDateTime_GET_YEAR reads the year of a date");
    ok(PyDate_CheckExact(date) && !PyDateTime_Check(date), "a date is no datetime");
    Py_DECREF(date);

    delta = PyDelta_FromDSU(-1, 2, 3);
    is_int(PyDateTime_DELTA_GET_DAYS(delta), -1, "PyDateTime_DELTA_GET_DAYS reads the days");
    is_int(PyDateTime_DELTA_GET_SECONDS(delta), 2, "PyDateTime_DELTA_GET_SECONDS reads the seconds");
    is_int(PyDateTime_DELTA_GET_MICROSECONDS(delta), 3, "PyDateTime_DELTA_GET_MICROSECONDS reads the microseconds");
    ok(PyDelta_Check(delta) && PyTZInfo_Check(zone) && !PyTZInfo_CheckExact(zone),
       "UTC is a tzinfo, of a class of its own");
    Py_DECREF(delta);
}

static void
test_timestamps(void)
{
    PyObject *arguments = Py_BuildValue("(iO)", 1000000000, PyDateTime_TimeZone_UTC),
             *one = Py_BuildValue("(i)", 86400 * 366);

    is_str(outcome(PyDateTime_FromTimestamp(arguments)),
           "datetime.datetime(2001, 9, 9, 1, 46, 40, tzinfo=datetime.timezone.utc)",
           "PyDateTime_FromTimestamp takes seconds since 1970 and a zone");
    is_str(outcome(PyDate_FromTimestamp(one)), "datetime.date(1971, 1, 2)",
           "PyDate_FromTimestamp takes seconds since 1970");
    Py_DECREF(one);
    Py_DECREF(arguments);
}

/* The module is made by `make companions`. */
static void
test_import(void)
{
    PyDateTime_IMPORT;
    is_str(outcome_int(PyDateTimeAPI != NULL), "1", "the capsule datetime.datetime_CAPI is imported");
}

int
main(void)
{
    /* Local time is UTC, on each machine. */
    setenv("TZ", "UTC", 1);
    TAP_BEGIN();
    RUN(test_import);
    if (PyDateTimeAPI != NULL) {
        RUN(test_constructors);
        RUN(test_fields);
        RUN(test_timestamps);
    }
    return TAP_END();
}
