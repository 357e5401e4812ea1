//! Calling objects: the vectorcall protocol, `tp_call`, and the check that a result and the error indicator agree.

use super::dict::{self, Dict};
use super::tuple::{self, Tuple};
use super::{attributes, function, str};
use crate::abi::*;
use crate::protocol::callable::{go_deeper, vectorcall_function};
use crate::protocol::text;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Own, Ref, Result, error, events, raise};

/// Checks the answer of a callable (CPython: `_Py_CheckFunctionResult`). NULL without an error is a SystemError, and so
/// is a result with an error set.
#[inline]
pub fn check_result(callable: Obj<'_>, result: Option<Ref>) -> Result<Ref> {
    match result {
        Some(result) if !error::occurred() => Ok(result),
        result => check_no_result(callable, result),
    }
}

#[inline(never)]
fn check_no_result(callable: Obj<'_>, result: Option<Ref>) -> Result<Ref> {
    match (result, error::pending()) {
        (Some(result), None) => Ok(result),
        (None, Some(raised)) => Err(raised),
        (None, None) => {
            let shown = text::repr(callable)?;
            Err(raise!(SystemError, "{} returned NULL without setting an exception", str::as_text(shown.borrow())))
        }
        (Some(result), Some(_)) => {
            let name = function::name_or_class(callable);
            events::result_with_error(format_args!("{name} returned a result"));
            drop(result);
            let cause = error::take();
            let shown = text::repr(callable)?;
            let shown = str::as_text(shown.borrow());
            let message = format_args!("{shown} returned a result with an exception set");
            Err(error::raise_from(cause, Exc::SystemError, message))
        }
    }
}

/// Calls an object with positional arguments, followed by the values of the keywords in `names` (CPython:
/// `PyObject_Vectorcall`).
#[inline]
pub fn vectorcall(callable: Obj<'_>, arguments: &[Obj<'_>], names: Option<Tuple<'_>>) -> Result<Ref> {
    let keywords = names.map_or(0, tuple::len);
    let Some(positional) = arguments.len().checked_sub(keywords) else {
        return Err(raise!(SystemError, "more keyword names than arguments"));
    };
    if let Some(function) = vectorcall_function(callable) {
        let names = names.map_or(core::ptr::null_mut(), |names| names.as_ptr());
        // SAFETY: `Obj` is a pointer. The function is the callable's own, and the slice has as many borrowed objects as
        // are counted.
        return unsafe {
            let result = function(callable.as_ptr(), arguments.as_ptr().cast(), positional, names);
            check_result(callable, Ref::from_ptr(result))
        };
    }
    call_packed(callable, arguments, positional, names)
}

/// Calls an object without a vectorcall function, with a tuple and a dict made of the arguments.
#[inline(never)]
fn call_packed(callable: Obj<'_>, arguments: &[Obj<'_>], positional: usize, names: Option<Tuple<'_>>) -> Result<Ref> {
    let (positional, values) = arguments.split_at(positional);
    let keywords = dict::of_names(names, values)?;
    tp_call(callable, tuple::from_slice(positional)?.borrow(), keywords.as_ref().map(Own::borrow))
}

