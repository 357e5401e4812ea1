//! Iterators over sets. They raise an error if the set has changed its size.

use super::{Set, len, next};
use crate::abi::PySetObject;
use crate::objects::iterator::{self, Class, Iterator, Steps};
use crate::runtime::{Ref, Result, raise};

/// The length in an iterator after its set had another number of elements than at the start. No set has this length.
const CHANGED: usize = usize::MAX;

/// The steps over elements.
pub enum Elements {}

static_type! {
    /// Iterators over sets.
    pub PySetIter_Type as SET_ITERATOR = iterator::type_of::<Elements>(c"set_iterator")
}

// SAFETY: the type is declared above, with these steps.
const ELEMENTS: Class<Elements> = unsafe { Class::of(SET_ITERATOR) };

// SAFETY: the step does not use the set after it has ended the iteration.
unsafe impl Steps for Elements {
    type Container = PySetObject;

    fn step(at: &Iterator, set: Set<'_>) -> Result<Option<(Ref, usize)>> {
        if len(set) != at.length.get() {
            at.length.set(CHANGED);
            return Err(raise!(RuntimeError, "Set changed size during iteration"));
        }
        Ok(next(set, at.position.get()).map(|(element, _, after)| (element, after)))
    }
}

/// A new iterator over a set.
pub(super) fn over(set: Set<'_>) -> Result<Ref> {
    iterator::new(ELEMENTS, set, len(set))
}
