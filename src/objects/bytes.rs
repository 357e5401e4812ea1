//! `bytes`: an immutable sequence of bytes, which follow the object's head and end with a NUL.

mod construct;

use super::iterator::{self, Steps};
use super::shelf::Shelf;
use super::slots;
use super::str::{self, Builder};
use super::{class_defaults, int};
use crate::abi::*;
use crate::objects::index;
use crate::protocol::{compare, hash, number};
use crate::runtime::local::local;
use crate::runtime::{Layout, Obj, Ref, Result, View, error, instance, memory, raise};
use core::cell::Cell;
use core::ffi::c_int;
use core::mem::offset_of;

static_type! {
    /// The `bytes` type.
    pub PyBytes_Type as BYTES {
        tp_name: c"bytes".as_ptr(),
        tp_basicsize: HEAD as Py_ssize_t + 1,
        tp_itemsize: 1,
        tp_repr: Some(repr_slot),
        tp_hash: Some(hash_slot),
        tp_as_sequence: &raw mut SEQUENCE,
        tp_as_mapping: &raw mut MAPPING,
        tp_richcompare: Some(richcompare_slot),
        tp_iter: slots::unary(iter),
        tp_new: Some(construct::new_slot),
        tp_flags: class_defaults::DEFAULTS.tp_flags | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BYTES_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
    }
}

static mut SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: Some(length_slot),
    sq_concat: Some(concat_slot),
    sq_repeat: Some(repeat_slot),
    sq_item: Some(item_slot),
    sq_contains: Some(contains_slot),
    ..PySequenceMethods::BLANK
};

static mut MAPPING: PyMappingMethods =
    PyMappingMethods { mp_length: Some(length_slot), mp_subscript: Some(subscript_slot), ..PyMappingMethods::BLANK };

/// Where the bytes begin.
const HEAD: usize = offset_of!(PyBytesObject, ob_sval);

/// `bytes` of at most one byte, with its NUL: of these there is one each.
#[repr(C)]
struct Short {
    ob_base: PyVarObject,
    ob_shash: Py_hash_t,
    ob_sval: [u8; 2],
}

const _: () = assert!(offset_of!(Short, ob_sval) == HEAD);

const fn short(length: Py_ssize_t, byte: u8) -> Short {
    Short { ob_base: PyVarObject::immortal(&raw mut PyBytes_Type, length), ob_shash: -1, ob_sval: [byte, 0] }
}

static mut EMPTY: Short = short(0, 0);
// SAFETY: a `Short` is an object.
static SINGLE: Shelf<Short, 256> = unsafe { Shelf::new() };

local! {
    static SINGLE_KNOWN: Cell<bool> = "pycapsule_single_bytes_known";
}

/// A borrowed reference to a `bytes`, or to an instance of a subclass.
pub type Bytes<'a> = View<'a, PyBytesObject>;

// SAFETY: a type with this flag has instances that begin as those of `bytes` do.
unsafe impl Layout for PyBytesObject {
    #[inline(always)]
    fn check(o: Obj<'_>) -> bool {
        o.has_flag(Py_TPFLAGS_BYTES_SUBCLASS)
    }
}

/// The one object with these bytes, if they are at most one.
pub fn shared(bytes: &[u8]) -> Option<Obj<'static>> {
    match *bytes {
        // SAFETY: the static is a complete object.
        [] => Some(unsafe { Obj::from_static(&raw mut EMPTY) }),
        [byte] => Some(SINGLE.get(byte.into(), &SINGLE_KNOWN, |byte| short(1, byte as u8))),
        _ => None,
    }
}

/// Whether the object is a `bytes` or an instance of a subclass.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_BYTES_SUBCLASS)
}

/// The bytes. `o` is a `bytes`.
pub fn as_slice(o: Obj<'_>) -> &[u8] {
    debug_assert!(check(o));
    // SAFETY: a bytes object has this layout, and as many bytes as it says, which do not change once handed out.
    unsafe { core::slice::from_raw_parts(data(o), (*o.cast::<PyVarObject>()).ob_size as usize) }
}

