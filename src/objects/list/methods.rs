//! The methods of a list.

use super::{List, append, clear, extend, get, insert_at, len, reverse, slice, sort, take, type_object};
use crate::abi::{PyMethodDef, PyObject};
use crate::objects::arguments::Signature;
use crate::objects::dict::Dict;
use crate::objects::sequence_methods;
use crate::objects::{arguments, class_lookup, int, slots};
use crate::protocol::truth::truth;
use crate::protocol::{number, search};
use crate::runtime::known::NONE;
use crate::runtime::refusal;
use crate::runtime::{Obj, Ref, Result, raise};

pub(super) static mut METHODS: [PyMethodDef; 16] = [
    class_lookup::CLASS_GETITEM,
    slots::method_o(c"__getitem__", type_object::subscript).instead_of_slot(c"__getitem__($self, index, /)\n--\n\n"),
    slots::method_o(c"append", append_method),
    slots::method_noargs(c"clear", clear_method),
    slots::method_noargs(c"copy", copy),
    slots::method_o(c"count", count),
    slots::method_o(c"extend", extend_method),
    slots::method_fastcall(c"index", index),
    slots::method_fastcall(c"insert", insert_method),
    slots::method_fastcall(c"pop", pop),
    slots::method_o(c"remove", remove),
    slots::method_noargs(c"reverse", reverse_method),
    slots::method_named(c"sort", sort_method),
    slots::method_noargs(c"__reversed__", type_object::reversed),
    slots::method_noargs(c"__sizeof__", size_in_memory),
    PyMethodDef::END,
];

fn none() -> Ref {
    NONE.to_ref()
}

fn append_method(list: List<'_>, item: Obj<'_>) -> Result<Ref> {
    append(list, item).map(|()| none())
}

fn extend_method(list: List<'_>, iterable: Obj<'_>) -> Result<Ref> {
    extend(list, iterable).map(|()| none())
}

fn clear_method(list: List<'_>) -> Result<Ref> {
    clear(list);
    Ok(none())
}

fn reverse_method(list: List<'_>) -> Result<Ref> {
    reverse(list);
    Ok(none())
}

fn copy(list: List<'_>) -> Result<Ref> {
    Ok(slice(list, 0..len(list))?.into_ref())
}

fn count(list: List<'_>, value: Obj<'_>) -> Result<Ref> {
    sequence_methods::count(list, value, get)
}

fn index(list: List<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    sequence_methods::index(list, arguments, get, len)
}

/// An argument as an index, without loss.
fn index_argument(o: Obj<'_>) -> Result<isize> {
    int::as_ssize_t(*number::index(o)?.borrow())
}

fn insert_method(list: List<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("insert", arguments.len(), 2, 2)?;
    let &[index, item] = arguments else { return Err(refusal::null_error()) };
    insert_at(list, index_argument(index)?, item).map(|()| none())
}

fn pop(list: List<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    arguments::between("pop", arguments.len(), 0, 1)?;
    let index = arguments.first().map_or(Ok(-1), |index| index_argument(*index))?;
    if len(list) == 0 {
        return Err(raise!(IndexError, "pop from empty list"));
    }
    let from_start = if index < 0 { index + len(list) as isize } else { index };
    let at = usize::try_from(from_start).ok();
    let item = at.and_then(|at| take(list, at)).ok_or_else(|| raise!(IndexError, "pop index out of range"))?;
    if len(list) == 0 {
        clear(list);
    }
    Ok(item)
}

fn remove(list: List<'_>, value: Obj<'_>) -> Result<Ref> {
    match search::find(list, value, 0..usize::MAX, get)? {
        Some(at) => {
            let item = take(list, at);
            if len(list) == 0 {
                clear(list);
            }
            drop(item);
            Ok(none())
        }
        None => Err(raise!(ValueError, "list.remove(x): x not in list")),
    }
}

/// `sort(*, key=None, reverse=False)`
fn sort_method(list: List<'_>, positional: &[Obj<'_>], keywords: Option<Dict<'_>>) -> Result<Ref> {
    const SIGNATURE: Signature<2> = Signature { function: "sort", names: ["key", "reverse"], required: 0 };
    let [key, descending] = SIGNATURE.parse_named(0, positional, keywords)?;
    let descending = descending.map_or(Ok(false), |descending| truth(descending.borrow()))?;
    let key = key.filter(|key| !key.borrow().is(NONE));
    sort(list, key.as_ref().map(Ref::borrow), descending).map(|()| none())
}

/// The bytes of a list and its block.
fn size_in_memory(list: List<'_>) -> Result<Ref> {
    // SAFETY: a view's fields can be read.
    let room = unsafe { (*list.fields()).allocated as usize };
    int::from_i64((list.class().fields().tp_basicsize as usize + room * size_of::<*mut PyObject>()) as i64)
}
