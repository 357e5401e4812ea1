//! Ints as text: the decimal repr, and parsing a literal in any base.

use super::{Number, from_digits, magnitude};
use crate::objects::bytes;
use crate::objects::number_text::{self, MOST_DECIMAL};
use crate::objects::str::{self, Builder, Str};
use crate::protocol::text;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Raised, Ref, Result, raise};
use core::ffi::c_int;

/// The limit for decimal digits in a conversion, since a conversion needs quadratic time
/// (`sys.set_int_max_str_digits`).
const MOST_DIGITS: usize = 4300;
/// Nine decimal digits at a time fit into one 30-bit digit.
const CHUNK: u32 = 1_000_000_000;
const CHUNK_DIGITS: usize = 9;

/// A number in decimal, as a new `str`.
pub fn decimal(number: Number<'_>) -> Result<Ref> {
    let mut text = Builder::new();
    push_decimal(&mut text, number)?;
    text.finish()
}

/// Appends a number in decimal.
pub fn push_decimal(text: &mut Builder, number: Number<'_>) -> Result<()> {
    let sign: &[u8] = if number.negative { b"-" } else { b"" };
    if let Some(word) = magnitude::to_u64(number.digits) {
        text.push_latin1(sign)?;
        return text.push_latin1(number_text::decimal(word, &mut [0; MOST_DECIMAL]));
    }
    // A number with more bits than this certainly has too many digits, so the conversion is not tried.
    if magnitude::bit_length(number.digits) > (MOST_DIGITS as u64 + 1) * 10 / 3 {
        return Err(too_long_to_show());
    }
    // Few digits need no block for the groups.
    let (mut few, mut many) = ([0; FEW_CHUNKS], Array::new_in(Malloc));
    let room = most_chunks(number.digits.len());
    let chunks = if room > FEW_CHUNKS {
        memory::reserve(&mut many, room)?;
        memory::fill(&mut many, core::iter::repeat_n(0, room));
        chunks(number.digits, &mut many)
    } else {
        chunks(number.digits, &mut few)
    };
    let (top, lower) = chunks.split_last().map_or((0, &[][..]), |(top, lower)| (*top, lower));
    let mut buffer = [0; MOST_DECIMAL];
    let top = number_text::decimal(top.into(), &mut buffer);
    if lower.len() * CHUNK_DIGITS + top.len() > MOST_DIGITS {
        return Err(too_long_to_show());
    }
    text.push_latin1(sign)?;
    text.push_latin1(top)?;
    // Two groups fit into a word.
    lower.rchunks(2).try_for_each(|chunks| {
        // A one before the digits keeps their leading zeros.
        let word = chunks.iter().rev().fold(1, |word, &chunk| word * u64::from(CHUNK) + u64::from(chunk));
        let mut buffer = [0; MOST_DECIMAL];
        let (_, digits) = number_text::decimal(word, &mut buffer).split_at(1);
        text.push_latin1(digits)
    })
}

/// A number in a base, with the prefix of the base; in decimal for base 10 (CPython: `_PyLong_Format`).
pub fn in_base(number: Number<'_>, base: Base) -> Result<Ref> {
    let (width, prefix) = match base {
        Base::Decimal => return decimal(number),
        Base::Binary => (1, b"0b"),
        Base::Octal => (3, b"0o"),
        Base::Hexadecimal => (4, b"0x"),
    };
    if let Some(word) = magnitude::to_u64(number.digits) {
        return word_in_base(number.negative, prefix, word, width as u32);
    }
    let mut text = Builder::new();
    text.push_latin1(if number.negative { b"-" } else { b"" })?;
    text.push_latin1(prefix)?;
    let count = magnitude::bit_length(number.digits).div_ceil(width).max(1);
    let mut buffer = [0; 64];
    let mut place = count;
    while place > 0 {
        let part = place.min(buffer.len() as u64);
        for (to, at) in buffer.iter_mut().zip((place - part..place).rev()) {
            let digit = magnitude::window(number.digits, at * width) as u32 & ((1 << width) - 1);
            *to = char::from_digit(digit, 16).unwrap_or('?') as u8;
        }
        text.push_latin1(buffer.get(..part as usize).unwrap_or_default())?;
        place -= part;
    }
    text.finish()
}

/// A machine word in a base whose digits have `width` bits.
fn word_in_base(negative: bool, prefix: &[u8; 2], word: u64, width: u32) -> Result<Ref> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    /// A sign, a prefix, and a digit for each bit.
    const MOST: usize = 1 + 2 + 64;
    let mut buffer = [0; MOST];
    let count = (u64::BITS - word.leading_zeros()).div_ceil(width).max(1);
    let digits = (0..count).map(|at| DIGITS[(word >> (at * width)) as usize & ((1 << width) - 1) & 15]);
    let sign: &[u8] = if negative { b"-" } else { b"" };
    let text = digits.chain(prefix.iter().rev().copied()).chain(sign.iter().copied());
    let length = buffer.iter_mut().rev().zip(text).map(|(to, byte)| *to = byte).count();
    str::from_latin1(buffer.get(MOST - length..).unwrap_or_default())
}

