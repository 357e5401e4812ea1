//! UnicodeDecodeError, UnicodeEncodeError and UnicodeTranslateError: what could not be converted, where, and why.

use super::arguments::{exactly, index, require_str};
use super::{Behaviour, instance};
use crate::abi::*;
use crate::objects::{bytes, int, object, str, tuple};
use crate::runtime::{Field, Obj, Ref, Result, raise};
use core::mem::offset_of;

const PLAIN: Behaviour =
    Behaviour { size: size_of::<PyUnicodeErrorObject>(), members: (&raw mut MEMBERS).cast(), ..instance::PLAIN };
pub(super) const DECODE_ERROR: Behaviour =
    Behaviour { init: Some(decode_init_slot), str: Some(decode_str_slot), ..PLAIN };
pub(super) const ENCODE_ERROR: Behaviour =
    Behaviour { init: Some(encode_init_slot), str: Some(encode_str_slot), ..PLAIN };
pub(super) const TRANSLATE_ERROR: Behaviour =
    Behaviour { init: Some(translate_init_slot), str: Some(translate_str_slot), ..PLAIN };

static mut MEMBERS: [PyMemberDef; 6] = [
    PyMemberDef::object(c"encoding", offset_of!(PyUnicodeErrorObject, encoding)),
    PyMemberDef::object(c"object", offset_of!(PyUnicodeErrorObject, object)),
    PyMemberDef::size(c"start", offset_of!(PyUnicodeErrorObject, start)),
    PyMemberDef::size(c"end", offset_of!(PyUnicodeErrorObject, end)),
    PyMemberDef::object(c"reason", offset_of!(PyUnicodeErrorObject, reason)),
    PyMemberDef::END,
];

/// Fills a new instance.
fn fill(exception: Obj<'_>, encoding: Option<Obj<'_>>, object: Obj<'_>, range: (isize, isize), reason: Obj<'_>) {
    field!(exception, PyUnicodeErrorObject, encoding).set(encoding.map(Obj::to_ref));
    field!(exception, PyUnicodeErrorObject, object).set(Some(object.to_ref()));
    field!(exception, PyUnicodeErrorObject, reason).set(Some(reason.to_ref()));
    let fields = exception.cast::<PyUnicodeErrorObject>();
    // SAFETY: a constructor is called on instances of its class, which have this layout.
    unsafe { ((*fields).start, (*fields).end) = range };
}

