//! The error handlers by name: those of the library, and those that the program registers. A codec calls a registered one with the
//! exception, and it returns a replacement and the position at which the codec continues.

use super::errors;
use super::table::Table;
use crate::abi::{Exc, PyTupleObject};
use crate::objects::bytes;
use crate::objects::exceptions::unicode_parts::{self, Part};
use crate::objects::str::{self, DecodeError, EncodeError, Handler, Registered, Replacement};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{call, int};
use crate::protocol::callable::is_callable;
use crate::protocol::number;
use crate::runtime::memory::Lossy;
use crate::runtime::refusal::null_error;
use crate::runtime::{Obj, Own, Ref, Result, raise};

static REGISTERED: Table = Table::new();

/// The built-in handlers, which are made with their first look-up.
static BUILT_IN: Table = Table::new();

/// Drops the handlers that the program has registered.
pub(super) fn forget() {
    REGISTERED.clear();
    BUILT_IN.clear();
}

/// The handler that an `errors` argument names; "strict" without a name. Whether the name is known is asked only when a handler is needed.
pub fn handler(name: Option<&[u8]>) -> Handler<'_> {
    let Some(name) = name else { return Handler::Strict };
    Handler::built_in(name).unwrap_or(Handler::Registered(Registered { name, decode, encode }))
}

/// Registers a handler (CPython: `PyCodec_RegisterError`). TypeError for an object that is not callable.
pub fn register(name: &[u8], handler: Obj<'_>) -> Result<()> {
    if !is_callable(handler) {
        return Err(raise!(TypeError, "handler must be callable"));
    }
    str::from_utf8(name)?;
    REGISTERED.set(name, handler.to_ref())
}

/// The handler with a name (CPython: `PyCodec_LookupError`); LookupError for a name that none has.
pub fn lookup(name: &[u8]) -> Result<Ref> {
    if let Some(handler) = REGISTERED.find(name).or_else(|| BUILT_IN.find(name)) {
        return Ok(handler);
    }
    let Some(handler) = errors::function(name)? else {
        str::from_utf8(name)?;
        return Err(raise!(LookupError, "unknown error handler name '{}'", Lossy(name)));
    };
    BUILT_IN.set(name, handler.clone())?;
    Ok(handler)
}

/// Calls a handler with an exception. Returns the exception and the two items of the answer; TypeError with `wanted` for an answer that is
/// no tuple of two.
fn ask(
    name: &[u8],
    class: Exc,
    arguments: Own<PyTupleObject>,
    wanted: &'static str,
) -> Result<(Ref, Own<PyTupleObject>)> {
    let handler = lookup(name)?;
    let exception = call::call(class.class().as_obj(), arguments.borrow(), None)?;
    let answer = call::vectorcall(handler.borrow(), &[exception.borrow()], None)?;
    match answer.downcast::<PyTupleObject>() {
        Ok(answer) if tuple::len(answer.borrow()) == 2 => Ok((exception, answer)),
        _ => Err(raise!(TypeError, "{wanted}")),
    }
}

/// The position in an answer, which counts from the end if it is negative; IndexError outside of `length` items.
fn position(answer: Tuple<'_>, length: usize) -> Result<usize> {
    let Some(given) = tuple::peek(answer, 1) else { return Err(null_error()) };
    let given = int::as_ssize_t(number::index(given)?.as_obj())?;
    let from_start = if given < 0 { given.saturating_add_unsigned(length) } else { given };
    let inside = usize::try_from(from_start).ok().filter(|&position| position <= length);
    inside.ok_or_else(|| raise!(IndexError, "position {from_start} from error handler out of bounds"))
}

const DECODE_WANTS: &str = "decoding error handler must return (str, int) tuple";

/// Calls a handler for bytes that can't be decoded.
fn decode(name: &[u8], error: &DecodeError<'_>) -> Result<(Ref, usize)> {
    let (exception, answer) = ask(name, Exc::UnicodeDecodeError, error.arguments()?, DECODE_WANTS)?;
    let text = tuple::peek(answer.borrow(), 0).filter(|text| str::check(*text));
    let text = text.ok_or_else(|| raise!(TypeError, "{DECODE_WANTS}"))?;
    let position = position(answer.borrow(), error.bytes.len())?;
    let exception = unicode_parts::require(exception.borrow(), Exc::UnicodeDecodeError)?;
    let object = unicode_parts::part(exception, Part::Object, Exc::UnicodeDecodeError)?;
    match object.borrow().downcast() {
        Some(object) if bytes::as_slice(object) == error.bytes => Ok((text.to_ref(), position)),
        _ => {
            Err(raise!(NotImplementedError, "an error handler that replaces the object is not supported by pycapsule"))
        }
    }
}

const ENCODE_WANTS: &str = "encoding error handler must return (str/bytes, int) tuple";

/// Calls a handler for characters that can't be encoded.
fn encode(name: &[u8], error: &EncodeError<'_>) -> Result<(Replacement, usize)> {
    let (_, answer) = ask(name, Exc::UnicodeEncodeError, error.arguments()?, ENCODE_WANTS)?;
    let given = tuple::get(answer.borrow(), 0).ok_or_else(null_error)?;
    let replacement = match given.downcast() {
        Ok(text) => Replacement::Text(text),
        Err(given) => match given.downcast() {
            Ok(bytes) => Replacement::Bytes(bytes),
            Err(_) => return Err(raise!(TypeError, "{ENCODE_WANTS}")),
        },
    };
    Ok((replacement, position(answer.borrow(), str::length(error.s))?))
}
