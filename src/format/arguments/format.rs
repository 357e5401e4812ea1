//! A whole argument format: the numbers of arguments that it takes, and the function's name or the message for errors.

use super::unit::Unit;
use crate::format::cursor::Cursor;
use crate::runtime::{Result, raise};

/// The deepest nesting of tuples, as in CPython.
pub(super) const DEEPEST: usize = 30;

/// A format for positional arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format<'a> {
    text: &'a [u8],
    /// The number of arguments before the `|`.
    pub least: usize,
    /// The number of all arguments.
    pub most: usize,
}

/// The words of a format for its errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// The function's name, which follows a `:`.
    pub name: Option<&'a [u8]>,
    /// The message, which follows a `;`, instead of the usual ones.
    pub message: Option<&'a [u8]>,
}

/// A format whose parentheses do not match, which is a fatal error in CPython.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// More tuples inside each other than CPython has room for.
    TooDeep,
    /// `)` without `(`.
    Excess,
    /// `(` without `)`.
    Missing,
}

impl Malformed {
    /// CPython's message.
    pub fn message(self) -> &'static str {
        match self {
            Malformed::TooDeep => "too many tuple nesting levels in argument format string",
            Malformed::Excess => "excess ')' in getargs format",
            Malformed::Missing => "missing ')' in getargs format",
        }
    }
}

/// The part of a character in the count of arguments.
const LETTER: u8 = 1;
const MARK: u8 = 2;
const PARTS: [u8; 256] = {
    let mut parts = [0; 256];
    let mut byte = 0;
    while byte < parts.len() {
        parts[byte] = match byte as u8 {
            b'e' => 0,
            b'(' | b')' | b':' | b';' | b'|' => MARK,
            byte if byte.is_ascii_alphabetic() => LETTER,
            _ => 0,
        };
        byte += 1;
    }
    parts
};

impl<'a> Format<'a> {
    /// Parses a format. As in CPython, each letter outside of parentheses is an argument, but for the `e` of `es` and
    /// `et`; its unit is looked at when an argument reaches it.
    #[inline]
    pub fn parse(text: &'a [u8]) -> Result<Self, Malformed> {
        let (mut least, mut most, mut depth) = (None, 0, 0_usize);
        for &byte in text {
            let part = PARTS[usize::from(byte)];
            if part != MARK {
                most += if depth == 0 { usize::from(part) } else { 0 };
                continue;
            }
            match byte {
                b'(' => {
                    most += usize::from(depth == 0);
                    depth += 1;
                    if depth >= DEEPEST {
                        return Err(Malformed::TooDeep);
                    }
                }
                b')' => depth = depth.checked_sub(1).ok_or(Malformed::Excess)?,
                b'|' if depth == 0 => least = Some(most),
                b'|' => {}
                _ => break,
            }
        }
        if depth > 0 {
            return Err(Malformed::Missing);
        }
        Ok(Format { text, least: least.unwrap_or(most), most })
    }

    /// The words: those after the first `:` or `;`.
    pub fn words(&self) -> Words<'a> {
        let mark = self.text.iter().position(|&byte| byte == b':' || byte == b';');
        let rest = mark.and_then(|mark| self.text.get(mark..)).and_then(<[u8]>::split_first);
        match rest {
            None => Words { name: None, message: None },
            Some((b':', name)) => Words { name: Some(name), message: None },
            Some((_, message)) => Words { name: None, message: Some(message) },
        }
    }

    /// The text of the format.
    pub fn text(&self) -> &'a [u8] {
        self.text
    }

    /// A cursor at the first unit.
    pub fn units(&self) -> Cursor<'a> {
        Cursor::of(self.text)
    }
}

impl<'a> Words<'a> {
    /// The words of a format for keyword arguments. A name counts wherever it is, also behind a message.
    pub fn of(text: &'a [u8]) -> Self {
        let after = |mark| text.iter().position(|&byte| byte == mark).and_then(|at| text.get(at + 1..));
        let name = after(b':');
        Words { name, message: if name.is_some() { None } else { after(b';') } }
    }
}

/// The marks of a format for keyword arguments, as far as it was walked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// The number of arguments before the `|`.
    pub least: Option<usize>,
    /// The number of arguments before the `$`, those that may be positional.
    pub most: Option<usize>,
}

impl Marks {
    /// Steps over a `|`, a `$` or both before the argument at an index, and returns whether there was a `$`. The first
    /// `unnamed` arguments have no name.
    #[inline]
    pub fn take(&mut self, rest: &mut Cursor<'_>, index: usize, unnamed: usize) -> Result<bool> {
        if rest.take(b'|') {
            if self.least.replace(index).is_some() {
                return Err(raise!(SystemError, "Invalid format string (| specified twice)"));
            }
            if self.most.is_some() {
                return Err(raise!(SystemError, "Invalid format string ($ before |)"));
            }
        }
        if !rest.take(b'$') {
            return Ok(false);
        }
        if self.most.replace(index).is_some() {
            return Err(raise!(SystemError, "Invalid format string ($ specified twice)"));
        }
        if index < unnamed {
            return Err(raise!(SystemError, "Empty parameter name after $"));
        }
        Ok(true)
    }
}

