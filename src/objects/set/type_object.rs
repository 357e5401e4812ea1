//! The `set` and `frozenset` types: their slots.

use super::{Set, algebra, iterator, len, made, methods, table, update};
use crate::abi::*;
use crate::objects::dict::Dict;
use crate::objects::slots::{self, Owner};
use crate::objects::tuple::Tuple;
use crate::objects::{arguments, class_call, class_defaults, list, nested, str, weakref};
use crate::runtime::known::{self, NOT_IMPLEMENTED};
use crate::runtime::{Obj, Ref, Result, Type, View, raise};
use core::ffi::c_int;
use core::mem::offset_of;

const FLAGS: core::ffi::c_ulong = class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF;

/// The slots that both types have.
const SHARED: PyTypeObject = PyTypeObject {
    tp_basicsize: size_of::<PySetObject>() as Py_ssize_t,
    tp_dealloc: slots::dealloc::<PySetObject>(),
    tp_traverse: slots::traverse::<PySetObject>(),
    tp_clear: slots::clear::<PySetObject>(),
    tp_repr: slots::unary(repr),
    tp_richcompare: slots::compare(compare),
    tp_as_sequence: &raw mut AS_SEQUENCE,
    tp_iter: slots::unary(iterator::over),
    tp_weaklistoffset: offset_of!(PySetObject, weakreflist) as Py_ssize_t,
    tp_vectorcall: Some(class_call::enter_slot::<class_call::Plain>),
    tp_flags: FLAGS,
    ..class_defaults::COLLECTED
};

static_type! {
    /// The `set` type.
    pub PySet_Type as SET_TYPE = PyTypeObject {
        tp_name: c"set".as_ptr(),
        tp_hash: class_defaults::NO_HASH,
        tp_as_number: &raw mut AS_NUMBER,
        tp_methods: (&raw mut methods::METHODS).cast(),
        tp_new: slots::new(new),
        tp_init: slots::init(init),
        ..SHARED
    }
}

static_type! {
    /// The `frozenset` type.
    pub PyFrozenSet_Type as FROZENSET_TYPE = PyTypeObject {
        tp_name: c"frozenset".as_ptr(),
        tp_hash: slots::unary(hash),
        tp_as_number: &raw mut FROZEN_AS_NUMBER,
        tp_methods: (&raw mut methods::FROZEN_METHODS).cast(),
        tp_new: slots::new(new_frozen),
        ..SHARED
    }
}

// SAFETY: a set owns its elements and the block of its table. The list of weak references owns nothing.
unsafe impl Owner for PySetObject {
    fn visit(set: Set<'_>, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        let mut position = 0;
        while let Some((element, _, after)) = table::next_address(set, position) {
            let answer = visit(element);
            if answer != 0 {
                return answer;
            }
            position = after;
        }
        0
    }

    unsafe fn empty(set: Set<'_>) {
        // SAFETY: a view's fields can be read.
        if unsafe { !(*set.fields()).weakreflist.is_null() } {
            weakref::end_of(*set);
        }
        table::clear(set);
    }
}

static mut AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: slots::unary(length),
    sq_contains: slots::binary(methods::contains),
    ..PySequenceMethods::BLANK
};

static mut FROZEN_AS_NUMBER: PyNumberMethods = FROZEN_OPERATORS;

/// The operators that make a new set. The left operand may be any object when the right one is a set.
const FROZEN_OPERATORS: PyNumberMethods = PyNumberMethods {
    nb_subtract: slots::binary(|a: View<'_, PyObject>, b| {
        with_two_sets(*a, b, |a, b| Ok(algebra::difference(a, *b)?.into_ref()))
    }),
    nb_and: slots::binary(|a: View<'_, PyObject>, b| {
        with_two_sets(*a, b, |a, b| Ok(algebra::intersection(a, *b)?.into_ref()))
    }),
    nb_xor: slots::binary(|a: View<'_, PyObject>, b| {
        with_two_sets(*a, b, |a, b| Ok(algebra::symmetric_difference(a, *b)?.into_ref()))
    }),
    nb_or: slots::binary(|a: View<'_, PyObject>, b| {
        with_two_sets(*a, b, |a, b| Ok(algebra::union_of_all(a, &[*b])?.into_ref()))
    }),
    ..PyNumberMethods::BLANK
};

