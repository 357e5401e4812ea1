//! The operator `%` of `str`, `bytes` and `bytearray`: `"%s is %d" % ("one", 1)` (CPython: `PyUnicode_Format`, `_PyBytes_FormatEx`). Bytes
//! are formatted as the characters with their numbers.

use super::byte_values::{byte, text_of_bytes};
use super::digits::{magnitude, prefix};
use crate::abi::{Exc, Py_DTSF_ALT};
use crate::objects::bytes::{self, NewBytes};
use crate::objects::float::format;
use crate::objects::int;
use crate::objects::nested;
use crate::objects::object::ascii;
use crate::objects::str::characters::decimal;
use crate::objects::str::{self, Builder, Points, Str, points};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{convert, subscript};
use crate::protocol::{mapping, number, text};
use crate::runtime::known::BYTEARRAY;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Raised, Ref, Result, error, raise};
use core::ffi::{c_char, c_int};

/// The arguments of a format, in their order.
struct Given<'a> {
    all: Option<Tuple<'a>>,
    /// The argument, if there is one alone.
    single: Obj<'a>,
    taken: usize,
    /// The mapping in which keys are looked up.
    mapping: Option<Obj<'a>>,
    /// The value that a key has found, which is the next argument.
    found: Option<Ref>,
    /// Whether a key has been looked up: from then on there are no other arguments.
    by_key: bool,
    /// Whether bytes are formatted.
    of_bytes: bool,
}

impl<'a> Given<'a> {
    fn new(arguments: Obj<'a>, of_bytes: bool) -> Self {
        let all = arguments.downcast();
        let is_text = str::check(arguments) || of_bytes && (bytes::check(arguments) || arguments.is_a(BYTEARRAY));
        let has_keys = mapping::check(arguments) && all.is_none() && !is_text;
        let mapping = has_keys.then_some(arguments);
        Given { all, single: arguments, taken: 0, mapping, found: None, by_key: false, of_bytes }
    }

    fn next(&mut self) -> Result<Ref> {
        if let Some(found) = self.found.take() {
            return Ok(found);
        }
        let next = match self.all {
            _ if self.by_key => None,
            Some(all) => tuple::get(all, self.taken),
            None => (self.taken == 0).then(|| self.single.to_ref()),
        };
        self.taken += 1;
        next.ok_or_else(|| raise!(TypeError, "not enough arguments for format string"))
    }

    fn look_up(&mut self, key: Obj<'_>) -> Result<()> {
        let Some(mapping) = self.mapping else { return Err(raise!(TypeError, "format requires a mapping")) };
        self.found = Some(subscript::get(mapping, key)?);
        self.by_key = true;
        Ok(())
    }

    /// TypeError when there are arguments that no conversion took.
    fn end(&self) -> Result<()> {
        let count = self.all.map_or(1, tuple::len);
        if self.mapping.is_some() || self.by_key || self.taken >= count {
            return Ok(());
        }
        let kind = if self.of_bytes { "bytes" } else { "string" };
        Err(raise!(TypeError, "not all arguments converted during {kind} formatting"))
    }
}

/// One conversion.
#[derive(Default)]
struct Conversion {
    left: bool,
    plus: bool,
    blank: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
    kind: u32,
}

/// The format that is being read.
struct Format<'a> {
    all: Points<'a>,
    at: usize,
}

impl Format<'_> {
    fn next(&mut self) -> Result<u32> {
        let point = self.all.get(self.at).ok_or_else(|| raise!(ValueError, "incomplete format"))?;
        self.at += 1;
        Ok(point)
    }

    /// The rest of a decimal number whose first character has been read, and the character after it.
    fn number(&mut self, mut point: u32, most: usize, refusal: &'static str) -> Result<(usize, u32)> {
        let mut number = 0_usize;
        while let Some(digit) = decimal(point).filter(|_| point < 0x80) {
            if number > (most - usize::from(digit)) / 10 {
                return Err(raise!(ValueError, "{refusal}"));
            }
            number = number * 10 + usize::from(digit);
            point = self.next()?;
        }
        Ok((number, point))
    }

    /// Skips a key in parentheses, and returns its range.
    fn key(&mut self) -> Result<core::ops::Range<usize>> {
        let (start, mut depth) = (self.at, 1);
        while let Some(point) = self.all.get(self.at) {
            self.at += 1;
            match char::from_u32(point) {
                Some('(') => depth += 1,
                Some(')') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(start..self.at - 1);
            }
        }
        Err(raise!(ValueError, "incomplete format key"))
    }
}

