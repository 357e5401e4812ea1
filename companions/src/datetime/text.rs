//! Dates and times as text, by ISO 8601 as far as CPython reads and writes it.

use super::calendar::{self, Date, IsoProblem};
use super::span::{Clock, Span};
use core::fmt::Write;

/// A text that is not read as a date or a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// It has not the form of one.
    Form,
    /// A year that is no year.
    Year(i32),
}

/// A time, and how far it is ahead of UTC where the text says so.
pub struct ZonedClock {
    /// The time; its parts can be out of range, as hour 24 is.
    pub clock: Clock,
    /// How far the time is ahead of UTC.
    pub offset: Option<Span>,
}

/// The bytes of a text, where all after its end are NUL.
#[derive(Clone, Copy)]
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn at(self, place: usize) -> u8 {
        self.0.get(place).copied().unwrap_or(0)
    }

    /// The number that so many digits make.
    fn digits(self, place: usize, count: usize) -> Result<i32, Problem> {
        (place..place + count).try_fold(0, |number, place| match self.at(place) {
            digit @ b'0'..=b'9' => Ok(number * 10 + i32::from(digit - b'0')),
            _ => Err(Problem::Form),
        })
    }

    /// The place after all digits from here.
    fn after_digits(self, place: usize) -> usize {
        let mut end = place;
        while self.at(end).is_ascii_digit() {
            end += 1;
        }
        end
    }
}

/// Reads a date. Month and day can be out of range.
pub fn read_date(text: &[u8]) -> Result<Date, Problem> {
    let text_bytes = Bytes(text);
    if !matches!(text.len(), 7 | 8 | 10) {
        return Err(Problem::Form);
    }
    let year = text_bytes.digits(0, 4)?;
    let separated = text_bytes.at(4) == b'-';
    let mut place = if separated { 5 } else { 4 };
    let separator = |place: &mut usize| {
        if !separated {
            return Ok(());
        }
        *place += 1;
        if text_bytes.at(*place - 1) == b'-' { Ok(()) } else { Err(Problem::Form) }
    };
    if text_bytes.at(place) == b'W' {
        let week = text_bytes.digits(place + 1, 2)?;
        place += 3;
        let mut weekday = 1;
        if place < text.len() {
            separator(&mut place)?;
            weekday = text_bytes.digits(place, 1)?;
            place += 1;
        }
        if place != text.len() {
            return Err(Problem::Form);
        }
        return match calendar::ordinal_of_iso(year, week, weekday) {
            Ok(ordinal) if ordinal < 1 => Err(Problem::Form),
            Ok(ordinal) => Ok(Date::from_ordinal(ordinal)),
            Err(IsoProblem::Year) => Err(Problem::Year(year)),
            Err(_) => Err(Problem::Form),
        };
    }
    let month = text_bytes.digits(place, 2)?;
    place += 2;
    separator(&mut place)?;
    let day = text_bytes.digits(place, 2)?;
    if place + 2 != text.len() {
        return Err(Problem::Form);
    }
    Ok(Date { year, month, day })
}

/// Reads hours, minutes, seconds and a fraction from the first `end` bytes. Whether something follows is the second result.
fn read_clock(text: Bytes<'_>, end: usize) -> Result<(Clock, bool), Problem> {
    let mut parts = [0; 3];
    let mut place = 0;
    let mut separated = true;
    let clock = |parts: [i32; 3], micro| Clock { hour: parts[0], minute: parts[1], second: parts[2], micro };
    for i in 0..3 {
        parts[i] = text.digits(place, 2)?;
        let next = text.at(place + 2);
        place += 3;
        if i == 0 {
            separated = next == b':';
        }
        if place >= end {
            // A fraction has a digit.
            let is_empty_fraction = place == end && matches!(next, b'.' | b',');
            return if is_empty_fraction { Err(Problem::Form) } else { Ok((clock(parts, 0), next != 0)) };
        }
        match next {
            b':' if separated && i == 2 => return Err(Problem::Form),
            b':' if separated => {}
            b'.' | b',' if i < 2 => return Err(Problem::Form),
            b'.' | b',' => break,
            _ if !separated => place -= 1,
            _ => return Err(Problem::Form),
        }
    }
    let count = (end - place).min(6);
    let fraction = text.digits(place, count)? * 10_i32.pow(6 - count as u32);
    Ok((clock(parts, fraction), text.at(text.after_digits(place + count)) != 0))
}

