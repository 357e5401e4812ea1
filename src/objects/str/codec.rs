//! The encodings of this library, and their names.

use super::wide_codecs::Order;

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
    /// UTF-7.
    Utf7,
    /// An encoding that a mapping describes. Only errors name it.
    Charmap,
    /// The text of a literal.
    UnicodeEscape,
    /// The text of a raw literal.
    RawUnicodeEscape,
}

impl Codec {
    /// The encoding of a name that the functions of `str` know, in any spelling.
    pub fn direct(name: &[u8]) -> Option<Self> {
        // The fast path: the usual spelling of the usual encoding.
        if name == b"utf-8" {
            return Some(Codec::Utf8);
        }
        of_name(name, &DIRECT)
    }

    /// The encoding of a name in any spelling.
    pub fn named(name: &[u8]) -> Option<Self> {
        Self::direct(name).or_else(|| of_name(name, &ALIASES))
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
            Codec::Utf7 => "utf7",
            Codec::Charmap => "charmap",
            Codec::UnicodeEscape => "unicodeescape",
            Codec::RawUnicodeEscape => "rawunicodeescape",
        }
    }

    /// The reason why a character can't be encoded. Encodings with escapes have all characters.
    pub fn reason(self) -> &'static str {
        match self {
            Codec::Utf8 | Codec::Utf16(_) | Codec::Utf32(_) => "surrogates not allowed",
            Codec::Utf7 | Codec::Charmap | Codec::UnicodeEscape | Codec::RawUnicodeEscape => "",
            Codec::Ascii => "ordinal not in range(128)",
            Codec::Latin1 => "ordinal not in range(256)",
        }
    }

    /// Whether a character can be encoded.
    pub fn has(self, point: u32) -> bool {
        match self {
            Codec::Utf7 | Codec::Charmap | Codec::UnicodeEscape | Codec::RawUnicodeEscape => true,
            Codec::Utf8 | Codec::Utf16(_) | Codec::Utf32(_) => char::from_u32(point).is_some(),
            Codec::Ascii => point < 0x80,
            Codec::Latin1 => point < 0x100,
        }
    }
}

/// The names of encodings that CPython's `str` knows, in small letters, with one `_` for each run of other characters.
const DIRECT: [(&str, Codec); 5] = [
    ("utf_8 utf8", Codec::Utf8),
    ("ascii us_ascii", Codec::Ascii),
    ("latin_1 latin1 iso_8859_1 iso8859_1", Codec::Latin1),
    ("utf_16 utf16", Codec::Utf16(Order::Marked)),
    ("utf_32 utf32", Codec::Utf32(Order::Marked)),
];

/// The other names, which CPython looks up in the registry of codecs.
const ALIASES: [(&str, Codec); 12] = [
    ("u8 utf utf8_ucs2 utf8_ucs4 cp65001", Codec::Utf8),
    (
        "us 646 ansi_x3.4_1968 ansi_x3_4_1968 ansi_x3.4_1986 cp367 csascii ibm367 iso646_us iso_646.irv_1991 iso_ir_6",
        Codec::Ascii,
    ),
    ("latin l1 iso8859 8859 cp819 ibm819 csisolatin1 iso_8859_1_1987 iso_ir_100 charmap", Codec::Latin1),
    ("u16", Codec::Utf16(Order::Marked)),
    ("utf_16_le utf_16le unicodelittleunmarked", Codec::Utf16(Order::Little)),
    ("utf_16_be utf_16be unicodebigunmarked", Codec::Utf16(Order::Big)),
    ("u32", Codec::Utf32(Order::Marked)),
    ("utf_32_le utf_32le", Codec::Utf32(Order::Little)),
    ("utf_32_be utf_32be", Codec::Utf32(Order::Big)),
    ("utf_7 utf7 u7 unicode_1_1_utf_7", Codec::Utf7),
    ("unicode_escape", Codec::UnicodeEscape),
    ("raw_unicode_escape", Codec::RawUnicodeEscape),
];

/// The parts of a name, between runs of characters that are no letters or digits of ASCII.
pub fn parts(name: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    name.split(|c| !c.is_ascii_alphanumeric() && *c != b'.').filter(|part| !part.is_empty())
}

/// The encoding that has a name, in any spelling, in a table.
fn of_name(written: &[u8], table: &[(&str, Codec)]) -> Option<Codec> {
    let is = |name: &str| {
        let mut known = name.split('_');
        parts(written).all(|part| known.next().is_some_and(|known| known.as_bytes().eq_ignore_ascii_case(part)))
            && known.next().is_none()
    };
    table.iter().find(|(names, _)| names.split(' ').any(is)).map(|(_, codec)| *codec)
}
