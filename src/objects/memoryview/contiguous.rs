//! Items in a row: copies of a memoryview's items, and views of memory whose items are in a row.

use super::{MOST, NewView, cast, form, incomplete, item, managed, of};
use crate::abi::*;
use crate::objects::bytes;
use crate::protocol::buffer::{self, Form, Order};
use crate::runtime::{Obj, Result, raise};

/// The items of a buffer in a row, as `bytes`.
pub(super) fn in_a_row(form: &Form<'_>, order: Option<Order>) -> Result<bytes::NewBytes> {
    let length = form.fields().len;
    let row = bytes::blank(usize::try_from(length).unwrap_or(0))?;
    if length > 0 {
        // SAFETY: the new object has room for as many bytes.
        unsafe { buffer::to_contiguous(bytes::data(row.borrow()), form, length, order) }?;
    }
    Ok(row)
}

/// A view of a copy whose items are in a row.
pub(super) fn copy_in_a_row(source: &Form<'_>, order: Option<Order>) -> Result<NewView> {
    let row = in_a_row(source, order)?;
    let shared = managed::of(*row.borrow(), PyBUF_FULL_RO)?;
    let mut shape = [0; MOST];
    shape.iter_mut().enumerate().take(source.ndim()).for_each(|(at, place)| *place = source.shape(at));
    managed::keep_format(shared.borrow(), item::format(source))?;
    // SAFETY: the description of a shared buffer is whole, as its object filled it.
    let description = unsafe { Form::of(managed::master(shared.borrow())) };
    let description = Py_buffer { itemsize: source.fields().itemsize, ..*description.fields() };
    let view = incomplete(shared.borrow(), &description, source.ndim())?;
    cast::fill_in_order(view.borrow(), source.ndim(), &shape, order.unwrap_or(Order::C));
    Ok(view)
}

/// A view of an object's memory whose items are in a row: of the memory itself, or of a copy if it is only to be read
/// (CPython: `PyMemoryView_GetContiguous`).
pub fn contiguous(o: Obj<'_>, writable: bool, order: Option<Order>) -> Result<NewView> {
    let view = of(o)?;
    let form = form(view.borrow())?;
    if writable && form.fields().readonly != 0 {
        return Err(raise!(BufferError, "underlying buffer is not writable"));
    }
    if order.is_some_and(|order| form.is_contiguous(order)) {
        return Ok(view);
    }
    if writable {
        return Err(raise!(BufferError, "writable contiguous buffer requested for a non-contiguous object."));
    }
    copy_in_a_row(&form, order)
}
