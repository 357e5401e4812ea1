//! `str`: CPython's compact strings (PEP 393). ASCII characters follow a `PyASCIIObject`; anything else is stored as
//! Latin-1, UCS-2 or UCS-4, whichever the widest character needs, after a `PyCompactUnicodeObject`.
//!
//! The type object with its slots is in `type_object`, which only the list of exported statics imports. The other files
//! contain the layout of a string, and make, read and compare strings.

mod append;
mod build;
mod builder;
mod cases;
mod change;
pub mod characters;
mod charmap;
mod classes;
mod codec;
mod codec_error;
mod compare;
mod decode;
mod encode;
mod escape_codecs;
mod handler;
mod hash;
pub mod iterator;
mod kept_utf8;
mod layout;
mod locale;
mod methods;
mod operators;
pub mod places;
mod printable;
mod repr;
pub mod search;
mod shared;
mod siphash;
pub mod split;
mod transcode;
mod translate;
pub mod type_object;
mod utf7;
mod utf8;
mod wide_codecs;
mod width;
pub mod words;
mod writer;

pub use crate::runtime::known::STR;
pub use append::append;
pub use build::{blank, from_any_points, from_latin1, from_point, from_wide};
pub use builder::Builder;
pub use change::replace;
pub use charmap::{decode_charmap, encoding_map, to_charmap};
pub use classes::is_identifier;
pub use codec::{Codec, parts as codec_parts};
pub use codec_error::{DecodeError, EncodeError};
pub use compare::{compare_latin1, equal, is, is_utf8, order};
pub use decode::{
    decode, decode_ascii, decode_utf8, decode_utf8_start, format, from_message, from_name, from_utf8,
    from_utf8_replaced,
};
pub use encode::{encode, to_ascii, to_latin1, to_utf8, to_utf8_escaped};
pub use escape_codecs::{decode_raw_unicode_escape, decode_unicode_escape, to_raw_unicode_escape, to_unicode_escape};
pub use handler::{Handler, Registered, Replacement, no_names};
pub use hash::{HashedName, definition as hash_definition, hash, hash_bytes, remembered};
pub use layout::{Points, Str, as_exact, as_text, check, is_interned, length, points, require, show_point};
pub use locale::{decode_locale, encode_locale};
pub use operators::{compare, concat, contains, exact, join, must_be_str, operand, read, rich_compare, substring};
pub use repr::push_repr;
pub use shared::{empty, intern};
pub use transcode::from_str;
pub use translate::translate;
pub use utf7::{decode_utf7, to_utf7};
pub use utf8::{utf8, utf8_if_any};
pub use wide_codecs::{Order, Wide, decode_wide, encode_wide};
pub use writer::{PyUnicodeWriter, WriterArg};
