//! From events to the horizontal axis, which has the events in their order, not their times: a burst of calls would be one line
//! otherwise.

/// The axis of a picture.
pub struct Scale {
    left: f64,
    width: f64,
    events: usize,
}

impl Scale {
    pub fn new(left: f64, width: f64, events: usize) -> Scale {
        Scale { left, width, events: events.max(1) }
    }

    /// The place of an event.
    pub fn x(&self, at: usize) -> f64 {
        self.left + self.width * (at as f64 + 0.5) / self.events as f64
    }

    /// The right end.
    pub fn end(&self) -> f64 {
        self.left + self.width
    }

    /// The events that have a label, about `most`.
    pub fn ticks(&self, most: usize) -> impl Iterator<Item = usize> {
        let step = self.events.div_ceil(most).max(1);
        (0..self.events).step_by(step)
    }
}

/// A time in the unit that suits it.
pub fn time(seconds: f64) -> String {
    match seconds {
        0.0 => "0".into(),
        _ if seconds < 1e-3 => format!("{:.0} µs", seconds * 1e6),
        _ if seconds < 1.0 => format!("{:.1} ms", seconds * 1e3),
        _ => format!("{seconds:.2} s"),
    }
}

/// A number with commas between thousands.
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The thing, and how many of it there are.
pub fn counted(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", count(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        assert_eq!([count(0), count(999), count(10_000), count(1_234_567)], ["0", "999", "10,000", "1,234,567"]);
        assert_eq!([time(0.0), time(5e-6), time(0.0123), time(2.0)], ["0", "5 µs", "12.3 ms", "2.00 s"]);
        assert_eq!([counted(1, "capsule"), counted(2, "capsule")], ["1 capsule", "2 capsules"]);
    }

    #[test]
    fn each_event_has_its_place() {
        let scale = Scale::new(100.0, 400.0, 4);
        assert_eq!([scale.x(0), scale.x(3), scale.end()], [150.0, 450.0, 500.0]);
        assert_eq!(scale.ticks(2).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(Scale::new(0.0, 1.0, 0).ticks(5).count(), 1);
    }
}
