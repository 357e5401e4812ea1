//! The error handlers of the library as functions of an exception (CPython: `PyCodec_StrictErrors` and its like).

use crate::abi::*;
use crate::objects::exceptions::unicode_parts::{self, Part, UnicodeError};
use crate::objects::str::{self, Builder, Handler, Wide};
use crate::objects::{bytes, exceptions, function, int, slots, tuple};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Raised, Ref, Result, raise};

/// The classes of the exceptions that handlers take.
const CLASSES: [Exc; 3] = [Exc::UnicodeEncodeError, Exc::UnicodeDecodeError, Exc::UnicodeTranslateError];

static mut FUNCTIONS: [PyMethodDef; 8] = [
    row(slots::method_static(c"strict_errors", |o| respond(Handler::Strict, first(o)?))),
    row(slots::method_static(c"ignore_errors", |o| respond(Handler::Ignore, first(o)?))),
    row(slots::method_static(c"replace_errors", |o| respond(Handler::Replace, first(o)?))),
    row(slots::method_static(c"xmlcharrefreplace_errors", |o| respond(Handler::XmlCharRefReplace, first(o)?))),
    row(slots::method_static(c"backslashreplace_errors", |o| respond(Handler::BackslashReplace, first(o)?))),
    row(slots::method_static(c"namereplace_errors", |o| respond(Handler::NameReplace, first(o)?))),
    row(slots::method_static(c"surrogatepass", |o| respond(Handler::SurrogatePass, first(o)?))),
    row(slots::method_static(c"surrogateescape", |o| respond(Handler::SurrogateEscape, first(o)?))),
];

/// A function that has no object, as those of a module.
pub(super) const fn row(method: PyMethodDef) -> PyMethodDef {
    PyMethodDef { ml_flags: METH_FASTCALL, ..method }
}

fn first<'a>(arguments: &[Obj<'a>]) -> Result<Obj<'a>> {
    match arguments {
        [exception] => Ok(*exception),
        _ => Err(raise!(TypeError, "an error handler takes exactly one argument ({} given)", arguments.len())),
    }
}

/// A new function for the handler with a name; `None` when the library has none.
pub(super) fn function(name: &[u8]) -> Result<Option<Ref>> {
    let index = match Handler::built_in(name) {
        None | Some(Handler::Registered(_)) => return Ok(None),
        Some(Handler::Strict) => 0,
        Some(Handler::Ignore) => 1,
        Some(Handler::Replace) => 2,
        Some(Handler::XmlCharRefReplace) => 3,
        Some(Handler::BackslashReplace) => 4,
        Some(Handler::NameReplace) => 5,
        Some(Handler::SurrogatePass) => 6,
        Some(Handler::SurrogateEscape) => 7,
    };
    // SAFETY: the index is inside the table, which lives for ever, and whose functions have the signature of their flags.
    unsafe { function::new((&raw mut FUNCTIONS).cast::<PyMethodDef>().add(index), None, None, None) }.map(Some)
}

/// An exception of one of the three classes, with the range of the fault inside its object.
struct Fault<'a> {
    exception: UnicodeError<'a>,
    class: Exc,
    start: usize,
    end: usize,
}

impl<'a> Fault<'a> {
    /// TypeError for an object of another class.
    fn of(o: Obj<'a>) -> Result<Self> {
        let class = CLASSES.into_iter().find(|class| o.class().is_subtype(class.class()));
        let (Some(class), Some(exception)) = (class, o.downcast()) else { return Err(unknown(o)) };
        let [start, end] = [unicode_parts::start(exception, class)?, unicode_parts::end(exception, class)?];
        Ok(Fault { exception, class, start: start as usize, end: end as usize })
    }

    fn object(&self) -> Result<Ref> {
        unicode_parts::part(self.exception, Part::Object, self.class)
    }

