//! The escapes of a literal that `str` and `bytes` share, and the warning for one that has no meaning.

use super::warning;
use crate::abi::Exc;
use crate::runtime::Result;
use crate::runtime::memory::Text;
use core::ffi::CStr;

/// The text after a backslash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// There is none.
    End,
    /// The end of a line, which is left out.
    Nothing,
    /// A letter that means this byte.
    Byte(u8),
    /// A number of up to three octal digits, and the number of digits.
    Octal(u32, usize),
    /// Another byte.
    Letter(u8),
}

/// Reads the escape at the start of some bytes.
pub fn escape(after: &[u8]) -> Escape {
    let Some(&first) = after.first() else { return Escape::End };
    match first {
        b'\n' => Escape::Nothing,
        b'\\' | b'\'' | b'"' => Escape::Byte(first),
        b'a' => Escape::Byte(0x07),
        b'b' => Escape::Byte(0x08),
        b't' => Escape::Byte(b'\t'),
        b'n' => Escape::Byte(b'\n'),
        b'v' => Escape::Byte(0x0b),
        b'f' => Escape::Byte(0x0c),
        b'r' => Escape::Byte(b'\r'),
        b'0'..=b'7' => {
            let digits = after.iter().take(3).take_while(|digit| matches!(digit, b'0'..=b'7'));
            let (number, size) =
                digits.fold((0, 0), |(number, size), digit| (number << 3 | u32::from(digit - b'0'), size + 1));
            Escape::Octal(number, size)
        }
        _ => Escape::Letter(first),
    }
}

/// The first escape without a meaning: a letter, or an octal number above 255.
#[derive(Debug)]
pub struct InvalidEscape(Option<u32>);

impl InvalidEscape {
    /// No such escape was seen.
    pub const NONE: Self = InvalidEscape(None);

    /// Remembers an escape, if it is the first.
    pub fn note(&mut self, number: u32) {
        self.0.get_or_insert(number);
    }

    /// Issues a DeprecationWarning if there was one; an error when a filter makes it one.
    pub fn warn(&self) -> Result<()> {
        const FUTURE: &str = "Such sequences will not work in the future. ";
        let text = match self.0 {
            None => return Ok(()),
            Some(number @ 0x100..) => {
                Text::format(format_args!("\"\\{number:o}\" is an invalid octal escape sequence. {FUTURE}\0"))
            }
            Some(letter) => {
                let letter = char::from(letter as u8);
                Text::format(format_args!("\"\\{letter}\" is an invalid escape sequence. {FUTURE}\0"))
            }
        }?;
        let text = CStr::from_bytes_until_nul(text.as_str().as_bytes()).unwrap_or_default();
        warning::issue(Exc::DeprecationWarning, text)
    }
}
