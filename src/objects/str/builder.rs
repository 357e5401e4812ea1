//! A string under construction, of any code points.

use super::build::{beyond_unicode, complete, from_points};
use super::layout::{Points, as_text, points};
use super::width::{Width, bits, write};
use super::words::is_ascii;
use crate::runtime::known::STR;
use crate::runtime::{Obj, Ref, Result, memory};
use core::mem::MaybeUninit;
use core::ptr::NonNull;

/// The bytes of characters that a builder holds in itself. Most texts are shorter, so they need no block.
const FEW: usize = 256;

/// Code points from which a `str` is made. Each step may fail with MemoryError; after that the builder can only be dropped.
///
/// The characters are stored as the string will store them, as narrow as they allow. The first `FEW` bytes are in the builder
/// itself. A longer text is in a block that becomes the string's own, so that the characters are not copied at the end.
#[derive(Debug)]
pub struct Builder {
    /// The width that the widest character so far needs.
    width: Width,
    /// The number of characters.
    length: usize,
    /// The number of characters of this width that there is room for.
    room: usize,
    /// A block with room for the header of a string of this width, `room` characters and one more; `None` while the characters
    /// are in `few`.
    block: Option<NonNull<u8>>,
    /// The `str` from which the first characters are, if they are all of its characters.
    source: Option<Ref>,
    /// The characters, until they need a block.
    few: MaybeUninit<[u32; FEW / 4]>,
}

impl Builder {
    /// A builder without code points. It allocates nothing.
    #[expect(clippy::new_without_default, reason = "there is one way to make a builder")]
    #[inline]
    pub const fn new() -> Self {
        Builder { width: Width::Ascii, length: 0, room: FEW, block: None, source: None, few: MaybeUninit::uninit() }
    }

    /// The number of code points so far.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are no code points yet.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The address of the characters.
    #[inline]
    fn data(&mut self) -> NonNull<u8> {
        match self.block {
            // SAFETY: the block begins with room for the header.
            Some(block) => unsafe { block.add(self.width.header()) },
            None => NonNull::from(&mut self.few).cast(),
        }
    }

    /// The address of the next character.
    #[inline]
    fn end(&mut self) -> NonNull<u8> {
        let offset = self.length * self.width.size();
        // SAFETY: there is room for `room` characters from `data` on, and `length` is no more than that.
        unsafe { self.data().add(offset) }
    }

