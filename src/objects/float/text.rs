//! Floats from text. Rust's conversion is exact, knows no locale, and reads the language that CPython reads, but for
//! the underscores.

use super::from_f64;
use crate::objects::{number_text, str};
use crate::protocol::text;
use crate::runtime::memory::{Lossy, Text};
use crate::runtime::{Obj, Own, Raised, Ref, Result, raise};
use core::ffi::CStr;

/// Parses a literal, as `float()` does.
fn parse(text: &[u8]) -> Result<Option<f64>> {
    let text = number_text::trim(text);
    let has_underscore = text.contains(&b'_');
    let Ok(text) = core::str::from_utf8(text) else { return Ok(None) };
    if !has_underscore {
        return Ok(text.parse().ok());
    }
    let digit = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_digit);
    // Underscores stand alone, between digits.
    let lone = |at: usize| digit(at.checked_sub(1)) && digit(at.checked_add(1));
    if !text.bytes().enumerate().all(|(at, byte)| byte != b'_' || lone(at)) {
        return Ok(None);
    }
    let mut plain = Text::new();
    text.split('_').try_for_each(|part| plain.push_str(part))?;
    Ok(plain.as_str().parse().ok())
}

/// The float at the start of a text, without blanks before it, and the length of its text (CPython:
/// `_PyOS_ascii_strtod`).
pub fn prefix(text: &[u8]) -> Option<(f64, usize)> {
    let length = prefix_length(text)?;
    let value = core::str::from_utf8(text.get(..length)?).ok()?.parse().ok()?;
    Some((value, length))
}

fn prefix_length(text: &[u8]) -> Option<usize> {
    let count = |from: usize| text.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let sign = |at: usize| usize::from(matches!(text.get(at), Some(b'+' | b'-')));
    let start = sign(0);
    let names = [&b"infinity"[..], b"inf", b"nan"];
    let is_name =
        |name: &&&[u8]| text.get(start..start + name.len()).is_some_and(|part| part.eq_ignore_ascii_case(name));
    if let Some(name) = names.iter().find(is_name) {
        return Some(start + name.len());
    }
    let whole = count(start);
    let mut end = start + whole;
    if text.get(end) == Some(&b'.') {
        let fraction = count(end + 1);
        if whole + fraction == 0 {
            return None;
        }
        end += 1 + fraction;
    } else if whole == 0 {
        return None;
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let digits = end + 1 + sign(end + 1);
        let exponent = count(digits);
        if exponent > 0 {
            end = digits + exponent;
        }
    }
    Some(end)
}

/// The float at the start of a text from C, and its length. Without `partial` the text contains nothing else. `Err` in
/// the answer is a number that is too large, as the infinity of its sign (CPython: `PyOS_string_to_double`).
pub fn parse_c(text: &CStr, partial: bool) -> Result<(Result<f64, f64>, usize)> {
    let bytes = text.to_bytes();
    match prefix(bytes) {
        Some((value, length)) if partial || length == bytes.len() => {
            let is_name = bytes.get(length - 1).is_some_and(u8::is_ascii_alphabetic);
            Ok((if value.is_infinite() && !is_name { Err(value) } else { Ok(value) }, length))
        }
        _ => {
            let shown = Lossy(bytes.get(..200).unwrap_or(bytes));
            Err(raise!(ValueError, "could not convert string to float: '{shown}'"))
        }
    }
}

fn invalid(o: Obj<'_>) -> Raised {
    match text::repr(o) {
        Ok(shown) => raise!(ValueError, "could not convert string to float: {}", str::as_text(shown.borrow())),
        Err(raised) => raised,
    }
}

/// The float in a `str`.
pub fn parse_str(s: str::Str<'_>) -> Result<Ref> {
    from_f64(parse(number_text::to_ascii(s)?.as_bytes())?.ok_or_else(|| invalid(*s))?).map(Own::into_ref)
}

/// The float in the bytes of an object.
pub fn parse_bytes(o: Obj<'_>, bytes: &[u8]) -> Result<Ref> {
    from_f64(parse(bytes)?.ok_or_else(|| invalid(o))?).map(Own::into_ref)
}
