//! The units of a format for values: each says how values of C become one object.

use crate::format::cursor::Cursor;
use crate::runtime::{Result, raise};

/// One unit of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `b`, `B`, `h` and `i`: an `int`.
    Int,
    /// `H` and `I`: an `unsigned int`.
    UnsignedInt,
    /// `l`, `L` and `n`: a signed number of 64 bits.
    Long,
    /// `k` and `K`: an unsigned number of 64 bits.
    UnsignedLong,
    /// `d` and `f`: a `double`.
    Double,
    /// `D`: the address of a `Py_complex`.
    Complex,
    /// `c`: a byte, as an `int`.
    Byte,
    /// `C`: a code point, as an `int`.
    Character,
    /// `p`: a truth value, as an `int`.
    Truth,
    /// `s`, `z` and `U`: text in UTF-8.
    Text(Extent),
    /// `y`: bytes.
    Bytes(Extent),
    /// `u`: text in `wchar_t`.
    Wide(Extent),
    /// `O`, `S` and `N`: an object. The reference is the caller's, or given away (`N`).
    Object {
        /// Whether the reference is given away.
        given: bool,
    },
    /// `O&`, and as in CPython `S&` and `N&`: a function of C that makes the object.
    Converter,
    /// `(`, `[` or `{`: a tuple, a list or a dict of the units that follow.
    Group(Group),
    /// A unit that does not exist.
    Unknown,
}

/// The length of a text of C.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Up to its NUL.
    Whole,
    /// `#`: a length follows the address. A negative one stands for the NUL.
    Sized,
}

/// The kind of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// `(`
    Tuple,
    /// `[`
    List,
    /// `{`
    Dict,
}

impl Group {
    /// The character that ends the group.
    pub fn end(self) -> u8 {
        match self {
            Group::Tuple => b')',
            Group::List => b']',
            Group::Dict => b'}',
        }
    }
}

/// Whether a character between units has no meaning.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b',' | b':')
}

impl Unit {
    /// Steps over the next unit. The units of a group, and the character that ends it, come after it.
    #[inline]
    pub fn parse(rest: &mut Cursor<'_>) -> Self {
        rest.take_while(is_blank);
        match rest.next() {
            Some(b'i' | b'b' | b'B' | b'h') => Unit::Int,
            Some(b's' | b'z' | b'U') => Unit::Text(Extent::parse(rest)),
            Some(b'O' | b'S' | b'N') if rest.take(b'&') => Unit::Converter,
            Some(b'O' | b'S') => Unit::Object { given: false },
            Some(b'N') => Unit::Object { given: true },
            Some(b'H' | b'I') => Unit::UnsignedInt,
            Some(b'l' | b'n' | b'L') => Unit::Long,
            Some(b'k' | b'K') => Unit::UnsignedLong,
            Some(b'd' | b'f') => Unit::Double,
            Some(b'D') => Unit::Complex,
            Some(b'c') => Unit::Byte,
            Some(b'C') => Unit::Character,
            Some(b'p') => Unit::Truth,
            Some(b'y') => Unit::Bytes(Extent::parse(rest)),
            Some(b'u') => Unit::Wide(Extent::parse(rest)),
            Some(b'(') => Unit::Group(Group::Tuple),
            Some(b'[') => Unit::Group(Group::List),
            Some(b'{') => Unit::Group(Group::Dict),
            _ => Unit::Unknown,
        }
    }
}

impl Extent {
    fn parse(rest: &mut Cursor<'_>) -> Self {
        if rest.take(b'#') { Extent::Sized } else { Extent::Whole }
    }
}

/// The number of units up to the end of a group, or of the whole format; SystemError when the format ends before. As in
/// CPython, any closing bracket ends any group inside.
#[inline]
pub fn count(units: &[u8], end: Option<u8>) -> Result<usize> {
    let (mut count, mut depth) = (0, 0_isize);
    for &byte in units {
        match byte {
            _ if depth <= 0 && Some(byte) == end => return Ok(count),
            b'(' | b'[' | b'{' => {
                count += usize::from(depth == 0);
                depth += 1;
            }
            b')' | b']' | b'}' => depth -= 1,
            b'#' | b'&' | b',' | b':' | b' ' | b'\t' => {}
            _ => count += usize::from(depth == 0),
        }
    }
    match end {
        None if depth <= 0 => Ok(count),
        _ => Err(raise!(SystemError, "unmatched paren in format")),
    }
}

/// Steps over the end of a group, or of the whole format; SystemError for anything but blanks before it.
#[inline]
pub fn take_end(rest: &mut Cursor<'_>, end: Option<u8>) -> Result<()> {
    rest.take_while(|byte| is_blank(byte) && Some(byte) != end);
    match (rest.rest().first(), end) {
        (None, None) => Ok(()),
        (Some(byte), Some(end)) if *byte == end => {
            rest.next();
            Ok(())
        }
        _ => Err(raise!(SystemError, "Unmatched paren in format")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::error;

    fn first(format: &[u8]) -> (Unit, &[u8]) {
        let mut rest = Cursor::of(format);
        (Unit::parse(&mut rest), rest.rest())
    }

    #[test]
    fn blanks_are_between_units() {
        assert_eq!(first(b" ,:\ti "), (Unit::Int, &b" "[..]));
        assert_eq!(first(b"s#s"), (Unit::Text(Extent::Sized), &b"s"[..]));
        assert_eq!(first(b"s #"), (Unit::Text(Extent::Whole), &b" #"[..]));
        assert_eq!(first(b"N&O"), (Unit::Converter, &b"O"[..]));
        assert_eq!(first(b"N"), (Unit::Object { given: true }, &b""[..]));
        assert_eq!(first(b"[i]"), (Unit::Group(Group::List), &b"i]"[..]));
        assert_eq!(first(b" "), (Unit::Unknown, &b""[..]));
        assert_eq!(first(b"?"), (Unit::Unknown, &b""[..]));
    }

    #[test]
    fn units_are_counted_up_to_an_end() {
        let count = |units: &[u8], end| count(units, end).map_err(|_| error::clear());
        assert_eq!(count(b"", None), Ok(0));
        assert_eq!(count(b"i,s#:O& (ii)[]{", None), Err(()));
        assert_eq!(count(b"i,s#:O& (ii)[]", None), Ok(5));
        assert_eq!(count(b"ii)i", Some(b')')), Ok(2));
        assert_eq!(count(b"ii", Some(b')')), Err(()));
        assert_eq!(count(b"i(s]i)", Some(b')')), Ok(3));
        assert_eq!(count(b"i)i", None), Ok(1));
    }

    #[test]
    fn only_blanks_come_before_an_end() {
        let end = |units: &'static [u8], end| {
            let mut rest = Cursor::of(units);
            take_end(&mut rest, end).map(|()| rest.rest()).map_err(|_| error::clear())
        };
        assert_eq!(end(b" ,)i", Some(b')')), Ok(&b"i"[..]));
        assert_eq!(end(b"\t:", None), Ok(&b""[..]));
        assert_eq!(end(b"i)", Some(b')')), Err(()));
        assert_eq!(end(b"", Some(b')')), Err(()));
        assert_eq!(end(b")", None), Err(()));
    }
}