fn decode_init(exception: Obj<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<()> {
    instance::init(exception, args, keywords)?;
    let [encoding, object, start, end, reason] = exactly(args)?;
    require_str(encoding, 1)?;
    let range = (index(start)?, index(end)?);
    require_str(reason, 5)?;
    if !bytes::check(object) {
        return Err(raise!(TypeError, "a bytes-like object is required, not '{}'", object.class().name()));
    }
    fill(exception, Some(encoding), object, range, reason);
    Ok(())
}
init_slot!(decode_init_slot = decode_init);

fn encode_init(exception: Obj<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<()> {
    instance::init(exception, args, keywords)?;
    let [encoding, object, start, end, reason] = exactly(args)?;
    require_str(encoding, 1)?;
    require_str(object, 2)?;
    let range = (index(start)?, index(end)?);
    require_str(reason, 5)?;
    fill(exception, Some(encoding), object, range, reason);
    Ok(())
}
init_slot!(encode_init_slot = encode_init);

fn translate_init(exception: Obj<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<()> {
    instance::init(exception, args, keywords)?;
    let [object, start, end, reason] = exactly(args)?;
    require_str(object, 1)?;
    let range = (index(start)?, index(end)?);
    require_str(reason, 4)?;
    fill(exception, None, object, range, reason);
    Ok(())
}
init_slot!(translate_init_slot = translate_init);

/// Where the fault starts, where it ends, and the one position of it if it is one that the object has.
fn range(exception: Obj<'_>, length: usize) -> (isize, isize, Option<usize>) {
    let fields = exception.cast::<PyUnicodeErrorObject>();
    // SAFETY: a slot is called on instances of its class, which have this layout.
    let (start, end) = unsafe { ((*fields).start, (*fields).end) };
    let only = usize::try_from(start).ok().filter(|&only| only < length && end == start + 1);
    (start, end, only)
}

/// The object, which must still be of the kind it was when the exception was made: it can be set.
fn still(object: Ref, check: fn(Obj<'_>) -> bool, kind: &str) -> Result<Ref> {
    if check(object.borrow()) {
        return Ok(object);
    }
    Err(raise!(TypeError, "UnicodeError 'object' attribute must be a {kind}"))
}

/// `str()` of what is in a field.
fn shown(field: &Field) -> Result<Ref> {
    field.get().map_or_else(|| str::from_str("<NULL>"), |value| object::to_str(value.borrow()))
}

/// The start of a message: `'ENCODING' codec `.
fn codec(exception: Obj<'_>) -> Result<str::Builder> {
    let encoding = shown(field!(exception, PyUnicodeErrorObject, encoding))?;
    let mut text = str::Builder::new();
    text.push_str("'")?;
    text.push_object(encoding.borrow())?;
    text.push_str("' codec ")?;
    Ok(text)
}

fn decode_text(exception: Obj<'_>) -> Result<Ref> {
    let object = field!(exception, PyUnicodeErrorObject, object);
    if object.is_null() {
        return str::from_str("");
    }
    let reason = shown(field!(exception, PyUnicodeErrorObject, reason))?;
    let mut text = codec(exception)?;
    let Some(object) = object.get() else { return str::from_str("") };
    let object = still(object, bytes::check, "bytes")?;
    let bytes = bytes::as_slice(object.borrow());
    let (start, end, only) = range(exception, bytes.len());
    match only.and_then(|only| bytes.get(only)) {
        Some(byte) => text.push_format(format_args!("can't decode byte 0x{byte:02x} in position {start}: "))?,
        None => {
            let last = end.wrapping_sub(1);
            text.push_format(format_args!("can't decode bytes in position {start}-{last}: "))?;
        }
    }
    text.push_object(reason.borrow())?;
    text.finish()
}
slot!(decode_str_slot(exception) -> *mut PyObject = decode_text);

fn encode_text(exception: Obj<'_>) -> Result<Ref> {
    if field!(exception, PyUnicodeErrorObject, object).is_null() {
        return str::from_str("");
    }
    let text = codec(exception)?;
    character_text(exception, text, "encode")
}
slot!(encode_str_slot(exception) -> *mut PyObject = encode_text);

fn translate_text(exception: Obj<'_>) -> Result<Ref> {
    character_text(exception, str::Builder::new(), "translate")
}
slot!(translate_str_slot(exception) -> *mut PyObject = translate_text);

/// The rest of a message about characters.
fn character_text(exception: Obj<'_>, mut text: str::Builder, verb: &str) -> Result<Ref> {
    let reason = shown(field!(exception, PyUnicodeErrorObject, reason))?;
    let Some(object) = field!(exception, PyUnicodeErrorObject, object).get() else { return str::from_str("") };
    let object = still(object, str::check, "string")?;
    let points = str::points(object.borrow());
    let (start, end, only) = range(exception, points.len());
    match only.and_then(|only| points.iter().nth(only)) {
        Some(point) => {
            text.push_format(format_args!("can't {verb} character '"))?;
            text.push_escape(point)?;
            text.push_format(format_args!("' in position {start}: "))?;
        }
        None => {
            let last = end.wrapping_sub(1);
            text.push_format(format_args!("can't {verb} characters in position {start}-{last}: "))?;
        }
    }
    text.push_object(reason.borrow())?;
    text.finish()
}

/// A new UnicodeDecodeError: bytes are wrong in a range, for a reason.
pub fn decode_error(encoding: Ref, object: Ref, range: (isize, isize), reason: Ref) -> Result<Ref> {
    let (start, end) = (int::from_i64(range.0 as i64)?, int::from_i64(range.1 as i64)?);
    let args = [&encoding, &object, &start, &end, &reason].map(Ref::borrow);
    super::instantiate(Exc::UnicodeDecodeError.class().as_obj(), Some(tuple::from_slice(&args)?.borrow()))
}
