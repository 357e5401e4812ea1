//! The errors of arguments: the words for one that does not suit its unit, and its place among the arguments.

use super::format::Words;
use super::parse::Refused;
use crate::abi::Exc;
use crate::objects::{constants, exceptions};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Raised, Result, error};
use core::fmt::{self, Write};

/// The reason why an argument was not converted.
#[derive(Debug)]
pub(super) enum Refusal {
    /// An error is set already, or the reason is kept.
    Kept(Refused),
    /// A text that follows the place of the argument.
    Text(Line),
}

impl<T: Into<Refused>> From<T> for Refusal {
    fn from(refused: T) -> Self {
        Refusal::Kept(refused.into())
    }
}

/// A message under construction, from texts of C whose lengths are limited as in CPython. A text may be cut inside a
/// character; the message is then an error of its own, as in CPython.
#[derive(Debug)]
pub(super) struct Line(Array<u8>);

impl Line {
    fn new() -> Self {
        Line(Array::new_in(Malloc))
    }

    /// Appends at most `limit` bytes of a text.
    fn push(&mut self, text: &[u8], limit: usize) -> Result<()> {
        memory::extend(&mut self.0, text.get(..limit).unwrap_or(text))
    }

    /// Appends numbers and texts of the library.
    fn write(&mut self, arguments: fmt::Arguments<'_>) -> Result<()> {
        self.write_fmt(arguments).map_err(|fmt::Error| memory::out_of_memory())
    }
}

impl Write for Line {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        memory::extend(&mut self.0, s.as_bytes()).map_err(|_| fmt::Error)
    }
}

/// The message of a line that `write` writes.
fn line(write: impl FnOnce(&mut Line) -> Result<()>) -> Refusal {
    let mut line = Line::new();
    match write(&mut line) {
        Ok(()) => Refusal::Text(line),
        Err(raised) => raised.into(),
    }
}

/// Gives the name of an object's class as messages of arguments show it to `look`: None is called `None`.
pub(super) fn with_kind<T>(o: Obj<'_>, look: impl FnOnce(&[u8]) -> T) -> T {
    if o.is(constants::NONE) { look(b"None") } else { o.class().with_name(|name| look(name.to_bytes())) }
}

/// The refusal of an object of a wrong type.
#[cold]
pub(super) fn not_a(expected: &[u8], o: Obj<'_>) -> Refusal {
    line(|line| {
        line.push(b"must be ", usize::MAX)?;
        line.push(expected, 50)?;
        line.push(b", not ", usize::MAX)?;
        with_kind(o, |kind| line.push(kind, 50))
    })
}

/// The refusal of an object for a reason in parentheses, which makes it a SystemError.
#[cold]
pub(super) fn because(reason: &'static str) -> Refusal {
    line(|line| line.push(reason.as_bytes(), 100))
}

/// The refusal with a formatted text.
#[cold]
pub(super) fn text(arguments: fmt::Arguments<'_>) -> Refusal {
    line(|line| line.write(arguments))
}

/// The refusal of an object that is no tuple.
#[cold]
pub(super) fn not_a_tuple(length: usize, o: Obj<'_>) -> Refusal {
    line(|line| {
        line.write(format_args!("must be {length}-item tuple, not "))?;
        with_kind(o, |kind| line.push(kind, 50))
    })
}

/// The place of an argument: its number, from 1, and the numbers of the items in it, from the outermost, from 1.
#[derive(Debug)]
pub(super) struct Place<'a> {
    pub argument: usize,
    pub items: &'a [usize],
}

/// Raises the error of an argument. An error that is set already stays.
#[cold]
pub(super) fn raise(refusal: Option<&Line>, place: &Place<'_>, words: &Words<'_>) -> Raised {
    if let Some(raised) = error::pending() {
        return raised;
    }
    let Some(Line(text)) = refusal else { return error::fetched_from_c("a conversion") };
    let class = if text.first() == Some(&b'(') { Exc::SystemError } else { Exc::TypeError };
    let class = class.class().as_obj();
    if let Some(message) = words.message {
        return exceptions::raise_text(class, message);
    }
    match describe(text, place, words) {
        Ok(Line(message)) => exceptions::raise_text(class, &message),
        Err(raised) => raised,
    }
}

/// The message of a refusal with the place of the argument.
fn describe(text: &[u8], place: &Place<'_>, words: &Words<'_>) -> Result<Line> {
    /// CPython adds no further place of an item to a text of this length.
    const LONG: usize = 220;
    let mut line = Line::new();
    if let Some(name) = words.name {
        line.push(name, 200)?;
        line.push(b"() ", usize::MAX)?;
    }
    line.push(b"argument", usize::MAX)?;
    if place.argument > 0 {
        line.write(format_args!(" {}", place.argument))?;
        for item in place.items {
            if line.0.len() >= LONG {
                break;
            }
            line.write(format_args!(", item {}", item - 1))?;
        }
    }
    line.push(b" ", usize::MAX)?;
    line.push(text, 256)?;
    Ok(line)
}
