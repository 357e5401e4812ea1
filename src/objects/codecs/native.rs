//! The encodings of the library as codecs of the registry: tuples of functions that encode and decode.

use super::errors::row;
use super::handlers::handler;
use super::table::Table;
use crate::abi::*;
use crate::objects::str::{self, Codec, Order};
use crate::objects::{arguments, bytes, constants, function, int, slots, tuple};
use crate::runtime::{Obj, Ref, Result, raise};
use core::ffi::CStr;

/// An encoding, and the names of its functions.
struct Native {
    codec: Codec,
    encode: &'static CStr,
    decode: &'static CStr,
}

const fn native(codec: Codec, encode: &'static CStr, decode: &'static CStr) -> Native {
    Native { codec, encode, decode }
}

const COUNT: usize = 12;

const NATIVE: [Native; COUNT] = [
    native(Codec::Utf8, c"utf_8_encode", c"utf_8_decode"),
    native(Codec::Utf7, c"utf_7_encode", c"utf_7_decode"),
    native(Codec::Ascii, c"ascii_encode", c"ascii_decode"),
    native(Codec::Latin1, c"latin_1_encode", c"latin_1_decode"),
    native(Codec::Utf16(Order::Marked), c"utf_16_encode", c"utf_16_decode"),
    native(Codec::Utf16(Order::Little), c"utf_16_le_encode", c"utf_16_le_decode"),
    native(Codec::Utf16(Order::Big), c"utf_16_be_encode", c"utf_16_be_decode"),
    native(Codec::Utf32(Order::Marked), c"utf_32_encode", c"utf_32_decode"),
    native(Codec::Utf32(Order::Little), c"utf_32_le_encode", c"utf_32_le_decode"),
    native(Codec::Utf32(Order::Big), c"utf_32_be_encode", c"utf_32_be_decode"),
    native(Codec::UnicodeEscape, c"unicode_escape_encode", c"unicode_escape_decode"),
    native(Codec::RawUnicodeEscape, c"raw_unicode_escape_encode", c"raw_unicode_escape_decode"),
];

/// The four functions of a codec: encode, decode, and the two that would make streams.
const fn functions<const AT: usize>() -> [PyMethodDef; 4] {
    [
        row(slots::method_static(NATIVE[AT].encode, encode::<AT>)),
        row(slots::method_static(NATIVE[AT].decode, decode::<AT>)),
        row(slots::method_static(c"StreamReader", no_stream)),
        row(slots::method_static(c"StreamWriter", no_stream)),
    ]
}

static mut FUNCTIONS: [[PyMethodDef; 4]; COUNT] = [
    functions::<0>(),
    functions::<1>(),
    functions::<2>(),
    functions::<3>(),
    functions::<4>(),
    functions::<5>(),
    functions::<6>(),
    functions::<7>(),
    functions::<8>(),
    functions::<9>(),
    functions::<10>(),
    functions::<11>(),
];

/// The tuples that were made.
static MADE: Table = Table::new();

/// Drops the tuples.
pub(super) fn forget() {
    MADE.clear();
}

/// The tuple of an encoding's functions, the same one each time.
pub(super) fn info(codec: Codec) -> Result<Ref> {
    if let Some(made) = MADE.find(codec.name().as_bytes()) {
        return Ok(made);
    }
    let at = NATIVE.iter().position(|native| native.codec == codec).unwrap_or_default();
    let function = |index: usize| {
        // SAFETY: both indices are inside the table, which lives for ever, and whose functions have the signature of their flags.
        unsafe { function::new((&raw mut FUNCTIONS).cast::<PyMethodDef>().add(at * 4 + index), None, None, None) }
    };
    let functions = [function(0)?, function(1)?, function(2)?, function(3)?];
    let made = tuple::from_slice(&functions.each_ref().map(Ref::borrow))?.into_ref();
    MADE.set(codec.name().as_bytes(), made.clone())?;
    Ok(made)
}

/// The object to work on, and the name of the error handler.
fn object_and_errors<'a>(function: &CStr, given: &[Obj<'a>]) -> Result<(Obj<'a>, Option<&'a [u8]>)> {
    let function = function.to_str().unwrap_or_default();
    arguments::between(function, given.len(), 1, 2)?;
    let errors = match given.get(1) {
        Some(errors) if !errors.is(constants::NONE) => {
            let Some(errors) = errors.downcast() else {
                let kind = arguments::kind(*errors);
                return Err(raise!(TypeError, "{function}() argument 2 must be str or None, not {kind}"));
            };
            Some(str::utf8(errors)?.as_bytes())
        }
        _ => None,
    };
    given
        .first()
        .map(|o| (*o, errors))
        .ok_or_else(|| raise!(TypeError, "{function} expected at least 1 argument, got 0"))
}

fn encode<const AT: usize>(given: &[Obj<'_>]) -> Result<Ref> {
    let Native { codec, encode: name, .. } = &NATIVE[AT];
    let (o, errors) = object_and_errors(name, given)?;
    let Some(s) = o.downcast() else {
        let (name, kind) = (name.to_str().unwrap_or_default(), arguments::kind(o));
        return Err(raise!(TypeError, "{name}() argument 1 must be str, not {kind}"));
    };
    let encoded = str::encode(s, *codec, handler(errors))?;
    let length = int::from_i64(str::length(s) as i64)?;
    Ok(tuple::from_slice(&[encoded.as_obj(), length.borrow()])?.into_ref())
}

fn decode<const AT: usize>(given: &[Obj<'_>]) -> Result<Ref> {
    let Native { codec, decode: name, .. } = &NATIVE[AT];
    let (o, errors) = object_and_errors(name, given)?;
    let Some(bytes) = bytes::from_buffer(o)? else {
        return Err(raise!(TypeError, "a bytes-like object is required, not '{}'", o.class().name()));
    };
    let bytes = bytes::as_slice(bytes.borrow());
    let text = str::decode(bytes, *codec, handler(errors))?;
    let length = int::from_i64(bytes.len() as i64)?;
    Ok(tuple::from_slice(&[text.borrow(), length.borrow()])?.into_ref())
}

/// NotImplementedError: streams and codecs that work in steps are classes of Python source.
fn no_stream(_: &[Obj<'_>]) -> Result<Ref> {
    Err(no_class("a stream"))
}

/// NotImplementedError: a class of the module `codecs` would be needed.
#[cold]
pub(super) fn no_class(kind: &str) -> crate::runtime::Raised {
    raise!(NotImplementedError, "{kind} of a built-in codec is Python code, which pycapsule does not run")
}
