//! The arguments of the built-in types when they are called: as many as CPython takes, and its words for too many.

use super::{dict, number, str, tuple};
use crate::runtime::{Obj, Ref, Result, raise};

/// TypeError when there are keyword arguments.
pub fn no_keywords(function: &str, keywords: Option<Obj<'_>>) -> Result<()> {
    if keywords.is_none_or(|keywords| dict::len(keywords) == 0) {
        return Ok(());
    }
    Err(raise!(TypeError, "{function}() takes no keyword arguments"))
}

/// TypeError unless there are between so many and so many arguments.
pub fn between(function: &str, given: usize, least: usize, most: usize) -> Result<()> {
    let (qualifier, bound) = match given {
        _ if given < least => (if least == most { "" } else { "at least " }, least),
        _ if given > most => (if least == most { "" } else { "at most " }, most),
        _ => return Ok(()),
    };
    let plural = if bound == 1 { "" } else { "s" };
    Err(raise!(TypeError, "{function} expected {qualifier}{bound} argument{plural}, got {given}"))
}

/// The only argument, if there is one; TypeError when there are more.
pub fn at_most_one<'a>(function: &str, arguments: Obj<'a>) -> Result<Option<Obj<'a>>> {
    between(function, tuple::len(arguments), 0, 1)?;
    Ok(tuple::items(arguments).first().copied())
}

/// The bounds of a search, which count from the end when they are negative: the second and third of up to three
/// arguments.
pub fn bounds(arguments: &[Obj<'_>], length: usize) -> Result<core::ops::Range<usize>> {
    let bound = |at: usize, default: usize| {
        let Some(bound) = arguments.get(at) else { return Ok(default) };
        if !number::is_index(*bound) {
            return Err(raise!(TypeError, "slice indices must be integers or have an __index__ method"));
        }
        let bound = number::as_ssize_t(*bound, None)?;
        Ok(usize::try_from(bound).unwrap_or_else(|_| length.saturating_sub(bound.unsigned_abs())))
    };
    Ok(bound(1, 0)?..bound(2, usize::MAX)?)
}

/// Up to two arguments, the first by position only and the second also by its name, as `int` takes them.
pub fn one_and_named<'a>(
    function: &str,
    name: &str,
    arguments: Obj<'a>,
    keywords: Option<Obj<'a>>,
) -> Result<(Option<Obj<'a>>, Option<Ref>)> {
    let arguments = tuple::items(arguments);
    let named = keywords.map_or(0, dict::len);
    let given = arguments.len() + named;
    if named > 0 && given > 2 {
        return Err(raise!(TypeError, "{function}() takes at most 2 arguments ({given} given)"));
    }
    between(function, given, 0, 2)?;
    let mut second = arguments.get(1).map(|second| second.to_ref());
    for (keyword, value) in keywords.into_iter().flat_map(dict::entries) {
        if !str::check(keyword.borrow()) || !str::is(keyword.borrow(), name) {
            let keyword = str::as_text(keyword.borrow());
            return Err(raise!(TypeError, "{function}() got an unexpected keyword argument '{keyword}'"));
        }
        second = Some(value);
    }
    Ok((arguments.first().copied(), second))
}
