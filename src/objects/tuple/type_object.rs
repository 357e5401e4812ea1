//! The `tuple` type: the slots and methods of a tuple, and iterators over it.

use super::{Tuple, blank, empty, get, instantiate, item, joined, len, peek, places, select};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::dict::Dict;
use crate::objects::iterator::{self, Class, Steps};
use crate::objects::slice::Positions;
use crate::objects::slots::{self, Owner};
use crate::objects::{arguments, class_call, class_defaults, class_lookup, class_order, nested};
use crate::objects::{convert, index, sequence_methods};
use crate::protocol::{hash, search};
use crate::runtime::known::{self, NOT_IMPLEMENTED, TUPLE};
use crate::runtime::{IntoC, Obj, Own, Ref, Result, Type, gc, memory, raise, stack};
use core::ffi::c_int;

/// The `tuple` type.
#[unsafe(no_mangle)]
pub static mut PyTuple_Type: PyTypeObject = PyTypeObject {
    tp_name: c"tuple".as_ptr(),
    tp_basicsize: super::TUPLE_SIZE as Py_ssize_t,
    tp_itemsize: size_of::<*mut PyObject>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PyTupleObject>(),
    tp_traverse: slots::traverse::<PyTupleObject>(),
    tp_repr: slots::unary(repr),
    tp_hash: slots::unary(hash),
    tp_richcompare: slots::compare(compare),
    tp_as_sequence: &raw mut AS_SEQUENCE,
    tp_as_mapping: &raw mut AS_MAPPING,
    tp_iter: slots::unary(iter),
    tp_methods: (&raw mut METHODS).cast(),
    tp_new: slots::new(new),
    tp_vectorcall: Some(class_call::enter_slot::<class_call::Plain>),
    tp_flags: class_defaults::COLLECTED.tp_flags
        | Py_TPFLAGS_BASETYPE
        | Py_TPFLAGS_TUPLE_SUBCLASS
        | Py_TPFLAGS_SEQUENCE
        | _Py_TPFLAGS_MATCH_SELF,
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::COLLECTED
};

static mut ORDER: Classes<2> = class_order::classes([known::TUPLE.as_ptr(), known::OBJECT.as_ptr()]);

// SAFETY: a tuple owns its items, and nothing else. A place is NULL while the tuple is being filled.
unsafe impl Owner for PyTupleObject {
    fn visit(tuple: Tuple<'_>, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        for i in 0..len(tuple) {
            // SAFETY: the index is inside.
            let answer = visit(unsafe { places(tuple).add(i).read() });
            if answer != 0 {
                return answer;
            }
        }
        0
    }

    unsafe fn empty(tuple: Tuple<'_>) {
        // SAFETY: the places are those of the tuple, which owned their contents and has no more of them from here on.
        unsafe {
            for i in (0..core::mem::take(&mut (*tuple.fields()).ob_base.ob_size) as usize).rev() {
                drop(Ref::from_ptr(places(tuple).add(i).read()));
            }
        }
    }
}

static mut AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slots::unary(length),
    sq_concat: slots::binary(concat),
    sq_repeat: slots::indexed(repeat),
    sq_item: slots::indexed(item),
    sq_contains: slots::binary(contains),
    ..PySequenceMethods::BLANK
};

static mut AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(length),
    mp_subscript: slots::binary(subscript),
    ..PyMappingMethods::BLANK
};

fn repr(tuple: Tuple<'_>) -> Result<Ref> {
    nested::text_of(tuple, nested::write_tuple)
}

/// The hash, which is computed once from the hashes of the items, and kept.
fn hash(tuple: Tuple<'_>) -> Py_hash_t {
    // SAFETY: a view's fields can be read. Every thread that writes the hash writes the same value.
    match unsafe { (*tuple.fields()).ob_hash } {
        -1 => hash_as_c(tuple),
        known => known,
    }
}

/// [`compute_hash`] as C returns it, so that it is a tail call of [`hash`].
#[cold]
#[inline(never)]
fn hash_as_c(tuple: Tuple<'_>) -> Py_hash_t {
    compute_hash(tuple).into_c()
}

/// Computes the hash, by CPython's variant of xxHash.
fn compute_hash(tuple: Tuple<'_>) -> Result<isize> {
    const PRIMES: [u64; 3] = [0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x27D4_EB2F_1656_67C5];
    const OF_MINUS_ONE: u64 = 1_546_275_796;
    stack::enter(" while computing the hash of an object")?;
    let mut hash = PRIMES[2];
    let mut index = 0;
    // The tuple keeps its items while their hashes are computed, because it does not change once another object has it.
    while let Some(item) = peek(tuple, index) {
        let lane = hash::hash(item)? as u64;
        hash = hash.wrapping_add(lane.wrapping_mul(PRIMES[1])).rotate_left(31).wrapping_mul(PRIMES[0]);
        index += 1;
    }
    hash = hash.wrapping_add(len(tuple) as u64 ^ (PRIMES[2] ^ 3_527_539));
    let hash = if hash == u64::MAX { OF_MINUS_ONE } else { hash } as isize;
    // SAFETY: the field belongs to a live tuple, and this function alone writes it once other code has the tuple.
    unsafe { (*tuple.fields()).ob_hash = hash };
    Ok(hash)
}

