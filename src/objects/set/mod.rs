//! `set` and `frozenset`: hash tables with CPython's order of keys.
//!
//! The table, its probe sequence and its growth are CPython's, so that a set gives its keys in CPython's order.

mod algebra;
pub mod iterator;
mod methods;
mod operators;
mod table;
pub mod type_object;
mod update;
mod whole;

pub use algebra::{intersection, remove_all, toggle_all};
pub use table::{add, clear, contains, discard, find_hashed, keys, len, next, pop};
pub use update::update;

use crate::abi::*;
use crate::runtime::known::{FROZENSET, SET};
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Layout, Obj, Own, Ref, Result, Type, View, gc, instance};

/// A borrowed reference to a `set` or a `frozenset`, or to an instance of a subclass.
pub type Set<'a> = View<'a, PySetObject>;

/// A new reference to one.
pub type NewSet = Own<PySetObject>;

// SAFETY: the instances of both types and of their subclasses begin with this layout.
unsafe impl Layout for PySetObject {
    #[inline]
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(SET) || o.is_exactly(FROZENSET) || o.is_a(SET) || o.is_a(FROZENSET)
    }
}

/// The object as a `set` or an instance of a subclass; `None` for a `frozenset`.
pub fn as_set(o: Obj<'_>) -> Option<Set<'_>> {
    if o.is_exactly(SET) || o.is_a(SET) { o.downcast() } else { None }
}

/// A new, empty set of a class; SystemError for a class of other objects.
pub fn instantiate(class: Type<'_>) -> Result<NewSet> {
    let is_set = class == SET || class == FROZENSET || class.is_subtype(SET) || class.is_subtype(FROZENSET);
    if !is_set {
        return Err(bad_argument("set"));
    }
    let o = instance::allocate(class, 0)?;
    // SAFETY: a new instance of this layout, in which all is zero. No other code has it yet.
    let set: NewSet = unsafe { Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr())) };
    table::initialize(set.borrow());
    gc::track(set.as_obj());
    Ok(set)
}

/// A new set of a class, of the keys of an iterable (CPython: `make_new_set`).
pub fn from_iterable(class: Type<'_>, iterable: Option<Obj<'_>>) -> Result<NewSet> {
    let set = instantiate(class)?;
    if let Some(iterable) = iterable {
        update(set.borrow(), iterable)?;
    }
    Ok(set)
}

/// `set` or `frozenset`, of which the class is a subclass.
fn base_of(class: Type<'_>) -> Type<'static> {
    if class.is_subtype(SET) { SET } else { FROZENSET }
}
