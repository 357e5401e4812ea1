//! Translating characters by a mapping.

use super::builder::Builder;
use super::layout::{Str, check, points};
use crate::abi::{Exc, PyDictObject, PyLongObject};
use crate::objects::dict::Dict;
use crate::objects::{arguments, dict, int, subscript};
use crate::runtime::known::{DICT, NONE};
use crate::runtime::refusal::null_error;
use crate::runtime::{Obj, Ref, Result, error, raise};

/// The string with each character replaced by the value that a mapping has for its number, which is a text, a
/// character, or None for no text (CPython: `PyUnicode_Translate`). A character that the mapping does not have stays.
pub fn translate(s: Str<'_>, table: Obj<'_>) -> Result<Ref> {
    let mut text = Builder::new();
    for point in points(s).iter() {
        match look_up(table, point)? {
            None => text.push(point)?,
            Some(to) if to.borrow().is(NONE) => {}
            Some(to) => match to.borrow().downcast() {
                Some(number) => text.push(character(number, Exc::ValueError)?)?,
                None if check(to.borrow()) => text.push_object(to.borrow())?,
                None => return Err(raise!(TypeError, "character mapping must return integer, None or str")),
            },
        }
    }
    text.finish()
}

/// `str.maketrans`: a dict for [`translate`]. Of one argument, a dict, whose keys of one character become numbers; of
/// two strings, the characters of the second for those of the first; the characters of a third are left out.
pub fn make_table(given: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("maketrans", given.len(), 1, 3)?;
    let mut strings = given.iter().enumerate().skip(1).map(|(index, o)| -> Result<Str<'_>> {
        let refuse =
            || raise!(TypeError, "maketrans() argument {} must be str, not {}", index + 1, arguments::kind(*o));
        o.downcast().ok_or_else(refuse)
    });
    let (to, left_out) = (strings.next().transpose()?, strings.next().transpose()?);
    let Some(from) = given.first() else { return Err(null_error()) };
    let table = dict::new()?;
    let put = |key: u32, value: Obj<'_>| dict::set(table.borrow(), int::from_i64(key.into())?.borrow(), value);
    let Some(to) = to else {
        fill_table(table.borrow(), *from)?;
        return Ok(table.into_ref());
    };
    let Some(from) = from.downcast() else {
        return Err(raise!(TypeError, "first maketrans argument must be a string if there is a second argument"));
    };
    if points(from).len() != points(to).len() {
        return Err(raise!(ValueError, "the first two maketrans arguments must have equal length"));
    }
    for (from, to) in points(from).iter().zip(points(to).iter()) {
        put(from, int::from_i64(to.into())?.borrow())?;
    }
    for point in left_out.iter().flat_map(|s| points(*s).iter()) {
        put(point, NONE)?;
    }
    Ok(table.into_ref())
}

/// Puts the items of a dict into a table.
fn fill_table(table: Dict<'_>, from: Obj<'_>) -> Result<()> {
    let Some(from) = from.downcast::<PyDictObject>().filter(|from| from.is_exactly(DICT)) else {
        return Err(raise!(TypeError, "if you give only one argument to maketrans it must be a dict"));
    };
    for (key, value) in dict::entries(from) {
        let (key, value) = (key.borrow(), value.borrow());
        if let Some(text) = key.downcast() {
            let mut characters = points(text).iter();
            let (Some(point), None) = (characters.next(), characters.next()) else {
                return Err(raise!(ValueError, "string keys in translatetable must be of length 1"));
            };
            dict::set(table, int::from_i64(point.into())?.borrow(), value)?;
        } else if key.downcast::<PyLongObject>().is_some() {
            dict::set(table, key, value)?;
        } else {
            return Err(raise!(TypeError, "keys in translate table mustbe strings or integers"));
        }
    }
    Ok(())
}

/// The object that a mapping has for a character; `None` when it has none.
fn look_up(table: Obj<'_>, point: u32) -> Result<Option<Ref>> {
    match subscript::get(table, int::from_i64(point.into())?.borrow()) {
        Ok(found) => Ok(Some(found)),
        Err(_) if error::pending_is(Exc::LookupError) => {
            error::clear();
            Ok(None)
        }
        Err(raised) => Err(raised),
    }
}

/// A number as a character; an error of this class beyond Unicode.
pub(super) fn character(number: int::Int<'_>, beyond: Exc) -> Result<u32> {
    let number = int::number(number).to_i64().and_then(|number| u32::try_from(number).ok());
    let number = number.filter(|&number| number <= char::MAX.into());
    number.ok_or_else(|| error::raise_formatted(beyond, format_args!("character mapping must be in range(0x110000)")))
}