/// The text of a format and its arguments: a tuple, one object, or a mapping for keys.
pub fn format_percent(s: Str<'_>, arguments: Obj<'_>) -> Result<Ref> {
    if str::length(s) > 0 && points(s).position(0, b'%').is_none() {
        Given::new(arguments, false).end()?;
        return Ok(s.to_ref());
    }
    format_points(points(s), arguments, false)
}

/// Formats bytes by a format of bytes. The result is a string of the characters with the numbers of the bytes.
pub fn format_bytes(format: &[u8], arguments: Obj<'_>) -> Result<NewBytes> {
    let formatted = format_points(Points::Latin1(format), arguments, true)?;
    str::to_latin1(str::require(formatted.borrow())?)
}

fn format_points(all: Points<'_>, arguments: Obj<'_>, of_bytes: bool) -> Result<Ref> {
    let mut format = Format { all, at: 0 };
    let mut given = Given::new(arguments, of_bytes);
    let mut text = Builder::new();
    while format.at < all.len() {
        let start = format.at;
        format.at = all.position(start, b'%').unwrap_or(all.len());
        if start < format.at {
            // SAFETY: these are characters of a string.
            unsafe { text.push_points(all.slice(start..format.at)) }?;
        }
        if format.at < all.len() {
            format.at += 1;
            convert_next(&mut text, &mut format, &mut given)?;
        }
    }
    given.end()?;
    text.finish_or_source()
}

/// Reads a conversion after `%`, and appends its text.
fn convert_next(text: &mut Builder, format: &mut Format<'_>, given: &mut Given<'_>) -> Result<()> {
    let mut conversion = Conversion::default();
    let mut point = format.next()?;
    if point == '%'.into() {
        return text.push(point);
    }
    if point == '('.into() {
        if given.mapping.is_none() {
            return Err(raise!(TypeError, "format requires a mapping"));
        }
        let key = format.key()?;
        let key = str::from_any_points(format.all.slice(key))?;
        match given.of_bytes {
            true => given.look_up(str::to_latin1(str::require(key.borrow())?)?.as_obj())?,
            false => given.look_up(key.borrow())?,
        }
        point = format.next()?;
    }
    loop {
        match char::from_u32(point) {
            Some('-') => conversion.left = true,
            Some('+') => conversion.plus = true,
            Some(' ') => conversion.blank = true,
            Some('#') => conversion.alternate = true,
            Some('0') => conversion.zero = true,
            _ => break,
        }
        point = format.next()?;
    }
    if point == '*'.into() {
        let width = given.next()?;
        if !int::check(width.borrow()) {
            return Err(raise!(TypeError, "* wants int"));
        }
        let width = int::as_ssize_t(width.borrow())?;
        conversion.left |= width < 0;
        conversion.width = width.unsigned_abs();
        point = format.next()?;
    } else {
        (conversion.width, point) = format.number(point, isize::MAX as usize, "width too big")?;
    }
    if point == '.'.into() {
        point = format.next()?;
        if point == '*'.into() {
            let precision = given.next()?;
            if !int::check(precision.borrow()) {
                return Err(raise!(TypeError, "* wants int"));
            }
            conversion.precision = Some(usize::try_from(int::as_c_int(precision.borrow())?).unwrap_or(0));
            point = format.next()?;
        } else {
            let refusal = if given.of_bytes { "prec too big" } else { "precision too big" };
            let (precision, after) = format.number(point, i32::MAX as usize, refusal)?;
            conversion.precision = Some(precision);
            point = after;
        }
    }
    if let Some('h' | 'l' | 'L') = char::from_u32(point) {
        point = format.next()?;
    }
    conversion.kind = point;
    let value = given.next()?;
    match given.of_bytes {
        true => conversion.push_of_bytes(text, value.borrow(), format.at),
        false => conversion.push(text, value.borrow(), format.at),
    }
}

