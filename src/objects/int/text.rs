//! Ints as text: the decimal repr, and parsing a literal in any base.

use super::{Number, from_digits, magnitude};
use crate::objects::number_text;
use crate::objects::str::{self, Str};
use crate::protocol::text;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Raised, Ref, Result, raise};

/// The limit for decimal digits in a conversion, since a conversion needs quadratic time
/// (`sys.set_int_max_str_digits`).
const MOST_DIGITS: usize = 4300;
/// Nine decimal digits at a time fit into one 30-bit digit.
const CHUNK: u32 = 1_000_000_000;
const CHUNK_DIGITS: usize = 9;

/// A number in decimal, as a new `str`.
pub fn decimal(number: Number<'_>) -> Result<Ref> {
    let sign = if number.negative { "-" } else { "" };
    if let Some(word) = magnitude::to_u64(number.digits) {
        return str::format(format_args!("{sign}{word}"));
    }
    // A number with more bits than this certainly has too many digits, so the conversion is not tried.
    if magnitude::bit_length(number.digits) > (MOST_DIGITS as u64 + 1) * 10 / 3 {
        return Err(too_long_to_show());
    }
    let mut rest = Array::new_in(Malloc);
    memory::reserve(&mut rest, number.digits.len())?;
    memory::fill(&mut rest, number.digits.iter().copied());
    let mut chunks = Array::new_in(Malloc);
    while rest.iter().any(|&digit| digit != 0) {
        memory::push(&mut chunks, magnitude::divide(&mut rest, CHUNK))?;
        rest.truncate(magnitude::trim(&rest).len());
    }
    let top = chunks.last().and_then(|top| top.checked_ilog10()).map_or(0, |log| log as usize + 1);
    if chunks.len().saturating_sub(1) * CHUNK_DIGITS + top > MOST_DIGITS {
        return Err(too_long_to_show());
    }
    str::format(format_args!("{sign}{}", Chunks(&chunks)))
}

fn too_long_to_show() -> Raised {
    raise!(
        ValueError,
        "Exceeds the limit ({MOST_DIGITS} digits) for integer string conversion; \
         use sys.set_int_max_str_digits() to increase the limit"
    )
}

/// Groups of nine decimal digits, the lowest first.
struct Chunks<'a>(&'a [u32]);

impl core::fmt::Display for Chunks<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Some((top, lower)) = self.0.split_last() else { return f.write_str("0") };
        write!(f, "{top}")?;
        lower.iter().rev().try_for_each(|chunk| write!(f, "{chunk:0CHUNK_DIGITS$}"))
    }
}

/// The sign, prefix and digits of a literal.
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
    for &byte in literal.digits {
        let digit = char::from(byte).is_digit(literal.base);
        if !(digit || byte == b'_' && after_digit) {
            return Ok(None);
        }
        count += usize::from(digit);
        after_digit = digit;
    }
    if !after_digit {
        return Ok(None);
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
    for value in values(literal) {
        let carry = magnitude::multiply_add(&mut digits, literal.base, value);
        if carry != 0 {
            memory::push(&mut digits, carry)?;
        }
    }
    Ok(digits)
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
    parse(&text, base)?.ok_or_else(|| invalid(*s, base))
}

/// The int in the bytes of an object.
pub fn parse_bytes(o: Obj<'_>, bytes: &[u8], base: u32) -> Result<Ref> {
    parse(bytes, base)?.ok_or_else(|| invalid(o, base))
}
