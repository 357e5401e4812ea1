//! Items of a memoryview by index, and the keys that subscripts take.

use super::{MemoryView, form, item, require_open, slices};
use crate::abi::{Exc, PySliceObject};
use crate::objects::index;
use crate::objects::slice::Slice;
use crate::objects::tuple;
use crate::protocol::buffer::{Form, step};
use crate::protocol::number;
use crate::runtime::{Layout, Obj, Raised, Ref, Result, known, raise};

/// The kinds of keys.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key<'a> {
    Index,
    Indices(&'a [Obj<'a>]),
    Ellipsis,
    Slice(Slice<'a>),
    Slices,
    Other,
}

impl<'a> Key<'a> {
    /// The kind of a key.
    pub(super) fn of(key: Obj<'a>) -> Self {
        if number::is_index(key) {
            return Key::Index;
        }
        if key.is(known::ELLIPSIS) {
            return Key::Ellipsis;
        }
        if let Some(slice) = key.downcast() {
            return Key::Slice(slice);
        }
        match key.downcast().map(tuple::items) {
            Some(items) if items.iter().all(|item| number::is_index(*item)) => Key::Indices(items),
            Some(items) if items.iter().all(|item| PySliceObject::check(*item)) => Key::Slices,
            _ => Key::Other,
        }
    }
}

#[cold]
pub(super) fn no_dimension() -> Raised {
    raise!(TypeError, "invalid indexing of 0-dim memory")
}

#[cold]
pub(super) fn invalid_key() -> Raised {
    raise!(TypeError, "memoryview: invalid slice key")
}

#[cold]
pub(super) fn no_sub_views() -> Raised {
    raise!(NotImplementedError, "sub-views are not implemented")
}

#[cold]
pub(super) fn no_rows() -> Raised {
    raise!(NotImplementedError, "multi-dimensional sub-views are not implemented")
}

/// The place of an index in a dimension, from the start of that dimension; IndexError outside.
///
/// # Safety
/// `start` is the start of the dimension in the form's memory.
unsafe fn place_in(form: &Form<'_>, at: usize, start: *mut u8, index: isize) -> Result<*mut u8> {
    let dimension = form.dimension(at);
    let from_start = if index < 0 { index.wrapping_add(dimension.shape) } else { index };
    if from_start < 0 || from_start >= dimension.shape {
        return Err(raise!(IndexError, "index out of bounds on dimension {}", at + 1));
    }
    // SAFETY: the index is inside the dimension.
    Ok(unsafe { step(start, dimension, from_start) })
}

/// The place of an item of a view with one dimension.
pub(super) fn place(form: &Form<'_>, index: isize) -> Result<*mut u8> {
    // SAFETY: the memory's start is that of its first dimension.
    unsafe { place_in(form, 0, form.start(), index) }
}

/// The index that a key names in a dimension. The key's code may release the view: its arrays are there afterwards, but not the memory,
/// in which a dimension with a suboffset has addresses.
pub(super) fn number(o: MemoryView<'_>, form: &Form<'_>, at: usize, key: Obj<'_>) -> Result<isize> {
    let index = index::as_ssize_t(key, Some(Exc::IndexError))?;
    if form.dimension(at).suboffset >= 0 {
        require_open(o)?;
    }
    Ok(index)
}

/// The place of the item that a tuple of indices names. The caller makes sure that the code of
/// an index has not released the view.
pub(super) fn place_of(o: MemoryView<'_>, indices: &[Obj<'_>]) -> Result<*mut u8> {
    let form = form(o)?;
    if indices.len() > form.ndim() {
        let (ndim, count) = (form.ndim(), indices.len());
        return Err(raise!(TypeError, "cannot index {ndim}-dimension view with {count}-element tuple"));
    }
    let mut place = form.start();
    for (at, key) in indices.iter().enumerate() {
        let index = number(o, &form, at, *key)?;
        // SAFETY: the place is the start of this dimension, as each index before was inside its own.
        place = unsafe { place_in(&form, at, place, index)? };
    }
    Ok(place)
}

/// The item at an index, of a view with one dimension (`sq_item`).
pub(super) fn item_at(o: MemoryView<'_>, index: isize) -> Result<Ref> {
    let form = form(o)?;
    let code = item::single(&form)?;
    match form.ndim() {
        0 => Err(no_dimension()),
        // SAFETY: the place is that of an item.
        1 => unsafe { item::unpack_sized(code, &form, place(&form, index)?) },
        _ => Err(no_rows()),
    }
}

/// The item or the view that a key names (`mp_subscript`).
pub(super) fn subscript(o: MemoryView<'_>, key: Obj<'_>) -> Result<Ref> {
    let form = form(o)?;
    match (Key::of(key), form.ndim()) {
        (Key::Indices([]), 0) => {
            let code = item::single(&form)?;
            // SAFETY: without dimensions there is one item, at the start.
            unsafe { item::unpack_sized(code, &form, form.start()) }
        }
        (Key::Ellipsis, 0) => Ok(o.to_ref()),
        (_, 0) => Err(no_dimension()),
        (Key::Index, _) => item_at(o, index::as_ssize_t(key, Some(Exc::IndexError))?),
        (Key::Indices(indices), ndim) => {
            let code = item::single(&form)?;
            if indices.len() < ndim {
                return Err(no_sub_views());
            }
            let place = place_of(o, indices)?;
            require_open(o)?;
            // SAFETY: the place is that of an item, and the view is open.
            unsafe { item::unpack_sized(code, &form, place) }
        }
        (Key::Slice(slice), _) => slices::get(o, slice),
        (Key::Slices, _) => Err(raise!(NotImplementedError, "multi-dimensional slicing is not implemented")),
        _ => Err(invalid_key()),
    }
}

/// The number of items of the first dimension.
pub(super) fn length(o: MemoryView<'_>) -> Result<isize> {
    let form = form(o)?;
    match form.ndim() {
        0 => Err(raise!(TypeError, "0-dim memory has no length")),
        _ => Ok(form.shape(0)),
    }
}
