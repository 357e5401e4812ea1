//! Floats from text. Rust's conversion is exact, knows no locale, and reads the language that CPython reads, but for the
//! underscores.

use super::from_f64;
use crate::objects::{number_text, str};
use crate::protocol::text;
use crate::runtime::memory::Text;
use crate::runtime::{Obj, Own, Raised, Ref, Result, raise};

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