    /// The characters so far.
    fn points(&mut self) -> Points<'_> {
        let (width, length, data) = (self.width, self.length, self.data());
        // SAFETY: `length` characters of this width have been written there, and the borrow of the builder keeps them.
        unsafe { Points::at(data, width, length) }
    }

    /// Makes room for `additional` characters of this width or a narrower one. One of them needs this width, since a string is as
    /// narrow as its characters allow.
    #[inline]
    pub(super) fn prepare(&mut self, additional: usize, width: Width) -> Result<()> {
        if width <= self.width && additional <= self.room - self.length {
            return Ok(());
        }
        self.make_room(additional, width.max(self.width))
    }

    /// Moves the characters to a place with more room, and widens them.
    #[cold]
    #[inline(never)]
    fn make_room(&mut self, additional: usize, width: Width) -> Result<()> {
        let length = self.length.checked_add(additional).ok_or_else(memory::out_of_memory)?;
        if self.is_empty() && self.block.is_none() && length <= FEW / width.size() {
            (self.width, self.room) = (width, FEW / width.size());
            return Ok(());
        }
        if width == self.width && self.block.is_some() {
            // SAFETY: the characters are in the block.
            return unsafe { self.grow(length) };
        }
        let mut wider = Builder::new();
        (wider.width, wider.room) = (width, FEW / width.size());
        if length > wider.room {
            // SAFETY: this builder has no characters yet.
            unsafe { wider.grow(length) }?;
        }
        // SAFETY: there is room for more than these characters, in a width that holds them.
        unsafe { write(self.points(), wider.data(), width) };
        wider.length = self.length;
        wider.source = self.source.take();
        *self = wider;
        Ok(())
    }

    /// Makes the block longer, with room for `length` characters and half as many in addition. Room that grows by a factor makes
    /// the time for all steps together proportional to the length of the text. `realloc` moves the pages of a large block
    /// without copying them.
    ///
    /// # Safety
    /// No characters are in `few`.
    unsafe fn grow(&mut self, length: usize) -> Result<()> {
        let room = length.saturating_add(length / 2);
        let size = room.checked_mul(self.width.size()).and_then(|size| size.checked_add(self.width.header() + 4));
        let size = size.ok_or_else(memory::out_of_memory)?;
        let block = self.block.map_or(core::ptr::null_mut(), NonNull::as_ptr);
        // SAFETY: the block is NULL or the builder's own, which no other code has.
        let block = unsafe { memory::reallocate(block.cast(), size) };
        self.block = Some(block.ok_or_else(memory::out_of_memory)?.cast());
        self.room = room;
        Ok(())
    }

    /// Appends one code point; SystemError for a number that is larger than every code point.
    #[inline]
    pub fn push(&mut self, point: u32) -> Result<()> {
        if point > char::MAX.into() {
            return Err(beyond_unicode());
        }
        self.prepare(1, Width::of(point))?;
        let end = self.end();
        // SAFETY: `prepare` made room for one more, in a width that holds it.
        unsafe {
            match self.width {
                Width::Ascii | Width::Latin1 => end.write(point as u8),
                Width::Ucs2 => end.cast::<u16>().write(point as u16),
                Width::Ucs4 => end.cast::<u32>().write(point),
            }
        }
        self.length += 1;
        Ok(())
    }

    /// Appends one code point `count` times.
    pub fn fill(&mut self, point: char, count: usize) -> Result<()> {
        if count > 0 {
            self.prepare(count, Width::of(point.into()))?;
        }
        (0..count).try_for_each(|_| self.push(point.into()))
    }

    /// Appends code points.
    pub fn extend(&mut self, points: impl Iterator<Item = u32>) -> Result<()> {
        points.into_iter().try_for_each(|point| self.push(point))
    }

    /// Appends the characters of a string, or a part of them.
    ///
    /// # Safety
    /// The characters are as in a string: those called ASCII are, and none is beyond U+10FFFF.
    #[inline]
    pub unsafe fn push_points(&mut self, points: Points<'_>) -> Result<()> {
        let width = points.width();
        // A slice of a string may need less width than the string has.
        let width = if width > self.width { Width::of(bits(points)) } else { width };
        self.prepare(points.len(), width)?;
        let (end, width) = (self.end(), self.width);
        // SAFETY: `prepare` made room for them, in a width that holds each.
        unsafe { write(points, end, width) };
        self.length += points.len();
        Ok(())
    }

    /// Appends characters of ASCII or Latin-1, a byte each.
    #[inline]
    pub fn push_latin1(&mut self, bytes: &[u8]) -> Result<()> {
        // SAFETY: the bytes are called ASCII only if they are.
        unsafe { self.push_points(if is_ascii(bytes) { Points::Ascii(bytes) } else { Points::Latin1(bytes) }) }
    }

    /// Appends text.
    #[inline]
    pub fn push_str(&mut self, text: &str) -> Result<()> {
        match is_ascii(text.as_bytes()) {
            // SAFETY: the text is ASCII here.
            true => unsafe { self.push_points(Points::Ascii(text.as_bytes())) },
            false => self.extend(text.chars().map(u32::from)),
        }
    }

    /// Appends formatted text.
    pub fn push_format(&mut self, arguments: core::fmt::Arguments<'_>) -> Result<()> {
        core::fmt::Write::write_fmt(self, arguments).map_err(|_| memory::out_of_memory())
    }

    /// Appends a code point as its hexadecimal escape: see [`escape`].
    pub fn push_escape(&mut self, point: u32) -> Result<()> {
        let (escape, length) = escape(point);
        self.push_latin1(escape.get(..length).unwrap_or_default())
    }

    /// Appends the characters of a `str`. Another object is shown as [`as_text`] shows it.
    pub fn push_object(&mut self, o: Obj<'_>) -> Result<()> {
        match o.downcast() {
            Some(s) => {
                self.source = (self.is_empty() && o.is_exactly(STR)).then(|| o.to_ref());
                // SAFETY: these are a string's own characters.
                unsafe { self.push_points(points(s)) }
            }
            None => self.push_format(format_args!("{}", as_text(o))),
        }
    }

    /// The string; the `str` itself if one was appended to the empty builder, and nothing after it.
    pub fn finish_or_source(mut self) -> Result<Ref> {
        let length = self.length;
        let is_whole = |source: &Ref| source.borrow().downcast().is_some_and(|source| points(source).len() == length);
        self.source.take().filter(is_whole).map_or_else(|| self.finish(), Ok)
    }

    /// The string.
    pub fn finish(mut self) -> Result<Ref> {
        let (width, length) = (self.width, self.length);
        if length <= 1 || self.block.is_none() {
            return from_points(self.points());
        }
        let Some(block) = self.block.take() else { return from_points(Points::Ascii(b"")) };
        // SAFETY: the block has room for the header, the characters, which are written, and four bytes more. No other code has
        // it: it was taken out of the builder.
        Ok(unsafe { complete(block, width, length) })
    }
}

