//! The functions of `builtins`: one table, and the short ones among them.

use super::common::{This, none, two};
use super::{attributes, imports, numbers, output, refused, sum, text};
use crate::abi::*;
use crate::objects::module::Module;
use crate::objects::tuple;
use crate::objects::{
    arguments, call, class_check, convert, derived_iterators, dict, function, int, iterator, list, module, object,
    slots, str,
};
use crate::protocol::truth::truth;
use crate::protocol::{callable, hash, iteration, mapping, text as shown};
use crate::runtime::{Obj, Ref, Result, error, known, raise};
use crate::types::attribute;
use core::ffi::CStr;

static mut FUNCTIONS: [PyMethodDef; 46] = [
    refused::BUILD_CLASS,
    imports::IMPORT,
    slots::method_o(c"abs", numbers::abs).with_doc(c"abs($module, x, /)\n--\n\n"),
    refused::AITER,
    slots::method_o(c"all", |_: This<'_>, o: Obj<'_>| each_is(o, true)).with_doc(c"all($module, iterable, /)\n--\n\n"),
    refused::ANEXT,
    slots::method_o(c"any", |_: This<'_>, o: Obj<'_>| each_is(o, false)).with_doc(c"any($module, iterable, /)\n--\n\n"),
    slots::method_o(c"ascii", |_: This<'_>, o: Obj<'_>| object::ascii(o)).with_doc(c"ascii($module, obj, /)\n--\n\n"),
    slots::method_o(c"bin", |_: This<'_>, o: Obj<'_>| convert::to_base(o, 2))
        .with_doc(c"bin($module, number, /)\n--\n\n"),
    refused::BREAKPOINT,
    slots::method_o(c"callable", |_: This<'_>, o: Obj<'_>| bool(callable::is_callable(o)))
        .with_doc(c"callable($module, obj, /)\n--\n\n"),
    slots::method_o(c"chr", text::chr).with_doc(c"chr($module, i, /)\n--\n\n"),
    refused::COMPILE,
    slots::method_fastcall(c"delattr", attributes::delattr).with_doc(c"delattr($module, obj, name, /)\n--\n\n"),
    slots::method_fastcall(c"dir", attributes::dir),
    slots::method_fastcall(c"divmod", numbers::divmod).with_doc(c"divmod($module, x, y, /)\n--\n\n"),
    refused::EVAL,
    refused::EXEC,
    slots::method_fastcall(c"format", text::format).with_doc(c"format($module, value, format_spec='', /)\n--\n\n"),
    slots::method_fastcall(c"getattr", attributes::getattr),
    slots::method_noargs(c"globals", attributes::names_of_frame).with_doc(c"globals($module, /)\n--\n\n"),
    slots::method_fastcall(c"hasattr", attributes::hasattr).with_doc(c"hasattr($module, obj, name, /)\n--\n\n"),
    slots::method_o(c"hash", |_: This<'_>, o: Obj<'_>| int::from_i64(hash::hash(o)? as i64))
        .with_doc(c"hash($module, obj, /)\n--\n\n"),
    slots::method_o(c"hex", |_: This<'_>, o: Obj<'_>| convert::to_base(o, 16))
        .with_doc(c"hex($module, number, /)\n--\n\n"),
    slots::method_o(c"id", |_: This<'_>, o: Obj<'_>| int::from_u64(o.as_ptr().addr() as u64))
        .with_doc(c"id($module, obj, /)\n--\n\n"),
    slots::method_fastcall(c"input", output::input).with_doc(c"input($module, prompt='', /)\n--\n\n"),
    slots::method_fastcall(c"isinstance", |_: This<'_>, arguments: &[Obj<'_>]| {
        let [o, class] = two("isinstance", arguments)?;
        bool(class_check::is_instance(o, class)?)
    })
    .with_doc(c"isinstance($module, obj, class_or_tuple, /)\n--\n\n"),
    slots::method_fastcall(c"issubclass", |_: This<'_>, arguments: &[Obj<'_>]| {
        let [class, base] = two("issubclass", arguments)?;
        bool(class_check::is_subclass(class, base)?)
    })
    .with_doc(c"issubclass($module, cls, class_or_tuple, /)\n--\n\n"),
    slots::method_fastcall(c"iter", iter),
    slots::method_o(c"len", |_: This<'_>, o: Obj<'_>| int::from_i64(mapping::len(o)? as i64))
        .with_doc(c"len($module, obj, /)\n--\n\n"),
    slots::method_noargs(c"locals", attributes::names_of_frame).with_doc(c"locals($module, /)\n--\n\n"),
    slots::method_named(c"max", |_: This<'_>, arguments, keywords| {
        numbers::extreme(&numbers::MAX, arguments, keywords)
    }),
    slots::method_named(c"min", |_: This<'_>, arguments, keywords| {
        numbers::extreme(&numbers::MIN, arguments, keywords)
    }),
    slots::method_fastcall(c"next", next),
    slots::method_o(c"oct", |_: This<'_>, o: Obj<'_>| convert::to_base(o, 8))
        .with_doc(c"oct($module, number, /)\n--\n\n"),
    refused::OPEN,
    slots::method_o(c"ord", text::ord).with_doc(c"ord($module, character, /)\n--\n\n"),
    slots::method_named(c"pow", numbers::power).with_doc(c"pow($module, /, base, exp, mod=None)\n--\n\n"),
    slots::method_named(c"print", output::print)
        .with_doc(c"print($module, /, *args, sep=' ', end='\\n', file=None, flush=False)\n--\n\n"),
    slots::method_o(c"repr", |_: This<'_>, o: Obj<'_>| shown::repr(o)).with_doc(c"repr($module, obj, /)\n--\n\n"),
    slots::method_named(c"round", numbers::round).with_doc(c"round($module, /, number, ndigits=None)\n--\n\n"),
    slots::method_fastcall(c"setattr", attributes::setattr).with_doc(c"setattr($module, obj, name, value, /)\n--\n\n"),
    slots::method_named(c"sorted", sorted)
        .with_doc(c"sorted($module, iterable, /, *, key=None, reverse=False)\n--\n\n"),
    slots::method_named(c"sum", sum::sum).with_doc(c"sum($module, iterable, /, start=0)\n--\n\n"),
    slots::method_fastcall(c"vars", attributes::vars),
    PyMethodDef::END,
];

