//! `Include/codecs.h`: codecs and error handlers by name.

use super::{required, required_text};
use crate::abi::PyObject;
use crate::objects::codecs::{self, errors};
use crate::objects::str::Handler;
use crate::objects::tuple;
use crate::runtime::{Arg, IntoC, Text, error};
use core::ffi::{CStr, c_int};

/// A name that C passed, without its NUL.
fn name<'a>(text: Text<'a>) -> Option<&'a [u8]> {
    text.get().map(CStr::to_bytes)
}

/// Adds a function that searches for codecs: it gets the name of an encoding in small letters, with `_` for each run of other characters,
/// and returns a tuple of four functions, or None. The encodings of the library come first. 0, or -1 with TypeError for an object that is
/// not callable.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_Register(search_function: Arg) -> c_int {
    codecs::register(search_function).into_c()
}

/// Removes a function that searches, and forgets the codecs that were found. 0, also when the function was not registered.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_Unregister(search_function: Arg) -> c_int {
    if let Some(search) = search_function {
        codecs::unregister(search);
    }
    0
}

/// Whether there is a codec for an encoding: 1 or 0, never with an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_KnownEncoding(encoding: Text) -> c_int {
    let is_known = codecs::find(name(encoding)).is_ok();
    if !is_known {
        error::clear();
    }
    is_known.into()
}

/// An item of a codec.
fn item(encoding: Text, index: usize) -> *mut PyObject {
    codecs::find(name(encoding)).and_then(|codec| tuple::item(codec.borrow(), index as isize)).into_c()
}

/// The function of an encoding that encodes: a new reference, or NULL with LookupError. It takes an object, and the name of an error
/// handler if one is given, and returns a tuple of the result and a length.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_Encoder(encoding: Text) -> *mut PyObject {
    item(encoding, 0)
}

/// The function of an encoding that decodes: a new reference, or NULL with LookupError. See [`PyCodec_Encoder`].
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_Decoder(encoding: Text) -> *mut PyObject {
    item(encoding, 1)
}

/// Encodes an object by a codec: a new reference to the result, or NULL with LookupError or the codec's own error, with a note.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_Encode(object: Arg, encoding: Text, errors: Text) -> *mut PyObject {
    required(object, "PyCodec_Encode").and_then(|o| codecs::encode_object(o, name(encoding), name(errors))).into_c()
}

/// Decodes an object by a codec: a new reference to the result, or NULL with LookupError or the codec's own error, with a note.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_Decode(object: Arg, encoding: Text, errors: Text) -> *mut PyObject {
    required(object, "PyCodec_Decode").and_then(|o| codecs::decode_any(o, name(encoding), name(errors))).into_c()
}

/// An encoder of an encoding that works in steps, which the codec's `incrementalencoder` makes: a new reference, or NULL with LookupError,
/// or NotImplementedError for an encoding of the library.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_IncrementalEncoder(encoding: Text, errors: Text) -> *mut PyObject {
    codecs::incremental(name(encoding), name(errors), "incrementalencoder").into_c()
}

/// A decoder of an encoding that works in steps, which the codec's `incrementaldecoder` makes: a new reference, or NULL with LookupError,
/// or NotImplementedError for an encoding of the library.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_IncrementalDecoder(encoding: Text, errors: Text) -> *mut PyObject {
    codecs::incremental(name(encoding), name(errors), "incrementaldecoder").into_c()
}

/// A reader of a stream in an encoding, which the codec's third item makes: a new reference, or NULL with LookupError, or
/// NotImplementedError for an encoding of the library.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_StreamReader(encoding: Text, stream: Arg, errors: Text) -> *mut PyObject {
    required(stream, "PyCodec_StreamReader").and_then(|o| codecs::stream(name(encoding), o, name(errors), 2)).into_c()
}

/// A writer of a stream in an encoding, which the codec's fourth item makes: a new reference, or NULL with LookupError, or
/// NotImplementedError for an encoding of the library.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_StreamWriter(encoding: Text, stream: Arg, errors: Text) -> *mut PyObject {
    required(stream, "PyCodec_StreamWriter").and_then(|o| codecs::stream(name(encoding), o, name(errors), 3)).into_c()
}

/// Registers an error handler under a name: codecs call it with the exception, and it returns a tuple of a replacement and the position at
/// which they continue. 0, or -1 with TypeError for an object that is not callable.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_RegisterError(name: Text, error: Arg) -> c_int {
    required(error, "PyCodec_RegisterError")
        .and_then(|error| codecs::register_handler(required_text(name, "PyCodec_RegisterError")?.to_bytes(), error))
        .into_c()
}

/// The error handler with a name, "strict" for NULL: a new reference, or NULL with LookupError.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_LookupError(name: Text) -> *mut PyObject {
    codecs::lookup_handler(self::name(name).unwrap_or(b"strict")).into_c()
}

fn respond(handler: Handler<'_>, exc: Arg, function: &'static str) -> *mut PyObject {
    required(exc, function).and_then(|exc| errors::respond(handler, exc)).into_c()
}

/// The error handler "strict": raises the exception, and returns NULL. TypeError for an object that is no exception.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_StrictErrors(exc: Arg) -> *mut PyObject {
    respond(Handler::Strict, exc, "PyCodec_StrictErrors")
}

/// The error handler "ignore": a new reference to a tuple of an empty text and the end of the fault, or NULL with TypeError for another
/// object than an exception of a codec.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_IgnoreErrors(exc: Arg) -> *mut PyObject {
    respond(Handler::Ignore, exc, "PyCodec_IgnoreErrors")
}

/// The error handler "replace": as [`PyCodec_IgnoreErrors`], with question marks or U+FFFD.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_ReplaceErrors(exc: Arg) -> *mut PyObject {
    respond(Handler::Replace, exc, "PyCodec_ReplaceErrors")
}

/// The error handler "xmlcharrefreplace": as [`PyCodec_IgnoreErrors`], with `&#N;` for each character. It is for encoding only.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_XMLCharRefReplaceErrors(exc: Arg) -> *mut PyObject {
    respond(Handler::XmlCharRefReplace, exc, "PyCodec_XMLCharRefReplaceErrors")
}

/// The error handler "backslashreplace": as [`PyCodec_IgnoreErrors`], with `\xNN` and its like.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_BackslashReplaceErrors(exc: Arg) -> *mut PyObject {
    respond(Handler::BackslashReplace, exc, "PyCodec_BackslashReplaceErrors")
}

/// The error handler "namereplace": NULL with NotImplementedError, because the library has no names of characters, or TypeError for another
/// object than a UnicodeEncodeError.
#[unsafe(no_mangle)]
pub extern "C" fn PyCodec_NameReplaceErrors(exc: Arg) -> *mut PyObject {
    respond(Handler::NameReplace, exc, "PyCodec_NameReplaceErrors")
}
