//! Slices of a memoryview.

use super::compare::same_shape;
use super::{MemoryView, form, item, require_open, require_unrestricted, set_flags};
use crate::abi::*;
use crate::objects::slice::{Positions, Slice};
use crate::protocol::buffer::{self, Form};
use crate::runtime::{Obj, Ref, Result, raise};

/// The start, the shape and the stride of a slice of the first dimension.
fn sliced(form: &Form<'_>, key: Slice<'_>) -> Result<(*mut u8, isize, isize)> {
    let dimension = form.dimension(0);
    let positions = Positions::of(key, || usize::try_from(dimension.shape).unwrap_or(0))?;
    let start = form.start().wrapping_offset(dimension.stride.wrapping_mul(positions.start));
    Ok((start, positions.count as isize, dimension.stride.wrapping_mul(positions.step)))
}

/// A view of the part of the first dimension that a slice names.
pub(super) fn get(o: MemoryView<'_>, key: Slice<'_>) -> Result<Ref> {
    require_unrestricted(o)?;
    let view = super::again(o)?;
    let (start, shape, stride) = sliced(&form(view.borrow())?, key)?;
    // SAFETY: no other code knows the new view, which has an array for each dimension.
    unsafe {
        let description = &raw mut (*view.borrow().fields()).view;
        (*description).buf = start.cast();
        (*description).shape.write(shape);
        (*description).strides.write(stride);
        let whole = Form::of(description);
        (*description).len =
            (0..whole.ndim()).fold((*description).itemsize, |len, at| len.wrapping_mul(whole.shape(at)));
    }
    set_flags(view.borrow());
    Ok(view.into_ref())
}

/// Whether the items of two buffers have the same format and size.
fn same_format(a: &Form<'_>, b: &Form<'_>) -> bool {
    let plain = |format: &'_ [u8]| -> usize { usize::from(format.starts_with(b"@")) };
    let (left, right) = (item::format(a).to_bytes(), item::format(b).to_bytes());
    left.get(plain(left)..) == right.get(plain(right)..) && a.fields().itemsize == b.fields().itemsize
}

/// Copies the items of a buffer to the part of a view with one dimension that a slice names. ValueError unless both have the same
/// format and shape.
pub(super) fn assign(o: MemoryView<'_>, key: Slice<'_>, value: Obj<'_>) -> Result<()> {
    let whole = form(o)?;
    buffer::with(value, PyBUF_FULL_RO, |source| {
        let (start, mut shape, mut stride) = sliced(&whole, key)?;
        // The code of the value or the slice may have released the view, whose shape is there afterwards.
        require_open(o)?;
        let mut suboffset = whole.dimension(0).suboffset;
        let description = Py_buffer {
            buf: start.cast(),
            len: shape.wrapping_mul(whole.fields().itemsize),
            shape: &raw mut shape,
            strides: &raw mut stride,
            suboffsets: if suboffset < 0 { core::ptr::null_mut() } else { &raw mut suboffset },
            ..*whole.fields()
        };
        // SAFETY: the description has arrays for its one dimension, which last as long as it.
        let part = unsafe { Form::of(&description) };
        if !same_format(&part, source) || !same_shape(&part, source) {
            return Err(raise!(ValueError, "memoryview assignment: lvalue and rvalue have different structures"));
        }
        // SAFETY: both have the same shape and item size, and the caller has checked that the view can be written.
        unsafe { buffer::copy_items(&part, source) }
    })
}