fn compare(a: Tuple<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let Some(b) = b.downcast() else { return Ok(NOT_IMPLEMENTED.to_ref()) };
    search::compare(a, b, op, get, len)
}

fn length(tuple: Tuple<'_>) -> Result<isize> {
    Ok(len(tuple) as isize)
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
    joined(&[tuple, other]).map(Own::into_ref)
}

fn repeat(tuple: Tuple<'_>, times: isize) -> Result<Ref> {
    let times = usize::try_from(times).unwrap_or(0);
    if tuple.is_exactly(TUPLE) && (times == 1 || len(tuple) == 0) {
        return Ok(tuple.to_ref());
    }
    let length = len(tuple);
    // SAFETY: each place is filled below.
    let whole = unsafe { blank(length.checked_mul(times).ok_or_else(memory::out_of_memory)?) }?;
    for i in 0..len(whole.borrow()) {
        let item = get(tuple, i % length).map_or(core::ptr::null_mut(), Ref::into_ptr);
        // SAFETY: `blank` made this many places, all NULL.
        unsafe { places(whole.borrow()).add(i).write(item) };
    }
    Ok(whole.into_ref())
}

fn contains(tuple: Tuple<'_>, value: Obj<'_>) -> Result<bool> {
    search::contains(tuple, value, get)
}

static mut METHODS: [PyMethodDef; 5] = [
    class_lookup::CLASS_GETITEM,
    slots::method_noargs(c"__getnewargs__", new_arguments),
    slots::method_o(c"count", count),
    slots::method_fastcall(c"index", index),
    PyMethodDef::END,
];

/// `__getnewargs__`: the arguments from which a copy can be made.
fn new_arguments(tuple: Tuple<'_>) -> Result<Ref> {
    let plain = if tuple.is_exactly(TUPLE) { tuple.to_own() } else { super::from_slice(super::items(tuple))? };
    super::from_slice(&[plain.as_obj()]).map(Own::into_ref)
}

fn count(tuple: Tuple<'_>, value: Obj<'_>) -> Result<Ref> {
    sequence_methods::count(tuple, value, get)
}

fn index(tuple: Tuple<'_>, arguments: &[Obj<'_>]) -> Result<Ref> {
    sequence_methods::index(tuple, arguments, get, len)
}

fn subscript(tuple: Tuple<'_>, key: Obj<'_>) -> Result<Ref> {
    match index::as_slice(key) {
        Some(key) => select(tuple, Positions::of(key, || len(tuple))?).map(Own::into_ref),
        None => item(tuple, index::position(key, len(tuple), "tuple")?),
    }
}

/// `tuple()` and `tuple(iterable)`.
fn new(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    arguments::no_keywords_of_new("tuple", class, TUPLE, keywords)?;
    let tuple = match arguments::at_most_one("tuple", args)? {
        Some(iterable) => convert::to_tuple(iterable)?,
        None => empty().to_own(),
    };
    if class == TUPLE {
        return Ok(tuple.into_ref());
    }
    // An instance of a subclass, with the same items.
    let items = super::items(tuple.borrow());
    let instance = instantiate(class, items.len())?;
    for (i, item) in items.iter().enumerate() {
        // SAFETY: `instantiate` made this many places, all NULL.
        unsafe { places(instance.borrow()).add(i).write(item.to_ref().into_ptr()) };
    }
    gc::track(instance.as_obj());
    Ok(instance.into_ref())
}

/// The steps of iterators over tuples.
enum Items {}

static_type! {
    /// Iterators over tuples.
    pub PyTupleIter_Type as TUPLE_ITERATOR = iterator::type_of::<Items>(c"tuple_iterator")
}

// SAFETY: the type is declared above, with these steps.
const ITEMS: Class<Items> = unsafe { Class::of(TUPLE_ITERATOR) };

// SAFETY: the step only reads the tuple.
unsafe impl Steps for Items {
    type Container = PyTupleObject;

    fn left(at: &iterator::Iterator, o: Tuple<'_>) -> Result<Option<usize>> {
        Ok(Some(len(o).saturating_sub(at.position.get())))
    }

    #[inline(always)]
    fn step(at: &iterator::Iterator, tuple: Tuple<'_>) -> Result<Option<(Ref, usize)>> {
        Ok(get(tuple, at.position.get()).map(|item| (item, at.position.get() + 1)))
    }
}

fn iter(tuple: Tuple<'_>) -> Result<Ref> {
    iterator::new(ITEMS, tuple, 0)
}
