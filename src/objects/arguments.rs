//! The arguments of the built-in types when they are called: as many as CPython takes, and its words for too many.

use super::{dict, str, tuple};
use crate::runtime::{Obj, Ref, Result, raise};

/// TypeError when there are keyword arguments.
pub fn no_keywords(function: &str, keywords: Option<Obj<'_>>) -> Result<()> {
    if keywords.is_none_or(|keywords| dict::len(keywords) == 0) {
        return Ok(());
    }
    Err(raise!(TypeError, "{function}() takes no keyword arguments"))
}

/// The only argument, if there is one; TypeError when there are more.
pub fn at_most_one<'a>(function: &str, arguments: Obj<'a>) -> Result<Option<Obj<'a>>> {
    match tuple::items(arguments) {
        [] => Ok(None),
        [argument] => Ok(Some(*argument)),
        more => Err(raise!(TypeError, "{function} expected at most 1 argument, got {}", more.len())),
    }
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
    if arguments.len() + named > 2 {
        return Err(match named {
            0 => raise!(TypeError, "{function} expected at most 2 arguments, got {}", arguments.len()),
            _ => raise!(TypeError, "{function}() takes at most 2 arguments ({} given)", arguments.len() + named),
        });
    }
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
