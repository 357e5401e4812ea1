//! `dict`: a hash table that remembers the order of insertion. The table is in [`table`]; here is the type, and
//! the look-up that may have to ask objects whether they are equal.

mod table;

use super::{class, object, str};
use crate::abi::*;
use crate::runtime::{Obj, Ref, Result, gc, instance, memory};
use core::ffi::{c_int, c_void};
use core::ptr::NonNull;
use table::{Entry, Table};

static_type! {
    /// The `dict` type.
    pub PyDict_Type as DICT {
        tp_name: c"dict".as_ptr(),
        tp_basicsize: size_of::<PyDictObject>() as Py_ssize_t,
        tp_dealloc: Some(dealloc_slot),
        tp_traverse: Some(traverse_slot),
        tp_clear: Some(clear_slot),
        tp_hash: None,
        tp_flags: class::DEFAULTS.tp_flags | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DICT_SUBCLASS
            | Py_TPFLAGS_MAPPING | _Py_TPFLAGS_MATCH_SELF,
    }
}

/// Whether the object is a `dict` or an instance of a subclass.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    o.has_flag(Py_TPFLAGS_DICT_SUBCLASS)
}

/// A new, empty dict.
pub fn new() -> Result<Ref> {
    let o = instance::allocate(DICT, 0)?;
    // SAFETY: a new instance; all zero is an empty dict without a table.
    let dict = unsafe { Ref::from_ptr_unchecked(o.as_ptr()) };
    gc::track(dict.borrow());
    Ok(dict)
}

/// The number of items. `dict` is a dict.
pub fn len(dict: Obj<'_>) -> usize {
    // SAFETY: a dict has this layout.
    unsafe { (*dict.cast::<PyDictObject>()).ma_used as usize }
}

/// The table, if anything was ever put in.
///
/// The borrow must end before anything is called that can change the dict: a comparison, a destructor.
fn table<'a>(dict: Obj<'a>) -> Option<&'a Table> {
    // SAFETY: ma_keys is NULL or the dict's own table; callers keep the borrow short, see above.
    unsafe { (*dict.cast::<PyDictObject>()).ma_keys.cast::<Table>().as_ref() }
}

/// Runs a change on the table, which is made first if there is none, and keeps the public count in step.
fn change<T>(dict: Obj<'_>, work: impl FnOnce(&mut Table) -> Result<T>) -> Result<T> {
    // SAFETY: the table is the dict's own and `work` cannot reach the dict, so this borrow is the only one.
    unsafe {
        let fields = dict.cast::<PyDictObject>();
        if (*fields).ma_keys.is_null() {
            let block = memory::allocate(size_of::<Table>()).ok_or_else(memory::out_of_memory)?;
            block.cast::<Table>().write(Table::new());
            (*fields).ma_keys = block.as_ptr();
        }
        let table = &mut *(*fields).ma_keys.cast::<Table>();
        let done = work(table);
        (*fields).ma_used = table.len() as Py_ssize_t;
        done
    }
}

/// Takes the table away: the dict is empty from then on, and the caller drops what was in it.
fn take_table(dict: Obj<'_>) -> Option<Table> {
    // SAFETY: the table is moved out and its block freed; the dict no longer points to it.
    unsafe {
        let fields = dict.cast::<PyDictObject>();
        let block = core::mem::replace(&mut (*fields).ma_keys, core::ptr::null_mut());
        (*fields).ma_used = 0;
        let table = NonNull::new(block.cast::<Table>())?.read();
        memory::free(block);
        Some(table)
    }
}

/// Whether two keys with the same hash are equal, when that can be told without running a comparison.
fn quick_equal(a: Obj<'_>, b: Obj<'_>) -> Option<bool> {
    if a.is(b) {
        return Some(true);
    }
    (a.is_exactly(str::STR) && b.is_exactly(str::STR)).then(|| str::equal(a, b))
}

