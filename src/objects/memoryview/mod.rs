//! `memoryview`: the memory of another object, in CPython's layout.
//!
//! This file contains the layout, and the functions that make and release the objects. A memoryview has a description
//! of its own of a buffer that it shares with other views (`managed`). The type with its slots is in [`type_object`].

mod assign;
mod attributes;
mod cast;
mod compare;
mod contiguous;
mod index;
pub mod item;
pub mod iterator;
mod managed;
mod methods;
mod search;
mod slices;
pub mod type_object;

pub use crate::runtime::known::MEMORYVIEW;
pub use contiguous::contiguous;

use crate::abi::*;
use crate::objects::slots::Owner;
use crate::objects::weakref;
use crate::protocol::buffer::{self, Form, Order};
use crate::runtime::refusal::null_argument;
use crate::runtime::{Field, Layout, Obj, Own, Raised, Ref, Result, View, gc, instance, raise};
use core::ffi::{CStr, c_char, c_int, c_void};
use core::mem::offset_of;
use core::ptr::{NonNull, null_mut};
use managed::Managed;

/// A borrowed reference to a `memoryview`.
pub type MemoryView<'a> = View<'a, PyMemoryViewObject>;

/// A new reference to a `memoryview`.
pub type NewView = Own<PyMemoryViewObject>;

/// The most dimensions of a memoryview.
const MOST: usize = PyBUF_MAX_NDIM as usize;

// SAFETY: the type has no subclasses, and its instances begin with these fields; those without dimensions lack only the
// place of the array.
unsafe impl Layout for PyMemoryViewObject {
    #[inline]
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(MEMORYVIEW)
    }
}

// SAFETY: a memoryview owns its reference to the shared buffer, which it gives up when it is released or emptied.
unsafe impl Owner for PyMemoryViewObject {
    const FIELDS: &'static [usize] = &[offset_of!(PyMemoryViewObject, mbuf)];

    unsafe fn empty(o: MemoryView<'_>) {
        // A view that the collector clears while it has exports is released with the last of them.
        if exports(o) == 0 {
            release_now(o);
        }
        // SAFETY: the field is NULL or a reference that the view owns.
        unsafe { Field::at((&raw mut (*o.fields()).mbuf).cast()).set(None) };
        weakref::end_of(*o);
    }
}

/// The flags.
fn flags(o: MemoryView<'_>) -> c_int {
    // SAFETY: a view's fields can be read.
    unsafe { (*o.fields()).flags }
}

/// The number of buffers that it has exported.
fn exports(o: MemoryView<'_>) -> isize {
    // SAFETY: a view's fields can be read.
    unsafe { (*o.fields()).exports }
}

/// Changes the number of buffers that it has exported.
fn change_exports(o: MemoryView<'_>, by: isize) {
    // SAFETY: a view's fields can be read and written.
    unsafe { (*o.fields()).exports += by };
}

/// Whether it is released, or the buffer that it shares.
fn is_released(o: MemoryView<'_>) -> bool {
    // SAFETY: a view's fields can be read. The shared buffer lives as long as the view.
    unsafe {
        let fields = o.fields();
        (*fields).flags & _Py_MEMORYVIEW_RELEASED != 0
            || (*fields).mbuf.is_null()
            || (*(*fields).mbuf).flags & _Py_MANAGED_BUFFER_RELEASED != 0
    }
}

/// The shared buffer.
fn shared<'a>(o: MemoryView<'a>) -> Option<Managed<'a>> {
    // SAFETY: the field is NULL or a reference to a shared buffer, which lives as long as the view.
    unsafe { Obj::from_ptr((*o.fields()).mbuf.cast()).map(|o| View::new_unchecked(o)) }
}

/// A kept form of a memoryview's memory: as long as it lives, the view is not released.
pub(super) struct Kept<'a>(MemoryView<'a>);

impl<'a> Kept<'a> {
    /// The form of the memory; ValueError when the view is released.
    pub(super) fn of(o: MemoryView<'a>) -> Result<Self> {
        require_open(o)?;
        change_exports(o, 1);
        Ok(Kept(o))
    }

    /// The form.
    pub(super) fn form(&self) -> Form<'_> {
        // SAFETY: a view's description is whole: each array is as long as its dimensions are many. An export keeps it
        // open.
        unsafe { Form::of(&raw const (*self.0.fields()).view) }
    }
}

impl Drop for Kept<'_> {
    fn drop(&mut self) {
        change_exports(self.0, -1);
    }
}

/// The form of the memory, for as long as no code of the program runs; ValueError when the view is released.
fn form<'a>(o: MemoryView<'a>) -> Result<Form<'a>> {
    require_open(o)?;
    // SAFETY: a view's description is whole, and only its maker changes it.
    Ok(unsafe { Form::of(&raw const (*o.fields()).view) })
}

