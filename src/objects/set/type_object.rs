//! The types `set` and `frozenset`.

use super::{Set, clear, from_iterable, instantiate, iterator, methods, operators, table, update};
use crate::abi::*;
use crate::objects::class_order::{self, Classes};
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::Tuple;
use crate::objects::{arguments, class_call, class_defaults, weakref};
use crate::runtime::known::{self, FROZENSET, SET};
use crate::runtime::{Ref, Result, Type};
use core::ffi::c_int;
use core::mem::offset_of;

/// The parts that both types have.
const COMMON: PyTypeObject = PyTypeObject {
    tp_basicsize: size_of::<PySetObject>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PySetObject>(),
    tp_traverse: slots::traverse::<PySetObject>(),
    tp_clear: slots::clear::<PySetObject>(),
    tp_repr: slots::unary(operators::repr),
    tp_richcompare: slots::compare(operators::compare),
    tp_as_sequence: &raw mut operators::SEQUENCE,
    tp_weaklistoffset: offset_of!(PySetObject, weakreflist) as Py_ssize_t,
    tp_iter: slots::unary(iterator::over),
    tp_vectorcall: Some(class_call::enter_slot::<class_call::Plain>),
    tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    ..class_defaults::COLLECTED
};

/// The `set` type.
#[unsafe(no_mangle)]
pub static mut PySet_Type: PyTypeObject = PyTypeObject {
    tp_name: c"set".as_ptr(),
    tp_as_number: &raw mut operators::CHANGING,
    tp_hash: class_defaults::NO_HASH,
    tp_methods: (&raw mut methods::CHANGING).cast(),
    tp_new: slots::new(new),
    tp_init: slots::init(init),
    tp_mro: class_order::pointer(&raw mut SET_ORDER),
    ..COMMON
};

static mut SET_ORDER: Classes<2> = class_order::classes([known::SET.as_ptr(), known::OBJECT.as_ptr()]);

/// The `frozenset` type.
#[unsafe(no_mangle)]
pub static mut PyFrozenSet_Type: PyTypeObject = PyTypeObject {
    tp_name: c"frozenset".as_ptr(),
    tp_as_number: &raw mut operators::FROZEN,
    tp_hash: slots::unary(operators::hash),
    tp_methods: (&raw mut methods::FROZEN).cast(),
    tp_new: slots::new(new_frozen),
    tp_mro: class_order::pointer(&raw mut FROZEN_ORDER),
    ..COMMON
};

static mut FROZEN_ORDER: Classes<2> = class_order::classes([known::FROZENSET.as_ptr(), known::OBJECT.as_ptr()]);

// SAFETY: a set owns its keys, and the block of its table, which `clear` frees.
unsafe impl Owner for PySetObject {
    fn visit(set: Set<'_>, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        for index in 0..=table::mask(set) {
            let entry = table::entry(set, index);
            if !entry.key.is_null() && entry.hash != -1 {
                let answer = visit(entry.key);
                if answer != 0 {
                    return answer;
                }
            }
        }
        0
    }

    unsafe fn empty(set: Set<'_>) {
        // SAFETY: a view's fields can be read.
        if unsafe { !(*set.fields()).weakreflist.is_null() } {
            weakref::end_of(*set);
        }
        clear(set);
    }
}

fn new(class: Type<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    Ok(instantiate(class)?.into_ref())
}

/// `set()` and `set(iterable)`; replaces the previous keys.
fn init(set: Set<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    arguments::no_keywords_of_init("set", set.class(), SET, keywords)?;
    let iterable = arguments::at_most_one(set.class().name(), args)?;
    clear(set);
    iterable.map_or(Ok(()), |iterable| update(set, iterable))
}

/// `frozenset()` and `frozenset(iterable)`, which is the iterable itself if it is a `frozenset`.
fn new_frozen(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    arguments::no_keywords_of_new("frozenset", class, FROZENSET, keywords)?;
    match arguments::at_most_one(class.name(), args)? {
        Some(iterable) if class == FROZENSET && iterable.is_exactly(FROZENSET) => Ok(iterable.to_ref()),
        iterable => Ok(from_iterable(class, iterable)?.into_ref()),
    }
}
