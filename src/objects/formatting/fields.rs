//! `str.format` and `str.format_map`: replacement fields in braces.

use super::format;
use super::spec::add_digit;
use crate::abi::Exc;
use crate::objects::object::ascii;
use crate::objects::str::characters::decimal;
use crate::objects::str::{self, Builder, Points, Str, points};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{attributes, dict, int, nested, subscript};
use crate::protocol::{sequence, text};
use crate::runtime::known::{FLOAT, INT, STR};
use crate::runtime::{Obj, Raised, Ref, Result, error, raise};
use core::ops::Range;

/// The values of the fields.
#[derive(Debug, Clone, Copy)]
pub struct Arguments<'a> {
    /// Those by position; `format_map` has none.
    pub positional: Option<Tuple<'a>>,
    /// Those by name.
    pub named: Option<Obj<'a>>,
}

/// The way in which fields without a name get their numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Unknown,
    Automatic(usize),
    Manual,
}

/// A format, its values, and the state of the numbering.
struct Formatter<'a> {
    arguments: Arguments<'a>,
    numbering: Numbering,
}

/// A replacement field: ranges of the text.
struct Field {
    name: Range<usize>,
    conversion: Option<u32>,
    spec: Range<usize>,
    /// Whether the specification has fields itself.
    is_nested: bool,
}

/// The text of a format; the format itself when it has no braces.
pub fn format_fields(s: Str<'_>, arguments: Arguments<'_>) -> Result<Ref> {
    let is_brace = |point: u32| point == '{'.into() || point == '}'.into();
    if str::length(s) > 0 && !points(s).iter().any(is_brace) {
        return Ok(s.to_ref());
    }
    let mut formatter = Formatter { arguments, numbering: Numbering::Unknown };
    let mut text = Builder::new();
    formatter.push(&mut text, points(s), 2)?;
    text.finish_or_source()
}

fn is(point: Option<u32>, wanted: char) -> bool {
    point == Some(wanted.into())
}

fn error(message: &'static str) -> Raised {
    error::raise(Exc::ValueError, message)
}

impl Formatter<'_> {
    /// Appends the text of a format, whose specifications may have fields down to a depth.
    fn push(&mut self, text: &mut Builder, all: Points<'_>, depth: usize) -> Result<()> {
        if depth == 0 {
            return Err(error("Max string recursion exceeded"));
        }
        let mut at = 0;
        while at < all.len() {
            let start = at;
            let brace = (start..all.len()).find(|&at| is(all.get(at), '{') || is(all.get(at), '}'));
            let Some(brace) = brace else {
                // SAFETY: these are characters of a string.
                return unsafe { text.push_points(all.slice(start..all.len())) };
            };
            let (point, next) = (all.get(brace), all.get(brace + 1));
            let is_doubled = next == point;
            if is(point, '}') && !is_doubled {
                return Err(error("Single '}' encountered in format string"));
            }
            if next.is_none() {
                return Err(error("Single '{' encountered in format string"));
            }
            let end = if is_doubled { brace + 1 } else { brace };
            // SAFETY: these are characters of a string.
            unsafe { text.push_points(all.slice(start..end)) }?;
            at = if is_doubled {
                brace + 2
            } else {
                let (field, after) = parse(all, brace + 1)?;
                self.push_field(text, all, &field, depth)?;
                after
            };
        }
        Ok(())
    }

    /// Appends the text of a field's value.
    fn push_field(&mut self, text: &mut Builder, all: Points<'_>, field: &Field, depth: usize) -> Result<()> {
        let mut value = self.value(all.slice(field.name.clone()))?;
        if let Some(conversion) = field.conversion {
            value = convert(value.borrow(), conversion)?;
        }
        let spec = all.slice(field.spec.clone());
        let class = value.borrow().class();
        if spec.is_empty() && (class == STR || class == INT || class == FLOAT) {
            return nested::push_str(text, value.borrow());
        }
        let spec = if field.is_nested {
            let mut expanded = Builder::new();
            self.push(&mut expanded, spec, depth - 1)?;
            expanded.finish()?
        } else {
            str::from_any_points(spec)?
        };
        text.push_object(format(value.borrow(), Some(spec.borrow()))?.borrow())
    }

    /// The value of a field by its name: `0`, `name`, `0.attribute`, `name[key]`.
    fn value(&mut self, name: Points<'_>) -> Result<Ref> {
        let first = (0..name.len()).find(|&at| is(name.get(at), '.') || is(name.get(at), '[')).unwrap_or(name.len());
        let mut value = self.first_value(name.slice(0..first))?;
        let mut at = first;
        while at < name.len() {
            let start = at + 1;
            let is_attribute = is(name.get(at), '.');
            if !is_attribute && !is(name.get(at), '[') {
                return Err(error("Only '.' or '[' may follow ']' in format field specifier"));
            }
            let ends = |at: &usize| match is_attribute {
                true => is(name.get(*at), '.') || is(name.get(*at), '['),
                false => is(name.get(*at), ']'),
            };
            let end = (start..name.len()).find(ends);
            if end.is_none() && !is_attribute {
                return Err(error("Missing ']' in format string"));
            }
            let end = end.unwrap_or(name.len());
            at = if is_attribute { end } else { end + 1 };
            let part = name.slice(start..end);
            if part.is_empty() {
                return Err(error("Empty attribute in format string"));
            }
            value = if is_attribute {
                attributes::get(value.borrow(), str::from_any_points(part)?.borrow())?
            } else {
                item(value.borrow(), part)?
            };
        }
        Ok(value)
    }

    /// The value of a number or a name.
    fn first_value(&mut self, name: Points<'_>) -> Result<Ref> {
        let index = integer(name)?;
        let index = if name.is_empty() || index.is_some() {
            self.numbering = match (self.numbering, index) {
                (Numbering::Manual, None) => {
                    return Err(error("cannot switch from manual field specification to automatic field numbering"));
                }
                (Numbering::Automatic(_), Some(_)) => {
                    return Err(error("cannot switch from automatic field numbering to manual field specification"));
                }
                (Numbering::Automatic(next), None) => Numbering::Automatic(next + 1),
                (Numbering::Unknown, None) => Numbering::Automatic(1),
                (_, Some(_)) => Numbering::Manual,
            };
            match self.numbering {
                Numbering::Automatic(next) => Some(next - 1),
                _ => index,
            }
        } else {
            None
        };
        let Some(index) = index else {
            let key = str::from_any_points(name)?;
            let Some(named) = self.arguments.named else { return Err(dict::missing(key.borrow())) };
            return subscript::get(named, key.borrow());
        };
        let Some(positional) = self.arguments.positional else {
            return Err(error("Format string contains positional fields"));
        };
        tuple::get(positional, index)
            .ok_or_else(|| raise!(IndexError, "Replacement index {index} out of range for positional args tuple"))
    }
}

