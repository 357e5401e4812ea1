//! Classes of characters, as Unicode 16.0 and CPython 3.14 have them (CPython: `Py_UNICODE_ISALPHA` and the like).
//!
//! The standard library has the case of letters, of a newer Unicode: a character that Unicode 16.0 does not have is not
//! printable, and has no case here.

mod case;
mod tables;

pub use case::{Mapped, fold, lower, simple_lower, simple_title, simple_upper, title, upper};

pub use super::printable::is_printable;
use super::printable::{bits, is_in};
use tables::{CONTINUES, DIGITS, IGNORABLE, LETTERS, NUMERIC, STARTS, ZEROS};

static LETTER_BITS: [u64; 0x2_0000 / 64] = bits(LETTERS);

/// Whether a character is a letter.
#[inline]
pub fn is_alpha(point: u32) -> bool {
    match LETTER_BITS.get(point as usize / 64) {
        Some(word) => word >> (point % 64) & 1 == 1,
        None => is_in(LETTERS, point),
    }
}

/// The value of a decimal digit.
pub fn decimal(point: u32) -> Option<u8> {
    if point < 0x80 {
        return (point as u8 as char).to_digit(10).map(|value| value as u8);
    }
    let zero = ZEROS.get(ZEROS.partition_point(|&zero| zero <= point).checked_sub(1)?)?;
    u8::try_from(point - zero).ok().filter(|&value| value < 10)
}

/// The value of a digit, which need not be decimal: a superscript is one too.
pub fn digit(point: u32) -> Option<u8> {
    let of_run = |&(first, count, value): &(u32, u32, u8)| {
        let index = point.checked_sub(first).filter(|&index| index < count)?;
        Some(value + index as u8)
    };
    decimal(point).or_else(|| if point < 0x80 { None } else { DIGITS.iter().find_map(of_run) })
}

/// Whether a character has a numeric value.
pub fn is_numeric(point: u32) -> bool {
    is_in(NUMERIC, point)
}

/// Whether a character is a letter, a digit or a number.
pub fn is_alnum(point: u32) -> bool {
    is_alpha(point) || is_numeric(point)
}

/// Whether a letter is small.
pub fn is_lower(point: u32) -> bool {
    // A later Unicode took the small letter U+0295 for one without a case.
    point == 0x295 || char::from_u32(point).is_some_and(char::is_lowercase) && is_printable(point)
}

/// Whether a letter is a capital.
pub fn is_upper(point: u32) -> bool {
    char::from_u32(point).is_some_and(char::is_uppercase) && is_printable(point)
}

/// Whether a letter is one of the pairs of which only the first is a capital.
pub fn is_title(point: u32) -> bool {
    matches!(point, 0x1c5 | 0x1c8 | 0x1cb | 0x1f2 | 0x1f88..=0x1f8f | 0x1f98..=0x1f9f | 0x1fa8..=0x1faf | 0x1fbc | 0x1fcc | 0x1ffc)
}

/// Whether a letter has a case.
pub fn is_cased(point: u32) -> bool {
    is_lower(point) || is_upper(point) || is_title(point)
}

/// Whether a character does not end a word, though it is no letter.
pub fn is_ignorable(point: u32) -> bool {
    is_in(IGNORABLE, point)
}

/// Whether a character is white space.
#[inline]
pub const fn is_space(point: u32) -> bool {
    match point {
        0..0x80 => matches!(point, 0x09..=0x0d | 0x1c..=0x20),
        _ => matches!(point, 0x85 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000),
    }
}

/// Whether a character ends a line.
#[inline]
pub const fn is_line_break(point: u32) -> bool {
    matches!(point, 0x0a..=0x0d | 0x1c..=0x1e | 0x85 | 0x2028 | 0x2029)
}

/// Whether a character begins an identifier.
pub fn is_id_start(point: u32) -> bool {
    is_alpha(point) != is_in(STARTS, point)
}

/// Whether a character continues an identifier.
pub fn is_id_continue(point: u32) -> bool {
    is_in(CONTINUES, point)
}