static mut AS_NUMBER: PyNumberMethods = PyNumberMethods {
    nb_inplace_subtract: slots::binary(|set: Set<'_>, other| change_by_set(set, other, algebra::remove_all)),
    nb_inplace_and: slots::binary(|set: Set<'_>, other| {
        change_by_set(set, other, |set, other| algebra::keep_common(set, &[other]))
    }),
    nb_inplace_xor: slots::binary(|set: Set<'_>, other| change_by_set(set, other, algebra::toggle)),
    nb_inplace_or: slots::binary(|set: Set<'_>, other| change_by_set(set, other, update)),
    ..FROZEN_OPERATORS
};

/// The result of an operator; NotImplemented unless both operands are sets.
fn with_two_sets(a: Obj<'_>, b: Obj<'_>, operator: impl Fn(Set<'_>, Set<'_>) -> Result<Ref>) -> Result<Ref> {
    match (a.downcast(), b.downcast()) {
        (Some(a), Some(b)) => operator(a, b),
        _ => Ok(NOT_IMPLEMENTED.to_ref()),
    }
}

/// Changes a set by an operator that assigns; NotImplemented unless the other operand is a set.
fn change_by_set(set: Set<'_>, other: Obj<'_>, change: impl Fn(Set<'_>, Obj<'_>) -> Result<()>) -> Result<Ref> {
    if other.downcast::<PySetObject>().is_none() {
        return Ok(NOT_IMPLEMENTED.to_ref());
    }
    change(set, other)?;
    Ok(set.to_ref())
}

fn length(set: Set<'_>) -> Result<isize> {
    Ok(len(set) as isize)
}

/// `{…}` for a `set`, `NAME({…})` for other classes, and `NAME()` for an empty set.
fn repr(set: Set<'_>) -> Result<Ref> {
    let name = str::format(format_args!("{}", set.class().name()))?;
    let inside = str::format(format_args!("{}(...)", set.class().name()))?;
    nested::text_of(set, |text, set| {
        nested::write_once(text, set, str::utf8(str::require(inside.borrow())?)?, |text, set| {
            let elements = methods::listed(set)?;
            let is_plain = set.is_exactly(known::SET) && len(set) > 0;
            if !is_plain {
                nested::push_str(text, name.borrow())?;
                text.push_str("(")?;
            }
            if len(set) > 0 {
                text.push_str("{")?;
                nested::write_items(text, elements.borrow(), list::get, list::len)?;
                text.push_str("}")?;
            }
            if is_plain { Ok(()) } else { text.push_str(")") }
        })
    })
}

fn hash(set: Set<'_>) -> Result<isize> {
    // SAFETY: the field is a number.
    unsafe {
        if (*set.fields()).hash == -1 {
            (*set.fields()).hash = table::hash(set);
        }
        Ok((*set.fields()).hash)
    }
}

fn compare(a: Set<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let Some(b) = b.downcast() else { return Ok(NOT_IMPLEMENTED.to_ref()) };
    let answer = match op {
        Py_EQ => equal(a, b)?,
        Py_NE => !equal(a, b)?,
        Py_LE => algebra::is_subset(a, *b)?,
        Py_GE => algebra::is_subset(b, *a)?,
        Py_LT => len(a) < len(b) && algebra::is_subset(a, *b)?,
        _ => len(a) > len(b) && algebra::is_subset(b, *a)?,
    };
    Ok(known::bool(answer).to_ref())
}

fn equal(a: Set<'_>, b: Set<'_>) -> Result<bool> {
    // SAFETY: the field is a number.
    let [one, other] = [a, b].map(|set| unsafe { (*set.fields()).hash });
    let are_known_to_differ = one != -1 && other != -1 && one != other;
    Ok(len(a) == len(b) && !are_known_to_differ && algebra::is_subset(a, *b)?)
}

/// TypeError unless the class derives from one of the types, whose layout an instance has.
fn require_derived(class: Type<'_>, base: Type<'_>) -> Result<()> {
    if class.is_subtype(base) {
        return Ok(());
    }
    Err(raise!(TypeError, "{}.__new__({}): {1} is not a subtype of {0}", base.name(), class.name()))
}

fn new(class: Type<'_>, _: Tuple<'_>, _: Option<Dict<'_>>) -> Result<Ref> {
    require_derived(class, known::SET)?;
    Ok(super::empty(class)?.into_ref())
}

/// `set(iterable)`, also of a set that has elements, which it loses.
fn init(set: Set<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<()> {
    arguments::no_keywords("set", keywords)?;
    let elements = arguments::at_most_one("set", args)?;
    table::clear(set);
    elements.map_or(Ok(()), |elements| update(set, elements))
}

/// `frozenset(iterable)`. A `frozenset` is its own copy.
fn new_frozen(class: Type<'_>, args: Tuple<'_>, keywords: Option<Dict<'_>>) -> Result<Ref> {
    require_derived(class, known::FROZENSET)?;
    let inherits_init =
        class.fields().tp_init.map(|slot| slot as usize) == known::FROZENSET.fields().tp_init.map(|slot| slot as usize);
    if class == known::FROZENSET || inherits_init {
        arguments::no_keywords("frozenset", keywords)?;
    }
    let elements = arguments::at_most_one("frozenset", args)?;
    match elements {
        Some(elements) if class == known::FROZENSET && elements.is_exactly(class) => Ok(elements.to_ref()),
        elements => Ok(made(class, elements)?.into_ref()),
    }
}
