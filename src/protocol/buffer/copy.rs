//! Copies between buffers, and between a buffer and bytes in a row.

use super::form::step;
use super::{Dimension, Form, Order, check, with};
use crate::abi::*;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::refusal::bad_argument;
use crate::runtime::{Obj, Result, raise};

/// The largest number of dimensions of a buffer.
const MOST: usize = PyBUF_MAX_NDIM as usize;

/// The dimensions of a buffer, or of items in a row, for a copy.
struct Dimensions {
    count: usize,
    all: [Dimension; MOST],
}

impl Dimensions {
    const NONE: [Dimension; MOST] = [Dimension { shape: 0, stride: 0, suboffset: -1 }; MOST];

    /// The dimensions of a buffer; SystemError when there are more than a buffer can have.
    fn of(form: &Form<'_>) -> Result<Self> {
        let mut dimensions = Dimensions { count: form.ndim(), all: Self::NONE };
        if dimensions.count > MOST {
            return Err(bad_argument("a copy of a buffer"));
        }
        dimensions.used_mut().iter_mut().enumerate().for_each(|(at, place)| *place = form.dimension(at));
        Ok(dimensions)
    }

    fn used(&self) -> &[Dimension] {
        self.all.split_at(self.count).0
    }

    fn used_mut(&mut self) -> &mut [Dimension] {
        self.all.split_at_mut(self.count).0
    }

    /// Dimensions of the same shape, whose items are in a row.
    fn in_a_row(&self, itemsize: isize, order: Order) -> Self {
        let mut row = Dimensions { count: self.count, all: self.all };
        let mut stride = itemsize;
        let mut place = |dimension: &mut Dimension| {
            *dimension = Dimension { stride, suboffset: -1, ..*dimension };
            stride = stride.wrapping_mul(dimension.shape);
        };
        match order {
            Order::Fortran => row.used_mut().iter_mut().for_each(&mut place),
            _ => row.used_mut().iter_mut().rev().for_each(&mut place),
        }
        row
    }
}

/// Copies the items of some dimensions. With `scratch`, each innermost row is read completely before it is written.
///
/// # Safety
/// Both sides have the same number of dimensions; each item of `from`'s shape can be read there, and written at `to`.
/// `scratch` has room for an innermost row.
unsafe fn copy(
    to: (*mut u8, &[Dimension]),
    from: (*mut u8, &[Dimension]),
    itemsize: usize,
    scratch: Option<&mut [u8]>,
) {
    let ((to, [to_first, to_rest @ ..]), (from, [from_first, from_rest @ ..])) = (to, from) else {
        // SAFETY: without dimensions there is one item on each side.
        unsafe { to.0.copy_from(from.0, itemsize) };
        return;
    };
    let rows = 0..from_first.shape.max(0);
    if !to_rest.is_empty() {
        let mut scratch = scratch;
        for index in rows {
            // SAFETY: each index is inside the dimension of both sides.
            unsafe {
                let (to, from) = (step(to, *to_first, index), step(from, *from_first, index));
                copy((to, to_rest), (from, from_rest), itemsize, scratch.as_deref_mut());
            }
        }
        return;
    }
    let row = |dimension: &Dimension| dimension.suboffset < 0 && dimension.stride == itemsize as isize;
    // SAFETY: the rows have `shape` items on both sides. Rows in memory order may overlap. `scratch` has room for a
    // row.
    unsafe {
        match scratch {
            _ if row(to_first) && row(from_first) => to.copy_from(from, from_first.shape.max(0) as usize * itemsize),
            None => {
                rows.for_each(|index| step(to, *to_first, index).copy_from(step(from, *from_first, index), itemsize))
            }
            Some(scratch) => {
                let kept = scratch.as_mut_ptr();
                let at = |index: isize| kept.add(index as usize * itemsize);
                rows.clone().for_each(|index| at(index).copy_from(step(from, *from_first, index), itemsize));
                rows.for_each(|index| step(to, *to_first, index).copy_from(at(index), itemsize));
            }
        }
    }
}

/// An array of zeros.
fn zeros(length: usize) -> Result<Array<u8>> {
    let mut bytes: Array<u8> = Array::new_in(Malloc);
    memory::reserve(&mut bytes, length)?;
    memory::fill(&mut bytes, core::iter::repeat_n(0, length));
    Ok(bytes)
}

