//! Encodings that a mapping describes: between bytes and characters, by `PyUnicode_DecodeCharmap` and its like.

use super::build::from_latin1;
use super::builder::Builder;
use super::codec::Codec;
use super::codec_error::{DecodeError, arguments, raise};
use super::handler::Handler;
use super::layout::{Str, points};
use super::translate::character;
use crate::abi::Exc;
use crate::objects::bytes::{self, NewBytes};
use crate::objects::{dict, int, subscript};
use crate::runtime::known::NONE;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Ref, Result, error, raise as raise_message};

/// The character that stands in a mapping for a byte that is none.
const UNDEFINED: u32 = 0xfffe;

/// The reason of errors.
const REASON: &str = "character maps to <undefined>";

/// An object that a mapping has for a number; `None` when it has none.
fn look_up(mapping: Obj<'_>, number: u32) -> Result<Option<Ref>> {
    match subscript::get(mapping, int::from_i64(number.into())?.borrow()) {
        Ok(found) => Ok(Some(found).filter(|found| !found.borrow().is(NONE))),
        Err(_) if error::pending_is(Exc::LookupError) => {
            error::clear();
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

/// Appends the text of a byte, and returns whether it has one.
fn push_decoded(text: &mut Builder, byte: u8, mapping: Obj<'_>) -> Result<bool> {
    if let Some(table) = mapping.downcast() {
        let point = points(table).get(byte.into()).filter(|point| *point != UNDEFINED);
        point.map_or(Ok(()), |point| text.push(point))?;
        return Ok(point.is_some());
    }
    let Some(found) = look_up(mapping, byte.into())? else { return Ok(false) };
    let found = found.borrow();
    if let Some(number) = found.downcast() {
        let point = character(number, Exc::TypeError)?;
        return if point == UNDEFINED { Ok(false) } else { text.push(point).map(|()| true) };
    }
    match found.downcast() {
        Some(s) if points(s).len() == 1 && points(s).get(0) == Some(UNDEFINED) => Ok(false),
        Some(_) => text.push_object(found).map(|()| true),
        None => Err(raise_message!(TypeError, "character mapping must return integer, None or str")),
    }
}

/// A string from bytes by a mapping from bytes to characters, a `str` or another object with items; Latin-1 without one (CPython:
/// `PyUnicode_DecodeCharmap`).
pub fn decode_charmap(bytes: &[u8], mapping: Option<Obj<'_>>, handler: Handler<'_>) -> Result<Ref> {
    let Some(mapping) = mapping else { return from_latin1(bytes) };
    let mut text = Builder::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at = match push_decoded(&mut text, byte, mapping)? {
            true => at + 1,
            false => handler.decode(&mut text, &DecodeError::new(Codec::Charmap, bytes, at..at + 1, REASON))?,
        };
    }
    text.finish()
}

/// Appends the bytes of a character, and returns whether it has some.
fn push_encoded(encoded: &mut Array<u8>, point: u32, mapping: Obj<'_>) -> Result<bool> {
    let Some(found) = look_up(mapping, point)? else { return Ok(false) };
    let found = found.borrow();
    if let Some(number) = found.downcast() {
        let byte = int::number(number).to_i64().and_then(|number| u8::try_from(number).ok());
        let byte = byte.ok_or_else(|| raise_message!(TypeError, "character mapping must be in range(256)"))?;
        return memory::push(encoded, byte).map(|()| true);
    }
    let Some(replacement) = found.downcast() else {
        let kind = found.class().name();
        return Err(raise_message!(TypeError, "character mapping must return integer, bytes or None, not {kind}"));
    };
    memory::extend(encoded, bytes::as_slice(replacement)).map(|()| true)
}

/// The string as `bytes` by a mapping from characters to bytes (CPython: `PyUnicode_AsCharmapString`). UnicodeEncodeError for characters that it
/// does not have.
pub fn to_charmap(s: Str<'_>, mapping: Obj<'_>) -> Result<NewBytes> {
    let mut encoded: Array<u8> = Array::new_in(Malloc);
    let mut nothing: Array<u8> = Array::new_in(Malloc);
    let all = points(s);
    let mut at = 0;
    while let Some(point) = all.get(at) {
        if !push_encoded(&mut encoded, point, mapping)? {
            let start = at;
            at += 1;
            while let Some(point) = all.get(at)
                && !push_encoded(&mut nothing, point, mapping)?
            {
                at += 1;
            }
            return Err(raise(Exc::UnicodeEncodeError, arguments("charmap", *s, &(start..at), REASON)));
        }
        at += 1;
    }
    bytes::from_slice(&encoded)
}

/// A mapping for [`to_charmap`] of a string with the character of each byte (CPython: `PyUnicode_BuildEncodingMap`).
pub fn encoding_map(table: Str<'_>) -> Result<Ref> {
    let map = dict::new()?;
    let all = points(table).iter().take(256).enumerate();
    // Such a table is a dict in CPython too, and has a place for the mark of bytes that are no character.
    let is_plain = all.clone().any(|(byte, point)| (byte == 0) != (point == 0) || point > 0xffff);
    for (byte, point) in all.filter(|(_, point)| is_plain || *point != UNDEFINED) {
        let (key, value) = (int::from_i64(point.into())?, int::from_i64(byte as i64)?);
        dict::set(map.borrow(), key.borrow(), value.borrow())?;
    }
    Ok(map.into_ref())
}