impl Conversion {
    /// Appends the text of a value. `at` is the index after the conversion.
    fn push(&self, text: &mut Builder, value: Obj<'_>, at: usize) -> Result<()> {
        match char::from_u32(self.kind) {
            Some('s') if self.is_plain() => nested::push_str(text, value),
            Some('s') => self.push_text(text, text::to_str(value)?.borrow()),
            Some('r') if self.is_plain() => nested::push_repr(text, value),
            Some('r') => self.push_text(text, text::repr(value)?.borrow()),
            Some('a') => self.push_text(text, ascii(value)?.borrow()),
            Some('c') => {
                let character = str::from_point(character(value)?)?;
                Conversion { precision: None, width: self.width, left: self.left, ..Conversion::default() }
                    .push_text(text, character.borrow())
            }
            // The fast path: exactly an `int` is shown as its repr.
            Some('i' | 'd' | 'u') if self.is_plain() && !self.plus && !self.blank && value.is_exactly(int::INT) => {
                nested::push_repr(text, value)
            }
            Some(kind @ ('i' | 'd' | 'u' | 'o' | 'x' | 'X')) => self.push_int(text, value, kind as u8),
            Some(kind @ ('e' | 'E' | 'f' | 'F' | 'g' | 'G')) => self.push_float(text, value, kind as u8),
            kind => {
                let shown = kind.filter(|kind| matches!(kind, ' '..='~')).unwrap_or('?');
                let (number, index) = (self.kind, at - 1);
                Err(raise!(ValueError, "unsupported format character '{shown}' (0x{number:x}) at index {index}"))
            }
        }
    }

    /// Appends the characters that stand for the bytes of a value.
    fn push_of_bytes(&self, text: &mut Builder, value: Obj<'_>, at: usize) -> Result<()> {
        match char::from_u32(self.kind) {
            Some('s' | 'b') => self.push_text(text, text_of_bytes(value)?.borrow()),
            Some('r') => self.push_text(text, ascii(value)?.borrow()),
            Some('c') => {
                let character = str::from_point(byte(value)?.into())?;
                Conversion { width: self.width, left: self.left, ..Conversion::default() }
                    .push_text(text, character.borrow())
            }
            Some('f' | 'F' | 'e' | 'E' | 'g' | 'G') if !number::is_real(value) => {
                Err(raise!(TypeError, "float argument required, not {}", value.class().name()))
            }
            // A plain char is negative here, if it has a sign.
            Some(kind @ '\u{80}'..) if c_char::MIN == 0 => {
                let (number, index) = (self.kind, at - 1);
                Err(raise!(ValueError, "unsupported format character '{kind}' (0x{number:x}) at index {index}"))
            }
            Some('\u{80}'..) => Err(raise!(OverflowError, "character argument not in range(0x110000)")),
            _ => self.push(text, value, at),
        }
    }

    fn is_plain(&self) -> bool {
        self.width == 0 && self.precision.is_none()
    }

    /// Appends a string, cut to the precision, in a field.
    fn push_text(&self, text: &mut Builder, s: Obj<'_>) -> Result<()> {
        let Some(all) = s.downcast().map(points) else { return Ok(()) };
        let length = self.precision.map_or(all.len(), |most| most.min(all.len()));
        let margin = self.width.saturating_sub(length);
        if length == all.len() && margin == 0 {
            return text.push_object(s);
        }
        fill(text, ' ', if self.left { 0 } else { margin })?;
        // SAFETY: these are characters of a string.
        unsafe { text.push_points(all.slice(0..length)) }?;
        fill(text, ' ', if self.left { margin } else { 0 })
    }