/// Whether all units are done: the format ends here, or its words begin.
pub(super) fn is_end(rest: &Cursor<'_>) -> bool {
    matches!(rest.rest().first(), None | Some(b';' | b':'))
}

/// SystemError: units follow the last argument.
pub(super) fn require_end(rest: &Cursor<'_>) -> Result<()> {
    if is_end(rest) || matches!(rest.rest().first(), Some(b'|' | b'$')) {
        return Ok(());
    }
    let rest = crate::runtime::memory::Lossy(rest.rest());
    Err(raise!(SystemError, "more argument specifiers than keyword list entries (remaining format:'{rest}')"))
}

/// Steps over the unit of an argument that was not given, with the units of its items. Returns the number of C
/// arguments that belong to them, or the message for a unit that does not exist; the cursor stays at the unit then.
pub(super) fn skip(rest: &mut Cursor<'_>) -> Result<usize, &'static str> {
    let (mut ahead, mut places, mut depth) = (Cursor::of(rest.rest()), 0, 0_usize);
    loop {
        match Unit::parse(&mut ahead) {
            Unit::Items => depth += 1,
            Unit::Unknown(super::Unknown::Parenthesis) if depth > 0 => depth -= 1,
            Unit::Unknown(unknown) => return Err(unknown.skipped()),
            unit => places += unit.places(),
        }
        if depth == 0 {
            *rest = ahead;
            return Ok(places);
        }
        if is_end(&ahead) {
            return Err("Unmatched left paren in format string");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::error;

    fn bounds(text: &[u8]) -> Result<(usize, usize), Malformed> {
        Format::parse(text).map(|format| (format.least, format.most))
    }

    #[test]
    fn a_format_states_how_many_arguments_it_takes() {
        assert_eq!(bounds(b""), Ok((0, 0)));
        assert_eq!(bounds(b"iO&s#es#w*"), Ok((5, 5)));
        assert_eq!(bounds(b"i|i(O|O)i"), Ok((1, 4)));
        assert_eq!(bounds(b"|i|i"), Ok((1, 2)));
        assert_eq!(bounds(b"i:ii|"), Ok((1, 1)));
        assert_eq!(bounds(b"e$?\xe9"), Ok((0, 0)));
    }

    #[test]
    fn parentheses_have_to_match() {
        assert_eq!(bounds(b"i)"), Err(Malformed::Excess));
        assert_eq!(bounds(b"(i"), Err(Malformed::Missing));
        assert_eq!(bounds(b"(i:)"), Err(Malformed::Missing));
        let nested = |depth| bounds(&[[b'('].repeat(depth), [b')'].repeat(depth)].concat());
        assert_eq!((nested(29), nested(30)), (Ok((1, 1)), Err(Malformed::TooDeep)));
    }

    #[test]
    fn the_words_follow_the_units() {
        let words = |text| Format::parse(text).map(|format| (format.words().name, format.words().message));
        assert_eq!(words(b"i"), Ok((None, None)));
        assert_eq!(words(b"i:f:g;h"), Ok((Some(&b"f:g;h"[..]), None)));
        assert_eq!(words(b"i;no: way"), Ok((None, Some(&b"no: way"[..]))));
        assert_eq!(Words::of(b"i;no: way"), Words { name: Some(b" way"), message: None });
        assert_eq!(Words::of(b"i;no"), Words { name: None, message: Some(b"no") });
    }

    #[test]
    fn skipping_counts_the_arguments_of_c() {
        let skipped = |text| {
            let mut rest = Cursor::of(text);
            let places = skip(&mut rest);
            (places, rest.rest())
        };
        assert_eq!(skipped(b"s#i"), (Ok(2), &b"i"[..]));
        assert_eq!(skipped(b"(iO!(es#)y*):f"), (Ok(7), &b":f"[..]));
        assert_eq!(skipped(b"(i"), (Err("Unmatched left paren in format string"), &b"(i"[..]));
        assert_eq!(skipped(b"()i"), (Ok(0), &b"i"[..]));
        assert_eq!(skipped(b")"), (Err("Unmatched right paren in format string"), &b")"[..]));
        assert_eq!(skipped(b"(i|i)"), (Err("impossible<bad format char>"), &b"(i|i)"[..]));
        assert_eq!(skipped(b"w#"), (Err("impossible<bad format char>"), &b"w#"[..]));
    }

    #[test]
    fn the_marks_come_once_and_in_order() {
        let last = |text: &[u8], unnamed| {
            let (mut rest, mut marks) = (Cursor::of(text), Marks::default());
            for index in 0.. {
                if marks.take(&mut rest, index, unnamed).map_err(|_| error::clear()).is_err() {
                    return None;
                }
                if rest.next().is_none() {
                    break;
                }
            }
            Some((marks.least, marks.most))
        };
        assert_eq!(last(b"ii", 0), Some((None, None)));
        assert_eq!(last(b"i|i$i", 0), Some((Some(1), Some(2))));
        assert_eq!(last(b"|$i", 0), Some((Some(0), Some(0))));
        assert_eq!(last(b"i|i|i", 0), None);
        assert_eq!(last(b"i$i|i", 0), None);
        assert_eq!(last(b"i$i$i", 0), None);
        assert_eq!(last(b"i$i", 2), None);
    }
}
