//! Complex numbers as text, and back.

use super::{Complex, ComplexView, value};
use crate::objects::float::{self, Repr};
use crate::objects::number_text;
use crate::objects::str::{self, Str};
use crate::protocol::text;
use crate::runtime::memory::Text;
use crate::runtime::{Raised, Ref, Result, raise};

/// The repr of the parts: the real one is left out if it is a positive zero.
pub(super) fn repr(complex: ComplexView<'_>) -> Result<Ref> {
    let Complex { real, imag } = value(complex);
    let (imaginary, part) = (Repr::of(imag), Repr::of(real));
    let imaginary = without_point(imaginary.as_bytes());
    if real == 0.0 && real.is_sign_positive() {
        return str::format(format_args!("{imaginary}j"));
    }
    let sign = if imaginary.starts_with('-') { "" } else { "+" };
    str::format(format_args!("({}{sign}{imaginary}j)", without_point(part.as_bytes())))
}

/// A part without the `.0` that only a float shows.
fn without_point(repr: &[u8]) -> &str {
    core::str::from_utf8(repr.strip_suffix(b".0").unwrap_or(repr)).unwrap_or_default()
}

fn malformed() -> Raised {
    raise!(ValueError, "complex() arg is a malformed string")
}

/// The number in a `str`: blanks and a pair of parentheses may be around it, and underscores between its digits.
pub(super) fn parse_str(s: Str<'_>) -> Result<Complex> {
    let text = number_text::to_ascii(s)?;
    let text = text.as_bytes();
    if !text.contains(&b'_') {
        return parse(text).ok_or_else(malformed);
    }
    let digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_digit);
    let is_between = |at: usize| digit(at.checked_sub(1)) && digit(at.checked_add(1));
    let trimmed = core::str::from_utf8(text).unwrap_or_default();
    if !text.iter().enumerate().all(|(at, byte)| *byte != b'_' || is_between(at)) {
        return Err(match text::repr(*s) {
            Ok(shown) => raise!(ValueError, "could not convert string to complex: {}", str::as_text(shown.borrow())),
            Err(raised) => raised,
        });
    }
    let mut plain = Text::new();
    trimmed.split('_').try_for_each(|part| plain.push_str(part))?;
    parse(plain.as_str().as_bytes()).ok_or_else(malformed)
}

/// Reads `real`, `imaginary j` or both.
fn parse(text: &[u8]) -> Option<Complex> {
    let text = number_text::trim(text);
    let text = match text {
        [b'(', inner @ .., b')'] => number_text::trim(inner),
        _ => text,
    };
    let (first, rest) = part(text);
    let unit = |sign: &[u8]| match sign {
        b"" | b"+" => Some(1.0),
        b"-" => Some(-1.0),
        _ => None,
    };
    match (first, rest) {
        (Some(real), []) => Some(Complex { real, imag: 0.0 }),
        (Some(imag), [b'j' | b'J']) => Some(Complex { real: 0.0, imag }),
        (Some(real), [b'+' | b'-', ..]) => {
            let (second, end) = part(rest);
            let imag = match (second, end) {
                (Some(imag), [b'j' | b'J']) => Some(imag),
                (None, [sign @ .., b'j' | b'J']) => unit(sign),
                _ => None,
            };
            imag.map(|imag| Complex { real, imag })
        }
        (None, [sign @ .., b'j' | b'J']) => unit(sign).map(|imag| Complex { real: 0.0, imag }),
        _ => None,
    }
}

/// The float at the start of a text, if there is one, and the rest.
fn part(text: &[u8]) -> (Option<f64>, &[u8]) {
    match float::prefix(text) {
        Some((value, length)) => (Some(value), text.get(length..).unwrap_or_default()),
        None => (None, text),
    }
}