    /// Appends a number in a field.
    fn push_number(&self, text: &mut Builder, negative: bool, prefix: &[u8], digits: &[u8]) -> Result<()> {
        let sign: &[u8] = match negative {
            true => b"-",
            false if self.plus => b"+",
            false if self.blank => b" ",
            false => b"",
        };
        let margin = self.width.saturating_sub(sign.len() + prefix.len() + digits.len());
        let (before, zeros, after) = match (self.left, self.zero) {
            (true, _) => (0, 0, margin),
            (false, true) => (0, margin, 0),
            (false, false) => (margin, 0, 0),
        };
        fill(text, ' ', before)?;
        text.push_latin1(sign)?;
        text.push_latin1(prefix)?;
        fill(text, '0', zeros)?;
        text.push_latin1(digits)?;
        fill(text, ' ', after)
    }

    fn push_int(&self, text: &mut Builder, value: Obj<'_>, kind: u8) -> Result<()> {
        let in_base = matches!(kind, b'o' | b'x' | b'X');
        let refuse = || {
            let wanted = if in_base { "an integer is required" } else { "a real number is required" };
            let (kind, class) = (char::from(kind), value.class().name());
            raise!(TypeError, "%{kind} format: {wanted}, not {class}")
        };
        if !number::check(value) {
            return Err(refuse());
        }
        let number = match value.downcast::<crate::abi::PyLongObject>() {
            Some(int) => int.to_ref(),
            None => {
                let converted =
                    if in_base { number::index(value).map(|int| int.into_ref()) } else { convert::to_int(value) };
                converted.map_err(|raised| instead_of_type_error(raised, refuse))?
            }
        };
        let Some(number) = number.borrow().downcast().map(int::number) else { return Err(refuse()) };
        let digits = magnitude(number, if in_base { kind } else { b'd' })?;
        let missing = self.precision.map_or(0, |least| least.saturating_sub(digits.len()));
        let mut padded: Array<u8> = Array::new_in(Malloc);
        memory::reserve(&mut padded, missing + digits.len())?;
        memory::fill(&mut padded, core::iter::repeat_n(b'0', missing));
        memory::fill(&mut padded, digits.iter().copied());
        let prefix = if self.alternate { prefix(if in_base { kind } else { b'd' }) } else { b"" };
        self.push_number(text, number.negative, prefix, &padded)
    }

    fn push_float(&self, text: &mut Builder, value: Obj<'_>, kind: u8) -> Result<()> {
        let value = convert::as_f64(value)?;
        let flags = if self.alternate { Py_DTSF_ALT } else { 0 };
        let precision = c_int::try_from(self.precision.unwrap_or(6)).unwrap_or(c_int::MAX);
        let shown = format::format(value, kind, precision, flags)?;
        let negative = shown.first() == Some(&b'-');
        self.push_number(text, negative, b"", shown.get(usize::from(negative)..).unwrap_or_default())
    }
}

fn instead_of_type_error(raised: Raised, other: impl FnOnce() -> Raised) -> Raised {
    if error::pending_is(Exc::TypeError) { other() } else { raised }
}

fn fill(text: &mut Builder, point: char, count: usize) -> Result<()> {
    text.fill(point, count)
}

/// The character of the conversion `c`: that of a string of one, or a number.
fn character(value: Obj<'_>) -> Result<u32> {
    if let Some(s) = value.downcast().map(points) {
        return match (s.get(0), s.len()) {
            (Some(point), 1) => Ok(point),
            (_, length) => {
                Err(raise!(TypeError, "%c requires an int or a unicode character, not a string of length {length}"))
            }
        };
    }
    let refuse = || raise!(TypeError, "%c requires an int or a unicode character, not {}", value.class().name());
    if !number::is_index(value) {
        return Err(refuse());
    }
    let number = number::index(value)?;
    let point = int::number(number.borrow()).to_i64().and_then(|number| u32::try_from(number).ok());
    let point = point.filter(|&point| point <= char::MAX.into());
    point.ok_or_else(|| raise!(OverflowError, "%c arg not in range(0x110000)"))
}