/// The number that a text of digits is; `None` for other text.
fn integer(text: Points<'_>) -> Result<Option<usize>> {
    let mut number = None;
    for point in text.iter() {
        let Some(digit) = decimal(point) else { return Ok(None) };
        number = Some(add_digit(number.unwrap_or(0), digit)?);
    }
    Ok(number)
}

/// The item of a value by a number, or by a key.
fn item(value: Obj<'_>, part: Points<'_>) -> Result<Ref> {
    match integer(part)? {
        Some(index) if sequence::check(value) => sequence::item(value, index as isize),
        Some(index) => subscript::get(value, int::from_u64(index as u64)?.borrow()),
        None => subscript::get(value, str::from_any_points(part)?.borrow()),
    }
}

fn convert(value: Obj<'_>, conversion: u32) -> Result<Ref> {
    match char::from_u32(conversion) {
        Some('r') => text::repr(value),
        Some('s') => text::to_str(value),
        Some('a') => ascii(value),
        Some(shown @ '!'..='~') => Err(raise!(ValueError, "Unknown conversion specifier {shown}")),
        _ => Err(raise!(ValueError, "Unknown conversion specifier \\x{conversion:x}")),
    }
}

/// Reads a field after its opening brace, and returns the index after its closing one.
fn parse(all: Points<'_>, start: usize) -> Result<(Field, usize)> {
    let mut at = start;
    let end = loop {
        match all.get(at).and_then(char::from_u32) {
            None if at >= all.len() => return Err(error("expected '}' before end of string")),
            Some('{') => return Err(error("unexpected '{' in field name")),
            Some('[') => at = (at..all.len()).find(|&at| is(all.get(at), ']')).unwrap_or(all.len()),
            Some('}' | ':' | '!') => break at,
            _ => at += 1,
        }
    };
    let mut field = Field { name: start..end, conversion: None, spec: 0..0, is_nested: false };
    at = end + 1;
    if is(all.get(end), '}') {
        return Ok((field, at));
    }
    if is(all.get(end), '!') {
        let conversion = all.get(at);
        field.conversion =
            Some(conversion.ok_or_else(|| error("end of string while looking for conversion specifier"))?);
        at += 1;
        match all.get(at) {
            Some(point) if point == '}'.into() => return Ok((field, at + 1)),
            Some(point) if point != ':'.into() => return Err(error("expected ':' after conversion specifier")),
            Some(_) => at += 1,
            None => {}
        }
    }
    let (spec, mut depth) = (at, 1);
    while let Some(point) = all.get(at) {
        at += 1;
        match char::from_u32(point) {
            Some('{') => {
                field.is_nested = true;
                depth += 1;
            }
            Some('}') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            field.spec = spec..at - 1;
            return Ok((field, at));
        }
    }
    Err(error("unmatched '{' in format spec"))
}
