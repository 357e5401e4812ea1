//! `dict`: a hash table that keeps the order of insertion. The table itself is in `table`. This file contains the
//! look-up, which may have to compare objects. `update` merges dicts, and the type is in [`type_object`].

pub mod iterator;
mod key;
mod methods;
mod table;
pub mod type_object;
mod update;
pub mod view;
mod view_algebra;

pub use key::{hash_of_element, hash_of_key};
pub use update::{Duplicates, copy, each_pair, merge, put_pair, update};

use super::{int, list, str, tuple};
use crate::abi::*;
use crate::protocol::compare;
use crate::runtime::memory::{self, Array, Malloc};
use crate::runtime::{Layout, Obj, Own, Raised, Ref, Result, Type, View, error, gc, instance};
use table::{Entry, Table};

pub use crate::runtime::known::DICT;

/// A borrowed reference to a `dict`, or to an instance of a subclass.
pub type Dict<'a> = View<'a, PyDictObject>;

// SAFETY: a type with this flag has instances that begin as those of `dict` do.
unsafe impl Layout for PyDictObject {
    #[inline(always)]
    fn check(o: Obj<'_>) -> bool {
        o.has_flag(Py_TPFLAGS_DICT_SUBCLASS)
    }
}

/// Whether the object is a `dict` or an instance of a subclass.
#[inline]
pub fn check(o: Obj<'_>) -> bool {
    PyDictObject::check(o)
}

/// A new, empty dict. All of its memory is written here, so it need not be zeroed first.
#[inline]
pub fn new() -> Result<Own<PyDictObject>> {
    let fields = || PyDictObject {
        ob_base: PyObject { ob_refcnt: 1, ob_type: DICT.as_ptr() },
        ma_used: 0,
        _ma_watcher_tag: 0,
        ma_keys: core::ptr::null_mut(),
        ma_values: core::ptr::null_mut(),
    };
    // SAFETY: these are the fields of a dict, which takes part in collection. An empty dict has no table.
    unsafe {
        let dict: Own<PyDictObject> = Own::new_unchecked(instance::write_new::<_, true>(fields)?);
        gc::track_new(dict.as_obj());
        Ok(dict)
    }
}

/// A new, empty object of `dict` or a subclass.
fn instantiate(class: Type<'_>) -> Result<Own<PyDictObject>> {
    let o = instance::allocate(class, 0)?;
    // SAFETY: the new instance is all zero, which is an empty dict without a table.
    let dict = unsafe { Own::new_unchecked(Ref::from_ptr_unchecked(o.as_ptr())) };
    gc::track(dict.as_obj());
    Ok(dict)
}

/// The number of items.
pub fn len(dict: Dict<'_>) -> usize {
    // SAFETY: a view's fields can be read.
    unsafe { (*dict.fields()).ma_used as usize }
}

/// The address of the table.
#[inline(always)]
fn address_of_table(dict: Dict<'_>) -> *mut Option<Table> {
    // SAFETY: only the address of a field of a live dict is taken. A table is a pointer, and none is NULL.
    unsafe { (&raw mut (*dict.fields()).ma_keys).cast() }
}

/// The table; `None` before the first item is added.
///
/// # Safety
/// The borrow ends before a function is called that can change the dict: a comparison, a destructor.
#[inline(always)]
unsafe fn table<'a>(dict: Dict<'a>) -> Option<&'a Table> {
    // SAFETY: the table is the dict's own, and stays until the dict is changed.
    unsafe { (*address_of_table(dict)).as_ref() }
}

/// Runs a change on the table, and updates the public count.
///
/// # Safety
/// `work` uses the dict only through its argument, and runs no code that could use it: it drops no reference to an object.
#[inline]
unsafe fn change<T>(dict: Dict<'_>, work: impl FnOnce(&mut Option<Table>) -> T) -> T {
    // SAFETY: the table is the dict's own, and `work` uses the dict in no other way, so this borrow is the only one.
    unsafe {
        let table = &mut *address_of_table(dict);
        let done = work(table);
        (*dict.fields()).ma_used = table.as_ref().map_or(0, Table::len) as Py_ssize_t;
        done
    }
}

/// Whether two keys with the same hash are equal; `None` when only a comparison can tell.
pub(super) fn quick_equal(a: Obj<'_>, b: Obj<'_>) -> Option<bool> {
    if a.is(b) {
        return Some(true);
    }
    if let (Some(a), Some(b)) = (str::as_exact(a), str::as_exact(b)) {
        return Some(str::equal(a, b));
    }
    let [a, b] = [a, b].map(|key| key.downcast_exactly(int::INT));
    a.zip(b).map(|(a, b)| int::equal(a, b))
}

