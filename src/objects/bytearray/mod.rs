//! `bytearray`: bytes that can be changed, in CPython's layout: a block of their own, in which they may begin later.
//!
//! This file contains the layout, and the functions that make, resize and fill the objects. The type with its slots is in
//! [`type_object`].

mod fill;
pub mod iterator;
mod methods;
pub mod operators;
mod slices;
pub mod type_object;

pub use crate::runtime::known::BYTEARRAY;

use super::slots::Owner;
use crate::abi::*;
use crate::runtime::memory::{self, Block};
use crate::runtime::{Layout, Obj, Own, Raised, Result, View, instance, raise};
use core::cell::Cell;
use core::ffi::c_char;
use core::ops::Range;
use core::ptr::null_mut;

/// The bytes of each `bytearray` that has none: a NUL alone.
#[unsafe(no_mangle)]
pub static mut _PyByteArray_empty_string: [c_char; 1] = [0];

/// A borrowed reference to a `bytearray`, or to an instance of a subclass.
pub type ByteArray<'a> = View<'a, PyByteArrayObject>;

/// A new reference to a `bytearray`.
pub type NewByteArray = Own<PyByteArrayObject>;

// SAFETY: a subclass of `bytearray` has instances that begin as those of `bytearray` do.
unsafe impl Layout for PyByteArrayObject {
    #[inline]
    fn check(o: Obj<'_>) -> bool {
        o.is_exactly(BYTEARRAY) || o.is_a(BYTEARRAY)
    }
}

// SAFETY: a bytearray owns no references, but its block.
unsafe impl Owner for PyByteArrayObject {
    unsafe fn empty(o: ByteArray<'_>) {
        // SAFETY: no code has borrowed the block, so it is freed once, and the fields no longer name it.
        unsafe {
            let fields = o.fields();
            drop(Block::from_ptr((*fields).ob_bytes.cast()));
            ((*fields).ob_bytes, (*fields).ob_start) = (null_mut(), null_mut());
            ((*fields).ob_base.ob_size, (*fields).ob_alloc) = (0, 0);
        }
    }
}

/// The number of bytes.
pub fn len(o: ByteArray<'_>) -> usize {
    // SAFETY: a view's fields can be read.
    unsafe { (*o.fields()).ob_base.ob_size as usize }
}

/// The size of the block.
pub fn allocated(o: ByteArray<'_>) -> isize {
    // SAFETY: a view's fields can be read.
    unsafe { (*o.fields()).ob_alloc }
}

/// The address of the bytes (CPython: `PyByteArray_AS_STRING`).
#[inline]
pub fn data(o: ByteArray<'_>) -> *mut u8 {
    // SAFETY: a view's fields can be read.
    match unsafe { ((*o.fields()).ob_base.ob_size, (*o.fields()).ob_start) } {
        (0, _) => (&raw mut _PyByteArray_empty_string).cast(),
        (_, start) => start.cast(),
    }
}

/// The number of buffers that the object has exported.
pub(super) fn exports(o: ByteArray<'_>) -> &Cell<Py_ssize_t> {
    // SAFETY: the field lives as long as the object, and a cell allows that C writes to it.
    unsafe { &*(&raw const (*o.fields()).ob_exports).cast() }
}

/// An export, which keeps the bytes in their place.
pub struct Export<'a>(ByteArray<'a>);

impl<'a> Export<'a> {
    pub(super) fn of(o: ByteArray<'a>) -> Self {
        exports(o).update(|count| count + 1);
        Export(o)
    }
}

impl Drop for Export<'_> {
    fn drop(&mut self) {
        exports(self.0).update(|count| count - 1);
    }
}

/// Passes the bytes to a function. They can't be resized meanwhile.
///
/// # Safety
/// The function runs no code of the program, which could change the bytes.
pub unsafe fn with<T>(o: ByteArray<'_>, work: impl FnOnce(&mut [u8]) -> T) -> T {
    let _kept = Export::of(o);
    // SAFETY: there are as many bytes, which stay in their place because of the export. No other code uses them meanwhile.
    work(unsafe { core::slice::from_raw_parts_mut(data(o), len(o)) })
}

/// A new `bytearray` of a length, all zero.
pub fn blank(length: usize) -> Result<NewByteArray> {
    let (mut block, mut size) = (null_mut(), 0);
    if length > 0 {
        size = length.checked_add(1).ok_or_else(memory::out_of_memory)?;
        block = memory::allocate_zeroed(1, size).ok_or_else(memory::out_of_memory)?.as_ptr().cast();
    }
    let fields = || PyByteArrayObject {
        ob_base: PyVarObject {
            ob_base: PyObject { ob_refcnt: 1, ob_type: BYTEARRAY.as_ptr() },
            ob_size: length as Py_ssize_t,
        },
        ob_alloc: size as Py_ssize_t,
        ob_bytes: block,
        ob_start: block,
        ob_exports: 0,
    };
    // SAFETY: these are the fields of a bytearray, which takes no part in collection. The object owns the block; if there is no
    // memory for the object, the block is freed here.
    unsafe {
        match instance::write_new::<_, false>(fields) {
            Ok(o) => Ok(Own::new_unchecked(o)),
            Err(raised) => {
                memory::free(block.cast());
                Err(raised)
            }
        }
    }
}

