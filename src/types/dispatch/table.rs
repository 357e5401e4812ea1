//! The dispatcher of each slot.

use super::containers::{assign, assign_item, contains, item, iter, length};
use super::names::{at, same};
use super::object_slots as object;
use super::operators::{binary, inplace_power, operator, power, truth_of, unary};
use crate::abi::{PyNumberMethods as Number, PyObject};
use crate::objects::{slots, str};
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Obj, Result};
use crate::types::slots::SLOTS;
use core::ffi::c_void;
use core::mem::offset_of;
use core::sync::atomic::{AtomicPtr, Ordering};

/// The address of a function that a slot can hold, whatever its signature.
struct Function(*const c_void);

// SAFETY: the address of a function never changes.
unsafe impl Sync for Function {}

/// The address of a slot's value, which is one pointer wide.
const fn address<F: Copy>(slot: F) -> Function {
    const { assert!(size_of::<F>() == size_of::<*const c_void>()) };
    // SAFETY: the value is an optional function pointer, which is as wide as an address.
    Function(unsafe { core::mem::transmute_copy(&slot) })
}

const fn un<const NAME: usize>() -> Function {
    address(slots::unary(unary::<NAME>))
}

const fn bin<const NAME: usize>() -> Function {
    address(slots::binary(binary::<NAME>))
}

const fn op<const NAME: usize, const REFLECTED: usize, const OFFSET: usize>() -> Function {
    address(slots::binary(operator::<NAME, REFLECTED, OFFSET>))
}

/// By the name of the slot. A slot without a row has no dispatcher of its own, as in CPython.
#[rustfmt::skip]
static DISPATCHERS: &[(&str, Function)] = &[
    ("tp_repr", address(slots::unary(object::repr))),
    ("tp_hash", address(slots::unary(object::hash_of))),
    ("tp_call", address(slots::call(object::call_slot))),
    ("tp_str", un::<{ at("__str__") }>()),
    ("tp_getattro", address(slots::binary(object::getattr))),
    ("tp_setattro", address(slots::assign(object::setattr))),
    ("tp_richcompare", address(slots::compare(object::compare))),
    ("tp_iter", address(slots::unary(iter))),
    ("tp_iternext", un::<{ at("__next__") }>()),
    ("tp_descr_get", address(slots::describe(object::descr_get))),
    ("tp_descr_set", address(slots::assign(object::descr_set))),
    ("tp_init", address(slots::init(object::init))),
    ("tp_new", address(slots::new(object::new))),
    ("tp_finalize", Function(super::finalize::finalize as *const c_void)),
    ("bf_getbuffer", Function(super::buffer::get as *const c_void)),
    ("bf_releasebuffer", Function(super::buffer::release as *const c_void)),
    ("am_await", un::<{ at("__await__") }>()),
    ("am_aiter", un::<{ at("__aiter__") }>()),
    ("am_anext", un::<{ at("__anext__") }>()),
    ("nb_add", op::<{ at("__add__") }, { at("__radd__") }, { offset_of!(Number, nb_add) }>()),
    ("nb_subtract", op::<{ at("__sub__") }, { at("__rsub__") }, { offset_of!(Number, nb_subtract) }>()),
    ("nb_multiply", op::<{ at("__mul__") }, { at("__rmul__") }, { offset_of!(Number, nb_multiply) }>()),
    ("nb_remainder", op::<{ at("__mod__") }, { at("__rmod__") }, { offset_of!(Number, nb_remainder) }>()),
    ("nb_divmod", op::<{ at("__divmod__") }, { at("__rdivmod__") }, { offset_of!(Number, nb_divmod) }>()),
    ("nb_power", Function(power as *const c_void)),
    ("nb_negative", un::<{ at("__neg__") }>()),
    ("nb_positive", un::<{ at("__pos__") }>()),
    ("nb_absolute", un::<{ at("__abs__") }>()),
    ("nb_bool", address(slots::unary(truth_of))),
    ("nb_invert", un::<{ at("__invert__") }>()),
    ("nb_lshift", op::<{ at("__lshift__") }, { at("__rlshift__") }, { offset_of!(Number, nb_lshift) }>()),
    ("nb_rshift", op::<{ at("__rshift__") }, { at("__rrshift__") }, { offset_of!(Number, nb_rshift) }>()),
    ("nb_and", op::<{ at("__and__") }, { at("__rand__") }, { offset_of!(Number, nb_and) }>()),
    ("nb_xor", op::<{ at("__xor__") }, { at("__rxor__") }, { offset_of!(Number, nb_xor) }>()),
    ("nb_or", op::<{ at("__or__") }, { at("__ror__") }, { offset_of!(Number, nb_or) }>()),
    ("nb_int", un::<{ at("__int__") }>()),
    ("nb_float", un::<{ at("__float__") }>()),
    ("nb_inplace_add", bin::<{ at("__iadd__") }>()),
    ("nb_inplace_subtract", bin::<{ at("__isub__") }>()),
    ("nb_inplace_multiply", bin::<{ at("__imul__") }>()),
    ("nb_inplace_remainder", bin::<{ at("__imod__") }>()),
    ("nb_inplace_power", Function(inplace_power as *const c_void)),
    ("nb_inplace_lshift", bin::<{ at("__ilshift__") }>()),
    ("nb_inplace_rshift", bin::<{ at("__irshift__") }>()),
    ("nb_inplace_and", bin::<{ at("__iand__") }>()),
    ("nb_inplace_xor", bin::<{ at("__ixor__") }>()),
    ("nb_inplace_or", bin::<{ at("__ior__") }>()),
    ("nb_floor_divide", op::<{ at("__floordiv__") }, { at("__rfloordiv__") }, { offset_of!(Number, nb_floor_divide) }>()),
    ("nb_true_divide", op::<{ at("__truediv__") }, { at("__rtruediv__") }, { offset_of!(Number, nb_true_divide) }>()),
    ("nb_inplace_floor_divide", bin::<{ at("__ifloordiv__") }>()),
    ("nb_inplace_true_divide", bin::<{ at("__itruediv__") }>()),
    ("nb_index", un::<{ at("__index__") }>()),
    ("nb_matrix_multiply", op::<{ at("__matmul__") }, { at("__rmatmul__") }, { offset_of!(Number, nb_matrix_multiply) }>()),
    ("nb_inplace_matrix_multiply", bin::<{ at("__imatmul__") }>()),
    ("sq_length", address(slots::unary(length))),
    ("sq_item", address(slots::indexed(item))),
    ("sq_ass_item", address(slots::assign_indexed(assign_item))),
    ("sq_contains", address(slots::binary(contains))),
    ("mp_length", address(slots::unary(length))),
    ("mp_subscript", bin::<{ at("__getitem__") }>()),
    ("mp_ass_subscript", address(slots::assign(assign::<{ at("__setitem__") }, { at("__delitem__") }>))),
];

