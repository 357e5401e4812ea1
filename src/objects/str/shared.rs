//! Shared strings: the empty string, those of one Latin-1 character, and interned names. All of them are immortal.

use super::compare::equal;
use super::hash::hash;
use super::layout::{Str, as_exact, length, points, state};
use crate::abi::*;
use crate::objects::static_cache::StaticCache;
use crate::runtime::known::STR;
use crate::runtime::local::local;
use crate::runtime::lock::Lock;
use crate::runtime::memory::{self, HashOf, Malloc};
use crate::runtime::{Obj, Ref, Result, View};
use core::cell::Cell;
use core::mem::offset_of;
use hashbrown::HashTable;

/// A string of at most one character, after the head for its kind.
#[repr(C)]
struct Short<Head> {
    head: Head,
    data: [u8; 2],
}

const _: () = assert!(offset_of!(Short<PyASCIIObject>, data) == size_of::<PyASCIIObject>());
const _: () = assert!(offset_of!(Short<PyCompactUnicodeObject>, data) == size_of::<PyCompactUnicodeObject>());

const fn head(length: Py_ssize_t, ascii: u32) -> PyASCIIObject {
    PyASCIIObject {
        ob_base: PyObject::immortal(STR.as_ptr()),
        length,
        hash: -1,
        state: state::INTERNED_STATIC | 1 << state::KIND_SHIFT | state::COMPACT | ascii | state::STATIC,
    }
}

const fn ascii(length: Py_ssize_t, byte: u8) -> Short<PyASCIIObject> {
    Short { head: head(length, state::ASCII), data: [byte, 0] }
}

fn latin1(byte: u8) -> Short<PyCompactUnicodeObject> {
    let head = PyCompactUnicodeObject { ob_base: head(1, 0), utf8_length: 0, utf8: core::ptr::null_mut() };
    Short { head, data: [byte, 0] }
}

static mut EMPTY: Short<PyASCIIObject> = ascii(0, 0);
// SAFETY: A `Short` begins with the head of a str, which is immortal in each that is made here.
static ASCII: StaticCache<Short<PyASCIIObject>, 0x80> = unsafe { StaticCache::new() };
// SAFETY: the larger head begins with that of a str too, and `latin1` makes it immortal.
static LATIN1: StaticCache<Short<PyCompactUnicodeObject>, 0x80> = unsafe { StaticCache::new() };

local! {
    static ASCII_KNOWN: Cell<bool> = "pycapsule_ascii_known";
}
local! {
    static LATIN1_KNOWN: Cell<bool> = "pycapsule_latin1_known";
}

/// The empty string.
pub fn empty() -> Str<'static> {
    // SAFETY: the static is a complete str.
    unsafe { View::new_unchecked(Obj::from_static(&raw mut EMPTY)) }
}

/// The string of one Latin-1 character.
fn single(character: u8) -> Obj<'static> {
    let index = usize::from(character & 0x7f);
    match character {
        0..0x80 => ASCII.get(index, &ASCII_KNOWN, |index| ascii(1, index as u8)),
        0x80.. => LATIN1.get(index, &LATIN1_KNOWN, |index| latin1(0x80 + index as u8)),
    }
}

/// The one string of an ASCII character, or of none.
#[inline]
pub(super) fn short_ascii(ascii: &[u8]) -> Obj<'static> {
    match ascii.first() {
        Some(byte) => ASCII.get(usize::from(*byte), &ASCII_KNOWN, |index| self::ascii(1, index as u8)),
        None => *empty(),
    }
}

/// The one string for code points of this number, none above `widest`, if there is one.
pub fn short(length: usize, widest: u32) -> Option<Obj<'static>> {
    match length {
        0 => Some(*empty()),
        1 => u8::try_from(widest).ok().map(single),
        _ => None,
    }
}

/// The addresses of the strings that are interned later, found by their characters. They are numbers, as in a dict's
/// table, so that the code for tables is compiled only once.
static INTERNED: Lock<HashTable<usize, Malloc>> = Lock::new(HashTable::new_in(Malloc));

/// The initial room of the table. Most of the first names are those of the built-in exceptions.
const FIRST: usize = 112;

/// A string from the table.
fn interned(address: usize) -> Str<'static> {
    // SAFETY: only `intern` adds to the table, each time a str that it has made immortal.
    unsafe { View::new_unchecked(Obj::from_ptr_unchecked(core::ptr::with_exposed_provenance_mut(address))) }
}

/// The interned string with these characters: `o` itself the first time, which is immortal from then on. An object that
/// is not exactly a `str` is returned unchanged.
pub fn intern(o: Ref) -> Result<Ref> {
    let Some(s) = as_exact(o.borrow()) else { return Ok(o) };
    if length(s) <= 1 {
        let point = points(s).iter().next().unwrap_or_default();
        if let Some(short) = short(length(s), point) {
            return Ok(short.to_ref());
        }
    }
    let mut table = INTERNED.hold();
    let hash_of_s = hash(s) as u64;
    if let Some(known) = table.find(hash_of_s, |known| equal(interned(*known), s)) {
        return Ok(interned(*known).to_ref());
    }
    let hash_of: HashOf<'_, usize> = &|known| hash(interned(*known)) as u64;
    let more = if table.capacity() == 0 { FIRST } else { 1 };
    if table.try_reserve(more, hash_of).is_err() {
        // Raising drops the previous error, and a destructor that this runs may call `intern`.
        drop(table);
        return Err(memory::out_of_memory());
    }
    s.immortalize();
    // SAFETY: only this code writes the state's bits for interning, in the thread that holds the table's lock.
    unsafe {
        let fields = s.fields();
        (*fields).state = (*fields).state & !state::INTERNED_MASK | state::INTERNED_IMMORTAL;
    }
    table.insert_unique(hash_of_s, o.as_ptr().expose_provenance(), hash_of);
    Ok(o)
}