/// Adds the functions to a new `builtins`.
pub(super) fn add_to(builtins: Module<'_>) -> Result<()> {
    let name = str::from_str("builtins")?;
    let rows = (&raw mut FUNCTIONS).cast::<PyMethodDef>();
    // SAFETY: the table ends with a row without a name, and no code changes it.
    let names = (0..).map_while(|index| unsafe {
        let row = rows.add(index);
        (!(*row).ml_name.is_null()).then(|| (row, CStr::from_ptr((*row).ml_name)))
    });
    for (row, key) in names {
        // SAFETY: the row is static, and its function has the signature that its flags name.
        let function = unsafe { function::new(row, Some(*builtins), Some(name.borrow()), None) }?;
        let key = str::intern(str::from_utf8(key.to_bytes())?)?;
        dict::set(module::attributes(builtins), key.borrow(), function.borrow())?;
    }
    Ok(())
}

fn bool(value: bool) -> Result<Ref> {
    Ok(known::bool(value).to_ref())
}

/// Whether all items are true, or with `wanted` false whether none is: `all` and, negated, `any`.
fn each_is(iterable: Obj<'_>, wanted: bool) -> Result<Ref> {
    let iterator = iterator::of(iterable)?;
    while let Some(item) = iteration::next(iterator.borrow())? {
        if truth(item.borrow())? != wanted {
            return bool(!wanted);
        }
    }
    bool(wanted)
}

/// `iter(iterable)` and `iter(function, sentinel)`
fn iter(_: This<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("iter", arguments.len(), 1, 2)?;
    match *arguments {
        [function, sentinel] if callable::is_callable(function) => derived_iterators::callable::new(function, sentinel),
        [_, _] => Err(raise!(TypeError, "iter(v, w): v must be callable")),
        [iterable, ..] => iterator::of(iterable),
        [] => none(),
    }
}

/// `next(iterator)` and `next(iterator, default)`
fn next(_: This<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("next", arguments.len(), 1, 2)?;
    let [iterator, default @ ..] = arguments else { return none() };
    let Some(slot) = iterator.class().fields().tp_iternext.filter(|_| iteration::check(*iterator)) else {
        return Err(raise!(TypeError, "'{}' object is not an iterator", iterator.class().name()));
    };
    // SAFETY: the slot belongs to the iterator's type.
    let item = unsafe { Ref::from_ptr(slot(iterator.as_ptr())) };
    match (item, default) {
        (Some(item), _) => Ok(item),
        (None, [default]) if !error::occurred() || error::pending_is(Exc::StopIteration) => {
            error::clear();
            Ok(default.to_ref())
        }
        (None, _) => {
            Err(error::pending().unwrap_or_else(|| error::raise_with(Exc::StopIteration, tuple::empty().to_own())))
        }
    }
}

/// `sorted(iterable, /, *, key=None, reverse=False)`, whose keywords are those of the method `sort` of a list.
fn sorted(_: This<'_>, arguments: &[Obj<'_>], keywords: Option<dict::Dict<'_>>) -> Result<Ref> {
    arguments::between("sorted", arguments.len(), 1, 1)?;
    let [iterable] = arguments else { return none() };
    let sorted = convert::to_list(*iterable)?;
    match keywords {
        None => list::sort(sorted.borrow(), None, false)?,
        Some(_) => {
            let sort = attribute::get_str(*sorted.borrow(), "sort")?;
            call::call(sort.borrow(), tuple::empty(), keywords)?;
        }
    }
    Ok(sorted.into_ref())
}
