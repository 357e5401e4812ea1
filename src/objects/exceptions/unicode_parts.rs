//! The parts of UnicodeDecodeError, UnicodeEncodeError and UnicodeTranslateError, as C reads and writes them.

use super::layout::{Exception, Unicode};
use crate::abi::{Exc, Py_ssize_t, PyBytesObject};
use crate::objects::{bytes, class_name, str};
use crate::runtime::{Field, Obj, Ref, Result, raise};

/// An exception of one of the three classes.
pub type UnicodeError<'a> = Exception<'a, Unicode>;

/// A part that is an object.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// The name of the encoding.
    Encoding,
    /// The text that can't be encoded or translated, or the bytes that can't be decoded.
    Object,
    /// The reason.
    Reason,
}

/// The argument of a function for a class, which may also be of another one of the three; TypeError for another object.
pub fn require<'a>(o: Obj<'a>, class: Exc) -> Result<UnicodeError<'a>> {
    if let Some(exception) = o.downcast() {
        return Ok(exception);
    }
    let got = class_name::fully_qualified(o.class(), '.')?;
    Err(raise!(TypeError, "expecting a {} object, got {}", class.class().name(), str::as_text(got.borrow())))
}

/// A part, which is `bytes` if it is the object of a function for UnicodeDecodeError, else a `str`; TypeError for a
/// part that is missing or of another type.
pub fn part(exception: UnicodeError<'_>, part: Part, class: Exc) -> Result<Ref> {
    let cells = exception.cells();
    let (field, name): (&Field, _) = match part {
        Part::Encoding => (&cells.encoding, "encoding"),
        Part::Object => (&cells.object, "object"),
        Part::Reason => (&cells.reason, "reason"),
    };
    let value = field.get().ok_or_else(|| raise!(TypeError, "UnicodeError '{name}' attribute is not set"))?;
    let is_bytes = matches!((part, class), (Part::Object, Exc::UnicodeDecodeError));
    let (is_right, kind) = match is_bytes {
        true => (bytes::check(value.borrow()), "bytes"),
        false => (str::check(value.borrow()), "string"),
    };
    match is_right {
        true => Ok(value),
        false => Err(raise!(TypeError, "UnicodeError '{name}' attribute must be a {kind}")),
    }
}

/// The length of the object, inside which the start and the end are told.
fn length(exception: UnicodeError<'_>, class: Exc) -> Result<Py_ssize_t> {
    let object = part(exception, Part::Object, class)?;
    let length = match object.borrow().downcast::<PyBytesObject>() {
        Some(bytes) => bytes::as_slice(bytes).len(),
        None => str::require(object.borrow()).map(str::length)?,
    };
    Ok(length as Py_ssize_t)
}

/// The start of the fault: the position of an item of the object, or 0.
pub fn start(exception: UnicodeError<'_>, class: Exc) -> Result<Py_ssize_t> {
    let last = length(exception, class)? - 1;
    Ok(exception.cells().start.get().min(last).max(0))
}

/// The end of the fault: a position behind an item of the object, or 0.
pub fn end(exception: UnicodeError<'_>, class: Exc) -> Result<Py_ssize_t> {
    let length = length(exception, class)?;
    Ok(exception.cells().end.get().max(1).min(length))
}

/// Sets the start, which may be anywhere.
pub fn set_start(exception: UnicodeError<'_>, start: Py_ssize_t) {
    exception.cells().start.set(start);
}

/// Sets the end, which may be anywhere.
pub fn set_end(exception: UnicodeError<'_>, end: Py_ssize_t) {
    exception.cells().end.set(end);
}

/// Sets the reason, a text in UTF-8.
pub fn set_reason(exception: UnicodeError<'_>, reason: &[u8]) -> Result<()> {
    exception.cells().reason.set(Some(str::from_utf8(reason)?));
    Ok(())
}
