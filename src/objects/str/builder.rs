//! A string under construction, of any code points.

use super::build::from_code_points;
use super::layout::{as_text, points};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Ref, Result};

/// Code points from which a `str` is made. Each step may fail with MemoryError; after that the builder can only be
/// dropped.
#[derive(Debug)]
pub struct Builder(Array<u32>);

impl Builder {
    /// A builder without code points. It allocates nothing.
    #[expect(clippy::new_without_default, reason = "the one way to make one")]
    pub const fn new() -> Self {
        Builder(Array::new_in(Malloc))
    }

    /// The number of code points so far.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no code points yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Appends one code point.
    pub fn push(&mut self, point: u32) -> Result<()> {
        memory::push(&mut self.0, point)
    }

    /// Appends one code point `count` times.
    pub fn fill(&mut self, point: char, count: usize) -> Result<()> {
        memory::reserve(&mut self.0, count)?;
        memory::fill(&mut self.0, core::iter::repeat_n(u32::from(point), count));
        Ok(())
    }

    /// Appends code points. The lower bound of the iterator's size is used to make room.
    pub fn extend(&mut self, points: impl Iterator<Item = u32>) -> Result<()> {
        memory::reserve(&mut self.0, points.size_hint().0)?;
        points.into_iter().try_for_each(|point| self.push(point))
    }

    /// Appends text.
    pub fn push_str(&mut self, text: &str) -> Result<()> {
        self.extend(text.chars().map(u32::from))
    }

    /// Appends formatted text.
    pub fn push_format(&mut self, arguments: core::fmt::Arguments<'_>) -> Result<()> {
        core::fmt::Write::write_fmt(self, arguments).map_err(|_| memory::out_of_memory())
    }

    /// Appends a code point as its hexadecimal escape: `\\x7f`, `\\u20ac` or `\\U0001f600`.
    pub fn push_escape(&mut self, point: u32) -> Result<()> {
        let (letter, digits) = match point {
            0..=0xff => ('x', 2),
            0x100..=0xffff => ('u', 4),
            _ => ('U', 8),
        };
        self.push_str("\\")?;
        self.push(letter.into())?;
        (0..digits).rev().try_for_each(|digit| {
            let digit = char::from_digit(point >> (4 * digit) & 0xf, 16).unwrap_or('0');
            self.push(digit.into())
        })
    }

    /// Appends the characters of a `str`. Another object is shown as [`as_text`] shows it.
    pub fn push_object(&mut self, o: Obj<'_>) -> Result<()> {
        let Some(s) = o.downcast() else { return self.push_format(format_args!("{}", as_text(o))) };
        let points = points(s);
        memory::reserve(&mut self.0, points.len())?;
        memory::fill(&mut self.0, points.iter());
        Ok(())
    }

    /// The string.
    pub fn finish(self) -> Result<Ref> {
        from_code_points(self.0.iter().copied())
    }
}

impl core::fmt::Write for Builder {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        let pushed = match memory::as_surrogate(text) {
            Some(point) => self.push(point),
            None => self.push_str(text),
        };
        pushed.map_err(|_| core::fmt::Error)
    }
}