/// Where the bytes of a `bytes` lie.
pub fn data(o: Obj<'_>) -> *mut u8 {
    o.cast::<u8>().wrapping_add(HEAD)
}

/// A new `bytes` of a length, all zero, for the caller to fill through [`data`] before anybody else sees it; the empty
/// one is shared.
pub fn blank(length: usize) -> Result<Ref> {
    if length == 0 {
        return from_slice(&[]);
    }
    if length > isize::MAX as usize - (HEAD + 1) {
        return Err(raise!(OverflowError, "byte string is too large"));
    }
    let o = instance::allocate(BYTES, length)?;
    // SAFETY: a new instance with room for the bytes and, as it is zeroed, the NUL.
    unsafe {
        let fields = o.cast::<PyBytesObject>().as_ptr();
        (*fields).ob_base.ob_size = length as Py_ssize_t;
        (*fields).ob_shash = -1;
        Ok(Ref::from_ptr_unchecked(o.as_ptr()))
    }
}

/// A `bytes` with these bytes.
pub fn from_slice(bytes: &[u8]) -> Result<Ref> {
    match shared(bytes) {
        Some(shared) => Ok(shared.to_ref()),
        None => from_parts(core::iter::once(bytes), bytes.len()),
    }
}

/// A new `bytes` of some parts, which have `length` bytes together.
fn from_parts<'a>(parts: impl Iterator<Item = &'a [u8]>, length: usize) -> Result<Ref> {
    let o = blank(length)?;
    let mut rest = data(o.borrow());
    for part in parts {
        // SAFETY: `blank` made room for all parts, one after the other; the new object overlaps none of them.
        unsafe {
            rest.copy_from_nonoverlapping(part.as_ptr(), part.len());
            rest = rest.add(part.len());
        }
    }
    Ok(o)
}

/// A `bytes` with as many of the first bytes as `length` says, and zeros where there are no more.
pub fn resized(bytes: &[u8], length: usize) -> Result<Ref> {
    from_parts(core::iter::once(&bytes[..bytes.len().min(length)]), length)
}

/// The bytes of both, one after the other; TypeError unless both are `bytes`.
pub fn concat(a: Obj<'_>, b: Obj<'_>) -> Result<Ref> {
    if !check(a) || !check(b) {
        return Err(raise!(TypeError, "can't concat {} to {}", b.class().name(), a.class().name()));
    }
    let (left, right) = (as_slice(a), as_slice(b));
    match (left.is_empty() && b.is_exactly(BYTES), right.is_empty() && a.is_exactly(BYTES)) {
        (true, _) => Ok(b.to_ref()),
        (_, true) => Ok(a.to_ref()),
        _ => {
            let length = left.len().checked_add(right.len()).ok_or_else(memory::out_of_memory)?;
            from_parts([left, right].into_iter(), length)
        }
    }
}
slot!(concat_slot(a, b) -> *mut PyObject = concat);

fn repeat(o: Obj<'_>, count: Py_ssize_t) -> Result<Ref> {
    let bytes = as_slice(o);
    let count = usize::try_from(count).unwrap_or(0);
    if count == 1 && o.is_exactly(BYTES) {
        return Ok(o.to_ref());
    }
    let length = bytes.len().checked_mul(count).filter(|&length| length <= isize::MAX as usize);
    let Some(length) = length else { return Err(raise!(OverflowError, "repeated bytes are too long")) };
    if length > isize::MAX as usize - (HEAD + 1) {
        return Err(memory::out_of_memory());
    }
    from_parts(core::iter::repeat_n(bytes, if length == 0 { 0 } else { count }), length)
}
slot!(repeat_slot(o; count: Py_ssize_t) -> *mut PyObject = repeat);

fn length(o: Obj<'_>) -> Result<isize> {
    Ok(as_slice(o).len() as isize)
}
slot!(length_slot(o) -> Py_ssize_t = length);

/// The byte at an index, as an `int`; IndexError outside.
fn item(o: Obj<'_>, index: Py_ssize_t) -> Result<Ref> {
    match usize::try_from(index).ok().and_then(|index| as_slice(o).get(index)) {
        Some(&byte) => int::from_i64(byte.into()),
        None => Err(raise!(IndexError, "index out of range")),
    }
}
slot!(item_slot(o; index: Py_ssize_t) -> *mut PyObject = item);

