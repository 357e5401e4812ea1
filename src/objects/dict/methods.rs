//! The methods of a dict.

use super::{
    Dict, Duplicates, change, clear, contains, copy, entries_hashed, get, len, merge, missing, pop, set_default,
    set_hashed, type_object, update, view,
};
use crate::abi::{PyDictObject, PyMethodDef, PyObject};
use crate::objects::tuple::{self, Tuple};
use crate::objects::{arguments, call, class_lookup, iterator, slots, subscript};
use crate::protocol::iteration;
use crate::runtime::known::{DICT, NONE, bool};
use crate::runtime::refusal;
use crate::runtime::{Obj, Ref, Result, View, raise};

pub(super) static mut METHODS: [PyMethodDef; 15] = [
    class_lookup::CLASS_GETITEM,
    slots::method_fastcall(c"fromkeys", from_keys)
        .of_class(c"A new dict with the items of an iterable as keys, and one value for all."),
    slots::method_o(c"__contains__", |dict: Dict<'_>, key: Obj<'_>| Ok(bool(contains(dict, key)?).to_ref()))
        .instead_of_slot(c"__contains__($self, key, /)\n--\n\n"),
    slots::method_o(c"__getitem__", type_object::subscript).instead_of_slot(c"__getitem__($self, key, /)\n--\n\n"),
    slots::method_noargs(c"clear", clear_method),
    slots::method_noargs(c"copy", copy_method),
    slots::method_fastcall(c"get", get_method),
    slots::method_noargs(c"items", view::items),
    slots::method_noargs(c"keys", view::keys),
    slots::method_fastcall(c"pop", pop_method),
    slots::method_noargs(c"popitem", pop_item),
    slots::method_fastcall(c"setdefault", set_default_method),
    slots::method_keywords(c"update", update_method),
    slots::method_noargs(c"values", view::values),
    PyMethodDef::END,
];

/// The arguments of a method that takes a key and optionally a default.
fn key_and_default<'a>(method: &str, arguments: &[Obj<'a>]) -> Result<(Obj<'a>, Option<Obj<'a>>)> {
    arguments::between(method, arguments.len(), 1, 2)?;
    let key = arguments.first().ok_or_else(refusal::null_error)?;
    Ok((*key, arguments.get(1).copied()))
}

fn get_method(dict: Dict<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    let (key, default) = key_and_default("get", arguments)?;
    Ok(get(dict, key)?.unwrap_or_else(|| default.unwrap_or(NONE).to_ref()))
}

fn pop_method(dict: Dict<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    let (key, default) = key_and_default("pop", arguments)?;
    pop(dict, key)?.or_else(|| default.map(Obj::to_ref)).ok_or_else(|| missing(key))
}

fn pop_item(dict: Dict<'_>) -> Result<Ref> {
    // An empty dict may have no table, and does not need one here.
    let pop_last = || {
        // SAFETY: the table returns the removed entry, and drops nothing.
        unsafe { change(dict, |table| table.as_mut()?.pop()) }
    };
    let last = if len(dict) == 0 { None } else { pop_last() };
    let last = last.ok_or_else(|| raise!(KeyError, "popitem(): dictionary is empty"))?;
    Ok(tuple::tracked(&[last.key.borrow(), last.value.borrow()])?.into_ref())
}

fn set_default_method(dict: Dict<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    let (key, default) = key_and_default("setdefault", arguments)?;
    Ok(set_default(dict, key, default.unwrap_or(NONE))?.0)
}

fn update_method(dict: Dict<'_>, positional: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    update_from_call("update", dict, positional, keywords).map(|()| NONE.to_ref())
}

/// Adds the arguments of a call of `dict` or its `update`: a mapping or pairs, and keyword arguments.
pub(super) fn update_from_call(
    function: &str,
    dict: Dict<'_>,
    positional: Tuple<'_>,
    keywords: Option<Dict<'_>>,
) -> Result<()> {
    if let Some(other) = arguments::at_most_one(function, positional)? {
        update(dict, other)?;
    }
    arguments::require_names(keywords)?;
    keywords.map_or(Ok(()), |keywords| merge(dict, *keywords, Duplicates::Replace))
}

fn copy_method(dict: Dict<'_>) -> Result<Ref> {
    Ok(copy(dict)?.into_ref())
}

fn clear_method(dict: Dict<'_>) -> Result<Ref> {
    clear(dict);
    Ok(NONE.to_ref())
}

/// `fromkeys(iterable, value=None)`, of the class on which it is called.
fn from_keys(class: View<'_, PyObject>, arguments: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("fromkeys", arguments.len(), 1, 2)?;
    let (keys, value) = (arguments.first().copied().unwrap_or(NONE), arguments.get(1).copied().unwrap_or(NONE));
    let made = call::vectorcall(*class, &[], None)?;
    let target = made.borrow().downcast_exactly::<PyDictObject>(DICT).filter(|target| len(*target) == 0);
    if let (Some(target), Some(keys)) = (target, keys.downcast_exactly::<PyDictObject>(DICT)) {
        // The hashes of the keys are known.
        entries_hashed(keys).try_for_each(|entry| set_hashed(target, entry.key.borrow(), entry.hash, value))?;
        return Ok(made);
    }
    let keys = iterator::of(keys)?;
    while let Some(key) = iteration::next(keys.borrow())? {
        subscript::set(made.borrow(), key.borrow(), Some(value))?;
    }
    Ok(made)
}
