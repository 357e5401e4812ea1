//! Proxies: weak references that are used like the object itself. Each slot does with the object, while a reference
//! keeps it alive, the work of the operation.

use super::type_object::SHARED;
use super::{WeakRef, referent};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::dict::Dict;
use crate::objects::tuple::Tuple;
use crate::objects::{
    attributes, call, class_defaults, class_order, convert, iterator, operators, slots, str, subscript,
};
use crate::protocol::{attribute, compare, iteration, mapping, number, text, truth};
use crate::runtime::known::{self, CALLABLE_PROXY, PROXY};
use crate::runtime::{Obj, Ref, Result, View, raise};
use core::ffi::c_int;

/// The type of proxies of objects that can't be called.
#[unsafe(no_mangle)]
pub static mut _PyWeakref_ProxyType: PyTypeObject =
    PyTypeObject { tp_name: c"weakref.ProxyType".as_ptr(), tp_mro: class_order::pointer(&raw mut ORDER), ..BOTH };

static mut ORDER: Classes<2> = class_order::classes([PROXY.as_ptr(), known::OBJECT.as_ptr()]);

/// The type of proxies of objects that can be called.
#[unsafe(no_mangle)]
pub static mut _PyWeakref_CallableProxyType: PyTypeObject = PyTypeObject {
    tp_name: c"weakref.CallableProxyType".as_ptr(),
    tp_call: slots::call(tp_call),
    tp_mro: class_order::pointer(&raw mut CALLABLE_ORDER),
    ..BOTH
};

static mut CALLABLE_ORDER: Classes<2> = class_order::classes([CALLABLE_PROXY.as_ptr(), known::OBJECT.as_ptr()]);

/// The fields that both types share.
const BOTH: PyTypeObject = PyTypeObject {
    tp_repr: slots::unary(repr),
    tp_hash: class_defaults::NO_HASH,
    tp_str: slots::unary(to_str),
    tp_getattro: slots::binary(getattr),
    tp_setattro: slots::assign(setattr),
    tp_as_number: &raw mut AS_NUMBER,
    tp_as_sequence: &raw mut AS_SEQUENCE,
    tp_as_mapping: &raw mut AS_MAPPING,
    tp_richcompare: slots::compare(richcompare),
    tp_iter: slots::unary(iter),
    tp_iternext: slots::unary(next),
    tp_methods: (&raw mut METHODS).cast(),
    tp_init: None,
    ..SHARED
};

