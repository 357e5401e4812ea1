//! The cache of look-ups along the bases (CPython: the method cache), and the version tags that make an entry of it
//! stale.
//!
//! A class gets a tag with its first look-up, after all its bases. A change of the class takes the tag away, first from
//! all classes made from it. A tag is never given twice, so an entry with an old tag is never found again, and the
//! cache borrows the objects that it names: they live as long as no class on the way changes.
//!
//! Only a thread that holds the GIL, or is the only one of the process, uses the cache; for others a look-up walks the
//! bases.

use super::super::{mro, subclasses};
use crate::abi::*;
use crate::runtime::{Obj, Ref, Type, known, thread};
use core::cell::Cell;
use core::sync::atomic::{AtomicU32, Ordering};

/// The answer of one look-up.
struct Entry {
    tag: Cell<u32>,
    /// An interned name.
    name: Cell<*mut PyObject>,
    /// The attribute; NULL when the classes have no such attribute.
    value: Cell<*mut PyObject>,
}

const SIZE: usize = 4096;

struct Cache([Entry; SIZE]);

// SAFETY: only the thread that has the cache to itself accesses the entries.
unsafe impl Sync for Cache {}

static CACHE: Cache = Cache(
    [const { Entry { tag: Cell::new(0), name: Cell::new(core::ptr::null_mut()), value: Cell::new(core::ptr::null_mut()) } };
        SIZE],
);

/// The last tag that was given; 0 is no tag.
static LAST: AtomicU32 = AtomicU32::new(0);

/// The field with the tag. Threads without the GIL may read it, while another one changes its own class.
fn tag_of<'a>(class: Type<'a>) -> &'a AtomicU32 {
    // SAFETY: the field is a number at its natural alignment, which every type object has, and is accessed here only.
    unsafe { AtomicU32::from_ptr(&raw mut (*class.as_ptr()).tp_version_tag) }
}

/// The entry for a tag and a name.
#[inline(always)]
fn entry(tag: u32, name: Obj<'_>) -> &'static Entry {
    let index = (name.as_ptr().addr() >> 4) ^ tag as usize;
    &CACHE.0[index % SIZE]
}

/// The answer of an earlier look-up: the attribute, or `None` when there is none. The outer `None` means that the cache
/// does not know.
#[inline(always)]
pub fn find(class: Type<'_>, name: Obj<'_>) -> Option<Option<Ref>> {
    let tag = tag_of(class).load(Ordering::Relaxed);
    if tag == 0 || !thread::has_shared_objects() {
        return None;
    }
    let entry = entry(tag, name);
    if entry.tag.get() != tag || entry.name.get() != name.as_ptr() {
        return None;
    }
    // SAFETY: no class on the way has changed since, so the attribute is still there; this thread has the cache to
    // itself.
    Some(unsafe { Obj::from_ptr(entry.value.get()) }.map(Obj::to_ref))
}

/// Keeps the answer of a look-up of an interned name, if the class can have a tag.
pub(super) fn keep(class: Type<'_>, name: Obj<'_>, found: Option<Obj<'_>>) {
    if !thread::has_shared_objects() {
        return;
    }
    let Some(tag) = assign(class) else { return };
    let entry = entry(tag, name);
    entry.tag.set(tag);
    entry.name.set(name.as_ptr());
    entry.value.set(found.map_or(core::ptr::null_mut(), Obj::as_ptr));
}

/// The tag of a class, which it gets now if it has none (CPython: `PyUnstable_Type_AssignVersionTag`); `None` for a
/// class that is not ready, for one whose order is not made of its bases alone, and when there are no tags left.
pub fn assign(class: Type<'_>) -> Option<u32> {
    match tag_of(class).load(Ordering::Relaxed) {
        0 => {}
        tag => return Some(tag),
    }
    if !class.has_flag(Py_TPFLAGS_READY) || class.as_obj().class() != known::TYPE && has_foreign_ancestors(class) {
        return None;
    }
    for base in mro::bases(class) {
        assign(base)?;
    }
    let tag = LAST.load(Ordering::Relaxed).checked_add(1)?;
    LAST.store(tag, Ordering::Relaxed);
    tag_of(class).store(tag, Ordering::Relaxed);
    Some(tag)
}

/// Whether the order of look-up has a class from which this one is not made, so that a change of that class does not
/// reach this one. Only a metatype can give such an order.
fn has_foreign_ancestors(class: Type<'_>) -> bool {
    fn is_made_from(class: Type<'_>, ancestor: Type<'_>) -> bool {
        class == ancestor || mro::bases(class).any(|base| is_made_from(base, ancestor))
    }
    mro::of(class).any(|ancestor| !is_made_from(class, ancestor))
}

/// Makes the look-ups of a class, and of the classes made from it, stale (CPython: `PyType_Modified`). It is called
/// before the dict, the bases or the order of the class change.
pub fn modified(class: Type<'_>) {
    let tag = tag_of(class);
    // The classes made from it have no tags either, then.
    if tag.load(Ordering::Relaxed) == 0 {
        return;
    }
    if class.has_flag(_Py_TPFLAGS_STATIC_BUILTIN) {
        // The built-in classes made from it are in no list.
        forget();
    }
    subclasses::each(class, modified);
    tag.store(0, Ordering::Relaxed);
}

/// Forgets all answers (CPython: `PyType_ClearCache`), and returns the last tag that was given.
pub fn forget() -> u32 {
    if thread::has_shared_objects() {
        CACHE.0.iter().for_each(|entry| entry.tag.set(0));
    }
    LAST.load(Ordering::Relaxed)
}
