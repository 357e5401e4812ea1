//! Translating characters by a mapping.

use super::builder::Builder;
use super::layout::{Str, check, points};
use crate::abi::Exc;
use crate::objects::{int, subscript};
use crate::runtime::known::NONE;
use crate::runtime::{Obj, Ref, Result, error, raise};

/// The string with each character replaced by the text, the character or the nothing that a mapping has for its number (CPython:
/// `PyUnicode_Translate`). A character that the mapping does not have stays.
pub fn translate(s: Str<'_>, table: Obj<'_>) -> Result<Ref> {
    let mut text = Builder::new();
    for point in points(s).iter() {
        match look_up(table, point)? {
            None => text.push(point)?,
            Some(to) if to.borrow().is(NONE) => {}
            Some(to) => match to.borrow().downcast() {
                Some(number) => text.push(character(number)?)?,
                None if check(to.borrow()) => text.push_object(to.borrow())?,
                None => return Err(raise!(TypeError, "character mapping must return integer, None or str")),
            },
        }
    }
    text.finish()
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

/// A number as a character.
fn character(number: int::Int<'_>) -> Result<u32> {
    let number = int::number(number).to_i64().and_then(|number| u32::try_from(number).ok());
    let number = number.filter(|&number| number <= char::MAX.into());
    number.ok_or_else(|| raise!(ValueError, "character mapping must be in range(0x110000)"))
}
