//! The repr of a `str`: in quotes, with escapes for characters that can't be printed.

use super::builder::Builder;
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
    // Most strings have no character that stands otherwise in a repr, and one look at all of them tells.
    let is_plain = match points {
        Points::Ascii(units) => !units.iter().fold(false, |any, &unit| any | is_special_ascii(unit)),
        Points::Latin1(units) => units.iter().all(|&unit| is_plain(unit.into())),
        Points::Ucs2(units) => units.iter().all(|&unit| is_plain(unit.into())),
        Points::Ucs4(units) => units.iter().all(|&unit| is_plain(unit)),
    };
    if is_plain {
        text.prepare(points.len().saturating_add(2), points.width())?;
        text.push(b'\''.into())?;
        text.push_points(points)?;
        return text.push(b'\''.into());
    }
    match points {
        Points::Ascii(units) => push_escaped(text, units, Points::Ascii),
        Points::Latin1(units) => push_escaped(text, units, Points::Latin1),
        Points::Ucs2(units) => push_escaped(text, units, Points::Ucs2),
        Points::Ucs4(units) => push_escaped(text, units, Points::Ucs4),
    }
}

/// Whether a character stands as it is in a repr, and does not change the quotes.
#[inline(always)]
fn is_plain(point: u32) -> bool {
    point != b'\''.into() && point != b'\\'.into() && is_printable(point)
}

/// The opposite of [`is_plain`] for ASCII, without a branch or a table, so that many characters are looked at together.
#[inline(always)]
const fn is_special_ascii(byte: u8) -> bool {
    (byte < b' ') | (byte == 0x7f) | (byte == b'\\') | (byte == b'\'')
}

/// Appends the repr of characters of one width. Those in a row that stand as they are go over together.
#[inline(never)]
fn push_escaped<'a, T: Unit>(text: &mut Builder, units: &'a [T], points: fn(&'a [T]) -> Points<'a>) -> Result<()> {
    let has = |quote: u8| units.contains(&T::cut(quote.into()));
    let quote = u32::from(if has(b'\'') && !has(b'"') { b'"' } else { b'\'' });
    let is_plain = |unit: &T| {
        let point: u32 = (*unit).into();
        point != quote && point != b'\\'.into() && is_printable(point)
    };
    text.push(quote)?;
    let mut rest = units;
    loop {
        let (plain, special) = rest.split_at(rest.iter().take_while(|unit| is_plain(unit)).count());
        // Few characters go over one by one in less time than together.
        match plain.len() {
            ..8 => text.extend(plain.iter().map(|&unit| unit.into()))?,
            _ => text.push_points(points(plain))?,
        }
        let [unit, after @ ..] = special else { break };
        rest = after;
        let letter = match (*unit).into() {
            0x0a => b'n'.into(),
            0x0d => b'r'.into(),
            0x09 => b't'.into(),
            point if point == quote || point == b'\\'.into() => point,
            point => {
                text.push_escape(point)?;
                continue;
            }
        };
        text.push(b'\\'.into())?;
        text.push(letter)?;
    }
    text.push(quote)
}