fn subscript(o: Obj<'_>, key: Obj<'_>) -> Result<Ref> {
    if !number::is_index(key) {
        return Err(raise!(TypeError, "byte indices must be integers or slices, not {}", key.class().name()));
    }
    let index = index::as_ssize_t(key, Some(Exc::IndexError))?;
    item(o, if index < 0 { index + as_slice(o).len() as isize } else { index })
}
slot!(subscript_slot(o, key) -> *mut PyObject = subscript);

/// Whether a byte, or the bytes of another object in a row, are among these.
fn contains(o: Obj<'_>, part: Obj<'_>) -> Result<bool> {
    let bytes = as_slice(o);
    if number::is_index(part)
        && let Ok(number) = index::as_ssize_t(part, None)
    {
        // A number that no size holds is cut to the nearest one, and is no byte either.
        return match u8::try_from(number) {
            Ok(byte) => Ok(bytes.contains(&byte)),
            Err(_) => Err(raise!(ValueError, "byte must be in range(0, 256)")),
        };
    }
    // CPython tries to read a number from whatever it is, and clears the error of that, or one that was pending.
    error::clear();
    if !check(part) {
        return Err(raise!(TypeError, "a bytes-like object is required, not '{}'", part.class().name()));
    }
    match as_slice(part) {
        [] => Ok(true),
        part => Ok(bytes.windows(part.len()).any(|window| window == part)),
    }
}
slot!(contains_slot(o, part) -> c_int = contains);

/// `b'…'` with escapes for all that is not printable ASCII. With `smart_quotes`, bytes with single quotes and without
/// double ones stand in double quotes.
pub fn repr(o: Obj<'_>, smart_quotes: bool) -> Result<Ref> {
    let bytes = as_slice(o);
    let double = smart_quotes && bytes.contains(&b'\'') && !bytes.contains(&b'"');
    let quote = if double { b'"' } else { b'\'' };
    let mut text = Builder::new();
    text.push(b'b'.into())?;
    text.push(quote.into())?;
    for &byte in bytes {
        match byte {
            b'\'' | b'"' if byte != quote => text.push(byte.into())?,
            _ => text.extend(byte.escape_ascii().map(u32::from))?,
        }
    }
    text.push(quote.into())?;
    text.finish()
}

fn smart_repr(o: Obj<'_>) -> Result<Ref> {
    repr(o, true)
}
slot!(repr_slot(o) -> *mut PyObject = smart_repr);

fn hash(o: Obj<'_>) -> Result<isize> {
    // SAFETY: a bytes object has this layout.
    unsafe { Ok(hash::remembered(&raw mut (*o.cast::<PyBytesObject>()).ob_shash, || str::hash_bytes(as_slice(o)))) }
}
slot!(hash_slot(o) -> Py_hash_t = hash);

fn compare(a: Obj<'_>, b: Obj<'_>, op: c_int) -> Result<Ref> {
    let order = (check(a) && check(b)).then(|| Some(as_slice(a).cmp(as_slice(b))));
    Ok(compare::answer(op, order).to_ref())
}
slot!(richcompare_slot(a, b; op: c_int) -> *mut PyObject = compare);

/// The steps of iterators over bytes.
enum Items {}

static_type! {
    /// Iterators over the bytes of `bytes`.
    pub PyBytesIter_Type as BYTES_ITERATOR = iterator::type_of::<Items>(c"bytes_iterator")
}

impl Steps for Items {
    type Container = PyBytesObject;

    fn step(at: &iterator::Iterator, bytes: Bytes<'_>) -> Result<Option<(Ref, usize)>> {
        let Some(&byte) = as_slice(*bytes).get(at.position.get()) else { return Ok(None) };
        Ok(Some((int::from_i64(byte.into())?, at.position.get() + 1)))
    }
}

fn iter(bytes: Bytes<'_>) -> Result<Ref> {
    iterator::new::<Items>(BYTES_ITERATOR, bytes, 0)
}
