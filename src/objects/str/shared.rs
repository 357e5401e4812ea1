//! Strings of which there is one: the empty one and those of one Latin-1 character, which exist from the start, and
//! interned names. All of them are immortal.

use super::PyUnicode_Type;
use super::layout::{Points, state};
use crate::abi::*;
use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, Malloc};
use crate::runtime::{Obj, Ref, Result};
use core::mem::offset_of;
use hashbrown::HashTable;

/// A static string of at most one character, behind the head for its kind.
#[repr(C)]
struct Short<Head> {
    head: Head,
    data: [u8; 2],
}

const _: () = assert!(offset_of!(Short<PyASCIIObject>, data) == size_of::<PyASCIIObject>());
const _: () = assert!(offset_of!(Short<PyCompactUnicodeObject>, data) == size_of::<PyCompactUnicodeObject>());

const fn head(length: Py_ssize_t, ascii: u32) -> PyASCIIObject {
    PyASCIIObject {
        ob_base: PyObject::immortal(&raw mut PyUnicode_Type),
        length,
        hash: -1,
        state: state::INTERNED_STATIC | 1 << state::KIND_SHIFT | state::COMPACT | ascii | state::STATIC,
    }
}

const fn ascii(length: Py_ssize_t, byte: u8) -> Short<PyASCIIObject> {
    Short { head: head(length, state::ASCII), data: [byte, 0] }
}

const fn latin1(byte: u8) -> Short<PyCompactUnicodeObject> {
    let head = PyCompactUnicodeObject { ob_base: head(1, 0), utf8_length: 0, utf8: core::ptr::null_mut() };
    Short { head, data: [byte, 0] }
}

static mut EMPTY: Short<PyASCIIObject> = ascii(0, 0);
static mut ASCII: [Short<PyASCIIObject>; 0x80] = {
    let mut all = [const { ascii(1, 0) }; 0x80];
    let mut byte = 0;
    while byte < all.len() {
        all[byte] = ascii(1, byte as u8);
        byte += 1;
    }
    all
};
static mut LATIN1: [Short<PyCompactUnicodeObject>; 0x80] = {
    let mut all = [const { latin1(0) }; 0x80];
    let mut byte = 0;
    while byte < all.len() {
        all[byte] = latin1(0x80 + byte as u8);
        byte += 1;
    }
    all
};

/// The empty string.
pub fn empty() -> Obj<'static> {
    // SAFETY: the static is a complete str.
    unsafe { Obj::from_static(&raw mut EMPTY) }
}

/// The string of one Latin-1 character.
fn single(character: u8) -> Obj<'static> {
    let index = usize::from(character & 0x7f);
    // SAFETY: the statics are complete strings, 128 in each array.
    unsafe {
        match character {
            0..0x80 => Obj::from_static((&raw mut ASCII).cast::<Short<PyASCIIObject>>().add(index)),
            0x80.. => Obj::from_static((&raw mut LATIN1).cast::<Short<PyCompactUnicodeObject>>().add(index)),
        }
    }
}

/// The string that exists from the start for code points of this number, none above `widest`.
pub fn short(length: usize, widest: u32) -> Option<Obj<'static>> {
    match length {
        0 => Some(empty()),
        1 => u8::try_from(widest).ok().map(single),
        _ => None,
    }
}

/// The strings interned later, found by their characters.
static INTERNED: Lock<HashTable<Interned, Malloc>> = Lock::new(HashTable::new_in(Malloc));

struct Interned(Obj<'static>);
// SAFETY: interned strings are immortal and never change, so any thread may read them.
unsafe impl Send for Interned {}

/// The one string with these characters: `s` itself the first time, immortal from then on. `s` is exactly a `str`.
pub fn intern(s: Ref) -> Result<Ref> {
    let points = super::points(s.borrow());
    if let Points::Ascii([]) | Points::Ascii([_]) | Points::Latin1([_]) = points {
        let widest = points.iter().next().unwrap_or_default();
        return Ok(short(points.len(), widest).map_or(s, Obj::to_ref));
    }
    let mut table = INTERNED.hold();
    let hash = super::hash(s.borrow()) as u64;
    if let Some(known) = table.find(hash, |known| super::equal(known.0, s.borrow())) {
        return Ok(known.0.to_ref());
    }
    if table.try_reserve(1, |known| super::hash(known.0) as u64).is_err() {
        // An error drops the one before it, and whatever that runs may intern.
        drop(table);
        return Err(memory::out_of_memory());
    }
    // SAFETY: a str that from here on is immortal, so it may be borrowed for good.
    let forever = unsafe {
        let forever = Obj::from_ptr_unchecked(s.as_ptr());
        forever.immortalize();
        let fields = forever.cast::<PyASCIIObject>();
        (*fields).state = (*fields).state & !state::INTERNED_MASK | state::INTERNED_IMMORTAL;
        forever
    };
    table.insert_unique(hash, Interned(forever), |known| super::hash(known.0) as u64);
    Ok(s)
}
