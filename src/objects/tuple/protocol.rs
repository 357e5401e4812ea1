//! What Python's operators do with a tuple.

use super::*;
use crate::objects::{arguments, constants, items, nested, number, object, sequence, str};
use crate::runtime::{Raised, Type, memory, stack};

pub(super) static mut AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: Some(length_slot),
    sq_concat: Some(concat_slot),
    sq_repeat: Some(repeat_slot),
    sq_item: Some(item_slot),
    sq_contains: Some(contains_slot),
    ..PySequenceMethods::BLANK
};

pub(super) static mut AS_MAPPING: PyMappingMethods =
    PyMappingMethods { mp_length: Some(length_slot), mp_subscript: Some(subscript_slot), ..PyMappingMethods::BLANK };

/// Writes the repr. `tuple` is a tuple.
pub fn write_repr(text: &mut str::Builder, tuple: Obj<'_>) -> Result<()> {
    nested::write_once(text, tuple, "(...)", |text, tuple| {
        let close = if len(tuple) == 1 { ",)" } else { ")" };
        nested::write_items(text, tuple, get, ["(", close])
    })
}

fn repr(tuple: Obj<'_>) -> Result<Ref> {
    nested::text_of(tuple, write_repr)
}
slot!(pub(in crate::objects) repr_slot(tuple) -> *mut PyObject = repr);

/// The hash of the items' hashes, by CPython's variant of xxHash.
fn hash(tuple: Obj<'_>) -> Result<isize> {
    const PRIMES: [u64; 3] = [0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x27D4_EB2F_1656_67C5];
    const OF_MINUS_ONE: u64 = 1_546_275_796;
    let fields = tuple.cast::<PyTupleObject>();
    // SAFETY: a tuple has this layout; whoever writes the hash writes the same value.
    unsafe {
        if (*fields).ob_hash != -1 {
            return Ok((*fields).ob_hash);
        }
    }
    stack::enter(" while computing the hash of an object")?;
    let mut hash = PRIMES[2];
    let mut index = 0;
    while let Some(item) = get(tuple, index) {
        let lane = object::hash(item.borrow())? as u64;
        hash = hash.wrapping_add(lane.wrapping_mul(PRIMES[1])).rotate_left(31).wrapping_mul(PRIMES[0]);
        index += 1;
    }
    hash = hash.wrapping_add(len(tuple) as u64 ^ (PRIMES[2] ^ 3_527_539));
    let hash = if hash == u64::MAX { OF_MINUS_ONE } else { hash } as isize;
    // SAFETY: as above.
    unsafe { (*fields).ob_hash = hash };
    Ok(hash)
}
slot!(pub(super) hash_slot(tuple) -> Py_hash_t = hash);

fn compare(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    if !check(a) || !check(b) {
        return Ok(constants::NOT_IMPLEMENTED.to_ref());
    }
    items::compare(a, b, op, get, len)
}
slot!(pub(super) richcompare_slot(a, b; op: c_int) -> *mut PyObject = compare);

fn length(tuple: Obj<'_>) -> Result<isize> {
    Ok(len(tuple) as isize)
}
slot!(length_slot(tuple) -> Py_ssize_t = length);

/// The item at an index from the start; IndexError outside. `tuple` is a tuple.
pub fn item(tuple: Obj<'_>, index: isize) -> Result<Ref> {
    let item = usize::try_from(index).ok().and_then(|index| get(tuple, index));
    item.ok_or_else(out_of_range)
}

pub(super) fn out_of_range() -> Raised {
    raise!(IndexError, "tuple index out of range")
}
slot!(item_slot(tuple; index: isize) -> *mut PyObject = item);

fn concat(tuple: Obj<'_>, other: Obj<'_>) -> Result<Ref> {
    if len(tuple) == 0 && other.is_exactly(TUPLE) {
        return Ok(other.to_ref());
    }
    if !check(other) {
        return Err(raise!(TypeError, "can only concatenate tuple (not \"{}\") to tuple", other.class().name()));
    }
    if len(other) == 0 && tuple.is_exactly(TUPLE) {
        return Ok(tuple.to_ref());
    }
    joined(&[tuple, other])
}
slot!(concat_slot(tuple, other) -> *mut PyObject = concat);

