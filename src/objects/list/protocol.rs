//! What Python's operators do with a list.

use super::*;
use crate::objects::{arguments, constants, items, nested, number, str};
use crate::runtime::{IntoC, Raised, Type};

pub(super) static mut AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: Some(length_slot),
    sq_concat: Some(concat_slot),
    sq_repeat: Some(repeat_slot),
    sq_item: Some(item_slot),
    sq_ass_item: Some(assign_item_slot),
    sq_contains: Some(contains_slot),
    ..PySequenceMethods::BLANK
};

pub(super) static mut AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: Some(length_slot),
    mp_subscript: Some(subscript_slot),
    mp_ass_subscript: Some(assign_subscript_slot),
};

/// Writes the repr. `list` is a list.
pub fn write_repr(text: &mut str::Builder, list: Obj<'_>) -> Result<()> {
    nested::write_once(text, list, "[...]", |text, list| nested::write_items(text, list, get, ["[", "]"]))
}

fn repr(list: Obj<'_>) -> Result<Ref> {
    nested::text_of(list, write_repr)
}
slot!(pub(in crate::objects) repr_slot(list) -> *mut PyObject = repr);

fn compare(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    if !check(a) || !check(b) {
        return Ok(constants::NOT_IMPLEMENTED.to_ref());
    }
    if len(a) != len(b) && matches!(op, Py_EQ | Py_NE) {
        return Ok(constants::bool(op == Py_NE).to_ref());
    }
    items::compare(a, b, op, get, len)
}
slot!(pub(super) richcompare_slot(a, b; op: c_int) -> *mut PyObject = compare);

fn length(list: Obj<'_>) -> Result<isize> {
    Ok(len(list) as isize)
}
slot!(length_slot(list) -> Py_ssize_t = length);

/// The item at an index from the start; IndexError outside. `list` is a list.
pub fn item(list: Obj<'_>, index: isize) -> Result<Ref> {
    let item = usize::try_from(index).ok().and_then(|index| get(list, index));
    item.ok_or_else(out_of_range)
}

pub(super) fn out_of_range() -> Raised {
    raise!(IndexError, "list index out of range")
}
slot!(item_slot(list; index: isize) -> *mut PyObject = item);

fn concat(list: Obj<'_>, other: Obj<'_>) -> Result<Ref> {
    if !check(other) {
        return Err(raise!(TypeError, "can only concatenate list (not \"{}\") to list", other.class().name()));
    }
    let whole = slice(list, 0..len(list))?;
    let mut index = 0;
    while let Some(item) = get(other, index) {
        append(whole.borrow(), item.borrow())?;
        index += 1;
    }
    Ok(whole)
}
slot!(concat_slot(list, other) -> *mut PyObject = concat);

fn repeat(list: Obj<'_>, times: isize) -> Result<Ref> {
    let times = usize::try_from(times).unwrap_or(0);
    let length = len(list).checked_mul(times).ok_or_else(memory::out_of_memory)?;
    let whole = new()?;
    reserve(whole.borrow(), length)?;
    for _ in 0..times {
        super::items(list).try_for_each(|item| append(whole.borrow(), item.borrow()))?;
    }
    Ok(whole)
}
slot!(repeat_slot(list; times: isize) -> *mut PyObject = repeat);

fn contains(list: Obj<'_>, value: Obj<'_>) -> Result<bool> {
    items::contains(list, value, get)
}
slot!(contains_slot(list, value) -> c_int = contains);

fn position(list: Obj<'_>, key: Obj<'_>) -> Result<isize> {
    if !number::is_index(key) {
        return Err(raise!(TypeError, "list indices must be integers or slices, not {}", key.class().name()));
    }
    items::position(key, len(list))
}

fn subscript(list: Obj<'_>, key: Obj<'_>) -> Result<Ref> {
    item(list, position(list, key)?)
}
slot!(subscript_slot(list, key) -> *mut PyObject = subscript);

fn assign(list: Obj<'_>, index: isize, value: Option<Obj<'_>>) -> Result<()> {
    match (value, usize::try_from(index).ok().filter(|&index| index < len(list))) {
        (None, Some(index)) => {
            drop(take(list, index));
            Ok(())
        }
        (value, _) => set(list, index, value.map(Obj::to_ref)),
    }
}

unsafe extern "C" fn assign_item_slot(list: *mut PyObject, index: Py_ssize_t, value: *mut PyObject) -> c_int {
    // SAFETY: the slot's contract; a NULL value deletes.
    unsafe { assign(Obj::from_ptr_unchecked(list), index, Obj::from_ptr(value)).into_c() }
}

unsafe extern "C" fn assign_subscript_slot(list: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the slot's contract; a NULL value deletes.
    unsafe {
        let (list, key) = (Obj::from_ptr_unchecked(list), Obj::from_ptr_unchecked(key));
        position(list, key).and_then(|index| assign(list, index, Obj::from_ptr(value))).into_c()
    }
}

/// A new, empty list of `list` or a subclass.
fn instantiate(class: Type<'_>, _: Obj<'_>, _: Option<Obj<'_>>) -> Result<Ref> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new instance; all zero is an empty list.
    let list = unsafe { Ref::from_ptr_unchecked(o.as_ptr()) };
    gc::track(list.borrow());
    Ok(list)
}
new_slot!(new_slot = instantiate);

/// `list()` and `list(iterable)`, over what was in it.
fn init(list: Obj<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<()> {
    if list.is_exactly(LIST) {
        arguments::no_keywords("list", keywords)?;
    }
    let iterable = arguments::at_most_one("list", args)?;
    clear(list);
    iterable.map_or(Ok(()), |iterable| extend(list, iterable))
}
init_slot!(init_slot = init);
