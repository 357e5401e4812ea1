//! Iterators over the items of a memoryview with one dimension.

use super::{MemoryView, form, index, item};
use crate::abi::*;
use crate::objects::iterator::{self, Class, Iterator, Steps};
use crate::runtime::{Ref, Result};

/// The steps over items.
enum Items {}

static_type! {
    /// Iterators over the items of memoryviews.
    static MEMORY_ITERATOR_TYPE as MEMORY_ITERATOR = iterator::type_of::<Items>(c"memory_iterator")
}

// SAFETY: the type is declared above, with these steps.
const ITEMS: Class<Items> = unsafe { Class::of(MEMORY_ITERATOR) };

// SAFETY: the step only reads the memory, and makes an object.
unsafe impl Steps for Items {
    type Container = PyMemoryViewObject;

    const HAS_HINT: bool = false;

    fn left(_: &Iterator, _: MemoryView<'_>) -> Result<Option<usize>> {
        Ok(None)
    }

    fn step(at: &Iterator, view: MemoryView<'_>) -> Result<Option<(Ref, usize)>> {
        let position = at.position.get();
        if position >= at.length.get() {
            return Ok(None);
        }
        // As in CPython a step that fails is not repeated.
        at.position.set(position + 1);
        Ok(Some((index::item_at(view, position as isize)?, position + 1)))
    }
}

/// A new iterator over the items.
pub(super) fn over(o: MemoryView<'_>) -> Result<Ref> {
    let form = form(o)?;
    match form.ndim() {
        0 => return Err(index::no_dimension()),
        1 => item::single(&form)?,
        _ => return Err(index::no_rows()),
    };
    iterator::new(ITEMS, o, form.shape(0).max(0) as usize)
}
