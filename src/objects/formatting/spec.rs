//! The little language of format specifications:
//! `[[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]`.

use crate::objects::str::characters::decimal;
use crate::objects::str::{Points, Str, as_text, points};
use crate::runtime::{Obj, Raised, Result, raise};

/// The separator between groups of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grouping {
    None,
    Comma,
    Underscore,
    /// `_` between groups of four, for bases that are powers of two.
    UnderscoreFour,
}

impl Grouping {
    /// The separator, and the size of a group; zero without groups.
    pub fn parts(self) -> (u8, usize) {
        match self {
            Grouping::None => (0, 0),
            Grouping::Comma => (b',', 3),
            Grouping::Underscore => (b'_', 3),
            Grouping::UnderscoreFour => (b'_', 4),
        }
    }
}

/// A specification.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spec {
    pub fill: u32,
    pub align: u8,
    /// `+`, `-` or a space; 0 if none is given.
    pub sign: u8,
    /// No sign before a number that is rounded to zero.
    pub no_negative_zero: bool,
    pub alternate: bool,
    pub width: usize,
    pub grouping: Grouping,
    pub precision: Option<usize>,
    pub fraction_grouping: Grouping,
    /// The letter of the type; 0 if none is given.
    pub kind: u32,
}

/// Text that is being read.
struct Reader<'a> {
    all: Points<'a>,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.all.get(self.at + ahead).map(|point| u8::try_from(point).unwrap_or(0))
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_there = self.peek(0) == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    /// A decimal number; `None` without digits.
    fn number(&mut self) -> Result<Option<usize>> {
        let mut number = None;
        while let Some(digit) = self.all.get(self.at).and_then(decimal) {
            number = Some(add_digit(number.unwrap_or(0), digit)?);
            self.at += 1;
        }
        Ok(number)
    }
}

/// A decimal number with one more digit; ValueError when it is too large.
pub(super) fn add_digit(number: usize, digit: u8) -> Result<usize> {
    let more = number.checked_mul(10).and_then(|number| number.checked_add(digit.into()));
    let more = more.filter(|&number| number <= isize::MAX as usize);
    more.ok_or_else(|| raise!(ValueError, "Too many decimal digits in format string"))
}

fn is_align(byte: Option<u8>) -> bool {
    matches!(byte, Some(b'<' | b'>' | b'=' | b'^'))
}

fn both_groupings() -> Raised {
    raise!(ValueError, "Cannot specify both ',' and '_'.")
}

impl Spec {
    /// Reads a specification for an object. The type and the alignment are the defaults if the specification has none.
    pub fn parse(text: Str<'_>, o: Obj<'_>, kind: u8, align: u8) -> Result<Self> {
        let mut rest = Reader { all: points(text), at: 0 };
        let mut spec = Spec {
            fill: ' '.into(),
            align,
            sign: 0,
            no_negative_zero: false,
            alternate: false,
            width: 0,
            grouping: Grouping::None,
            precision: None,
            fraction_grouping: Grouping::None,
            kind: kind.into(),
        };
        let has_fill = is_align(rest.peek(1)) && rest.peek(0).is_some();
        let has_align = has_fill || is_align(rest.peek(0));
        if has_fill {
            spec.fill = rest.all.get(0).unwrap_or_default();
            rest.at += 1;
        }
        if has_align {
            spec.align = rest.peek(0).unwrap_or(align);
            rest.at += 1;
        }
        if let Some(sign @ (b' ' | b'+' | b'-')) = rest.peek(0) {
            spec.sign = sign;
            rest.at += 1;
        }
        spec.no_negative_zero = rest.take(b'z');
        spec.alternate = rest.take(b'#');
        if !has_fill && rest.take(b'0') {
            spec.fill = '0'.into();
            if !has_align && align == b'>' {
                spec.align = b'=';
            }
        }
        spec.width = rest.number()?.unwrap_or(0);
        spec.grouping = grouping(&mut rest)?;
        if rest.take(b'.') {
            spec.precision = rest.number()?;
            spec.fraction_grouping = grouping(&mut rest)?;
            if spec.precision.is_none() && spec.fraction_grouping == Grouping::None {
                return Err(raise!(ValueError, "Format specifier missing precision"));
            }
        }
        match rest.all.len() - rest.at {
            0 => {}
            1 => spec.kind = rest.all.get(rest.at).unwrap_or_default(),
            _ => {
                let (shown, class) = (as_text(*text), o.class().name());
                return Err(raise!(ValueError, "Invalid format specifier '{shown}' for object of type '{class}'"));
            }
        }
        spec.check_grouping()?;
        Ok(spec)
    }

    /// Refuses groups for a type that has none.
    fn check_grouping(&mut self) -> Result<()> {
        let kind = u8::try_from(self.kind).unwrap_or(b'?');
        let fits = matches!(kind, b'd' | b'e' | b'f' | b'g' | b'E' | b'G' | b'%' | b'F' | 0);
        match self.grouping {
            Grouping::Underscore if matches!(kind, b'b' | b'o' | b'x' | b'X') => {
                self.grouping = Grouping::UnderscoreFour;
            }
            Grouping::None => {}
            grouping if !fits => return Err(no_grouping(grouping, self.kind)),
            _ => {}
        }
        match self.fraction_grouping {
            Grouping::None => Ok(()),
            grouping if !fits => Err(no_grouping(grouping, self.kind)),
            _ => Ok(()),
        }
    }

    /// ValueError: the type is not one of the object's.
    pub fn unknown_kind(&self, o: Obj<'_>) -> Raised {
        let class = o.class().name();
        match char::from_u32(self.kind) {
            Some(kind @ '!'..='\u{7f}') => {
                raise!(ValueError, "Unknown format code '{kind}' for object of type '{class}'")
            }
            _ => raise!(ValueError, "Unknown format code '\\x{:x}' for object of type '{class}'", self.kind),
        }
    }
}

fn no_grouping(grouping: Grouping, kind: u32) -> Raised {
    let separator = char::from(grouping.parts().0);
    match char::from_u32(kind) {
        Some(kind @ '!'..='\u{7f}') => raise!(ValueError, "Cannot specify '{separator}' with '{kind}'."),
        _ => raise!(ValueError, "Cannot specify '{separator}' with '\\x{kind:x}'."),
    }
}

fn grouping(rest: &mut Reader<'_>) -> Result<Grouping> {
    let mut grouping = Grouping::None;
    if rest.take(b',') {
        grouping = Grouping::Comma;
    }
    if rest.peek(0) == Some(b'_') {
        if grouping != Grouping::None {
            return Err(both_groupings());
        }
        rest.at += 1;
        grouping = Grouping::Underscore;
    }
    if rest.peek(0) == Some(b',') && grouping == Grouping::Underscore {
        return Err(both_groupings());
    }
    Ok(grouping)
}
