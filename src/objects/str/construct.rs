//! Calling the type: `str(object)`, and `str(bytes, encoding, errors)`.

use super::{Handler, Points, STR, build, check, decode, empty, is, points, utf8};
use crate::abi::*;
use crate::objects::{bytes, dict, object, tuple};
use crate::runtime::{Obj, Ref, Result, Type, instance, memory, raise};

/// What the arguments are called.
const NAMES: [&str; 3] = ["object", "encoding", "errors"];

/// The arguments, given by position or by name.
fn parse(arguments: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<[Option<Ref>; 3]> {
    let (arguments, named) = (tuple::items(arguments), keywords.map_or(0, dict::len));
    if arguments.len() + named > NAMES.len() {
        return Err(match named {
            0 => raise!(TypeError, "str expected at most 3 arguments, got {}", arguments.len()),
            _ => raise!(TypeError, "str() takes at most 3 arguments ({} given)", arguments.len() + named),
        });
    }
    let mut parsed = [0, 1, 2].map(|index| arguments.get(index).copied().map(Obj::to_ref));
    for (keyword, value) in keywords.into_iter().flat_map(dict::entries) {
        let keyword = keyword.borrow();
        let index = NAMES.iter().position(|name| check(keyword) && is(keyword, name));
        let Some((index, place)) = index.and_then(|index| Some((index, parsed.get_mut(index)?))) else {
            let keyword = super::as_text(keyword);
            return Err(raise!(TypeError, "str() got an unexpected keyword argument '{keyword}'"));
        };
        if place.replace(value).is_some() {
            let name = super::as_text(keyword);
            return Err(raise!(TypeError, "argument for str() given by name ('{name}') and position ({})", index + 1));
        }
    }
    Ok(parsed)
}

/// A name that C would get: UTF-8, up to the first NUL.
fn name<'a>(argument: &'a Option<Ref>, which: &str) -> Result<Option<&'a str>> {
    let Some(argument) = argument.as_ref().map(Ref::borrow) else { return Ok(None) };
    if !check(argument) {
        return Err(raise!(TypeError, "str() argument '{which}' must be str, not {}", argument.class().name()));
    }
    Ok(utf8(argument)?.split('\0').next())
}

fn new(class: Type<'_>, arguments: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<Ref> {
    let [o, encoding, errors] = parse(arguments, keywords)?;
    let (encoding, errors) = (name(&encoding, "encoding")?, name(&errors, "errors")?);
    let text = match o.as_ref().map(Ref::borrow) {
        None => empty().to_ref(),
        Some(o) if encoding.is_none() && errors.is_none() => object::to_str(o)?,
        Some(o) if bytes::check(o) && bytes::as_slice(o).is_empty() => empty().to_ref(),
        Some(o) if bytes::check(o) => {
            decode(bytes::as_slice(o), encoding.unwrap_or("utf-8"), Handler::named(errors.map(str::as_bytes)))?
        }
        Some(o) if check(o) => return Err(raise!(TypeError, "decoding str is not supported")),
        Some(o) => {
            let class = o.class().name();
            return Err(raise!(TypeError, "decoding to str: need a bytes-like object, {class} found"));
        }
    };
    if class == STR { Ok(text) } else { instance_of(class, points(text.borrow())) }
}
new_slot!(new_slot = new);

/// An instance of a subclass, whose characters lie in a block of their own.
fn instance_of(class: Type<'_>, points: Points<'_>) -> Result<Ref> {
    let size = points.as_bytes().len();
    let block = memory::allocate_zeroed(size + points.kind(), 1).ok_or_else(memory::out_of_memory)?;
    let o = match instance::allocate(class, 0) {
        Ok(o) => o.as_ptr(),
        Err(raised) => {
            // SAFETY: the block was made here, and nobody has seen it.
            unsafe { memory::free(block.as_ptr()) };
            return Err(raised);
        }
    };
    // SAFETY: the block has room for the characters and a NUL; a new instance of a subclass has the larger layout.
    unsafe {
        block.cast::<u8>().as_ptr().copy_from_nonoverlapping(points.as_bytes().as_ptr(), size);
        let fields = o.cast::<PyUnicodeObject>();
        (*fields).ob_base.ob_base.length = points.len() as Py_ssize_t;
        (*fields).ob_base.ob_base.hash = -1;
        (*fields).ob_base.ob_base.state = build::state_of(points);
        (*fields).data = block.as_ptr();
        Ok(Ref::from_ptr_unchecked(o))
    }
}
