//! `bytes`: an immutable sequence of bytes, which follow the object's head and end with a NUL.
//!
//! The type object with its slots is in `type_object`, which only the list of exported statics imports. This file
//! contains the layout, and functions that make and read the objects.

pub mod convert;
pub mod escape;
pub mod iterator;
pub mod methods;
pub mod operators;
pub mod type_object;

pub use crate::runtime::known::BYTES;

use super::static_cache::StaticCache;
use crate::abi::*;
use crate::protocol::buffer;
use crate::runtime::local::local;
use crate::runtime::{Layout, Obj, Own, Ref, Result, Type, View, error, instance, raise};
use core::cell::Cell;
use core::mem::offset_of;

/// The offset of the bytes.
const HEAD: usize = offset_of!(PyBytesObject, ob_sval);

/// A `bytes` of at most one byte, with its NUL. Each of these objects exists once.
#[repr(C)]
struct Short {
    ob_base: PyVarObject,
    ob_shash: Py_hash_t,
    ob_sval: [u8; 2],
}

const _: () = assert!(offset_of!(Short, ob_sval) == HEAD);

const fn short(length: Py_ssize_t, byte: u8) -> Short {
    Short { ob_base: PyVarObject::immortal(BYTES.as_ptr(), length), ob_shash: -1, ob_sval: [byte, 0] }
}

static mut EMPTY: Short = short(0, 0);
// SAFETY: a `Short` begins with the head of a bytes object, which `short` makes immortal.
static SINGLE: StaticCache<Short, 256> = unsafe { StaticCache::new() };

local! {
    static SINGLE_KNOWN: Cell<bool> = "pycapsule_single_bytes_known";
}

/// A borrowed reference to a `bytes`, or to an instance of a subclass.
pub type Bytes<'a> = View<'a, PyBytesObject>;

/// A new reference to a `bytes`.
pub type NewBytes = Own<PyBytesObject>;

// SAFETY: a type with this flag has instances that begin as those of `bytes` do.
unsafe impl Layout for PyBytesObject {
    #[inline(always)]
    fn check(o: Obj<'_>) -> bool {
        o.has_flag(Py_TPFLAGS_BYTES_SUBCLASS)
    }
}

/// The only `bytes` without bytes.
pub fn empty() -> Bytes<'static> {
    // SAFETY: the static is a complete bytes object.
    unsafe { View::new_unchecked(Obj::from_static(&raw mut EMPTY)) }
}

/// The only object with this byte.
fn single(byte: u8) -> Bytes<'static> {
    let o = SINGLE.get(byte.into(), &SINGLE_KNOWN, |byte| short(1, byte as u8));
    // SAFETY: the table holds complete bytes objects.
    unsafe { View::new_unchecked(o) }
}

/// Whether the object is a `bytes` or an instance of a subclass.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    PyBytesObject::check(o)
}

/// The bytes.
pub fn as_slice(bytes: Bytes<'_>) -> &[u8] {
    // SAFETY: a bytes object has as many bytes as its size states, and they do not change once other code has the
    // object.
    unsafe { core::slice::from_raw_parts(data(bytes), (*bytes.fields()).ob_base.ob_size as usize) }
}

/// The address of the bytes.
pub fn data(bytes: Bytes<'_>) -> *mut u8 {
    bytes.cast::<u8>().wrapping_add(HEAD)
}

/// The most bytes that an object can have.
const MOST: usize = isize::MAX as usize - (HEAD + 1);

/// The bytes of a `bytes`, or of another object with a buffer, as a `bytes`; `None` for an object without one.
pub fn from_buffer(o: Obj<'_>) -> Result<Option<NewBytes>> {
    if let Some(bytes) = o.downcast() {
        return Ok(Some(View::to_own(bytes)));
    }
    // SAFETY: making a `bytes` runs no code of the program.
    match unsafe { buffer::with_simple(o, from_slice) } {
        Ok(bytes) => bytes.map(Some),
        Err(_) => {
            error::clear();
            Ok(None)
        }
    }
}

/// A new `bytes` of a length, all zero. The caller fills it through [`data`] before other code sees it. The empty
/// object is shared.
pub fn blank(length: usize) -> Result<NewBytes> {
    if length == 0 {
        return Ok(empty().to_own());
    }
    if length > MOST {
        return Err(raise!(OverflowError, "byte string is too large"));
    }
    instantiate(BYTES, length)
}

/// A new object of `bytes` or a subclass, whose bytes are all zero.
fn instantiate(class: Type<'_>, length: usize) -> Result<NewBytes> {
    let o = instance::allocate(class, length)?;
    // SAFETY: the new instance has room for the bytes and the NUL, which is there because the memory is zeroed.
    unsafe {
        let fields = o.cast::<PyBytesObject>().as_ptr();
        (*fields).ob_base.ob_size = length as Py_ssize_t;
        (*fields).ob_shash = -1;
        Ok(NewBytes::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr())))
    }
}

/// A `bytes` with these bytes.
pub fn from_slice(bytes: &[u8]) -> Result<NewBytes> {
    match *bytes {
        [] => Ok(empty().to_own()),
        [byte] => Ok(single(byte).to_own()),
        _ => from_parts(core::iter::once(bytes), bytes.len()),
    }
}

/// A new `bytes` of some parts, whose lengths add up to `length`.
fn from_parts<'a>(parts: impl Iterator<Item = &'a [u8]>, length: usize) -> Result<NewBytes> {
    let o = blank(length)?;
    let mut rest = data(o.borrow());
    for part in parts {
        // SAFETY: `blank` made room for all parts, one after the other, and the new object overlaps none of them.
        unsafe {
            rest.copy_from_nonoverlapping(part.as_ptr(), part.len());
            rest = rest.add(part.len());
        }
    }
    Ok(o)
}

/// A `bytes` of a length: the first of these bytes, and zeros if there are not enough.
pub fn resized(bytes: &[u8], length: usize) -> Result<NewBytes> {
    from_parts(core::iter::once(&bytes[..bytes.len().min(length)]), length)
}