/// A new tuple of the items of some, one after the other.
fn joined(parts: &[Obj<'_>]) -> Result<Ref> {
    let length = parts.iter().try_fold(0usize, |length, part| length.checked_add(len(*part)));
    let whole = blank(length.ok_or_else(memory::out_of_memory)?)?;
    let all = parts.iter().flat_map(|part| (0..).map_while(|i| get(*part, i)));
    for (i, item) in all.enumerate() {
        // SAFETY: `blank` made as many places, all NULL.
        unsafe { slots(whole.borrow()).add(i).write(item.into_ptr()) };
    }
    Ok(whole)
}

fn repeat(tuple: Obj<'_>, times: isize) -> Result<Ref> {
    let times = usize::try_from(times).unwrap_or(0);
    if tuple.is_exactly(TUPLE) && (times == 1 || len(tuple) == 0) {
        return Ok(tuple.to_ref());
    }
    let length = len(tuple);
    let whole = blank(length.checked_mul(times).ok_or_else(memory::out_of_memory)?)?;
    for i in 0..len(whole.borrow()) {
        let item = get(tuple, i % length).map_or(core::ptr::null_mut(), Ref::into_ptr);
        // SAFETY: `blank` made as many places, all NULL.
        unsafe { slots(whole.borrow()).add(i).write(item) };
    }
    Ok(whole)
}
slot!(repeat_slot(tuple; times: isize) -> *mut PyObject = repeat);

fn contains(tuple: Obj<'_>, value: Obj<'_>) -> Result<bool> {
    items::contains(tuple, value, get)
}
slot!(contains_slot(tuple, value) -> c_int = contains);

pub(super) static mut METHODS: [PyMethodDef; 3] =
    [method!(c"count", METH_O, count), method!(c"index", METH_FASTCALL, index), PyMethodDef::END];

fn count(tuple: Obj<'_>, value: Obj<'_>) -> Result<Ref> {
    items::count(tuple, value, get)
}

fn index(tuple: Obj<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    items::index(tuple, arguments, get, len(tuple))
}

fn subscript(tuple: Obj<'_>, key: Obj<'_>) -> Result<Ref> {
    if !number::is_index(key) {
        return Err(raise!(TypeError, "tuple indices must be integers or slices, not {}", key.class().name()));
    }
    item(tuple, items::position(key, len(tuple))?)
}
slot!(subscript_slot(tuple, key) -> *mut PyObject = subscript);

/// `tuple()` and `tuple(iterable)`.
fn new(class: Type<'_>, args: Obj<'_>, keywords: Option<Obj<'_>>) -> Result<Ref> {
    if class == TUPLE {
        arguments::no_keywords("tuple", keywords)?;
    }
    let tuple = match arguments::at_most_one("tuple", args)? {
        Some(iterable) => sequence::to_tuple(iterable)?,
        None => empty().to_ref(),
    };
    if class == TUPLE {
        return Ok(tuple);
    }
    // An instance of a subclass, with the same items.
    let length = len(tuple.borrow());
    let o = instance::allocate(class, length)?;
    // SAFETY: a new instance of a subclass, with room for `length` items.
    unsafe {
        let fields = o.cast::<PyTupleObject>().as_ptr();
        (*fields).ob_base.ob_size = length as Py_ssize_t;
        (*fields).ob_hash = -1;
        let instance = Ref::from_ptr_unchecked(o.as_ptr());
        for (i, item) in super::items(tuple.borrow()).iter().enumerate() {
            slots(instance.borrow()).add(i).write(item.to_ref().into_ptr());
        }
        gc::track(instance.borrow());
        Ok(instance)
    }
}
new_slot!(new_slot = new);
