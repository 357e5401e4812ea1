//! Casts of a memoryview to another format or shape.

use super::item::Native;
use super::{
    MOST, MemoryView, NewView, flags, form, incomplete, require_unrestricted, set_flags, shared, too_many_dimensions,
};
use crate::abi::*;
use crate::objects::str::{self, Str};
use crate::objects::{bytes, int, list, tuple};
use crate::protocol::buffer::{Form, Order, fill_strides};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::refusal::null_argument;
use crate::runtime::{Obj, Ref, Result, raise};
use core::ffi::c_int;
use core::ptr::null_mut;

/// The items of a list or a tuple.
fn shape_items(shape: Obj<'_>) -> Result<Array<Ref>> {
    let mut items: Array<Ref> = Array::new_in(Malloc);
    if let Some(tuple) = shape.downcast() {
        for item in tuple::items(tuple) {
            memory::push(&mut items, item.to_ref())?;
        }
        return Ok(items);
    }
    let Some(list) = shape.downcast() else { return Err(raise!(TypeError, "shape must be a list or a tuple")) };
    for item in list::items(list) {
        memory::push(&mut items, item)?;
    }
    Ok(items)
}

/// The numbers of a shape, which has at most [`MOST`], and its bytes in total.
fn numbers(items: &[Ref], itemsize: usize) -> Result<([isize; MOST], isize)> {
    let (mut shape, mut length) = ([0; MOST], itemsize as isize);
    for (place, item) in shape.iter_mut().zip(items) {
        if !int::check(item.borrow()) {
            return Err(raise!(TypeError, "memoryview.cast(): elements of shape must be integers"));
        }
        let number = int::as_ssize_t(item.borrow())?;
        if number <= 0 {
            return Err(raise!(ValueError, "memoryview.cast(): elements of shape must be integers > 0"));
        }
        let Some(product) = length.checked_mul(number) else {
            return Err(raise!(ValueError, "memoryview.cast(): product(shape) > SSIZE_MAX"));
        };
        (length, *place) = (product, number);
    }
    Ok((shape, length))
}

/// The format that a cast asks for, and its text.
fn destination(format: Str<'_>, form: &Form<'_>) -> Result<(Native, bool)> {
    let ascii = str::to_ascii(format)?;
    let text = bytes::as_slice(ascii.borrow());
    let Some(native) = Native::named(text) else {
        return Err(raise!(
            ValueError,
            "memoryview: destination format must be a native single character format prefixed with an optional '@'"
        ));
    };
    if !Native::of(form).is_some_and(Native::is_byte) && !native.is_byte() {
        return Err(raise!(TypeError, "memoryview: cannot cast between two non-byte formats"));
    }
    Ok((native, text.len() == 2))
}

/// A view of the same memory in another format, and in another shape if one is given.
pub(super) fn cast(o: MemoryView<'_>, format: Str<'_>, shape: Option<Obj<'_>>) -> Result<NewView> {
    require_unrestricted(o)?;
    let source = form(o)?;
    if flags(o) & _Py_MEMORYVIEW_C == 0 {
        return Err(raise!(TypeError, "memoryview: casts are restricted to C-contiguous views"));
    }
    let has_zeros = || (0..source.ndim()).any(|at| source.shape(at) == 0 || source.stride(at) == 0);
    if (shape.is_some() || source.ndim() != 1) && has_zeros() {
        return Err(raise!(TypeError, "memoryview: cannot cast view with zeros in shape or strides"));
    }
    let items = shape.map(shape_items).transpose()?;
    if let Some(items) = &items {
        if items.len() > MOST {
            return Err(too_many_dimensions());
        }
        if source.ndim() != 1 && items.len() != 1 {
            return Err(raise!(TypeError, "memoryview: cast must be 1D -> ND or ND -> 1D"));
        }
    }
    let (native, with_at) = destination(format, &source)?;
    let (length, itemsize) = (source.fields().len, native.size());
    if length % itemsize as isize != 0 {
        return Err(raise!(TypeError, "memoryview: length is not a multiple of itemsize"));
    }
    let (ndim, numbers) = match &items {
        None => {
            let mut shape = [0; MOST];
            shape[0] = length / itemsize as isize;
            (1, shape)
        }
        Some(items) => {
            let (shape, product) = numbers(items, itemsize)?;
            if product != length {
                return Err(raise!(TypeError, "memoryview: product(shape) * itemsize != buffer size"));
            }
            (items.len(), shape)
        }
    };
    let shared = shared(o).ok_or_else(|| null_argument("memoryview.cast"))?;
    let description =
        Py_buffer { format: native.text(with_at).as_ptr().cast_mut(), itemsize: itemsize as isize, ..*source.fields() };
    let view = incomplete(shared, &description, ndim)?;
    fill(view.borrow(), ndim, &numbers);
    Ok(view)
}

/// Writes the arrays of a new view whose items are in a row, in C's order.
fn fill(o: MemoryView<'_>, ndim: usize, shape: &[isize; MOST]) {
    fill_in_order(o, ndim, shape, Order::C);
}

/// Writes the arrays of a new view whose items are in a row, and its flags.
pub(super) fn fill_in_order(o: MemoryView<'_>, ndim: usize, shape: &[isize; MOST], order: Order) {
    // SAFETY: a new view has arrays of as many numbers.
    unsafe {
        let view = &raw mut (*o.fields()).view;
        (*view).ndim = ndim as c_int;
        (*view).shape.copy_from_nonoverlapping(shape.as_ptr(), ndim);
        fill_strides(ndim, (*view).shape, (*view).strides, (*view).itemsize, order);
        (*view).suboffsets = null_mut();
        if ndim == 0 {
            ((*view).shape, (*view).strides) = (null_mut(), null_mut());
        }
    }
    set_flags(o);
}