/// The index of a key in the table; `None` when it is missing.
#[inline(always)]
fn find(dict: Dict<'_>, key: Obj<'_>, hash: isize) -> Result<Option<usize>> {
    // SAFETY: `is_key` compares without running code, and after it the table is not used any more.
    let Some(table) = (unsafe { table(dict) }) else { return Ok(None) };
    let is_key = |entry: &Entry| quick_equal(entry.key.borrow(), key) == Some(true);
    match table.first(hash, |index, entry| is_key(entry).then_some(index)) {
        Some(None) => search(dict, key, hash),
        found => Ok(found.flatten()),
    }
}

/// Compares the key with all keys of the same hash. A comparison may change the dict; then the search starts again.
#[inline(never)]
fn search(dict: Dict<'_>, key: Obj<'_>, hash: isize) -> Result<Option<usize>> {
    loop {
        // SAFETY: the table is used up to its version, before a key is asked.
        let Some(current) = (unsafe { table(dict) }) else { return Ok(None) };
        let mut to_be_asked = None;
        let mut are_more = false;
        let found = current.find(hash, &mut |index, entry| {
            quick_equal(entry.key.borrow(), key).unwrap_or_else(|| {
                are_more = to_be_asked.is_some();
                to_be_asked.get_or_insert(index);
                false
            })
        });
        let Some(index) = to_be_asked.filter(|_| found.is_none()) else { return Ok(found) };
        let version = current.version();
        let answer = match ask(dict, index, key, version)? {
            Answer::Other if are_more => ask_others(dict, key, hash, index, version)?,
            answer => answer,
        };
        match answer {
            Answer::Equal(index) => return Ok(Some(index)),
            Answer::Other => return Ok(None),
            Answer::DictChanged => {}
        }
    }
}

/// The result of a comparison with one or more keys of the dict.
#[derive(Debug, Clone, Copy)]
enum Answer {
    /// The key at this index is equal.
    Equal(usize),
    /// None of them is equal.
    Other,
    /// The dict has changed meanwhile, so the comparison says nothing.
    DictChanged,
}

/// Compares the key at an index with another.
fn ask(dict: Dict<'_>, index: usize, key: Obj<'_>, version: usize) -> Result<Answer> {
    // SAFETY: the key is counted at once, which runs no code.
    let Some(candidate) = unsafe { table(dict) }.and_then(|table| Some(table.get(index)?.key.clone())) else {
        return Ok(Answer::DictChanged);
    };
    let is_equal = compare::equal(candidate.borrow(), key)?;
    // SAFETY: the table is only read.
    let is_as_before = unsafe { table(dict) }.is_some_and(|table| {
        table.version() == version && table.get(index).is_some_and(|entry| entry.key.borrow().is(candidate.borrow()))
    });
    Ok(match (is_as_before, is_equal) {
        (false, _) => Answer::DictChanged,
        (true, true) => Answer::Equal(index),
        (true, false) => Answer::Other,
    })
}

/// Compares each key of a hash, except the one at `asked`. Their indices are collected first, so that each key is found
/// in one pass. Without memory for that, each is searched for separately.
#[cold]
fn ask_others(dict: Dict<'_>, key: Obj<'_>, hash: isize, asked: usize, version: usize) -> Result<Answer> {
    // SAFETY: the items with this hash are counted, which runs no code.
    let count = unsafe { table(dict) }.map_or(0, |table| table.candidates(hash).count());
    let mut candidates = Array::new_in(Malloc);
    if candidates.try_reserve(count).is_ok()
        // SAFETY: the indices are stored in memory that is reserved already, which runs no code.
        && let Some(table) = unsafe { table(dict) }
    {
        memory::fill(&mut candidates, table.candidates(hash));
    }
    for nth in 0..count {
        // SAFETY: one index is searched, which runs no code; its key is compared later.
        let search = || unsafe { table(dict) }?.candidates(hash).nth(nth);
        let index = candidates.get(nth).copied().or_else(search);
        match index.filter(|&index| index != asked).map(|index| ask(dict, index, key, version)).transpose()? {
            None | Some(Answer::Other) => {}
            Some(answer) => return Ok(answer),
        }
    }
    Ok(Answer::Other)
}

/// The value of a key, as a new reference; TypeError when the key has no hash.
#[inline]
pub fn get(dict: Dict<'_>, key: Obj<'_>) -> Result<Option<Ref>> {
    get_hashed(dict, key, hash_of_key(key)?)
}