/// ValueError when the view is released.
fn require_open(o: MemoryView<'_>) -> Result<()> {
    if is_released(o) {
        return Err(raise!(ValueError, "operation forbidden on released memoryview object"));
    }
    Ok(())
}

/// ValueError when no new view may be made of it: it is released, or restricted.
fn require_unrestricted(o: MemoryView<'_>) -> Result<()> {
    require_open(o)?;
    if flags(o) & _Py_MEMORYVIEW_RESTRICTED != 0 {
        return Err(raise!(ValueError, "cannot create new view on restricted memoryview"));
    }
    Ok(())
}

/// Releases the view, which has no exports.
fn release_now(o: MemoryView<'_>) {
    if flags(o) & _Py_MEMORYVIEW_RELEASED == 0 {
        // SAFETY: a view's fields can be written.
        unsafe { (*o.fields()).flags |= _Py_MEMORYVIEW_RELEASED };
        if let Some(shared) = shared(o) {
            managed::drop_export(shared);
        }
    }
}

/// Releases the view; BufferError while it has exports.
pub fn release(o: MemoryView<'_>) -> Result<()> {
    if flags(o) & _Py_MEMORYVIEW_RELEASED != 0 {
        return Ok(());
    }
    match exports(o) {
        0 => {
            release_now(o);
            Ok(())
        }
        count => {
            let plural = if count == 1 { "" } else { "s" };
            Err(raise!(BufferError, "memoryview has {count} exported buffer{plural}"))
        }
    }
}

/// The number of dimensions of a buffer; ValueError for more than a memoryview can have.
fn dimensions(form: &Form<'_>) -> Result<usize> {
    buffer::dimensions(form.fields().ndim).ok_or_else(too_many_dimensions)
}

#[cold]
fn too_many_dimensions() -> Raised {
    raise!(ValueError, "memoryview: number of dimensions must not exceed 64")
}

/// The format of bytes.
const BYTES_FORMAT: &CStr = c"B";

/// A new view of a shared buffer, with room for `ndim` dimensions and the description of another buffer without its
/// arrays.
fn incomplete(shared: Managed<'_>, source: &Py_buffer, ndim: usize) -> Result<NewView> {
    let o = instance::allocate(MEMORYVIEW, 3 * ndim)?;
    // SAFETY: the new instance has room for the fields and for `3 * ndim` numbers.
    unsafe {
        let fields = o.cast::<PyMemoryViewObject>().as_ptr();
        let array: *mut Py_ssize_t = (&raw mut (*fields).ob_array).cast();
        (*fields).ob_base.ob_size = 3 * ndim as Py_ssize_t;
        (*fields).hash = -1;
        (*fields).mbuf = shared.to_ref().into_ptr().cast();
        let format = if source.format.is_null() { BYTES_FORMAT.as_ptr().cast_mut() } else { source.format };
        (&raw mut (*fields).view).write(Py_buffer {
            ndim: ndim as c_int,
            format,
            shape: array,
            strides: array.add(ndim),
            suboffsets: array.add(2 * ndim),
            ..*source
        });
        managed::add_export(shared);
        let view: NewView = Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr()));
        gc::track(view.as_obj());
        Ok(view)
    }
}

/// A new view of a shared buffer, as a form describes it.
fn complete(shared: Managed<'_>, source: &Form<'_>) -> Result<NewView> {
    let ndim = dimensions(source)?;
    let view = incomplete(shared, source.fields(), ndim)?;
    let fields = view.borrow().fields();
    // SAFETY: the new view has arrays for each dimension.
    unsafe {
        let description = &raw mut (*fields).view;
        for at in 0..ndim {
            let dimension = source.dimension(at);
            (*description).shape.add(at).write(dimension.shape);
            (*description).strides.add(at).write(dimension.stride);
            (*description).suboffsets.add(at).write(dimension.suboffset);
        }
        if source.fields().suboffsets.is_null() {
            (*description).suboffsets = null_mut();
        }
        if ndim == 0 {
            ((*description).shape, (*description).strides) = (null_mut(), null_mut());
        }
    }
    set_flags(view.borrow());
    Ok(view)
}

