//! Conversions of text to floats.

use super::{decimal, from_f64};
use crate::objects::{number_text, str};
use crate::protocol::text;
use crate::runtime::memory::Text;
use crate::runtime::{Obj, Own, Raised, Ref, Result, raise};

/// Parses a literal, as `float()` does.
fn parse(text: &[u8]) -> Result<Option<f64>> {
    let text = number_text::trim(text);
    let digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_digit);
    // Single underscores between digits are allowed.
    let lone = |at: usize| digit(at.checked_sub(1)) && digit(at.checked_add(1));
    if !text.iter().enumerate().all(|(at, &byte)| byte != b'_' || lone(at)) {
        return Ok(None);
    }
    let mut plain = Text::new();
    for part in text.split(|&byte| byte == b'_') {
        let Ok(part) = core::str::from_utf8(part) else { return Ok(None) };
        plain.push_str(part)?;
    }
    decimal::parse(plain.as_str())
}

fn invalid(o: Obj<'_>) -> Raised {
    match text::repr(o) {
        Ok(shown) => raise!(ValueError, "could not convert string to float: {}", str::as_text(shown.borrow())),
        Err(raised) => raised,
    }
}

/// The float in a `str`.
pub fn parse_str(s: str::Str<'_>) -> Result<Ref> {
    from_f64(parse(&number_text::to_ascii(s)?)?.ok_or_else(|| invalid(*s))?).map(Own::into_ref)
}

/// The float in the bytes of an object.
pub fn parse_bytes(o: Obj<'_>, bytes: &[u8]) -> Result<Ref> {
    from_f64(parse(bytes)?.ok_or_else(|| invalid(o))?).map(Own::into_ref)
}
