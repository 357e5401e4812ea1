//! UnicodeDecodeError, UnicodeEncodeError and UnicodeTranslateError: the object, the range of the fault, and the
//! reason.

use super::behaviour::Behaviour;
use super::instance;
use super::layout::{Exception, Unicode};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{arguments, bytes, int, slots, str, tuple};
use crate::protocol::{number, text};
use crate::runtime::{Field, Layout, Obj, Own, Ref, Result, raise};
use core::mem::offset_of;

const PLAIN: Behaviour = Behaviour { members: (&raw mut MEMBERS).cast(), ..Behaviour::of_layout::<Unicode>() };
pub(super) const DECODE_ERROR: Behaviour =
    Behaviour { init: slots::init(decode_init), str: slots::unary(decode_text), ..PLAIN };
pub(super) const ENCODE_ERROR: Behaviour =
    Behaviour { init: slots::init(encode_init), str: slots::unary(encode_text), ..PLAIN };
pub(super) const TRANSLATE_ERROR: Behaviour =
    Behaviour { init: slots::init(translate_init), str: slots::unary(translate_text), ..PLAIN };

static mut MEMBERS: [PyMemberDef; 6] = [
    PyMemberDef::object(c"encoding", offset_of!(Unicode, encoding)),
    PyMemberDef::object(c"object", offset_of!(Unicode, object)),
    PyMemberDef::size(c"start", offset_of!(Unicode, start)),
    PyMemberDef::size(c"end", offset_of!(Unicode, end)),
    PyMemberDef::object(c"reason", offset_of!(Unicode, reason)),
    PyMemberDef::END,
];

/// Fills a new instance.
fn fill(
    exception: Exception<'_, Unicode>,
    encoding: Option<Obj<'_>>,
    object: Obj<'_>,
    (start, end): (isize, isize),
    reason: Obj<'_>,
) -> Result<()> {
    exception.cells().encoding.set(encoding.map(Obj::to_ref));
    exception.cells().object.set(Some(object.to_ref()));
    exception.cells().reason.set(Some(reason.to_ref()));
    exception.cells().start.set(start);
    exception.cells().end.set(end);
    Ok(())
}

fn decode_init(exception: Exception<'_, Unicode>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    instance::init(exception.as_exception(), args, keywords)?;
    let [encoding, object, start, end, reason] = exactly(args)?;
    require_str(encoding, 1)?;
    let range = (index(start)?, index(end)?);
    require_str(reason, 5)?;
    if !bytes::check(object) {
        return Err(raise!(TypeError, "a bytes-like object is required, not '{}'", object.class().name()));
    }
    fill(exception, Some(encoding), object, range, reason)
}

fn encode_init(exception: Exception<'_, Unicode>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    instance::init(exception.as_exception(), args, keywords)?;
    let [encoding, object, start, end, reason] = exactly(args)?;
    require_str(encoding, 1)?;
    require_str(object, 2)?;
    let range = (index(start)?, index(end)?);
    require_str(reason, 5)?;
    fill(exception, Some(encoding), object, range, reason)
}

fn translate_init(exception: Exception<'_, Unicode>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    instance::init(exception.as_exception(), args, keywords)?;
    let [object, start, end, reason] = exactly(args)?;
    require_str(object, 1)?;
    let range = (index(start)?, index(end)?);
    require_str(reason, 4)?;
    fill(exception, None, object, range, reason)
}

/// The start and the end of the fault. The third is the position of a fault that is a single item inside the object.
fn range(exception: Exception<'_, Unicode>, length: usize) -> (isize, isize, Option<usize>) {
    let (start, end) = (exception.cells().start.get(), exception.cells().end.get());
    let only = usize::try_from(start).ok().filter(|&only| only < length && end == start + 1);
    (start, end, only)
}

/// The object; TypeError if the attribute was set to an object of another type since.
fn still<L: Layout>(object: Ref, kind: &str) -> Result<Own<L>> {
    object.downcast().map_err(|_| raise!(TypeError, "UnicodeError 'object' attribute must be a {kind}"))
}

/// `str()` of the value in a field.
fn shown(field: &Field) -> Result<Ref> {
    field.get().map_or_else(|| str::from_str("<NULL>"), |value| text::to_str(value.borrow()))
}

/// The start of a message: `'ENCODING' codec `.
fn codec(exception: Exception<'_, Unicode>) -> Result<str::Builder> {
    let encoding = shown(&exception.cells().encoding)?;
    let mut text = str::Builder::new();
    text.push_str("'")?;
    text.push_object(encoding.borrow())?;
    text.push_str("' codec ")?;
    Ok(text)
}

fn decode_text(exception: Exception<'_, Unicode>) -> Result<Ref> {
    if exception.cells().object.is_null() {
        return str::from_str("");
    }
    let reason = shown(&exception.cells().reason)?;
    let mut text = codec(exception)?;
    let Some(object) = exception.cells().object.get() else { return str::from_str("") };
    let object = still(object, "bytes")?;
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

fn encode_text(exception: Exception<'_, Unicode>) -> Result<Ref> {
    if exception.cells().object.is_null() {
        return str::from_str("");
    }
    let text = codec(exception)?;
    character_text(exception, text, "encode")
}

fn translate_text(exception: Exception<'_, Unicode>) -> Result<Ref> {
    character_text(exception, str::Builder::new(), "translate")
}

/// The rest of a message about characters.
fn character_text(exception: Exception<'_, Unicode>, mut text: str::Builder, verb: &str) -> Result<Ref> {
    let reason = shown(&exception.cells().reason)?;
    let Some(object) = exception.cells().object.get() else { return str::from_str("") };
    let object = still(object, "string")?;
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

/// A new UnicodeDecodeError for a range of bytes that can't be decoded, and the reason.
pub fn decode_error(encoding: Ref, object: Ref, range: (isize, isize), reason: Ref) -> Result<Ref> {
    let (start, end) = (int::from_i64(range.0 as i64)?, int::from_i64(range.1 as i64)?);
    let args = [&encoding, &object, &start, &end, &reason].map(Ref::borrow);
    super::instantiate(Exc::UnicodeDecodeError.class().as_obj(), Some(*tuple::from_slice(&args)?.borrow()))
}

/// The arguments as an array; TypeError for another number of them.
fn exactly<const COUNT: usize>(args: Tuple<'_>) -> Result<[Obj<'_>; COUNT]> {
    let given = tuple::items(args);
    <[Obj<'_>; COUNT]>::try_from(given)
        .map_err(|_| raise!(TypeError, "function takes exactly {COUNT} arguments ({} given)", given.len()))
}

/// TypeError unless an argument is a str.
fn require_str(argument: Obj<'_>, position: usize) -> Result<()> {
    if str::check(argument) {
        return Ok(());
    }
    Err(raise!(TypeError, "argument {position} must be str, not {}", arguments::kind(argument)))
}

/// An argument that is an index.
fn index(argument: Obj<'_>) -> Result<isize> {
    int::as_ssize_t(*number::index(argument)?.borrow())
}
