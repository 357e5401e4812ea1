//! The units of an argument format: each says how one object becomes values of C.

use crate::format::cursor::Cursor;

/// One unit of a format. A unit that CPython has no letter for is a unit too, because it is an error only when an
/// argument reaches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// An integer type of C.
    Integer(Integer),
    /// `f`: a `float`.
    Float,
    /// `d`: a `double`.
    Double,
    /// `D`: a `Py_complex`.
    Complex,
    /// `c`: a `char`, from bytes of length 1.
    Byte,
    /// `C`: a code point as an `int`, from a string of length 1.
    Character,
    /// `p`: the truth of any object, as an `int`.
    Truth,
    /// `s`, `z` and `y` with their forms.
    Text(Source, Form),
    /// `w*`: a writable buffer.
    Writable,
    /// `es`, `et`, `es#` and `et#`: a copy of a string in an encoding.
    Encoded {
        /// Whether bytes are refused (`es`); `et` takes them as encoded already.
        strings_only: bool,
        /// Whether the length is stored too, so that the copy may contain zeros.
        sized: bool,
    },
    /// `O`: the object itself.
    Object,
    /// `S`, `Y` and `U`: the object itself, if it has a certain type.
    Instance(Kind),
    /// `O!`: the object itself, if it has the type that C passes.
    OfType,
    /// `O&`: a function of C that converts the object.
    Converter,
    /// `(`: a tuple, whose items have the units up to the `)`, see [`Items::count`].
    Items,
    /// A unit that does not exist.
    Unknown(Unknown),
}

/// An integer type of C. The masks take any number, and keep its low bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integer {
    /// `b`: an `unsigned char`.
    Byte,
    /// `B`: an `unsigned char` without a check.
    ByteMask,
    /// `h`: a `short`.
    Short,
    /// `H`: an `unsigned short` without a check.
    ShortMask,
    /// `i`: an `int`.
    Int,
    /// `I`: an `unsigned int` without a check.
    IntMask,
    /// `l`: a `long`.
    Long,
    /// `k` and `K`: an `unsigned long` or `unsigned long long` without a check.
    LongMask,
    /// `L`: a `long long`.
    LongLong,
    /// `n`: a `Py_ssize_t`.
    Size,
}

/// The objects that `s`, `z` and `y` take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `s`: a string, or bytes where the form is not a C string.
    Text,
    /// `z`: as `s`, or None.
    TextOrNone,
    /// `y`: bytes.
    Bytes,
}

/// The values of C for a string or bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A C string.
    Plain,
    /// `#`: an address and a length.
    Sized,
    /// `*`: a `Py_buffer`.
    Buffer,
}

/// The types of `S`, `Y` and `U`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `S`
    Bytes,
    /// `Y`
    ByteArray,
    /// `U`
    Text,
}

/// The units of a tuple's items, which follow the unit in the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Items {
    /// The number of items.
    pub count: usize,
    /// Whether an item is borrowed from the tuple, so that another sequence, which may drop its items, is deprecated.
    pub borrows: bool,
}

/// The reasons why a unit does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// No unit begins with this character.
    Letter,
    /// `)` without `(`.
    Parenthesis,
    /// `e` without `s` or `t`.
    Marker,
    /// `w` without `*`.
    Writable,
}

impl Unit {
    /// Steps over a unit. The units of a tuple's items come next, and their `)` after them.
    #[inline]
    pub fn parse(rest: &mut Cursor<'_>) -> Self {
        let integer = Unit::Integer;
        match rest.next() {
            Some(b'i') => integer(Integer::Int),
            Some(b'O') if rest.take(b'!') => Unit::OfType,
            Some(b'O') if rest.take(b'&') => Unit::Converter,
            Some(b'O') => Unit::Object,
            Some(b's') => Unit::Text(Source::Text, Form::parse(rest)),
            Some(b'z') => Unit::Text(Source::TextOrNone, Form::parse(rest)),
            Some(b'y') => Unit::Text(Source::Bytes, Form::parse(rest)),
            Some(b'd') => Unit::Double,
            Some(b'n') => integer(Integer::Size),
            Some(b'l') => integer(Integer::Long),
            Some(b'k' | b'K') => integer(Integer::LongMask),
            Some(b'L') => integer(Integer::LongLong),
            Some(b'I') => integer(Integer::IntMask),
            Some(b'b') => integer(Integer::Byte),
            Some(b'B') => integer(Integer::ByteMask),
            Some(b'h') => integer(Integer::Short),
            Some(b'H') => integer(Integer::ShortMask),
            Some(b'f') => Unit::Float,
            Some(b'D') => Unit::Complex,
            Some(b'c') => Unit::Byte,
            Some(b'C') => Unit::Character,
            Some(b'p') => Unit::Truth,
            Some(b'S') => Unit::Instance(Kind::Bytes),
            Some(b'Y') => Unit::Instance(Kind::ByteArray),
            Some(b'U') => Unit::Instance(Kind::Text),
            Some(b'w') if rest.take(b'*') => Unit::Writable,
            Some(b'w') => Unit::Unknown(Unknown::Writable),
            Some(b'e') => match rest.rest().first() {
                Some(marker @ (b's' | b't')) => {
                    rest.next();
                    Unit::Encoded { strings_only: *marker == b's', sized: rest.take(b'#') }
                }
                _ => Unit::Unknown(Unknown::Marker),
            },
            Some(b'(') => Unit::Items,
            Some(b')') => Unit::Unknown(Unknown::Parenthesis),
            _ => Unit::Unknown(Unknown::Letter),
        }
    }