/// Reads a time, with its distance from UTC where there is one.
pub fn read_time(text: &[u8]) -> Result<ZonedClock, Problem> {
    let is_sign = |byte: &u8| matches!(byte, b'+' | b'-' | b'Z');
    let sign = text.iter().position(is_sign).unwrap_or(text.len());
    let (clock, more) = read_clock(Bytes(text), sign)?;
    if sign == text.len() {
        return if more { Err(Problem::Form) } else { Ok(ZonedClock { clock, offset: None }) };
    }
    if text[sign] == b'Z' {
        let offset = Some(Span::ZERO);
        return if sign + 1 == text.len() { Ok(ZonedClock { clock, offset }) } else { Err(Problem::Form) };
    }
    let rest = &text[sign + 1..];
    let (ahead, more) = read_clock(Bytes(rest), rest.len())?;
    if more {
        return Err(Problem::Form);
    }
    let micros = i128::from(ahead.to_micros()) * if text[sign] == b'-' { -1 } else { 1 };
    Ok(ZonedClock { clock, offset: Span::from_micros(micros).ok() })
}

/// Where the date of a date and time ends, if the text is as long as one.
pub fn date_end(text: &[u8]) -> usize {
    let bytes = Bytes(text);
    if text.len() == 7 {
        return 7;
    }
    if bytes.at(4) == b'-' {
        if bytes.at(5) != b'W' {
            return 10;
        }
        // YYYY-Www, perhaps with a weekday; "-" and two digits after the week are a time.
        let has_weekday = bytes.at(8) == b'-' && !bytes.at(10).is_ascii_digit();
        return if has_weekday && text.len() > 9 { 10 } else { 8 };
    }
    if bytes.at(4) != b'W' {
        return 8;
    }
    // YYYYWww, perhaps with a weekday, which makes the number of digits before the time odd.
    match bytes.after_digits(7) {
        end if end < 9 => end,
        end if end % 2 == 0 => 7,
        _ => 8,
    }
}

/// The length of the character that separates date and time.
pub fn separator_length(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        _ if first & 0xf0 == 0xe0 => 3,
        _ if first & 0xf0 == 0xf0 => 4,
        _ => 2,
    }
}

/// The parts of a time that are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// Seconds, and microseconds when there are any.
    Auto,
    /// Hours alone.
    Hours,
    /// Hours and minutes.
    Minutes,
    /// To the second.
    Seconds,
    /// With three digits after the second.
    Milliseconds,
    /// With six.
    Microseconds,
}

impl Precision {
    /// The precision of a name, as `"minutes"`.
    pub fn named(name: &str) -> Option<Precision> {
        Some(match name {
            "auto" => Precision::Auto,
            "hours" => Precision::Hours,
            "minutes" => Precision::Minutes,
            "seconds" => Precision::Seconds,
            "milliseconds" => Precision::Milliseconds,
            "microseconds" => Precision::Microseconds,
            _ => return None,
        })
    }
}

/// A date as `YYYY-MM-DD`.
pub fn date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

/// A time as `HH:MM:SS.ffffff`, as far as the precision says.
pub fn clock(clock: Clock, precision: Precision) -> String {
    let Clock { hour, minute, second, micro } = clock;
    match precision {
        Precision::Hours => format!("{hour:02}"),
        Precision::Minutes => format!("{hour:02}:{minute:02}"),
        Precision::Auto if micro == 0 => format!("{hour:02}:{minute:02}:{second:02}"),
        Precision::Seconds => format!("{hour:02}:{minute:02}:{second:02}"),
        Precision::Milliseconds => format!("{hour:02}:{minute:02}:{second:02}.{:03}", micro / 1000),
        Precision::Auto | Precision::Microseconds => format!("{hour:02}:{minute:02}:{second:02}.{micro:06}"),
    }
}

/// A distance from UTC as `+HH:MM`, with seconds when there are any.
pub fn offset(offset: Span) -> String {
    let micros = offset.to_micros();
    let clock = Clock::from_micros(micros.unsigned_abs() as i64);
    let sign = if micros < 0 { '-' } else { '+' };
    let mut text = format!("{sign}{:02}:{:02}", clock.hour, clock.minute);
    if clock.second != 0 || clock.micro != 0 {
        // Writing to a String can't fail.
        let _ = write!(text, ":{:02}", clock.second);
    }
    if clock.micro != 0 {
        let _ = write!(text, ".{:06}", clock.micro);
    }
    text
}

/// The days of the week and the months, as C names them.
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A date and time in the form of C's `ctime`.
pub fn ctime(date: Date, clock: Clock) -> String {
    let weekday = WEEKDAYS[date.weekday() as usize];
    let month = MONTHS[date.month as usize - 1];
    let Clock { hour, minute, second, .. } = clock;
    format!("{weekday} {month} {:2} {hour:02}:{minute:02}:{second:02} {:04}", date.day, date.year)
}