/// Passes an array of one object followed by others to a function. A few objects need no memory.
pub fn with_first<R>(first: Obj<'_>, others: &[Obj<'_>], work: impl FnOnce(&[Obj<'_>]) -> Result<R>) -> Result<R> {
    const FEW: usize = 8;
    if others.len() < FEW {
        let mut all = [first; FEW];
        all[1..=others.len()].copy_from_slice(others);
        return work(&all[..=others.len()]);
    }
    let mut all: Array<Obj<'_>> = Array::new_in(Malloc);
    memory::reserve(&mut all, others.len() + 1)?;
    memory::fill(&mut all, [first].into_iter().chain(others.iter().copied()));
    work(&all)
}

/// Calls an object with a tuple and optionally a dict (CPython: `PyObject_Call`).
pub fn call(callable: Obj<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    match vectorcall_function(callable) {
        Some(_) => with_dict(callable, tuple::items(arguments), keywords),
        None => tp_call(callable, arguments, keywords),
    }
}

/// [`call`] for C. After a call of a vectorcall function with a tuple and no keywords, CPython checks neither the
/// result nor the error indicator, and returns the answer unchanged. After all other calls it checks both.
pub fn call_as_c(callable: Obj<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Option<Ref> {
    match vectorcall_function(callable) {
        Some(function) if keywords.is_none_or(|keywords| dict::len(keywords) == 0) => {
            let items = tuple::items(arguments);
            // SAFETY: `Obj` is a pointer. The function is the callable's own; the tuple is borrowed, and keeps its
            // items alive.
            unsafe {
                Ref::from_ptr(function(callable.as_ptr(), items.as_ptr().cast(), items.len(), core::ptr::null_mut()))
            }
        }
        _ => call(callable, arguments, keywords).ok(),
    }
}

/// Calls an object with an array and optionally a dict (CPython: `PyObject_VectorcallDict`).
pub fn with_dict(callable: Obj<'_>, arguments: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    if vectorcall_function(callable).is_none() {
        return tp_call(callable, tuple::from_slice(arguments)?.borrow(), keywords);
    }
    let Some(keywords) = keywords.filter(|keywords| dict::len(*keywords) > 0) else {
        return vectorcall(callable, arguments, None);
    };
    let (names, values) = split_keywords(keywords)?;
    let mut all: Array<Obj<'_>> = Array::new_in(Malloc);
    memory::reserve(&mut all, arguments.len() + values.len())?;
    memory::fill(&mut all, arguments.iter().copied().chain(values.iter().map(Ref::borrow)));
    vectorcall(callable, &all, Some(names.borrow()))
}

/// A dict of keyword arguments as a tuple of names and the values in the same order.
fn split_keywords(keywords: Dict<'_>) -> Result<(Own<PyTupleObject>, Array<Ref>)> {
    let mut names = Array::new_in(Malloc);
    let mut values = Array::new_in(Malloc);
    for (name, value) in dict::entries(keywords) {
        if !str::check(name.borrow()) {
            return Err(raise!(TypeError, "keywords must be strings"));
        }
        memory::push(&mut names, name)?;
        memory::push(&mut values, value)?;
    }
    Ok((tuple::tracked(Ref::borrow_all(&names))?, values))
}

/// Calls an object through its type's `tp_call`; TypeError without the slot.
fn tp_call(callable: Obj<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    let Some(slot) = callable.class().fields().tp_call else {
        return Err(raise!(TypeError, "'{}' object is not callable", callable.class().name()));
    };
    go_deeper()?;
    let keywords = keywords.map_or(core::ptr::null_mut(), |keywords| keywords.as_ptr());
    // SAFETY: the slot belongs to the callable's type. It takes a tuple, and a dict or NULL.
    unsafe { check_result(callable, Ref::from_ptr(slot(callable.as_ptr(), arguments.as_ptr(), keywords))) }
}

/// A callable's name for messages, with its module before it and `()` after it (CPython: `_PyObject_FunctionStr`).
pub fn describe(callable: Obj<'_>) -> Result<Ref> {
    let attribute = |name| attributes::find_str(callable, name);
    let Some(name) = attribute("__qualname__")? else { return text::to_str(callable) };
    let name = text::to_str(name.borrow())?;
    let module = match attribute("__module__")? {
        Some(module) if !module.borrow().is(super::constants::NONE) => Some(text::to_str(module.borrow())?),
        _ => None,
    };
    let name = str::as_text(name.borrow());
    match module {
        Some(module) if !str::is(module.borrow(), "builtins") => {
            str::format(format_args!("{}.{name}()", str::as_text(module.borrow())))
        }
        _ => str::format(format_args!("{name}()")),
    }
}