/// The value of a key whose hash is known, as a new reference.
#[inline]
pub fn get_hashed(dict: Dict<'_>, key: Obj<'_>, hash: isize) -> Result<Option<Ref>> {
    let index = find(dict, key, hash)?;
    // SAFETY: the value is counted at once, which runs no code.
    Ok(index.and_then(|index| Some(unsafe { table(dict) }?.get(index)?.value.clone())))
}

/// The address of the value of a key, for C to borrow: the value lives for as long as the dict keeps it, which no type can say.
/// NULL for a missing key; TypeError when the key has no hash.
#[inline]
pub fn value_address(dict: Dict<'_>, key: Obj<'_>) -> Result<*mut PyObject> {
    value_address_hashed(dict, key, hash_of_key(key)?)
}

/// [`value_address`] for a key whose hash is known.
#[inline]
pub fn value_address_hashed(dict: Dict<'_>, key: Obj<'_>, hash: isize) -> Result<*mut PyObject> {
    let index = find(dict, key, hash)?;
    // SAFETY: only the address is taken.
    let value = index.and_then(|index| Some(unsafe { table(dict) }?.get(index)?.value.as_ptr()));
    Ok(value.unwrap_or(core::ptr::null_mut()))
}

/// The value of a text key, as a new reference. An ASCII text needs no key object.
pub fn get_str(dict: Dict<'_>, key: &str) -> Result<Option<Ref>> {
    match get_name(dict, str::HashedName::new(key)) {
        None if !key.is_ascii() => get(dict, str::from_str(key)?.borrow()),
        found => Ok(found),
    }
}

/// The value of a name, as a new reference. A name that is not ASCII is not found.
pub fn get_name(dict: Dict<'_>, name: str::HashedName<'_>) -> Option<Ref> {
    // SAFETY: names are compared by their bytes, which runs no code.
    let table = unsafe { table(dict) }?;
    let value = table.first(name.hash(), |_, first| name.is(first.key.borrow()).then(|| first.value.clone()))?;
    value.or_else(|| get_name_further(table, name))
}

#[cold]
fn get_name_further(table: &Table, name: str::HashedName<'_>) -> Option<Ref> {
    let index = table.find(name.hash(), &mut |_, entry| name.is(entry.key.borrow()))?;
    table.get(index).map(|entry| entry.value.clone())
}

/// Sets the value of a key.
pub fn set(dict: Dict<'_>, key: Obj<'_>, value: Obj<'_>) -> Result<()> {
    set_hashed(dict, key, hash_of_key(key)?, value)
}

/// Sets the value of a key whose hash is known.
#[inline]
pub fn set_hashed(dict: Dict<'_>, key: Obj<'_>, hash: isize, value: Obj<'_>) -> Result<()> {
    let Some(index) = find(dict, key, hash)? else { return insert(dict, key, hash, value) };
    // SAFETY: replacing a value drops nothing: the old value is dropped after the change.
    drop(unsafe { change(dict, |table| table.as_mut()?.replace(index, value.to_ref())) });
    Ok(())
}

/// Adds a key that is missing.
#[inline]
fn insert(dict: Dict<'_>, key: Obj<'_>, hash: isize, value: Obj<'_>) -> Result<()> {
    let entry = Entry { hash, key: key.to_ref(), value: value.to_ref() };
    // SAFETY: without memory the entry is dropped, but the caller's key and value keep both objects alive.
    unsafe { change(dict, |table| Table::insert(table, entry)) }
}

/// The value of a key, which is set to this value if it is missing (CPython: `dict.setdefault`). The flag is true if
/// the key existed.
pub fn set_default(dict: Dict<'_>, key: Obj<'_>, value: Obj<'_>) -> Result<(Ref, bool)> {
    let hash = hash_of_key(key)?;
    if let Some(known) = get_hashed(dict, key, hash)? {
        return Ok((known, true));
    }
    insert(dict, key, hash, value)?;
    Ok((value.to_ref(), false))
}

/// Whether a dict has a key.
#[inline]
pub fn contains(dict: Dict<'_>, key: Obj<'_>) -> Result<bool> {
    Ok(find(dict, key, hash_of_key(key)?)?.is_some())
}

/// KeyError for a missing key.
pub fn missing(key: Obj<'_>) -> Raised {
    // The key is put into a tuple, because a key that is a tuple would be taken for the exception's arguments.
    match tuple::from_slice(&[key]) {
        Ok(arguments) => error::raise_with(Exc::KeyError, arguments),
        Err(raised) => raised,
    }
}

/// Sets the value of a text key, which is interned.
pub fn set_str(dict: Dict<'_>, key: &str, value: Obj<'_>) -> Result<()> {
    set(dict, str::intern(str::from_str(key)?)?.borrow(), value)
}

