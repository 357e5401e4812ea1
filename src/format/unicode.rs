//! The language of `PyUnicode_FromFormat`: text in ASCII with conversions like `%-5.3zd`, `%R` and `%#T` in it.

use super::cursor::Cursor;
use super::digits::{self, MAX_DIGITS, digits};
use super::va_list::Arguments;
use crate::abi::va_list;
use crate::objects::class_name;
use crate::objects::str::{self, Builder, Points};
use crate::objects::{nested, object};
use crate::protocol::text;
use crate::runtime::memory::Lossy;
use crate::runtime::refusal;
use crate::runtime::{Obj, Raised, Ref, Result, raise};
use core::ffi::{CStr, c_int};

/// A new `str` made from a format and its arguments (CPython: `PyUnicode_FromFormatV`). The caller can use `list`
/// again.
///
/// # Safety
/// `list` is a `va_list` that C passed, with the arguments that the format asks for. Each object among them is NULL or
/// live. Each string is NULL, or ends with a NUL, or is as long as its precision.
pub unsafe fn str_from_va_list(format: &CStr, list: va_list) -> Result<Ref> {
    // SAFETY: the list has the arguments that this format asks for, and `build` steps through this format.
    unsafe { Arguments::copied(list, |arguments| build(format, arguments)) }
}

/// The text of a format and its arguments.
fn build(format: &CStr, arguments: &mut Arguments) -> Result<Ref> {
    let mut text = Builder::new();
    let mut rest = Cursor::new(format);
    loop {
        let plain = rest.take_while(|byte| byte != b'%');
        require_ascii(plain)?;
        text.push_latin1(plain)?;
        let from_percent = rest.rest();
        if !rest.take(b'%') {
            return text.finish_or_source();
        }
        if rest.take(b'%') {
            text.push(b'%'.into())?;
            continue;
        }
        let conversion = Conversion::parse(&mut rest, arguments)?;
        conversion.write(&mut text, arguments, from_percent)?;
    }
}

/// ValueError for a byte of the format that is not ASCII.
fn require_ascii(part: &[u8]) -> Result<()> {
    match part.iter().find(|byte| !byte.is_ascii()) {
        None => Ok(()),
        Some(byte) => Err(raise!(
            ValueError,
            "PyUnicode_FromFormatV() expects an ASCII-encoded format string, got a non-ASCII byte: 0x{byte:02x}"
        )),
    }
}

/// The width of an argument by its length modifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Size {
    /// No modifier.
    Int,
    /// `l`
    Long,
    /// `ll`, `z`, `t` or `j`
    Other,
}

/// One conversion, after its `%`.
struct Conversion {
    left: bool,
    zero: bool,
    alternate: bool,
    width: Option<usize>,
    /// Negative only if the argument of a `*` was negative, which counts as 0.
    precision: Option<isize>,
    size: Size,
    /// The letter; `None` at the format's end.
    kind: Option<u8>,
}

impl Conversion {
    /// Steps over a conversion, and reads the argument of each `*` in it.
    fn parse(rest: &mut Cursor<'_>, arguments: &mut Arguments) -> Result<Self> {
        let flags = rest.take_while(|byte| b"-0#".contains(&byte));
        let mut left = flags.contains(&b'-');
        let width = if rest.take(b'*') {
            let width = arguments.int();
            left |= width < 0;
            Some(width.unsigned_abs() as usize)
        } else {
            rest.number("width too big")?.map(isize::unsigned_abs)
        };
        let precision = if !rest.take(b'.') {
            None
        } else if rest.take(b'*') {
            Some(arguments.int() as isize)
        } else {
            rest.number("precision too big")?
        };
        let size = if rest.take(b'l') {
            if rest.take(b'l') { Size::Other } else { Size::Long }
        } else if rest.take(b'z') || rest.take(b't') || rest.take(b'j') {
            Size::Other
        } else {
            Size::Int
        };
        let (zero, alternate) = (flags.contains(&b'0'), flags.contains(&b'#'));
        Ok(Conversion { left, zero, alternate, width, precision, size, kind: rest.next() })
    }

    /// Whether CPython has this letter in combination with this size, width and precision.
    fn is_valid(&self) -> bool {
        match self.kind {
            Some(b'd' | b'i' | b'o' | b'u' | b'x' | b'X') => true,
            Some(b'c' | b'p') => {
                let has_precision = self.precision.is_some_and(|precision| precision >= 0);
                self.size == Size::Int && self.width.is_none() && !has_precision
            }
            Some(b's' | b'V') => self.size != Size::Other,
            Some(b'U' | b'S' | b'R' | b'A' | b'T' | b'N') => self.size == Size::Int,
            _ => false,
        }
    }

    /// Whether text is written as a whole, neither cut nor padded.
    fn is_whole(&self) -> bool {
        self.width.is_none() && self.precision.is_none()
    }

    /// The precision as a number of bytes, characters or digits.
    fn precision(&self) -> Option<usize> {
        self.precision.map(|precision| usize::try_from(precision).unwrap_or(0))
    }

