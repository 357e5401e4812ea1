//! The encoding of the locale, which is always UTF-8 here, with its own messages and only two handlers of errors.

use super::codec_error::{arguments, raise};
use super::decode::{decode_utf8, from_utf8};
use super::handler::Handler;
use super::layout::{Str, points};
use super::{to_utf8, to_utf8_escaped};
use crate::abi::Exc;
use crate::objects::bytes::{self, NewBytes};
use crate::runtime::{Ref, Result, raise as raise_message};

/// A handler of errors of the locale: strict, or for file names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LocaleErrors {
    Strict,
    SurrogateEscape,
}

fn named(errors: Option<&[u8]>) -> Result<LocaleErrors> {
    match errors {
        None | Some(b"strict") => Ok(LocaleErrors::Strict),
        Some(b"surrogateescape") => Ok(LocaleErrors::SurrogateEscape),
        _ => Err(raise_message!(ValueError, "unsupported error handler")),
    }
}

/// A string from bytes in the encoding of the locale.
pub fn decode_locale(bytes: &[u8], errors: Option<&[u8]>) -> Result<Ref> {
    if named(errors)? == LocaleErrors::SurrogateEscape {
        return decode_utf8(bytes, Handler::SurrogateEscape);
    }
    let first = bytes.utf8_chunks().next().filter(|chunk| !chunk.invalid().is_empty());
    let Some(at) = first.map(|chunk| chunk.valid().len()) else { return from_utf8(bytes) };
    let object = bytes::from_slice(bytes)?;
    Err(raise(Exc::UnicodeDecodeError, arguments("locale", object.as_obj(), &(at..at + 1), "decoding error")))
}

/// A string in the encoding of the locale. ValueError for a string with a NUL.
pub fn encode_locale(s: Str<'_>, errors: Option<&[u8]>) -> Result<NewBytes> {
    if points(s).iter().any(|point| point == 0) {
        return Err(raise_message!(ValueError, "embedded null character"));
    }
    let escapes = named(errors)? == LocaleErrors::SurrogateEscape;
    let is_wrong = |point: u32| matches!(point, 0xd800..=0xdfff) && !(escapes && matches!(point, 0xdc80..=0xdcff));
    match points(s).iter().position(is_wrong) {
        Some(at) => Err(raise(Exc::UnicodeEncodeError, arguments("locale", *s, &(at..at + 1), "encoding error"))),
        None if escapes => to_utf8_escaped(s),
        None => to_utf8(s),
    }
}
