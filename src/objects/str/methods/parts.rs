//! The methods that search for parts of a string, split it, or replace parts.

use super::{From, size, text};
use crate::objects::arguments::{self, Signature};
use crate::objects::dict::Dict;
use crate::objects::str::{Str, change, check, search, split as splitting};
use crate::objects::tuple;
use crate::objects::{index as indices, int};
use crate::protocol::number;
use crate::protocol::truth::truth;
use crate::runtime::{Obj, Ref, Result, known, raise, refusal};

pub(super) use splitting::Ends;

/// The bounds of a search, the second and third of up to three arguments. None stands for a bound that is not given.
fn bounds(arguments: &[Obj<'_>]) -> Result<(isize, isize)> {
    let bound = |at: usize, default: isize| match arguments.get(at) {
        Some(bound) if bound.is(known::NONE) => Ok(default),
        None => Ok(default),
        Some(bound) if number::is_index(*bound) => indices::as_ssize_t(*bound, None),
        Some(_) => Err(raise!(TypeError, "slice indices must be integers or None or have an __index__ method")),
    };
    Ok((bound(1, 0)?, bound(2, isize::MAX)?))
}

/// The arguments of a search: a substring, and the bounds.
fn searched<'a>(method: &str, arguments: &[Obj<'a>]) -> Result<(Str<'a>, isize, isize)> {
    arguments::between(method, arguments.len(), 1, 3)?;
    let part = text(method, " 1", *arguments.first().ok_or_else(refusal::null_error)?)?;
    let (start, end) = bounds(arguments)?;
    Ok((part, start, end))
}

pub(super) fn count(s: Str<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    let (part, start, end) = searched("count", arguments)?;
    int::from_i64(search::count(s, part, start, end)? as i64)
}

pub(super) fn find(method: &str, s: Str<'_>, arguments: &[Obj<'_>], from: From) -> Result<Ref> {
    let (part, start, end) = searched(method, arguments)?;
    int::from_i64(search::find(s, part, start, end, from)?.map_or(-1, |at| at as i64))
}

pub(super) fn index(method: &str, s: Str<'_>, arguments: &[Obj<'_>], from: From) -> Result<Ref> {
    let (part, start, end) = searched(method, arguments)?;
    match search::find(s, part, start, end, from)? {
        Some(at) => int::from_i64(at as i64),
        None => Err(raise!(ValueError, "substring not found")),
    }
}

pub(super) fn matches(method: &str, s: Str<'_>, arguments: &[Obj<'_>], from: From) -> Result<Ref> {
    arguments::between(method, arguments.len(), 1, 3)?;
    let part = *arguments.first().ok_or_else(refusal::null_error)?;
    let (start, end) = bounds(arguments)?;
    let Some(parts) = part.downcast() else {
        let Some(part) = part.downcast() else {
            let class = part.class().name();
            return Err(raise!(TypeError, "{method} first arg must be str or a tuple of str, not {class}"));
        };
        return Ok(known::bool(search::matches_at(s, part, start, end, from)).to_ref());
    };
    for part in tuple::items(parts) {
        let Some(part) = part.downcast() else {
            let class = part.class().name();
            return Err(raise!(TypeError, "tuple for {method} must only contain str, not {class}"));
        };
        if search::matches_at(s, part, start, end, from) {
            return Ok(known::TRUE.to_ref());
        }
    }
    Ok(known::FALSE.to_ref())
}

pub(super) fn remove(method: &str, s: Str<'_>, part: Obj<'_>, from: From) -> Result<Ref> {
    change::remove(s, text(method, "", part)?, from)
}

pub(super) fn partition(s: Str<'_>, separator: Obj<'_>, from: From) -> Result<Ref> {
    splitting::partition(s, crate::objects::str::must_be_str(separator)?, from)
}

pub(super) fn strip(method: &str, s: Str<'_>, arguments: &[Obj<'_>], ends: Ends) -> Result<Ref> {
    arguments::between(method, arguments.len(), 0, 1)?;
    let characters = match arguments.first() {
        Some(characters) if !characters.is(known::NONE) => {
            Some(characters.downcast().ok_or_else(|| raise!(TypeError, "{method} arg must be None or str"))?)
        }
        _ => None,
    };
    splitting::strip(s, characters, ends)
}

pub(super) fn replace(s: Str<'_>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    const SIGNATURE: Signature<3> = Signature { function: "replace", names: ["", "", "count"], required: 2 };
    let [old, new, most] = SIGNATURE.parse(arguments, keywords)?;
    let (Some(old), Some(new)) = (old, new) else { return Err(refusal::null_error()) };
    let (old, new) = (text("replace", " 1", old.borrow())?, text("replace", " 2", new.borrow())?);
    let most = most.map_or(Ok(-1), |most| size(most.borrow()))?;
    change::replace(s, old, new, most)
}

pub(super) fn split(
    method: &'static str,
    s: Str<'_>,
    arguments: &[Obj<'_>],
    keywords: Option<Dict<'_>>,
    from: From,
) -> Result<Ref> {
    let signature: Signature<2> = Signature { function: method, names: ["sep", "maxsplit"], required: 0 };
    let [separator, most] = signature.parse(arguments, keywords)?;
    let most = most.map_or(Ok(-1), |most| size(most.borrow()))?;
    let separator = separator.filter(|separator| !separator.borrow().is(known::NONE));
    if let Some(separator) = separator.as_ref().map(Ref::borrow).filter(|separator| !check(*separator)) {
        return Err(raise!(TypeError, "must be str or None, not {}", separator.class().name()));
    }
    splitting::split(s, separator.as_ref().and_then(|separator| separator.borrow().downcast()), most, from)
}

pub(super) fn lines(s: Str<'_>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    const SIGNATURE: Signature<1> = Signature { function: "splitlines", names: ["keepends"], required: 0 };
    let [keep_ends] = SIGNATURE.parse(arguments, keywords)?;
    splitting::lines(s, keep_ends.map_or(Ok(false), |keep_ends| truth(keep_ends.borrow()))?)
}
