//! From bytes to a `str`: UTF-8, ASCII and Latin-1.

use super::Builder;
use super::build::{from_latin1, from_str};
use super::handler::{DecodeError, Handler};
use crate::runtime::{Ref, Result, raise};

/// A string from bytes that should be UTF-8; UnicodeDecodeError when they are not.
pub fn from_utf8(bytes: &[u8]) -> Result<Ref> {
    decode_utf8(bytes, Handler::Strict)
}

/// A string from bytes that should be UTF-8, with a handler for where they are not.
pub fn decode_utf8(bytes: &[u8], handler: Handler<'_>) -> Result<Ref> {
    if let Ok(text) = core::str::from_utf8(bytes) {
        return from_str(text);
    }
    let mut text = Builder::new();
    let mut position = 0;
    while let Some(chunk) = bytes.get(position..).and_then(|rest| rest.utf8_chunks().next()) {
        text.push_str(chunk.valid())?;
        let start = position + chunk.valid().len();
        position = start + chunk.invalid().len();
        if start < position {
            let reason = match chunk.invalid() {
                [0xc2..=0xf4, ..] if position == bytes.len() => "unexpected end of data",
                [0xc2..=0xf4, ..] => "invalid continuation byte",
                _ => "invalid start byte",
            };
            let error = DecodeError { encoding: "utf-8", bytes, range: start..position, reason };
            position = handler.decode(&mut text, &error)?;
        }
    }
    text.finish()
}

/// A string from bytes, with U+FFFD for each part that is not UTF-8. Where the bytes are `cut` off, a character that is
/// not whole at their end is left out instead.
pub fn from_utf8_replaced(bytes: &[u8], cut: bool) -> Result<Ref> {
    let incomplete = match bytes.utf8_chunks().last().map(|chunk| chunk.invalid()) {
        Some(incomplete @ [0xc2..=0xf4, ..]) if cut => incomplete.len(),
        _ => 0,
    };
    decode_utf8(bytes.get(..bytes.len() - incomplete).unwrap_or_default(), Handler::Replace)
}

/// A string from bytes that should be ASCII, with a handler for where they are not.
pub fn decode_ascii(bytes: &[u8], handler: Handler<'_>) -> Result<Ref> {
    if bytes.is_ascii() {
        return from_latin1(bytes);
    }
    let mut text = Builder::new();
    for (position, &byte) in bytes.iter().enumerate() {
        if byte.is_ascii() {
            text.push(byte.into())?;
            continue;
        }
        let reason = "ordinal not in range(128)";
        let error = DecodeError { encoding: "ascii", bytes, range: position..position + 1, reason };
        handler.decode(&mut text, &error)?;
    }
    text.finish()
}

/// The encodings there are, under the names CPython knows them by, in small letters and with one `_` for each run of
/// other characters.
const ENCODINGS: [(&[&str], fn(&[u8], Handler<'_>) -> Result<Ref>); 3] = [
    (&["utf_8", "utf8", "u8", "utf", "utf8_ucs2", "utf8_ucs4", "cp65001"], decode_utf8),
    (
        &[
            "ascii",
            "us_ascii",
            "us",
            "646",
            "ansi_x3.4_1968",
            "ansi_x3_4_1968",
            "ansi_x3.4_1986",
            "cp367",
            "csascii",
            "ibm367",
            "iso646_us",
            "iso_646.irv_1991",
            "iso_ir_6",
        ],
        decode_ascii,
    ),
    (
        &[
            "latin_1",
            "latin1",
            "latin",
            "l1",
            "iso_8859_1",
            "iso8859_1",
            "iso8859",
            "8859",
            "cp819",
            "ibm819",
            "csisolatin1",
            "iso_8859_1_1987",
            "iso_ir_100",
        ],
        |bytes, _| from_latin1(bytes),
    ),
];

/// Whether an encoding's name, however it is written, is this one.
fn names(written: &str, name: &str) -> bool {
    let mut parts = name.split('_');
    let mut written = written.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').filter(|part| !part.is_empty());
    written.all(|part| parts.next().is_some_and(|known| known.eq_ignore_ascii_case(part))) && parts.next().is_none()
}

/// A string from bytes in an encoding; LookupError unless that is UTF-8, ASCII or Latin-1.
pub fn decode(bytes: &[u8], encoding: &str, handler: Handler<'_>) -> Result<Ref> {
    let found = ENCODINGS.iter().find(|(known, _)| known.iter().any(|name| names(encoding, name)));
    match found {
        Some((_, decode)) => decode(bytes, handler),
        None => Err(raise!(LookupError, "unknown encoding: {encoding}")),
    }
}
