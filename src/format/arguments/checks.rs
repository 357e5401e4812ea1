//! Checks of arguments that are not converted, and their messages.

use super::positional::{Cut, plural};
use super::refusal::with_kind;
use crate::objects::dict::{self, Dict};
use crate::objects::str;
use crate::objects::tuple::{self, Tuple};
use crate::runtime::{Obj, Raised, Result, raise};
use core::ffi::CStr;

/// TypeError unless all keys are strings (CPython: `PyArg_ValidateKeywordArguments`).
pub fn require_text_keys(keywords: Dict<'_>) -> Result<()> {
    match dict::entries(keywords).all(|(keyword, _)| str::check(keyword.borrow())) {
        true => Ok(()),
        false => Err(raise!(TypeError, "keywords must be strings")),
    }
}

/// TypeError unless the number of arguments is between two bounds. Without a name the arguments are those of a tuple.
#[inline]
pub fn check_positional(name: Option<&CStr>, given: isize, least: isize, most: isize) -> Result<()> {
    if given < least {
        return Err(wrong_count(name, given, least, if least == most { "" } else { "at least " }));
    }
    if given > most && given != 0 {
        return Err(wrong_count(name, given, most, if least == most { "" } else { "at most " }));
    }
    Ok(())
}

#[cold]
fn wrong_count(name: Option<&CStr>, given: isize, bound: isize, quantity: &str) -> Raised {
    let plural = plural(if bound == 1 { 1 } else { 0 });
    match name {
        Some(name) => {
            let name = Cut(name.to_bytes(), 200);
            raise!(TypeError, "{name} expected {quantity}{bound} argument{plural}, got {given}")
        }
        None => raise!(TypeError, "unpacked tuple should have {quantity}{bound} element{plural}, but has {given}"),
    }
}

/// TypeError: an argument has a wrong type.
pub fn bad_argument(function: &CStr, argument: &CStr, expected: &CStr, o: Obj<'_>) -> Raised {
    let (function, argument) = (Cut(function.to_bytes(), 200), Cut(argument.to_bytes(), 200));
    let expected = Cut(expected.to_bytes(), 50);
    with_kind(o, |kind| raise!(TypeError, "{function}() {argument} must be {expected}, not {}", Cut(kind, 50)))
}

/// TypeError when there are keyword arguments.
pub fn no_keywords(function: &CStr, keywords: Dict<'_>) -> Result<()> {
    match dict::len(keywords) {
        0 => Ok(()),
        _ => Err(raise!(TypeError, "{}() takes no keyword arguments", Cut(function.to_bytes(), 200))),
    }
}

/// TypeError when there are positional arguments.
pub fn no_positional(function: &CStr, arguments: Tuple<'_>) -> Result<()> {
    match tuple::len(arguments) {
        0 => Ok(()),
        _ => Err(raise!(TypeError, "{}() takes no positional arguments", Cut(function.to_bytes(), 200))),
    }
}