/// A code point as its hexadecimal escape, `\x7f`, `\u20ac` or `\U0001f600`, and the length of the escape.
pub(super) fn escape(point: u32) -> ([u8; 10], usize) {
    let digit = |place: u32| b"0123456789abcdef"[(point >> (4 * place) & 0xf) as usize];
    let mut escape = *b"\\x........";
    let (letter, digits) = match point {
        0..=0xff => (b'x', 2),
        0x100..=0xffff => (b'u', 4),
        _ => (b'U', 8),
    };
    escape[1] = letter;
    escape.iter_mut().skip(2).zip((0..digits).rev()).for_each(|(to, place)| *to = digit(place));
    (escape, 2 + digits as usize)
}

impl Drop for Builder {
    #[inline]
    fn drop(&mut self) {
        if let Some(block) = self.block {
            // SAFETY: the block is the builder's own, and `finish` has not taken it.
            unsafe { memory::free(block.as_ptr().cast()) };
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects::str::{points as points_of, require};
    use std::prelude::rust_2024::*;

    /// The string that a builder makes has the code points that were pushed, in the width they need.
    fn comes_out(parts: &[&[u32]]) {
        let (mut pushed, mut singly) = (Builder::new(), Builder::new());
        for part in parts {
            // SAFETY: the tests have no number beyond U+10FFFF.
            unsafe { pushed.push_points(Points::Ucs4(part)) }.unwrap();
            part.iter().for_each(|point| singly.push(*point).unwrap());
        }
        let all: Vec<u32> = parts.concat();
        for made in [pushed.finish().unwrap(), singly.finish().unwrap()] {
            let points = points_of(require(made.borrow()).unwrap());
            assert!(points.iter().eq(all.iter().copied()));
            assert_eq!(points.width(), Width::of(bits(Points::Ucs4(&all))));
        }
    }

    #[test]
    fn texts_of_any_width_and_length() {
        let points = [u32::from('a'), 0xe9, 0x20ac, 0x1f600, 0xd800];
        comes_out(&[]);
        for length in [1, 2, 63, 64, 65, 127, 128, 129, 255, 256, 257, 1000, 5000] {
            for point in points {
                comes_out(&[&vec![point; length]]);
                for other in points {
                    comes_out(&[&vec![point; length], &[other]]);
                    comes_out(&[&[other], &vec![point; length]]);
                    comes_out(&[&[b'x'.into(); 300], &vec![point; length], &[other], &vec![other; length]]);
                }
            }
        }
    }

    #[test]
    fn escapes_have_two_four_or_eight_digits() {
        for (point, escape) in
            [(0, "\\x00"), (0x7f, "\\x7f"), (0x20ac, "\\u20ac"), (0xd800, "\\ud800"), (0x1f600, "\\U0001f600")]
        {
            let mut text = Builder::new();
            text.push_escape(point).unwrap();
            assert!(text.points().iter().eq(escape.chars().map(u32::from)), "{escape}");
        }
    }
}