/// Computes the flags of a view from its description.
fn set_flags(o: MemoryView<'_>) {
    // SAFETY: a view's description is whole.
    let form = unsafe { Form::of(&raw const (*o.fields()).view) };
    let mut flags = 0;
    match form.ndim() {
        0 => flags |= _Py_MEMORYVIEW_SCALAR | _Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN,
        1 if form.shape(0) == 1 || form.stride(0) == form.fields().itemsize => {
            flags |= _Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN;
        }
        1 => {}
        _ => {
            flags |= if form.is_contiguous(Order::C) { _Py_MEMORYVIEW_C } else { 0 };
            flags |= if form.is_contiguous(Order::Fortran) { _Py_MEMORYVIEW_FORTRAN } else { 0 };
        }
    }
    if !form.fields().suboffsets.is_null() {
        flags = flags & !(_Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN) | _Py_MEMORYVIEW_PIL;
    }
    // SAFETY: a view's fields can be written.
    unsafe { (*o.fields()).flags = flags };
}

/// A view of the whole of a shared buffer.
fn of_shared(shared: &Own<_PyManagedBufferObject>) -> Result<NewView> {
    // SAFETY: the description of a shared buffer is whole, as its object filled it.
    complete(shared.borrow(), &unsafe { Form::of(managed::master(shared.borrow())) })
}

/// Another view of the same memory.
fn again(o: MemoryView<'_>) -> Result<NewView> {
    require_unrestricted(o)?;
    let shared = shared(o).ok_or_else(|| null_argument("memoryview"))?;
    complete(shared, &form(o)?)
}

/// A view of an object's memory (CPython: `PyMemoryView_FromObject`). TypeError for an object without a buffer.
pub fn of(o: Obj<'_>) -> Result<NewView> {
    of_flags(o, PyBUF_FULL_RO)
}

/// A view of an object's memory, which is requested with flags.
pub(super) fn of_flags(o: Obj<'_>, flags: c_int) -> Result<NewView> {
    if let Some(view) = o.downcast() {
        return again(view);
    }
    if !buffer::check(o) {
        return Err(raise!(TypeError, "memoryview: a bytes-like object is required, not '{}'", o.class().name()));
    }
    of_shared(&managed::of(o, flags)?)
}

/// A view of the memory that a slot of an object's class gives (CPython: `_PyMemoryView_FromBufferProc`).
///
/// # Safety
/// The slot is a `bf_getbuffer` that takes the object.
pub unsafe fn by_slot(o: Obj<'_>, slot: getbufferproc, flags: c_int) -> Result<Ref> {
    // SAFETY: this function's condition is that of the other one.
    of_shared(&unsafe { managed::by_slot(o, slot, flags) }?).map(Own::into_ref)
}

/// Releases a view of an object's memory (CPython: `wrap_releasebuffer`). TypeError for another object than a view,
/// ValueError for a view of another object.
pub fn release_of(o: Obj<'_>, view: Obj<'_>) -> Result<()> {
    let view: MemoryView<'_> = view.downcast().ok_or_else(|| raise!(TypeError, "expected a memoryview object"))?;
    // SAFETY: a view's fields can be read.
    let owner = unsafe { (*view.fields()).view.obj };
    if owner.is_null() {
        return Ok(());
    }
    if owner != o.as_ptr() {
        return Err(raise!(ValueError, "memoryview's buffer is not this object"));
    }
    if flags(view) & _Py_MEMORYVIEW_RELEASED != 0 {
        return Err(raise!(ValueError, "memoryview's buffer has already been released"));
    }
    release(view)
}

/// A view of a filled buffer of which nothing can be kept: no view can be made from it.
///
/// # Safety
/// As for [`of_buffer`].
pub unsafe fn of_buffer_restricted(info: NonNull<Py_buffer>) -> Result<Ref> {
    // SAFETY: this function's condition is that of the other one. A view's fields can be written.
    unsafe {
        let view = of_buffer(info)?;
        (*view.borrow().fields()).flags |= _Py_MEMORYVIEW_RESTRICTED;
        Ok(view.into_ref())
    }
}

/// A view of memory that no object owns (CPython: `PyMemoryView_FromMemory`).
///
/// # Safety
/// The memory lasts longer than the view and each view made from it.
pub unsafe fn of_memory(start: *mut c_char, length: isize, readonly: bool) -> Result<NewView> {
    of_shared(&managed::of_memory(start.cast::<c_void>(), length, readonly)?)
}

/// A view of the memory of a filled buffer, which stays its owner's (CPython: `PyMemoryView_FromBuffer`). ValueError
/// when it has no memory.
///
/// # Safety
/// `info` is a whole buffer. Its memory, its format and its arrays last longer than the view and each view made from
/// it.
pub unsafe fn of_buffer(info: NonNull<Py_buffer>) -> Result<NewView> {
    // SAFETY: the buffer is whole, by this function's condition.
    unsafe {
        if (*info.as_ptr()).buf.is_null() {
            return Err(raise!(ValueError, "PyMemoryView_FromBuffer(): info->buf must not be NULL"));
        }
        of_shared(&managed::borrowed(info)?)
    }
}