/// Copies the items of a buffer to another of the same shape and item size, which may overlap it.
///
/// # Safety
/// Both have the same shape and item size, and the destination can be written.
pub unsafe fn copy_items(to: &Form<'_>, from: &Form<'_>) -> Result<()> {
    let (to_dimensions, from_dimensions) = (Dimensions::of(to)?, Dimensions::of(from)?);
    let itemsize = from.fields().itemsize.max(0) as usize;
    let row = from_dimensions.used().last().map_or(1, |dimension| dimension.shape.max(0) as usize);
    let mut scratch = zeros(row * itemsize)?;
    // SAFETY: both sides have the same shape, and the scratch memory has room for a row.
    unsafe {
        copy((to.start(), to_dimensions.used()), (from.start(), from_dimensions.used()), itemsize, Some(&mut scratch));
    }
    Ok(())
}

/// Copies all items of a buffer into a row (CPython: `PyBuffer_ToContiguous`). ValueError when the length is not that
/// of the buffer.
///
/// # Safety
/// `to` has room for `length` bytes, outside the buffer.
pub unsafe fn to_contiguous(to: *mut u8, form: &Form<'_>, length: isize, order: Option<Order>) -> Result<()> {
    if length != form.fields().len {
        return Err(raise!(ValueError, "PyBuffer_ToContiguous: len != view->len"));
    }
    let bytes = usize::try_from(length).unwrap_or(0);
    if order.is_some_and(|order| form.is_contiguous(order)) {
        // SAFETY: the bytes of the buffer are in a row.
        unsafe { to.copy_from(form.start(), bytes) };
        return Ok(());
    }
    let from = Dimensions::of(form)?;
    let row = from.in_a_row(form.fields().itemsize, order.unwrap_or(Order::C));
    // SAFETY: the row has the buffer's shape, and room for all of its items.
    unsafe { copy((to, row.used()), (form.start(), from.used()), form.fields().itemsize.max(0) as usize, None) };
    Ok(())
}

/// Copies bytes in a row into a buffer, as far as both have them (CPython: `PyBuffer_FromContiguous`).
///
/// # Safety
/// `from` has `length` bytes, and the buffer can be written.
pub unsafe fn from_contiguous(form: &Form<'_>, from: *const u8, length: isize, order: Option<Order>) -> Result<()> {
    let length = usize::try_from(length.min(form.fields().len)).unwrap_or(0);
    if order.is_some_and(|order| form.is_contiguous(order)) {
        // SAFETY: the bytes of the buffer are in a row, and both sides have as many.
        unsafe { form.start().copy_from(from, length) };
        return Ok(());
    }
    let dimensions = Dimensions::of(form)?;
    let itemsize = usize::try_from(form.fields().itemsize).unwrap_or(0);
    let mut indices = [0; MOST];
    for item in 0..length.checked_div(itemsize).unwrap_or(0) {
        // SAFETY: the indices are inside the dimensions, and the bytes of this item are before the length.
        unsafe { form.item(indices.as_ptr()).copy_from(from.add(item * itemsize), itemsize) };
        advance(&mut indices, dimensions.used(), order == Some(Order::Fortran));
    }
    Ok(())
}

/// Advances indices to the next item; after the last to the first again.
fn advance(indices: &mut [isize; MOST], dimensions: &[Dimension], fortran: bool) {
    let count = dimensions.len();
    for step in 0..count {
        let at = if fortran { step } else { count - 1 - step };
        if let (Some(index), Some(dimension)) = (indices.get_mut(at), dimensions.get(at)) {
            if *index < dimension.shape - 1 {
                *index += 1;
                return;
            }
            *index = 0;
        }
    }
}

/// Copies the data of an object's buffer into that of another (CPython: `PyObject_CopyData`).
pub fn copy_data(to: Obj<'_>, from: Obj<'_>) -> Result<()> {
    if !check(to) || !check(from) {
        return Err(raise!(TypeError, "both destination and source must be bytes-like objects"));
    }
    with(to, PyBUF_FULL, |to| with(from, PyBUF_FULL_RO, |from| copy_between(to, from)))
}

fn copy_between(to: &Form<'_>, from: &Form<'_>) -> Result<()> {
    let length = from.fields().len;
    if to.fields().len < length {
        return Err(raise!(BufferError, "destination is too small to receive data from source"));
    }
    let same = |order| to.is_contiguous(order) && from.is_contiguous(order);
    let bytes = usize::try_from(length).unwrap_or(0);
    if same(Order::C) || same(Order::Fortran) {
        // SAFETY: the bytes of both are in a row, and the destination, which was requested for writing, has as many.
        unsafe { to.start().copy_from(from.start(), bytes) };
        return Ok(());
    }
    let mut row = zeros(bytes)?;
    // SAFETY: the row has room for the source, and the destination was requested for writing.
    unsafe {
        to_contiguous(row.as_mut_ptr(), from, length, Some(Order::C))?;
        from_contiguous(to, row.as_ptr(), length, Some(Order::C))
    }
}
