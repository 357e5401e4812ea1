//! Bytes from the text of a literal.

use super::{NewBytes, from_slice};
use crate::objects::escape::{Escape, InvalidEscape, escape};
use crate::runtime::memory::{self, Array, Lossy, Malloc};
use crate::runtime::{Result, raise};

/// Bytes from the text of a literal with its escapes (CPython: `PyBytes_DecodeEscape`). `errors` says how a broken `\x`
/// is treated: "strict", "replace" or "ignore".
pub fn decode_escape(text: &[u8], errors: Option<&[u8]>) -> Result<NewBytes> {
    let mut decoded: Array<u8> = Array::new_in(Malloc);
    memory::reserve(&mut decoded, text.len())?;
    let mut invalid = InvalidEscape::NONE;
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        if byte != b'\\' {
            memory::push(&mut decoded, byte)?;
            continue;
        }
        match escape(text.get(at..).unwrap_or_default()) {
            Escape::End => return Err(raise!(ValueError, "Trailing \\ in string")),
            Escape::Nothing => at += 1,
            Escape::Byte(byte) => {
                memory::push(&mut decoded, byte)?;
                at += 1;
            }
            Escape::Octal(number, size) => {
                if number > 0xff {
                    invalid.note(number);
                }
                memory::push(&mut decoded, number as u8)?;
                at += size;
            }
            Escape::Letter(b'x') => {
                let digit = |place: usize| text.get(place).and_then(|&digit| char::from(digit).to_digit(16));
                match (digit(at + 1), digit(at + 2)) {
                    (Some(high), Some(low)) => {
                        memory::push(&mut decoded, (high << 4 | low) as u8)?;
                        at += 3;
                    }
                    (first, _) => {
                        broken(&mut decoded, at - 1, errors)?;
                        at += 1 + usize::from(first.is_some());
                    }
                }
            }
            // The letter is copied in the next round.
            Escape::Letter(letter) => {
                invalid.note(letter.into());
                memory::push(&mut decoded, b'\\')?;
            }
        }
    }
    let made = from_slice(&decoded)?;
    invalid.warn()?;
    Ok(made)
}

/// Writes the replacement of a broken `\x`.
fn broken(decoded: &mut Array<u8>, position: usize, errors: Option<&[u8]>) -> Result<()> {
    match errors {
        None | Some(b"strict") => Err(raise!(ValueError, "invalid \\x escape at position {position}")),
        Some(b"replace") => memory::push(decoded, b'?'),
        Some(b"ignore") => Ok(()),
        Some(other) => {
            let shown = Lossy(other.get(..400).unwrap_or(other));
            Err(raise!(ValueError, "decoding error; unknown error handling code: {shown}"))
        }
    }
}