/// The bases that a number can be shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// With the prefix `0b`.
    Binary,
    /// With the prefix `0o`.
    Octal,
    /// Without a prefix.
    Decimal,
    /// With the prefix `0x`.
    Hexadecimal,
}

/// The most groups of nine decimal digits that a magnitude of this number of digits can need. A group has a little less than
/// the 30 bits of a digit.
const fn most_chunks(digits: usize) -> usize {
    digits + digits / 64 + 1
}

/// The number of groups that there is room for on the stack.
const FEW_CHUNKS: usize = 16;

/// A magnitude in groups of nine decimal digits, the lowest first. The highest is not zero. `room` has [`most_chunks`] groups.
fn chunks<'a>(digits: &[u32], room: &'a mut [u32]) -> &'a [u32] {
    let mut count = 0;
    for &digit in digits.iter().rev() {
        let mut carry = u64::from(digit);
        for chunk in room.iter_mut().take(count) {
            let wide = u64::from(*chunk) << magnitude::SHIFT | carry;
            *chunk = (wide % u64::from(CHUNK)) as u32;
            carry = wide / u64::from(CHUNK);
        }
        while carry > 0
            && let Some(chunk) = room.get_mut(count)
        {
            *chunk = (carry % u64::from(CHUNK)) as u32;
            carry /= u64::from(CHUNK);
            count += 1;
        }
    }
    room.get(..count).unwrap_or_default()
}

fn too_long_to_show() -> Raised {
    raise!(
        ValueError,
        "Exceeds the limit ({MOST_DIGITS} digits) for integer string conversion; \
         use sys.set_int_max_str_digits() to increase the limit"
    )
}

/// The sign and the base at the start of a literal.
struct Literal<'a> {
    negative: bool,
    base: u32,
    digits: &'a [u8],
    /// A literal in base 0 that starts with 0 and has no prefix can only be zero.
    only_zero: bool,
}

/// Splits a literal without blanks around it into sign, prefix and digits.
fn split(text: &[u8], base: u32) -> Option<Literal<'_>> {
    let (negative, text) = match text {
        [b'+', rest @ ..] => (false, rest),
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let prefixed = match text {
        [b'0', b'x' | b'X', rest @ ..] => Some((16, rest)),
        [b'0', b'o' | b'O', rest @ ..] => Some((8, rest)),
        [b'0', b'b' | b'B', rest @ ..] => Some((2, rest)),
        _ => None,
    };
    let only_zero = base == 0 && prefixed.is_none() && text.first() == Some(&b'0');
    let (base, digits) = match prefixed {
        Some((own, rest)) if base == 0 || base == own => (own, rest.strip_prefix(b"_").unwrap_or(rest)),
        _ => (if base == 0 { 10 } else { base }, text),
    };
    (!digits.is_empty()).then_some(Literal { negative, base, digits, only_zero })
}

/// Parses a literal, as `int()` does, with a base of 2 to 36, or 0 for the base of the prefix. `None` when the text is
/// not a literal; an `Err` means another failure.
pub fn parse(text: &[u8], base: u32) -> Result<Option<Ref>> {
    let Some(literal) = split(number_text::trim(text), base) else { return Ok(None) };
    // Single underscores between digits are allowed.
    let mut count = 0usize;
    let mut after_digit = false;
    // The value, as long as it fits.
    let mut word = Some(0u64);
    for &byte in literal.digits {
        let digit = char::from(byte).to_digit(literal.base);
        if let Some(digit) = digit {
            let add = |word: u64| word.checked_mul(literal.base.into())?.checked_add(digit.into());
            word = word.and_then(add);
            count += 1;
        } else if byte != b'_' || !after_digit {
            return Ok(None);
        }
        after_digit = digit.is_some();
    }
    if !after_digit {
        return Ok(None);
    }
    if let Some(word) = word
        && count <= MOST_DIGITS
    {
        let is_literal = !literal.only_zero || word == 0;
        return is_literal.then(|| from_digits(literal.negative, &magnitude::from_u64(word))).transpose();
    }
    if count > MOST_DIGITS && !literal.base.is_power_of_two() {
        return Err(raise!(
            ValueError,
            "Exceeds the limit ({MOST_DIGITS} digits) for integer string conversion: value has {count} digits; \
             use sys.set_int_max_str_digits() to increase the limit"
        ));
    }
    let digits = if literal.base.is_power_of_two() { pack(&literal, count)? } else { accumulate(&literal)? };
    if literal.only_zero && !magnitude::trim(&digits).is_empty() {
        return Ok(None);
    }
    from_digits(literal.negative, &digits).map(Some)
}

fn values<'a>(literal: &Literal<'a>) -> impl DoubleEndedIterator<Item = u32> + 'a {
    let base = literal.base;
    literal.digits.iter().filter_map(move |&byte| char::from(byte).to_digit(base))
}

