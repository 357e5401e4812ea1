//! Iterators that are made from other iterators or from a function: `enumerate`, `zip`, `map`, `filter`, and the
//! iterator of `iter(function, sentinel)`.

pub mod callable;
pub mod enumerate;
pub mod filter;
pub mod map;
pub mod zip;

use super::arguments::Signature;
use super::dict::Dict;
use super::slots::{self, Owner};
use super::tuple::{self, Tuple};
use super::{class_defaults, iterator};
use crate::abi::{Py_TPFLAGS_BASETYPE, Py_ssize_t, PyTupleObject, PyTypeObject};
use crate::protocol::iteration;
use crate::protocol::truth::truth;
use crate::runtime::{Cells, Obj, Own, Raised, Ref, Result, Type, gc, instance, raise, refusal};

/// The fields of the types of these iterators, unless a type states others: their objects are of the layout `L`, and have subclasses.
const fn defaults<L: Owner>() -> PyTypeObject {
    PyTypeObject {
        tp_basicsize: size_of::<L>() as Py_ssize_t,
        tp_dealloc: slots::dealloc::<L>(),
        tp_traverse: slots::traverse::<L>(),
        tp_iter: class_defaults::ITSELF,
        tp_flags: class_defaults::COLLECTED.tp_flags | Py_TPFLAGS_BASETYPE,
        ..class_defaults::COLLECTED
    }
}

/// A new iterator of a class, whose fields, which are zero at first, `fill` sets.
fn made<L: Cells>(class: Type<'_>, fill: impl FnOnce(&L)) -> Result<Ref> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: this is the only reference to a new object.
    let made = unsafe { Ref::from_ptr_unchecked(o.as_ptr()) };
    fill(made.borrow().downcast().ok_or_else(refusal::null_error)?.cells());
    gc::track(made.borrow());
    Ok(made)
}

/// The iterators of some iterables.
fn iterators_of(iterables: &[Obj<'_>]) -> Result<Own<PyTupleObject>> {
    let made = tuple::of_made(iterables.len(), |index| match iterables.get(index) {
        Some(iterable) => iterator::of(*iterable).map(Some),
        None => Ok(None),
    });
    made.map(|made| made.unwrap_or_else(|| tuple::empty().to_own()))
}

/// The keyword `strict` of `zip` and `map`, their only one.
fn strict(function: &'static str, keywords: Option<Dict<'_>>) -> Result<bool> {
    if keywords.is_none() {
        return Ok(false);
    }
    let signature = Signature { function, names: ["strict"], required: 0 };
    let [strict] = signature.parse(&[], keywords)?;
    strict.map_or(Ok(false), |strict| truth(strict.borrow()))
}

/// A tuple of the next item of each iterator; `None` when one of them is at its end. ValueError if the others are not,
/// and have to be.
fn next_of_each(function: &str, iterators: Tuple<'_>, strict: bool) -> Result<Option<Own<PyTupleObject>>> {
    let mut ended = 0;
    let items = tuple::of_made(tuple::len(iterators), |index| {
        ended = index;
        tuple::peek(iterators, index).map_or(Ok(None), iteration::next)
    })?;
    if items.is_none() && strict {
        require_end(function, iterators, ended)?;
    }
    Ok(items)
}

/// ValueError unless the first iterator was the one at its end, and all others are too.
#[cold]
fn require_end(function: &str, iterators: Tuple<'_>, ended: usize) -> Result<()> {
    if ended > 0 {
        return Err(other_length(function, ended, "shorter"));
    }
    for (index, iterator) in tuple::items(iterators).iter().enumerate().skip(1) {
        if iteration::next(*iterator)?.is_some() {
            return Err(other_length(function, index, "longer"));
        }
    }
    Ok(())
}

fn other_length(function: &str, index: usize, kind: &str) -> Raised {
    let (nth, others) = (index + 1, if index == 1 { " " } else { "s 1-" });
    raise!(ValueError, "{function}() argument {nth} is {kind} than argument{others}{index}")
}
