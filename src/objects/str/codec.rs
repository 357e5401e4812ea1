//! The encodings of this library, and their names.

use super::wide_codecs::Order;
use crate::runtime::{Result, raise};

/// An encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// UTF-8.
    Utf8,
    /// ASCII.
    Ascii,
    /// Latin-1.
    Latin1,
    /// UTF-16.
    Utf16(Order),
    /// UTF-32.
    Utf32(Order),
    /// The text of a literal.
    UnicodeEscape,
    /// The text of a raw literal.
    RawUnicodeEscape,
}

impl Codec {
    /// The encoding of a name in any spelling; LookupError for a name of another encoding.
    pub fn named(name: &str) -> Result<Self> {
        // The fast path: the usual spelling of the usual encoding.
        if name == "utf-8" {
            return Ok(Codec::Utf8);
        }
        let codecs = [
            (UTF_8, Codec::Utf8),
            (ASCII, Codec::Ascii),
            (LATIN_1, Codec::Latin1),
            ("utf_16 utf16 u16", Codec::Utf16(Order::Marked)),
            ("utf_16_le utf_16le unicodelittleunmarked", Codec::Utf16(Order::Little)),
            ("utf_16_be utf_16be unicodebigunmarked", Codec::Utf16(Order::Big)),
            ("utf_32 utf32 u32", Codec::Utf32(Order::Marked)),
            ("utf_32_le utf_32le", Codec::Utf32(Order::Little)),
            ("utf_32_be utf_32be", Codec::Utf32(Order::Big)),
            ("unicode_escape", Codec::UnicodeEscape),
            ("raw_unicode_escape", Codec::RawUnicodeEscape),
        ];
        let found = codecs.into_iter().find(|(names, _)| is_one_of(name, names)).map(|(_, codec)| codec);
        found.ok_or_else(|| raise!(LookupError, "unknown encoding: {name}"))
    }

    /// The name in error messages.
    pub fn name(self) -> &'static str {
        match self {
            Codec::Utf8 => "utf-8",
            Codec::Ascii => "ascii",
            Codec::Latin1 => "latin-1",
            Codec::Utf16(Order::Little) => "utf-16-le",
            Codec::Utf16(Order::Marked) => "utf-16",
            Codec::Utf16(Order::Big) => "utf-16-be",
            Codec::Utf32(Order::Little) => "utf-32-le",
            Codec::Utf32(Order::Marked) => "utf-32",
            Codec::Utf32(Order::Big) => "utf-32-be",
            Codec::UnicodeEscape => "unicodeescape",
            Codec::RawUnicodeEscape => "rawunicodeescape",
        }
    }

    /// The reason why a character can't be encoded. Encodings with escapes have all characters.
    pub fn reason(self) -> &'static str {
        match self {
            Codec::Utf8 | Codec::Utf16(_) | Codec::Utf32(_) => "surrogates not allowed",
            Codec::UnicodeEscape | Codec::RawUnicodeEscape => "",
            Codec::Ascii => "ordinal not in range(128)",
            Codec::Latin1 => "ordinal not in range(256)",
        }
    }

    /// Whether a character can be encoded.
    pub fn has(self, point: u32) -> bool {
        match self {
            Codec::UnicodeEscape | Codec::RawUnicodeEscape => true,
            Codec::Utf8 | Codec::Utf16(_) | Codec::Utf32(_) => char::from_u32(point).is_some(),
            Codec::Ascii => point < 0x80,
            Codec::Latin1 => point < 0x100,
        }
    }
}

/// The names under which CPython knows an encoding, in small letters, with one `_` for each run of other characters.
const UTF_8: &str = "utf_8 utf8 u8 utf utf8_ucs2 utf8_ucs4 cp65001";
const ASCII: &str = "ascii us_ascii us 646 ansi_x3.4_1968 ansi_x3_4_1968 ansi_x3.4_1986 cp367 csascii ibm367 iso646_us \
                     iso_646.irv_1991 iso_ir_6";
const LATIN_1: &str = "latin_1 latin1 latin l1 iso_8859_1 iso8859_1 iso8859 8859 cp819 ibm819 csisolatin1 \
                       iso_8859_1_1987 iso_ir_100";

/// Whether an encoding's name, in any spelling, is one of these.
fn is_one_of(written: &str, names: &str) -> bool {
    let parts = written.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').filter(|part| !part.is_empty());
    names.split(' ').any(|name| {
        let mut known = name.split('_');
        parts.clone().all(|part| known.next().is_some_and(|known| known.eq_ignore_ascii_case(part)))
            && known.next().is_none()
    })
}