/// The magnitude in a base that is a power of two: the bits of all digits, concatenated.
fn pack(literal: &Literal<'_>, count: usize) -> Result<Array<u32>> {
    let width = literal.base.ilog2();
    let mut digits = Array::new_in(Malloc);
    memory::reserve(&mut digits, (count / (magnitude::SHIFT / width) as usize).saturating_add(2))?;
    let (mut bits, mut filled) = (0u64, 0);
    for value in values(literal).rev() {
        bits |= u64::from(value) << filled;
        filled += width;
        if filled >= magnitude::SHIFT {
            memory::push(&mut digits, bits as u32 & magnitude::MASK)?;
            bits >>= magnitude::SHIFT;
            filled -= magnitude::SHIFT;
        }
    }
    memory::push(&mut digits, bits as u32)?;
    Ok(digits)
}

/// The magnitude in any base, by Horner's rule.
fn accumulate(literal: &Literal<'_>) -> Result<Array<u32>> {
    let mut digits = Array::new_in(Malloc);
    let mut values = values(literal).peekable();
    while values.peek().is_some() {
        // Each step takes as many digits of the literal as fit into one digit of the magnitude.
        let (mut power, mut part) = (1, 0);
        while power <= magnitude::MASK / literal.base
            && let Some(value) = values.next()
        {
            power *= literal.base;
            part = part * literal.base + value;
        }
        let carry = magnitude::multiply_add(&mut digits, power, part);
        if carry != 0 {
            memory::push(&mut digits, carry)?;
        }
    }
    Ok(digits)
}

/// A base for text: 0, or from 2 to 36. ValueError for another.
pub fn require_base(base: c_int) -> Result<u32> {
    match u32::try_from(base) {
        Ok(base @ (0 | 2..=36)) => Ok(base),
        _ => Err(raise!(ValueError, "int() arg 2 must be >= 2 and <= 36")),
    }
}

/// The int in a text from C, and the length of its part that could be one (CPython: `PyLong_FromString`). ValueError for a base that
/// does not exist.
pub fn parse_c(text: &[u8], base: c_int) -> Result<(Result<Ref>, usize)> {
    let asked = require_base(base)?;
    let start = text.len() - number_text::trim_start(text).len();
    let rest = text.get(start..).unwrap_or_default();
    let sign = usize::from(matches!(rest.first(), Some(b'+' | b'-')));
    let (base, prefix) = match split(rest, asked) {
        Some(literal) => (literal.base, rest.len() - sign - literal.digits.len()),
        // Nothing follows the sign or the prefix.
        None => (if asked == 0 { prefix_base(rest, sign) } else { asked }, rest.len() - sign),
    };
    let mut end = start + sign + prefix;
    let digits = text.get(end..).unwrap_or_default();
    let is_digit = |at: usize| digits.get(at).is_some_and(|&byte| char::from(byte).is_digit(base));
    let mut length = 0;
    while is_digit(length) || digits.get(length) == Some(&b'_') && length > 0 && is_digit(length + 1) {
        length += 1;
    }
    end += length;
    let parsed = parse(text, asked)?;
    if length > 0 {
        end += text.len() - end - number_text::trim_start(text.get(end..).unwrap_or_default()).len();
    }
    let found = parsed.map(Ok).unwrap_or_else(|| {
        let only_zero = asked == 0 && base == 10 && end == text.len() && length > 0;
        let shown = str::from_utf8(text.get(..200).unwrap_or(text))?;
        Err(invalid(shown.borrow(), if only_zero { 0 } else { base }))
    });
    Ok((found, end))
}

/// The base of the prefix of a text with nothing after it.
fn prefix_base(text: &[u8], sign: usize) -> u32 {
    match text.get(sign + 1) {
        Some(b'x' | b'X') => 16,
        Some(b'o' | b'O') => 8,
        Some(b'b' | b'B') => 2,
        _ => 10,
    }
}

/// ValueError: the object contains no int.
fn invalid(o: Obj<'_>, base: u32) -> Raised {
    match text::repr(o) {
        Ok(shown) => {
            raise!(ValueError, "invalid literal for int() with base {base}: {}", number_text::truncated(shown.borrow()))
        }
        Err(raised) => raised,
    }
}

/// The int in a `str` (CPython: `PyLong_FromUnicodeObject`).
pub fn parse_str(s: Str<'_>, base: u32) -> Result<Ref> {
    let text = number_text::to_ascii(s)?;
    parse(text.as_bytes(), base)?.ok_or_else(|| invalid(*s, base))
}

/// The int in the bytes of an object.
pub fn parse_bytes(bytes: &[u8], base: u32) -> Result<Ref> {
    match parse(bytes, base)? {
        Some(number) => Ok(number),
        None => Err(invalid(bytes::from_slice(bytes)?.as_obj(), base)),
    }
}
