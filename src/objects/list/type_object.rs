//! The `list` type: the slots of a list, and iterators over it.

use super::{List, append, clear, extend, get, item, len, methods, places, reserve, set, slices, take, with_room};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::dict::Dict;
use crate::objects::index;
use crate::objects::iterator::{self, Class, Steps};
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::Tuple;
use crate::objects::{arguments, class_call, class_defaults, class_order, nested};
use crate::protocol::search;
use crate::runtime::known::{self, LIST};
use crate::runtime::{Obj, Ref, Result, memory, raise};
use core::ffi::c_int;

/// The `list` type.
#[unsafe(no_mangle)]
pub static mut PyList_Type: PyTypeObject = PyTypeObject {
    tp_name: c"list".as_ptr(),
    tp_basicsize: size_of::<PyListObject>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PyListObject>(),
    tp_traverse: slots::traverse::<PyListObject>(),
    tp_clear: slots::clear::<PyListObject>(),
    tp_hash: class_defaults::NO_HASH,
    tp_repr: slots::unary(repr),
    tp_richcompare: slots::compare(compare),
    tp_as_sequence: &raw mut AS_SEQUENCE,
    tp_as_mapping: &raw mut AS_MAPPING,
    tp_iter: slots::unary(iter),
    tp_methods: (&raw mut methods::METHODS).cast(),
    tp_new: class_defaults::GENERIC_NEW,
    tp_vectorcall: Some(class_call::enter_slot::<class_call::Plain>),
    tp_init: slots::init(init),
    tp_flags: class_defaults::COLLECTED.tp_flags
        | Py_TPFLAGS_BASETYPE
        | Py_TPFLAGS_LIST_SUBCLASS
        | Py_TPFLAGS_SEQUENCE
        | _Py_TPFLAGS_MATCH_SELF,
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::COLLECTED
};

static mut ORDER: Classes<2> = class_order::classes([known::LIST.as_ptr(), known::OBJECT.as_ptr()]);

// SAFETY: a list owns its items, and their block, which `clear` frees.
unsafe impl Owner for PyListObject {
    fn visit(list: List<'_>, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        for i in 0..len(list) {
            // SAFETY: the index is inside.
            let answer = visit(unsafe { places(list).add(i).read() });
            if answer != 0 {
                return answer;
            }
        }
        0
    }

    unsafe fn empty(list: List<'_>) {
        clear(list);
    }
}

static mut AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slots::unary(length),
    sq_concat: slots::binary(concat),
    sq_repeat: slots::indexed(repeat),
    sq_item: slots::indexed(item),
    sq_ass_item: slots::assign_indexed(assign),
    sq_contains: slots::binary(contains),
    sq_inplace_concat: slots::binary(extend_in_place),
    sq_inplace_repeat: slots::indexed(repeat_in_place),
    ..PySequenceMethods::BLANK
};

static mut AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(length),
    mp_subscript: slots::binary(subscript),
    mp_ass_subscript: slots::assign(assign_key),
};

fn repr(list: List<'_>) -> Result<Ref> {
    nested::text_of(list, nested::write_list)
}

fn compare(a: List<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let Some(b) = b.downcast() else { return Ok(known::NOT_IMPLEMENTED.to_ref()) };
    if len(a) != len(b) && matches!(op, Py_EQ | Py_NE) {
        return Ok(known::bool(op == Py_NE).to_ref());
    }
    search::compare(a, b, op, get, len)
}

fn length(list: List<'_>) -> Result<isize> {
    Ok(len(list) as isize)
}

fn concat(list: List<'_>, other: Obj<'_>) -> Result<Ref> {
    let Some(other) = other.downcast() else {
        return Err(raise!(TypeError, "can only concatenate list (not \"{}\") to list", other.class().name()));
    };
    let whole = with_room(len(list).checked_add(len(other)).ok_or_else(memory::out_of_memory)?)?;
    super::items(list).chain(super::items(other)).try_for_each(|item| append(whole.borrow(), item.borrow()))?;
    Ok(whole.into_ref())
}