    /// The number of C arguments that belong to the unit itself. All of them are pointers.
    pub fn places(self) -> usize {
        match self {
            Unit::Items | Unit::Unknown(_) => 0,
            Unit::Text(_, Form::Sized) | Unit::OfType | Unit::Converter => 2,
            Unit::Encoded { sized, .. } => 2 + usize::from(sized),
            _ => 1,
        }
    }
}

impl Form {
    fn parse(rest: &mut Cursor<'_>) -> Self {
        if rest.take(b'*') {
            Form::Buffer
        } else if rest.take(b'#') {
            Form::Sized
        } else {
            Form::Plain
        }
    }
}

impl Items {
    /// Looks ahead over the units of the items, up to the `)` or the end of all units. As in CPython, each letter
    /// outside of other parentheses is an item.
    pub fn count(units: &[u8]) -> Self {
        let (mut items, mut depth) = (Items { count: 0, borrows: false }, 0);
        let mut rest = units.iter().copied().peekable();
        while let Some(byte) = rest.next() {
            let next = rest.peek().copied();
            match byte {
                b'(' => {
                    items.count += usize::from(depth == 0);
                    depth += 1;
                }
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                b':' | b';' => break,
                _ => {
                    items.count += usize::from(depth == 0 && byte.is_ascii_alphabetic());
                    items.borrows |= match byte {
                        b'y' | b's' | b'z' => next != Some(b'*'),
                        b'S' | b'Y' | b'U' => true,
                        b'O' => next != Some(b'&'),
                        _ => false,
                    };
                    if byte == b'e' && matches!(next, Some(b's' | b't')) {
                        rest.next();
                    }
                }
            }
        }
        items
    }
}

impl Unknown {
    /// The message when an argument reaches the unit.
    pub fn reached(self) -> &'static str {
        match self {
            Unknown::Letter | Unknown::Parenthesis => "(impossible<bad format char>)",
            Unknown::Marker => "(unknown parser marker combination)",
            Unknown::Writable => "(invalid use of 'w' format character)",
        }
    }

    /// The message when the unit is skipped, because its argument was not given.
    pub fn skipped(self) -> &'static str {
        match self {
            Unknown::Parenthesis => "Unmatched right paren in format string",
            Unknown::Letter | Unknown::Marker | Unknown::Writable => "impossible<bad format char>",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first unit of a format, and the rest of it.
    fn first(format: &[u8]) -> (Unit, &[u8]) {
        let mut rest = Cursor::of(format);
        (Unit::parse(&mut rest), rest.rest())
    }

    #[test]
    fn a_unit_ends_where_the_next_begins() {
        assert_eq!(first(b"i#"), (Unit::Integer(Integer::Int), &b"#"[..]));
        assert_eq!(first(b"s#*"), (Unit::Text(Source::Text, Form::Sized), &b"*"[..]));
        assert_eq!(first(b"z*#"), (Unit::Text(Source::TextOrNone, Form::Buffer), &b"#"[..]));
        assert_eq!(first(b"yy"), (Unit::Text(Source::Bytes, Form::Plain), &b"y"[..]));
        assert_eq!(first(b"et#*"), (Unit::Encoded { strings_only: false, sized: true }, &b"*"[..]));
        assert_eq!(first(b"es*"), (Unit::Encoded { strings_only: true, sized: false }, &b"*"[..]));
        assert_eq!(first(b"O!&"), (Unit::OfType, &b"&"[..]));
        assert_eq!(first(b"O&!"), (Unit::Converter, &b"!"[..]));
        assert_eq!(first(b"O"), (Unit::Object, &b""[..]));
        assert_eq!(first(b"w*"), (Unit::Writable, &b""[..]));
    }

    #[test]
    fn units_that_do_not_exist() {
        assert_eq!(first(b""), (Unit::Unknown(Unknown::Letter), &b""[..]));
        assert_eq!(first(b"\xe9"), (Unit::Unknown(Unknown::Letter), &b""[..]));
        assert_eq!(first(b")i"), (Unit::Unknown(Unknown::Parenthesis), &b"i"[..]));
        assert_eq!(first(b"ei"), (Unit::Unknown(Unknown::Marker), &b"i"[..]));
        assert_eq!(first(b"w#"), (Unit::Unknown(Unknown::Writable), &b"#"[..]));
    }

    #[test]
    fn the_items_of_a_tuple_are_counted() {
        let items = |format| match first(format) {
            (Unit::Items, rest) => (Items::count(rest).count, Items::count(rest).borrows),
            (unit, _) => panic!("{unit:?} is not a tuple"),
        };
        assert_eq!(items(b"()"), (0, false));
        assert_eq!(items(b"(iii)ss"), (3, false));
        assert_eq!(items(b"(i(OO)es#i)"), (4, true));
        assert_eq!(items(b"(y*s*z*O&w*et)"), (6, false));
        assert_eq!(items(b"(s)"), (1, true));
        assert_eq!(items(b"(i:s)"), (1, false));
        assert_eq!(items(b"(i"), (1, false));
    }

    #[test]
    fn each_unit_has_its_arguments_of_c() {
        let places = |format| first(format).0.places();
        let one = [&b"b"[..], b"D", b"s", b"z*", b"O", b"U", b"w*", b"p"];
        assert!(one.into_iter().all(|format| places(format) == 1));
        assert!([&b"s#"[..], b"O!", b"O&", b"es"].into_iter().all(|format| places(format) == 2));
        assert_eq!((places(b"et#"), places(b"(i)"), places(b"?")), (3, 0, 0));
    }
}
