//! `set` and `frozenset`. The hash table is in `table`; this file makes sets and asks for elements; `algebra` has the operations on
//! two sets, and the types are in [`type_object`].

pub mod algebra;
mod iterator;
mod methods;
mod table;
pub mod type_object;

pub use iterator::PySetIter_Type;
pub use methods::pop as take_any;
pub use table::{clear, next, next_address};

use super::dict::{self, hash_of_element};
use crate::abi::*;
use crate::protocol::iteration;
use crate::runtime::known::{FROZENSET, SET};
use crate::runtime::{Layout, Obj, Own, Ref, Result, Type, View, error, gc, instance};

/// A borrowed reference to a `set`, a `frozenset`, or an instance of a subclass of one.
pub type Set<'a> = View<'a, PySetObject>;

// SAFETY: both types have this layout, and so have the instances of their subclasses.
unsafe impl Layout for PySetObject {
    fn check(o: Obj<'_>) -> bool {
        is_set(o) || is_frozen(o)
    }
}

/// Whether the object is a `set` or an instance of a subclass.
pub fn is_set(o: Obj<'_>) -> bool {
    o.class() == SET || o.class().is_subtype(SET)
}

/// Whether the object is a `frozenset` or an instance of a subclass.
pub fn is_frozen(o: Obj<'_>) -> bool {
    o.class() == FROZENSET || o.class().is_subtype(FROZENSET)
}

/// The built-in type that a set's class derives from. The result of an operation has this type.
fn base_of(set: Set<'_>) -> Type<'static> {
    if is_set(*set) { SET } else { FROZENSET }
}

/// A new, empty set of a class that derives from `set` or `frozenset`.
fn empty(class: Type<'_>) -> Result<Own<PySetObject>> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: the instance is new, and its class gives it this layout: the callers pass a type of this folder, or the class of a
    // call of `tp_new`, which `slots::new` has checked.
    let set = unsafe {
        table::write_empty(o);
        Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr()))
    };
    gc::track(set.as_obj());
    Ok(set)
}

/// A new `set` with the elements of an iterable, if there is one.
pub fn new(elements: Option<Obj<'_>>) -> Result<Own<PySetObject>> {
    made(SET, elements)
}

/// A new `frozenset` with the elements of an iterable, if there is one.
pub fn new_frozen(elements: Option<Obj<'_>>) -> Result<Own<PySetObject>> {
    made(FROZENSET, elements)
}

/// A new set of a class, with the elements of an iterable.
fn made(class: Type<'_>, elements: Option<Obj<'_>>) -> Result<Own<PySetObject>> {
    let set = empty(class)?;
    if let Some(elements) = elements {
        update(set.borrow(), elements)?;
    }
    Ok(set)
}

/// A new `set` or `frozenset` with the elements of a set.
pub fn copy(set: Set<'_>) -> Result<Own<PySetObject>> {
    made(base_of(set), Some(*set))
}

/// The number of elements.
pub fn len(set: Set<'_>) -> usize {
    // SAFETY: a view's fields can be read.
    unsafe { (*set.fields()).used as usize }
}

/// Adds an element.
pub fn add(set: Set<'_>, element: Obj<'_>) -> Result<()> {
    table::add(set, element, hash_of_element(element)?)
}

/// Whether an element is in the set.
pub fn contains(set: Set<'_>, element: Obj<'_>) -> Result<bool> {
    table::contains(set, element, hash_of_element(element)?)
}

/// Removes an element. Returns whether it was in the set.
pub fn discard(set: Set<'_>, element: Obj<'_>) -> Result<bool> {
    table::discard(set, element, hash_of_element(element)?)
}

/// Does some work with an element that may itself be a `set`: a `set` has no hash, and stands for the `frozenset` of its elements.
fn with_set_as_element<T>(element: Obj<'_>, work: impl Fn(isize) -> Result<T>) -> Result<T> {
    let hash = hash_of_element(element).or_else(|raised| match element.downcast() {
        Some(element) if is_set(*element) && error::pending_is(Exc::TypeError) => {
            drop(error::take());
            Ok(table::hash(element))
        }
        _ => Err(raised),
    })?;
    work(hash)
}

/// Adds the elements of an iterable.
pub fn update(set: Set<'_>, elements: Obj<'_>) -> Result<()> {
    if let Some(other) = elements.downcast() {
        return table::merge(set, other);
    }
    if let Some(keys) = elements.downcast_exactly(dict::DICT) {
        table::make_room(set, dict::len(keys))?;
        return dict::entries_hashed(keys).try_for_each(|entry| table::add(set, entry.key.borrow(), entry.hash));
    }
    iteration::each(elements, |element| add(set, element.borrow()))
}
