//! The `dict` type: the slots of a dict.

use super::iterator::over_keys;
use super::{
    Dict, clear, contains, delete, entries_hashed, get, get_hashed, instantiate, len, methods, missing, next_addresses,
    set, update,
};
use crate::abi::*;
use crate::objects::class_order::Classes;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::Tuple;
use crate::objects::{class_call, class_defaults, class_order, nested, special};
use crate::protocol::compare;
use crate::runtime::known::{self, DICT};
use crate::runtime::{Obj, Ref, Result, Type, View, instance};
use core::ffi::c_int;

/// The `dict` type.
#[unsafe(no_mangle)]
pub static mut PyDict_Type: PyTypeObject = PyTypeObject {
    tp_name: c"dict".as_ptr(),
    tp_basicsize: size_of::<PyDictObject>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PyDictObject>(),
    tp_traverse: slots::traverse::<PyDictObject>(),
    tp_clear: slots::clear::<PyDictObject>(),
    tp_hash: class_defaults::NO_HASH,
    tp_repr: slots::unary(repr),
    tp_richcompare: slots::compare(compare),
    tp_as_number: &raw mut AS_NUMBER,
    tp_as_sequence: &raw mut AS_SEQUENCE,
    tp_as_mapping: &raw mut AS_MAPPING,
    tp_iter: slots::unary(over_keys),
    tp_methods: (&raw mut methods::METHODS).cast(),
    tp_new: slots::new(new),
    tp_alloc: Some(instance::alloc_untracked_slot),
    tp_vectorcall: Some(class_call::enter_slot::<class_call::Plain>),
    tp_init: slots::init(init),
    tp_flags: class_defaults::COLLECTED.tp_flags
        | Py_TPFLAGS_BASETYPE
        | Py_TPFLAGS_DICT_SUBCLASS
        | Py_TPFLAGS_MAPPING
        | _Py_TPFLAGS_MATCH_SELF,
    tp_mro: class_order::pointer(&raw mut ORDER),
    ..class_defaults::COLLECTED
};

static mut ORDER: Classes<2> = class_order::classes([known::DICT.as_ptr(), known::OBJECT.as_ptr()]);

// SAFETY: a dict owns the keys and values in its table, and nothing else.
unsafe impl Owner for PyDictObject {
    fn visit(dict: Dict<'_>, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        let mut position = 0;
        while let Some((key, value, after)) = next_addresses(dict, position) {
            for o in [key, value] {
                let answer = visit(o);
                if answer != 0 {
                    return answer;
                }
            }
            position = after;
        }
        0
    }

    unsafe fn empty(dict: Dict<'_>) {
        clear(dict);
    }
}

static mut AS_NUMBER: PyNumberMethods = PyNumberMethods {
    nb_or: slots::binary(union),
    nb_inplace_or: slots::binary(update_in_place),
    ..PyNumberMethods::BLANK
};

/// `a | b`: the items of both; those of the second count.
fn union(a: View<'_, PyObject>, b: Obj<'_>) -> Result<Ref> {
    let (Some(left), Some(_)) = (a.downcast::<PyDictObject>(), b.downcast::<PyDictObject>()) else {
        return Ok(known::NOT_IMPLEMENTED.to_ref());
    };
    let whole = super::copy(left)?;
    update(whole.borrow(), b)?;
    Ok(whole.into_ref())
}

/// `dict |= other`, which may be a mapping or pairs.
fn update_in_place(dict: View<'_, PyObject>, other: Obj<'_>) -> Result<Ref> {
    match dict.downcast() {
        Some(own) => update(own, other).map(|()| dict.to_ref()),
        None => Ok(known::NOT_IMPLEMENTED.to_ref()),
    }
}

static mut AS_SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_contains: slots::binary(contains), ..PySequenceMethods::BLANK };

static mut AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: slots::unary(length),
    mp_subscript: slots::binary(subscript),
    mp_ass_subscript: slots::assign(assign),
};

fn repr(dict: Dict<'_>) -> Result<Ref> {
    nested::text_of(dict, nested::write_dict)
}

/// Whether two dicts have the same keys, with equal values.
fn equal(a: Dict<'_>, b: Dict<'_>) -> Result<bool> {
    if len(a) != len(b) {
        return Ok(false);
    }
    for entry in entries_hashed(a) {
        match get_hashed(b, entry.key.borrow(), entry.hash)? {
            Some(other) if compare::equal(entry.value.borrow(), other.borrow())? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

fn compare(a: Dict<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let Some(b) = b.downcast().filter(|_| matches!(op, Py_EQ | Py_NE)) else {
        return Ok(known::NOT_IMPLEMENTED.to_ref());
    };
    Ok(known::bool(equal(a, b)? == (op == Py_EQ)).to_ref())
}

fn length(dict: Dict<'_>) -> Result<isize> {
    Ok(len(dict) as isize)
}

/// `dict[key]`: for a missing key, a subclass may have `__missing__`; otherwise KeyError.
pub(super) fn subscript(dict: Dict<'_>, key: Obj<'_>) -> Result<Ref> {
    if let Some(value) = get(dict, key)? {
        return Ok(value);
    }
    if !dict.is_exactly(DICT)
        && let Some(value) = special::call(*dict, "__missing__", &[key])?
    {
        return Ok(value);
    }
    Err(missing(key))
}

fn assign(dict: Dict<'_>, key: Obj<'_>, value: Option<Obj<'_>>) -> Result<()> {
    match value {
        Some(value) => set(dict, key, value),
        None => delete(dict, key),
    }
}

fn new(class: Type<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    Ok(instantiate(class)?.into_ref())
}

/// `dict()`, with a mapping or pairs, and with keyword arguments.
fn init(dict: Dict<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    methods::update_from_call("dict", dict, args, keywords)
}
