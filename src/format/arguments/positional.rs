//! Formats for positional arguments: `PyArg_ParseTuple`, `PyArg_Parse` and their kin.

use super::Warn;
use super::format::{Format, Malformed, Words};
use super::parse::Parse;
use crate::abi::va_list;
use crate::format::va_list::Arguments;
use crate::runtime::memory::Lossy;
use crate::runtime::{Obj, Raised, Result, fatal, raise};
use core::ffi::CStr;
use core::fmt::{self, Display, from_fn};

/// Ends the process for a format whose parentheses do not match, as CPython does.
#[cold]
fn end(malformed: Malformed) -> ! {
    fatal::error("vgetargs1_impl", format_args!("{}", malformed.message()))
}

/// A parsed format.
#[inline]
fn parsed(format: &CStr) -> Format<'_> {
    Format::parse(format.to_bytes()).unwrap_or_else(|malformed| end(malformed))
}

/// The function of some words for messages, with `()` after its name, up to a length.
pub(super) fn function<'a>(words: Words<'a>, limit: usize, unnamed: &'static str) -> impl Display + 'a {
    from_fn(move |out: &mut fmt::Formatter<'_>| match words.name {
        None => out.write_str(unnamed),
        Some(name) => write!(out, "{}()", Cut(name, limit)),
    })
}

/// A text from C for messages, up to a length (CPython: `%.200s`). A character that is cut is left out.
pub(super) struct Cut<'a>(pub &'a [u8], pub usize);

impl Display for Cut<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(start) = self.0.get(..self.1) else { return Lossy(self.0).fmt(out) };
        let incomplete = match start.utf8_chunks().last().map(|chunk| chunk.invalid()) {
            Some(incomplete @ [0xc2..=0xf4, ..]) => incomplete.len(),
            _ => 0,
        };
        Lossy(start.get(..start.len() - incomplete).unwrap_or_default()).fmt(out)
    }
}

/// The ending of a word in the plural.
pub(super) fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// Converts the items of a tuple or an array by a format.
///
/// # Safety
/// `list` is a `va_list` that C passed, with the places that the format asks for: each is NULL or writable for its
/// unit, each type live, each converter a function.
pub unsafe fn parse_items(objects: &[Obj<'_>], format: &CStr, list: va_list, warn: Warn) -> Result<()> {
    let format = parsed(format);
    let (given, Format { least, most, .. }) = (objects.len(), format);
    if !(least..=most).contains(&given) {
        return Err(wrong_count(&format, given));
    }
    let walk = |arguments: &mut Arguments| {
        let (mut parse, mut rest) = (Parse::new(arguments, warn), format.units());
        let mut convert_all = || {
            for (index, o) in objects.iter().enumerate() {
                rest.take(b'|');
                let converted = parse.convert(&mut rest, *o, 0);
                converted.map_err(|refused| parse.refuse(Some(index + 1), refused, &format.words()))?;
            }
            match rest.rest().first() {
                None | Some(b'(' | b'|' | b':' | b';') => Ok(()),
                Some(byte) if byte.is_ascii_alphabetic() => Ok(()),
                Some(_) => Err(raise!(SystemError, "bad format string: {}", Cut(format.text(), 200))),
            }
        };
        let result = convert_all();
        parse.finish(result)
    };
    // SAFETY: the list has the places that this format asks for, by this function's condition.
    unsafe { Arguments::copied(list, walk) }
}

/// Converts one object by a format of one unit (CPython: `PyArg_Parse`).
///
/// # Safety
/// As for [`parse_items`].
pub unsafe fn parse_object(o: Option<Obj<'_>>, format: &CStr, list: va_list, warn: Warn) -> Result<()> {
    let format = parsed(format);
    let words = format.words();
    let o = match (format.least, format.most, o) {
        (_, 0, None) => return Ok(()),
        (_, 0, Some(_)) => return Err(raise!(TypeError, "{} takes no arguments", function(words, 200, "function"))),
        (1, 1, None) => {
            return Err(raise!(TypeError, "{} takes at least one argument", function(words, 200, "function")));
        }
        (1, 1, Some(o)) => o,
        _ => return Err(raise!(SystemError, "old style getargs format uses new features")),
    };
    let walk = |arguments: &mut Arguments| {
        let mut parse = Parse::new(arguments, warn);
        let converted = parse.convert(&mut format.units(), o, 0);
        let result = converted.map_err(|refused| parse.refuse(None, refused, &words));
        parse.finish(result)
    };
    // SAFETY: the list has the places that this format asks for, by this function's condition.
    unsafe { Arguments::copied(list, walk) }
}

/// TypeError: the number of arguments is wrong.
#[cold]
fn wrong_count(format: &Format<'_>, given: usize) -> Raised {
    let (Format { least, most, .. }, words) = (*format, format.words());
    if let Some(message) = words.message {
        return crate::objects::exceptions::raise_text(crate::abi::Exc::TypeError.class().as_obj(), message);
    }
    let (bound, few) = if given < least { (least, "at least") } else { (most, "at most") };
    let quantity = if least == most { "exactly" } else { few };
    let (function, plural) = (function(words, 150, "function"), plural(bound));
    raise!(TypeError, "{function} takes {quantity} {bound} argument{plural} ({given} given)")
}
