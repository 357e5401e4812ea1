//! The dispatcher of each slot.

use super::containers::{assign, assign_item, contains, item, iter, length};
use super::names::at;
use super::object_slots as object;
use super::operators::{binary, inplace_power, operator, power, truth_of, unary};
use crate::abi::PyNumberMethods as Number;
use crate::objects::slots;
use crate::types::slots::Slot;
use core::ffi::c_void;
use core::mem::offset_of;

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

/// The dispatcher of a slot; NULL for one that has none.
pub(super) fn of(slot: &Slot) -> *mut c_void {
    let row = DISPATCHERS.iter().find(|(name, _)| *name == slot.name);
    row.map_or(core::ptr::null_mut(), |(_, function)| function.0.cast_mut())
}
