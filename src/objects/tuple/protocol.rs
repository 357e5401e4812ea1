//! What Python's operators do with a tuple.

use super::*;
use crate::objects::dict::Dict;
use crate::objects::{arguments, constants, items, nested, number, object, sequence, str};
use crate::runtime::{Raised, Type, memory, stack};

pub(super) static mut AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slots::unary(length),
    sq_concat: slots::binary(concat),
    sq_repeat: slots::indexed(repeat),
    sq_item: slots::indexed(item),
    sq_contains: slots::binary(contains),
    ..PySequenceMethods::BLANK
};

pub(super) static mut AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(length),
    mp_subscript: slots::binary(subscript),
    ..PyMappingMethods::BLANK
};

/// Writes the repr.
pub fn write_repr(text: &mut str::Builder, tuple: Tuple<'_>) -> Result<()> {
    nested::write_once(text, tuple, "(...)", |text, tuple| {
        let close = if len(tuple) == 1 { ",)" } else { ")" };
        nested::write_items(text, tuple, get, ["(", close])
    })
}

pub(super) fn repr(tuple: Tuple<'_>) -> Result<Ref> {
    nested::text_of(tuple, write_repr)
}

/// The hash of the items' hashes, by CPython's variant of xxHash.
pub(super) fn hash(tuple: Tuple<'_>) -> Result<isize> {
    const PRIMES: [u64; 3] = [0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x27D4_EB2F_1656_67C5];
    const OF_MINUS_ONE: u64 = 1_546_275_796;
    let fields = tuple.fields();
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

pub(super) fn compare(a: Tuple<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let Some(b) = b.downcast() else { return Ok(constants::NOT_IMPLEMENTED.to_ref()) };
    items::compare(a, b, op, get, len)
}

fn length(tuple: Tuple<'_>) -> Result<isize> {
    Ok(len(tuple) as isize)
}

/// The item at an index from the start; IndexError outside.
pub fn item(tuple: Tuple<'_>, index: isize) -> Result<Ref> {
    let item = usize::try_from(index).ok().and_then(|index| get(tuple, index));
    item.ok_or_else(out_of_range)
}

pub(super) fn out_of_range() -> Raised {
    raise!(IndexError, "tuple index out of range")
}

fn concat(tuple: Tuple<'_>, other: Obj<'_>) -> Result<Ref> {
    if len(tuple) == 0 && other.is_exactly(TUPLE) {
        return Ok(other.to_ref());
    }
    let Some(other) = other.downcast() else {
        return Err(raise!(TypeError, "can only concatenate tuple (not \"{}\") to tuple", other.class().name()));
    };
    if len(other) == 0 && tuple.is_exactly(TUPLE) {
        return Ok(tuple.to_ref());
    }
    joined(&[tuple, other])
}

/// A new tuple of the items of some, one after the other.
fn joined(parts: &[Tuple<'_>]) -> Result<Ref> {
    let length = parts.iter().try_fold(0usize, |length, part| length.checked_add(len(*part)));
    let whole = blank(length.ok_or_else(memory::out_of_memory)?)?;
    let all = parts.iter().flat_map(|part| (0..).map_while(|i| get(*part, i)));
    for (i, item) in all.enumerate() {
        // SAFETY: `blank` made as many places, all NULL.
        unsafe { places(whole.borrow()).add(i).write(item.into_ptr()) };
    }
    Ok(whole.into_ref())
}

fn repeat(tuple: Tuple<'_>, times: isize) -> Result<Ref> {
    let times = usize::try_from(times).unwrap_or(0);
    if tuple.is_exactly(TUPLE) && (times == 1 || len(tuple) == 0) {
        return Ok(tuple.to_ref());
    }
    let length = len(tuple);
    let whole = blank(length.checked_mul(times).ok_or_else(memory::out_of_memory)?)?;
    for i in 0..len(whole.borrow()) {
        let item = get(tuple, i % length).map_or(core::ptr::null_mut(), Ref::into_ptr);
        // SAFETY: `blank` made as many places, all NULL.
        unsafe { places(whole.borrow()).add(i).write(item) };
    }
    Ok(whole.into_ref())
}

fn contains(tuple: Tuple<'_>, value: Obj<'_>) -> Result<bool> {
    items::contains(tuple, value, get)
}

pub(super) static mut METHODS: [PyMethodDef; 3] =
    [slots::method_o(c"count", count), slots::method_fastcall(c"index", index), PyMethodDef::END];

fn count(tuple: Tuple<'_>, value: Obj<'_>) -> Result<Ref> {
    items::count(tuple, value, get)
}

fn index(tuple: Tuple<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    items::index(tuple, arguments, get, len(tuple))
}

fn subscript(tuple: Tuple<'_>, key: Obj<'_>) -> Result<Ref> {
    if !number::is_index(key) {
        return Err(raise!(TypeError, "tuple indices must be integers or slices, not {}", key.class().name()));
    }
    item(tuple, items::position(key, len(tuple))?)
}

/// `tuple()` and `tuple(iterable)`.
pub(super) fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    if class == TUPLE {
        arguments::no_keywords("tuple", keywords)?;
    }
    let tuple = match arguments::at_most_one("tuple", args)? {
        Some(iterable) => sequence::to_tuple(iterable)?,
        None => empty().to_own(),
    };
    if class == TUPLE {
        return Ok(tuple.into_ref());
    }
    // An instance of a subclass, with the same items.
    let length = len(tuple.borrow());
    let o = instance::allocate(class, length)?;
    // SAFETY: a new instance of a subclass, with room for `length` items.
    unsafe {
        let fields = o.cast::<PyTupleObject>().as_ptr();
        (*fields).ob_base.ob_size = length as Py_ssize_t;
        (*fields).ob_hash = -1;
        let instance = Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr()));
        for (i, item) in super::items(tuple.borrow()).iter().enumerate() {
            places(instance.borrow()).add(i).write(item.to_ref().into_ptr());
        }
        gc::track(instance.as_obj());
        Ok(instance.into_ref())
    }
}