/// Where a key is in the table.
///
/// A comparison may change the dict; then the search starts again.
fn find(dict: Obj<'_>, key: Obj<'_>, hash: isize) -> Result<Option<usize>> {
    'search: loop {
        let Some(current) = table(dict) else { return Ok(None) };
        let mut undecided = false;
        let found = current.find(hash, |entry| {
            quick_equal(entry.key.borrow(), key).unwrap_or_else(|| {
                undecided = true;
                false
            })
        });
        if found.is_some() || !undecided {
            return Ok(found);
        }
        let version = current.version();
        for nth in 0.. {
            let Some(index) = table(dict).and_then(|table| table.nth_candidate(hash, nth)) else { return Ok(None) };
            let Some(candidate) = table(dict).and_then(|table| table.get(index)).map(|entry| entry.key.clone()) else {
                continue 'search;
            };
            let same = object::equal(candidate.borrow(), key)?;
            if table(dict).is_none_or(|table| table.version() != version) {
                continue 'search;
            }
            if same {
                return Ok(Some(index));
            }
        }
    }
}

/// The value under a key, as a new reference. `dict` is a dict; TypeError when the key has no hash.
pub fn get(dict: Obj<'_>, key: Obj<'_>) -> Result<Option<Ref>> {
    let hash = object::hash(key)?;
    let index = find(dict, key, hash)?;
    Ok(index.and_then(|index| table(dict)?.get(index)).map(|entry| entry.value.clone()))
}

/// The value under a text key, as a new reference; needs no key object for an ASCII text.
pub fn get_str(dict: Obj<'_>, key: &str) -> Result<Option<Ref>> {
    if !key.is_ascii() {
        return get(dict, str::from_str(key)?.borrow());
    }
    let same = |entry: &Entry| {
        entry.key.borrow().is_exactly(str::STR)
            && matches!(str::points(entry.key.borrow()), str::Points::Ascii(ascii) if ascii == key.as_bytes())
    };
    let found = table(dict).and_then(|table| table.get(table.find(str::hash_bytes(key.as_bytes()), same)?));
    Ok(found.map(|entry| entry.value.clone()))
}

/// Puts a value under a key, in place of an older one. `dict` is a dict.
pub fn set(dict: Obj<'_>, key: Obj<'_>, value: Obj<'_>) -> Result<()> {
    let hash = object::hash(key)?;
    let replaced = match find(dict, key, hash)? {
        Some(index) => change(dict, |table| Ok(table.replace(index, value.to_ref())))?,
        None => change(dict, |table| {
            table.insert(Entry { hash, key: key.to_ref(), value: value.to_ref() })?;
            Ok(None)
        })?,
    };
    drop(replaced);
    Ok(())
}

/// Puts a value under a text key, which is interned.
pub fn set_str(dict: Obj<'_>, key: &str, value: Obj<'_>) -> Result<()> {
    set(dict, str::intern(str::from_str(key)?)?.borrow(), value)
}

/// Takes a key out; gives its value, or `None` when it was not there.
pub fn remove(dict: Obj<'_>, key: Obj<'_>) -> Result<Option<Ref>> {
    let hash = object::hash(key)?;
    let Some(index) = find(dict, key, hash)? else { return Ok(None) };
    let removed = change(dict, |table| Ok(table.remove(index)))?;
    Ok(removed.map(|entry| entry.value))
}

/// The item at or after a position, in order of insertion, and the position after it (CPython: `PyDict_Next`).
pub fn next(dict: Obj<'_>, position: usize) -> Option<(Obj<'_>, Obj<'_>, usize)> {
    let (index, entry) = table(dict)?.next(position)?;
    Some((entry.key.borrow(), entry.value.borrow(), index + 1))
}

/// Takes everything out.
pub fn clear(dict: Obj<'_>) {
    drop(take_table(dict));
}

unsafe extern "C" fn dealloc_slot(o: *mut PyObject) {
    // SAFETY: the slot's contract: a dict nobody refers to any more.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        gc::untrack(this);
        clear(this);
        instance::free(NonNull::new_unchecked(o));
    }
}

unsafe extern "C" fn traverse_slot(o: *mut PyObject, visit: visitproc, argument: *mut c_void) -> c_int {
    // SAFETY: the slot's contract: a live dict, which a visitor does not change.
    unsafe {
        let this = Obj::from_ptr_unchecked(o);
        let mut position = 0;
        while let Some((key, value, after)) = next(this, position) {
            visit!(visit, argument, key.as_ptr(), value.as_ptr());
            position = after;
        }
    }
    0
}

unsafe extern "C" fn clear_slot(o: *mut PyObject) -> c_int {
    // SAFETY: the slot's contract: a live dict.
    clear(unsafe { Obj::from_ptr_unchecked(o) });
    0
}