/// A new `bytearray` with these bytes.
pub fn from_slice(bytes: &[u8]) -> Result<NewByteArray> {
    let o = blank(bytes.len())?;
    // SAFETY: the new object has room for as many bytes, and no other code knows it.
    unsafe { data(o.borrow()).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
    Ok(o)
}

/// BufferError while there are exports, because a change of the size could move the bytes.
fn require_no_exports(o: ByteArray<'_>) -> Result<()> {
    if exports(o).get() > 0 {
        return Err(raise!(BufferError, "Existing exports of data: object cannot be re-sized"));
    }
    Ok(())
}

/// ValueError: a size is negative.
#[cold]
pub fn negative_size(size: isize) -> Raised {
    raise!(ValueError, "Can only resize to positive sizes, got {size}")
}

/// Changes the number of bytes; new ones are not defined, but readable (CPython: `PyByteArray_Resize`). BufferError while there
/// are exports.
pub fn resize(o: ByteArray<'_>, length: usize) -> Result<()> {
    let old = len(o);
    if length == old {
        return Ok(());
    }
    require_no_exports(o)?;
    let fields = o.fields();
    // SAFETY: a view's fields can be read. The bytes begin inside the block.
    let (block, offset, size) = unsafe {
        let (block, start) = ((*fields).ob_bytes, (*fields).ob_start);
        (block, start.addr() - block.addr(), (*fields).ob_alloc as usize)
    };
    let fits = offset.checked_add(length).is_some_and(|end| end < size);
    let wanted = match fits {
        true if length >= size / 2 => size,
        true => length + 1,
        false => room(length, size).ok_or_else(memory::out_of_memory)?,
    };
    // SAFETY: the block is the object's own, and no export has its address. Each size is written after the block that has it.
    unsafe {
        if wanted != size || !fits {
            let moved = if offset > 0 {
                let new = memory::allocate_zeroed(1, wanted);
                new.inspect(|new| {
                    let new = new.cast::<u8>().as_ptr();
                    new.copy_from_nonoverlapping(data(o), length.min(old));
                    memory::free(block.cast());
                })
            } else {
                memory::reallocate(block.cast(), wanted)
            };
            match moved {
                Some(new) => {
                    let new = new.cast::<c_char>().as_ptr();
                    new.add(old.min(length)).write_bytes(0, wanted - old.min(length));
                    ((*fields).ob_bytes, (*fields).ob_start, (*fields).ob_alloc) = (new, new, wanted as Py_ssize_t);
                }
                // The block that is there is large enough.
                None if fits => {}
                None => return Err(memory::out_of_memory()),
            }
        }
        (*fields).ob_base.ob_size = length as Py_ssize_t;
        (*fields).ob_start.add(length).write(0);
    }
    Ok(())
}

/// The size of a larger block for some bytes: with room for more if the growth is small, as CPython computes it.
fn room(length: usize, size: usize) -> Option<usize> {
    let is_small = length as f64 <= size as f64 * 1.125;
    let more = if is_small { (length >> 3) + if length < 9 { 3 } else { 6 } } else { 1 };
    length.checked_add(more).filter(|&size| isize::try_from(size).is_ok())
}

/// Replaces the bytes of a range by others, which may not be the object's own. BufferError while there are exports, unless the
/// number stays the same.
///
/// # Safety
/// The range is inside the object, and `bytes` are not the object's own.
pub(super) unsafe fn splice(o: ByteArray<'_>, range: Range<usize>, bytes: &[u8]) -> Result<()> {
    let (length, old, new) = (len(o), range.len(), bytes.len());
    // SAFETY: the range is inside the object. After a growth the tail is moved to the new end, before a shrinkage to the front.
    unsafe {
        if new < old {
            require_no_exports(o)?;
            if range.start == 0 {
                // The bytes begin later in the block.
                (*o.fields()).ob_start = (*o.fields()).ob_start.add(old - new);
            } else {
                let tail = data(o).add(range.end);
                data(o).add(range.start + new).copy_from(tail, length - range.end);
            }
            resize(o, length - (old - new))?;
        } else if new > old {
            resize(o, length.checked_add(new - old).ok_or_else(memory::out_of_memory)?)?;
            let tail = data(o).add(range.end);
            data(o).add(range.start + new).copy_from(tail, length - range.end);
        }
        data(o).add(range.start).copy_from_nonoverlapping(bytes.as_ptr(), new);
    }
    Ok(())
}