fn repeat(list: List<'_>, times: isize) -> Result<Ref> {
    let times = usize::try_from(times).unwrap_or(0);
    let length = len(list).checked_mul(times).ok_or_else(memory::out_of_memory)?;
    let whole = with_room(length)?;
    for _ in 0..times {
        super::items(list).try_for_each(|item| append(whole.borrow(), item.borrow()))?;
    }
    Ok(whole.into_ref())
}

fn extend_in_place(list: List<'_>, iterable: Obj<'_>) -> Result<Ref> {
    extend(list, iterable).map(|()| list.to_ref())
}

fn repeat_in_place(list: List<'_>, times: isize) -> Result<Ref> {
    let times = usize::try_from(times).unwrap_or(0);
    let count = len(list);
    if times == 0 {
        clear(list);
    } else if count > 0 {
        reserve(list, count.checked_mul(times).ok_or_else(memory::out_of_memory)?)?;
        let copies = (0..count * (times - 1)).map_while(|index| get(list, index % count));
        copies.into_iter().try_for_each(|item| append(list, item.borrow()))?;
    }
    Ok(list.to_ref())
}

fn contains(list: List<'_>, value: Obj<'_>) -> Result<bool> {
    search::contains(list, value, get)
}

fn position(list: List<'_>, key: Obj<'_>) -> Result<isize> {
    index::position(key, len(list), "list")
}

pub(super) fn subscript(list: List<'_>, key: Obj<'_>) -> Result<Ref> {
    match index::as_slice(key) {
        Some(key) => slices::get(list, key),
        None => item(list, position(list, key)?),
    }
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
    match index::as_slice(key) {
        Some(key) => slices::assign(list, key, value),
        None => position(list, key).and_then(|index| assign(list, index, value)),
    }
}

/// A new, empty list of `list` or a subclass.
/// `list()` and `list(iterable)`; replaces the previous items.
fn init(list: List<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    arguments::no_keywords_of_init("list", list.class(), LIST, keywords)?;
    let iterable = arguments::at_most_one("list", args)?;
    clear(list);
    iterable.map_or(Ok(()), |iterable| extend(list, iterable))
}

/// The steps of iterators over lists.
enum Items {}

static_type! {
    /// Iterators over lists.
    pub PyListIter_Type as LIST_ITERATOR = iterator::type_of::<Items>(c"list_iterator")
}

// SAFETY: the type is declared above, with these steps.
const ITEMS: Class<Items> = unsafe { Class::of(LIST_ITERATOR) };

// SAFETY: the step only reads the list.
unsafe impl Steps for Items {
    type Container = PyListObject;

    fn left(at: &iterator::Iterator, o: List<'_>) -> Result<Option<usize>> {
        Ok(Some(len(o).saturating_sub(at.position.get())))
    }

    #[inline(always)]
    fn step(at: &iterator::Iterator, list: List<'_>) -> Result<Option<(Ref, usize)>> {
        Ok(get(list, at.position.get()).map(|item| (item, at.position.get() + 1)))
    }
}

fn iter(list: List<'_>) -> Result<Ref> {
    iterator::new(ITEMS, list, 0)
}

/// The steps over lists, from the last item on. The iterator's `remaining` counts the items that are still to come.
enum Reversed {}

static_type! {
    /// Iterators over lists from the last item on.
    pub PyListRevIter_Type as LIST_REVERSE_ITERATOR = iterator::type_of::<Reversed>(c"list_reverseiterator")
}

// SAFETY: the type is declared above, with these steps.
const REVERSED: Class<Reversed> = unsafe { Class::of(LIST_REVERSE_ITERATOR) };

// SAFETY: the step only reads the list.
unsafe impl Steps for Reversed {
    type Container = PyListObject;

    fn left(at: &iterator::Iterator, list: List<'_>) -> Result<Option<usize>> {
        Ok(Some(at.remaining.get()).filter(|left| *left <= len(list)).or(Some(0)))
    }

    fn step(at: &iterator::Iterator, list: List<'_>) -> Result<Option<(Ref, usize)>> {
        let Some(index) = at.remaining.get().checked_sub(1) else { return Ok(None) };
        at.remaining.set(index);
        Ok(get(list, index).map(|item| (item, at.position.get())))
    }
}

pub(super) fn reversed(list: List<'_>) -> Result<Ref> {
    iterator::new(REVERSED, list, len(list))
}