    /// Reads the conversion's argument, and appends its text. `from_percent` is the format from the conversion on.
    fn write(&self, text: &mut Builder, arguments: &mut Arguments, from_percent: &[u8]) -> Result<()> {
        let Some(kind) = self.kind.filter(|_| self.is_valid()) else {
            require_ascii(from_percent)?;
            return Err(raise!(SystemError, "invalid format string: {}", Lossy(from_percent)));
        };
        match kind {
            b'c' => character(text, arguments.int()),
            b'p' => {
                text.push_latin1(b"0x")?;
                text.push_latin1(digits::pointer(arguments.pointer(), &mut [0; MAX_DIGITS]))
            }
            b's' => self.c_text(text, arguments),
            b'V' => match arguments.object() {
                Some(o) => {
                    // `%V` has two arguments. The object is used, so the C string is skipped.
                    arguments.pointer();
                    self.characters(text, o)
                }
                None => self.c_text(text, arguments),
            },
            b'U' => self.characters(text, object(arguments)?),
            // The fast path: text that is neither cut nor padded is written without a string of its own.
            b'S' | b'R' if self.is_whole() => match arguments.object() {
                None => text.push_latin1(b"<NULL>"),
                Some(o) if kind == b'R' => nested::push_repr(text, o),
                Some(o) => nested::push_str(text, o),
            },
            b'S' | b'R' | b'A' => {
                let shown = match (arguments.object(), kind) {
                    (None, _) => str::from_str("<NULL>"),
                    (Some(o), b'S') => text::to_str(o),
                    (Some(o), b'R') => text::repr(o),
                    (Some(o), _) => object::ascii(o),
                }?;
                self.characters(text, shown.borrow())
            }
            b'T' | b'N' => {
                let o = object(arguments)?;
                let class = match kind {
                    b'T' => o.class(),
                    _ => o.as_type().ok_or_else(|| raise!(TypeError, "%N argument must be a type"))?,
                };
                let name = class_name::fully_qualified(class, if self.alternate { ':' } else { '.' })?;
                self.characters(text, name.borrow())
            }
            _ => self.integer(text, kind, arguments),
        }
    }

    /// `%d`, `%i`, `%u`, `%o`, `%x`, `%X`: spaces, sign, zeros and digits.
    fn integer(&self, text: &mut Builder, kind: u8, arguments: &mut Arguments) -> Result<()> {
        let signed = matches!(kind, b'd' | b'i');
        let value = match self.size {
            Size::Int if signed => arguments.int().into(),
            Size::Int => (arguments.int() as u32).into(),
            Size::Long | Size::Other => arguments.int64(),
        };
        let sign = usize::from(signed && value < 0);
        let mut buffer = [0; MAX_DIGITS];
        let digits = digits(if signed { value.unsigned_abs() } else { value as u64 }, kind, &mut buffer);

        let precision = digits.len().max(self.precision().unwrap_or(0));
        let width = self.width.unwrap_or(0).max(precision.saturating_add(sign));
        let precision = if self.zero && !self.left { width - sign } else { precision };
        let spaces = width - sign - precision;
        text.fill(' ', if self.left { 0 } else { spaces })?;
        text.fill('-', sign)?;
        text.fill('0', precision - digits.len())?;
        text.push_latin1(digits)?;
        text.fill(' ', if self.left { spaces } else { 0 })
    }

    /// The characters of a `str`, cut to the precision and padded to the width. TypeError for an object that is not a
    /// `str`.
    fn characters(&self, text: &mut Builder, s: Obj<'_>) -> Result<()> {
        let s = str::require(s)?;
        if self.is_whole() {
            return text.push_object(*s);
        }
        // SAFETY: these are a string's own characters.
        unsafe { self.points(text, str::points(s)) }
    }

    /// Characters, cut to the precision and padded to the width.
    ///
    /// # Safety
    /// They are the characters of a string.
    unsafe fn points(&self, text: &mut Builder, points: Points<'_>) -> Result<()> {
        let length = self.precision().map_or(points.len(), |precision| precision.min(points.len()));
        let spaces = self.width.unwrap_or(0).saturating_sub(length);
        text.fill(' ', if self.left { 0 } else { spaces })?;
        // SAFETY: they are the characters of a string, by this function's condition.
        unsafe { text.push_points(points.slice(0..length)) }?;
        text.fill(' ', if self.left { spaces } else { 0 })
    }

    /// `%s` and `%ls`: a C string of the conversion's size. No more of it is read than the precision allows.
    fn c_text(&self, text: &mut Builder, arguments: &mut Arguments) -> Result<()> {
        let limit = self.precision().unwrap_or(usize::MAX);
        // The precision counted bytes or units of the C string, so that it does not count characters as well.
        let uncut = Conversion { precision: None, ..*self };
        let s = if self.size == Size::Int {
            let bytes = arguments.bytes(limit).ok_or_else(null_argument)?;
            if bytes.is_ascii() {
                // SAFETY: the bytes are ASCII, as the condition says.
                return unsafe { uncut.points(text, Points::Ascii(bytes)) };
            }
            str::from_utf8_replaced(bytes, bytes.len() == limit)
        } else {
            str::from_wide(arguments.wide(limit).ok_or_else(null_argument)?)
        }?;
        uncut.characters(text, s.borrow())
    }
}

/// `%c`
fn character(text: &mut Builder, ordinal: c_int) -> Result<()> {
    match u32::try_from(ordinal) {
        Ok(point) if point <= char::MAX.into() => text.push(point),
        _ => Err(raise!(OverflowError, "character argument not in range(0x110000)")),
    }
}

/// The next argument, an object that must not be NULL.
fn object<'a>(arguments: &mut Arguments) -> Result<Obj<'a>> {
    arguments.object().ok_or_else(null_argument)
}

#[cold]
fn null_argument() -> Raised {
    refusal::null_argument("PyUnicode_FromFormat")
}
