//! Iterators over sets. They raise an error if the set has changed its size.

use super::{Set, len, next};
use crate::abi::PySetObject;
use crate::objects::iterator::{self, Class, Iterator, Steps};
use crate::runtime::{Ref, Result, raise};

/// The length in an iterator after its set had another number of keys than at the start. No set has this length.
const CHANGED: usize = usize::MAX;

/// The steps over keys.
enum Keys {}

static_type! {
    /// Iterators over sets.
    pub PySetIter_Type as SET_ITERATOR = iterator::type_of::<Keys>(c"set_iterator")
}

// SAFETY: the type is declared above, with these steps.
const KEYS: Class<Keys> = unsafe { Class::of(SET_ITERATOR) };

// SAFETY: the step only reads the set.
unsafe impl Steps for Keys {
    type Container = PySetObject;

    fn left(at: &Iterator, set: Set<'_>) -> Result<Option<usize>> {
        Ok(Some(if len(set) == at.length.get() { at.remaining.get() } else { 0 }))
    }

    fn step(at: &Iterator, set: Set<'_>) -> Result<Option<(Ref, usize)>> {
        if len(set) != at.length.get() {
            at.length.set(CHANGED);
            return Err(raise!(RuntimeError, "Set changed size during iteration"));
        }
        let Some((key, _, after)) = next(set, at.position.get()) else { return Ok(None) };
        at.remaining.set(at.remaining.get().saturating_sub(1));
        Ok(Some((key, after)))
    }
}

/// A new iterator over the keys of a set.
pub(super) fn over(set: Set<'_>) -> Result<Ref> {
    iterator::new(KEYS, set, len(set))
}
