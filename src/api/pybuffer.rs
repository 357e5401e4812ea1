//! `Include/pybuffer.h`: the buffer protocol.

use super::{required, required_text};
use crate::abi::{Py_buffer, Py_ssize_t, PyBUF_SIMPLE, PyBUF_WRITABLE};
use crate::format;
use crate::protocol::buffer::{self, Form, Memory, Order};
use crate::runtime::refusal::{null_argument, null_error};
use crate::runtime::{Arg, IntoC, Out, OutPointer, OutReadOnly, OutSize, OutText, Raised, Result, Text, error, raise};
use core::ffi::{c_char, c_int, c_void};
use core::ptr::NonNull;

/// An address that has to be there; SystemError for NULL, with which CPython would crash.
fn address<T>(pointer: *mut T, function: &'static str) -> Result<NonNull<T>> {
    NonNull::new(pointer).ok_or_else(|| null_argument(function))
}

/// The form of a filled buffer; SystemError for NULL, with which CPython would crash.
///
/// # Safety
/// `view` is NULL or a filled buffer, whose arrays are as long as its dimensions are many.
unsafe fn form<'a>(view: *const Py_buffer, function: &'static str) -> Result<Form<'a>> {
    // SAFETY: the struct is whole, by this function's condition.
    address(view.cast_mut(), function).map(|view| unsafe { Form::of(view.as_ptr()) })
}

/// Whether the object has a buffer: 1 or 0; 0 for NULL. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_CheckBuffer(o: Arg) -> c_int {
    o.is_some_and(buffer::check).into()
}

/// Fills `view` with the buffer of an object, as `flags` request it. `view` owns a reference to the exporting object
/// until [`PyBuffer_Release`]. Returns 0, or -1 with an error set.
///
/// TypeError for an object without a buffer; BufferError when its memory does not have the requested form, and for NULL
/// instead of `view`; SystemError for the flags `PyBUF_READ` and `PyBUF_WRITE`.
///
/// # Safety
/// `view` is NULL, or can be written and stays where it is until it is released.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetBuffer(o: Arg, view: *mut Py_buffer, flags: c_int) -> c_int {
    const NAME: &str = "PyObject_GetBuffer";
    match o {
        // SAFETY: C keeps the struct in its place until it releases the buffer. The types refuse NULL.
        Some(o) => unsafe { buffer::get_as_c(o, view, flags) },
        None => Result::<()>::Err(null_argument(NAME)).into_c(),
    }
}

/// The address of the item at these indices, as many as the buffer has dimensions; NULL with SystemError for NULL.
///
/// # Safety
/// `view` is a filled buffer. Each index is inside its dimension.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_GetPointer(view: *const Py_buffer, indices: *const Py_ssize_t) -> *mut c_void {
    const NAME: &str = "PyBuffer_GetPointer";
    // SAFETY: C gave a filled buffer and as many indices as it has dimensions, each inside.
    unsafe {
        form(view, NAME)
            .and_then(|form| Ok(form.item(address(indices.cast_mut(), NAME)?.as_ptr()).cast::<c_void>()))
            .into_c()
    }
}

/// The number of bytes of an item of a format, as the module `struct` computes it, or -1 with an error set:
/// `struct.error` for a format that is not one.
#[unsafe(no_mangle)]
pub extern "C" fn PyBuffer_SizeFromFormat(format: Text) -> Py_ssize_t {
    required_text(format, "PyBuffer_SizeFromFormat").and_then(format::struct_size).into_c()
}

/// Copies all items of a buffer to `buf`, in the order 'C', 'F' (Fortran) or 'A' (any). Returns 0, or -1 with an error
/// set: ValueError when `len` is not the buffer's length.
///
/// # Safety
/// `view` is a filled buffer, and `buf` has room for `len` bytes outside it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_ToContiguous(
    buf: *mut c_void,
    view: *const Py_buffer,
    len: Py_ssize_t,
    order: c_char,
) -> c_int {
    const NAME: &str = "PyBuffer_ToContiguous";
    // SAFETY: C gave a filled buffer and the address of as much room as it says.
    unsafe {
        form(view, NAME)
            .and_then(|form| {
                buffer::to_contiguous(address(buf, NAME)?.as_ptr().cast(), &form, len, Order::named(order as u8))
            })
            .into_c()
    }
}

/// Copies `len` bytes, or as many as the buffer has, from `buf` into a buffer, in the order 'C' or 'F' (Fortran) of its
/// items. Returns 0, or -1 with an error set.
///
/// # Safety
/// `view` is a filled buffer that can be written, and `buf` has `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_FromContiguous(
    view: *const Py_buffer,
    buf: *const c_void,
    len: Py_ssize_t,
    order: c_char,
) -> c_int {
    const NAME: &str = "PyBuffer_FromContiguous";
    // SAFETY: C gave a filled buffer and the address of as many bytes as it says.
    unsafe {
        form(view, NAME)
            .and_then(|form| {
                let from = address(buf.cast_mut(), NAME)?.as_ptr().cast();
                buffer::from_contiguous(&form, from, len, Order::named(order as u8))
            })
            .into_c()
    }
}

