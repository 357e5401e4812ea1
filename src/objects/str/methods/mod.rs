//! The methods of `str`.

mod parts;
mod questions;

use super::cases::{capitalize, swap_case, to_folded, to_lower, to_title, to_upper};
use super::change::{self, Place};
use super::layout::Str;
use super::operators::join;
use super::search::From;
use super::translate::{make_table, translate};
use crate::abi::{PyASCIIObject, PyMethodDef};
use crate::objects::arguments::{self, Signature};
use crate::objects::codecs;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{formatting, int, slots};
use crate::protocol::number;
use crate::runtime::refusal;
use crate::runtime::{Obj, Ref, Result, raise};

pub(super) static mut METHODS: [PyMethodDef; 51] = [
    slots::method_static(c"maketrans", make_table),
    slots::method_named(c"encode", encode_method),
    slots::method_named(c"replace", parts::replace),
    slots::method_named(c"split", |s, a, k| parts::split("split", s, a, k, From::Start)),
    slots::method_named(c"rsplit", |s, a, k| parts::split("rsplit", s, a, k, From::End)),
    slots::method_o(c"join", join_method),
    slots::method_noargs(c"capitalize", capitalize),
    slots::method_noargs(c"casefold", to_folded),
    slots::method_noargs(c"title", to_title),
    slots::method_fastcall(c"center", |s, a| justify("center", s, a, Place::Center)),
    slots::method_fastcall(c"count", parts::count),
    slots::method_named(c"expandtabs", expand_tabs),
    slots::method_fastcall(c"find", |s, a| parts::find("find", s, a, From::Start)),
    slots::method_o(c"partition", |s, o| parts::partition(s, o, From::Start)),
    slots::method_fastcall(c"index", |s, a| parts::index("index", s, a, From::Start)),
    slots::method_fastcall(c"ljust", |s, a| justify("ljust", s, a, Place::Left)),
    slots::method_noargs(c"lower", to_lower),
    slots::method_fastcall(c"lstrip", |s, a| parts::strip("lstrip", s, a, parts::Ends::Left)),
    slots::method_fastcall(c"rfind", |s, a| parts::find("rfind", s, a, From::End)),
    slots::method_fastcall(c"rindex", |s, a| parts::index("rindex", s, a, From::End)),
    slots::method_fastcall(c"rjust", |s, a| justify("rjust", s, a, Place::Right)),
    slots::method_fastcall(c"rstrip", |s, a| parts::strip("rstrip", s, a, parts::Ends::Right)),
    slots::method_o(c"rpartition", |s, o| parts::partition(s, o, From::End)),
    slots::method_named(c"splitlines", parts::lines),
    slots::method_fastcall(c"strip", |s, a| parts::strip("strip", s, a, parts::Ends::Both)),
    slots::method_noargs(c"swapcase", swap_case),
    slots::method_o(c"translate", translate),
    slots::method_noargs(c"upper", to_upper),
    slots::method_fastcall(c"startswith", |s, a| parts::matches("startswith", s, a, From::Start)),
    slots::method_fastcall(c"endswith", |s, a| parts::matches("endswith", s, a, From::End)),
    slots::method_o(c"removeprefix", |s, o| parts::remove("removeprefix", s, o, From::Start)),
    slots::method_o(c"removesuffix", |s, o| parts::remove("removesuffix", s, o, From::End)),
    questions::ROWS[0],
    questions::ROWS[1],
    questions::ROWS[2],
    questions::ROWS[3],
    questions::ROWS[4],
    questions::ROWS[5],
    questions::ROWS[6],
    questions::ROWS[7],
    questions::ROWS[8],
    questions::ROWS[9],
    questions::ROWS[10],
    questions::ROWS[11],
    slots::method_o(c"zfill", fill_with_zeros),
    slots::method_keywords(c"format", format_method),
    slots::method_o(c"format_map", format_map),
    slots::method_o(c"__format__", |s: Str<'_>, spec| formatting::format_str(*s, spec)),
    slots::method_noargs(c"__getnewargs__", arguments_for_new),
    slots::method_noargs(c"__sizeof__", size_in_memory),
    PyMethodDef::END,
];

/// An argument that has to be a `str`: the only one, or one by its number or its name.
fn text<'a>(method: &str, which: &str, o: Obj<'a>) -> Result<Str<'a>> {
    o.downcast().ok_or_else(|| raise!(TypeError, "{method}() argument{which} must be str, not {}", arguments::kind(o)))
}

/// An argument that is a number, without loss.
fn size(o: Obj<'_>) -> Result<isize> {
    int::as_ssize_t(*number::index(o)?.borrow())
}

fn join_method(s: Str<'_>, iterable: Obj<'_>) -> Result<Ref> {
    join(Some(*s), iterable)
}

fn encode_method(s: Str<'_>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    const SIGNATURE: Signature<2> = Signature { function: "encode", names: ["encoding", "errors"], required: 0 };
    let [encoding, errors] = SIGNATURE.parse(arguments, keywords)?;
    let (encoding, errors) = (SIGNATURE.text(0, &encoding)?, SIGNATURE.text(1, &errors)?);
    Ok(codecs::encode(s, encoding.unwrap_or("utf-8").as_bytes(), errors.map(str::as_bytes))?.into_ref())
}

/// A character that fills a field.
fn fill_character(o: Obj<'_>) -> Result<u32> {
    let Some(fill) = o.downcast::<PyASCIIObject>() else {
        return Err(raise!(TypeError, "The fill character must be a unicode character, not {}", o.class().name()));
    };
    match (super::points(fill).get(0), super::length(fill)) {
        (Some(fill), 1) => Ok(fill),
        _ => Err(raise!(TypeError, "The fill character must be exactly one character long")),
    }
}

fn justify(method: &str, s: Str<'_>, arguments: &[Obj<'_>], place: Place) -> Result<Ref> {
    arguments::between(method, arguments.len(), 1, 2)?;
    let width = size(*arguments.first().ok_or_else(refusal::null_error)?)?;
    let fill = arguments.get(1).map_or(Ok(' '.into()), |fill| fill_character(*fill))?;
    change::justify(s, width, fill, place)
}

fn fill_with_zeros(s: Str<'_>, width: Obj<'_>) -> Result<Ref> {
    change::fill_with_zeros(s, size(width)?)
}

fn expand_tabs(s: Str<'_>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    const SIGNATURE: Signature<1> = Signature { function: "expandtabs", names: ["tabsize"], required: 0 };
    let [size] = SIGNATURE.parse(arguments, keywords)?;
    let size = size.map_or(Ok(8), |size| int::as_c_int(size.borrow()))?;
    change::expand_tabs(s, usize::try_from(size).unwrap_or(0))
}

fn format_method(s: Str<'_>, positional: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let named = keywords.map(|keywords| *keywords);
    formatting::format_fields(s, formatting::Arguments { positional: Some(positional), named })
}

fn format_map(s: Str<'_>, mapping: Obj<'_>) -> Result<Ref> {
    formatting::format_fields(s, formatting::Arguments { positional: None, named: Some(mapping) })
}

/// The arguments with which a copy is made.
fn arguments_for_new(s: Str<'_>) -> Result<Ref> {
    let copy = super::build::from_any_points(super::points(s))?;
    Ok(crate::objects::tuple::from_slice(&[copy.borrow()])?.into_ref())
}

fn size_in_memory(s: Str<'_>) -> Result<Ref> {
    int::from_i64(super::layout::bytes_in_memory(s) as i64)
}