    /// The wrong characters.
    fn points(&self) -> Result<Array<u32>> {
        let object = self.object()?;
        let mut copy = Array::new_in(Malloc);
        let points = str::points(str::require(object.borrow())?);
        let wrong = points.iter().take(self.end).skip(self.start);
        wrong.into_iter().try_for_each(|point| memory::push(&mut copy, point))?;
        Ok(copy)
    }

    /// All bytes from the first wrong one on.
    fn bytes(&self) -> Result<Array<u8>> {
        let object = self.object()?;
        let mut copy = Array::new_in(Malloc);
        if let Some(bytes) = object.borrow().downcast() {
            memory::extend(&mut copy, bytes::as_slice(bytes).get(self.start..).unwrap_or_default())?;
        }
        Ok(copy)
    }

    /// The encoding with surrogates that the exception names (CPython: `get_standard_encoding`), which is written without regard to
    /// letters' case: the width of its units, and whether the highest byte is the first. UTF-8 has no width.
    fn standard_encoding(&self) -> Result<Option<(Option<Wide>, bool)>> {
        let name = unicode_parts::part(self.exception, Part::Encoding, self.class)?;
        let name = str::utf8(str::require(name.borrow())?)?.as_bytes();
        let Some((_, rest)) = name.split_first_chunk::<3>().filter(|(utf, _)| utf.eq_ignore_ascii_case(b"utf")) else {
            return Ok(None);
        };
        let dash = |rest: &[u8]| rest.iter().take(1).filter(|c| matches!(c, b'-' | b'_')).count();
        let rest = rest.get(dash(rest)..).unwrap_or_default();
        let (wide, rest) = match rest {
            b"8" => return Ok(Some((None, false))),
            [b'1', b'6', rest @ ..] => (Wide::Two, rest),
            [b'3', b'2', rest @ ..] => (Wide::Four, rest),
            _ => return Ok(None),
        };
        let order = rest.get(dash(rest)..).unwrap_or_default();
        Ok(match (rest, order) {
            ([], _) | (_, [b'l' | b'L', b'e' | b'E']) => Some((Some(wide), false)),
            (_, [b'b' | b'B', b'e' | b'E']) => Some((Some(wide), true)),
            _ => None,
        })
    }

    /// Raises the exception itself.
    fn raise(&self) -> Raised {
        exceptions::raise_object(self.exception.class().as_obj(), Some(*self.exception))
    }
}

/// TypeError: a handler got an object that it doesn't know.
#[cold]
fn unknown(o: Obj<'_>) -> Raised {
    raise!(TypeError, "don't know how to handle {} in error callback", o.class().name())
}

/// The answer of a handler: a tuple of the replacement and the position at which the codec continues. TypeError for an object that the
/// handler does not take.
pub fn respond(handler: Handler<'_>, o: Obj<'_>) -> Result<Ref> {
    if let Handler::Strict = handler {
        return Err(match exceptions::is_instance(o) {
            true => exceptions::raise_object(o.class().as_obj(), Some(o)),
            false => raise!(TypeError, "codec must pass exception instance"),
        });
    }
    let fault = Fault::of(o)?;
    let decodes = fault.class == Exc::UnicodeDecodeError;
    let mut text = Builder::new();
    match handler {
        Handler::Replace if decodes => text.push(char::REPLACEMENT_CHARACTER.into())?,
        Handler::Replace => {
            let mark = if fault.class == Exc::UnicodeEncodeError { '?' } else { char::REPLACEMENT_CHARACTER };
            text.fill(mark, fault.end.saturating_sub(fault.start))?;
        }
        Handler::BackslashReplace if decodes => {
            let wrong = fault.bytes()?;
            wrong
                .iter()
                .take(fault.end.saturating_sub(fault.start))
                .try_for_each(|&byte| text.push_escape(byte.into()))?;
        }
        Handler::BackslashReplace => fault.points()?.iter().try_for_each(|&point| text.push_escape(point))?,
        Handler::XmlCharRefReplace if fault.class == Exc::UnicodeEncodeError => {
            fault.points()?.iter().try_for_each(|point| text.push_format(format_args!("&#{point};")))?;
        }
        Handler::NameReplace if fault.class == Exc::UnicodeEncodeError => return Err(str::no_names()),
        Handler::SurrogateEscape if decodes => return unescaped(&fault),
        Handler::SurrogateEscape if fault.class == Exc::UnicodeEncodeError => return escaped(&fault),
        Handler::SurrogatePass if decodes => return surrogate(&fault),
        Handler::SurrogatePass if fault.class == Exc::UnicodeEncodeError => return surrogates(&fault),
        Handler::Ignore => {}
        _ => return Err(unknown(o)),
    }
    answer(text.finish()?, fault.end)
}