/// The number of rows of the table of slots.
const ROWS: usize = 96;

/// The dispatchers in the order of the table of slots.
static BY_ROW: [Function; ROWS] = {
    let mut all = [const { Function(core::ptr::null()) }; ROWS];
    let mut row = 0;
    while row < SLOTS.len() {
        let mut i = 0;
        while i < DISPATCHERS.len() {
            if same(DISPATCHERS[i].0, SLOTS[row].name) {
                all[row] = Function(DISPATCHERS[i].1.0);
            }
            i += 1;
        }
        row += 1;
    }
    all
};

/// The dispatcher of the slot in a row; NULL for one that has none.
pub(super) fn of(row: usize) -> *mut c_void {
    BY_ROW.get(row).map_or(core::ptr::null_mut(), |function| function.0.cast_mut())
}

/// The names of slots, interned, in the order of the table of slots.
static NAMES: [[AtomicPtr<PyObject>; LONGEST]; ROWS] =
    [const { [const { AtomicPtr::new(core::ptr::null_mut()) }; LONGEST] }; ROWS];

/// The largest number of names in a row.
const LONGEST: usize = 6;

/// A name of the slot in a row, as an interned `str`, which is immortal.
pub(super) fn name(row: usize, index: usize) -> Result<Obj<'static>> {
    let text = SLOTS.get(row).and_then(|slot| slot.names.get(index)).unwrap_or(&"");
    let Some(place) = NAMES.get(row).and_then(|names| names.get(index)) else {
        return Err(bad_argument("the names of a slot"));
    };
    // SAFETY: the place holds NULL or an interned `str`, which is immortal.
    if let Some(name) = unsafe { Obj::from_ptr(place.load(Ordering::Acquire)) } {
        return Ok(name);
    }
    let name = str::intern(str::from_str(text)?)?.into_ptr();
    place.store(name, Ordering::Release);
    // SAFETY: an interned `str` is immortal.
    Ok(unsafe { Obj::from_ptr_unchecked(name) })
}

/// The names that belong to several slots that can be called.
pub(super) const SHARED: [&str; 9] =
    ["__add__", "__mul__", "__rmul__", "__iadd__", "__imul__", "__len__", "__getitem__", "__setitem__", "__delitem__"];

#[cfg(test)]
mod tests {
    use super::*;
    use std::prelude::rust_2024::*;

    #[test]
    fn shared_names_are_listed() {
        let is_called = |slot: &&crate::types::slots::Slot| slot.wrapper != crate::types::slots::Wrapper::Nothing;
        let mut all: Vec<&str> = SLOTS.iter().filter(is_called).flat_map(|slot| slot.names.iter().copied()).collect();
        all.sort_unstable();
        let mut shared: Vec<&str> = all.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        shared.dedup();
        let mut listed = SHARED.to_vec();
        listed.sort_unstable();
        assert_eq!(shared, listed);
        assert!(SLOTS.len() <= ROWS && SLOTS.iter().all(|slot| slot.names.len() <= LONGEST));
        assert!(DISPATCHERS.iter().all(|(name, _)| SLOTS.iter().any(|slot| slot.name == *name)));
    }
}
