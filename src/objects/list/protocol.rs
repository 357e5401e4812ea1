//! What Python's operators do with a list.

use super::*;
use crate::objects::dict::Dict;
use crate::objects::{arguments, constants, items, nested, number, str};
use crate::runtime::{Raised, Type};

pub(super) static mut AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slots::unary(length),
    sq_concat: slots::binary(concat),
    sq_repeat: slots::indexed(repeat),
    sq_item: slots::indexed(item),
    sq_ass_item: slots::assign_indexed(assign),
    sq_contains: slots::binary(contains),
    ..PySequenceMethods::BLANK
};

pub(super) static mut AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(length),
    mp_subscript: slots::binary(subscript),
    mp_ass_subscript: slots::assign(assign_key),
};

/// Writes the repr.
pub fn write_repr(text: &mut str::Builder, list: List<'_>) -> Result<()> {
    nested::write_once(text, list, "[...]", |text, list| nested::write_items(text, list, get, ["[", "]"]))
}

pub(super) fn repr(list: List<'_>) -> Result<Ref> {
    nested::text_of(list, write_repr)
}

pub(super) fn compare(a: List<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let Some(b) = b.downcast() else { return Ok(constants::NOT_IMPLEMENTED.to_ref()) };
    if len(a) != len(b) && matches!(op, Py_EQ | Py_NE) {
        return Ok(constants::bool(op == Py_NE).to_ref());
    }
    items::compare(a, b, op, get, len)
}

fn length(list: List<'_>) -> Result<isize> {
    Ok(len(list) as isize)
}

/// The item at an index from the start; IndexError outside.
pub fn item(list: List<'_>, index: isize) -> Result<Ref> {
    let item = usize::try_from(index).ok().and_then(|index| get(list, index));
    item.ok_or_else(out_of_range)
}

pub(super) fn out_of_range() -> Raised {
    raise!(IndexError, "list index out of range")
}

fn concat(list: List<'_>, other: Obj<'_>) -> Result<Ref> {
    let Some(other) = other.downcast() else {
        return Err(raise!(TypeError, "can only concatenate list (not \"{}\") to list", other.class().name()));
    };
    let whole = slice(list, 0..len(list))?;
    let mut index = 0;
    while let Some(item) = get(other, index) {
        append(whole.borrow(), item.borrow())?;
        index += 1;
    }
    Ok(whole.into_ref())
}

fn repeat(list: List<'_>, times: isize) -> Result<Ref> {
    let times = usize::try_from(times).unwrap_or(0);
    let length = len(list).checked_mul(times).ok_or_else(memory::out_of_memory)?;
    let whole = new()?;
    reserve(whole.borrow(), length)?;
    for _ in 0..times {
        super::items(list).try_for_each(|item| append(whole.borrow(), item.borrow()))?;
    }
    Ok(whole.into_ref())
}

fn contains(list: List<'_>, value: Obj<'_>) -> Result<bool> {
    items::contains(list, value, get)
}

fn position(list: List<'_>, key: Obj<'_>) -> Result<isize> {
    if !number::is_index(key) {
        return Err(raise!(TypeError, "list indices must be integers or slices, not {}", key.class().name()));
    }
    items::position(key, len(list))
}

fn subscript(list: List<'_>, key: Obj<'_>) -> Result<Ref> {
    item(list, position(list, key)?)
}

fn assign(list: List<'_>, index: isize, value: Option<Obj<'_>>) -> Result<()> {
    match (value, usize::try_from(index).ok().filter(|&index| index < len(list))) {
        (None, Some(index)) => {
            drop(take(list, index));
            Ok(())
        }
        (value, _) => set(list, index, value.map(Obj::to_ref)),
    }
}

fn assign_key(list: List<'_>, key: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    position(list, key).and_then(|index| assign(list, index, value))
}

/// A new, empty list of `list` or a subclass.
pub(super) fn instantiate(class: Type<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new instance; all zero is an empty list.
    let list = unsafe { Ref::from_ptr_unchecked(o.as_ptr()) };
    gc::track(list.borrow());
    Ok(list)
}

/// `list()` and `list(iterable)`, over what was in it.
pub(super) fn init(list: List<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    if list.is_exactly(LIST) {
        arguments::no_keywords("list", keywords)?;
    }
    let iterable = arguments::at_most_one("list", args)?;
    clear(list);
    iterable.map_or(Ok(()), |iterable| extend(list, iterable))
}
