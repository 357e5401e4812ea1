//! Encoding and decoding by the name of an encoding.

use super::handlers::handler;
use super::registry;
use crate::abi::{Exc, PyByteArrayObject, PyTupleObject};
use crate::objects::bytes::{self, NewBytes};
use crate::objects::str::{self, Codec, Str};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{attributes, call, memoryview, warning};
use crate::protocol::truth;
use crate::runtime::memory::{self, Array, Lossy, Malloc};
use crate::runtime::{Obj, Own, Raised, Ref, Result, error, known, raise};
use core::ffi::CStr;

/// One of the two directions: the index of its function in a codec, and its words in messages.
struct Way {
    function: usize,
    verb: &'static str,
    command: &'static str,
    wanted: &'static str,
}

const ENCODE: Way = Way {
    function: 0,
    verb: "encoding",
    command: "codecs.encode()",
    wanted: "encoder must return a tuple (object, integer)",
};
const DECODE: Way = Way {
    function: 1,
    verb: "decoding",
    command: "codecs.decode()",
    wanted: "decoder must return a tuple (object,integer)",
};

impl Way {
    /// Adds a note to the pending error.
    fn failed(&self, raised: Raised, encoding: &[u8]) -> Raised {
        error::with_note(raised, format_args!("{} with '{}' codec failed", self.verb, Lossy(encoding)))
    }

    /// Calls the function of a codec.
    fn call(&self, codec: Tuple<'_>, o: Obj<'_>, encoding: &[u8], errors: Option<&[u8]>) -> Result<Ref> {
        let function = tuple::items(codec).get(self.function).map(|function| function.to_ref());
        let Some(function) = function else { return Err(raise!(TypeError, "{}", self.wanted)) };
        let errors = errors.map(str::from_utf8).transpose()?;
        let arguments = match &errors {
            Some(errors) => tuple::from_slice(&[o, errors.borrow()]),
            None => tuple::from_slice(&[o]),
        }?;
        let answer = call::call(function.borrow(), arguments.borrow(), None);
        let answer = answer.map_err(|raised| self.failed(raised, encoding))?;
        let answer = answer.borrow().downcast::<PyTupleObject>().filter(|answer| tuple::len(*answer) == 2);
        answer.and_then(|answer| tuple::get(answer, 0)).ok_or_else(|| raise!(TypeError, "{}", self.wanted))
    }

    /// The codec of an encoding of text; LookupError for a codec that says it is for something else.
    fn text_codec(&self, encoding: &[u8]) -> Result<Own<PyTupleObject>> {
        let codec = registry::find(Some(encoding))?;
        if codec.borrow().is_exactly(known::TUPLE) {
            return Ok(codec);
        }
        match attributes::find_str(codec.as_obj(), "_is_text_encoding")? {
            Some(is_text) if !truth::truth(is_text.borrow())? => {
                let (encoding, command) = (Lossy(encoding), self.command);
                Err(raise!(
                    LookupError,
                    "'{encoding}' is not a text encoding; use {command} to handle arbitrary codecs"
                ))
            }
            _ => Ok(codec),
        }
    }
}

/// Encodes any object by a codec of the registry (CPython: `PyCodec_Encode`).
pub fn encode_object(o: Obj<'_>, encoding: Option<&[u8]>, errors: Option<&[u8]>) -> Result<Ref> {
    let codec = registry::find(encoding)?;
    ENCODE.call(codec.borrow(), o, encoding.unwrap_or_default(), errors)
}

/// Decodes any object by a codec of the registry (CPython: `PyCodec_Decode`).
pub fn decode_any(o: Obj<'_>, encoding: Option<&[u8]>, errors: Option<&[u8]>) -> Result<Ref> {
    let codec = registry::find(encoding)?;
    DECODE.call(codec.borrow(), o, encoding.unwrap_or_default(), errors)
}

/// An encoding of the library that is looked up in the registry, as CPython does, so that a failure gets a note.
fn by_name<T>(way: &Way, encoding: &[u8], errors: Option<&[u8]>, work: impl FnOnce() -> Result<T>) -> Result<T> {
    errors.map(str::from_utf8).transpose()?;
    work().map_err(|raised| way.failed(raised, encoding))
}

