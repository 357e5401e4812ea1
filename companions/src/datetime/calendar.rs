//! The proleptic Gregorian calendar, in numbers alone.

/// The first and the last year of a date.
pub const YEARS: core::ops::RangeInclusive<i32> = 1..=9999;
/// The ordinal of the last day of year 9999; that of the first day of year 1 is 1.
pub const MAX_ORDINAL: i32 = 3_652_059;

/// Days in a cycle of 400 years, in 100 and in four of them.
const DAYS_IN: [i32; 3] = [146_097, 36_524, 1_461];

/// A day: 1 to 12 for the month, from 1 for the day of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// 1 to 9999.
    pub year: i32,
    /// 1 to 12.
    pub month: i32,
    /// 1 to 31.
    pub day: i32,
}

/// Whether a year has 366 days.
pub fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The number of days of a month.
pub fn days_in_month(year: i32, month: i32) -> i32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The number of days of a year before a month's first.
fn days_before_month(year: i32, month: i32) -> i32 {
    (1..month).map(|month| days_in_month(year, month)).sum()
}

/// The number of days before a year's first.
fn days_before_year(year: i32) -> i32 {
    let before = year - 1;
    before * 365 + before / 4 - before / 100 + before / 400
}

impl Date {
    /// The number of the day, where the first day of year 1 is 1.
    pub fn ordinal(self) -> i32 {
        days_before_year(self.year) + self.day_of_year()
    }

    /// The number of the day in its year, from 1.
    pub fn day_of_year(self) -> i32 {
        days_before_month(self.year, self.month) + self.day
    }

    /// The day of this number, which is at least 1; its year can be above 9999.
    pub fn from_ordinal(ordinal: i32) -> Date {
        let [days_400, days_100, days_4] = DAYS_IN;
        let mut rest = ordinal - 1;
        let mut year = rest / days_400 * 400 + 1;
        rest %= days_400;
        let (centuries, days) = (rest / days_100, rest % days_100);
        let (fours, days) = (days / days_4, days % days_4);
        let (ones, days) = (days / 365, days % 365);
        year += centuries * 100 + fours * 4 + ones;
        // The last day of a leap year, and of a cycle, would begin another year.
        if ones == 4 || centuries == 4 {
            return Date { year: year - 1, month: 12, day: 31 };
        }
        let mut month = 1;
        let mut day = days + 1;
        while day > days_in_month(year, month) {
            day -= days_in_month(year, month);
            month += 1;
        }
        Date { year, month, day }
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> i32 {
        (self.ordinal() + 6) % 7
    }

    /// Year, week and weekday (1 for Monday) by ISO 8601.
    pub fn iso(self) -> (i32, i32, i32) {
        let mut year = self.year;
        let today = self.ordinal();
        let mut week = (today - first_monday(year)).div_euclid(7);
        if today < first_monday(year) {
            year -= 1;
            week = (today - first_monday(year)) / 7;
        } else if week >= 52 && today >= first_monday(year + 1) {
            year += 1;
            week = 0;
        }
        (year, week + 1, self.weekday() + 1)
    }
}

/// The ordinal of the Monday on which a year of ISO 8601 begins.
fn first_monday(year: i32) -> i32 {
    const THURSDAY: i32 = 3;
    let first = days_before_year(year) + 1;
    let weekday = (first + 6) % 7;
    let monday = first - weekday;
    if weekday > THURSDAY { monday + 7 } else { monday }
}

/// The parts of a week's date that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IsoProblem {
    /// The year is not 1 to 9999.
    Year,
    /// The year has no such week.
    Week,
    /// The weekday is not 1 to 7.
    Weekday,
}

/// The ordinal of a date by ISO 8601's year, week and weekday.
pub fn ordinal_of_iso(year: i32, week: i32, weekday: i32) -> Result<i32, IsoProblem> {
    if !YEARS.contains(&year) {
        return Err(IsoProblem::Year);
    }
    if !(1..=53).contains(&week) {
        return Err(IsoProblem::Week);
    }
    // A year has 53 weeks when it begins on a Thursday, or on a Wednesday and is a leap year.
    let first = (days_before_year(year) + 7) % 7;
    if week == 53 && !(first == 3 || (first == 2 && is_leap(year))) {
        return Err(IsoProblem::Week);
    }
    if !(1..=7).contains(&weekday) {
        return Err(IsoProblem::Weekday);
    }
    Ok(first_monday(year) + (week - 1) * 7 + weekday - 1)
}
