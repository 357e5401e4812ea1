//! The attributes of a memoryview.

use super::{MemoryView, flags, form, item};
use crate::abi::*;
use crate::objects::{int, slots, str, tuple};
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Obj, Own, Ref, Result, known};

pub(super) static mut GETSETS: [PyGetSetDef; 13] = [
    slots::getter(c"obj", obj),
    slots::getter(c"nbytes", nbytes),
    slots::getter(c"readonly", readonly),
    slots::getter(c"itemsize", itemsize),
    slots::getter(c"format", format),
    slots::getter(c"ndim", ndim),
    slots::getter(c"shape", shape),
    slots::getter(c"strides", strides),
    slots::getter(c"suboffsets", suboffsets),
    slots::getter(c"c_contiguous", c_contiguous),
    slots::getter(c"f_contiguous", f_contiguous),
    slots::getter(c"contiguous", any_contiguous),
    PyGetSetDef::END,
];

fn obj(o: MemoryView<'_>) -> Result<Ref> {
    // SAFETY: the field is NULL, or the object of the shared buffer, which lives as long as the view is open.
    let owner = unsafe { Obj::from_ptr(form(o)?.fields().obj) };
    Ok(owner.unwrap_or(known::NONE).to_ref())
}

fn nbytes(o: MemoryView<'_>) -> Result<Ref> {
    int::from_i64(form(o)?.fields().len as i64)
}

fn readonly(o: MemoryView<'_>) -> Result<Ref> {
    Ok(known::bool(form(o)?.fields().readonly != 0).to_ref())
}

fn itemsize(o: MemoryView<'_>) -> Result<Ref> {
    int::from_i64(form(o)?.fields().itemsize as i64)
}

fn format(o: MemoryView<'_>) -> Result<Ref> {
    str::from_utf8(item::format(&form(o)?).to_bytes())
}

fn ndim(o: MemoryView<'_>) -> Result<Ref> {
    int::from_i64(form(o)?.fields().ndim.into())
}

/// A tuple of numbers, one for each dimension.
fn numbers(o: MemoryView<'_>, number: impl Fn(usize) -> isize) -> Result<Ref> {
    let count = form(o)?.ndim();
    let mut numbers: Array<Ref> = Array::new_in(Malloc);
    for at in 0..count {
        memory::push(&mut numbers, int::from_i64(number(at) as i64)?)?;
    }
    tuple::from_slice(Ref::borrow_all(&numbers)).map(Own::into_ref)
}

fn shape(o: MemoryView<'_>) -> Result<Ref> {
    let form = form(o)?;
    numbers(o, |at| form.dimension(at).shape)
}

fn strides(o: MemoryView<'_>) -> Result<Ref> {
    let form = form(o)?;
    numbers(o, |at| form.dimension(at).stride)
}

fn suboffsets(o: MemoryView<'_>) -> Result<Ref> {
    let form = form(o)?;
    if form.fields().suboffsets.is_null() {
        return tuple::from_slice(&[]).map(Own::into_ref);
    }
    numbers(o, |at| form.dimension(at).suboffset)
}

/// Whether a view has one of some flags.
fn has(o: MemoryView<'_>, any: core::ffi::c_int) -> Result<Ref> {
    form(o)?;
    Ok(known::bool(flags(o) & any != 0).to_ref())
}

fn c_contiguous(o: MemoryView<'_>) -> Result<Ref> {
    has(o, _Py_MEMORYVIEW_C)
}

fn f_contiguous(o: MemoryView<'_>) -> Result<Ref> {
    has(o, _Py_MEMORYVIEW_FORTRAN)
}

fn any_contiguous(o: MemoryView<'_>) -> Result<Ref> {
    has(o, _Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN)
}