/// The string in an encoding, as `bytes` (CPython: `PyUnicode_AsEncodedString`). LookupError for an encoding that no codec has.
pub fn encode(s: Str<'_>, encoding: &[u8], errors: Option<&[u8]>) -> Result<NewBytes> {
    if let Some(codec) = Codec::direct(encoding) {
        return str::encode(s, codec, handler(errors));
    }
    if let Some(codec) = Codec::named(encoding) {
        return by_name(&ENCODE, encoding, errors, || str::encode(s, codec, handler(errors)));
    }
    let codec = ENCODE.text_codec(encoding)?;
    let encoded = ENCODE.call(codec.borrow(), *s, encoding, errors)?;
    let encoded = match encoded.downcast() {
        Ok(encoded) => return Ok(encoded),
        Err(encoded) => encoded,
    };
    if encoded.borrow().downcast::<PyByteArrayObject>().is_some() {
        warn_of_bytearray(encoding)?;
        return bytes::from_buffer(encoded.borrow())?.ok_or_else(memory::out_of_memory);
    }
    Err(wrong_result("encoder", "bytes", "codecs.encode() to encode", encoding, encoded.borrow()))
}

fn wrong_result(kind: &str, wanted: &str, command: &str, encoding: &[u8], got: Obj<'_>) -> Raised {
    let (encoding, got) = (Lossy(encoding), got.class().name());
    raise!(TypeError, "'{encoding}' {kind} returned '{got}' instead of '{wanted}'; use {command} to arbitrary types")
}

/// RuntimeWarning: an encoder returned a bytearray.
fn warn_of_bytearray(encoding: &[u8]) -> Result<()> {
    let mut text: Array<u8> = Array::new_in(Malloc);
    let rest = b" returned bytearray instead of bytes; use codecs.encode() to encode to arbitrary types\0";
    [b"encoder ", encoding, rest].into_iter().try_for_each(|part: &[u8]| memory::extend(&mut text, part))?;
    warning::issue(Exc::RuntimeWarning, CStr::from_bytes_until_nul(&text).unwrap_or_default())
}

/// A string from bytes in an encoding (CPython: `PyUnicode_Decode`). LookupError for an encoding that no codec has.
pub fn decode(bytes: &[u8], encoding: &[u8], errors: Option<&[u8]>) -> Result<Ref> {
    if let Some(codec) = Codec::direct(encoding) {
        return str::decode(bytes, codec, handler(errors));
    }
    if let Some(codec) = Codec::named(encoding) {
        return by_name(&DECODE, encoding, errors, || str::decode(bytes, codec, handler(errors)));
    }
    // The codec gets a view of a copy, because it may keep the view.
    let view = memoryview::of(bytes::from_slice(bytes)?.as_obj())?;
    let codec = DECODE.text_codec(encoding)?;
    let text = DECODE.call(codec.borrow(), view.as_obj(), encoding, errors)?;
    match str::check(text.borrow()) {
        true => Ok(text),
        false => Err(wrong_result("decoder", "str", "codecs.decode() to decode", encoding, text.borrow())),
    }
}

/// A string from an object with bytes in an encoding, UTF-8 without one (CPython: `PyUnicode_FromEncodedObject`).
pub fn decode_object(o: Obj<'_>, encoding: Option<&[u8]>, errors: Option<&[u8]>) -> Result<Ref> {
    if str::check(o) {
        return Err(raise!(TypeError, "decoding str is not supported"));
    }
    match bytes::from_buffer(o)?.as_ref().map(|bytes| bytes::as_slice(bytes.borrow())) {
        Some([]) => Ok(str::empty().to_ref()),
        Some(bytes) => decode(bytes, encoding.unwrap_or(b"utf-8"), errors),
        None => Err(raise!(TypeError, "decoding to str: need a bytes-like object, {} found", o.class().name())),
    }
}