/// Deletes a key and returns its value; `None` when the key is missing. An empty dict does not ask the key for its hash
/// (CPython: `PyDict_Pop`).
pub fn pop(dict: Dict<'_>, key: Obj<'_>) -> Result<Option<Ref>> {
    if len(dict) == 0 { Ok(None) } else { remove(dict, key) }
}

/// Works as [`pop`], but raises TypeError for an unhashable key even when the dict is empty.
pub fn remove(dict: Dict<'_>, key: Obj<'_>) -> Result<Option<Ref>> {
    let hash = hash_of_key(key)?;
    let Some(index) = find(dict, key, hash)? else { return Ok(None) };
    // SAFETY: the table returns the removed entry, and drops nothing.
    let removed = unsafe { change(dict, |table| table.as_mut()?.remove(index)) };
    Ok(removed.map(|entry| entry.value))
}

/// Deletes a key; KeyError when it is missing.
pub fn delete(dict: Dict<'_>, key: Obj<'_>) -> Result<()> {
    remove(dict, key)?.map(drop).ok_or_else(|| missing(key))
}

/// The item at or after a position, in order of insertion, as new references to key and value; and the position after it.
pub fn next(dict: Dict<'_>, position: usize) -> Option<(Ref, Ref, usize)> {
    // SAFETY: both are counted at once, which runs no code.
    let (index, entry) = unsafe { table(dict) }?.next(position)?;
    Some((entry.key.clone(), entry.value.clone(), index + 1))
}

/// The addresses of the key and the value that [`next`] gives, for C to borrow: both live for as long as the dict keeps them,
/// which no type can say (CPython: `PyDict_Next`).
pub fn next_addresses(dict: Dict<'_>, position: usize) -> Option<(*mut PyObject, *mut PyObject, usize)> {
    // SAFETY: only the addresses are taken.
    let (index, entry) = unsafe { table(dict) }?.next(position)?;
    Some((entry.key.as_ptr(), entry.value.as_ptr(), index + 1))
}

/// The items one after the other, as new references, in order of insertion. The dict may change meanwhile: each step
/// reads it again.
pub fn entries(dict: Dict<'_>) -> impl Iterator<Item = (Ref, Ref)> + '_ {
    entries_hashed(dict).map(|entry| (entry.key, entry.value))
}

/// The items as [`entries`] returns them, with the hashes of the keys.
pub(super) fn entries_hashed(dict: Dict<'_>) -> impl Iterator<Item = Entry> + '_ {
    let mut position = 0;
    core::iter::from_fn(move || {
        // SAFETY: both are counted at once, which runs no code.
        let (index, entry) = unsafe { table(dict) }?.next(position)?;
        position = index + 1;
        Some(entry.clone())
    })
}

/// A new list of the results of a function that is called with each item.
fn listed(dict: Dict<'_>, make: impl Fn(Ref, Ref) -> Result<Ref>) -> Result<Own<PyListObject>> {
    let list = list::new()?;
    entries(dict).try_for_each(|(key, value)| list::append(list.borrow(), make(key, value)?.borrow()))?;
    Ok(list)
}

/// A new list of the keys.
pub fn keys(dict: Dict<'_>) -> Result<Own<PyListObject>> {
    listed(dict, |key, _| Ok(key))
}

/// A new list of the values.
pub fn values(dict: Dict<'_>) -> Result<Own<PyListObject>> {
    listed(dict, |_, value| Ok(value))
}

/// A new list of the items, each a tuple of key and value.
pub fn items(dict: Dict<'_>) -> Result<Own<PyListObject>> {
    listed(dict, |key, value| Ok(tuple::tracked(&[key.borrow(), value.borrow()])?.into_ref()))
}

/// Deletes all items: the dict is empty before anything is dropped.
pub fn clear(dict: Dict<'_>) {
    // SAFETY: the table is taken out of the dict, and is dropped after the change.
    drop(unsafe { change(dict, Option::take) });
}

/// Whether nothing has been added yet.
fn is_fresh(dict: Dict<'_>) -> bool {
    // SAFETY: nothing is read but the address of the table.
    unsafe { table(dict) }.is_none()
}

/// Gives a dict the items of another in place of its own.
fn fill_from(dict: Dict<'_>, other: Dict<'_>) -> Result<()> {
    // SAFETY: keys and values are counted, which runs no code.
    let same = unsafe { table(other) }.map(Table::duplicate).transpose()?;
    // SAFETY: the old table is dropped after the change.
    drop(unsafe { change(dict, |table| core::mem::replace(table, same)) });
    Ok(())
}