fn answer(replacement: Ref, position: usize) -> Result<Ref> {
    let position = int::from_i64(position as i64)?;
    Ok(tuple::from_slice(&[replacement.borrow(), position.borrow()])?.into_ref())
}

/// Surrogates for up to four bytes that are not ASCII.
fn unescaped(fault: &Fault<'_>) -> Result<Ref> {
    let bytes = fault.bytes()?;
    let wrong = bytes.iter().take(fault.end.saturating_sub(fault.start).min(4)).take_while(|byte| !byte.is_ascii());
    let mut text = Builder::new();
    let count = wrong.clone().count();
    text.extend(wrong.map(|&byte| 0xdc00 + u32::from(byte)))?;
    if count == 0 { Err(fault.raise()) } else { answer(text.finish()?, fault.start + count) }
}

/// The bytes that surrogates stand for.
fn escaped(fault: &Fault<'_>) -> Result<Ref> {
    let mut encoded: Array<u8> = Array::new_in(Malloc);
    for &point in &fault.points()? {
        let 0xdc80..=0xdcff = point else { return Err(fault.raise()) };
        memory::push(&mut encoded, point as u8)?;
    }
    answer(bytes::from_slice(&encoded)?.into_ref(), fault.end)
}

/// The first of the surrogates that are written in the encoding of the exception.
fn surrogate(fault: &Fault<'_>) -> Result<Ref> {
    let bytes = fault.bytes()?;
    let (point, size) = match fault.standard_encoding()? {
        None => return Err(fault.raise()),
        Some((None, _)) => match *bytes {
            [one @ 0xe0..0xf0, two @ 0x80..0xc0, three @ 0x80..0xc0, ..] => {
                (u32::from(one & 15) << 12 | u32::from(two & 63) << 6 | u32::from(three & 63), 3)
            }
            _ => return Err(fault.raise()),
        },
        Some((Some(wide), is_big)) => (wide.unit(&bytes, is_big).unwrap_or_default(), wide.size()),
    };
    match point {
        0xd800..0xe000 => answer(str::from_point(point)?, fault.start + size),
        _ => Err(fault.raise()),
    }
}

/// The bytes of surrogates in the encoding of the exception.
fn surrogates(fault: &Fault<'_>) -> Result<Ref> {
    let Some((wide, is_big)) = fault.standard_encoding()? else { return Err(fault.raise()) };
    let mut encoded: Array<u8> = Array::new_in(Malloc);
    for &point in &fault.points()? {
        let 0xd800..0xe000 = point else { return Err(fault.raise()) };
        let (big, little) = (point.to_be_bytes(), point.to_le_bytes());
        let continuation = |shift: u32| 0x80 | (point >> shift & 0x3f) as u8;
        let utf_8 = [0xe0 | (point >> 12) as u8, continuation(6), continuation(0)];
        let unit = match (wide, is_big) {
            (None, _) => &utf_8[..],
            (Some(Wide::Two), true) => &big[2..],
            (Some(Wide::Two), false) => &little[..2],
            (Some(Wide::Four), true) => &big[..],
            (Some(Wide::Four), false) => &little[..],
        };
        memory::extend(&mut encoded, unit)?;
    }
    answer(bytes::from_slice(&encoded)?.into_ref(), fault.end)
}
