//! Iterators over the keys, values and items of dicts. They raise an error if the dict has changed its size, or has
//! more items to come than it had at the start.

use super::{Dict, len, next};
use crate::abi::PyDictObject;
use crate::objects::iterator::{self, Class, Iterator, Steps};
use crate::objects::tuple;
use crate::runtime::{Raised, Ref, Result, raise};

/// The length in an iterator after its dict had another number of items than at the start. No dict has this length.
const CHANGED: usize = usize::MAX;

/// The steps over keys.
enum Keys {}

/// The steps over values.
enum Values {}

/// The steps over items.
enum Items {}

static_type! {
    /// Iterators over the keys of dicts.
    pub PyDictIterKey_Type as KEY_ITERATOR = iterator::type_of::<Keys>(c"dict_keyiterator")
}
static_type! {
    /// Iterators over the values of dicts.
    pub PyDictIterValue_Type as VALUE_ITERATOR = iterator::type_of::<Values>(c"dict_valueiterator")
}
static_type! {
    /// Iterators over the items of dicts.
    pub PyDictIterItem_Type as ITEM_ITERATOR = iterator::type_of::<Items>(c"dict_itemiterator")
}

// SAFETY: the type is declared above, with these steps.
const KEYS: Class<Keys> = unsafe { Class::of(KEY_ITERATOR) };
// SAFETY: the type is declared above, with these steps.
const VALUES: Class<Values> = unsafe { Class::of(VALUE_ITERATOR) };
// SAFETY: the type is declared above, with these steps.
const ITEMS: Class<Items> = unsafe { Class::of(ITEM_ITERATOR) };

/// The next item of a dict: key, value, and the position after it. The iterator has passed the item even if the caller
/// fails to return it.
fn step(at: &Iterator, dict: Dict<'_>) -> Result<Option<(Ref, Ref, usize)>> {
    if len(dict) != at.length.get() {
        at.length.set(CHANGED);
        return Err(raise!(RuntimeError, "dictionary changed size during iteration"));
    }
    let Some((key, value, after)) = next(dict, at.position.get()) else { return Ok(None) };
    let Some(remaining) = at.remaining.get().checked_sub(1) else { return Err(keys_changed(at)) };
    at.remaining.set(remaining);
    at.position.set(after);
    Ok(Some((key, value, after)))
}

/// The number of items that are still to come; none once the dict has another number of items.
fn left(at: &Iterator, dict: Dict<'_>) -> usize {
    if len(dict) == at.length.get() { at.remaining.get() } else { 0 }
}

/// Ends the iteration over a dict that got other keys and kept its length.
#[cold]
#[inline(never)]
fn keys_changed(at: &Iterator) -> Raised {
    let raised = raise!(RuntimeError, "dictionary keys changed during iteration");
    iterator::finish(at);
    raised
}

// SAFETY: the step does not use the dict after it has ended the iteration.
unsafe impl Steps for Keys {
    type Container = PyDictObject;

    fn left(at: &Iterator, dict: Dict<'_>) -> Result<Option<usize>> {
        Ok(Some(left(at, dict)))
    }

    fn step(at: &Iterator, dict: Dict<'_>) -> Result<Option<(Ref, usize)>> {
        Ok(step(at, dict)?.map(|(key, _, after)| (key, after)))
    }
}

// SAFETY: the step does not use the dict after it has ended the iteration.
unsafe impl Steps for Values {
    type Container = PyDictObject;

    fn left(at: &Iterator, dict: Dict<'_>) -> Result<Option<usize>> {
        Ok(Some(left(at, dict)))
    }

    fn step(at: &Iterator, dict: Dict<'_>) -> Result<Option<(Ref, usize)>> {
        Ok(step(at, dict)?.map(|(_, value, after)| (value, after)))
    }
}

// SAFETY: the step does not use the dict after it has ended the iteration.
unsafe impl Steps for Items {
    type Container = PyDictObject;

    fn left(at: &Iterator, dict: Dict<'_>) -> Result<Option<usize>> {
        Ok(Some(left(at, dict)))
    }

    fn step(at: &Iterator, dict: Dict<'_>) -> Result<Option<(Ref, usize)>> {
        let Some((key, value, after)) = step(at, dict)? else { return Ok(None) };
        Ok(Some((tuple::tracked(&[key.borrow(), value.borrow()])?.into_ref(), after)))
    }
}

/// A new iterator over the keys of a dict.
pub(super) fn over_keys(dict: Dict<'_>) -> Result<Ref> {
    iterator::new(KEYS, dict, len(dict))
}

/// A new iterator over the values of a dict.
pub(super) fn over_values(dict: Dict<'_>) -> Result<Ref> {
    iterator::new(VALUES, dict, len(dict))
}

/// A new iterator over the items of a dict.
pub(super) fn over_items(dict: Dict<'_>) -> Result<Ref> {
    iterator::new(ITEMS, dict, len(dict))
}
