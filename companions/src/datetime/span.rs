//! The values of `timedelta` and of a time of the day, in numbers alone.

/// The number of seconds of a day.
pub const DAY: i64 = 86_400;
const MICRO: i64 = 1_000_000;
/// The most days of a `timedelta`.
pub const MAX_DAYS: i64 = 999_999_999;

/// A duration, as `timedelta` keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// At most 999,999,999 either way.
    pub days: i32,
    /// 0 to 86,399.
    pub seconds: i32,
    /// 0 to 999,999.
    pub micros: i32,
}

impl Span {
    /// No time.
    pub const ZERO: Span = Span { days: 0, seconds: 0, micros: 0 };

    /// The duration of so many microseconds. The error is the number of days, when they are too many.
    pub fn from_micros(micros: i128) -> Result<Span, i128> {
        let day = i128::from(DAY * MICRO);
        let (days, rest) = (micros.div_euclid(day), micros.rem_euclid(day) as i64);
        if days.unsigned_abs() > MAX_DAYS as u128 {
            return Err(days);
        }
        Ok(Span { days: days as i32, seconds: (rest / MICRO) as i32, micros: (rest % MICRO) as i32 })
    }

    /// All of it in microseconds.
    pub fn to_micros(self) -> i128 {
        let seconds = i128::from(self.days) * i128::from(DAY) + i128::from(self.seconds);
        seconds * i128::from(MICRO) + i128::from(self.micros)
    }
}

/// A time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// 0 to 23.
    pub hour: i32,
    /// 0 to 59.
    pub minute: i32,
    /// 0 to 59.
    pub second: i32,
    /// 0 to 999,999.
    pub micro: i32,
}

impl Clock {
    /// The begin of a day.
    pub const MIDNIGHT: Clock = Clock { hour: 0, minute: 0, second: 0, micro: 0 };

    /// The time since midnight in microseconds.
    pub fn to_micros(self) -> i64 {
        (i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second)) * MICRO
            + i64::from(self.micro)
    }

    /// The time so many microseconds after midnight, less than a day of them.
    pub fn from_micros(micros: i64) -> Clock {
        let seconds = micros / MICRO;
        Clock {
            hour: (seconds / 3600) as i32,
            minute: (seconds / 60 % 60) as i32,
            second: (seconds % 60) as i32,
            micro: (micros % MICRO) as i32,
        }
    }
}
