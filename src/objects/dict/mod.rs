//! `dict`: a hash table that keeps the order of insertion. The table itself is in `table`, and `search` finds a key in
//! it. `update` merges dicts, and the type is in [`type_object`].

pub mod iterator;
mod key;
mod keywords;
mod methods;
mod search;
mod table;
pub mod type_object;
mod update;
pub mod view;
mod view_algebra;

pub use key::{hash_of_element, hash_of_key};
pub use keywords::of_names;
pub use update::{Duplicates, copy, each_pair, merge, put_pair, update};

use super::{list, str, tuple};
use crate::abi::*;
use crate::runtime::{Layout, Obj, Own, Raised, Ref, Result, Type, View, error, gc, instance};
use search::find;
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
/// `work` uses the dict only through its argument, and runs no code that could use it: it drops no reference to an
/// object.
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

/// The address of the value of a key, for C to borrow: the value lives for as long as the dict keeps it, which no type
/// can say. NULL for a missing key; TypeError when the key has no hash.
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
#[inline(always)]
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

/// The item at or after a position, in order of insertion, as new references to key and value; and the position after
/// it.
pub fn next(dict: Dict<'_>, position: usize) -> Option<(Ref, Ref, usize)> {
    // SAFETY: both are counted at once, which runs no code.
    let (index, entry) = unsafe { table(dict) }?.next(position)?;
    Some((entry.key.clone(), entry.value.clone(), index + 1))
}

/// The addresses of the key and the value that [`next`] gives, for C to borrow: both live for as long as the dict keeps
/// them, which no type can say (CPython: `PyDict_Next`).
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