static mut AS_NUMBER: PyNumberMethods = PyNumberMethods {
    nb_bool: slots::unary(is_true),
    nb_negative: slots::unary(|proxy: WeakRef<'_>| number::negative(object(proxy)?.borrow())),
    nb_positive: slots::unary(|proxy: WeakRef<'_>| number::positive(object(proxy)?.borrow())),
    nb_absolute: slots::unary(|proxy: WeakRef<'_>| number::absolute(object(proxy)?.borrow())),
    nb_invert: slots::unary(|proxy: WeakRef<'_>| number::invert(object(proxy)?.borrow())),
    nb_int: slots::unary(|proxy: WeakRef<'_>| convert::to_int(object(proxy)?.borrow())),
    nb_float: slots::unary(|proxy: WeakRef<'_>| convert::exact_float(object(proxy)?.borrow())),
    nb_index: slots::unary(|proxy: WeakRef<'_>| convert::exact_index(object(proxy)?.borrow())),
    nb_power: slots::power(|a, b, c| of_three([a, b, c], number::power)),
    nb_inplace_power: slots::power(|a, b, c| of_three([a, b, c], number::power_in_place)),
    nb_add: slots::operator(|a, b| of_two(a, b, operators::add)),
    nb_inplace_add: slots::operator(|a, b| of_two(a, b, operators::add_in_place)),
    nb_multiply: slots::operator(|a, b| of_two(a, b, operators::multiply)),
    nb_inplace_multiply: slots::operator(|a, b| of_two(a, b, operators::multiply_in_place)),
    nb_divmod: slots::operator(|a, b| of_two(a, b, |a, b| number::DIVMOD.apply(a, b))),
    nb_subtract: slots::operator(|a, b| of_two(a, b, |a, b| number::SUBTRACT.apply(a, b))),
    nb_inplace_subtract: slots::operator(|a, b| of_two(a, b, |a, b| number::SUBTRACT.apply_in_place(a, b))),
    nb_matrix_multiply: slots::operator(|a, b| of_two(a, b, |a, b| number::MATRIX_MULTIPLY.apply(a, b))),
    nb_inplace_matrix_multiply: slots::operator(|a, b| {
        of_two(a, b, |a, b| number::MATRIX_MULTIPLY.apply_in_place(a, b))
    }),
    nb_floor_divide: slots::operator(|a, b| of_two(a, b, |a, b| number::FLOOR_DIVIDE.apply(a, b))),
    nb_inplace_floor_divide: slots::operator(|a, b| of_two(a, b, |a, b| number::FLOOR_DIVIDE.apply_in_place(a, b))),
    nb_true_divide: slots::operator(|a, b| of_two(a, b, |a, b| number::TRUE_DIVIDE.apply(a, b))),
    nb_inplace_true_divide: slots::operator(|a, b| of_two(a, b, |a, b| number::TRUE_DIVIDE.apply_in_place(a, b))),
    nb_remainder: slots::operator(|a, b| of_two(a, b, |a, b| number::REMAINDER.apply(a, b))),
    nb_inplace_remainder: slots::operator(|a, b| of_two(a, b, |a, b| number::REMAINDER.apply_in_place(a, b))),
    nb_lshift: slots::operator(|a, b| of_two(a, b, |a, b| number::LSHIFT.apply(a, b))),
    nb_inplace_lshift: slots::operator(|a, b| of_two(a, b, |a, b| number::LSHIFT.apply_in_place(a, b))),
    nb_rshift: slots::operator(|a, b| of_two(a, b, |a, b| number::RSHIFT.apply(a, b))),
    nb_inplace_rshift: slots::operator(|a, b| of_two(a, b, |a, b| number::RSHIFT.apply_in_place(a, b))),
    nb_and: slots::operator(|a, b| of_two(a, b, |a, b| number::AND.apply(a, b))),
    nb_inplace_and: slots::operator(|a, b| of_two(a, b, |a, b| number::AND.apply_in_place(a, b))),
    nb_xor: slots::operator(|a, b| of_two(a, b, |a, b| number::XOR.apply(a, b))),
    nb_inplace_xor: slots::operator(|a, b| of_two(a, b, |a, b| number::XOR.apply_in_place(a, b))),
    nb_or: slots::operator(|a, b| of_two(a, b, |a, b| number::OR.apply(a, b))),
    nb_inplace_or: slots::operator(|a, b| of_two(a, b, |a, b| number::OR.apply_in_place(a, b))),
    ..PyNumberMethods::BLANK
};

static mut METHODS: [PyMethodDef; 3] = [
    slots::method_noargs(c"__bytes__", |proxy: WeakRef<'_>| method(proxy, "__bytes__")),
    slots::method_noargs(c"__reversed__", |proxy: WeakRef<'_>| method(proxy, "__reversed__")),
    PyMethodDef::END,
];

static mut AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slots::unary(len),
    sq_contains: slots::binary(contains),
    ..PySequenceMethods::BLANK
};

static mut AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(len),
    mp_subscript: slots::binary(item),
    mp_ass_subscript: slots::assign(set_item),
};

/// The object of a proxy; ReferenceError when it is dead.
fn object(proxy: WeakRef<'_>) -> Result<Ref> {
    referent(proxy).ok_or_else(|| raise!(ReferenceError, "weakly-referenced object no longer exists"))
}

/// The object of an operand that is a proxy; any other operand is itself.
fn unwrapped(operand: Obj<'_>) -> Result<Ref> {
    match operand.downcast::<PyWeakReference>().filter(|_| !operand.is_a(known::WEAK_REFERENCE)) {
        Some(proxy) => object(proxy),
        None => Ok(operand.to_ref()),
    }
}

/// An operator of two operands, each of which may be a proxy.
fn of_two(a: Obj<'_>, b: Obj<'_>, apply: impl FnOnce(Obj<'_>, Obj<'_>) -> Result<Ref>) -> Result<Ref> {
    apply(unwrapped(a)?.borrow(), unwrapped(b)?.borrow())
}

/// A power, each of whose operands may be a proxy.
fn of_three([a, b, c]: [Obj<'_>; 3], apply: fn([Obj<'_>; 3]) -> Result<Ref>) -> Result<Ref> {
    let operands = [unwrapped(a)?, unwrapped(b)?, unwrapped(c)?];
    apply(operands.each_ref().map(Ref::borrow))
}

/// The answer of a method of the object.
fn method(proxy: WeakRef<'_>, name: &str) -> Result<Ref> {
    let method = attributes::get_str(object(proxy)?.borrow(), name)?;
    call::vectorcall(method.borrow(), &[], None)
}

fn repr(proxy: WeakRef<'_>) -> Result<Ref> {
    let this = proxy.as_ptr();
    match referent(proxy) {
        Some(o) => {
            let (class, address) = (o.borrow().class().name(), o.as_ptr());
            str::format(format_args!("<weakproxy at {this:p}; to '{class}' at {address:p}>"))
        }
        None => str::format(format_args!("<weakproxy at {this:p}; dead>")),
    }
}

fn to_str(proxy: WeakRef<'_>) -> Result<Ref> {
    text::to_str(object(proxy)?.borrow())
}

fn getattr(proxy: WeakRef<'_>, name: Obj<'_>) -> Result<Ref> {
    attributes::get(object(proxy)?.borrow(), unwrapped(name)?.borrow())
}

fn setattr(proxy: WeakRef<'_>, name: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    attribute::set(object(proxy)?.borrow(), name, value)
}

fn richcompare(proxy: WeakRef<'_>, other: Obj<'_>, op: c_int) -> Result<Ref> {
    compare::compare(object(proxy)?.borrow(), unwrapped(other)?.borrow(), op)
}

fn is_true(proxy: WeakRef<'_>) -> Result<bool> {
    truth::truth(object(proxy)?.borrow())
}

fn len(proxy: WeakRef<'_>) -> Result<isize> {
    mapping::len(object(proxy)?.borrow())
}

fn contains(proxy: WeakRef<'_>, value: Obj<'_>) -> Result<bool> {
    iteration::contains(object(proxy)?.borrow(), value)
}

fn item(proxy: WeakRef<'_>, key: Obj<'_>) -> Result<Ref> {
    subscript::get(object(proxy)?.borrow(), unwrapped(key)?.borrow())
}

fn set_item(proxy: WeakRef<'_>, key: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    subscript::set(object(proxy)?.borrow(), key, value)
}

fn iter(proxy: WeakRef<'_>) -> Result<Ref> {
    iterator::of(object(proxy)?.borrow())
}

fn next(proxy: WeakRef<'_>) -> Result<Option<Ref>> {
    let o = object(proxy)?;
    if !iteration::check(o.borrow()) {
        let class = o.borrow().class();
        return Err(raise!(TypeError, "Weakref proxy referenced a non-iterator '{}' object", class.name()));
    }
    iteration::next(o.borrow())
}

fn tp_call(proxy: WeakRef<'_>, arguments: Tuple<'_>, keywords: Option<Dict<'_>>) -> Option<Ref> {
    let proxy: View<'_, PyWeakReference> = proxy;
    call::call(object(proxy).ok()?.borrow(), arguments, keywords).ok()
}
