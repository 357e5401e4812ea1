//! The repr of a `str`: in quotes, with escapes for characters that can't be printed.

use super::builder::{Builder, escape};
use super::layout::{Points, Str, points};
use super::printable::is_printable;
use super::width::Unit;
use crate::runtime::{Ref, Result};

/// The repr: in double quotes if the string has single quotes and no double ones, else in single quotes.
pub(super) fn repr(s: Str<'_>) -> Result<Ref> {
    let mut text = Builder::new();
    push_repr(&mut text, s)?;
    text.finish()
}

/// Appends the repr of a string.
pub fn push_repr(text: &mut Builder, s: Str<'_>) -> Result<()> {
    let points = points(s);
    // The fast path: most strings have no character that the repr escapes, which one pass over the characters shows.
    let is_plain = match points {
        Points::Ascii(units) => !units.iter().fold(false, |any, &unit| any | is_special_ascii(unit)),
        Points::Latin1(units) => units.iter().all(|&unit| is_plain(unit.into())),
        Points::Ucs2(units) => units.iter().all(|&unit| is_plain(unit.into())),
        Points::Ucs4(units) => units.iter().all(|&unit| is_plain(unit)),
    };
    if is_plain {
        text.prepare(points.len().saturating_add(2), points.width())?;
        text.push(b'\''.into())?;
        // SAFETY: these are the string's own characters.
        unsafe { text.push_points(points) }?;
        return text.push(b'\''.into());
    }
    match points {
        Points::Ascii(units) => push_escaped(text, units, Points::Ascii),
        Points::Latin1(units) => push_escaped(text, units, Points::Latin1),
        Points::Ucs2(units) => push_escaped(text, units, Points::Ucs2),
        Points::Ucs4(units) => push_escaped(text, units, Points::Ucs4),
    }
}

/// Whether the repr has the character unchanged, and the character does not determine the quotes.
#[inline(always)]
fn is_plain(point: u32) -> bool {
    point != b'\''.into() && point != b'\\'.into() && is_printable(point)
}

/// The opposite of [`is_plain`] for ASCII. It has no branch and no table, so the compiler can check many characters
/// with one instruction.
#[inline(always)]
const fn is_special_ascii(byte: u8) -> bool {
    (byte < b' ') | (byte == 0x7f) | (byte == b'\\') | (byte == b'\'')
}

/// A buffer for ASCII. A builder checks its width and its room each time that it is appended to, so the characters are
/// gathered here first, and appended together.
struct Piece {
    bytes: [u8; 64],
    length: usize,
}

impl Piece {
    /// The length of the longest escape of one character: `\U0001f600`.
    const LONGEST: usize = 10;

    /// Appends a byte, for which [`Piece::make_room`] has made room.
    #[inline(always)]
    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
    }

    /// Appends the bytes to the text, and empties the buffer.
    fn flush(&mut self, text: &mut Builder) -> Result<()> {
        let bytes = self.bytes.get(..self.length).unwrap_or_default();
        self.length = 0;
        text.push_latin1(bytes)
    }

    /// Flushes the buffer, if the escape of one more character may not fit.
    #[inline(always)]
    fn make_room(&mut self, text: &mut Builder) -> Result<()> {
        if self.length + Self::LONGEST > self.bytes.len() { self.flush(text) } else { Ok(()) }
    }
}

/// Appends the repr of characters of one width, some of which are escaped or determine the quotes.
#[inline(never)]
fn push_escaped<'a, T: Unit>(text: &mut Builder, units: &'a [T], points: fn(&'a [T]) -> Points<'a>) -> Result<()> {
    let has = |quote: u8| units.contains(&T::cut(quote.into()));
    let quote = if has(b'\'') && !has(b'"') { b'"' } else { b'\'' };
    let mut piece = Piece { bytes: [0; 64], length: 0 };
    piece.push(quote);
    let mut rest = units;
    while let [unit, after @ ..] = rest {
        piece.make_room(text)?;
        match (*unit).into() {
            point @ 0..0x80 => push_ascii(&mut piece, point as u8, quote),
            point if is_printable(point) => {
                // Consecutive characters beyond ASCII are copied together, unchanged.
                let is_wide = |unit: &&T| (**unit).into() >= 0x80 && is_printable((**unit).into());
                let (wide, after) = rest.split_at(rest.iter().take_while(is_wide).count());
                piece.flush(text)?;
                // SAFETY: these are some of the string's own characters.
                unsafe { text.push_points(points(wide)) }?;
                rest = after;
                continue;
            }
            point => push_escape(&mut piece, point),
        }
        rest = after;
    }
    piece.make_room(text)?;
    piece.push(quote);
    piece.flush(text)
}

/// Appends the repr of an ASCII character.
#[inline(always)]
fn push_ascii(piece: &mut Piece, byte: u8, quote: u8) {
    let letter = match byte {
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        b'\\' => byte,
        _ if byte == quote => byte,
        b' '..=b'~' => return piece.push(byte),
        _ => return push_escape(piece, byte.into()),
    };
    piece.push(b'\\');
    piece.push(letter);
}

/// Appends the hexadecimal escape of a character.
fn push_escape(piece: &mut Piece, point: u32) {
    let (escape, length) = escape(point);
    escape.iter().take(length).for_each(|&byte| piece.push(byte));
}