/// Copies the data of the buffer of `src` into that of `dest`. Returns 0, or -1 with an error set: TypeError when one
/// of them has no buffer, BufferError when `dest` is too small or can't be written.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_CopyData(dest: Arg, src: Arg) -> c_int {
    const NAME: &str = "PyObject_CopyData";
    required(dest, NAME).and_then(|dest| buffer::copy_data(dest, required(src, NAME)?)).into_c()
}

/// Whether the items of a buffer are in a row: in the order 'C', 'F' (Fortran) or 'A' (any): 1 or 0. 0 for another
/// letter, and for a buffer with suboffsets. Never sets an error.
///
/// # Safety
/// `view` is NULL or a filled buffer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_IsContiguous(view: *const Py_buffer, fort: c_char) -> c_int {
    let Some(order) = Order::named(fort as u8).filter(|_| !view.is_null()) else { return 0 };
    // SAFETY: C gave a filled buffer.
    unsafe { Form::of(view) }.is_contiguous(order).into()
}

/// Writes to `strides` the distances of items in a row, for a shape, in the order 'F' (Fortran) or else that of C.
///
/// # Safety
/// `shape` and `strides` have `ndims` numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_FillContiguousStrides(
    ndims: c_int,
    shape: *mut Py_ssize_t,
    strides: *mut Py_ssize_t,
    itemsize: c_int,
    fort: c_char,
) {
    let order = if fort as u8 == b'F' { Order::Fortran } else { Order::C };
    let ndims = usize::try_from(ndims).unwrap_or(0);
    // SAFETY: C gave two arrays of this length.
    unsafe { buffer::fill_strides(ndims, shape, strides, itemsize as Py_ssize_t, order) };
}

/// Fills `view` with `len` bytes in a row at `buf`, and a new reference to `o`, which may be NULL. Returns 0, or -1
/// with an error set: BufferError when `flags` request memory for writing and `readonly` is 1, or `view` is NULL.
///
/// # Safety
/// `view` is NULL, or can be written and stays where it is until it is released.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_FillInfo(
    view: *mut Py_buffer,
    o: Arg,
    buf: *mut c_void,
    len: Py_ssize_t,
    readonly: c_int,
    flags: c_int,
) -> c_int {
    let Some(view) = NonNull::new(view) else {
        return Result::<()>::Err(buffer::no_view()).into_c();
    };
    // SAFETY: C keeps the struct in its place until it releases the buffer.
    unsafe { buffer::fill(view, o, Memory { start: buf, length: len, readonly }, flags) }.into_c()
}

/// Gives back a buffer of [`PyObject_GetBuffer`] or [`PyBuffer_FillInfo`], drops its reference to the object, and sets
/// `obj` to NULL. A buffer whose `obj` is NULL stays as it is.
///
/// # Safety
/// `view` is NULL, or a struct of which `obj` is NULL or the buffer is filled.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_Release(view: *mut Py_buffer) {
    match NonNull::new(view) {
        // SAFETY: C gave a filled buffer, or one without an object.
        Some(view) => unsafe { buffer::release(view) },
        None => {
            let Raised { .. } = null_argument("PyBuffer_Release");
        }
    }
}

/// Stores the address and the number of an object's bytes, without a buffer that keeps them.
fn unkept<T>(o: Arg, flags: c_int, place: Out<T>, length: OutSize, address: fn(*mut u8) -> T) -> Result<()> {
    let (Some(o), false, false) = (o, place.is_null(), length.is_null()) else { return Err(null_error()) };
    buffer::with(o, flags, |form| {
        place.set(address(form.start()));
        length.set(form.fields().len);
        Ok(())
    })
}

/// The address and the number of an object's bytes to read, for as long as the object keeps them, without a buffer.
/// Returns 0, or -1 with an error set. Headers since 3.10 do not declare it; compiled modules still use it.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_AsReadBuffer(o: Arg, buffer: OutReadOnly, buffer_len: OutSize) -> c_int {
    unkept(o, PyBUF_SIMPLE, buffer, buffer_len, |start| start.cast_const().cast()).into_c()
}

/// Works as [`PyObject_AsReadBuffer`].
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_AsCharBuffer(o: Arg, buffer: OutText, buffer_len: OutSize) -> c_int {
    unkept(o, PyBUF_SIMPLE, buffer, buffer_len, |start| start.cast_const().cast()).into_c()
}

/// Works as [`PyObject_AsReadBuffer`], for bytes to write; TypeError for an object without such bytes.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_AsWriteBuffer(o: Arg, buffer: OutPointer, buffer_len: OutSize) -> c_int {
    let refuse = |raised| match o {
        Some(_) => raise!(TypeError, "expected a writable bytes-like object"),
        None => raised,
    };
    unkept(o, PyBUF_WRITABLE, buffer, buffer_len, <*mut u8>::cast).map_err(refuse).into_c()
}

/// Whether an object gives its bytes: 1 or 0. Never sets an error.
#[unsafe(no_mangle)]
pub extern "C" fn PyObject_CheckReadBuffer(o: Arg) -> c_int {
    let Some(o) = o.filter(|o| buffer::check(*o)) else { return 0 };
    let answer = buffer::with(o, PyBUF_SIMPLE, |_| Ok(()));
    answer.map_or_else(
        |_| {
            error::clear();
            0
        },
        |()| 1,
    )
}
